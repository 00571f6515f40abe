#include "geo/multiple_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

constexpr Adjustment kAll[] = {Adjustment::kBenjaminiHochberg, Adjustment::kBenjaminiYekutieli,
                               Adjustment::kHolm, Adjustment::kHochberg, Adjustment::kBonferroni};

TEST(AdjustPValues, FollowsBenjaminiAndHochbergByHand) {
  // Sorted 0.01 0.02 0.03 0.5: times 4/1 4/2 4/3 4/4 gives 0.04 0.04 0.04 0.5.
  const std::vector<double> p = {0.03, 0.01, 0.5, 0.02};
  EXPECT_THAT(AdjustPValues(p, Adjustment::kBenjaminiHochberg),
              ElementsAre(DoubleEq(0.04), DoubleEq(0.04), DoubleEq(0.5), DoubleEq(0.04)));
}

TEST(AdjustPValues, FollowsTheOtherMethodsByHand) {
  const std::vector<double> p = {0.01, 0.02, 0.03};
  EXPECT_THAT(AdjustPValues(p, Adjustment::kHolm),
              ElementsAre(DoubleEq(0.03), DoubleEq(0.04), DoubleEq(0.04)));
  EXPECT_THAT(AdjustPValues(p, Adjustment::kHochberg),
              ElementsAre(DoubleEq(0.03), DoubleEq(0.03), DoubleEq(0.03)));
  EXPECT_THAT(AdjustPValues(p, Adjustment::kBonferroni),
              ElementsAre(DoubleEq(0.03), DoubleEq(0.06), DoubleEq(0.09)));
  const double harmonic = 1 + 1.0 / 2 + 1.0 / 3;
  for (const double q : AdjustPValues(p, Adjustment::kBenjaminiYekutieli))
    EXPECT_NEAR(q, 0.03 * harmonic, 1e-15);
}

TEST(AdjustPValues, KeepsNaNAndDoesNotCountIt) {
  const std::vector<double> with = {0.03, std::nan(""), 0.01, 0.2}, without = {0.03, 0.01, 0.2};
  for (const Adjustment adjustment : kAll) {
    const auto a = AdjustPValues(with, adjustment), b = AdjustPValues(without, adjustment);
    EXPECT_TRUE(std::isnan(a[1]));
    EXPECT_THAT((std::vector{a[0], a[2], a[3]}), ::testing::ElementsAreArray(b));
  }
}

TEST(AdjustPValues, NeverFallsBelowTheInputNorRisesAboveOne) {
  const std::vector<double> p = {0, 1, 0.5, 0.5, 1e-300, 0.04, 0.9};
  for (const Adjustment adjustment : kAll) {
    const auto q = AdjustPValues(p, adjustment);
    for (std::size_t i = 0; i < p.size(); ++i) {
      EXPECT_GE(q[i], p[i]);
      EXPECT_LE(q[i], 1);
    }
  }
}

TEST(AdjustPValues, GivesNothingForNothing) {
  for (const Adjustment adjustment : kAll) EXPECT_TRUE(AdjustPValues({}, adjustment).empty());
}

TEST(AdjustPValues, RejectsWhatIsNoProbability) {
  const std::vector<double> negative = {-0.1}, large = {1.1};
  EXPECT_THROW(AdjustPValues(negative, Adjustment::kHolm), InvalidInput);
  EXPECT_THROW(AdjustPValues(large, Adjustment::kHolm), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
