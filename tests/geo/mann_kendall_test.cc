#include "geo/mann_kendall.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

MannKendall Trend(const std::vector<double>& values) {
  std::vector<double> times;
  for (std::size_t i = 0; i < values.size(); ++i) times.push_back(static_cast<double>(i));
  return MannKendallTrend(times, values);
}

TEST(MannKendall, CannotBeSignificantWithFourQuarters) {
  const auto trend = Trend({1, 2, 3, 4});
  EXPECT_EQ(trend.s, 6);
  EXPECT_NEAR(trend.exact_p_value, 2.0 / 24, 1e-15);
  EXPECT_NEAR(Trend({1, 2, 3, 4, 5}).exact_p_value, 2.0 / 120, 1e-15);
  EXPECT_DOUBLE_EQ(trend.variance, 4 * 3 * 13 / 18.0);
  EXPECT_DOUBLE_EQ(trend.tau_b, 1);
}

TEST(MannKendall, CountsOutEveryOrder) {
  std::vector<double> values = {1, 2, 3, 4, 5, 6};
  const std::vector<double> asked = {2, 1, 3, 6, 4, 5};
  const auto trend = Trend(asked);
  int at_least = 0, all = 0;
  do {
    at_least += Trend(values).s >= trend.s;
    ++all;
  } while (std::next_permutation(values.begin(), values.end()));
  EXPECT_NEAR(trend.exact_p_value, 2.0 * at_least / all, 1e-14);
}

TEST(MannKendall, CorrectsForTiesByHand) {
  // 1 1 2: S = 2, variance (3·2·11 - 2·1·9) / 18 = 48/18.
  const auto trend = Trend({1, 1, 2});
  EXPECT_EQ(trend.s, 2);
  EXPECT_DOUBLE_EQ(trend.variance, 48 / 18.0);
  EXPECT_DOUBLE_EQ(trend.z_score, 2 / std::sqrt(48 / 18.0));
  EXPECT_DOUBLE_EQ(trend.continuity_z_score, 1 / std::sqrt(48 / 18.0));
  EXPECT_DOUBLE_EQ(trend.tau_b, 2 / std::sqrt(6.0));
  EXPECT_TRUE(std::isnan(trend.exact_p_value));
}

TEST(MannKendall, HasNoTrendInAConstantSeries) {
  const auto trend = Trend({7, 7, 7});
  EXPECT_EQ(trend.variance, 0);
  EXPECT_EQ(trend.sen_slope, 0);
  EXPECT_TRUE(std::isnan(trend.z_score));
  EXPECT_TRUE(std::isnan(trend.tau_b));
}

TEST(MannKendall, TakesTheMedianSlopePerUnitOfTime) {
  const std::vector<double> times = {0, 2, 4}, values = {0, 10, 12};  // slopes 5, 3, 1
  EXPECT_DOUBLE_EQ(MannKendallTrend(times, values).sen_slope, 3);
}

TEST(MannKendall, TurnsWithTheSign) {
  const auto up = Trend({3, 1, 4, 1.5, 5, 9, 2}), down = Trend({-3, -1, -4, -1.5, -5, -9, -2});
  EXPECT_EQ(up.s, -down.s);
  EXPECT_DOUBLE_EQ(up.exact_p_value, down.exact_p_value);
  EXPECT_DOUBLE_EQ(up.sen_slope, -down.sen_slope);
}

TEST(MannKendall, RejectsWhatItCannotUse) {
  const std::vector<double> one = {1}, two = {1, 2}, back = {2, 1}, nan = {1, std::nan("")};
  EXPECT_THROW(MannKendallTrend(one, one), InvalidInput);
  EXPECT_THROW(MannKendallTrend(two, one), InvalidInput);
  EXPECT_THROW(MannKendallTrend(back, two), InvalidInput);
  EXPECT_THROW(MannKendallTrend(two, nan), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
