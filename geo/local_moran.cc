#include "geo/local_moran.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/getis_ord.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Below this share of its terms a sum of cancelling terms is rounding and counts as 0.
constexpr double kRounding = 1e-13;

/// Deviations from the mean and their second and fourth moments (1/n).
struct Deviations {
  std::vector<double> z;
  double n = 0, m2 = 0, m4 = 0;
};

Deviations DeviationsOf(std::span<const double> values, const SpatialWeights& weights) {
  if (values.size() != static_cast<std::size_t>(weights.size()))
    throw InvalidInput("there are " + std::to_string(values.size()) + " values for " +
                       std::to_string(weights.size()) + " places; give one for each");
  if (values.size() < 4)
    throw InvalidInput("at least 4 places are needed, got " + std::to_string(values.size()));
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]))
      throw InvalidInput("value " + std::to_string(i) + " is not a finite number");
    sum += values[i];
  }
  Deviations result{.z = {}, .n = static_cast<double>(values.size())};
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  // A mean that rounds must not make equal values differ from it.
  const double mean = *low == *high ? *low : sum / result.n;
  for (const double value : values) {
    const double z = value - mean;
    result.z.push_back(z);
    result.m2 += z * z / result.n;
    result.m4 += z * z * z * z / result.n;
  }
  return result;
}

/// Sums over one place's neighbors.
struct Row {
  double lag = 0;               ///< sum of w z
  double lag_scale = 0;         ///< sum of w |z|
  double sum = 0, squares = 0;  ///< of the weights
};

Row RowOf(int place, const Deviations& deviations, const SpatialWeights& weights) {
  Row row;
  for (const Neighbor& neighbor : weights.row(place)) {
    const double z = deviations.z[static_cast<std::size_t>(neighbor.index)];
    row.lag += neighbor.weight * z;
    row.lag_scale += neighbor.weight * std::abs(z);
    row.sum += neighbor.weight;
    row.squares += neighbor.weight * neighbor.weight;
  }
  return row;
}

void AddMoments(LocalMoments& moments, double value, double expected, double variance) {
  const double z = variance > 0 ? (value - expected) / std::sqrt(variance) : kNaN;
  moments.expected.push_back(expected);
  moments.variance.push_back(variance);
  moments.z_scores.push_back(z);
  moments.p_values.push_back(TwoSidedNormalP(z));
}

double ZeroIfRounding(double difference, double scale) {
  return std::abs(difference) <= kRounding * scale ? 0 : difference;
}

/// Variance when the own value z stays and the others are permuted.
double ConditionalVariance(double z, const Row& row, const Deviations& d) {
  const double weights = ZeroIfRounding(row.squares - row.sum * row.sum / (d.n - 1), row.squares);
  const double others = ZeroIfRounding(d.m2 - z * z / (d.n - 1), d.m2);
  return z / d.m2 * (z / d.m2) * d.n / (d.n - 2) * weights * others;
}

/// Variance when all values are permuted.
double TotalVariance(const Row& row, const Deviations& d) {
  const double b2 = d.m4 / (d.m2 * d.m2);
  const double squared_sum = row.sum * row.sum;
  return row.squares * (d.n - b2) / (d.n - 1) +
         (squared_sum - row.squares) * (2 * b2 - d.n) / ((d.n - 1) * (d.n - 2)) -
         squared_sum / ((d.n - 1) * (d.n - 1));
}

Quadrant QuadrantOf(double z, const Row& row) {
  const bool high = z > 0, lag_high = ZeroIfRounding(row.lag, row.lag_scale) > 0;
  if (high) return lag_high ? Quadrant::kHighHigh : Quadrant::kHighLow;
  return lag_high ? Quadrant::kLowHigh : Quadrant::kLowLow;
}

/// Sums of the whole weights matrix, over the places that have neighbors.
struct WeightSums {
  double n = 0, s0 = 0, s1 = 0, s2 = 0;
};

WeightSums SumsOf(const SpatialWeights& weights) {
  const auto size = static_cast<std::size_t>(weights.size());
  std::vector<double> rows(size, 0.0), columns(size, 0.0);
  WeightSums sums;
  for (int i = 0; i < weights.size(); ++i) {
    if (!weights.row(i).empty()) ++sums.n;
    for (const Neighbor& neighbor : weights.row(i)) {
      const auto back = weights.row(neighbor.index);
      const auto found = std::lower_bound(
          back.begin(), back.end(), i, [](const Neighbor& entry, int index) { return entry.index < index; });
      const bool mutual = found != back.end() && found->index == i;
      const double both = neighbor.weight + (mutual ? found->weight : 0);
      // A pair that is named on one side only stands once in the sum, but counts for both (i, j) and (j, i).
      sums.s1 += both * both * (mutual ? 0.5 : 1);
      sums.s0 += neighbor.weight;
      rows[static_cast<std::size_t>(i)] += neighbor.weight;
      columns[static_cast<std::size_t>(neighbor.index)] += neighbor.weight;
    }
  }
  for (std::size_t i = 0; i < size; ++i) sums.s2 += (rows[i] + columns[i]) * (rows[i] + columns[i]);
  return sums;
}

