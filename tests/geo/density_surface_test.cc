#include "geo/density_surface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "tests/geo/direct_density.h"

namespace lagesbild::geo {
namespace {

using ::testing::Each;

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
Ring Box(double x0, double y0, double x1, double y1) { return {P(x0, y0), P(x1, y0), P(x1, y1), P(x0, y1)}; }

std::vector<PlanePoint> RandomPoints(int n, double x0, double y0, double width, double height,
                                     std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  std::vector<PlanePoint> points;
  for (int i = 0; i < n; ++i) {
    const double x = x0 + width * uniform();
    points.push_back(P(x, y0 + height * uniform()));
  }
  return points;
}

DensitySurface<double> One(std::span<const PlanePoint> points, const GridSpec& grid,
                           const DensityOptions& options) {
  return ComputeDensity<double>({.points = points}, grid, options).surfaces.at(0);
}

void ExpectDirect(std::span<const PlanePoint> points, const GridSpec& grid, Kernel kernel, double bandwidth,
                  DensityMethod method) {
  const DirectDensity direct = SumDirectly(points, {}, kernel, {&bandwidth, 1}, grid);
  const auto surface = One(points, grid, {.kernel = kernel, .bandwidths = {Meters{bandwidth}}});
  EXPECT_EQ(surface.method, method);
  for (std::size_t i = 0; i < direct.values.size(); ++i)
    ASSERT_NEAR(surface.density.values()[i], static_cast<double>(direct.values[i]),
                surface.error_bound * static_cast<double>(direct.peak))
        << KernelCode(kernel) << ", cell " << i;
}

// The traps of density.md, by name.

TEST(DensityTraps, SquareRastersAreNotZero) {
  const auto points = RandomPoints(50, 0, 0, 1000, 1000, 1);
  ExpectDirect(points, {P(0, 0), Meters{10}, 100, 100}, Kernel::kQuartic, 150,
               DensityMethod::kRowDifferences);
}

TEST(DensityTraps, ARadiusLargerThanTheRasterCoversAll) {
  const auto points = RandomPoints(50, -500, -500, 1100, 1100, 2);
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kTriweight, Kernel::kUniform})
    ExpectDirect(points, {P(0, 0), Meters{10}, 17, 9}, kernel, 5003, DensityMethod::kRowDifferences);
}

TEST(DensityTraps, IncidentsOutsideTheExtentCountWithinTheRadius) {
  const std::vector<PlanePoint> points = {P(-90, 55), P(205, 120), P(40, -99.5), P(-101, 50), P(300, 300)};
  ExpectDirect(points, {P(0, 0), Meters{10}, 20, 15}, Kernel::kQuartic, 100, DensityMethod::kRowDifferences);
  EXPECT_EQ(One(points, {P(0, 0), Meters{10}, 20, 15}, {.bandwidths = {Meters{100}}}).checks.incident_mass,
            0);
}

TEST(DensityTraps, DuplicatesAreComputedOnce) {
  auto points = RandomPoints(20, 0, 0, 800, 800, 3);
  for (int copy = 0; copy < 5; ++copy)
    for (int i = 0; i < 20; ++i) points.push_back(points[static_cast<std::size_t>(i)]);
  const GridSpec grid{P(0, 0), Meters{10}, 80, 80};
  ExpectDirect(points, grid, Kernel::kQuartic, 90, DensityMethod::kRowDifferences);
  EXPECT_EQ(ComputeDensity<double>({.points = points}, grid, {}).distinct_positions, 20u);
}

TEST(DensityTraps, ARadiusBelowOnePixelReachesOneCenterAtMost) {
  const std::vector<PlanePoint> points = {P(100, 100), P(250, 250)};  // a corner, and a center
  const GridSpec grid{P(0, 0), Meters{100}, 5, 5};
  ExpectDirect(points, grid, Kernel::kQuartic, 20, DensityMethod::kDirect);
  const auto density = One(points, grid, {.bandwidths = {Meters{20}}}).density;
  EXPECT_EQ(std::count(density.values().begin(), density.values().end(), 0.0), 24);
}

