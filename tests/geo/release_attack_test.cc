#include "geo/release_attack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "geo/reconstruction_attack.h"
#include "geo/released_density.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

MultiPolygon Box(double west, double south, double width, double height) {
  return {
      {{At(west, south), At(west + width, south), At(west + width, south + height), At(west, south + height)},
       {}}};
}

/// Two districts of 3 x 3 km, 60 dwellings in each on a line of their own.
class Town {
 public:
  Town() {
    districts_ = {{"A", "Aby", Box(0, 0, 3000, 3000)}, {"B", "Beby", Box(3000, 0, 3000, 3000)}};
    for (int d = 0; d < 2; ++d)
      for (int i = 0; i < 60; ++i) {
        dwellings.push_back(At(3000 * d + 300 + 40 * i, 300 + 40 * ((i * 37) % 60)));
        released.area_of_address.push_back(d);
      }
    LatticeInput input;
    input.boundary = &boundary;
    input.districts = districts_;
    input.dwellings = dwellings;
    for (const PlanePoint& point : dwellings) input.inhabitants.push_back({point, 20, 3});
    lattice.emplace(MakeLattice(input));
    incidents.assign(dwellings.size(), 0);
    for (int i = 0; i < 60; i += 5) incidents[static_cast<std::size_t>(i)] = 1;  // 12 in A, spread out
    released.counts = {12.0, Suppressed{}};
  }

  std::vector<PlanePoint> dwellings;
  std::vector<int> incidents;
  ReleasedCounts released;
  StudyArea boundary{Box(0, 0, 6000, 3000)};
  std::optional<Lattice> lattice;

 private:
  std::vector<NamedArea> districts_;
};

constexpr Meters kBandwidth{500};
const std::vector<double> kUpper = {0.5, 2, 8, 32};

TEST(AttackOnAReleasedDensity, FindsNoMoreThanGuessingWhenItIsMadeOfCounts) {
  const Town town;
  const GridSpec grid = CoveringGrid(town.boundary.south_west(), town.boundary.north_east(), Meters{100});
  std::vector<ReleasedArea> areas(2);
  areas[0].geometry = Box(0, 0, 3000, 3000);
  areas[0].incidents = 12.0;
  areas[1].geometry = Box(3000, 0, 3000, 3000);
  for (std::size_t i = 0; i < 60; ++i)
    areas[0].inhabited.push_back({At(std::floor(town.dwellings[i].easting.value() / 100) * 100,
                                     std::floor(town.dwellings[i].northing.value() / 100) * 100),
                                  1, 3});
  ReleasedDensityOptions options{.kernel = Kernel::kQuartic, .bandwidth = kBandwidth};
  options.upper = kUpper;
  const Grid<std::int8_t> classes = ReleasedDensityClasses(areas, town.boundary, grid, options);
  const auto attack = AttackReleasedClasses(classes, classes, kUpper, Kernel::kQuartic, kBandwidth,
                                            town.dwellings, town.incidents, town.released);
  EXPECT_EQ(attack.score.placed, 12);
  EXPECT_NEAR(attack.guess.mean, 12.0 * 12 / 60, 1e-12);
  ASSERT_TRUE(std::holds_alternative<double>(attack.z));
  EXPECT_LT(std::get<double>(attack.z), kAttackSucceedsAt);
  EXPECT_TRUE(attack.follows_from_counts);
  EXPECT_FALSE(attack.succeeded);
}

TEST(AttackOnAReleasedDensity, SucceedsWhenItIsMadeOfPoints) {
  const Town town;
  const GridSpec grid = CoveringGrid(town.boundary.south_west(), town.boundary.north_east(), Meters{25});
  std::vector<PlanePoint> points;
  for (std::size_t i = 0; i < town.incidents.size(); ++i)
    if (town.incidents[i] > 0) points.push_back(town.dwellings[i]);
  constexpr Meters kNarrow{75};
  const Grid<double> surface = PublishedSurface(points, grid, Kernel::kQuartic, kNarrow, {});
  Grid<std::int8_t> classes(grid);
  const std::vector<double> upper = {10, 40, 80, 120};
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      int code = 0;
      for (const double each : upper) code += surface[{column, row}] > each ? 1 : 0;
      classes[{column, row}] = static_cast<std::int8_t>(code);
    }
  const auto attack = AttackReleasedClasses(classes, Grid<std::int8_t>(grid), upper, Kernel::kQuartic,
                                            kNarrow, town.dwellings, town.incidents, town.released);
  EXPECT_TRUE(attack.succeeded);
  EXPECT_GT(attack.score.found, 9);
  EXPECT_FALSE(attack.follows_from_counts);
  EXPECT_FALSE(AttackReleasedClasses(classes, classes, upper, Kernel::kQuartic, kNarrow, town.dwellings,
                                     town.incidents, town.released)
                   .succeeded)
      << "a map that everyone can draw from the counts tells nothing more";
}

