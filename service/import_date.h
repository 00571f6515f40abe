#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::service {

/// Why a time of day cannot be meant.
enum class ClockFault {
  kNone,
  kNoClock,  ///< "24:61"
  kSkipped,  ///< the clock was put forward over it on that day
};

/// Turns what a reporter wrote as date (and time) into the local calendar date, by the mapping's formats and
/// zone.
///
/// Formats know %Y %y (00-69 is 20xx) %m %d %H %M %S %b (Swedish or English month names, at least three
/// letters); a blank stands for any blanks, other characters for themselves. After the format a fraction of a
/// second and "Z" or an offset ("+02:00", "+0200") may stand: the instant is then taken into the zone.
/// Without an offset the date is taken as written. Only real calendar dates pass (no 30 February).
class DateReader {
 public:
  /// Throws InvalidRequest when the zone is not in the time zone database.
  DateReader(std::vector<std::string> formats, const std::string& zone);
  ~DateReader();

  /// `time` may be empty; it matters only when it ends in "Z" or an offset.
  std::optional<std::chrono::year_month_day> Read(std::string_view date, std::string_view time) const;
  /// The time of day that goes with a date, in the date's own text or beside it. Only what begins as a clock
  /// ("22:30", "22.30-23") is looked at: words ("kväll") say nothing that could be wrong.
  ClockFault CheckClock(std::string_view date, std::string_view time) const;
  /// The local date of an instant "2026-11-25T00:00:00Z". Empty when the text is something else.
  std::optional<std::chrono::year_month_day> LocalDate(std::string_view instant) const;

 private:
  struct Zone;
  std::vector<std::string> formats_;
  std::unique_ptr<Zone> zone_;
};

}  // namespace lagesbild::service
