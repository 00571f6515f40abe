#include <gtest/gtest.h>

#include "geo/errors.h"
#include "geo/released_hot_areas.h"

namespace lagesbild::geo {
namespace {

constexpr CalendarQuarter kQuarter{2026, 3};

CountOfPeriod Count(Statistic incidents, int quarters = 1, const char* area = "A") {
  const CalendarQuarter first = quarters == 1   ? kQuarter
                                : quarters == 2 ? CalendarQuarter{2026, 2}
                                                : CalendarQuarter{2025, 4};
  return {area, "13_24", CategoryClass::kNonSensitive, {first, kQuarter, quarters}, std::move(incidents)};
}

PublishedValue Before(int value, CalendarQuarter last, int quarters = 1, const char* area = "A") {
  return {Audience::kPartner, area, "13_24", CategoryClass::kNonSensitive, last, quarters, value};
}

ChangeFinding Only(const CountOfPeriod& count, const std::vector<PublishedValue>& earlier) {
  return FindChanges(std::vector{count}, earlier).at(0);
}

// By hand: 30 against 10 with equal days gives 0.0022, 12 against 9 gives 0.66 (R: poisson.test).
TEST(ReleasedChange, SaysMoreOrFewerOnlyWhenTheDifferenceIsSure) {
  const CalendarQuarter year_before{2025, 3};
  EXPECT_EQ(Only(Count(30.0), {Before(10, year_before)}).change, Change::kMore);
  EXPECT_EQ(Only(Count(10.0), {Before(30, year_before)}).change, Change::kFewer);
  EXPECT_EQ(Only(Count(12.0), {Before(9, year_before)}).change, Change::kNoSureDifference);
}

TEST(ReleasedChange, PrefersTheYearBeforeAndFallsBackOnThePeriodJustBefore) {
  const auto both = Only(Count(30.0), {Before(30, {2026, 2}), Before(10, {2025, 3})});
  EXPECT_EQ(both.change, Change::kMore);
  EXPECT_TRUE(both.year_before);
  EXPECT_EQ(both.earlier_last, (CalendarQuarter{2025, 3}));
  const auto just_before = Only(Count(30.0), {Before(30, {2026, 2})});
  EXPECT_EQ(just_before.change, Change::kNoSureDifference);
  EXPECT_FALSE(just_before.year_before);
  const auto half_years = Only(Count(30.0, 2), {Before(5, {2026, 1}, 2)});
  EXPECT_EQ(half_years.change, Change::kMore);
  EXPECT_EQ(ComparedPeriod(Count(30.0, 2).period, half_years), (Period{{2025, 4}, {2026, 1}, 2}));
}

TEST(ReleasedChange, ComparesNothingThatOverlapsOrIsDefinedOtherwise) {
  const Change none = Change::kNotComparable;
  EXPECT_EQ(Only(Count(30.0, 4), {Before(5, {2026, 2}, 4), Before(5, {2025, 4}, 4)}).change, none)
      << "overlap";
  EXPECT_EQ(Only(Count(30.0), {Before(5, {2025, 3}, 4)}).change, none) << "another length";
  EXPECT_EQ(Only(Count(30.0), {Before(5, {2025, 3}, 1, "B")}).change, none) << "another area";
  PublishedValue other = Before(5, {2025, 3});
  other.group = "0_24";
  EXPECT_EQ(Only(Count(30.0), {other}).change, none) << "other ages";
  other = Before(5, {2025, 3});
  other.categories = CategoryClass::kAll;
  EXPECT_EQ(Only(Count(30.0), {other}).change, none) << "other categories";
  EXPECT_EQ(Only(Count(30.0), {}).change, none);
}

TEST(ReleasedChange, SaysNothingOfASuppressedCountWhateverWasReleasedBefore) {
  EXPECT_EQ(Only(Count(Suppressed{}), {Before(90, {2025, 3})}), ChangeFinding{});
}

TEST(ReleasedChange, TakesAllComparisonsOfALayerForOneFamily) {
  // p of 20 against 8 is 0.036: sure alone, not among ten.
  std::vector<CountOfPeriod> counts = {Count(20.0)};
  std::vector<PublishedValue> earlier = {Before(8, {2025, 3})};
  EXPECT_EQ(FindChanges(counts, earlier)[0].change, Change::kMore);
  std::vector<std::string> names;
  for (int i = 0; i < 9; ++i) names.push_back("B" + std::to_string(i));
  for (const std::string& name : names) {
    counts.push_back(Count(12.0, 1, name.c_str()));
    earlier.push_back(Before(12, {2025, 3}, 1, name.c_str()));
  }
  EXPECT_EQ(FindChanges(counts, earlier)[0].change, Change::kNoSureDifference);
}

TEST(ReleasedChange, RefusesCountsThatAreNotWholeAndPeriodsOverAYear) {
  EXPECT_THROW(Only(Count(-1.0), {}), InvalidInput);
  EXPECT_THROW(Only(Count(1.5), {}), InvalidInput);
  CountOfPeriod long_period = Count(12.0);
  long_period.period.quarters = 5;
  EXPECT_THROW(Only(long_period, {}), InvalidInput);
  EXPECT_TRUE(FindChanges({}, {}).empty());
}

}  // namespace
}  // namespace lagesbild::geo
