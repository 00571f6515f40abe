#include "geo/point_pattern_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "geo/errors.h"
#include "geo/hypergeometric.h"
#include "geo/poisson_tail.h"

namespace lagesbild::geo {
namespace {

TEST(ComparePatterns, FindsTheToyExampleOfItsAuthors) {
  // Published: S-index 0, 1, 0, 0, 0, 0; intervals 12.5-25, 0-12.5, 12.5-25, 12.5-25, 0-12.5, 0-12.5.
  const std::vector<PatternCounts> counts = {{2, 2}, {2, 1}, {2, 2}, {1, 2}, {0, 1}, {1, 1}};
  const PatternTest test = ComparePatterns(counts, {});
  EXPECT_EQ(test.sample_size, 8);
  const int s_index[] = {0, 1, 0, 0, 0, 0};
  const double low[] = {12.5, 0, 12.5, 12.5, 0, 0}, high[] = {25, 12.5, 25, 25, 12.5, 12.5};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(test.areas[i].s_index, s_index[i]) << i;
    EXPECT_DOUBLE_EQ(test.areas[i].low_percent, low[i]) << i;
    EXPECT_DOUBLE_EQ(test.areas[i].high_percent, high[i]) << i;
  }
  EXPECT_DOUBLE_EQ(test.similarity, 5.0 / 6);
  EXPECT_DOUBLE_EQ(test.robust_similarity, 5.0 / 6);
}

TEST(ComparePatterns, LeavesEmptyAreasOutOfTheRobustIndex) {
  const std::vector<PatternCounts> counts = {{100, 10}, {10, 100}, {0, 0}, {0, 0}};
  const PatternTest test = ComparePatterns(counts, {});
  EXPECT_EQ(test.areas[0].s_index, 1);
  EXPECT_EQ(test.areas[1].s_index, -1);
  EXPECT_EQ(test.areas[2].s_index, 0);
  EXPECT_DOUBLE_EQ(test.similarity, 0.5);
  EXPECT_DOUBLE_EQ(test.robust_similarity, 0);
  EXPECT_TRUE(std::isnan(test.areas[2].chi_squared_p));
  EXPECT_TRUE(std::isnan(test.chi_squared_by[2]));
  EXPECT_DOUBLE_EQ(test.areas[2].fisher_p, 1);
}

TEST(ComparePatterns, FollowsTheOrderOfTheAreas) {
  const std::vector<PatternCounts> counts = {{9, 2}, {4, 8}, {3, 3}, {0, 5}};
  const std::vector<PatternCounts> turned(counts.rbegin(), counts.rend());
  const PatternTest test = ComparePatterns(counts, {}), other = ComparePatterns(turned, {});
  for (std::size_t i = 0; i < counts.size(); ++i) {
    EXPECT_EQ(test.areas[i].s_index, other.areas[3 - i].s_index);
    EXPECT_DOUBLE_EQ(test.areas[i].fisher_p, other.areas[3 - i].fisher_p);
    EXPECT_DOUBLE_EQ(test.chi_squared_bh[i], other.chi_squared_bh[3 - i]);
  }
}

TEST(ComparePatterns, FindsEqualPatternsAlike) {
  std::vector<PatternCounts> counts;
  for (int i = 0; i < 30; ++i) counts.push_back({i, i});
  const PatternTest test = ComparePatterns(counts, {});
  EXPECT_DOUBLE_EQ(test.similarity, 1);
  for (std::size_t i = 1; i < counts.size(); ++i) EXPECT_NEAR(test.areas[i].chi_squared_p, 1, 1e-12);
}

TEST(ComparePatterns, TakesAllIncidentsInOneArea) {
  const std::vector<PatternCounts> counts = {{3, 1}, {0, 0}};
  const PatternTest test = ComparePatterns(counts, {});
  EXPECT_EQ(test.sample_size, 1);
  EXPECT_EQ(test.areas[0].s_index, 0);
  EXPECT_DOUBLE_EQ(test.areas[0].chi_squared_p, 1);
  EXPECT_DOUBLE_EQ(test.areas[0].fisher_p, 1);
}

TEST(ComparePatterns, RefusesWhatHasNoShares) {
  EXPECT_THROW(ComparePatterns({}, {}), InvalidInput);
  EXPECT_THROW(ComparePatterns(std::vector<PatternCounts>{{0, 3}}, {}), InvalidInput);
  EXPECT_THROW(ComparePatterns(std::vector<PatternCounts>{{3, 0}}, {}), InvalidInput);
  EXPECT_THROW(ComparePatterns(std::vector<PatternCounts>{{-1, 3}, {4, 4}}, {}), InvalidInput);
  EXPECT_THROW(ComparePatterns(std::vector<PatternCounts>{{20'000'000, 3}}, {}), InvalidInput);
  EXPECT_THROW(ComparePatterns(std::vector<PatternCounts>{{3, 3}}, {.sample_share = 1}), InvalidInput);
  EXPECT_THROW(ComparePatterns(std::vector<PatternCounts>{{3, 3}}, {.level = 0}), InvalidInput);
}

TEST(Hypergeometric, CountsOutAllSubsetsByHand) {
  // 2 of 5 marked, 3 drawn: 1, 6, 3 of the 10 subsets hold 0, 1, 2.
  EXPECT_NEAR(HypergeometricChance(0, 5, 2, 3), 0.1, 1e-14);
  EXPECT_NEAR(HypergeometricChance(1, 5, 2, 3), 0.6, 1e-14);
  EXPECT_NEAR(HypergeometricChance(2, 5, 2, 3), 0.3, 1e-14);
  EXPECT_EQ(HypergeometricChance(3, 5, 2, 3), 0);
  EXPECT_EQ(HypergeometricQuantile(0.1, 5, 2, 3), 0);
  EXPECT_EQ(HypergeometricQuantile(0.11, 5, 2, 3), 1);
  EXPECT_EQ(HypergeometricQuantile(0.7, 5, 2, 3), 1);
  EXPECT_EQ(HypergeometricQuantile(1, 5, 2, 3), 2);
  EXPECT_NEAR(FisherTwoSided(0, 5, 2, 3), 0.1, 1e-14);
  EXPECT_NEAR(FisherTwoSided(2, 5, 2, 3), 0.4, 1e-14);
  EXPECT_NEAR(FisherTwoSided(1, 5, 2, 3), 1, 1e-14);
}

TEST(Hypergeometric, RefusesImpossibleTables) {
  EXPECT_THROW(HypergeometricChance(1, 5, 6, 3), InvalidInput);
  EXPECT_THROW(HypergeometricChance(1, 5, 2, -3), InvalidInput);
  EXPECT_THROW(HypergeometricQuantile(1.1, 5, 2, 3), InvalidInput);
  EXPECT_THROW(HypergeometricQuantile(std::numeric_limits<double>::quiet_NaN(), 5, 2, 3), InvalidInput);
  EXPECT_THROW(FisherTwoSided(3, 5, 2, 3), InvalidInput);
}

TEST(PoissonUpperTail, KeepsItsEdges) {
  EXPECT_EQ(PoissonUpperTail(0, 3), 1);
  EXPECT_EQ(PoissonUpperTail(-2, 3), 1);
  EXPECT_EQ(PoissonUpperTail(1, 0), 0);
  EXPECT_NEAR(PoissonUpperTail(1, 0.3), -std::expm1(-0.3), 1e-15);
  EXPECT_TRUE(std::isnan(PoissonUpperTail(1, std::numeric_limits<double>::quiet_NaN())));
  EXPECT_THROW(PoissonUpperTail(1, -1), InvalidInput);
  EXPECT_THROW(PoissonUpperTail(1, std::numeric_limits<double>::infinity()), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
