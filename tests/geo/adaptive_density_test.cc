#include "geo/adaptive_density.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/seeded_draw.h"

namespace lagesbild::geo {
namespace {

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
StudyArea Square() {
  return StudyArea(
      {{.outer = {P(600000, 6640000), P(604000, 6640000), P(604000, 6644000), P(600000, 6644000)},
        .holes = {{P(601500, 6641500), P(602000, 6641500), P(602000, 6642000), P(601500, 6642000)}}}});
}

std::vector<PlanePoint> Points(int n) {
  SeededDraw random(11, 0);
  std::vector<PlanePoint> points;
  for (int i = 0; i < n; ++i) {
    const double width = i % 2 ? 600 : 1490;
    const double x = static_cast<double>(random.Below(100000)) * 1e-5 * width;
    points.push_back(P(600000 + x, 6640000 + static_cast<double>(random.Below(100000)) * 1e-5 * width));
  }
  return points;
}

AdaptiveOptions Options(const StudyArea* area, AdaptiveEdge edge) {
  AdaptiveOptions options;
  options.bandwidth = Meters{300};
  options.pilot_bandwidth = Meters{250};
  options.edge = edge;
  options.study_area = area;
  return options;
}

TEST(AbramsonBandwidths, FollowTwoPlacesByHand) {
  // Three incidents at one place and one far away: pilots 3 : 1, f^(-1/2) = 3^(-1/2) and 1, their geometric
  // mean over the four incidents 3^(-3/8).
  const std::vector<PlanePoint> points = {P(0, 0), P(0, 0), P(0, 0), P(1e6, 0)};
  const auto adaptive = AbramsonBandwidths(points, {}, Options(nullptr, AdaptiveEdge::kNone));
  EXPECT_NEAR(adaptive.bandwidths[0].value(), 300 * std::pow(3, 0.375 - 0.5), 1e-9);
  EXPECT_NEAR(adaptive.bandwidths[3].value(), 300 * std::pow(3, 0.375), 1e-9);
  EXPECT_EQ(adaptive.trimmed, 0);
}

TEST(AbramsonBandwidths, AreTrimmed) {
  AdaptiveOptions options = Options(nullptr, AdaptiveEdge::kNone);
  options.trim = 1.2;
  const auto adaptive = AbramsonBandwidths(std::vector{P(0, 0), P(0, 0), P(0, 0), P(1e6, 0)}, {}, options);
  EXPECT_NEAR(adaptive.bandwidths[3].value(), 360, 1e-9);
  EXPECT_EQ(adaptive.trimmed, 1);
}

TEST(AbramsonBandwidths, HaveTheGlobalOneAsGeometricMean) {
  const StudyArea area = Square();
  const auto adaptive = AbramsonBandwidths(Points(50), {}, Options(&area, AdaptiveEdge::kDiggle));
  double logs = 0;
  for (const Meters h : adaptive.bandwidths) logs += std::log(h.value()) / 50;
  EXPECT_NEAR(std::exp(logs), 300, 1e-9);
}

TEST(AdaptiveDensity, KeepsTheNumberOfIncidentsWithDiggle) {
  const StudyArea area = Square();
  auto options = Options(&area, AdaptiveEdge::kDiggle);
  const auto points = Points(40);
  const GridSpec grid = CoveringGrid(area.south_west(), area.north_east(), Meters{20});
  for (const Kernel kernel : {Kernel::kGaussian, Kernel::kQuartic}) {
    options.kernel = kernel;
    options.bandwidth = Meters{kernel == Kernel::kQuartic ? 900.0 : 300.0};
    const auto adaptive = AbramsonBandwidths(points, {}, options);
    const Grid<double> density = AdaptiveDensity(points, {}, adaptive, grid, options);
    double sum = 0;
    for (const double value : density.values())
      if (!std::isnan(value)) sum += value * grid.cell_area_km2();
    EXPECT_NEAR(sum, 40, 0.04);
  }
}

TEST(AdaptiveDensity, IsTheSameOnGridsAndAtLocations) {
  const StudyArea area = Square();
  const auto points = Points(30);
  const GridSpec grid{.origin = area.south_west(), .cell_size = Meters{250}, .columns = 16, .rows = 16};
  std::vector<PlanePoint> centers;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) centers.push_back(grid.center({column, row}));
  for (const auto edge : {AdaptiveEdge::kNone, AdaptiveEdge::kUniform, AdaptiveEdge::kDiggle,
                          AdaptiveEdge::kUniformAtLocation}) {
    const auto options = Options(&area, edge);
    const auto adaptive = AbramsonBandwidths(points, {}, options);
    const auto at = AdaptiveDensityAt(points, {}, adaptive, centers, options);
    const Grid<double> on = AdaptiveDensity(points, {}, adaptive, grid, options);
    for (std::size_t i = 0; i < at.size(); ++i) {
      ASSERT_EQ(std::isnan(at[i]), std::isnan(on.values()[i]));
      if (std::isnan(at[i])) continue;
      EXPECT_NEAR(at[i], on.values()[i], 1e-9 * (1 + at[i]));
    }
  }
}

/// By the definition of each kernel and edge factor, one incident after the other.
double Direct(PlanePoint at, const std::vector<PlanePoint>& points, const AdaptiveBandwidths& adaptive,
              const AdaptiveOptions& options) {
  long double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double dx = points[i].easting.value() - at.easting.value();
    const double dy = points[i].northing.value() - at.northing.value();
    const double one =
        1e6 * KernelFunction(options.kernel, adaptive.bandwidths[i]).AtSquaredDistance(dx * dx + dy * dy);
    if (options.edge == AdaptiveEdge::kDiggle)
      sum += one / EdgeFactor(points[i], *options.study_area, options.kernel, adaptive.bandwidths[i]);
    else if (options.edge == AdaptiveEdge::kUniform && one > 0)
      sum += one / EdgeFactor(at, *options.study_area, options.kernel, adaptive.bandwidths[i]);
    else
      sum += one;
  }
  return static_cast<double>(sum);
}

