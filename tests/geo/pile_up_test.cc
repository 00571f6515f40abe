#include "geo/pile_up.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

PileUpIncident At(double x, double y, const char* reporter, Category category, int day,
                  const char* key = "") {
  return {{Meters{600'000 + x}, Meters{6'640'000 + y}},
          reporter,
          category,
          std::chrono::sys_days{std::chrono::days{day}},
          key};
}

/// Twenty incidents of one reporter all over.
std::vector<PileUpIncident> Spread() {
  std::vector<PileUpIncident> incidents;
  for (int i = 0; i < 20; ++i)
    incidents.push_back(At(100 * i, 37 * i, "polisen", static_cast<Category>(i % 5), 20'000 + 3 * i, "k"));
  return incidents;
}

TEST(FindPileUps, KnowsAPoliceStationByWhatItCollects) {
  std::vector<PileUpIncident> incidents = Spread();
  for (int i = 0; i < 8; ++i)
    incidents.push_back(At(5000, 5000, "polisen", static_cast<Category>(i % 4), 20'000 + i, "station"));
  const auto piles = FindPileUps(incidents, {});
  ASSERT_EQ(piles.size(), 1u);
  EXPECT_EQ(piles[0].kind, PileUpKind::kDefaultPoint);
  EXPECT_EQ(piles[0].incidents, 8);
  EXPECT_EQ(piles[0].texts, 1);
  EXPECT_EQ(piles[0].categories, 4);
  EXPECT_EQ(piles[0].days, 8);
  EXPECT_DOUBLE_EQ(piles[0].reporter_share, 8.0 / 28);
}

TEST(FindPileUps, CallsOneConflictARepeat) {
  // Five reports at one address: always told of, never called a default point.
  std::vector<PileUpIncident> incidents = Spread();
  for (int i = 0; i < 5; ++i)
    incidents.push_back(At(700, 900, "skola", Category::kUnlawfulThreat, 20'000 + i, "storgatan 12"));
  const auto piles = FindPileUps(incidents, {});
  ASSERT_EQ(piles.size(), 1u);
  EXPECT_EQ(piles[0].kind, PileUpKind::kRepeats);
  EXPECT_EQ(piles[0].incidents, 5);
}

TEST(FindPileUps, CallsASquareWithLittleOfWhatThePoliceTellARepeat) {
  std::vector<PileUpIncident> incidents;
  for (int i = 0; i < 200; ++i)
    incidents.push_back(At(100 * i, 37 * i, "polisen", static_cast<Category>(i % 5), 20'000 + i, "k"));
  for (int i = 0; i < 12; ++i)
    incidents.push_back(At(33, 44, "polisen", static_cast<Category>(i % 5), 20'000 + i, "torget"));
  const auto piles = FindPileUps(incidents, {});
  ASSERT_EQ(piles.size(), 1u);
  EXPECT_EQ(piles[0].kind, PileUpKind::kRepeats);
}

TEST(FindPileUps, NamesTheAreaWhoseMiddleWasGiven) {
  const std::vector<AreaCenter> centers = {{"Heby", {Meters{604'050}, Meters{6'645'980}}},
                                           {"Harbo", {Meters{604'300}, Meters{6'645'980}}}};
  const std::vector<PileUpIncident> given = {At(4054, 5981, "polisen", Category::kUnlawfulThreat, 1),
                                             At(4054, 5981, "polisen", Category::kUnlawfulThreat, 2)};
  const auto piles = FindPileUps(given, centers);
  ASSERT_EQ(piles.size(), 1u);
  EXPECT_EQ(piles[0].kind, PileUpKind::kCentroid);
  EXPECT_EQ(piles[0].center_name, "Heby");
  // A text that the register put there is an address like any other.
  std::vector<PileUpIncident> written = given;
  for (PileUpIncident& incident : written) incident.place_key = "torget 1";
  EXPECT_TRUE(FindPileUps(written, centers).empty());
}

TEST(FindPileUps, PutsThoseInDoubtFirstWhateverTheOrder) {
  std::vector<PileUpIncident> incidents = Spread();
  for (int i = 0; i < 9; ++i)
    incidents.push_back(At(1, 1, "skola", Category::kUnlawfulThreat, 20'000 + i, "a"));
  for (int i = 0; i < 6; ++i)
    incidents.push_back(At(9000, 1, "polisen", static_cast<Category>(i % 3), 20'000 + i, "b"));
  const auto piles = FindPileUps(incidents, {});
  ASSERT_EQ(piles.size(), 2u);
  EXPECT_EQ(piles[0].kind, PileUpKind::kDefaultPoint);
  EXPECT_EQ(piles[1].kind, PileUpKind::kRepeats);
  std::reverse(incidents.begin(), incidents.end());
  const auto again = FindPileUps(incidents, {});
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(again[0].position, piles[0].position);
  EXPECT_EQ(again[1].incidents, piles[1].incidents);
}

TEST(FindPileUps, DoubtAReporterWhoseCoordinatesAreOfFewPoints) {
  // Twelve towns with equal numbers: no point has a large share, and still nothing happened at any of them.
  std::vector<PileUpIncident> incidents;
  for (int i = 0; i < 120; ++i)
    incidents.push_back(At(5000 * (i % 12), 0, "polisen", static_cast<Category>(i / 12 % 4), 20'000 + i));
  const auto piles = FindPileUps(incidents, {});
  ASSERT_EQ(piles.size(), 12u);
  for (const PileUp& pile : piles) EXPECT_EQ(pile.kind, PileUpKind::kDefaultPoint);
  // The same places written as texts are addresses where much happens.
  for (PileUpIncident& incident : incidents) incident.place_key = "k";
  for (const PileUp& pile : FindPileUps(incidents, {})) EXPECT_EQ(pile.kind, PileUpKind::kRepeats);
}

TEST(FindPileUps, FindNoneWhereNothingIsRepeated) {
  EXPECT_TRUE(FindPileUps(Spread(), {}).empty());
  EXPECT_TRUE(FindPileUps({}, {}).empty());
}

TEST(FindPileUps, RefuseWhatTheyCannotCount) {
  std::vector<PileUpIncident> incidents = Spread();
  EXPECT_THROW(FindPileUps(incidents, {}, {.min_incidents = 1}), InvalidInput);
  EXPECT_THROW(FindPileUps(incidents, {}, {.same_point = Meters{0}}), InvalidInput);
  EXPECT_THROW(FindPileUps(incidents, {}, {.min_day_share = 2}), InvalidInput);
  EXPECT_THROW(FindPileUps(incidents, {}, {.min_reporter_share = 0}), InvalidInput);
  EXPECT_THROW(FindPileUps(incidents, {}, {.many_days = 0}), InvalidInput);
  EXPECT_THROW(FindPileUps(incidents, {}, {.min_coordinates = 0}), InvalidInput);
  EXPECT_THROW(FindPileUps(incidents, {}, {.max_point_share = 0}), InvalidInput);
  incidents[3].position.easting = Meters{std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THROW(FindPileUps(incidents, {}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