TEST(DensityTraps, GlobalCoordinatesLoseNoDigits) {
  const auto points = RandomPoints(60, 6e5, 6.6e6, 4000, 3000, 4);
  ExpectDirect(points, {P(6e5, 6.6e6), Meters{50}, 80, 60}, Kernel::kQuartic, 421,
               DensityMethod::kRowDifferences);
}

TEST(DensityTraps, NaNWeightsAreRefused) {
  const std::vector<PlanePoint> points = {P(0, 0), P(1, 1)};
  const std::vector<double> weights = {1, std::nan("")};
  EXPECT_THROW(
      ComputeDensity<double>({.points = points, .weights = weights}, {P(0, 0), Meters{10}, 2, 2}, {}),
      InvalidInput);
}

TEST(DensityTraps, NoIncidentsGiveZeros) {
  const auto surface = One({}, {P(0, 0), Meters{10}, 9, 7}, {});
  EXPECT_THAT(surface.density.values(), Each(0.0));
  EXPECT_EQ(surface.checks.mass, 0);
  EXPECT_TRUE(std::isnan(surface.checks.centroid.easting.value()));
  EXPECT_TRUE(std::isnan(surface.checks.incident_centroid.northing.value()));
}

TEST(DensityTraps, OneIncidentIsItsKernel) {
  const std::vector<PlanePoint> one = {P(203, 191)};
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kEpanechnikov, Kernel::kTriweight, Kernel::kUniform})
    ExpectDirect(one, {P(0, 0), Meters{10}, 40, 40}, kernel, 111, DensityMethod::kRowDifferences);
  for (const Kernel kernel : {Kernel::kTriangular, Kernel::kGaussian})
    ExpectDirect(one, {P(0, 0), Meters{10}, 40, 40}, kernel, 111, DensityMethod::kDirect);
}

TEST(DensityTraps, GridsWithoutCellsAreEmpty) {
  const std::vector<PlanePoint> one = {P(5, 5)};
  EXPECT_TRUE(One(one, {P(0, 0), Meters{10}, 0, 5}, {}).density.values().empty());
  EXPECT_TRUE(One(one, {P(0, 0), Meters{10}, 5, 0}, {}).density.values().empty());
}

TEST(Density, KeepsItsBoundBesideADenseCluster) {
  // A thousand incidents at the tile's west edge leave their rounding to the sparse cells east of them.
  auto points = RandomPoints(1000, 0, 100, 40, 100, 5);
  const auto sparse = RandomPoints(40, 600, 0, 2200, 300, 6);
  points.insert(points.end(), sparse.begin(), sparse.end());
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kTriweight})
    ExpectDirect(points, {P(0, 0), Meters{5}, 560, 60}, kernel, 51, DensityMethod::kRowDifferences);
}

TEST(Density, KeepsItsBoundWithBandwidthsOfAFewCells) {
  // Bandwidths of one set differ by up to a factor of two: tiles must suit the narrowest.
  std::mt19937_64 bits(3);
  const auto within = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(bits() >> 11) * 0x1p-53;
  };
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kTriweight})
    for (int columns = 20; columns < 200; columns += 29) {
      const GridSpec grid{{Meters{0}, Meters{0}}, Meters{100}, columns, 15};
      std::vector<PlanePoint> points;
      std::vector<double> bandwidths;
      for (int i = 0; i < 76; ++i) {
        points.push_back({Meters{within(0, 100.0 * columns)}, Meters{within(0, 1500)}});
        bandwidths.push_back(within(200, 1000));
      }
      const DirectDensity direct = SumDirectly(points, {}, kernel, bandwidths, grid);
      const auto result = ComputeDensity<double>({.points = points, .bandwidths_m = bandwidths}, grid,
                                                 {.kernel = kernel, .bandwidths = {Meters{500}}});
      for (std::size_t i = 0; i < grid.cell_count(); ++i)
        ASSERT_NEAR(result.surfaces[0].density.values()[i], static_cast<double>(direct.values[i]),
                    1e-9 * static_cast<double>(direct.peak))
            << KernelCode(kernel) << ' ' << columns;
    }
}

