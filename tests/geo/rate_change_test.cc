#include "geo/rate_change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/errors.h"
#include "geo/hotspot_test.h"

namespace lagesbild::geo {
namespace {

// By hand: 0 of 4 later. The upper limit of the earlier share is 0.025^(1/4); the ratio's lower limit its
// odds.
TEST(CompareCounts, IsClopperAndPearsonsIntervalInOdds) {
  const RateChange none = CompareCounts(4, 0);
  const double share = 1 - std::pow(0.025, 0.25);
  EXPECT_EQ(none.ratio, 0);
  EXPECT_EQ(none.lower, 0);
  EXPECT_NEAR(none.upper, share / (1 - share), 1e-12);
  EXPECT_NEAR(none.p_value, 0.125, 1e-15);
}

// R 4.2.2 poisson.test(c(later, earlier), c(exposure_ratio, 1)); 1e-9, uniroot's tolerance in R aside.
TEST(CompareCounts, AgreesWithR) {
  const struct {
    int earlier, later;
    double exposure, lower, upper, p;
  } golden[] = {{12, 11, 1, 0.366486455945, 2.26927727762, 1},
                {3, 6, 1, 0.427134215136, 12.3592268245, 0.5078125},
                {0, 4, 1, 0.66012401936, std::numeric_limits<double>::infinity(), 0.125},
                {5, 0, 1, 0, 1.09127910518, 0.0625},
                {19, 40, 92.0 / 90, 1.16526183765, 3.76490232221, 0.00887620146527}};
  for (const auto& g : golden) {
    const RateChange change = CompareCounts(g.earlier, g.later, g.exposure);
    EXPECT_NEAR(change.lower, g.lower, 1e-9 * (1 + g.lower)) << g.earlier << " " << g.later;
    if (std::isinf(g.upper)) {
      EXPECT_EQ(change.upper, g.upper);
    } else {
      EXPECT_NEAR(change.upper, g.upper, 1e-9 * (1 + g.upper)) << g.earlier << " " << g.later;
    }
    EXPECT_NEAR(change.p_value, g.p, 1e-12) << g.earlier << " " << g.later;
  }
}

TEST(CompareCounts, TellsNoPercentageOnASmallBase) {
  EXPECT_FALSE(CompareCounts(3, 6).percent);
  EXPECT_FALSE(CompareCounts(3, 30).percent);
  EXPECT_FALSE(CompareCounts(30, 9).percent);
  EXPECT_TRUE(CompareCounts(12, 11).percent);
  EXPECT_FALSE(CompareCounts(3, 6).clear);
  EXPECT_TRUE(CompareCounts(19, 40).clear);
}

TEST(CompareCounts, TurnsAroundWithItsCounts) {
  for (int a = 0; a < 15; ++a)
    for (int b = 0; b < 15; ++b) {
      const RateChange there = CompareCounts(a, b, 0.8), back = CompareCounts(b, a, 1.25);
      if (b > 0) {
        EXPECT_NEAR(there.lower, 1 / back.upper, 1e-9);
      }
      EXPECT_NEAR(there.p_value, back.p_value, 1e-12);
      EXPECT_EQ(there.clear, back.clear);
    }
}

TEST(CompareCounts, CoversAtLeastItsLevel) {
  // Given the sum, the share of outcomes whose interval holds the true ratio, exactly.
  for (const double ratio : {0.4, 1.0, 2.5})
    for (int n = 1; n <= 25; ++n) {
      const double share = ratio / (1 + ratio);
      double covered = 0;
      for (int later = 0; later <= n; ++later) {
        const RateChange change = CompareCounts(n - later, later);
        if (change.lower <= ratio && ratio <= change.upper)
          covered += BinomialUpperTail(later, n, share) - BinomialUpperTail(later + 1, n, share);
      }
      EXPECT_GE(covered, 0.95 - 1e-12) << ratio << " " << n;
    }
}

TEST(CompareCounts, KnowsNothingOfNothing) {
  const RateChange change = CompareCounts(0, 0);
  EXPECT_TRUE(std::isnan(change.ratio));
  EXPECT_EQ(change.lower, 0);
  EXPECT_TRUE(std::isinf(change.upper));
  EXPECT_EQ(change.p_value, 1);
  EXPECT_FALSE(change.clear);
}

TEST(CompareCounts, RefusesWhatIsNoComparison) {
  EXPECT_THROW(CompareCounts(-1, 2), InvalidInput);
  EXPECT_THROW(CompareCounts(1, -2), InvalidInput);
  for (const double bad : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()})
    EXPECT_THROW(CompareCounts(1, 2, bad), InvalidInput);
  for (const double bad : {0.0, 1.0, std::nan("")}) EXPECT_THROW(CompareCounts(1, 2, 1, bad), InvalidInput);
}

// 20 incidents: 7 youth, 7 other, 6 of unknown age.
TEST(BoundShare, LetsTheUnknownBeAllOrNone) {
  const ShareBounds share = BoundShare(7, 7, 6);
  EXPECT_EQ(share.of_known, 0.5);
  EXPECT_EQ(share.lower, 0.35);
  EXPECT_EQ(share.upper, 0.65);
}

TEST(BoundShare, IsOneValueWhenAllAreKnown) {
  const ShareBounds share = BoundShare(3, 1, 0);
  EXPECT_EQ(share.lower, share.of_known);
  EXPECT_EQ(share.upper, share.of_known);
}

TEST(BoundShare, SaysNothingOfNone) {
  EXPECT_TRUE(std::isnan(BoundShare(0, 0, 4).of_known));
  EXPECT_EQ(BoundShare(0, 0, 4).upper, 1);
  EXPECT_TRUE(std::isnan(BoundShare(0, 0, 0).of_known));
  EXPECT_THROW(BoundShare(-1, 0, 0), InvalidInput);
  EXPECT_THROW(BoundShare(0, 0, -1), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
