#include "geo/kernel_density.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using ::testing::Each;

constexpr Kernel kKernels[] = {Kernel::kQuartic,    Kernel::kEpanechnikov, Kernel::kTriweight,
                               Kernel::kTriangular, Kernel::kUniform,      Kernel::kGaussian};
constexpr EdgeCorrection kEdges[] = {EdgeCorrection::kNone, EdgeCorrection::kUniform,
                                     EdgeCorrection::kDiggle};

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

double Sum(const Grid<double>& grid) {
  double sum = 0;
  for (const double value : grid.values())
    if (!std::isnan(value)) sum += value;
  return sum;
}

double Peak(const Grid<double>& grid) {
  double peak = 0;
  for (const double value : grid.values())
    if (value > peak) peak = value;  // NaN never is
  return peak;
}

TEST(KernelDensity, PeaksAtTheKnownValuePerSquareKilometer) {
  // 3 / (pi h²) and 1 / (2 pi h²) with h = 0.5 km.
  const std::vector<PlanePoint> one = {P(1000, 1000)};
  EXPECT_NEAR(KernelDensityAt(one, {}, one, {.kernel = Kernel::kQuartic, .bandwidth = Meters{500}})[0],
              3.8197, 5e-5);
  EXPECT_NEAR(KernelDensityAt(one, {}, one, {.kernel = Kernel::kGaussian, .bandwidth = Meters{500}})[0],
              0.6366, 5e-5);
}

TEST(KernelDensity, FollowsTheQuarticFormulaOffTheCenter) {
  // q² = (300² + 400²) / 1000² = 0.25 and 3/pi (1 - 0.25)² = 0.53715
  const std::vector<PlanePoint> one = {P(0, 0)}, there = {P(300, 400)};
  EXPECT_NEAR(KernelDensityAt(one, {}, there, {.bandwidth = Meters{1000}})[0], 3 / 3.14159265358979 * 0.5625,
              1e-12);
}

TEST(KernelDensity, IsZeroBeyondTheSupportAndOnItsRimUnlessADisc) {
  const std::vector<PlanePoint> one = {P(0, 0)}, rim = {P(600, 800)}, beyond = {P(600.1, 800)};
  for (const Kernel kernel : kKernels) {
    if (kernel == Kernel::kGaussian) continue;
    const KernelDensityOptions options{.kernel = kernel, .bandwidth = Meters{1000}};
    EXPECT_EQ(KernelDensityAt(one, {}, beyond, options)[0], 0) << KernelCode(kernel);
    if (kernel == Kernel::kUniform)
      EXPECT_GT(KernelDensityAt(one, {}, rim, options)[0], 0);
    else
      EXPECT_NEAR(KernelDensityAt(one, {}, rim, options)[0], 0, 1e-15) << KernelCode(kernel);
  }
}

TEST(KernelDensity, IntegratesToTheNumberOfIncidents) {
  const auto points = RandomPoints(25, 3000, 3000, 4000, 4000, 7);
  const GridSpec grid{P(0, 0), Meters{50}, 200, 200};
  for (const Kernel kernel : kKernels) {
    const double bandwidth = kernel == Kernel::kGaussian ? 400 : 1200;
    const auto density = KernelDensity(points, {}, grid, {.kernel = kernel, .bandwidth = Meters{bandwidth}});
    EXPECT_NEAR(Sum(density) * grid.cell_area_km2(), 25, 25 * 0.005) << KernelCode(kernel);
  }
}

TEST(KernelDensity, KeepsTheTotalInsideTheStudyAreaWithDigglesCorrection) {
  const StudyArea area({{Box(0, 0, 5000, 4000), {Box(2000, 1000, 3000, 2500)}}});
  auto points = RandomPoints(60, 0, 0, 5000, 4000, 3);
  std::erase_if(points, [&](const PlanePoint& point) { return !area.contains(point); });
  const GridSpec grid{P(0, 0), Meters{25}, 200, 160};
  for (const Kernel kernel : kKernels) {
    const double bandwidth = kernel == Kernel::kGaussian ? 400 : 1200;
    const auto density = KernelDensity(points, {}, grid,
                                       {.kernel = kernel,
                                        .bandwidth = Meters{bandwidth},
                                        .edge = EdgeCorrection::kDiggle,
                                        .study_area = &area});
    const double n = static_cast<double>(points.size());
    EXPECT_NEAR(Sum(density) * grid.cell_area_km2(), n, n * 0.005) << KernelCode(kernel);
  }
}