TEST(Density, ComputesGroupsAndBandwidthsInOneCall) {
  const auto points = RandomPoints(90, 0, 0, 900, 600, 7);
  std::vector<int> groups;
  for (int i = 0; i < 90; ++i) groups.push_back(i % 3 - (i % 10 == 9 ? 4 : 0));
  const GridSpec grid{P(0, 0), Meters{10}, 90, 60};
  const auto result = ComputeDensity<double>({.points = points, .groups = groups, .group_count = 3}, grid,
                                             {.bandwidths = {Meters{70}, Meters{210}, Meters{15}}});
  ASSERT_EQ(result.surfaces.size(), 9u);
  for (std::size_t i = 0; i < 9; ++i) {
    const auto& surface = result.surfaces[i];
    EXPECT_EQ(surface.group, static_cast<int>(i % 3));
    std::vector<PlanePoint> members;
    for (std::size_t j = 0; j < points.size(); ++j)
      if (groups[j] == surface.group) members.push_back(points[j]);
    EXPECT_EQ(surface.density.values(),
              One(members, grid, {.bandwidths = {*surface.bandwidth.radius}}).density.values());
  }
  EXPECT_EQ(result.surfaces[8].method, DensityMethod::kDirect);
}

TEST(Density, SumsOfGroupsAreAllAges) {
  const std::vector<PlanePoint> points = {P(50, 50), P(60, 40)};
  const std::vector<int> groups = {0, 1};
  const GridSpec grid{P(0, 0), Meters{10}, 10, 10};
  const auto result = ComputeDensity<double>({.points = points, .groups = groups, .group_count = 2}, grid,
                                             {.bandwidths = {Meters{30}, Meters{60}}});
  const auto sum = SumOfGroups(result, 1);
  for (std::size_t i = 0; i < sum.values().size(); ++i)
    EXPECT_EQ(sum.values()[i],
              result.surfaces[2].density.values()[i] + result.surfaces[3].density.values()[i]);
}

TEST(Density, TakesTheMemoryOfAnEarlierResult) {
  const auto points = RandomPoints(30, 0, 0, 300, 300, 8);
  const GridSpec grid{P(0, 0), Meters{10}, 30, 30};
  auto first = ComputeDensity<double>({.points = points}, grid, {.bandwidths = {Meters{90}}});
  const auto values = first.surfaces[0].density.values();
  const double* memory = first.surfaces[0].density.values().data();
  const auto second =
      ComputeDensity<double>({.points = points}, grid, {.bandwidths = {Meters{90}}}, std::move(first));
  EXPECT_EQ(second.surfaces[0].density.values().data(), memory);
  EXPECT_EQ(second.surfaces[0].density.values(), values);
}

TEST(Density, PreservesTheCountUnderDigglesCorrection) {
  // A part with a hole, an island in it, and a part of its own, on the lines of the raster so that the sum
  // over cells is the integral but for the curvature within a cell.
  const StudyArea area({{Box(0, 0, 1500, 1600), {Box(300, 300, 900, 1000)}},
                        {Box(500, 500, 700, 700), {}},
                        {Box(1600, 200, 2000, 1500), {}}});
  auto points = RandomPoints(150, 0, 0, 2000, 1600, 9);
  std::erase_if(points, [&](const PlanePoint& point) { return !area.contains(point); });
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kTriweight}) {
    const auto surface = One(points, {P(0, 0), Meters{1}, 2000, 1600},
                             {.kernel = kernel,
                              .bandwidths = {Meters{500}},
                              .edge = EdgeCorrection::kDiggle,
                              .study_area = &area});
    EXPECT_EQ(surface.checks.incident_mass, static_cast<double>(points.size()));
    EXPECT_NEAR(surface.checks.mass / surface.checks.incident_mass, 1, 1e-6) << KernelCode(kernel);
  }
}

