#include "geo/mann_kendall.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "geo/errors.h"
#include "geo/getis_ord.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kMaxExact = 50;  // from here on the normal approximation serves, as in R

void CheckArguments(std::span<const double> times, std::span<const double> values) {
  if (values.size() < 2 || times.size() != values.size())
    throw InvalidInput("a trend needs at least 2 values and as many times, got " +
                       std::to_string(values.size()) + " and " + std::to_string(times.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]) || !std::isfinite(times[i]))
      throw InvalidInput("values and times must be finite");
    if (i > 0 && !(times[i] > times[i - 1])) throw InvalidInput("times must ascend strictly");
  }
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Sums over groups of equal values: of t(t-1)/2, and of t(t-1)(2t+5).
struct Ties {
  double pairs = 0, variance = 0;
};

Ties TiesOf(std::span<const double> values) {
  std::map<double, int> groups;
  for (const double value : values) ++groups[value];
  Ties ties;
  for (const auto& [value, size] : groups) {
    const double t = size;
    ties.pairs += t * (t - 1) / 2;
    ties.variance += t * (t - 1) * (2 * t + 5);
  }
  return ties;
}

/// 2 min(P(S <= s), P(S >= s)), at most 1, over all n! orders. The number of falling pairs of a random order
/// is a sum of independent uniform numbers on 0..j-1, j = 1..n.
double ExactP(int n, long long s) {
  const auto pairs = static_cast<std::size_t>(n) * static_cast<std::size_t>(n - 1) / 2;
  std::vector<double> chance(pairs + 1, 0.0);
  chance[0] = 1;
  for (int j = 2; j <= n; ++j) {
    std::vector<double> next(pairs + 1, 0.0);
    for (std::size_t k = 0; k <= pairs; ++k)
      for (std::size_t step = 0; step < static_cast<std::size_t>(j) && step <= k; ++step)
        next[k] += chance[k - step] / j;
    chance = std::move(next);
  }
  // S = pairs - 2 · falling, and its distribution is symmetric: one tail serves.
  const auto falling = (pairs - static_cast<std::size_t>(std::abs(s))) / 2;
  double tail = 0;
  for (std::size_t k = 0; k <= falling; ++k) tail += chance[k];
  return std::min(1.0, 2 * tail);
}

}  // namespace

MannKendall MannKendallTrend(std::span<const double> times, std::span<const double> values) {
  CheckArguments(times, values);
  MannKendall result;
  result.n = static_cast<int>(values.size());
  std::vector<double> slopes;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      result.s += (values[j] > values[i]) - (values[j] < values[i]);
      slopes.push_back((values[j] - values[i]) / (times[j] - times[i]));
    }
  const double n = result.n, pairs = n * (n - 1) / 2, s = static_cast<double>(result.s);
  const Ties ties = TiesOf(values);
  result.variance = (n * (n - 1) * (2 * n + 5) - ties.variance) / 18;
  const bool constant = ties.pairs == pairs;
  result.tau_b = constant ? kNaN : s / std::sqrt(pairs * (pairs - ties.pairs));
  const double sd = constant ? kNaN : std::sqrt(result.variance);
  result.z_score = s / sd;
  result.p_value = TwoSidedNormalP(result.z_score);
  result.continuity_z_score = (s > 0 ? s - 1 : s < 0 ? s + 1 : 0) / sd;
  result.continuity_p_value = TwoSidedNormalP(result.continuity_z_score);
  result.exact_p_value = ties.pairs == 0 && result.n < kMaxExact ? ExactP(result.n, result.s) : kNaN;
  result.sen_slope = Median(std::move(slopes));
  return result;
}

}  // namespace lagesbild::geo