TEST(KernelDensity, DoesNotChangeABitWhenIncidentsAreReordered) {
  const StudyArea area({{Box(-100, -100, 5100, 5100), {}}});
  auto points = RandomPoints(200, 0, 0, 5000, 5000, 11);
  std::vector<double> weights;
  for (std::size_t i = 0; i < points.size(); ++i) weights.push_back(0.1 * static_cast<double>(i % 7));
  for (std::size_t i = 0; i < 30; ++i) points[i + 40] = points[i];  // stacked, with unequal weights
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), 0u);
  std::reverse(order.begin() + 13, order.end());
  std::swap(order[0], order[100]);
  std::vector<PlanePoint> other_points;
  std::vector<double> other_weights;
  for (const std::size_t i : order) {
    other_points.push_back(points[i]);
    other_weights.push_back(weights[i]);
  }
  const GridSpec grid{P(0, 0), Meters{100}, 50, 50};
  for (const Kernel kernel : kKernels)
    for (const EdgeCorrection edge : kEdges) {
      const KernelDensityOptions options{
          .kernel = kernel, .bandwidth = Meters{700}, .edge = edge, .study_area = &area};
      EXPECT_EQ(KernelDensity(points, weights, grid, options).values(),
                KernelDensity(other_points, other_weights, grid, options).values());
    }
}

TEST(KernelDensity, IsTheSameAtCellCentersAndAtGivenLocations) {
  const StudyArea area({{Box(50, 50, 3000, 1950), {}}});
  const auto points = RandomPoints(80, 100, 100, 2800, 1800, 5);
  const GridSpec grid{P(0, 0), Meters{100}, 31, 20};
  std::vector<PlanePoint> centers;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) centers.push_back(grid.center({column, row}));
  for (const Kernel kernel : kKernels)
    for (const EdgeCorrection edge : kEdges) {
      const KernelDensityOptions options{
          .kernel = kernel, .bandwidth = Meters{450}, .edge = edge, .study_area = &area};
      const auto density = KernelDensity(points, {}, grid, options);
      // The two are summed in another order; the engine promises 1e-9 of the peak.
      EXPECT_THAT(
          KernelDensityAt(points, {}, centers, options),
          ::testing::Pointwise(::testing::NanSensitiveDoubleNear(1e-9 * Peak(density)), density.values()))
          << KernelCode(kernel);
    }
}

TEST(KernelDensity, DoesNotChangeWhenEverythingMovesToSwedishCoordinates) {
  const auto near = RandomPoints(50, 0, 0, 4000, 4000, 9);
  std::vector<PlanePoint> moved;
  for (const PlanePoint& point : near)
    moved.push_back(P(point.easting.value() + 6e5, point.northing.value() + 6.6e6));
  const GridSpec grid{P(0, 0), Meters{100}, 40, 40}, moved_grid{P(6e5, 6.6e6), Meters{100}, 40, 40};
  for (const Kernel kernel : kKernels) {
    const KernelDensityOptions options{.kernel = kernel, .bandwidth = Meters{803}};
    const auto a = KernelDensity(near, {}, grid, options).values(),
               b = KernelDensity(moved, {}, moved_grid, options).values();
    const double peak = *std::max_element(a.begin(), a.end());
    for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 1e-9 * peak) << KernelCode(kernel);
  }
}

TEST(KernelDensity, FallsWithTheSquareWhenAllLengthsGrow) {
  const auto points = RandomPoints(20, 0, 0, 1000, 1000, 2);
  std::vector<PlanePoint> doubled;
  for (const PlanePoint& point : points)
    doubled.push_back(P(2 * point.easting.value(), 2 * point.northing.value()));
  const std::vector<PlanePoint> here = {P(500, 400)}, there = {P(1000, 800)};
  for (const Kernel kernel : kKernels)
    EXPECT_NEAR(KernelDensityAt(points, {}, here, {.kernel = kernel, .bandwidth = Meters{600}})[0],
                4 * KernelDensityAt(doubled, {}, there, {.kernel = kernel, .bandwidth = Meters{1200}})[0],
                1e-10);
}

TEST(KernelDensity, CountsADuplicateLikeAWeightOfTwo) {
  const std::vector<PlanePoint> twice = {P(100, 100), P(100, 100)}, once = {P(100, 100)},
                                there = {P(150, 160)};
  const std::vector<double> two = {2};
  EXPECT_DOUBLE_EQ(KernelDensityAt(twice, {}, there, {})[0], KernelDensityAt(once, two, there, {})[0]);
}

