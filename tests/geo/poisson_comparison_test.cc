#include "geo/poisson_comparison.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

// By hand: 5 and 1 with equal exposure. Outcomes at most as likely as 5 of 6 are 0, 1, 5 and 6:
// (1 + 6 + 6 + 1) / 64.
TEST(PoissonComparison, IsTheSumOfTheOutcomesAtMostAsLikely) {
  EXPECT_NEAR(PoissonComparisonPValue(5, 1, 0.5), 14.0 / 64, 1e-15);
  // 0 of 3 where the first has two thirds: 1/27 is the least likely of all.
  EXPECT_NEAR(PoissonComparisonPValue(0, 3, 2.0 / 3), 1.0 / 27, 1e-15);
  // 3 of 3 has 8/27; 1 of 3 has 6/27 and 0 has 1/27; 2 of 3 has 12/27.
  EXPECT_NEAR(PoissonComparisonPValue(3, 0, 2.0 / 3), 15.0 / 27, 1e-15);
}

TEST(PoissonComparison, IsOneForEqualCountsAndForNoCountsAtAll) {
  EXPECT_EQ(PoissonComparisonPValue(10, 10, 0.5), 1);
  EXPECT_EQ(PoissonComparisonPValue(0, 0, 0.3), 1);
}

TEST(PoissonComparison, IsTheSameWithBothSidesExchanged) {
  for (int first = 0; first < 20; ++first)
    for (int second = 0; second < 20; ++second)
      EXPECT_NEAR(PoissonComparisonPValue(first, second, 0.4), PoissonComparisonPValue(second, first, 0.6),
                  1e-12);
}

TEST(PoissonComparison, FallsAsCountsMoveApart) {
  double last = 1;
  for (int apart = 1; apart <= 20; ++apart) {
    const double p = PoissonComparisonPValue(20 + apart, 20 - apart, 0.5);
    EXPECT_LT(p, last);
    last = p;
  }
}

TEST(PoissonComparison, KeepsItsLevelUnderEqualRates) {
  // Exactly: the probability that p < 0.05 for a sum of n.
  for (int n = 1; n <= 60; ++n) {
    double below = 0, probability = std::pow(0.48, n);
    for (int i = 0; i <= n; ++i) {
      if (PoissonComparisonPValue(n - i, i, 0.48) < 0.05) below += probability;
      probability *= (n - i) * 0.52 / ((i + 1) * 0.48);
    }
    EXPECT_LE(below, 0.05 + 1e-12) << n;
  }
}

TEST(PoissonComparison, IsFiniteForLargeCounts) {
  const double p = PoissonComparisonPValue(60000, 40000, 0.5);
  EXPECT_GE(p, 0);
  EXPECT_LT(p, 1e-300);
  EXPECT_GT(PoissonComparisonPValue(50100, 49900, 0.5), 0.5);
}

TEST(PoissonComparison, RefusesNegativeCountsAndSharesOutOfRange) {
  EXPECT_THROW(PoissonComparisonPValue(-1, 3, 0.5), InvalidInput);
  EXPECT_THROW(PoissonComparisonPValue(3, -1, 0.5), InvalidInput);
  for (const double share : {0.0, 1.0, -0.1, std::nan("")})
    EXPECT_THROW(PoissonComparisonPValue(3, 1, share), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
