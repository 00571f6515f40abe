#include "geo/getis_ord.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Below this share of its largest term a difference of weights is rounding: every arrangement gives the same
// sum.
constexpr double kRounding = 1e-13;

void CheckArguments(std::span<const double> values, const SpatialWeights& weights, bool self) {
  if (values.size() != static_cast<std::size_t>(weights.size()))
    throw InvalidInput("there are " + std::to_string(values.size()) + " values for " +
                       std::to_string(weights.size()) + " places; give one for each");
  if (values.size() < 3)
    throw InvalidInput("Getis-Ord needs at least 3 places, got " + std::to_string(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      throw InvalidInput("value " + std::to_string(i) + " is not a finite number");
  for (int i = 0; i < weights.size(); ++i)
    if (weights.has_self(i) != self)
      throw InvalidInput(
          "place " + std::to_string(i) +
          (self ? " must be its own neighbor for Gi*" : " must not be its own neighbor for Gi"));
}

/// Mean and population variance of the values that a place's neighbors are drawn from.
struct Pool {
  double n = 0, mean = 0, variance = 0, sum = 0;
};

/// Whether all values, or all but the one at `left_out`, are equal. Told by comparison: a variance computed
/// from sums would leave rounding, and a z-score of rounding over rounding.
class Constancy {
 public:
  explicit Constancy(std::span<const double> values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    low_ = *low;
    high_ = *high;
    lows_ = std::count(values.begin(), values.end(), low_);
    highs_ = std::count(values.begin(), values.end(), high_);
    n_ = static_cast<std::ptrdiff_t>(values.size());
  }
  bool all() const { return low_ == high_; }
  bool all_but(double own) const {
    return all() || (own == low_ && lows_ == 1 && highs_ == n_ - 1) ||
           (own == high_ && highs_ == 1 && lows_ == n_ - 1);
  }

 private:
  double low_, high_;
  std::ptrdiff_t lows_, highs_, n_;
};

void AddPlace(GetisOrd& result, int place, const Pool& pool, std::span<const double> values,
              const SpatialWeights& weights) {
  double lag = 0, sum = 0, squares = 0;
  for (const Neighbor& neighbor : weights.row(place)) {
    lag += neighbor.weight * values[static_cast<std::size_t>(neighbor.index)];
    sum += neighbor.weight;
    squares += neighbor.weight * neighbor.weight;
  }
  double spread = pool.n * squares - sum * sum;
  if (spread <= kRounding * pool.n * squares) spread = 0;
  const double expected = sum * pool.mean;
  const double variance = pool.variance * spread / (pool.n - 1);
  const double z = variance > 0 ? (lag - expected) / std::sqrt(variance) : kNaN;
  const double total = pool.sum != 0 ? pool.sum : kNaN;
  result.value.push_back(lag / total);
  result.expected.push_back(expected / total);
  result.variance.push_back(variance / (total * total));
  result.z_scores.push_back(z);
  result.p_values.push_back(TwoSidedNormalP(z));
}

}  // namespace

double TwoSidedNormalP(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

GetisOrd GetisOrdG(std::span<const double> values, const SpatialWeights& weights) {
  CheckArguments(values, weights, false);
  const Constancy constancy(values);
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  double squares = 0;  // around the mean, so that large values keep their digits
  for (const double value : values) squares += (value - mean) * (value - mean);
  GetisOrd result;
  for (int i = 0; i < weights.size(); ++i) {
    const double own = values[static_cast<std::size_t>(i)], z = own - mean;
    Pool others{.n = n - 1, .mean = (sum - own) / (n - 1), .variance = 0, .sum = sum - own};
    if (!constancy.all_but(own)) others.variance = (squares - z * z * n / (n - 1)) / (n - 1);
    AddPlace(result, i, others, values, weights);
  }
  return result;
}

GetisOrd GetisOrdGStar(std::span<const double> values, const SpatialWeights& weights) {
  CheckArguments(values, weights, true);
  Pool all{.n = static_cast<double>(values.size())};
  for (const double value : values) all.sum += value;
  all.mean = all.sum / all.n;
  if (!Constancy(values).all())
    for (const double value : values) all.variance += (value - all.mean) * (value - all.mean) / all.n;
  GetisOrd result;
  for (int i = 0; i < weights.size(); ++i) AddPlace(result, i, all, values, weights);
  return result;
}

}  // namespace lagesbild::geo
