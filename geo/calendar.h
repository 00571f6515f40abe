#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace lagesbild::geo {

/// A calendar quarter, Q1 to Q4 of a year. No time zones: dates are local calendar dates.
struct CalendarQuarter {
  int year = 0;
  int number = 1;  ///< 1 to 4
  friend constexpr auto operator<=>(CalendarQuarter, CalendarQuarter) = default;

  /// First day of the quarter.
  std::chrono::year_month_day first_day() const;
  /// Last day of the quarter.
  std::chrono::year_month_day last_day() const;
  CalendarQuarter next() const;
  CalendarQuarter previous() const;
  /// "2026Q3", the form of the command line and the API.
  std::string code() const;
  /// "2026K3", the Swedish form (kvartal).
  std::string swedish_code() const;
};

CalendarQuarter QuarterOf(std::chrono::year_month_day date);

/// Reads "2026Q3", "2026K3", "2026-Q3" (any case). Empty when the text is something else.
std::optional<CalendarQuarter> ParseQuarter(std::string_view text);

/// "2026-07-01".
std::string IsoDate(std::chrono::year_month_day date);

/// Days from `a` to `b`, negative when `b` is earlier.
int DaysBetween(std::chrono::year_month_day a, std::chrono::year_month_day b);

}  // namespace lagesbild::geo
