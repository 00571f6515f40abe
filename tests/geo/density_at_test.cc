#include "geo/density_at.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <cmath>
#include <random>

#include "geo/errors.h"
#include "tests/geo/direct_density.h"

namespace lagesbild::geo {
namespace {

constexpr Kernel kKernels[] = {Kernel::kQuartic,    Kernel::kEpanechnikov, Kernel::kTriweight,
                               Kernel::kTriangular, Kernel::kUniform,      Kernel::kGaussian};

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }

std::vector<PlanePoint> RandomPoints(int n, double side, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  std::vector<PlanePoint> points;
  for (int i = 0; i < n; ++i) {
    const double x = 6e5 + side * uniform();
    points.push_back(P(x, 6.6e6 + side * uniform()));
  }
  return points;
}

std::vector<PlanePoint> Centers(const GridSpec& grid) {
  std::vector<PlanePoint> centers;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) centers.push_back(grid.center({column, row}));
  return centers;
}

TEST(DensityAt, EqualsTheDefinitionForEachGroupAndBandwidth) {
  const auto points = RandomPoints(80, 2000, 1);
  std::vector<int> groups;
  for (int i = 0; i < 80; ++i) groups.push_back(i % 2);
  const GridSpec grid{P(6e5, 6.6e6), Meters{100}, 20, 20};
  for (const Kernel kernel : kKernels) {
    const auto values =
        ComputeDensityAt({.points = points, .groups = groups, .group_count = 2}, Centers(grid),
                         {.kernel = kernel, .bandwidths = {Meters{101}, Meters{703}}});
    ASSERT_EQ(values.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
      std::vector<PlanePoint> members;
      for (std::size_t j = 0; j < points.size(); ++j)
        if (groups[j] == static_cast<int>(i % 2)) members.push_back(points[j]);
      const double bandwidth = i < 2 ? 101 : 703;
      const DirectDensity direct = SumDirectly(members, {}, kernel, {&bandwidth, 1}, grid);
      for (std::size_t j = 0; j < direct.values.size(); ++j)
        ASSERT_NEAR(values[i][j], static_cast<double>(direct.values[j]),
                    1e-11 * static_cast<double>(direct.peak))
            << KernelCode(kernel);
    }
  }
}

TEST(DensityAt, TakesABandwidthForEachIncident) {
  const auto points = RandomPoints(60, 2000, 2);
  std::vector<double> bandwidths, weights;
  for (int i = 0; i < 60; ++i) {
    bandwidths.push_back(90 + 17 * i);
    weights.push_back(1 + i % 4);
  }
  const GridSpec grid{P(6e5, 6.6e6), Meters{100}, 20, 20};
  for (const Kernel kernel : kKernels) {
    const auto values = ComputeDensityAt({.points = points, .weights = weights, .bandwidths_m = bandwidths},
                                         Centers(grid), {.kernel = kernel});
    const DirectDensity direct = SumDirectly(points, weights, kernel, bandwidths, grid);
    for (std::size_t j = 0; j < direct.values.size(); ++j)
      ASSERT_NEAR(values[0][j], static_cast<double>(direct.values[j]),
                  1e-11 * static_cast<double>(direct.peak))
          << KernelCode(kernel);
  }
}

TEST(DensityAt, KeepsTheWholeTailOfTheGaussian) {
  const std::vector<PlanePoint> one = {P(0, 0)}, far = {P(2000, 0)};
  const double density = ComputeDensityAt({.points = one}, far,
                                          {.kernel = Kernel::kGaussian, .bandwidths = {Meters{100}}})[0][0];
  EXPECT_NEAR(density / (std::exp(-200.0) / (2 * 3.14159265358979 * 0.01)), 1, 1e-12);
}

