#include "geo/local_moran.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "geo/getis_ord.h"

namespace lagesbild::geo {
namespace {

using ::testing::ElementsAre;

SpatialWeights Queen(int columns, int rows) {
  return ContiguityWeights(Grid<char>({{}, Meters{100}, columns, rows}, 1), Contiguity::kQueen).weights;
}

/// A line of four: 1 - 2 - 3 - 4.
SpatialWeights Line() { return SpatialWeights({{{1, 1}}, {{0, 1}, {2, 1}}, {{1, 1}, {3, 1}}, {{2, 1}}}); }

TEST(LocalMoran, FollowsTheFormulaByHand) {
  // z = -2, -1, 0, 3; m2 = 14/4. I = z/m2 * mean of the neighbors' z.
  const std::vector<double> values = {1, 2, 3, 6};
  const auto moran = LocalMoranI(values, RowStandardized(Line()));
  EXPECT_NEAR(moran.value[0], -2 / 3.5 * -1, 1e-15);
  EXPECT_NEAR(moran.value[1], -1 / 3.5 * -1, 1e-15);
  EXPECT_NEAR(moran.value[2], 0, 1e-15);
  EXPECT_NEAR(moran.value[3], 0, 1e-15);
  EXPECT_NEAR(moran.conditional.expected[0], -4 / (3 * 3.5), 1e-15);
  EXPECT_NEAR(moran.total.expected[0], -1.0 / 3, 1e-15);
  EXPECT_THAT(moran.quadrants,
              ElementsAre(Quadrant::kLowLow, Quadrant::kLowLow, Quadrant::kLowHigh, Quadrant::kHighLow));
}

TEST(LocalMoran, HasTheConditionalScoreOfGetisOrdUpToSign) {
  const std::vector<double> values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 4};  // none at the mean
  const SpatialWeights weights = Queen(4, 4);
  const auto moran = LocalMoranI(values, RowStandardized(weights));
  const auto gi = GetisOrdG(values, weights);
  double mean = 0;
  for (const double value : values) mean += value / 16;
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_NEAR(moran.conditional.z_scores[i], (values[i] > mean ? 1 : -1) * gi.z_scores[i], 1e-12);
}

TEST(LocalMoran, SumsToTheGlobalStatistic) {
  const std::vector<double> values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3};
  const SpatialWeights weights = RowStandardized(Queen(4, 4));
  double sum = 0;
  for (const double value : LocalMoranI(values, weights).value) sum += value;
  EXPECT_NEAR(sum / 16, GlobalMoran(values, weights).value, 1e-14);
}

TEST(LocalMoran, IsUndefinedWhenAllValuesAreEqual) {
  const std::vector<double> values(16, 0.1);
  const auto moran = LocalMoranI(values, RowStandardized(Queen(4, 4)));
  for (const double value : moran.value) EXPECT_TRUE(std::isnan(value));
  for (const double z : moran.total.z_scores) EXPECT_TRUE(std::isnan(z));
  EXPECT_TRUE(std::isnan(GlobalMoran(values, Queen(4, 4)).z_score));
  EXPECT_TRUE(std::isnan(GlobalGeary(values, Queen(4, 4)).value));
  EXPECT_TRUE(std::isnan(LocalGeary(values, Queen(4, 4))[0]));
}

TEST(LocalMoran, HasNoScoreForAnIslandNorWhereAllOthersAreEqual) {
  const std::vector<double> values = {0, 0, 0, 0, 7};
  const auto moran = LocalMoranI(values, SpatialWeights({{{1, 1}}, {{0, 1}}, {}, {{4, 1}}, {{3, 1}}}));
  EXPECT_EQ(moran.value[2], 0);
  EXPECT_EQ(moran.conditional.variance[2], 0);
  EXPECT_TRUE(std::isnan(moran.conditional.z_scores[2]));
  EXPECT_TRUE(std::isnan(moran.conditional.z_scores[4]));
  EXPECT_FALSE(std::isnan(moran.conditional.z_scores[0]));
}

TEST(LocalGeary, FollowsTheFormulaByHand) {
  // Sample variance 14/3; place 1 differs from its neighbors by 1 and 1.
  const std::vector<double> values = {1, 2, 3, 6};
  EXPECT_NEAR(LocalGeary(values, Line())[1], 2 / (14.0 / 3), 1e-15);
  EXPECT_NEAR(LocalGeary(values, Line())[3], 9 / (14.0 / 3), 1e-15);
}