TEST(AdaptiveDensity, EqualsTheDirectSumForEveryKernelAndEdge) {
  const StudyArea area = Square();
  const auto points = Points(60);
  const GridSpec grid{.origin = area.south_west(), .cell_size = Meters{80}, .columns = 50, .rows = 50};
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kEpanechnikov, Kernel::kTriweight,
                              Kernel::kTriangular, Kernel::kUniform, Kernel::kGaussian})
    for (const auto edge : {AdaptiveEdge::kNone, AdaptiveEdge::kUniform, AdaptiveEdge::kDiggle}) {
      AdaptiveOptions options = Options(&area, edge);
      options.kernel = kernel;
      options.bandwidth = Meters{kernel == Kernel::kGaussian ? 200.0 : 600.123};
      const auto adaptive = AbramsonBandwidths(points, {}, options);
      const auto [least, most] = std::minmax_element(adaptive.bandwidths.begin(), adaptive.bandwidths.end());
      ASSERT_GT(most->value(), 2 * least->value());  // several classes of bandwidths
      const Grid<double> density = AdaptiveDensity(points, {}, adaptive, grid, options);
      double peak = 0;
      for (const double value : density.values())
        if (!std::isnan(value)) peak = std::max(peak, value);
      for (std::size_t cell = 0; cell < grid.cell_count(); cell += 37) {
        if (std::isnan(density.values()[cell])) continue;
        const PlanePoint center = grid.center({static_cast<int>(cell) % 50, static_cast<int>(cell) / 50});
        EXPECT_NEAR(density.values()[cell], Direct(center, points, adaptive, options), 1e-9 * peak);
      }
    }
}

TEST(AdaptiveDensity, HasTheSameBitsForAnyThreadsAndOrderOfIncidents) {
  const StudyArea area = Square();
  auto points = Points(150);
  const GridSpec grid{.origin = area.south_west(), .cell_size = Meters{50}, .columns = 80, .rows = 80};
  for (const auto edge : {AdaptiveEdge::kNone, AdaptiveEdge::kUniform, AdaptiveEdge::kDiggle}) {
    AdaptiveOptions options = Options(&area, edge);
    options.kernel = Kernel::kQuartic;
    options.threads = 1;
    auto adaptive = AbramsonBandwidths(points, {}, options);
    const Grid<double> one = AdaptiveDensity(points, {}, adaptive, grid, options);
    options.threads = 4;
    std::reverse(points.begin(), points.end());
    std::reverse(adaptive.bandwidths.begin(), adaptive.bandwidths.end());
    const Grid<double> four = AdaptiveDensity(points, {}, adaptive, grid, options);
    for (std::size_t i = 0; i < grid.cell_count(); ++i)
      ASSERT_TRUE(one.values()[i] == four.values()[i] ||
                  (std::isnan(one.values()[i]) && std::isnan(four.values()[i])));
  }
}

