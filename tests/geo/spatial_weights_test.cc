#include "geo/spatial_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using ::testing::ElementsAre;

Grid<char> Mask(int columns, int rows, char value = 1) {
  return Grid<char>({{Meters{0}, Meters{0}}, Meters{100}, columns, rows}, value);
}

TEST(SpatialWeights, SortsNeighborsAndDropsZeroWeights) {
  const SpatialWeights weights({{{2, 0.5}, {1, 2}}, {{0, 0}}, {}});
  EXPECT_THAT(weights.row(0), ElementsAre(Neighbor{1, 2}, Neighbor{2, 0.5}));
  EXPECT_TRUE(weights.is_island(1));
  EXPECT_TRUE(weights.is_island(2));
  EXPECT_EQ(weights.size(), 3);
  EXPECT_EQ(SpatialWeights().size(), 0);
}

TEST(SpatialWeights, StandardizesRowsAfterAddingSelf) {
  const SpatialWeights weights({{{1, 3}, {2, 5}}, {}, {{0, 1}}});
  const SpatialWeights star = RowStandardized(WithSelf(Binary(weights)));
  EXPECT_THAT(star.row(0), ElementsAre(Neighbor{0, 1.0 / 3}, Neighbor{1, 1.0 / 3}, Neighbor{2, 1.0 / 3}));
  EXPECT_THAT(star.row(1), ElementsAre(Neighbor{1, 1.0}));
  EXPECT_EQ(star.cardinality(1), 0);
  EXPECT_TRUE(star.is_island(1));
  EXPECT_TRUE(RowStandardized(weights).row(1).empty());
}

TEST(SpatialWeights, ReplacesASelfWeightThatIsThere) {
  const SpatialWeights weights({{{0, 7}, {1, 1}}, {}});
  EXPECT_THAT(WithSelf(weights, 2).row(0), ElementsAre(Neighbor{0, 2}, Neighbor{1, 1}));
  EXPECT_EQ(weights.cardinality(0), 1);
}

TEST(ContiguityWeights, HaveThreeFiveAndEightQueenNeighbors) {
  const auto grid = ContiguityWeights(Mask(3, 3), Contiguity::kQueen);
  EXPECT_EQ(grid.weights.cardinality(0), 3);
  EXPECT_EQ(grid.weights.cardinality(1), 5);
  EXPECT_EQ(grid.weights.cardinality(4), 8);
  EXPECT_EQ(ContiguityWeights(Mask(3, 3), Contiguity::kRook).weights.cardinality(4), 4);
}

TEST(ContiguityWeights, LeaveOutCellsOutsideTheMask) {
  auto mask = Mask(3, 1);
  mask[{1, 0}] = 0;
  const auto grid = ContiguityWeights(mask, Contiguity::kQueen);
  EXPECT_THAT(grid.cells, ElementsAre(CellIndex{0, 0}, CellIndex{2, 0}));
  EXPECT_TRUE(grid.weights.is_island(0));
  EXPECT_TRUE(grid.weights.is_island(1));
  EXPECT_TRUE(ContiguityWeights(Mask(2, 2, 0), Contiguity::kQueen).cells.empty());
}

TEST(SpatialWeights, RejectsBrokenRows) {
  using Rows = std::vector<std::vector<Neighbor>>;
  EXPECT_THROW(SpatialWeights(Rows{{{1, 1}}}), InvalidInput);
  EXPECT_THROW(SpatialWeights(Rows{{{-1, 1}}}), InvalidInput);
  EXPECT_THROW(SpatialWeights(Rows{{{1, 1}, {1, 1}}, {}}), InvalidInput);
  EXPECT_THROW(SpatialWeights(Rows{{{1, -1}}, {}}), InvalidInput);
  EXPECT_THROW(SpatialWeights(Rows{{{1, std::nan("")}}, {}}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