TEST(Density, DividesByTheEdgeFactorAtEachCell) {
  const StudyArea area({{Box(20, 30, 700, 480), {Box(200, 200, 260, 310)}}});
  const auto points = RandomPoints(60, 20, 30, 680, 450, 10);
  const GridSpec grid{P(0, 0), Meters{20}, 37, 26};
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kGaussian}) {
    const Meters bandwidth{kernel == Kernel::kGaussian ? 40.0 : 130.0};
    const auto corrected = One(points, grid,
                               {.kernel = kernel,
                                .bandwidths = {bandwidth},
                                .edge = EdgeCorrection::kUniform,
                                .study_area = &area})
                               .density;
    std::vector<PlanePoint> inside;
    for (const PlanePoint& point : points)
      if (area.contains(point)) inside.push_back(point);
    const auto raw = One(inside, grid, {.kernel = kernel, .bandwidths = {bandwidth}}).density;
    for (int row = 0; row < grid.rows; ++row)
      for (int column = 0; column < grid.columns; ++column) {
        const PlanePoint center = grid.center({column, row});
        if (!area.contains(center))
          EXPECT_TRUE(std::isnan(corrected[(CellIndex{column, row})]));
        else
          EXPECT_NEAR(corrected[(CellIndex{column, row})],
                      raw[(CellIndex{column, row})] / EdgeFactor(center, area, kernel, bandwidth), 1e-9);
      }
  }
}

TEST(Density, CorrectsEachBandwidthOfItsOwnAtTheIncident) {
  const StudyArea area({{Box(0, 0, 400, 400), {}}});
  const std::vector<PlanePoint> points = {P(20, 200), P(300, 30)};
  const std::vector<double> bandwidths = {60, 150};
  const GridSpec grid{P(0, 0), Meters{10}, 40, 40};
  const auto density = ComputeDensity<double>({.points = points, .bandwidths_m = bandwidths}, grid,
                                              {.edge = EdgeCorrection::kDiggle, .study_area = &area})
                           .surfaces[0]
                           .density;
  std::vector<double> sum(density.values().size());
  for (std::size_t i = 0; i < 2; ++i) {
    const auto one =
        One({&points[i], 1}, grid,
            {.bandwidths = {Meters{bandwidths[i]}}, .edge = EdgeCorrection::kDiggle, .study_area = &area});
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += one.density.values()[j];
  }
  for (std::size_t j = 0; j < sum.size(); ++j) EXPECT_NEAR(density.values()[j], sum[j], 1e-9 * 300);
}

TEST(EdgeFactorCache, ComputesOnceForOneAreaKernelBandwidthAndGrid) {
  const StudyArea area({{Box(0, 0, 300, 300), {}}}), same({{Box(0, 0, 300, 300), {}}}),
      other({{Box(0, 0, 300, 310), {}}});
  const GridSpec grid{P(0, 0), Meters{10}, 30, 30};
  EdgeFactorCache cache;
  const auto get = [&](const StudyArea& a, Kernel kernel, double bandwidth, const GridSpec& g) {
    return cache.Get(a, kernel, Meters{bandwidth}, g, true, 1, {});
  };
  const auto first = get(area, Kernel::kQuartic, 50, grid);
  EXPECT_EQ(get(same, Kernel::kQuartic, 50, grid), first);
  EXPECT_NE(get(other, Kernel::kQuartic, 50, grid), first);
  EXPECT_NE(get(area, Kernel::kTriweight, 50, grid), first);
  EXPECT_NE(get(area, Kernel::kQuartic, 51, grid), first);
  EXPECT_NE(get(area, Kernel::kQuartic, 50, {P(0, 0), Meters{10}, 30, 29}), first);
  EXPECT_EQ(get(area, Kernel::kQuartic, 50, grid), first);
  EXPECT_GT(cache.bytes(), 0u);
}

TEST(EdgeFactorCache, ForgetsTheOldestBeyondItsSize) {
  const StudyArea area({{Box(0, 0, 300, 300), {}}});
  const GridSpec grid{P(0, 0), Meters{10}, 30, 30};
  EdgeFactorCache cache(1);
  const auto first = cache.Get(area, Kernel::kQuartic, Meters{50}, grid, true, 1, {});
  EXPECT_EQ(cache.bytes(), 0u);
  EXPECT_NE(cache.Get(area, Kernel::kQuartic, Meters{50}, grid, true, 1, {}), first);
}

