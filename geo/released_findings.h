#pragma once

#include <string>
#include <string_view>

#include "geo/calendar.h"

namespace lagesbild::geo {

/// How the released count of an area stands against what the number of inhabitants gives reason to expect.
/// Coarse words: the p behind them is not told.
enum class AgainstExpected {
  kNotReleased,   ///< the count is suppressed, so nothing is said
  kUndefined,     ///< nobody is known to live in the area; `reason` says so
  kTooFewAreas,   ///< fewer released areas than a comparison needs
  kNothingClear,  ///< adjusted p 0.05 or more
  kMore,          ///< under 0.05
  kClearlyMore,   ///< under 0.01
};

/// Whether an area with more than expected has it too when any one of the areas it is compared with is left
/// out.
enum class Stability { kNotAssessed, kStable, kFragile };

struct AreaFinding {
  AgainstExpected against_expected = AgainstExpected::kNotReleased;
  Stability stability = Stability::kNotAssessed;
  std::string reason;  ///< UPPER_SNAKE, of kUndefined: "NO_INHABITANTS"
  friend bool operator==(const AreaFinding&, const AreaFinding&) = default;
};

/// Whose numbers the areas of a layer are compared by.
enum class ExposureBasis { kNone, kGroupInhabitants, kAllInhabitants };

/// What the findings of one layer rest on.
struct HotComparison {
  ExposureBasis basis = ExposureBasis::kNone;
  int areas = 0;  ///< released areas with inhabitants: the comparison is between these alone
  friend bool operator==(HotComparison, HotComparison) = default;
};

/// How a released count stands against the one of an earlier period of the same length.
enum class Change {
  kNotReleased,       ///< the count is suppressed
  kNotComparable,     ///< no earlier count of the same area, ages, categories and length was released
  kNoSureDifference,  ///< adjusted p 0.05 or more
  kMore,
  kFewer,
};

struct ChangeFinding {
  Change change = Change::kNotReleased;
  /// Of a comparison that was made: the last quarter of the earlier period, and whether it is the one a year
  /// before (otherwise the one just before).
  CalendarQuarter earlier_last{};
  bool year_before = false;
  friend bool operator==(const ChangeFinding&, const ChangeFinding&) = default;
};

// Stable, for files and replies: "NOT_RELEASED", "CLEARLY_MORE", "STABLE", "GROUP_INHABITANTS", ...
std::string_view AgainstExpectedCode(AgainstExpected against_expected);
std::string_view StabilityCode(Stability stability);
std::string_view ExposureBasisCode(ExposureBasis basis);
std::string_view ChangeCode(Change change);

}  // namespace lagesbild::geo
