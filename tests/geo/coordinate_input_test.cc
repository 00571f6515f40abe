#include "geo/coordinate_input.h"

#include <gtest/gtest.h>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr Epsg kSweref{3006}, kWgs84{4326}, kRt90{3021};

class CoordinateInputOf : public testing::Test {
 protected:
  static PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }
  CoordinateResult Read(Epsg declared, const char* easting, const char* northing) const {
    return CoordinateInput(declared, kSweref, area_).Read(easting, northing);
  }
  StudyArea area_{
      {{{At(600000, 6640000), At(620000, 6640000), At(620000, 6660000), At(600000, 6660000)}, {}}}};
};

TEST_F(CoordinateInputOf, MetersIsTakenAsWritten) {
  const CoordinateResult result = Read(kSweref, "605000.5", "6650001");
  EXPECT_EQ(result.fault, CoordinateFault::kNone);
  EXPECT_EQ(result.position, At(605000.5, 6650001));
  EXPECT_EQ(result.accuracy_radius, Meters{10});
}

TEST_F(CoordinateInputOf, SwedishNumbersReadsCommasAndBlanks) {
  EXPECT_EQ(Read(kSweref, "605 000,5",
                 "6\xc2\xa0"
                 "650\xc2\xa0"
                 "001")
                .position,
            At(605000.5, 6650001));
}

TEST_F(CoordinateInputOf, RoundNumbersIsAsCoarseAsItsDigits) {
  EXPECT_EQ(Read(kSweref, "605000", "6650000").accuracy_radius, Meters{1000});
  EXPECT_EQ(Read(kSweref, "605000", "6650100").accuracy_radius, Meters{100});
}

TEST_F(CoordinateInputOf, DegreesIsProjected) {
  const CoordinateResult result = Read(kWgs84, "16.88", "59.98");
  EXPECT_EQ(result.fault, CoordinateFault::kNone);
  EXPECT_NEAR(result.position.easting.value(), 604900, 2000);
  EXPECT_NEAR(result.position.northing.value(), 6650500, 2000);
  EXPECT_NEAR(result.accuracy_radius.value(), 1113, 1);
}

TEST_F(CoordinateInputOf, AnotherPlaneSystemIsReprojected) {
  const CoordinateResult result = Read(kRt90, "1560000", "6652000");
  EXPECT_EQ(result.fault, CoordinateFault::kNone);
  EXPECT_NEAR(result.position.northing.value(), 6651000, 3000);
}

TEST_F(CoordinateInputOf, ExchangedAxesIsToldAndNotMended) {
  EXPECT_EQ(Read(kSweref, "6650000", "605000").fault, CoordinateFault::kSwapped);
  EXPECT_EQ(Read(kWgs84, "59.98", "16.88").fault, CoordinateFault::kSwapped);
}

TEST_F(CoordinateInputOf, DegreesDeclaredAsMetersIsTold) {
  EXPECT_EQ(Read(kSweref, "16.88", "59.98").fault, CoordinateFault::kDegrees);
}

TEST_F(CoordinateInputOf, APlaceFarAwayIsTold) {
  EXPECT_EQ(Read(kSweref, "605000", "7650000").fault, CoordinateFault::kOutsideRegion);
  EXPECT_EQ(Read(kSweref, "660000", "6650000").fault, CoordinateFault::kNone)
      << "40 km off is the buffer, not a fault";
}

TEST_F(CoordinateInputOf, WordsIsNotANumber) {
  for (const char* text : {"", "x", "605000 öst", "nan", "inf", "6.05.000", "1e999"})
    EXPECT_EQ(Read(kSweref, text, "6650000").fault, CoordinateFault::kNotANumber) << text;
}

TEST_F(CoordinateInputOf, AnUnknownSystemThrows) { EXPECT_THROW(Read(Epsg{1}, "1", "1"), InvalidInput); }

}  // namespace
}  // namespace lagesbild::geo