TEST(AdaptiveSurface, TellsMassAndCentroidAfterItsCorrection) {
  const StudyArea area = Square();
  const auto points = Points(40);
  const GridSpec grid{.origin = area.south_west(), .cell_size = Meters{80}, .columns = 50, .rows = 50};
  for (const auto edge : {AdaptiveEdge::kDiggle, AdaptiveEdge::kUniform, AdaptiveEdge::kUniformAtLocation}) {
    const auto options = Options(&area, edge);
    const auto adaptive = AbramsonBandwidths(points, {}, options);
    const DensitySurface<double> surface = AdaptiveSurface(points, {}, adaptive, grid, options);
    double mass = 0;
    for (const double value : surface.density.values())
      if (!std::isnan(value)) mass += value * grid.cell_area_km2();
    EXPECT_NEAR(surface.checks.mass, mass, 1e-9 * mass);
    EXPECT_EQ(surface.bandwidth.standard_deviation, Meters{300});
    EXPECT_LT(surface.error_bound, 1.1e-9);
    EXPECT_EQ(surface.method, DensityMethod::kDirect);
  }
}

TEST(AdaptiveDensity, CountsAWeightAsThatManyIncidentsWithTheSameBandwidths) {
  const StudyArea area = Square();
  const auto options = Options(&area, AdaptiveEdge::kUniform);
  const std::vector<PlanePoint> once = {P(600500, 6640500), P(601000, 6640500)}, there = {P(600700, 6640600)};
  AdaptiveBandwidths two, three;
  two.bandwidths = {Meters{200}, Meters{400}};
  three.bandwidths = {Meters{200}, Meters{200}, Meters{400}};
  const std::vector<PlanePoint> twice = {once[0], once[0], once[1]};
  EXPECT_NEAR(AdaptiveDensityAt(once, std::vector{2.0, 1.0}, two, there, options)[0],
              AdaptiveDensityAt(twice, {}, three, there, options)[0], 1e-12);
}

TEST(AdaptiveDensity, RefusesWhatItCannotDo) {
  const StudyArea area = Square();
  const auto points = Points(5);
  auto options = Options(nullptr, AdaptiveEdge::kDiggle);
  EXPECT_THROW(AbramsonBandwidths(points, {}, options), InvalidInput);
  options = Options(&area, AdaptiveEdge::kDiggle);
  const auto adaptive = AbramsonBandwidths(points, {}, options);
  EXPECT_THROW(AdaptiveDensityAt(Points(4), {}, adaptive, points, options), InvalidInput);
  EXPECT_THROW(AdaptiveDensityAt(points, std::vector{1.0}, adaptive, points, options), InvalidInput);
  for (const double trim : {1.0, 0.0, std::nan(""), 1.0 * HUGE_VAL}) {
    options.trim = trim;
    EXPECT_THROW(AbramsonBandwidths(points, {}, options), InvalidInput);
  }
  for (const double meters : {0.0, -5.0, std::nan("")}) {
    options = Options(&area, AdaptiveEdge::kDiggle);
    options.bandwidth = Meters{meters};
    EXPECT_THROW(AbramsonBandwidths(points, {}, options), InvalidInput);
    options = Options(&area, AdaptiveEdge::kDiggle);
    options.pilot_bandwidth = Meters{meters};
    EXPECT_THROW(AbramsonBandwidths(points, {}, options), InvalidInput);
  }
}

TEST(AdaptiveDensity, IsUndefinedOutsideTheStudyArea) {
  const StudyArea area = Square();
  const auto options = Options(&area, AdaptiveEdge::kDiggle);
  const std::vector<PlanePoint> points = {P(600500, 6640500), P(0, 0)};
  const auto adaptive = AbramsonBandwidths(points, {}, options);
  EXPECT_TRUE(std::isnan(adaptive.bandwidths[1].value()));
  EXPECT_TRUE(
      std::isnan(AdaptiveDensityAt(points, {}, adaptive, std::vector{P(601700, 6641700)}, options)[0]));
}

}  // namespace
}  // namespace lagesbild::geo
