#pragma once

#include <string>
#include <variant>

namespace lagesbild::geo {

struct Suppressed {
  friend bool operator==(Suppressed, Suppressed) = default;
};
struct Undefined {
  std::string reason;  ///< UPPER_SNAKE: "ISLAND", "ZERO_VARIANCE", "NO_EXPOSURE"
  friend bool operator==(const Undefined&, const Undefined&) = default;
};
struct TooFew {
  int found = 0, minimum = 0;
  friend bool operator==(TooFew, TooFew) = default;
};
struct NotCovered {
  friend bool operator==(NotCovered, NotCovered) = default;
};

/// A statistic is one of: a value, suppressed, undefined with its reason, too few, not covered.
/// Suppressed is never 0 and never blank.
using Statistic = std::variant<double, Suppressed, Undefined, TooFew, NotCovered>;

}  // namespace lagesbild::geo
