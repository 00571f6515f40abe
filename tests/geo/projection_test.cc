#include "geo/projection.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

TEST(Projection, PutsTheCentralMeridianOnTheFalseEasting) {
  const Projection projection(Epsg{3006});
  const PlanePoint point = projection.Forward({Degrees{15}, Degrees{60}});
  EXPECT_NEAR(point.easting.value(), 500000, 1e-6);
  // Meridian arc of GRS 80 to 60 degrees north, 6654072.819 m, times 0.9996.
  EXPECT_NEAR(point.northing.value(), 6654072.819 * 0.9996, 0.01);
}

TEST(Projection, GivesEastingFirstWhateverTheAuthoritySays) {
  const Projection projection(Epsg{3006});
  const PlanePoint heby = projection.Forward({Degrees{16.86}, Degrees{59.94}});
  EXPECT_GT(heby.easting.value(), 600000);
  EXPECT_LT(heby.easting.value(), 610000);
  EXPECT_GT(heby.northing.value(), 6640000);
  EXPECT_LT(heby.northing.value(), 6650000);
}

TEST(Projection, ReturnsToTheSamePosition) {
  const Projection projection(Epsg{3006});
  const PlanePoint point{Meters{604123.4}, Meters{6645678.9}};
  const PlanePoint back = projection.Forward(projection.Inverse(point));
  EXPECT_NEAR(back.easting.value(), point.easting.value(), 1e-6);
  EXPECT_NEAR(back.northing.value(), point.northing.value(), 1e-6);
}

TEST(Projection, MovesWithItsTransformation) {
  Projection first(Epsg{3006});
  const Projection second = std::move(first);
  EXPECT_NEAR(second.Forward({Degrees{15}, Degrees{60}}).easting.value(), 500000, 1e-6);
  EXPECT_EQ(second.crs(), Epsg{3006});
}

TEST(Projection, RejectsCodesThatAreNotProjectedInMeters) {
  EXPECT_THROW(Projection(Epsg{999999}), InvalidInput);
  EXPECT_THROW(Projection(Epsg{4326}), InvalidInput);
  EXPECT_THROW(Projection(Epsg{2263}), InvalidInput);  // New York, US survey feet
}

TEST(Projection, RejectsPositionsOutsideTheAreaOfUse) {
  const Projection projection(Epsg{3006});
  EXPECT_THROW(projection.Forward({Degrees{-70}, Degrees{60}}), InvalidInput);
  EXPECT_THROW(projection.Forward({Degrees{59.9}, Degrees{16.8}}), InvalidInput);  // axes swapped
  EXPECT_THROW(projection.Forward({Degrees{std::nan("")}, Degrees{60}}), InvalidInput);
  EXPECT_THROW(projection.Inverse({Meters{6645678.9}, Meters{604123.4}}), InvalidInput);
  EXPECT_THROW(projection.Inverse({Meters{HUGE_VAL}, Meters{0}}), InvalidInput);
}

TEST(PlaneTransform, TakesLocalSweref99ZonesIntoSweref99TmEastingFirst) {
  // Heby town: the check point of geocoding.md section 8, to a meter as printed there.
  for (const auto& [zone, easting, northing] :
       {std::tuple{3010, 170248.0, 6647232.0}, std::tuple{3011, 86394.0, 6647723.0}}) {
    const PlaneTransform into(Epsg{zone}, Epsg{3006});
    const PlanePoint point = into({Meters{easting}, Meters{northing}});
    EXPECT_NEAR(point.easting.value(), 604054, 1.5) << zone;
    EXPECT_NEAR(point.northing.value(), 6645981, 1.5) << zone;
    const PlanePoint back = PlaneTransform(Epsg{3006}, Epsg{zone})(point);
    EXPECT_NEAR(back.easting.value(), easting, 0.001) << zone;
    EXPECT_NEAR(back.northing.value(), northing, 0.001) << zone;
  }
}

TEST(PlaneTransform, KnowsEveryLocalZone) {
  for (int zone = 3007; zone <= 3018; ++zone) EXPECT_NO_THROW(PlaneTransform(Epsg{zone}, Epsg{3006})) << zone;
}

TEST(PlaneTransform, RefusesPointsThatTheZoneIsNotMeantFor) {
  const PlaneTransform into(Epsg{3011}, Epsg{3006});
  EXPECT_THROW(into({Meters{6647723}, Meters{86394}}), InvalidInput) << "axes exchanged";
}

}  // namespace
}  // namespace lagesbild::geo
