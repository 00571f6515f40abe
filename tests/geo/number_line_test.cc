#include "geo/number_line.h"

#include <gtest/gtest.h>

#include <random>

#include "geo/register_calibration.h"

namespace lagesbild::geo {
namespace {

using Kind = NumberEstimate::Kind;

NumberPoint At(int number, double easting, double northing = 0) {
  return {number, {Meters{easting}, Meters{northing}}};
}

TEST(NumberLine, PutsANumberBetweenThoseOfItsOwnSide) {
  const std::vector<NumberPoint> line{At(1, 0), At(2, 0, 30), At(5, 40), At(6, 60, 30)};
  const NumberEstimate odd = EstimateNumber(line, 3);
  EXPECT_EQ(odd.kind, Kind::kBetween);
  EXPECT_EQ(odd.position, (PlanePoint{Meters{20}, Meters{0}}));
  EXPECT_EQ(odd.below, 1);
  EXPECT_EQ(odd.above, 5);
  EXPECT_EQ(odd.gap_m, 40);
  EXPECT_EQ(EstimateNumber(line, 4).position, (PlanePoint{Meters{30}, Meters{30}}));
}

TEST(NumberLine, LeavesTheNumberItselfOut) {
  const std::vector<NumberPoint> line{At(1, 0), At(3, 999), At(5, 40)};
  EXPECT_EQ(EstimateNumber(line, 3).position, (PlanePoint{Meters{20}, Meters{0}}));
}

TEST(NumberLine, ClampsJustBeyondTheEndsAndRefusesFurtherOff) {
  std::vector<NumberPoint> line;
  for (int n = 10; n <= 40; n += 2) line.push_back(At(n, 10.0 * n));
  EXPECT_EQ(EstimateNumber(line, 44).kind, Kind::kBeyondEnd);
  EXPECT_EQ(EstimateNumber(line, 44).position, line.back().position);
  EXPECT_EQ(EstimateNumber(line, 6).position, line.front().position);
  EXPECT_EQ(EstimateNumber(line, 48).kind, Kind::kOutOfRange);
  EXPECT_EQ(EstimateNumber(line, 300).kind, Kind::kOutOfRange);
}

TEST(NumberLine, SaysNothingFromOneNumber) {
  EXPECT_EQ(EstimateNumber({}, 3).kind, Kind::kOutOfRange);
  const std::vector<NumberPoint> line{At(6, 0)};
  EXPECT_EQ(EstimateNumber(line, 7).kind, Kind::kOutOfRange);
}

TEST(NumberLine, TakesTheOtherSideWhereItsOwnHasNoNumbers) {
  const std::vector<NumberPoint> line{At(2, 0), At(6, 40)};
  EXPECT_EQ(EstimateNumber(line, 3).kind, Kind::kBetween);
  EXPECT_EQ(EstimateNumber(line, 3).position, (PlanePoint{Meters{10}, Meters{0}}));
}

TEST(Calibrator, KeepsTheStylesDefaultsForASmallRegister) {
  Calibrator swedish(SwedishAddressStyle()), norwegian(*FindAddressStyle("no"));
  const std::vector<NumberPoint> line{At(1, 0), At(3, 20), At(5, 40)};
  swedish.AddLine(line);
  EXPECT_EQ(swedish.Result(), RegisterCalibration{});
  EXPECT_EQ(norwegian.Result().gap_share, 0.7);
  EXPECT_EQ(norwegian.Result().end_m, 325);
}

TEST(Calibrator, CoversNineTenthsOfTheRegistersOwnErrors) {
  std::mt19937_64 random(331);
  std::vector<NumberPoint> line;
  double easting = 0;
  for (int n = 1; n < 2000; n += 2) {
    easting += 20 + static_cast<double>(random() % 60);
    line.push_back(At(n, easting));
  }
  Calibrator calibrator(SwedishAddressStyle());
  calibrator.AddLine(line);
  const RegisterCalibration calibration = calibrator.Result();
  int inside = 0, all = 0;
  for (const NumberPoint& p : line) {
    const NumberEstimate e = EstimateNumber(line, p.number);
    if (e.kind != Kind::kBetween) continue;
    ++all;
    inside += std::abs(e.position.easting.value() - p.position.easting.value()) <=
                      InterpolatedRadius(calibration, e.gap_m)
                  ? 1
                  : 0;
  }
  EXPECT_NEAR(static_cast<double>(inside) / all, 0.9, 0.01);
}

}  // namespace
}  // namespace lagesbild::geo
