#include "geo/released_hot_areas.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

std::vector<ReleasedArea> Areas(const std::vector<Statistic>& counts) {
  std::vector<ReleasedArea> areas;
  for (const Statistic& count : counts) {
    ReleasedArea area;
    area.code = "A" + std::to_string(areas.size());
    area.incidents = count;
    areas.push_back(area);
  }
  return areas;
}

std::vector<AgainstExpected> Words(const std::vector<Statistic>& counts,
                                   const std::vector<double>& exposure) {
  std::vector<AgainstExpected> words;
  for (const AreaFinding& finding : FindHotAreas(Areas(counts), exposure))
    words.push_back(finding.against_expected);
  return words;
}

using enum AgainstExpected;

// By hand: two areas with as many inhabitants and 4 and 1 incidents: P(Y >= 4) = (5 + 1) / 32 and
// P(Y >= 1) = 31 / 32.
TEST(HotAreaPValues, AreBinomialTailsGivenTheTotal) {
  const auto p = HotAreaPValues(std::vector{4, 1}, std::vector{100.0, 100.0});
  EXPECT_NEAR(p[0], 6.0 / 32, 1e-15);
  EXPECT_NEAR(p[1], 31.0 / 32, 1e-15);
}

TEST(HotAreaPValues, DoNotChangeWithTheUnitOfInhabitantsAndFollowTheOrder) {
  const std::vector<int> counts = {31, 12, 6, 5};
  const std::vector<double> people = {1800, 1500, 900, 260};
  const auto p = HotAreaPValues(counts, people);
  std::vector<double> thousands;
  for (const double each : people) thousands.push_back(each / 1000);
  const auto scaled = HotAreaPValues(counts, thousands);
  const auto turned = HotAreaPValues(std::vector{5, 6, 12, 31}, std::vector<double>{260, 900, 1500, 1800});
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(scaled[i], p[i], 1e-12);
    EXPECT_NEAR(turned[3 - i], p[i], 1e-12);
  }
}

TEST(HotAreaPValues, LeaveAreasWithoutInhabitantsUndefinedAndOutOfTheTotal) {
  const auto p = HotAreaPValues(std::vector{4, 50, 1}, std::vector{100.0, 0.0, 100.0});
  EXPECT_NEAR(p[0], 6.0 / 32, 1e-15);
  EXPECT_TRUE(std::isnan(p[1]));
}

TEST(HotAreas, SayInCoarseWordsWhereMoreHappenedThanTheInhabitantsGiveReasonToExpect) {
  EXPECT_EQ(Words({60.0, 20.0, 20.0, 20.0}, {100, 100, 100, 100}),
            (std::vector{kClearlyMore, kNothingClear, kNothingClear, kNothingClear}));
  EXPECT_EQ(Words({30.0, 28.0, 32.0, 30.0}, {100, 100, 100, 100}),
            (std::vector{kNothingClear, kNothingClear, kNothingClear, kNothingClear}));
  // The same counts where the first has as many more inhabitants.
  EXPECT_EQ(Words({60.0, 20.0, 20.0, 20.0}, {300, 100, 100, 100}).front(), kNothingClear);
  // P(Y >= 34) of 90 with 1 in 4 is 0.0048 and times 4 is 0.019: more, not clearly.
  EXPECT_EQ(Words({34.0, 18.0, 19.0, 19.0}, {100, 100, 100, 100}).front(), kMore);
}

TEST(HotAreas, DependOnReleasedCountsAlone) {
  const std::vector<double> people = {100, 100, 100, 100};
  auto areas = Areas({60.0, 20.0, Suppressed{}, Suppressed{}});
  const auto findings = FindHotAreas(areas, people);
  EXPECT_EQ(findings[2], AreaFinding{});
  EXPECT_EQ(findings[3].against_expected, kNotReleased);
  EXPECT_EQ(findings[0].against_expected, kClearlyMore);
}

TEST(HotAreas, CountSuppressedAreasInTheFamily) {
  std::vector<Statistic> counts = {34.0, 18.0, 19.0, 19.0};
  std::vector<double> people(4, 100);
  EXPECT_EQ(Words(counts, people).front(), kMore);
  counts.resize(40, Suppressed{});
  people.resize(40, 100);
  EXPECT_EQ(Words(counts, people).front(), kNothingClear) << "picked among forty because it had many";
}

TEST(HotAreas, NeedTwoReleasedAreasWithInhabitants) {
  EXPECT_EQ(Words({60.0, Suppressed{}}, {100, 100}), (std::vector{kTooFewAreas, kNotReleased}));
  EXPECT_EQ(Words({60.0, 30.0}, {100, 0}), (std::vector{kTooFewAreas, kUndefined}));
  EXPECT_EQ(Words({60.0, 20.0}, {100, 100}), (std::vector{kClearlyMore, kNothingClear}));
  EXPECT_TRUE(Words({}, {}).empty());
}