TEST(GlobalMoran, FollowsTheFormulaByHand) {
  // Binary line: S0 = 6, cross products 2 (2 + 0 + 0) = 4, I = 4/6 * 4/14.
  const std::vector<double> values = {1, 2, 3, 6};
  EXPECT_NEAR(GlobalMoran(values, Line()).value, 4.0 / 6 * 4 / 14, 1e-15);
  EXPECT_NEAR(GlobalMoran(values, Line()).expected, -1.0 / 3, 1e-15);
  // Geary: 3/(2*6) * 2(1 + 1 + 9)/14.
  EXPECT_NEAR(GlobalGeary(values, Line()).value, 3.0 / 12 * 22 / 14, 1e-15);
}

TEST(GlobalMoran, HasTheVarianceOfAllArrangements) {
  // All 120 arrangements of five values on one-sided weights, counted out.
  std::vector<double> values = {0, 1, 2, 5, 7};
  const SpatialWeights weights({{{1, 1}, {2, 0.5}}, {{2, 1}}, {{3, 2}, {1, 1}}, {{4, 1}}, {{0, 1}}});
  const auto moran = GlobalMoran(values, weights), geary = GlobalGeary(values, weights);
  double i1 = 0, i2 = 0, c1 = 0, c2 = 0;
  int n = 0;
  do {
    const double i = GlobalMoran(values, weights).value, c = GlobalGeary(values, weights).value;
    i1 += i, i2 += i * i, c1 += c, c2 += c * c, ++n;
  } while (std::next_permutation(values.begin(), values.end()));
  ASSERT_EQ(n, 120);
  EXPECT_NEAR(i1 / n, moran.expected, 1e-14);
  EXPECT_NEAR(i2 / n - i1 * i1 / n / n, moran.variance, 1e-14);
  EXPECT_NEAR(c1 / n, geary.expected, 1e-14);
  EXPECT_NEAR(c2 / n - c1 * c1 / n / n, geary.variance, 1e-14);
}

TEST(LocalMoran, HasTheVarianceOfAllArrangements) {
  std::vector<double> values = {0, 1, 2, 5, 7};
  const SpatialWeights weights({{{1, 1}, {2, 0.5}}, {{2, 1}}, {{3, 2}, {1, 1}}, {{4, 1}}, {{0, 1}}});
  const auto moran = LocalMoranI(values, weights);
  double total1 = 0, total2 = 0, conditional1 = 0, conditional2 = 0;
  int n = 0, kept = 0;
  do {
    const double i = LocalMoranI(values, weights).value[2];
    total1 += i, total2 += i * i, ++n;
    if (values[2] == 2) conditional1 += i, conditional2 += i * i, ++kept;
  } while (std::next_permutation(values.begin(), values.end()));
  EXPECT_NEAR(total1 / n, moran.total.expected[2], 1e-14);
  EXPECT_NEAR(total2 / n - total1 * total1 / n / n, moran.total.variance[2], 1e-14);
  EXPECT_NEAR(conditional1 / kept, moran.conditional.expected[2], 1e-14);
  EXPECT_NEAR(conditional2 / kept - conditional1 * conditional1 / kept / kept, moran.conditional.variance[2],
              1e-14);
}

TEST(Quadrant, HasALabel) {
  EXPECT_EQ(QuadrantLabel(Quadrant::kHighLow), "High-Low");
  EXPECT_EQ(QuadrantLabel(Quadrant::kLowHigh), "Low-High");
  EXPECT_EQ(QuadrantLabel(Quadrant::kLowLow), "Low-Low");
  EXPECT_EQ(QuadrantLabel(Quadrant::kHighHigh), "High-High");
}

TEST(LocalMoran, RejectsWhatDoesNotFit) {
  const std::vector<double> three = {1, 2, 3}, nan = {1, 2, 3, std::nan("")};
  EXPECT_THROW(LocalMoranI(three, Line()), InvalidInput);
  EXPECT_THROW(LocalMoranI(three, SpatialWeights({{}, {}, {}})), InvalidInput);
  EXPECT_THROW(LocalMoranI(nan, Line()), InvalidInput);
  EXPECT_THROW(LocalGeary(nan, Line()), InvalidInput);
  EXPECT_THROW(GlobalMoran(three, Line()), InvalidInput);
  EXPECT_THROW(GlobalGeary(three, Line()), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
