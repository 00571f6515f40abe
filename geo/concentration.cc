#include "geo/concentration.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {

Concentration MeasureConcentration(std::span<const int> counts) {
  if (counts.empty()) throw InvalidInput("concentration is measured over at least one place");
  std::vector<int> sorted(counts.begin(), counts.end());
  std::sort(sorted.begin(), sorted.end());
  if (sorted.front() < 0) throw InvalidInput("counts of places must not be negative");
  Concentration result;
  result.places = static_cast<long long>(sorted.size());
  double ranked = 0;  // sum of rank · count, the smallest first
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    result.incidents += sorted[i];
    result.places_with_any += sorted[i] > 0;
    ranked += static_cast<double>(i + 1) * sorted[i];
  }
  if (result.incidents == 0) {
    result.gini = result.generalized_gini = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  const auto n = static_cast<double>(result.places), c = static_cast<double>(result.incidents);
  const double excess = 2 * ranked / c - n - 1;
  result.gini = excess / n;
  result.generalized_gini = excess / std::min(n, c) - std::max(n / c, 1.0) + 1;
  long long held = 0;
  for (auto count = sorted.rbegin(); 2 * held < result.incidents; ++count, ++result.places_with_half)
    held += *count;
  return result;
}

}  // namespace lagesbild::geo