TEST(KernelDensity, GivesZerosWithoutIncidents) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {}}});
  const GridSpec grid{P(0, 0), Meters{100}, 10, 10};
  for (const EdgeCorrection edge : kEdges)
    EXPECT_THAT(KernelDensity({}, {}, grid, {.edge = edge, .study_area = &area}).values(), Each(0.0));
}

TEST(KernelDensity, ReachesFromOutsideTheGridOnlyWithoutEdgeCorrection) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {}}});
  const std::vector<PlanePoint> outside = {P(-200, 500)};
  const GridSpec grid{P(0, 0), Meters{100}, 10, 10};
  EXPECT_GT(KernelDensity(outside, {}, grid, {})[(CellIndex{0, 5})], 0);
  EXPECT_THAT(
      KernelDensity(outside, {}, grid, {.edge = EdgeCorrection::kDiggle, .study_area = &area}).values(),
      Each(0.0));
}

TEST(KernelDensity, IsUndefinedOutsideTheStudyAreaWhenCorrected) {
  const StudyArea area({{Box(0, 0, 500, 1000), {}}});
  const std::vector<PlanePoint> points = {P(450, 500)};
  const auto density = KernelDensity(points, {}, {P(0, 0), Meters{100}, 10, 10},
                                     {.edge = EdgeCorrection::kUniform, .study_area = &area});
  EXPECT_TRUE(std::isnan(density[(CellIndex{5, 5})]));
  EXPECT_GT(density[(CellIndex{4, 5})], 0);
}

TEST(KernelDensity, WorksOnSquareRastersAndWithARadiusLargerThanTheRaster) {
  const std::vector<PlanePoint> points = {P(10, 20), P(2500, 2500), P(-900, 700)};
  const GridSpec square{P(0, 0), Meters{10}, 8, 8}, wide{P(0, 0), Meters{10}, 16, 8};
  const KernelDensityOptions options{.bandwidth = Meters{5000}};
  const auto a = KernelDensity(points, {}, square, options), b = KernelDensity(points, {}, wide, options);
  for (int row = 0; row < 8; ++row)
    for (int column = 0; column < 8; ++column) {
      EXPECT_GT(a[(CellIndex{column, row})], 0);
      EXPECT_NEAR(a[(CellIndex{column, row})], b[(CellIndex{column, row})], 1e-9 * Peak(a));
    }
}

TEST(KernelDensity, IsZeroBetweenCentersWhenTheRadiusIsBelowOnePixel) {
  const std::vector<PlanePoint> points = {P(100, 100), P(250, 250)};  // a corner, and a center
  const auto density = KernelDensity(points, {}, {P(0, 0), Meters{100}, 5, 5}, {.bandwidth = Meters{20}});
  EXPECT_NEAR(density[(CellIndex{2, 2})], 3 / (3.14159265358979 * 400) * 1e6, 1e-9);
  EXPECT_EQ(std::count(density.values().begin(), density.values().end(), 0.0), 24);
}

TEST(KernelDensity, IsNeverNegative) {
  const auto points = RandomPoints(300, 0, 0, 1000, 1000, 4);
  for (const Kernel kernel : kKernels)
    EXPECT_THAT(KernelDensity(points, {}, {P(-500, -500), Meters{7}, 300, 300},
                              {.kernel = kernel, .bandwidth = Meters{61}})
                    .values(),
                Each(::testing::Ge(0.0)));
}

TEST(LeaveOneOutDensity, IsZeroForASingleIncident) {
  const std::vector<PlanePoint> one = {P(5, 5)};
  EXPECT_THAT(LeaveOneOutDensity(one, {}, {}), ::testing::ElementsAre(0.0));
}

