#include "geo/coordinate_text.h"

#include <gmock/gmock.h>

#include <cmath>

#include "geo/geocoder.h"

namespace lagesbild::geo {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A register around the check point of geocoding.md section 8: Heby town at (604054, 6645981) in EPSG:3006.
const Geocoder& Heby() {
  static const Geocoder geocoder([] {
    Gazetteer g;
    for (const auto& [east, north] :
         {std::pair{594250.0, 6634072.0}, {631584.0, 6687268.0}, {604054.0, 6645981.0}}) {
      Address a;
      a.area = "Storgatan";
      a.number = static_cast<int>(g.addresses.size()) + 1;
      a.position = {Meters{east}, Meters{north}};
      g.addresses.push_back(a);
    }
    return g;
  }());
  return geocoder;
}

double ErrorOf(const GeocodeMatch& match) {
  return std::hypot(match.position.easting.value() - 604054, match.position.northing.value() - 6645981);
}

TEST(CoordinateText, IsReadInEverySystemAndOrder) {
  for (const char* text :
       {"6645981, 604054", "604054, 6645981", "6645981 604054", "6 645 981 604 054", "N 6645981 E 604054",
        "SWEREF 99 TM: 6645981, 604054", "X 6645981 Y 604054", "6645981,604054", "6645981.0; 604054.0",
        "1559093, 6647017", "RT90 6647017 1559093", "RT 90 2.5 gon V: 6647017, 1559093", "6647232, 170248",
        "SWEREF 99 16 30 6647232 170248", "6647723 86394", "SWEREF99 18 00: N 6647723, E 86394"}) {
    const GeocodeMatch match = Heby().Geocode({.address = text});
    ASSERT_EQ(match.level, MatchLevel::kCoordinate) << text;
    EXPECT_LE(ErrorOf(match), 1) << text;
    EXPECT_EQ(match.accuracy_radius, Meters{10}) << text;
  }
}

TEST(CoordinateText, IsReadInDegrees) {
  for (const char* text :
       {"59.93810, 16.86220", "59.93810,16.86220", "59,93810 16,86220", "59,93810, 16,86220",
        "16.86220 59.93810", "N 59.93810 E 16.86220", "59.93810 N, 16.86220 E", "lat 59.93810 lon 16.86220",
        "WGS84: 59.93810 16.86220", "59°56'17.16\"N 16°51'43.92\"E", "59° 56.286' N 16° 51.732' E",
        "N 59 56.286 E 16 51.732", "59°56′17.16″ 16°51′43.92″"}) {
    const GeocodeMatch match = Heby().Geocode({.address = text});
    ASSERT_EQ(match.level, MatchLevel::kCoordinate) << text;
    EXPECT_LE(ErrorOf(match), 2) << text;
  }
}

TEST(CoordinateText, IsAsAccurateAsItsDigits) {
  EXPECT_NEAR(Heby().Geocode({.address = "59.94, 16.86"}).accuracy_radius.value(), 1113.2, 0.1);
  EXPECT_NEAR(Heby().Geocode({.address = "59.9381, 16.86"}).accuracy_radius.value(), 1113.2, 0.1);
}

TEST(CoordinateText, NamesWhatItAssumed) {
  EXPECT_THAT(Heby().Geocode({.address = "6645981, 604054"}).faults, ElementsAre("CRS_ASSUMED"));
  EXPECT_THAT(Heby().Geocode({.address = "SWEREF 99 TM 6645981 604054"}).faults, IsEmpty());
  EXPECT_THAT(Heby().Geocode({.address = "E 59.93810 N 16.86220"}).faults, Contains("AXES_SWAPPED"));
}

TEST(CoordinateText, IsRefusedOutsideAndWhereTwoSystemsFit) {
  const GeocodeMatch far = Heby().Geocode({.address = "6145981, 404054"});
  EXPECT_EQ(far.reason, UnplacedReason::kOutside);
  EXPECT_THAT(far.faults, ElementsAre("OUT_OF_ENVELOPE"));
  EXPECT_EQ(Heby().Geocode({.address = "RT 90: 6645981, 604054"}).reason, UnplacedReason::kOutside)
      << "a declared system is never overruled";
  Gazetteer wide;
  for (const double east : {580000.0, 690000.0}) {
    Address a;
    a.area = "Storgatan";
    a.number = 1 + static_cast<int>(wide.addresses.size());
    a.position = {Meters{east}, Meters{6645000}};
    wide.addresses.push_back(a);
  }
  // So far east may be SWEREF 99 16 30 or 18 00.
  const GeocodeMatch either = Geocoder(wide).Geocode({.address = "6645981 160000"});
  EXPECT_EQ(either.reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(either.faults, ElementsAre("CRS_AMBIGUOUS"));
  EXPECT_THAT(either.candidates, ElementsAre("SWEREF 99 16 30, N E", "SWEREF 99 18 00, N E"));
}

TEST(CoordinateText, IsNoHouseNumberNorDateNorPhone) {
  for (const char* text : {"Storgatan 12", "12 14", "1:23", "744 31", "744 31 Heby", "2025-03-12",
                           "070-123 45 67", "6645981", "12, 14", "021 12 34 56", "kl 21.15 22.30"})
    EXPECT_NE(Heby().Geocode({.address = text}).level, MatchLevel::kCoordinate) << text;
  EXPECT_FALSE(ReadCoordinateText("6645981, 604054 vid skolan"));
}

}  // namespace
}  // namespace lagesbild::geo