TEST(EdgeFactorCache, ChangesNoValue) {
  const StudyArea area({{Box(0, 0, 300, 250), {}}});
  const auto points = RandomPoints(30, 0, 0, 300, 250, 11);
  const GridSpec grid{P(0, 0), Meters{10}, 30, 25};
  EdgeFactorCache cache;
  DensityOptions options{.bandwidths = {Meters{80}}, .edge = EdgeCorrection::kUniform, .study_area = &area};
  const auto without = One(points, grid, options).density.values();
  options.edge_cache = &cache;
  EXPECT_EQ(One(points, grid, options).density.values(), without);
  EXPECT_EQ(One(points, grid, options).density.values(), without);
}

TEST(Density, TellsGrowingProgressUpToOne) {
  const auto points = RandomPoints(500, 0, 0, 2000, 2000, 12);
  std::vector<double> told;
  ComputeDensity<double>({.points = points}, {P(0, 0), Meters{10}, 200, 200},
                         {.bandwidths = {Meters{200}, Meters{100}},
                          .threads = 2,
                          .progress = [&](double fraction) { told.push_back(fraction); }});
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_DOUBLE_EQ(told.back(), 1);
}

TEST(Density, StopsInTheMiddleOfItsWork) {
  const auto points = RandomPoints(2000, 0, 0, 8000, 8000, 13);
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kGaussian})
    for (const int threads : {1, 2}) {
      std::stop_source source;
      int calls = 0;
      const auto stop_at_once = [&](double) {
        ++calls;
        source.request_stop();
      };
      EXPECT_THROW(ComputeDensity<double>({.points = points}, {P(0, 0), Meters{10}, 800, 800},
                                          {.kernel = kernel,
                                           .bandwidths = {Meters{100}},
                                           .threads = threads,
                                           .stop = source.get_token(),
                                           .progress = stop_at_once}),
                   Cancelled);
      EXPECT_LE(calls, threads);
    }
}

TEST(Density, RefusesWhatItCannotUse) {
  const std::vector<PlanePoint> points = {P(0, 0), P(5, 5)};
  const std::vector<double> three = {1, 1, 1}, negative = {1, -1}, zero = {1, 0};
  const std::vector<int> groups = {0, 2}, one_group = {0};
  const GridSpec grid{P(0, 0), Meters{10}, 2, 2};
  const StudyArea area({{Box(0, 0, 20, 20), {}}});
  const auto refused = [&](const DensityIncidents& incidents, const DensityOptions& options) {
    EXPECT_THROW(ComputeDensity<double>(incidents, grid, options), InvalidInput);
    EXPECT_THROW(ComputeDensity<float>(incidents, grid, options), InvalidInput);
  };
  refused({.points = points, .weights = three}, {});
  refused({.points = points, .weights = negative}, {});
  refused({.points = points, .groups = groups, .group_count = 2}, {});
  refused({.points = points, .groups = one_group}, {});
  refused({.points = points, .group_count = 0}, {});
  refused({.points = points, .bandwidths_m = zero}, {});
  refused({.points = points, .bandwidths_m = three}, {});
  refused({.points = points}, {.bandwidths = {}});
  refused({.points = points}, {.bandwidths = {Meters{100}, Meters{-1}}});
  refused({.points = points}, {.bandwidths = {Meters{HUGE_VAL}}});
  refused({.points = points}, {.edge = EdgeCorrection::kDiggle});
  const std::vector<double> own = {10, 20};
  refused({.points = points, .bandwidths_m = own}, {.bandwidths = {Meters{1}, Meters{2}}});
  refused({.points = points, .bandwidths_m = own}, {.edge = EdgeCorrection::kUniform, .study_area = &area});
  refused({.points = points, .bandwidths_m = own}, {.binned = true});
  EXPECT_THROW(ComputeDensity<double>({.points = points}, {P(0, 0), Meters{0}, 2, 2}, {}), InvalidInput);
  const std::vector<PlanePoint> broken = {P(0, HUGE_VAL)};
  refused({.points = broken}, {});
}