TEST(DensityAt, HasTheSameBitsOnEveryInstructionSetAndNumberOfThreads) {
  const auto points = RandomPoints(300, 2000, 3), locations = RandomPoints(50, 2000, 4);
  for (const Kernel kernel : kKernels) {
    DensityOptions options{.kernel = kernel, .bandwidths = {Meters{333}}, .threads = 1};
    const auto usual = ComputeDensityAt({.points = points}, locations, options);
    const auto others = ComputeLeaveOneOut({.points = points}, options);
    options.threads = 2;
    EXPECT_EQ(ComputeDensityAt({.points = points}, locations, options), usual);
    hwy::SetSupportedTargetsForTest(HWY_SCALAR);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    EXPECT_EQ(ComputeDensityAt({.points = points}, locations, options), usual);
    EXPECT_EQ(ComputeLeaveOneOut({.points = points}, options), others);
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
}

TEST(LeaveOneOut, LeavesOutTheIncidentAloneAndStaysInItsGroup) {
  const std::vector<PlanePoint> points = {P(0, 0), P(0, 0), P(30, 0), P(500, 0), P(10, 0)};
  const std::vector<int> groups = {0, 0, 0, 0, 1};
  const auto values = ComputeLeaveOneOut({.points = points, .groups = groups, .group_count = 2},
                                         {.bandwidths = {Meters{100}, Meters{20}}});
  ASSERT_EQ(values.size(), 2u);
  const double peak = 3 / (3.14159265358979 * 0.01), at_30 = peak * 0.91 * 0.91;
  EXPECT_NEAR(values[0][0], peak + at_30, 1e-9);
  EXPECT_NEAR(values[0][2], 2 * at_30, 1e-9);
  EXPECT_EQ(values[0][3], 0);
  EXPECT_EQ(values[0][4], 0);
  EXPECT_EQ(values[1][2], 0);
}

TEST(LeaveOneOut, IsUndefinedForIncidentsInNoGroup) {
  const std::vector<PlanePoint> points = {P(0, 0), P(10, 0)};
  const std::vector<int> groups = {0, -1};
  const auto values = ComputeLeaveOneOut({.points = points, .groups = groups}, {.bandwidths = {Meters{100}}});
  EXPECT_EQ(values[0][0], 0);
  EXPECT_TRUE(std::isnan(values[0][1]));
}

TEST(LeaveOneOut, KeepsTheDigitsOfFarIncidents) {
  // A Gaussian's tail from a neighbor far away: the own incident must not be subtracted from a sum.
  const std::vector<PlanePoint> points = {P(0, 0), P(1500, 0)};
  const auto values =
      ComputeLeaveOneOut({.points = points}, {.kernel = Kernel::kGaussian, .bandwidths = {Meters{100}}});
  EXPECT_NEAR(values[0][0] / (std::exp(-112.5) / (2 * 3.14159265358979 * 0.01)), 1, 1e-12);
}

TEST(DensityAt, IsEmptyWithoutLocations) {
  const std::vector<PlanePoint> points = {P(0, 0)};
  const auto values =
      ComputeDensityAt({.points = points, .group_count = 2}, {}, {.bandwidths = {Meters{1}, Meters{2}}});
  ASSERT_EQ(values.size(), 4u);
  EXPECT_TRUE(values[3].empty());
  EXPECT_TRUE(ComputeLeaveOneOut({}, {})[0].empty());
}

TEST(DensityAt, RefusesWhatItCannotUse) {
  const std::vector<PlanePoint> points = {P(0, 0)}, broken = {P(std::nan(""), 0)};
  const std::vector<double> own = {10};
  EXPECT_THROW(ComputeDensityAt({.points = points}, broken, {}), InvalidInput);
  EXPECT_THROW(ComputeDensityAt({.points = broken}, points, {}), InvalidInput);
  EXPECT_THROW(ComputeDensityAt({.points = points}, points, {.bandwidths = {Meters{0}}}), InvalidInput);
  EXPECT_THROW(ComputeLeaveOneOut({.points = points, .bandwidths_m = own}, {}), InvalidInput);
}

TEST(DensityAt, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  const std::vector<PlanePoint> points = {P(0, 0)};
  EXPECT_THROW(ComputeDensityAt({.points = points}, points, {.stop = source.get_token()}), Cancelled);
  EXPECT_THROW(ComputeLeaveOneOut({.points = points}, {.stop = source.get_token()}), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