GlobalStatistic Tested(GlobalStatistic statistic, double direction) {
  statistic.z_score = statistic.variance > 0
                          ? direction * (statistic.value - statistic.expected) / std::sqrt(statistic.variance)
                          : kNaN;
  statistic.p_value = TwoSidedNormalP(statistic.z_score);
  return statistic;
}

}  // namespace

std::string_view QuadrantLabel(Quadrant quadrant) {
  switch (quadrant) {
    case Quadrant::kLowLow:
      return "Low-Low";
    case Quadrant::kLowHigh:
      return "Low-High";
    case Quadrant::kHighLow:
      return "High-Low";
    case Quadrant::kHighHigh:
      return "High-High";
  }
  throw InvalidInput("unknown quadrant");
}

LocalMoran LocalMoranI(std::span<const double> values, const SpatialWeights& weights) {
  const Deviations d = DeviationsOf(values, weights);
  LocalMoran result;
  for (int i = 0; i < weights.size(); ++i) {
    const double z = d.z[static_cast<std::size_t>(i)];
    const Row row = RowOf(i, d, weights);
    const double value = z / d.m2 * row.lag;
    result.value.push_back(value);
    AddMoments(result.conditional, value, -z * z * row.sum / ((d.n - 1) * d.m2),
               ConditionalVariance(z, row, d));
    AddMoments(result.total, value, d.m2 > 0 ? -row.sum / (d.n - 1) : kNaN, TotalVariance(row, d));
    result.quadrants.push_back(QuadrantOf(z, row));
  }
  return result;
}

std::vector<double> LocalGeary(std::span<const double> values, const SpatialWeights& weights) {
  const Deviations d = DeviationsOf(values, weights);
  const double variance = d.m2 * d.n / (d.n - 1);
  std::vector<double> result;
  for (int i = 0; i < weights.size(); ++i) {
    double sum = 0;
    for (const Neighbor& neighbor : weights.row(i)) {
      const double difference =
          d.z[static_cast<std::size_t>(i)] - d.z[static_cast<std::size_t>(neighbor.index)];
      sum += neighbor.weight * difference * difference;
    }
    result.push_back(sum / variance);
  }
  return result;
}

GlobalStatistic GlobalMoran(std::span<const double> values, const SpatialWeights& weights) {
  const Deviations d = DeviationsOf(values, weights);
  const auto [n, s0, s1, s2] = SumsOf(weights);
  double cross = 0;
  for (int i = 0; i < weights.size(); ++i)
    cross += d.z[static_cast<std::size_t>(i)] * RowOf(i, d, weights).lag;
  const double kurtosis = d.m4 / (d.m2 * d.m2), s02 = s0 * s0;
  GlobalStatistic result{.value = n / s0 * cross / (d.m2 * d.n), .expected = -1 / (n - 1)};
  const double first = n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s02);
  const double second = kurtosis * (s1 * (n * n - n) - 2 * n * s2 + 6 * s02);
  result.variance =
      (first - second) / ((n - 1) * (n - 2) * (n - 3) * s02) - result.expected * result.expected;
  return Tested(result, 1);
}

GlobalStatistic GlobalGeary(std::span<const double> values, const SpatialWeights& weights) {
  const Deviations d = DeviationsOf(values, weights);
  const auto [n, s0, s1, s2] = SumsOf(weights);
  double squares = 0;
  for (int i = 0; i < weights.size(); ++i)
    for (const Neighbor& neighbor : weights.row(i)) {
      const double difference =
          d.z[static_cast<std::size_t>(i)] - d.z[static_cast<std::size_t>(neighbor.index)];
      squares += neighbor.weight * difference * difference;
    }
  // With islands spdep takes n without them in some places and with them (all) in others; so do we, to stay
  // comparable.
  const double all = d.n, s02 = s0 * s0;
  const double k = n / all * d.m4 / (d.m2 * d.m2);
  GlobalStatistic result{.value = (n - 1) / (2 * s0) * squares / (d.m2 * d.n), .expected = 1};
  result.variance = ((n - 1) * s1 * (n * n - 3 * all + 3 - k * (n - 1)) -
                     (n - 1) * s2 * (n * n + 3 * all - 6 - k * (n * n - all + 2)) / 4 +
                     s02 * (n * n - 3 - k * (n - 1) * (n - 1))) /
                    (all * (n - 2) * (n - 3) * s02);
  return Tested(result, -1);
}

}  // namespace lagesbild::geo