TEST(BinnedDensity, StaysWithinTheBoundThatItTells) {
  const auto points = RandomPoints(200, -100, -100, 1400, 1100, 14);
  const GridSpec grid{P(0, 0), Meters{10}, 120, 90};
  std::vector<int> groups;
  for (int i = 0; i < 200; ++i) groups.push_back(i % 3);
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kEpanechnikov, Kernel::kTriweight,
                              Kernel::kTriangular, Kernel::kUniform, Kernel::kGaussian})
    for (const double bandwidth : {35.0, 104.0, 320.0}) {
      const DensityIncidents incidents{.points = points, .groups = groups, .group_count = 3};
      DensityOptions options{.kernel = kernel, .bandwidths = {Meters{bandwidth}}};
      const auto exact = ComputeDensity<double>(incidents, grid, options);
      options.binned = true;
      const auto binned = ComputeDensity<double>(incidents, grid, options);
      for (std::size_t group = 0; group < 3; ++group) {
        const auto& surface = binned.surfaces[group];
        EXPECT_EQ(surface.method, DensityMethod::kBinnedFft);
        const auto& values = surface.density.values();
        const double peak = *std::max_element(values.begin(), values.end());
        double worst = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
          worst = std::max(worst, std::abs(values[i] - exact.surfaces[group].density.values()[i]));
        EXPECT_GT(worst, 1e-6 * peak);  // it is an approximation
        EXPECT_LE(worst, surface.error_bound * peak) << KernelCode(kernel) << ' ' << bandwidth;
        EXPECT_NEAR(surface.checks.mass, exact.surfaces[group].checks.mass, 0.06 * surface.checks.mass);
      }
    }
}

TEST(BinnedDensity, IsZeroWithoutIncidents) {
  const auto surface = One({}, {P(0, 0), Meters{10}, 20, 10}, {.binned = true});
  EXPECT_THAT(surface.density.values(), Each(0.0));
  EXPECT_LE(surface.error_bound, 1e-9);
}

TEST(BinnedDensity, FeelsIncidentsFurtherAwayThanTheGridIsWide) {
  const std::vector<PlanePoint> points = {P(-500, 50), P(60, 700)};
  const GridSpec grid{P(0, 0), Meters{10}, 12, 12};
  const auto exact = One(points, grid, {.bandwidths = {Meters{900}}});
  const auto binned = One(points, grid, {.bandwidths = {Meters{900}}, .binned = true});
  for (std::size_t i = 0; i < 144; ++i)
    EXPECT_NEAR(binned.density.values()[i], exact.density.values()[i],
                binned.error_bound * exact.density.values()[i] * 3);
}

TEST(BinnedDensity, RefusesWhatNeedsTooMuchMemory) {
  const std::vector<PlanePoint> points = {P(0, 0)};
  EXPECT_THROW(One(points, {P(0, 0), Meters{1}, 100, 100}, {.bandwidths = {Meters{5000}}, .binned = true}),
               InvalidInput);
}

TEST(BinnedDensity, TakesAnEdgeCorrection) {
  const StudyArea area({{Box(0, 0, 600, 400), {}}});
  const auto points = RandomPoints(80, 0, 0, 600, 400, 15);
  const auto surface = One(
      points, {P(0, 0), Meters{5}, 130, 80},
      {.bandwidths = {Meters{150}}, .edge = EdgeCorrection::kDiggle, .study_area = &area, .binned = true});
  EXPECT_NEAR(surface.checks.mass, 80, 0.1);
  EXPECT_TRUE(std::isnan(surface.density[(CellIndex{125, 10})]));
}

TEST(DensityMethod, HasCodes) {
  EXPECT_EQ(DensityMethodCode(DensityMethod::kRowDifferences), "row_differences");
  EXPECT_EQ(DensityMethodCode(DensityMethod::kDirect), "direct");
  EXPECT_EQ(DensityMethodCode(DensityMethod::kBinnedFft), "binned_fft");
}

}  // namespace
}  // namespace lagesbild::geo
