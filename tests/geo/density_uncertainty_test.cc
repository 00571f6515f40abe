#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/bandwidth_sensitivity.h"
#include "geo/density_bootstrap.h"
#include "geo/errors.h"
#include "geo/place_uncertainty.h"
#include "geo/seeded_draw.h"

namespace lagesbild::geo {
namespace {

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
const GridSpec kGrid{.origin = P(600000, 6640000), .cell_size = Meters{50}, .columns = 80, .rows = 80};

std::vector<PlanePoint> Points(int n, double width, std::uint64_t seed) {
  SeededDraw random(seed, 0);
  std::vector<PlanePoint> points;
  for (int i = 0; i < n; ++i) {
    const double x = static_cast<double>(random.Below(100000)) * 1e-5 * width;
    points.push_back(P(601000 + x, 6641000 + static_cast<double>(random.Below(100000)) * 1e-5 * width));
  }
  return points;
}

DensityOptions Options(Kernel kernel, double bandwidth) {
  DensityOptions options;
  options.kernel = kernel;
  options.bandwidths = {Meters{bandwidth}};
  return options;
}

TEST(SpreadOverAccuracy, KeepsMassAndCentroid) {
  const auto points = Points(5, 1000, 1);
  const std::vector<double> weights = {1, 2, 3, 0.5, 4};
  const std::vector<Meters> radii = {Meters{0}, Meters{10}, Meters{100}, Meters{400}, Meters{75}};
  for (const auto kind : {PlaceSpread::kNormal, PlaceSpread::kDisc}) {
    PlaceUncertaintyOptions options;
    options.spread = kind;
    const auto spread = SpreadOverAccuracy(points, weights, radii, options);
    EXPECT_NEAR(std::accumulate(spread.weights.begin(), spread.weights.end(), 0.0), 10.5, 1e-12);
    double x = 0, plain = 0;
    for (std::size_t i = 0; i < spread.points.size(); ++i)
      x += spread.weights[i] * (spread.points[i].easting.value() - 601000);
    for (std::size_t i = 0; i < 5; ++i) plain += weights[i] * (points[i].easting.value() - 601000);
    EXPECT_NEAR(x, plain, 1e-6);
  }
}

TEST(SpreadOverAccuracy, HasNineTenthsOfTheNormalInsideTheRadius) {
  const std::vector<PlanePoint> one = {P(602000, 6642000)};
  const std::vector<Meters> radius = {Meters{500}};
  PlaceUncertaintyOptions options;
  options.spacing = Meters{25};
  const auto spread = SpreadOverAccuracy(one, {}, radius, options);
  double inside = 0;
  for (std::size_t i = 0; i < spread.points.size(); ++i)
    if (std::hypot(spread.points[i].easting.value() - 602000, spread.points[i].northing.value() - 6642000) <=
        500)
      inside += spread.weights[i];
  EXPECT_NEAR(inside, 0.9, 0.005);
  EXPECT_EQ(spread.coarse, 1);
  EXPECT_EQ(spread.points.size(), 1000u);
}

TEST(SpreadOverAccuracy, StaysInsideTheStudyArea) {
  const StudyArea area(
      {{.outer = {P(600000, 6640000), P(604000, 6640000), P(604000, 6644000), P(600000, 6644000)},
        .holes = {}}});
  PlaceUncertaintyOptions options;
  options.study_area = &area;
  const auto spread =
      SpreadOverAccuracy(std::vector{P(600010, 6640010)}, {}, std::vector{Meters{300}}, options);
  double mass = 0;
  for (std::size_t i = 0; i < spread.points.size(); ++i) {
    EXPECT_TRUE(area.contains(spread.points[i]));
    mass += spread.weights[i];
  }
  EXPECT_NEAR(mass, 1, 1e-12);
}

TEST(DensityWithPlaceUncertainty, IsTheWiderGaussianWhenBothAreGaussian) {
  // Convolution of normal distributions: variances add, 300² + (300 / 2.14597)².
  const std::vector<PlanePoint> one = {P(602000, 6642000)};
  const auto surfaces =
      DensityWithPlaceUncertainty(one, {}, std::vector{Meters{300}}, kGrid, Options(Kernel::kGaussian, 300));
  const double wide = std::sqrt(300 * 300 + 300 * 300 / (2 * std::log(10)));
  const auto expected = ComputeDensity<double>({.points = one}, kGrid, Options(Kernel::kGaussian, wide));
  const auto& values = expected.surfaces[0].density.values();
  const double peak = *std::max_element(values.begin(), values.end());
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_NEAR(surfaces.spread.density.values()[i], values[i], 0.01 * peak);
  EXPECT_NEAR(surfaces.spread.checks.mass, surfaces.plain.checks.mass, 1e-4);
  EXPECT_LT(*std::min_element(surfaces.difference.values().begin(), surfaces.difference.values().end()), 0);
}

TEST(SpreadOverAccuracy, RefusesWhatItCannotSpread) {
  const std::vector<PlanePoint> one = {P(602000, 6642000)};
  const std::vector<Meters> good = {Meters{10}};
  const double nan = std::nan("");
  EXPECT_THROW(SpreadOverAccuracy(one, {}, std::vector<Meters>{}, {}), InvalidInput);
  EXPECT_THROW(SpreadOverAccuracy(one, std::vector{1.0, 2.0}, good, {}), InvalidInput);
  EXPECT_THROW(SpreadOverAccuracy(one, std::vector{-1.0}, good, {}), InvalidInput);
  EXPECT_THROW(SpreadOverAccuracy(one, {}, std::vector{Meters{-1}}, {}), InvalidInput);
  EXPECT_THROW(SpreadOverAccuracy(one, {}, std::vector{Meters{nan}}, {}), InvalidInput);
  EXPECT_THROW(SpreadOverAccuracy(std::vector{P(nan, 0)}, {}, good, {}), InvalidInput);
  PlaceUncertaintyOptions options;
  options.spacing = Meters{0};
  EXPECT_THROW(SpreadOverAccuracy(one, {}, good, options), InvalidInput);
  options.spacing = Meters{10};
  options.max_points = 1;
  EXPECT_THROW(SpreadOverAccuracy(one, {}, good, options), InvalidInput);
  auto density = Options(Kernel::kQuartic, 500);
  density.bandwidths.push_back(Meters{100});
  EXPECT_THROW(DensityWithPlaceUncertainty(one, {}, good, kGrid, density), InvalidInput);
}

TEST(BootstrapDensity, HoldsTheSurfaceAndIsTheSameForAnyThreads) {
  const auto points = Points(60, 1500, 3);
  auto density = Options(Kernel::kQuartic, 500);
  density.threads = 1;
  BootstrapOptions options;
  options.resamples = 100;
  options.seed = 5;
  const auto one = BootstrapDensity(points, {}, kGrid, density, options);
  density.threads = 2;
  const auto two = BootstrapDensity(points, {}, kGrid, density, options);
  EXPECT_EQ(one.lower.values(), two.lower.values());
  EXPECT_EQ(one.upper.values(), two.upper.values());
  EXPECT_EQ(one.share_in_top.values(), two.share_in_top.values());
  options.seed = 6;
  EXPECT_NE(BootstrapDensity(points, {}, kGrid, density, options).lower.values(), one.lower.values());
  int within = 0, covered = 0;
  for (std::size_t i = 0; i < one.density.values().size(); ++i) {
    ASSERT_LE(one.lower.values()[i], one.upper.values()[i]);
    if (one.density.values()[i] == 0) continue;
    ++covered;
    within +=
        one.lower.values()[i] <= one.density.values()[i] && one.density.values()[i] <= one.upper.values()[i];
  }
  EXPECT_GT(within, 0.95 * covered);
}

TEST(BootstrapDensity, IsSureOfASinglePile) {
  // All at one place: every resample is the same surface.
  const std::vector<PlanePoint> pile(20, P(602025, 6642025));
  BootstrapOptions options;
  options.resamples = 20;
  options.top_share = 0.001;
  const auto bands = BootstrapDensity(pile, {}, kGrid, Options(Kernel::kQuartic, 500), options);
  const CellIndex cell = *kGrid.cell_of(pile[0]);
  EXPECT_NEAR((bands.lower[cell]), (bands.upper[cell]), 1e-6);
  EXPECT_EQ((bands.share_in_top[cell]), 1);
  EXPECT_EQ((bands.share_in_top[{0, 0}]), 0);
}

TEST(BootstrapDensity, RefusesWhatItCannotDraw) {
  const auto points = Points(20, 1500, 3);
  const auto density = Options(Kernel::kQuartic, 500);
  const auto refuses = [&](auto change) {
    BootstrapOptions options;
    change(options);
    EXPECT_THROW(BootstrapDensity(points, {}, kGrid, density, options), InvalidInput);
  };
  refuses([](auto& o) { o.resamples = 9; });
  refuses([](auto& o) { o.resamples = 10001; });
  refuses([](auto& o) { o.level = 1; });
  refuses([](auto& o) { o.level = std::nan(""); });
  refuses([](auto& o) { o.top_share = 0; });
  EXPECT_THROW(BootstrapDensity(Points(1, 10, 1), {}, kGrid, density, {}), TooFewIncidents);
  auto two = density;
  two.bandwidths.push_back(Meters{100});
  EXPECT_THROW(BootstrapDensity(points, {}, kGrid, two, {}), InvalidInput);
  const GridSpec large{.origin = P(0, 0), .cell_size = Meters{1}, .columns = 2000, .rows = 2000};
  EXPECT_THROW(BootstrapDensity(points, {}, large, density, {}), InvalidInput);
  std::stop_source stop;
  stop.request_stop();
  auto stopped = density;
  stopped.stop = stop.get_token();
  EXPECT_THROW(BootstrapDensity(points, {}, kGrid, stopped, {}), Cancelled);
}

TEST(BandwidthSensitivity, ComparesWithTheBandwidthAskedFor) {
  const auto points = Points(60, 1500, 3);
  const auto runs = BandwidthSensitivity({.points = points}, kGrid, Options(Kernel::kQuartic, 500));
  ASSERT_EQ(runs.size(), 5u);
  EXPECT_EQ(runs[2].top_cells_kept, 1);
  EXPECT_EQ(runs[0].bandwidth.radius, Meters{250});
  for (std::size_t i = 1; i < 5; ++i) EXPECT_LT(runs[i].peak_per_km2, runs[i - 1].peak_per_km2);
  EXPECT_LT(runs[0].top_cells_kept, 1);
}

TEST(BandwidthSensitivity, RefusesWhatItCannotCompare) {
  const auto points = Points(6, 1500, 3);
  const auto density = Options(Kernel::kQuartic, 500);
  EXPECT_THROW(BandwidthSensitivity({.points = points}, kGrid, density, 0), InvalidInput);
  EXPECT_THROW(BandwidthSensitivity({.points = points}, kGrid, density, 0.1, std::vector{0.0}), InvalidInput);
  auto two = density;
  two.bandwidths.push_back(Meters{100});
  EXPECT_THROW(BandwidthSensitivity({.points = points}, kGrid, two), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
