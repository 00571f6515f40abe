#include "geo/calendar.h"

#include <gtest/gtest.h>

namespace lagesbild::geo {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

year_month_day Date(int y, unsigned m, unsigned d) { return {year{y}, month{m}, day{d}}; }

TEST(CalendarQuarter, HoldsItsFirstAndLastDay) {
  const CalendarQuarter quarter{2026, 1};
  EXPECT_EQ(quarter.first_day(), Date(2026, 1, 1));
  EXPECT_EQ(quarter.last_day(), Date(2026, 3, 31));
  EXPECT_EQ((CalendarQuarter{2026, 4}.last_day()), Date(2026, 12, 31));
}

TEST(CalendarQuarter, ContainsEveryDayOfALeapYearOnce) {
  for (std::chrono::sys_days d = Date(2024, 1, 1); d <= std::chrono::sys_days{Date(2024, 12, 31)};
       d += std::chrono::days{1}) {
    const CalendarQuarter quarter = QuarterOf(year_month_day{d});
    EXPECT_LE(std::chrono::sys_days{quarter.first_day()}, d);
    EXPECT_GE(std::chrono::sys_days{quarter.last_day()}, d);
  }
}

TEST(CalendarQuarter, StepsOverTheTurnOfTheYear) {
  EXPECT_EQ((CalendarQuarter{2025, 4}.next()), (CalendarQuarter{2026, 1}));
  EXPECT_EQ((CalendarQuarter{2026, 1}.previous()), (CalendarQuarter{2025, 4}));
  EXPECT_LT((CalendarQuarter{2025, 4}), (CalendarQuarter{2026, 1}));
}

TEST(ParseQuarter, ReadsTheEnglishAndTheSwedishForm) {
  const CalendarQuarter quarter{2026, 3};
  for (const char* text : {"2026Q3", "2026q3", "2026K3", "2026k3", "2026-Q3", "2026-K3"})
    EXPECT_EQ(ParseQuarter(text), quarter) << text;
  EXPECT_EQ(ParseQuarter(quarter.code()), quarter);
  EXPECT_EQ(ParseQuarter(quarter.swedish_code()), quarter);
}

TEST(ParseQuarter, RefusesOtherTexts) {
  for (const char* text :
       {"", "2026", "2026Q5", "2026Q0", "26Q3", "2026X3", "Q32026", "2026--3", "20a6Q1", "2026Q33"})
    EXPECT_EQ(ParseQuarter(text), std::nullopt) << text;
}

TEST(DaysBetween, CountsAcrossMonthsAndBackwards) {
  EXPECT_EQ(DaysBetween(Date(2024, 2, 28), Date(2024, 3, 1)), 2);
  EXPECT_EQ(DaysBetween(Date(2024, 3, 1), Date(2024, 2, 28)), -2);
  EXPECT_EQ(IsoDate(Date(2024, 2, 9)), "2024-02-09");
}

}  // namespace
}  // namespace lagesbild::geo
