#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "geo/hotspot_test.h"

namespace lagesbild::geo {
namespace {

using std::chrono::January;
using std::chrono::year;
using ::testing::ElementsAre;

Incident At(std::int64_t id, double x, unsigned day, Category category = Category::kVandalism) {
  Incident incident;
  incident.id = id;
  incident.date = year{2026} / January / std::chrono::day{day};
  incident.category = category;
  incident.place = PlaceKind::kPlaced;
  incident.position = {Meters{600000 + x}, Meters{6645000}};
  return incident;
}

TEST(CollapseRepeats, MakesOneOfIncidentsAtTheSamePosition) {
  const std::vector<Incident> incidents = {At(7, 0, 20, Category::kTheft), At(3, 0, 5), At(4, 900, 5)};
  EXPECT_THAT(CollapseRepeats(incidents, {}), ElementsAre(1, 2));
}

TEST(CollapseRepeats, JoinsNearIncidentsOfOneCategoryOnly) {
  const std::vector<Incident> incidents = {At(1, 0, 5), At(2, 150, 7), At(3, 300, 7, Category::kTheft),
                                           At(4, 139, 10)};
  // 1 and 2: 150 m and 2 days, both limits included. 4 is 3 days after 2. 3 is another category.
  EXPECT_THAT(CollapseRepeats(incidents, {.distance = Meters{150}, .days = 2}), ElementsAre(0, 2, 3));
}

TEST(CollapseRepeats, FollowsChains) {
  const std::vector<Incident> incidents = {At(1, 0, 1), At(2, 100, 2), At(3, 200, 3), At(4, 300, 4)};
  EXPECT_THAT(CollapseRepeats(incidents, {.distance = Meters{100}, .days = 1}), ElementsAre(0));
}

TEST(CollapseRepeats, KeepsTheEarliestThenTheLowestId) {
  const std::vector<Incident> incidents = {At(9, 0, 6), At(5, 0, 5), At(2, 0, 5)};
  EXPECT_THAT(CollapseRepeats(incidents, {}), ElementsAre(2));
}

// One reporter gives coordinates, another the address: the same house, weeks apart.
TEST(CollapseRepeats, TakesPositionsThatDifferByMetersForOnePlace) {
  const std::vector<Incident> incidents = {At(1, 0, 1, Category::kTheft), At(2, 10, 20), At(3, 20.5, 28)};
  EXPECT_THAT(CollapseRepeats(incidents, {}), ElementsAre(0, 2));
  EXPECT_THAT(CollapseRepeats(incidents, {.same_place = Meters{0}}), ElementsAre(0, 1, 2));
}

// Ids follow the order of the imports; the picture must not.
TEST(CollapseRepeats, ChoosesByPositionBeforeIdAmongOneDay) {
  const std::vector<Incident> incidents = {At(1, 8, 5), At(2, 0, 5)};
  EXPECT_THAT(CollapseRepeats(incidents, {}), ElementsAre(1));
}

TEST(CollapseRepeats, LeavesOutWhatIsNotPlaced) {
  std::vector<Incident> incidents = {At(1, 0, 5), At(2, 0, 5), At(3, 5000, 5)};
  incidents[0].place = PlaceKind::kUnplaced;
  incidents[2].place = PlaceKind::kDigital;
  EXPECT_THAT(CollapseRepeats(incidents, {}), ElementsAre(1));
  EXPECT_TRUE(CollapseRepeats({}, {}).empty());
}

TEST(CollapseRepeats, DoesNotDependOnTheOrder) {
  std::vector<Incident> incidents;
  for (int i = 0; i < 40; ++i)
    incidents.push_back(At(100 - i, (i * 37 % 50) * 40.0, 1 + static_cast<unsigned>(i * 11 % 28)));
  const auto ids = [](const std::vector<Incident>& list) {
    std::vector<std::int64_t> found;
    for (const std::size_t i : CollapseRepeats(list, {})) found.push_back(list[i].id);
    std::sort(found.begin(), found.end());
    return found;
  };
  const auto expected = ids(incidents);
  std::reverse(incidents.begin(), incidents.end());
  EXPECT_EQ(ids(incidents), expected);
  std::swap(incidents[3], incidents[30]);
  EXPECT_EQ(ids(incidents), expected);
}

TEST(CollapseRepeats, RejectsNegativeLimits) {
  EXPECT_THROW(CollapseRepeats({}, {.distance = Meters{-1}}), InvalidInput);
  EXPECT_THROW(CollapseRepeats({}, {.distance = Meters{std::nan("")}}), InvalidInput);
  EXPECT_THROW(CollapseRepeats({}, {.same_place = Meters{-1}}), InvalidInput);
  EXPECT_THROW(CollapseRepeats({}, {.days = -1}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
