#include "geo/displacement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

TEST(DisplacementDifference, FollowsTheFormulaByHand) {
  // Treated 30 -> 10, control 20 -> 25, near 5 -> 9, far 8 -> 8: local -25, displacement +4.
  const auto result = WeightedDisplacementDifference({.control = {20, 25},
                                                      .treated = {30, 10},
                                                      .displacement_control = {8, 8},
                                                      .displacement_treated = {5, 9}});
  EXPECT_DOUBLE_EQ(result.local, -25);
  EXPECT_DOUBLE_EQ(result.displacement, 4);
  EXPECT_DOUBLE_EQ(result.total, -21);
  EXPECT_DOUBLE_EQ(result.local_standard_error, std::sqrt(85));
  EXPECT_DOUBLE_EQ(result.total_standard_error, std::sqrt(115));
  EXPECT_DOUBLE_EQ(result.z_score, -21 / std::sqrt(115));
  EXPECT_NEAR(result.low, -21 - 1.959963984540054 * std::sqrt(115), 1e-12);
  EXPECT_NEAR(result.high, -21 + 1.959963984540054 * std::sqrt(115), 1e-12);
}

TEST(DisplacementDifference, DividesCountsByTimeAndSize) {
  // Two years before against one after, in an area twice as large: 40 / (2 * 2) and 12 / 2.
  const auto result = WeightedDisplacementDifference(
      {.control = {0, 0}, .treated = {40, 12}, .time_weights = {2, 1}, .area_weights = {1, 2, 1, 1}});
  EXPECT_DOUBLE_EQ(result.local, 6 - 10);
  EXPECT_DOUBLE_EQ(result.local_standard_error, std::sqrt(40.0 / 16 + 12.0 / 4));
}

TEST(DisplacementDifference, IsUndefinedWithoutIncidents) {
  EXPECT_TRUE(std::isnan(WeightedDisplacementDifference({}).z_score));
  EXPECT_EQ(WeightedDisplacementDifference({}).total, 0);
}

TEST(DisplacementDifference, RejectsWhatItCannotUse) {
  EXPECT_THROW(WeightedDisplacementDifference({.control = {-1, 0}}), InvalidInput);
  EXPECT_THROW(WeightedDisplacementDifference({.treated = {0, std::nan("")}}), InvalidInput);
  EXPECT_THROW(WeightedDisplacementDifference({.time_weights = {0, 1}}), InvalidInput);
  EXPECT_THROW(WeightedDisplacementDifference({.area_weights = {1, 1, -1, 1}}), InvalidInput);
  EXPECT_THROW(WeightedDisplacementDifference({.alpha = 0}), InvalidInput);
  EXPECT_THROW(WeightedDisplacementDifference({.alpha = 1}), InvalidInput);
}

TEST(DisplacementQuotient, FollowsTheFormulaByHand) {
  // Success 10/100 - 20/100 = -0.1; buffer 12/100 - 15/100 = -0.03: benefits spread, 0.3.
  const auto result = WeightedDisplacementQuotient({20, 10}, {15, 12}, {100, 100});
  EXPECT_NEAR(result.success, -0.1, 1e-15);
  EXPECT_NEAR(result.buffer_displacement, -0.03, 1e-15);
  EXPECT_NEAR(result.quotient, 0.3, 1e-14);
}

TEST(DisplacementQuotient, IsUndefinedWithoutChangeOrControl) {
  EXPECT_TRUE(std::isnan(WeightedDisplacementQuotient({20, 20}, {15, 12}, {100, 100}).quotient));
  EXPECT_TRUE(std::isnan(WeightedDisplacementQuotient({20, 10}, {15, 12}, {0, 100}).quotient));
  EXPECT_THROW(WeightedDisplacementQuotient({-1, 10}, {15, 12}, {1, 1}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