TEST(LeaveOneOutDensity, IsTheDensityOfTheOthers) {
  const StudyArea area({{Box(0, 0, 2000, 2000), {}}});
  auto points = RandomPoints(30, 0, 0, 2000, 2000, 8);
  points[7] = points[3];
  std::vector<double> weights;
  for (std::size_t i = 0; i < points.size(); ++i) weights.push_back(1 + static_cast<double>(i % 3));
  for (const EdgeCorrection edge : kEdges) {
    const KernelDensityOptions options{.bandwidth = Meters{700}, .edge = edge, .study_area = &area};
    const auto left_out = LeaveOneOutDensity(points, weights, options);
    for (std::size_t i = 0; i < points.size(); ++i) {
      auto others = points;
      auto other_weights = weights;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      other_weights.erase(other_weights.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NEAR(left_out[i], KernelDensityAt(others, other_weights, std::span(&points[i], 1), options)[0],
                  1e-9);
    }
  }
}

TEST(LeaveOneOutDensity, IsUndefinedOutsideTheStudyAreaWhenCorrected) {
  const StudyArea area({{Box(0, 0, 100, 100), {}}});
  const std::vector<PlanePoint> points = {P(50, 50), P(150, 50)};
  const auto density =
      LeaveOneOutDensity(points, {}, {.edge = EdgeCorrection::kUniform, .study_area = &area});
  EXPECT_EQ(density[0], 0);
  EXPECT_TRUE(std::isnan(density[1]));
}

TEST(KernelDensity, RejectsWhatItCannotUse) {
  const std::vector<PlanePoint> points = {P(0, 0)};
  const std::vector<double> two = {1, 1}, negative = {-1}, nan = {std::nan("")};
  const GridSpec grid{P(0, 0), Meters{10}, 2, 2};
  EXPECT_THROW(KernelDensity(points, {}, grid, {.bandwidth = Meters{0}}), InvalidInput);
  EXPECT_THROW(KernelDensity(points, {}, grid, {.bandwidth = Meters{std::nan("")}}), InvalidInput);
  EXPECT_THROW(KernelDensity(points, two, grid, {}), InvalidInput);
  EXPECT_THROW(KernelDensity(points, negative, grid, {}), InvalidInput);
  EXPECT_THROW(KernelDensity(points, nan, grid, {}), InvalidInput);
  EXPECT_THROW(KernelDensity(points, {}, grid, {.edge = EdgeCorrection::kUniform}), InvalidInput);
  const std::vector<PlanePoint> broken = {P(0, std::nan(""))};
  EXPECT_THROW(KernelDensity(broken, {}, grid, {}), InvalidInput);
  EXPECT_THROW(KernelDensityAt(points, {}, broken, {}), InvalidInput);
  EXPECT_THROW(LeaveOneOutDensity(broken, {}, {}), InvalidInput);
}

TEST(KernelDensity, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  const std::vector<PlanePoint> points = {P(0, 0)};
  EXPECT_THROW(KernelDensity(points, {}, {P(0, 0), Meters{10}, 2, 2}, {.stop = source.get_token()}),
               Cancelled);
  EXPECT_THROW(KernelDensityAt(points, {}, points, {.stop = source.get_token()}), Cancelled);
  EXPECT_THROW(LeaveOneOutDensity(points, {}, {.stop = source.get_token()}), Cancelled);
}

TEST(Kernel, CodesReadBack) {
  for (const Kernel kernel : kKernels) EXPECT_EQ(ParseKernel(KernelCode(kernel)), kernel);
  for (const EdgeCorrection edge : kEdges) EXPECT_EQ(ParseEdgeCorrection(EdgeCorrectionCode(edge)), edge);
  EXPECT_FALSE(ParseKernel("Quartic"));
  EXPECT_FALSE(ParseEdgeCorrection(""));
}

TEST(Bandwidth, GivesRadiusAndStandardDeviation) {
  EXPECT_NEAR(BandwidthOf(Kernel::kQuartic, Meters{1000}).standard_deviation.value(), 353.55, 0.01);
  EXPECT_NEAR(BandwidthOf(Kernel::kEpanechnikov, Meters{1000}).standard_deviation.value(), 408.25, 0.01);
  EXPECT_NEAR(BandwidthOf(Kernel::kTriweight, Meters{1000}).standard_deviation.value(), 316.23, 0.01);
  EXPECT_NEAR(BandwidthOf(Kernel::kTriangular, Meters{1000}).standard_deviation.value(), 387.30, 0.01);
  EXPECT_NEAR(BandwidthOf(Kernel::kUniform, Meters{1000}).standard_deviation.value(), 500, 1e-9);
  EXPECT_FALSE(BandwidthOf(Kernel::kGaussian, Meters{1000}).radius);
  EXPECT_EQ(BandwidthOf(Kernel::kGaussian, Meters{1000}).standard_deviation, Meters{1000});
}

}  // namespace
}  // namespace lagesbild::geo
