#include "geo/polygon.h"

#include <gtest/gtest.h>

#include "geo/area_place.h"
#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

Ring Square(double west, double south, double side) {
  return {At(west, south), At(west + side, south), At(west + side, south + side), At(west, south + side)};
}

TEST(AreaSquareMeters, SubtractsHolesAndAddsParts) {
  EXPECT_DOUBLE_EQ(AreaSquareMeters({{Square(600000, 6640000, 100), {Square(600020, 6640020, 10)}},
                                     {Square(700000, 6640000, 10), {}}}),
                   10000 - 100 + 100);
}

TEST(AreaSquareMeters, DoesNotDependOnOrientation) {
  Ring backwards = Square(600000, 6640000, 100);
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_DOUBLE_EQ(AreaSquareMeters({{backwards, {}}}), 10000);
}

TEST(AreaSquareMeters, IsZeroForNothing) { EXPECT_EQ(AreaSquareMeters({}), 0); }

TEST(InnerPoint, IsTheMiddleOfASquare) {
  EXPECT_EQ(InnerPoint({{Square(0, 0, 160), {}}}).easting, Meters{80});
}

TEST(InnerPoint, AvoidsTheHoleInTheMiddle) {
  const PlanePoint point = InnerPoint({{Square(0, 0, 100), {Square(20, 20, 60)}}});
  const bool in_hole = point.easting.value() > 20 && point.easting.value() < 80 &&
                       point.northing.value() > 20 && point.northing.value() < 80;
  EXPECT_FALSE(in_hole) << point.easting.value() << " " << point.northing.value();
}

TEST(InnerPoint, LiesInsideAHorseshoeAndNotAtItsCentroid) {
  // Open to the north; the centroid lies in the opening.
  const Ring horseshoe = {At(0, 0),   At(90, 0),  At(90, 90), At(80, 90),
                          At(80, 10), At(10, 10), At(10, 90), At(0, 90)};
  const PlanePoint point = InnerPoint({{horseshoe, {}}});
  const double x = point.easting.value(), y = point.northing.value();
  EXPECT_TRUE((y > 0 && y < 10 && x > 0 && x < 90) || ((x < 10 || x > 80) && y < 90)) << x << " " << y;
}

TEST(InnerPoint, IsTakenFromTheLargestPart) {
  const PlanePoint point = InnerPoint({{Square(0, 0, 10), {}}, {Square(1000, 1000, 100), {}}});
  EXPECT_GT(point.easting.value(), 1000);
}

TEST(InnerPoint, RejectsAPolygonWithoutArea) {
  EXPECT_THROW(InnerPoint({}), InvalidInput);
  EXPECT_THROW(InnerPoint({{{At(0, 0), At(1, 1), At(2, 2)}, {}}}), InvalidInput);
}

TEST(PlaceOfArea, HasTheRadiusOfACircleOfTheSameArea) {
  const Place place = PlaceOfArea({"T1", "Testby", {{Square(0, 0, 2000), {}}}}, "locality");
  EXPECT_EQ(place.name, "Testby");
  EXPECT_EQ(place.kind, "locality");
  EXPECT_NEAR(place.accuracy_radius.value(), 1128.379, 0.001);
}

TEST(PlaceOfArea, IsNeverFinerThan500Meters) {
  EXPECT_EQ(PlaceOfArea({"T1", "Lillby", {{Square(0, 0, 100), {}}}}, "locality").accuracy_radius,
            Meters{500});
}

}  // namespace
}  // namespace lagesbild::geo
