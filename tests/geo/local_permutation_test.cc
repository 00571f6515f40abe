#include "geo/local_permutation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "geo/errors.h"
#include "geo/permutation_tail.h"
#include "geo/random_draw.h"

namespace lagesbild::geo {
namespace {

SpatialWeights Queen(int side) {
  return ContiguityWeights(Grid<char>({{}, Meters{100}, side, side}, 1), Contiguity::kQueen).weights;
}

std::vector<int> Counts(std::size_t n, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<int> counts(n, 0);
  for (std::size_t i = 0; i < 2 * n; ++i) ++counts[static_cast<std::size_t>(DrawBelow(random, n))];
  return counts;
}

TEST(PermuteLocally, ApproachesTheExactTails) {
  const std::vector<int> counts = Counts(36, 3);
  const std::vector<double> values(counts.begin(), counts.end());
  const auto exact = ExactPermutationTails(counts, Queen(6));
  const auto drawn = PermuteLocally(values, Queen(6), {.permutations = 9999, .seed = 4});
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = exact.p_at_least[i];
    EXPECT_EQ(drawn.lag_sums[i], static_cast<double>(exact.lag_sums[i]));
    EXPECT_NEAR(drawn.p_at_least[i], p, 4 * std::sqrt(p * (1 - p) / 9999) + 1e-4) << i;
    const double q = exact.p_at_most[i];
    EXPECT_NEAR(drawn.p_at_most[i], q, 4 * std::sqrt(q * (1 - q) / 9999) + 1e-4) << i;
  }
}

TEST(PermuteLocally, CountsOutThreePlacesByHand) {
  // Place 0 sees place 1 alone; the values of 1 and 2 are drawn for it alike.
  const SpatialWeights weights({{{1, 2.0}}, {{0, 1.0}}, {}});
  const auto tails = PermuteLocally(std::vector<double>{5, 1, 3}, weights, {.permutations = 999, .seed = 2});
  EXPECT_DOUBLE_EQ(tails.lag_sums[0], 2);
  EXPECT_DOUBLE_EQ(tails.p_at_least[0], 1);
  EXPECT_NEAR(tails.p_at_most[0], 0.5, 0.07);
  EXPECT_TRUE(std::isnan(tails.p_at_least[2]));
  EXPECT_TRUE(std::isnan(tails.p_at_most[2]));
}

TEST(PermuteLocally, FollowsNeitherShiftNorScaleOfTheValues) {
  const std::vector<int> counts = Counts(25, 9);
  const std::vector<double> values(counts.begin(), counts.end());
  std::vector<double> other = values;
  for (double& value : other) value = 8 * value + 1024;
  const auto first = PermuteLocally(values, Queen(5), {.permutations = 199}),
             second = PermuteLocally(other, Queen(5), {.permutations = 199});
  EXPECT_EQ(first.p_at_least, second.p_at_least);
  EXPECT_EQ(PermuteLocally(values, WithSelf(Queen(5)), {.permutations = 199}).p_at_least, first.p_at_least);
}

TEST(PermuteLocally, CallsNothingRareWhereAllValuesAreEqual) {
  const auto tails =
      PermuteLocally(std::vector<double>(16, 0.1), RowStandardized(Queen(4)), {.permutations = 49});
  for (const double p : tails.p_at_least) EXPECT_DOUBLE_EQ(p, 1);
}

TEST(PermuteLocally, RefusesWhatCannotBePermuted) {
  const std::vector<double> values(9, 1.0);
  EXPECT_THROW(PermuteLocally(std::vector<double>(8, 1.0), Queen(3), {}), InvalidInput);
  EXPECT_THROW(PermuteLocally(std::vector<double>{1, 2}, SpatialWeights({{{1, 1}}, {{0, 1}}}), {}),
               InvalidInput);
  EXPECT_THROW(PermuteLocally(values, Queen(3), {.permutations = 0}), InvalidInput);
  std::vector<double> undefined = values;
  undefined[4] = std::numeric_limits<double>::infinity();
  EXPECT_THROW(PermuteLocally(undefined, Queen(3), {}), InvalidInput);
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(PermuteLocally(values, Queen(3), {.stop = source.get_token()}), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
