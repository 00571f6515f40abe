#include "geo/multiple_testing.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// What the p-value of a rank is multiplied by. Ranks count from 1, the smallest p first.
double Factor(Adjustment adjustment, double m, double rank, double harmonic) {
  switch (adjustment) {
    case Adjustment::kBenjaminiHochberg:
      return m / rank;
    case Adjustment::kBenjaminiYekutieli:
      return harmonic * m / rank;
    case Adjustment::kHolm:
    case Adjustment::kHochberg:
      return m - rank + 1;
    case Adjustment::kBonferroni:
      return m;
  }
  throw InvalidInput("unknown adjustment");
}

}  // namespace

std::vector<double> AdjustPValues(std::span<const double> p_values, Adjustment adjustment) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (std::isnan(p_values[i])) continue;
    if (p_values[i] < 0 || p_values[i] > 1)
      throw InvalidInput("p-value " + std::to_string(i) + " must lie between 0 and 1, was " +
                         std::to_string(p_values[i]));
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  const std::size_t m = order.size();
  double harmonic = 0;
  for (std::size_t rank = 1; rank <= m; ++rank) harmonic += 1 / static_cast<double>(rank);
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  const auto raw = [&](std::size_t rank) {
    return p_values[order[rank - 1]] *
           Factor(adjustment, static_cast<double>(m), static_cast<double>(rank), harmonic);
  };
  if (adjustment == Adjustment::kHolm) {
    // Step-down: nothing is smaller than what stands before it.
    double running = 0;
    for (std::size_t rank = 1; rank <= m; ++rank)
      adjusted[order[rank - 1]] = running = std::min(1.0, std::max(running, raw(rank)));
  } else if (adjustment == Adjustment::kBonferroni) {
    for (std::size_t rank = 1; rank <= m; ++rank) adjusted[order[rank - 1]] = std::min(1.0, raw(rank));
  } else {
    // Step-up: nothing is larger than what stands after it.
    double running = 1;
    for (std::size_t rank = m; rank >= 1; --rank)
      adjusted[order[rank - 1]] = running = std::min(running, raw(rank));
  }
  return adjusted;
}

}  // namespace lagesbild::geo
