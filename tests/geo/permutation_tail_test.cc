#include "geo/permutation_tail.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

TEST(ExactPermutationTails, CountOutThreeOthers) {
  // Place 0 holds 5 and neighbors place 1 (value 2); the others are 0, 2, 2: P(draw >= 2) = 2/3, P(draw <= 2)
  // = 1.
  const std::vector<int> counts = {5, 2, 0, 2};
  const auto tails = ExactPermutationTails(counts, SpatialWeights({{{1, 1}}, {}, {}, {{2, 1}}}));
  EXPECT_EQ(tails.lag_sums[0], 2);
  EXPECT_NEAR(tails.p_at_least[0], 2.0 / 3, 1e-15);
  EXPECT_NEAR(tails.p_at_most[0], 1, 1e-15);
  // Place 3 draws one of 5, 2, 0 and sees 0.
  EXPECT_NEAR(tails.p_at_least[3], 1, 1e-15);
  EXPECT_NEAR(tails.p_at_most[3], 1.0 / 3, 1e-15);
}

TEST(ExactPermutationTails, AreUndefinedForIslands) {
  const std::vector<int> counts = {5, 2, 0};
  const auto tails = ExactPermutationTails(counts, SpatialWeights({{{1, 1}}, {}, {{2, 1}}}));
  EXPECT_TRUE(std::isnan(tails.p_at_least[1]));
  EXPECT_TRUE(std::isnan(tails.p_at_most[1]));
  EXPECT_TRUE(std::isnan(tails.p_at_least[2]));  // its own neighbor only
}

TEST(ExactPermutationTails, AgreeWithEverySubset) {
  const std::vector<int> counts = {3, -1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 0, 0, 0};
  std::vector<std::vector<Neighbor>> rows(counts.size());
  for (int i = 0; i < 14; ++i)
    for (int j = 0; j < 14; ++j)
      if (i != j && (i * 7 + j * 3) % 5 < 2) rows[static_cast<std::size_t>(i)].push_back({j, 0.3});
  const SpatialWeights weights(rows);
  const auto tails = ExactPermutationTails(counts, weights);
  for (int i = 0; i < 14; ++i) {
    long long lag = 0;
    for (const Neighbor& neighbor : weights.row(i)) lag += counts[static_cast<std::size_t>(neighbor.index)];
    double all = 0, at_least = 0, at_most = 0;
    for (unsigned subset = 0; subset < (1u << 14); ++subset) {
      if ((subset >> i & 1) != 0 || std::popcount(subset) != weights.cardinality(i)) continue;
      long long sum = 0;
      for (int j = 0; j < 14; ++j)
        if ((subset >> j & 1) != 0) sum += counts[static_cast<std::size_t>(j)];
      ++all;
      at_least += sum >= lag;
      at_most += sum <= lag;
    }
    EXPECT_EQ(tails.lag_sums[static_cast<std::size_t>(i)], lag);
    EXPECT_NEAR(tails.p_at_least[static_cast<std::size_t>(i)], at_least / all, 1e-14);
    EXPECT_NEAR(tails.p_at_most[static_cast<std::size_t>(i)], at_most / all, 1e-14);
  }
}

TEST(ExactPermutationTails, StayFiniteForManyNeighbors) {
  // C(1999, 1000) is far beyond double precision's range.
  std::vector<int> counts(2000);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = i % 2 == 0 ? 1 : 0;
  std::vector<std::vector<Neighbor>> rows(counts.size());
  for (int j = 1; j <= 1000; ++j) rows[0].push_back({j, 1});
  const auto tails = ExactPermutationTails(counts, SpatialWeights(rows));
  EXPECT_EQ(tails.lag_sums[0], 500);
  EXPECT_GT(tails.p_at_least[0], 0.5);
  EXPECT_LT(tails.p_at_least[0], 0.53);
  EXPECT_NEAR(tails.p_at_least[0] + tails.p_at_most[0], 1.03570,
              1e-3);  // 1 + P(sum = 500), normal: 1/sqrt(2 pi 125)
}

TEST(ExactPermutationTails, AreOneWhenAllCountsAreEqual) {
  const std::vector<int> counts(9, 4);
  const auto weights = ContiguityWeights(Grid<char>({{}, Meters{100}, 3, 3}, 1), Contiguity::kQueen).weights;
  for (const double p : ExactPermutationTails(counts, weights).p_at_least) EXPECT_NEAR(p, 1, 1e-14);
}

TEST(ExactPermutationTails, RejectWhatDoesNotFit) {
  const std::vector<int> one = {1}, two = {1, 2}, huge = {0, 1'000'000'000, 5};
  EXPECT_THROW(ExactPermutationTails(one, SpatialWeights(std::vector<std::vector<Neighbor>>(1))),
               InvalidInput);
  EXPECT_THROW(ExactPermutationTails(two, SpatialWeights({{}, {}, {}})), InvalidInput);
  EXPECT_THROW(ExactPermutationTails(huge, SpatialWeights({{{1, 1}}, {{2, 1}}, {{0, 1}}})), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