TEST(HotAreas, AreUndefinedWithAReasonWhereNobodyLives) {
  const auto findings = FindHotAreas(Areas({60.0, 20.0, 21.0}), std::vector<double>{0, 100, 100});
  EXPECT_EQ(findings[0].against_expected, kUndefined);
  EXPECT_EQ(findings[0].reason, "NO_INHABITANTS");
  EXPECT_EQ(findings[1].against_expected, kNothingClear);
}

TEST(HotAreas, AreStableOnlyWhenNoSingleOtherAreaDecides) {
  const std::vector<double> people(5, 100);
  EXPECT_EQ(FindHotAreas(Areas({70.0, 20.0, 20.0, 20.0, 20.0}), people)[0].stability, Stability::kStable);
  // Without the fifth, a large and quiet area, the first has what its inhabitants explain.
  const auto fragile =
      FindHotAreas(Areas({24.0, 20.0, 20.0, 20.0, 10.0}), std::vector<double>{100, 100, 100, 100, 900});
  EXPECT_EQ(fragile[0].against_expected, kClearlyMore);
  EXPECT_EQ(fragile[0].stability, Stability::kFragile);
  EXPECT_EQ(FindHotAreas(Areas({60.0, 20.0}), std::vector<double>{100, 100})[0].stability,
            Stability::kNotAssessed);
}

TEST(HotAreas, AreRareWhereOnlyTheInhabitantsDecideThoughOnlyLargeCountsAreReleased) {
  std::mt19937_64 random(7);
  std::vector<double> people;
  for (int i = 0; i < 40; ++i) people.push_back(50.0 * (1 + i % 7));
  double total = 0;
  for (const double each : people) total += each;
  constexpr int kRuns = 400, kIncidents = 160, kLeast = 5;
  int with_any = 0, released = 0;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<int> counts(people.size());
    for (int n = 0; n < kIncidents; ++n) {
      double at = static_cast<double>(random() >> 11) * 0x1p-53 * total;
      std::size_t area = 0;
      while (area + 1 < people.size() && at >= people[area]) at -= people[area++];
      ++counts[area];
    }
    std::vector<Statistic> statistics;
    for (const int count : counts) {
      released += count >= kLeast ? 1 : 0;
      statistics.emplace_back(Suppressed{});
      if (count >= kLeast) statistics.back() = static_cast<double>(count);
    }
    const auto words = Words(statistics, people);
    with_any += std::any_of(words.begin(), words.end(), [](AgainstExpected word) { return word >= kMore; });
  }
  EXPECT_GT(released, kRuns * 10);
  EXPECT_LE(with_any, kRuns * 0.05 + 3 * std::sqrt(kRuns * 0.05 * 0.95));
  RecordProperty("runs_with_any_of_400", with_any);
}

TEST(HotAreas, RefuseWhatIsNoCountOrNoNumberOfInhabitants) {
  EXPECT_THROW(Words({10.0}, {}), InvalidInput);
  EXPECT_THROW(Words({-1.0, 2.0}, {1, 1}), InvalidInput);
  EXPECT_THROW(Words({1.5, 2.0}, {1, 1}), InvalidInput);
  EXPECT_THROW(Words({1.0, 2.0}, {1, -1}), InvalidInput);
  EXPECT_THROW(Words({1.0, 2.0}, {1, std::nan("")}), InvalidInput);
  EXPECT_THROW(HotAreaPValues(std::vector{1}, std::vector<double>{}), InvalidInput);
  EXPECT_THROW(HotAreaPValues(std::vector{-1}, std::vector{1.0}), InvalidInput);
  EXPECT_THROW(HotAreaPValues(std::vector{1}, std::vector{-1.0}), InvalidInput);
}

ReleasedPicture PictureOf(const std::vector<ReleasedArea>& areas) {
  ReleasedPicture picture;
  ReleasedLayer layer;
  layer.group.slug = "13_24";
  layer.group.first_age = 13;
  layer.group.last_age = 24;
  layer.period = {{2026, 3}, {2026, 3}, 1};
  layer.areas = areas;
  picture.layers = {layer};
  return picture;
}

TEST(ReleasedFindings, SayWhoseInhabitantsTheyRestOnAndHowManyAreasAreCompared) {
  auto areas = Areas({60.0, 20.0, 20.0, Suppressed{}});
  for (ReleasedArea& area : areas) area.persons = 100;
  ReleasedPicture picture = PictureOf(areas);
  AddFindings(picture, {});
  EXPECT_EQ(picture.layers[0].comparison, (HotComparison{ExposureBasis::kAllInhabitants, 3}));
  EXPECT_EQ(picture.layers[0].areas[0].finding.against_expected, kClearlyMore);
  EXPECT_EQ(picture.layers[0].areas[0].change.change, Change::kNotComparable);
  for (ReleasedArea& area : picture.layers[0].areas) area.persons = 0;
  AddFindings(picture, {});
  EXPECT_EQ(picture.layers[0].comparison.basis, ExposureBasis::kNone);
  EXPECT_EQ(picture.layers[0].areas[0].finding.against_expected, kUndefined);
}

}  // namespace
}  // namespace lagesbild::geo
