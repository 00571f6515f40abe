#include "geo/street_meeting.h"

#include <gmock/gmock.h>

namespace lagesbild::geo {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

/// Houses on either side of a straight street, 20 m apart, from `from` on by `direction` (of 1 m).
StreetHouses Straight(PlanePoint from, double east, double north, int houses) {
  StreetHouses street;
  street.sides.resize(2);
  for (int i = 0; i < houses; ++i)
    for (const int side : {0, 1}) {
      const double along = 20.0 * i, off = side == 0 ? 10 : -10;
      const PlanePoint p = At(from.easting.value() + along * east - off * north,
                              from.northing.value() + along * north + off * east);
      street.houses.push_back(p);
      street.sides[static_cast<std::size_t>(side)].push_back(p);
    }
  return street;
}

TEST(StreetMeeting, IsWhereTwoStreetsRunAcrossEachOther) {
  const auto found = EstimateCrossings(Straight(At(-100, 0), 1, 0, 11), Straight(At(0, -100), 0, 1, 11));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(found[0].position.easting.value(), 0, 1);
  EXPECT_NEAR(found[0].position.northing.value(), 0, 1);
}

TEST(StreetMeeting, IsFoundAtTheEndOfAStreetWhoseLastHouseStandsBeforeTheCorner) {
  const auto found = EstimateCrossings(Straight(At(-200, 0), 1, 0, 21), Straight(At(0, 40), 0, 1, 8));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(found[0].position.easting.value(), 0, 5);
  EXPECT_NEAR(found[0].position.northing.value(), 0, 15);
}

TEST(StreetMeeting, IsNowhereForStreetsFarApart) {
  EXPECT_THAT(EstimateCrossings(Straight(At(0, 0), 1, 0, 10), Straight(At(0, 500), 1, 0, 10)), IsEmpty());
  EXPECT_THAT(EstimateCrossings({}, Straight(At(0, 500), 1, 0, 10)), IsEmpty());
}

TEST(StreetMeeting, IsNowhereForStreetsWithTheirGardensBackToBack) {
  EXPECT_THAT(EstimateCrossings(Straight(At(0, 0), 1, 0, 20), Straight(At(0, 65), 1, 0, 20)), IsEmpty());
}

TEST(StreetMeeting, IsTwoPlacesForAStreetThatComesBack) {
  StreetHouses loop = Straight(At(-200, -100), 0, 1, 11);
  const StreetHouses back = Straight(At(200, 100), 0, -1, 11);
  loop.houses.insert(loop.houses.end(), back.houses.begin(), back.houses.end());
  loop.sides.insert(loop.sides.end(), back.sides.begin(), back.sides.end());
  const auto found = EstimateCrossings(Straight(At(-300, 0), 1, 0, 31), loop);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_LT(found[0].position, found[1].position);
}

TEST(StreetMeeting, SaysHowFarTheHousesStandThatSpeakForIt) {
  const auto found = EstimateCrossings(Straight(At(-100, 0), 1, 0, 11), Straight(At(0, -100), 0, 1, 11));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_GE(found[0].spread_m, 10);
  EXPECT_LE(found[0].spread_m, 30);
}

}  // namespace
}  // namespace lagesbild::geo
