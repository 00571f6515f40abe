#include "geo/scan_statistic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "geo/errors.h"
#include "geo/random_draw.h"
#include "geo/scan_likelihood.h"
#include "geo/scan_zones.h"
#include "geo/space_time_scan.h"

namespace lagesbild::geo {
namespace {

ScanLocation At(double x, double y, long long cases, double population, long long controls = 0) {
  return {{Meters{x}, Meters{y}}, cases, population, controls};
}

/// A square of locations 100 m apart with 100 inhabitants and one case each.
std::vector<ScanLocation> Square(int side) {
  std::vector<ScanLocation> locations;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) locations.push_back(At(600'000 + 100 * x, 6'640'000 + 100 * y, 1, 100));
  return locations;
}

TEST(ScanZones, LetTiedDistancesEnterTogether) {
  std::vector<PlanePoint> points;
  for (const ScanLocation& location : Square(3)) points.push_back(location.position);
  const ScanZones zones(points, std::vector<double>(9, 1.0), 1);
  std::vector<int> sizes;
  for (const auto& circle : zones.Circles(4)) sizes.push_back(circle.size);
  EXPECT_EQ(sizes, (std::vector<int>{1, 5, 9}));
  EXPECT_EQ(zones.Members(4, 1), (std::vector<int>{1, 3, 4, 5, 7}));
  EXPECT_DOUBLE_EQ(zones.Circles(4)[1].radius_m, 100);
}

TEST(ScanZones, StopBeforeTheLargestShare) {
  std::vector<PlanePoint> points;
  for (const ScanLocation& location : Square(3)) points.push_back(location.position);
  const ScanZones zones(points, std::vector<double>(9, 1.0), 5.0 / 9);
  EXPECT_EQ(zones.Circles(4).back().size, 5);
  EXPECT_EQ(ScanZones(points, std::vector<double>(9, 1.0), 0.5).Circles(4).back().size, 1);
}

TEST(ScanZones, CountEqualCirclesOnce) {
  const std::vector<PlanePoint> points = {{Meters{0}, Meters{0}}, {Meters{10}, Meters{0}}};
  const ScanZones zones(points, std::vector<double>{1, 1}, 1);
  EXPECT_EQ(zones.distinct(), 3u);  // either, and both
  EXPECT_TRUE(zones.IsFirst(0, 1));
  EXPECT_FALSE(zones.IsFirst(1, 1));
}

TEST(ScanCircles, FindAPlantedCluster) {
  std::vector<ScanLocation> locations = Square(8);
  for (const std::size_t i : {27u, 28u, 35u, 36u}) locations[i].cases = 9;
  const ScanResult scan = ScanCircles(locations, {.simulations = 199, .seed = 2});
  ASSERT_FALSE(scan.clusters.empty());
  const ScanCluster& best = scan.clusters.front();
  for (const int planted : {27, 28, 35, 36})
    EXPECT_TRUE(std::binary_search(best.members.begin(), best.members.end(), planted));
  EXPECT_LE(best.members.size(), 12u);
  EXPECT_DOUBLE_EQ(best.p_value, 1.0 / 200);
  EXPECT_LT(best.gumbel_p, 1e-4);
  EXPECT_NEAR(best.log_ratio,
              PoissonLogRatio(static_cast<double>(best.observed), best.expected,
                              static_cast<double>(scan.total_cases)),
              1e-12);
}

TEST(ScanCircles, HaveTheLargestRatioOfAllCirclesByHand) {
  // Three in a row; the first two hold 6 of 7 cases and half the inhabitants.
  const std::vector<ScanLocation> locations = {At(0, 0, 4, 25), At(10, 0, 2, 25), At(100, 0, 1, 50)};
  const ScanResult scan = ScanCircles(locations, {.most_population_share = 0.5, .simulations = 9});
  const ScanCluster& best = scan.clusters.front();
  EXPECT_EQ(best.members, (std::vector<int>{0, 1}));
  EXPECT_EQ(best.observed, 6);
  EXPECT_DOUBLE_EQ(best.expected, 3.5);
  EXPECT_NEAR(best.log_ratio, 6 * std::log(6 / 3.5) + std::log(1 / 3.5), 1e-12);
  EXPECT_NEAR(best.relative_risk, (6 / 3.5) / (1 / 3.5), 1e-12);
}

TEST(ScanCircles, AreTheSameWhenTheMapIsMovedOrTurnedInOrder) {
  std::vector<ScanLocation> locations = Square(6);
  for (std::size_t i = 0; i < locations.size(); ++i) locations[i].cases = static_cast<long long>(i * i % 5);
  const ScanResult scan = ScanCircles(locations, {.simulations = 19});
  std::vector<ScanLocation> moved(locations.rbegin(), locations.rend());
  for (ScanLocation& location : moved)
    location.position = {Meters{location.position.easting.value() + 4096},
                         Meters{location.position.northing.value() - 8192}};
  const ScanResult other = ScanCircles(moved, {.simulations = 19});
  ASSERT_EQ(scan.clusters.size(), other.clusters.size());
  for (std::size_t i = 0; i < scan.clusters.size(); ++i)
    EXPECT_NEAR(scan.clusters[i].log_ratio, other.clusters[i].log_ratio, 1e-11);
  EXPECT_EQ(scan.distinct_circles, other.distinct_circles);
}

TEST(ScanCircles, CallChanceSignificantAsOftenAsTheLevelSays) {
  // 200 draws from the null with 19 simulations each: p <= 0.05 in 5 % of them, give or take 3 standard
  // errors.
  int significant = 0;
  for (std::uint64_t run = 0; run < 200; ++run) {
    std::vector<ScanLocation> locations = Square(5);
    std::mt19937_64 random = ReplicateRandom(77, run);
    for (ScanLocation& location : locations) location.cases = 0;
    for (int i = 0; i < 30; ++i) ++locations[static_cast<std::size_t>(DrawBelow(random, 25))].cases;
    const ScanResult scan = ScanCircles(locations, {.simulations = 19, .seed = 1000 + run});
    significant += !scan.clusters.empty() && scan.clusters.front().p_value <= 0.05;
  }
  EXPECT_LE(significant, 10 + 3 * 3.1);
  EXPECT_GE(significant, 1);
}

TEST(ScanCircles, TakeCasesAgainstControls) {
  std::vector<ScanLocation> locations;
  for (int i = 0; i < 20; ++i) locations.push_back(At(100 * i, 0, i < 3 ? 5 : 0, 0, i < 3 ? 1 : 6));
  ScanOptions options{.model = ScanModel::kBernoulli, .most_population_share = 0.5, .simulations = 99};
  const ScanResult scan = ScanCircles(locations, options);
  EXPECT_EQ(scan.clusters.front().members, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(scan.clusters.front().observed, 15);
  EXPECT_DOUBLE_EQ(scan.clusters.front().p_value, 0.01);
  EXPECT_TRUE(std::isinf(scan.clusters.front().relative_risk));
}

TEST(ScanCircles, KeepAllCasesInOneCircleFinite) {
  const std::vector<ScanLocation> locations = {At(0, 0, 5, 10), At(100, 0, 0, 90)};
  const ScanResult scan = ScanCircles(locations, {.simulations = 9});
  EXPECT_NEAR(scan.clusters.front().log_ratio, 5 * std::log(5 / 0.5), 1e-12);
}

TEST(ScanCircles, ListSecondaryClustersThatShareNoPlace) {
  std::vector<ScanLocation> locations = Square(8);
  locations[0].cases = 20;
  locations[63].cases = 15;
  const ScanResult scan = ScanCircles(locations, {.simulations = 99});
  const auto apart = WithoutOverlap(scan.clusters, 2);
  ASSERT_EQ(apart.size(), 2u);
  EXPECT_TRUE(std::binary_search(apart[0].members.begin(), apart[0].members.end(), 0));
  EXPECT_TRUE(std::binary_search(apart[1].members.begin(), apart[1].members.end(), 63));
  EXPECT_FALSE(std::binary_search(apart[1].members.begin(), apart[1].members.end(), 0));
}

TEST(ScanCircles, FindNothingWhereAllRatesAreEqual) {
  const ScanResult scan = ScanCircles(Square(4), {.simulations = 9});
  EXPECT_TRUE(scan.clusters.empty());
}

TEST(ScanCircles, RefuseWhatCannotBeScanned) {
  const auto scan = [](std::vector<ScanLocation> locations, ScanOptions options = {}) {
    return ScanCircles(locations, options);
  };
  EXPECT_THROW(scan({}), InvalidInput);
  EXPECT_THROW(scan({At(0, 0, 0, 10)}), InvalidInput);
  EXPECT_THROW(scan({At(0, 0, -1, 10)}), InvalidInput);
  EXPECT_THROW(scan({At(0, 0, 1, 0), At(1, 0, 1, 9)}), InvalidInput);
  EXPECT_THROW(scan({At(0, 0, 1, std::numeric_limits<double>::quiet_NaN())}), InvalidInput);
  EXPECT_THROW(scan({At(HUGE_VAL, 0, 1, 5)}), InvalidInput);
  EXPECT_THROW(scan(Square(2), {.most_population_share = 0}), InvalidInput);
  EXPECT_THROW(scan(Square(2), {.simulations = 0}), InvalidInput);
  EXPECT_THROW(ScanCirclesUnder(Square(2), {}, std::vector<std::vector<long long>>{{1, 2}}), InvalidInput);
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(scan(Square(2), {.stop = source.get_token()}), Cancelled);
}

TEST(ScanTails, CountTiesAndFitAGumbelDistribution) {
  const std::vector<double> maxima = {1, 2, 3, 4};
  EXPECT_DOUBLE_EQ(RankTail(maxima, 3), 3.0 / 5);
  EXPECT_DOUBLE_EQ(RankTail(maxima, 9), 1.0 / 5);
  // Maxima of a known Gumbel distribution, location 2 and scale 1.
  std::mt19937_64 random(4);
  std::vector<double> drawn;
  for (int i = 0; i < 20'000; ++i) drawn.push_back(2 - std::log(-std::log(DrawUniform(random) + 1e-18)));
  EXPECT_NEAR(GumbelTail(drawn, 7), 1 - std::exp(-std::exp(-5.0)), 5e-4);
  EXPECT_TRUE(std::isnan(GumbelTail(std::vector<double>{1}, 2)));
  EXPECT_EQ(GumbelTail(std::vector<double>{1, 1}, 2), 0);
}

PeriodEvent In(double x, double y, int period) { return {{Meters{x}, Meters{y}}, period}; }

TEST(ScanSpaceTime, FindsAnOutbreak) {
  std::vector<PeriodEvent> events;
  std::mt19937_64 random(9);
  for (int i = 0; i < 60; ++i)
    events.push_back(In(100.0 * static_cast<double>(DrawBelow(random, 8)),
                        100.0 * static_cast<double>(DrawBelow(random, 8)),
                        static_cast<int>(DrawBelow(random, 12))));
  for (int i = 0; i < 14; ++i) events.push_back(In(300 + 100 * (i % 2), 400, 6));
  const SpaceTimeScan scan = ScanSpaceTime(events, {.most_periods = 3, .simulations = 99, .seed = 5});
  const SpaceTimeCluster& best = scan.clusters.front();
  EXPECT_LE(best.first_period, 6);
  EXPECT_GE(best.last_period, 6);
  EXPECT_LE(best.p_value, 0.05);
  EXPECT_GE(best.observed, 14);
}

TEST(ScanSpaceTime, ExpectsWhatMarginsGiveByHand) {
  // 2 of 4 events here, 2 of 4 in period 1, both here: expected 1.
  const std::vector<PeriodEvent> events = {In(0, 0, 1), In(0, 0, 1), In(900, 0, 2), In(900, 0, 3)};
  const SpaceTimeScan scan = ScanSpaceTime(events, {.most_periods = 1, .simulations = 9});
  const SpaceTimeCluster& best = scan.clusters.front();
  EXPECT_EQ(best.observed, 2);
  EXPECT_DOUBLE_EQ(best.expected, 1);
  EXPECT_NEAR(best.log_ratio, 2 * std::log(2.0) + 2 * std::log(2.0 / 3), 1e-12);
  EXPECT_EQ(scan.locations.size(), 2u);
}

TEST(ScanSpaceTime, RefusesWhatCannotBeScanned) {
  EXPECT_THROW(ScanSpaceTime(std::vector<PeriodEvent>{In(0, 0, 1)}, {}), InvalidInput);
  const std::vector<PeriodEvent> two = {In(0, 0, 1), In(5, 0, 2)};
  EXPECT_THROW(ScanSpaceTime(two, {.most_periods = 0}), InvalidInput);
  EXPECT_THROW(ScanSpaceTime(two, {.simulations = 0}), InvalidInput);
  EXPECT_THROW(ScanSpaceTime(two, {.most_case_share = 2}), InvalidInput);
  EXPECT_THROW(ScanSpaceTime(std::vector<PeriodEvent>{In(0, 0, 1), In(5, 0, 50'000)}, {}), InvalidInput);
  EXPECT_THROW(ScanSpaceTime(std::vector<PeriodEvent>{In(0, HUGE_VAL, 1), In(5, 0, 2)}, {}), InvalidInput);
  EXPECT_THROW(ScanSpaceTimeUnder(two, {}, std::vector<std::vector<int>>{{1}}), InvalidInput);
  EXPECT_THROW(ScanSpaceTimeUnder(two, {}, std::vector<std::vector<int>>{{1, 9}}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
