#include "geo/concentration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "geo/detectable_concentration.h"
#include "geo/errors.h"
#include "geo/group_share.h"
#include "geo/hotspot_test.h"
#include "geo/random_draw.h"

namespace lagesbild::geo {
namespace {

TEST(MeasureConcentration, CallsTheMostEvenSpreadOfFewIncidentsEven) {
  // 3 incidents at 3 of 10 places: the usual coefficient is 0.7 and cannot be lower.
  const Concentration even = MeasureConcentration(std::vector<int>{1, 0, 0, 1, 0, 0, 0, 1, 0, 0});
  EXPECT_NEAR(even.gini, 0.7, 1e-12);
  EXPECT_NEAR(even.generalized_gini, 0, 1e-12);
  const Concentration one = MeasureConcentration(std::vector<int>{0, 0, 0, 3, 0, 0, 0, 0, 0, 0});
  EXPECT_NEAR(one.generalized_gini, 1 - 1.0 / 3, 1e-12);
  EXPECT_EQ(one.places_with_any, 1);
}

TEST(MeasureConcentration, IsTheUsualCoefficientOfManyIncidents) {
  // By hand: 1, 3, 6: sum of rank times count 1 + 6 + 18 = 25; 2·25/(3·10) - 4/3.
  const Concentration c = MeasureConcentration(std::vector<int>{6, 1, 3});
  EXPECT_NEAR(c.gini, 50.0 / 30 - 4.0 / 3, 1e-12);
  EXPECT_NEAR(c.generalized_gini, c.gini, 1e-12);
  EXPECT_EQ(c.places_with_half, 1);
}

TEST(MeasureConcentration, FollowsNeitherOrderNorScale) {
  std::vector<int> counts = {4, 0, 7, 2, 2, 9, 1, 1};
  const Concentration c = MeasureConcentration(counts);
  std::reverse(counts.begin(), counts.end());
  EXPECT_EQ(MeasureConcentration(counts).gini, c.gini);
  for (int& count : counts) count *= 10;
  EXPECT_NEAR(MeasureConcentration(counts).gini, c.gini, 1e-12);
  EXPECT_EQ(MeasureConcentration(counts).places_with_half, c.places_with_half);
}

TEST(MeasureConcentration, SaysNothingOfNothing) {
  EXPECT_TRUE(std::isnan(MeasureConcentration(std::vector<int>{0, 0}).gini));
  EXPECT_TRUE(std::isnan(MeasureConcentration(std::vector<int>{0, 0}).generalized_gini));
  EXPECT_THROW(MeasureConcentration({}), InvalidInput);
  EXPECT_THROW(MeasureConcentration(std::vector<int>{1, -1}), InvalidInput);
}

TEST(LeastDetectable, NeedsWhatTheBinomialTailAsks) {
  // 40 incidents, a place with 1 % of the inhabitants among 100 places: p of 4 is 7.1e-4, of 5 it is 5.6e-5.
  const auto d = LeastDetectable(40, 0.01, 100, 3, 0.05, 0.8);
  EXPECT_GT(BinomialUpperTail(d.least_count - 1, 40, 0.01), 0.05 / 100);
  EXPECT_LE(BinomialUpperTail(d.least_count, 40, 0.01), 0.05 / 100);
  EXPECT_NEAR(BinomialUpperTail(d.least_count, 40, d.detectable_share), 0.8, 1e-9);
  EXPECT_NEAR(d.detectable_ratio, d.detectable_share / 0.01, 1e-12);
  EXPECT_DOUBLE_EQ(d.expected, 0.4);
}

TEST(LeastDetectable, FindsPlantedPlacesAsOftenAsItSays) {
  const auto d = LeastDetectable(40, 0.02, 50, 3, 0.05, 0.8);
  int found = 0;
  for (std::uint64_t run = 0; run < 2000; ++run) {
    std::mt19937_64 random = ReplicateRandom(3, run);
    int here = 0;
    for (int i = 0; i < 40; ++i) here += DrawUniform(random) < d.detectable_share;
    found += here >= d.least_count;
  }
  EXPECT_NEAR(found / 2000.0, 0.8, 3 * std::sqrt(0.8 * 0.2 / 2000));
}

TEST(LeastDetectable, SaysWhenNothingCouldBeSeen) {
  const auto d = LeastDetectable(2, 0.01, 100, 3, 0.05, 0.8);
  EXPECT_EQ(d.least_count, 0);
  EXPECT_TRUE(std::isnan(d.detectable_ratio));
  EXPECT_EQ(LeastDetectable(0, 0.01, 100, 3, 0.05, 0.8).least_count, 0);
}

TEST(LeastIncidents, IsTheFirstNumberThatWouldDo) {
  const int n = LeastIncidents(10, 0.02, 60, 3, 0.05, 0.8);
  ASSERT_GT(n, 3);
  const auto enough = LeastDetectable(n, 0.02, 60, 3, 0.05, 0.8),
             fewer = LeastDetectable(n - 1, 0.02, 60, 3, 0.05, 0.8);
  EXPECT_LE(enough.detectable_ratio, 10 + 1e-9);
  EXPECT_FALSE(fewer.detectable_ratio <= 10);
  EXPECT_EQ(LeastIncidents(1.01, 0.02, 60, 3, 0.05, 0.8, 50), 0);
}

TEST(LeastDetectable, RefusesWhatIsNoTest) {
  EXPECT_THROW(LeastDetectable(-1, 0.1, 5, 3, 0.05, 0.8), InvalidInput);
  EXPECT_THROW(LeastDetectable(9, 0, 5, 3, 0.05, 0.8), InvalidInput);
  EXPECT_THROW(LeastDetectable(9, 1, 5, 3, 0.05, 0.8), InvalidInput);
  EXPECT_THROW(LeastDetectable(9, 0.1, 0, 3, 0.05, 0.8), InvalidInput);
  EXPECT_THROW(LeastDetectable(9, 0.1, 5, 0, 0.05, 0.8), InvalidInput);
  EXPECT_THROW(LeastDetectable(9, 0.1, 5, 3, 0, 0.8), InvalidInput);
  EXPECT_THROW(LeastDetectable(9, 0.1, 5, 3, 0.05, 1), InvalidInput);
  EXPECT_THROW(LeastIncidents(1, 0.1, 5, 3, 0.05, 0.8), InvalidInput);
}

TEST(CompareGroupShare, ComparesYouthsByHand) {
  // Here 4 of 5, elsewhere 2 of 5: P(4 or more of the 6 among 5 of 10) = (15·4 + 6·1) / 252.
  const GroupShare share = CompareGroupShare({4, 5, 6, 10});
  EXPECT_DOUBLE_EQ(share.share_here, 0.8);
  EXPECT_DOUBLE_EQ(share.share_elsewhere, 0.4);
  EXPECT_DOUBLE_EQ(share.odds_ratio, 4.0 * 3 / (1 * 2));
  EXPECT_NEAR(share.p_higher, 66.0 / 252, 1e-12);
  EXPECT_NEAR(share.p_two_sided, 132.0 / 252, 1e-12);
}

TEST(CompareGroupShare, LeavesEmptyPlacesUndefined) {
  const GroupShare nobody = CompareGroupShare({0, 0, 6, 10});
  EXPECT_TRUE(std::isnan(nobody.share_here));
  EXPECT_DOUBLE_EQ(nobody.p_higher, 1);
  EXPECT_TRUE(std::isinf(CompareGroupShare({3, 3, 3, 10}).odds_ratio));
  EXPECT_TRUE(std::isnan(CompareGroupShare({0, 0, 0, 0}).odds_ratio));
}

TEST(CompareGroupShare, RefusesGroupsThatAreNoPart) {
  EXPECT_THROW(CompareGroupShare({6, 5, 6, 10}), InvalidInput);
  EXPECT_THROW(CompareGroupShare({2, 5, 1, 10}), InvalidInput);
  EXPECT_THROW(CompareGroupShare({1, 11, 6, 10}), InvalidInput);
  EXPECT_THROW(CompareGroupShare({-1, 5, 6, 10}), InvalidInput);
  EXPECT_THROW(CompareGroupShare({0, 5, 9, 10}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
