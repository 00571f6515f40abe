#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace lagesbild::geo {

/// The value from which on a cell is among the largest `share` of those with a value (at least one cell);
/// infinite where none has.
template <class Value>
Value TopThreshold(std::span<const Value> values, double share) {
  std::vector<Value> defined;
  for (const Value value : values)
    if (!std::isnan(value)) defined.push_back(value);
  if (defined.empty()) return std::numeric_limits<Value>::infinity();
  const double wanted = std::ceil(share * static_cast<double>(defined.size()));
  const auto last = defined.begin() + static_cast<std::ptrdiff_t>(std::max(1.0, wanted)) - 1;
  std::nth_element(defined.begin(), last, defined.end(), std::greater<>());
  return *last;
}

/// Whether a value is in the top; 0 and NaN never are.
template <class Value>
bool InTop(Value value, Value threshold) {
  return value > 0 && value >= threshold;
}

}  // namespace lagesbild::geo
