#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "geo/density_surface.h"
#include "geo/errors.h"
#include "tools/bench_density/measure.h"
#include "tools/bench_density/points.h"

namespace lagesbild::tools::bench {
namespace {

TEST(BenchPoints, LieInTheRasterAtPlacesOfTheirOwn) {
  const geo::GridSpec grid = BenchGrid(120, 90);
  const auto points = BenchPoints(3000, grid, 1);
  ASSERT_EQ(points.size(), 3000u);
  for (const geo::PlanePoint& point : points) EXPECT_TRUE(grid.cell_of(point));
  EXPECT_EQ(std::set<geo::PlanePoint>(points.begin(), points.end()).size(), points.size());
}

TEST(BenchPoints, AreTheBeginningOfALongerList) {
  const geo::GridSpec grid = BenchGrid(120, 90);
  const auto few = BenchPoints(100, grid, 2), many = BenchPoints(1000, grid, 2);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  EXPECT_NE(BenchPoints(100, grid, 3), few);
}

TEST(BenchPoints, CannotBeWrittenWhereThereIsNoFolder) {
  EXPECT_THROW(WritePoints({}, "/no/such/folder/points.csv"), geo::InvalidInput);
}

TEST(LargestDeviation, SeesADifferenceAndNoneWhereThereIsNone) {
  const geo::GridSpec grid = BenchGrid(60, 50);
  const auto points = BenchPoints(400, grid, 4);
  auto density = geo::ComputeDensity<double>({.points = points}, grid, {.bandwidths = {geo::Meters{90}}})
                     .surfaces[0]
                     .density;
  EXPECT_LT(LargestDeviation(density, points, 90, 100, 5), 1e-9);
  for (double& value : density.values()) value *= 1.5;
  EXPECT_GT(LargestDeviation(density, points, 90, 100, 5), 1e-2);
}

}  // namespace
}  // namespace lagesbild::tools::bench