TEST(AttackOnAReleasedDensity, HasNothingToTestWithoutAReleasedCount) {
  Town town;
  town.released.counts[0] = Suppressed{};
  const GridSpec grid = CoveringGrid(town.boundary.south_west(), town.boundary.north_east(), Meters{100});
  const auto attack =
      AttackReleasedClasses(Grid<std::int8_t>(grid), Grid<std::int8_t>(grid), kUpper, Kernel::kQuartic,
                            kBandwidth, town.dwellings, town.incidents, town.released);
  EXPECT_EQ(attack.z, Statistic{Undefined{"NOTHING_TO_GUESS"}});
  EXPECT_FALSE(attack.succeeded);
}

std::vector<PublishedGroup> Groups() {
  return PublishedGroups(DefaultAgeScheme(), DefaultRule(Audience::kPublic));
}

PublishedValue Value(const char* area, const char* group, int value, int quarters = 1,
                     CategoryClass categories = CategoryClass::kNonSensitive) {
  return {Audience::kPublic, area, group, categories, {2026, 3}, quarters, value};
}

DifferencingTest Subtract(const std::vector<PublishedValue>& values, int pairs = 1000) {
  return SubtractReleases(values, *Town().lattice, Groups(), 10, pairs, 1);
}

TEST(DifferencingOfReleases, FindsASmallDifferenceOfAreasAgesCategoriesAndPeriods) {
  const auto whole = Value("M", "13_24", 40);
  EXPECT_EQ(Subtract({whole, Value("A", "13_24", 33)}).differences_under_k, 1);
  EXPECT_EQ(Subtract({whole, Value("M", "13_17", 33)}).differences_under_k, 1);
  EXPECT_EQ(Subtract({whole, Value("M", "alla", 44)}).differences_under_k, 1);
  EXPECT_EQ(Subtract({whole, Value("M", "13_24", 41, 1, CategoryClass::kAll)}).differences_under_k, 1);
  EXPECT_EQ(Subtract({whole, Value("M", "13_24", 49, 4)}).differences_under_k, 1);
  EXPECT_TRUE(Subtract({whole, Value("M", "13_24", 49, 4)}).succeeded());
}

TEST(DifferencingOfReleases, AcceptsLargeDifferencesAndThoseOfValuesThatAreNotNested) {
  const auto large = Subtract({Value("M", "13_24", 40), Value("A", "13_24", 30)});
  EXPECT_EQ(large.nested_pairs, 1);
  EXPECT_FALSE(large.succeeded());
  const auto zero = Subtract({Value("M", "13_24", 40), Value("A", "13_24", 40)});
  EXPECT_EQ(zero.differences_of_zero, 1);
  EXPECT_FALSE(zero.succeeded());
  EXPECT_EQ(Subtract({Value("A", "13_24", 40), Value("B", "13_24", 38)}).nested_pairs, 0);
  EXPECT_EQ(Subtract({Value("A", "13_24", 40), Value("M", "13_17", 38)}).nested_pairs, 0);
}

TEST(DifferencingOfReleases, CountsSmallValuesAndTwoVersionsOfOneValueAsFaults) {
  EXPECT_EQ(Subtract({Value("M", "13_24", 9)}).values_under_k, 1);
  const auto versions = Subtract({Value("M", "13_24", 60), Value("M", "13_24", 40)});
  EXPECT_EQ(versions.nested_pairs, 1);
  EXPECT_EQ(versions.differences_under_k, 1);
  EXPECT_EQ(Subtract({Value("M", "13_24", 60), Value("M", "13_24", 60)}).values, 1) << "the same value twice";
}

TEST(DifferencingOfReleases, DrawsNoMoreThanIsAskedAndTellsWhatItCannotPlace) {
  std::vector<PublishedValue> values;
  for (const char* area : {"M", "A", "B"})
    for (const char* group : {"13_17", "13_24", "0_24", "alla"}) values.push_back(Value(area, group, 50));
  const auto test = Subtract(values, 5);
  EXPECT_GT(test.nested_pairs, 5);
  EXPECT_EQ(test.tested_pairs, 5);
  std::reverse(values.begin(), values.end());
  EXPECT_EQ(Subtract(values, 5).nested_pairs, test.nested_pairs);
  EXPECT_EQ(Subtract({Value("nowhere", "13_24", 50), Value("M", "none", 50)}).unknown_values, 2);
  EXPECT_EQ(Subtract({}).values, 0);
}

TEST(DifferencingOfReleases, RefusesNoPairsAndNoThreshold) {
  const Town town;
  EXPECT_THROW(SubtractReleases({}, *town.lattice, Groups(), 0, 10, 1), InvalidInput);
  EXPECT_THROW(SubtractReleases({}, *town.lattice, Groups(), 10, 0, 1), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
