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
  EXPECT_EQ(norwegian.Result().street.gap_share, 0.7);
  EXPECT_EQ(norwegian.Result().street.end_m, 325);
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
                      InterpolatedRadius(calibration.street, e.gap_m)
                  ? 1
                  : 0;
  }
  EXPECT_NEAR(static_cast<double>(inside) / all, 0.9, 0.01);
}

/// Streets whose numbers lie `step_m` apart along a straight line, with the last one off by an angle's worth.
void AddStreets(Calibrator& calibrator, int count, double step_m, bool village) {
  std::mt19937_64 random(331);
  for (int street = 0; street < count; ++street) {
    std::vector<NumberPoint> line;
    for (int n = 1; n <= 11; n += 2)
      line.push_back(At(n, n * step_m + static_cast<double>(random() % 100) / 100 * step_m));
    calibrator.AddLine(line, village);
  }
}

TEST(Calibrator, StatesWiderEndsWhereNumbersLieFurtherApart) {
  Calibrator calibrator(SwedishAddressStyle());
  AddStreets(calibrator, 300, 5, false);
  AddStreets(calibrator, 100, 50, false);
  const LineCalibration street = calibrator.Result().street;
  EXPECT_GT(street.end_share, 0);
  EXPECT_GT(EndRadius(street, 100), 3 * EndRadius(street, 10));
  EXPECT_GE(EndRadius(street, 0), street.end_m);
}

TEST(Calibrator, KeepsVillagesApartFromStreets) {
  Calibrator calibrator(SwedishAddressStyle());
  AddStreets(calibrator, 60, 5, false);
  EXPECT_EQ(calibrator.Result().village, calibrator.Result().street) << "no village to measure on";
  std::mt19937_64 random(331);
  for (int village = 0; village < 60; ++village) {
    std::vector<NumberPoint> line;
    for (int n = 1; n <= 11; n += 2)
      line.push_back(At(n, static_cast<double>(random() % 1000), static_cast<double>(random() % 1000)));
    calibrator.AddLine(line, true);
  }
  EXPECT_GT(calibrator.Result().village.gap_share, 2 * calibrator.Result().street.gap_share);
}

TEST(Calibrator, SeeksALoneStretchOnTheOthersOfItsStreet) {
  Calibrator calibrator(SwedishAddressStyle());
  const std::vector<NumberPoint> others{At(1, 0), At(3, 20), At(5, 40)};
  const std::vector<std::span<const NumberPoint>> one{others}, two{others, others};
  for (int i = 0; i < 120; ++i) calibrator.AddLone(At(7, 2040), two, false);  // ambiguous: not placed
  EXPECT_EQ(calibrator.Result().street, LineCalibration{});
  for (int i = 0; i < 120; ++i) calibrator.AddLone(At(7, 2040), one, false);
  EXPECT_GE(EndRadius(calibrator.Result().street, 40), 2000);
}

TEST(Calibrator, LeavesNumbersOfASizeOfTheirOwnOutOfTheUsualOne) {
  Calibrator calibrator(SwedishAddressStyle());
  for (int i = 0; i < 100; ++i) calibrator.AddLetters(std::vector<double>{10, 10});
  for (int i = 0; i < 9; ++i) calibrator.AddLetters(std::vector<double>{500, 500});
  EXPECT_EQ(calibrator.Result().letter_m, 10);
}

TEST(NumberLine, MeasuresAnEndByTheWayFromNumberToNumber) {
  // Houses numbered as they were built: to and fro along the road.
  const std::vector<NumberPoint> line{At(1, 0), At(3, 400), At(5, 0), At(7, 400), At(9, 0)};
  const NumberEstimate end = EstimateNumber(line, 11);
  EXPECT_EQ(end.kind, Kind::kBeyondEnd);
  EXPECT_EQ(end.gap_m, 400);
}

}  // namespace
}  // namespace lagesbild::geo
