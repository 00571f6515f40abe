#include "geo/grid.h"

#include <gtest/gtest.h>

#include <limits>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double e, double n) { return {Meters{e}, Meters{n}}; }

TEST(CoveringGrid, StartsAtMultiplesOfTheCellSize) {
  const GridSpec grid = CoveringGrid(At(594251, 6634073), At(595400, 6634999), Meters{250});
  EXPECT_EQ(grid.origin, At(594250, 6634000));
  EXPECT_EQ(grid.columns, 5);
  EXPECT_EQ(grid.rows, 4);
}

TEST(CoveringGrid, HoldsTheNorthEastCornerEvenOnAGridLine) {
  const GridSpec grid = CoveringGrid(At(0, 0), At(500, 250), Meters{250});
  EXPECT_TRUE(grid.cell_of(At(500, 250)).has_value());
}

TEST(GridSpec, PutsAPointOnALineInTheCellNorthAndEastOfIt) {
  const GridSpec grid{At(0, 0), Meters{100}, 3, 3};
  EXPECT_EQ(grid.cell_of(At(100, 200)), (CellIndex{1, 2}));
  EXPECT_EQ(grid.cell_of(At(0, 0)), (CellIndex{0, 0}));
  EXPECT_EQ(grid.cell_of(At(300, 0)), std::nullopt);
  EXPECT_EQ(grid.cell_of(At(-0.001, 0)), std::nullopt);
  EXPECT_EQ(grid.cell_of(At(std::numeric_limits<double>::quiet_NaN(), 0)), std::nullopt);
}

TEST(GridSpec, FindsEveryCellByItsCenter) {
  const GridSpec grid{At(594250, 6634000), Meters{250}, 7, 5};
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column)
      EXPECT_EQ(grid.cell_of(grid.center({column, row})), (CellIndex{column, row}));
  EXPECT_EQ(grid.index({0, 1}), 7U);
  EXPECT_DOUBLE_EQ(grid.cell_area_km2(), 0.0625);
}

TEST(CoveringGrid, RefusesImpossibleCellsAndBoxes) {
  EXPECT_THROW(CoveringGrid(At(0, 0), At(10, 10), Meters{0}), InvalidInput);
  EXPECT_THROW(CoveringGrid(At(0, 0), At(10, 10), Meters{-5}), InvalidInput);
  EXPECT_THROW(CoveringGrid(At(0, 0), At(10, 10), Meters{std::numeric_limits<double>::quiet_NaN()}),
               InvalidInput);
  EXPECT_THROW(CoveringGrid(At(10, 0), At(10, 10), Meters{1}), InvalidInput);
  EXPECT_THROW(CoveringGrid(At(0, 0), At(1e6, 1e6), Meters{100}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
