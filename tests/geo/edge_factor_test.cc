#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "geo/errors.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

constexpr Kernel kKernels[] = {Kernel::kQuartic,    Kernel::kEpanechnikov, Kernel::kTriweight,
                               Kernel::kTriangular, Kernel::kUniform,      Kernel::kGaussian};

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
Ring Box(double x0, double y0, double x1, double y1) { return {P(x0, y0), P(x1, y0), P(x1, y1), P(x0, y1)}; }
double Factor(double x, double y, const StudyArea& area, Kernel kernel, double bandwidth) {
  return EdgeFactor(P(x, y), area, kernel, Meters{bandwidth});
}

class EdgeFactorOf : public ::testing::TestWithParam<Kernel> {};
INSTANTIATE_TEST_SUITE_P(EveryKernel, EdgeFactorOf, ::testing::ValuesIn(kKernels),
                         [](const auto& param) { return std::string(KernelCode(param.param)); });

TEST_P(EdgeFactorOf, IsOneFarFromTheBoundary) {
  const StudyArea area({{Box(-1e5, -1e5, 1e5, 1e5), {}}});
  EXPECT_EQ(Factor(0, 0, area, GetParam(), 1000), 1.0);
}

TEST_P(EdgeFactorOf, IsAHalfOnAnEdgeAndAQuarterInACorner) {
  const StudyArea area({{Box(600000, 6600000, 700000, 6700000), {}}});
  EXPECT_NEAR(Factor(650000, 6600000, area, GetParam(), 1000), 0.5, 1e-12);
  EXPECT_NEAR(Factor(600000, 6600000, area, GetParam(), 1000), 0.25, 1e-12);
}

TEST_P(EdgeFactorOf, IsContinuousAcrossTheBoundary) {
  const StudyArea area({{Box(0, 0, 1e5, 1e5), {}}});
  const double on = Factor(0, 3e4, area, GetParam(), 1000);
  EXPECT_NEAR(Factor(1e-7, 3e4, area, GetParam(), 1000), on, 1e-9);
  EXPECT_NEAR(Factor(-1e-7, 3e4, area, GetParam(), 1000), on, 1e-9);
}

TEST_P(EdgeFactorOf, AddsUpOverPartsAndSubtractsHoles) {
  const StudyArea whole({{Box(0, 0, 2000, 1500), {}}});
  const StudyArea hole({{Box(900, 300, 1300, 800), {}}});
  const StudyArea with_hole({{Box(0, 0, 2000, 1500), {Box(900, 300, 1300, 800)}}});
  const StudyArea with_island({{Box(0, 0, 2000, 1500), {}}, {Box(2500, 0, 3000, 400), {}}});
  const StudyArea island({{Box(2500, 0, 3000, 400), {}}});
  for (const auto& [x, y] : {std::pair{850.0, 500.0}, {300.0, 40.0}, {1950.0, 200.0}}) {
    const auto factor = [&](const StudyArea& area) { return Factor(x, y, area, GetParam(), 900); };
    EXPECT_NEAR(factor(with_hole), factor(whole) - factor(hole), 1e-13);
    EXPECT_NEAR(factor(with_island), factor(whole) + factor(island), 1e-13);
  }
}

TEST_P(EdgeFactorOf, AgreesWithFineQuadrature) {
  // An irregular pentagon; midpoint rule on 4 m squares.
  const StudyArea area({{{P(0, 0), P(1500, 200), P(1800, 1200), P(700, 900), P(100, 1400)}, {}}});
  const KernelFunction kernel(GetParam(), Meters{GetParam() == Kernel::kGaussian ? 250.0 : 700.0});
  const double x = 400.3, y = 500.7;
  double sum = 0;
  for (int column = 0; column < 450; ++column)
    for (int row = 0; row < 350; ++row) {
      const double cx = 4 * column + 2, cy = 4 * row + 2;
      if (area.contains(P(cx, cy)))
        sum += 16 * kernel.AtSquaredDistance((cx - x) * (cx - x) + (cy - y) * (cy - y));
    }
  EXPECT_NEAR(EdgeFactor(P(x, y), area, GetParam(), Meters{kernel.scale_m()}), sum, 2e-3);
}

TEST_P(EdgeFactorOf, DoesNotChangeWhenEverythingMoves) {
  const Ring near = {P(0, 0), P(1500, 200), P(1800, 1200), P(700, 900), P(100, 1400)};
  Ring far;
  for (const PlanePoint& point : near)
    far.push_back(P(point.easting.value() + 600000, point.northing.value() + 6600000));
  EXPECT_NEAR(Factor(400, 500, StudyArea({{near, {}}}), GetParam(), 700),
              Factor(600400, 6600500, StudyArea({{far, {}}}), GetParam(), 700), 1e-12);
}

TEST_P(EdgeFactorOf, IntegratesTheKernelToOne) {
  const KernelFunction kernel(GetParam(), Meters{2});
  double sum = 0;
  const double step = 1e-4, end = GetParam() == Kernel::kGaussian ? 20 : 2;
  for (double r = step / 2; r < end; r += step)
    sum += kernel.AtSquaredDistance(r * r) * 2 * std::numbers::pi * r * step;
  EXPECT_NEAR(sum, 1, 1e-8);
}

TEST(EdgeFactor, OfTheGaussianIsAProductOfErrorFunctionsInARectangle) {
  const StudyArea area({{Box(0, 0, 1000, 400), {}}});
  const auto share = [](double from, double to) {
    return (std::erf(to / std::sqrt(2)) - std::erf(from / std::sqrt(2))) / 2;
  };
  const double expected = share(-150 / 300.0, 850 / 300.0) * share(-370 / 300.0, 30 / 300.0);
  EXPECT_NEAR(Factor(150, 370, area, Kernel::kGaussian, 300), expected, 1e-14);
}

TEST(EdgeFactor, OfTheDiscIsTheAreaOfACircularSegment) {
  const StudyArea area({{Box(-1e5, 0, 1e5, 1e5), {}}});
  const double q = 0.3;  // distance to the edge over the radius
  const double outside = (std::acos(q) - q * std::sqrt(1 - q * q)) / std::numbers::pi;
  EXPECT_NEAR(Factor(0, 300, area, Kernel::kUniform, 1000), 1 - outside, 1e-14);
}

TEST(EdgeFactor, CoversTheWholeStudyAreaWhenTheRadiusIsLarger) {
  const StudyArea area({{Box(0, 0, 100, 100), {}}});
  EXPECT_NEAR(Factor(50, 50, area, Kernel::kUniform, 1e4), 1e4 / (std::numbers::pi * 1e8), 1e-16);
}

TEST(EdgeFactor, RejectsABadBandwidthOrLocation) {
  const StudyArea area({{Box(0, 0, 100, 100), {}}});
  EXPECT_THROW(Factor(50, 50, area, Kernel::kQuartic, 0), InvalidInput);
  EXPECT_THROW(Factor(50, 50, area, Kernel::kQuartic, -1), InvalidInput);
  EXPECT_THROW(Factor(50, 50, area, Kernel::kQuartic, std::nan("")), InvalidInput);
  EXPECT_THROW(Factor(50, 50, area, Kernel::kQuartic, HUGE_VAL), InvalidInput);
  EXPECT_THROW(Factor(std::nan(""), 50, area, Kernel::kQuartic, 10), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
