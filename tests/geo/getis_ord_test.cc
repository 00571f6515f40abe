#include "geo/getis_ord.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

SpatialWeights Queen(int columns, int rows) {
  return ContiguityWeights(Grid<char>({{}, Meters{100}, columns, rows}, 1), Contiguity::kQueen).weights;
}

/// 5x5, ten in the center, else nothing.
std::vector<double> TenInTheCenter() {
  std::vector<double> values(25, 0.0);
  values[12] = 10;
  return values;
}

TEST(GetisOrdGStar, HasTheKnownValuesAroundASingleHotCell) {
  const auto z = GetisOrdGStar(TenInTheCenter(), WithSelf(Queen(5, 5))).z_scores;
  for (int row = 0; row < 5; ++row)
    for (int column = 0; column < 5; ++column) {
      const bool edge_x = column == 0 || column == 4, edge_y = row == 0 || row == 4;
      const double expected = edge_x && edge_y ? -0.4364 : edge_x || edge_y ? -0.5620 : 1.3333;
      EXPECT_NEAR(z[static_cast<std::size_t>(5 * row + column)], expected, 5e-5);
    }
}

TEST(GetisOrdGStar, DoesNotChangeWithScaleShiftOrRowStandardizing) {
  const std::vector<double> values = {3, 1, 4, 1, 5, 9, 2, 6, 5};
  std::vector<double> other;
  for (const double value : values) other.push_back(1000 + 2.5 * value);
  const SpatialWeights weights = WithSelf(Queen(3, 3));
  const auto a = GetisOrdGStar(values, weights).z_scores, b = GetisOrdGStar(other, weights).z_scores,
             c = GetisOrdGStar(values, RowStandardized(weights)).z_scores;
  // The center neighbors everything: every arrangement gives the same sum.
  EXPECT_TRUE(std::isnan(a[4]) && std::isnan(b[4]) && std::isnan(c[4]));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i == 4) continue;
    EXPECT_NEAR(a[i], b[i], 1e-11);
    EXPECT_NEAR(a[i], c[i], 1e-12);
  }
}

TEST(GetisOrdGStar, OfAnIslandIsItsStandardScore) {
  const std::vector<double> values = {1, 2, 3, 6};  // mean 3, population variance 3.5
  const SpatialWeights weights({{{1, 1}}, {{0, 1}}, {{1, 1}}, {}});
  EXPECT_NEAR(GetisOrdGStar(values, WithSelf(weights)).z_scores[3], 3 / std::sqrt(3.5), 1e-14);
}

TEST(GetisOrdGStar, IsUndefinedWhenEveryCountIsTheSame) {
  const std::vector<double> values(25, 0.1);  // 0.1 does not sum exactly
  const auto result = GetisOrdGStar(values, WithSelf(Queen(5, 5)));
  for (const double z : result.z_scores) EXPECT_TRUE(std::isnan(z));
  for (const double p : result.p_values) EXPECT_TRUE(std::isnan(p));
}

TEST(GetisOrdG, IsUndefinedForIslandsAndWhereAllOthersAreEqual) {
  const auto alone = GetisOrdG(TenInTheCenter(), Queen(5, 5));
  EXPECT_TRUE(std::isnan(alone.z_scores[12]));
  EXPECT_TRUE(std::isnan(alone.value[12]));  // the others sum to zero
  EXPECT_FALSE(std::isnan(alone.z_scores[0]));
  const std::vector<double> values = {1, 2, 3, 6};
  const auto island = GetisOrdG(values, SpatialWeights({{{1, 1}}, {{0, 1}}, {{1, 1}}, {}}));
  EXPECT_TRUE(std::isnan(island.z_scores[3]));
  EXPECT_EQ(island.value[3], 0);
}

TEST(GetisOrdG, FollowsTheFormulaByHand) {
  // Place 0 of {1, 2, 3, 6}: others 2, 3, 6 with mean 11/3 and variance 26/9; neighbor 1 alone, so (2 - 11/3)
  // / sd.
  const std::vector<double> values = {1, 2, 3, 6};
  const auto result = GetisOrdG(values, SpatialWeights({{{1, 1}}, {{0, 1}}, {{1, 1}}, {}}));
  EXPECT_NEAR(result.value[0], 2.0 / 11, 1e-15);
  EXPECT_NEAR(result.expected[0], 1.0 / 3, 1e-15);
  EXPECT_NEAR(result.z_scores[0], (2 - 11.0 / 3) / std::sqrt(26.0 / 9), 1e-14);
  EXPECT_NEAR(result.p_values[0], 0.3268, 1e-4);
}

TEST(GetisOrd, RejectsWhatDoesNotFit) {
  const std::vector<double> two = {1, 2}, four = {1, 2, 3, 4}, nan = {1, 2, 3, std::nan("")};
  const SpatialWeights pair({{{1, 1}}, {}});
  const SpatialWeights ring({{{1, 1}}, {{2, 1}}, {{3, 1}}, {{0, 1}}});
  EXPECT_THROW(GetisOrdG(two, pair), InvalidInput);
  EXPECT_THROW(GetisOrdG(two, ring), InvalidInput);
  EXPECT_THROW(GetisOrdG(nan, ring), InvalidInput);
  EXPECT_THROW(GetisOrdG(four, WithSelf(ring)), InvalidInput);
  EXPECT_THROW(GetisOrdGStar(four, ring), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
