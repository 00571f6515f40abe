#include "geo/edge_raster.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"
#include "geo/kernel_density.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double x, double y) { return {Meters{x}, Meters{y}}; }

/// A slanted quadrilateral with a hole, at Swedish coordinates.
StudyArea Slanted() {
  const double x = 600000, y = 6640000;
  return StudyArea({Polygon{
      {At(x, y), At(x + 4000, y + 60), At(x + 3800, y + 3000), At(x + 200, y + 2700)},
      {{At(x + 1500, y + 1000), At(x + 2500, y + 1000), At(x + 2500, y + 1800), At(x + 1500, y + 1800)}}}});
}

TEST(GaussianEdgeRaster, IsNearTheExactFactorAndEqualInTheMean) {
  const StudyArea area = Slanted();
  const GridSpec grid{area.south_west(), Meters{80}, 50, 38};
  for (const double sd : {60.0, 300.0, 1500.0}) {
    const std::vector<double> raster = GaussianEdgeRaster(area, Meters{sd}, grid);
    double worst = 0, mean = 0;
    int inside = 0;
    for (int row = 0; row < grid.rows; ++row)
      for (int column = 0; column < grid.columns; ++column) {
        const PlanePoint center = grid.center({column, row});
        if (!area.contains(center)) continue;
        const double error =
            raster[grid.index({column, row})] - EdgeFactor(center, area, Kernel::kGaussian, Meters{sd});
        worst = std::max(worst, std::abs(error));
        mean += error;
        ++inside;
      }
    ASSERT_GT(inside, 1000);
    EXPECT_LT(worst, 0.03) << sd;
    EXPECT_LT(std::abs(mean / inside), 2e-3) << sd;
  }
}

TEST(GaussianEdgeRaster, IsOneFarInsideAndZeroFarOutside) {
  const StudyArea area({Polygon{{At(0, 0), At(1000, 0), At(1000, 1000), At(0, 1000)}, {}}});
  const std::vector<double> raster = GaussianEdgeRaster(area, Meters{20}, {At(450, 450), Meters{100}, 30, 1});
  EXPECT_NEAR(raster.front(), 1, 1e-6);
  EXPECT_EQ(raster.back(), 0);
}

TEST(GaussianEdgeRaster, RefusesABandwidthThatIsNoneAndStopsWhenAsked) {
  const StudyArea area = Slanted();
  const GridSpec grid{area.south_west(), Meters{80}, 50, 38};
  EXPECT_THROW((void)GaussianEdgeRaster(area, Meters{0}, grid), InvalidInput);
  EXPECT_THROW((void)GaussianEdgeRaster(area, Meters{NAN}, grid), InvalidInput);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW((void)GaussianEdgeRaster(area, Meters{100}, grid, stop.get_token()), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
