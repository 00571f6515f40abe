#include "geo/study_area.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

Ring Box(double x0, double y0, double x1, double y1) {
  return {
      {Meters{x0}, Meters{y0}}, {Meters{x1}, Meters{y0}}, {Meters{x1}, Meters{y1}}, {Meters{x0}, Meters{y1}}};
}
PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }

TEST(StudyArea, ContainsPointsInsideAndOnTheBoundary) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {}}});
  EXPECT_TRUE(area.contains(P(500, 500)));
  EXPECT_TRUE(area.contains(P(0, 500)));
  EXPECT_TRUE(area.contains(P(1000, 1000)));
  EXPECT_TRUE(area.contains(P(500, 1000)));
  EXPECT_FALSE(area.contains(P(-0.001, 500)));
  EXPECT_FALSE(area.contains(P(500, 1000.001)));
}

TEST(StudyArea, ExcludesHolesButNotTheirBoundary) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {Box(400, 400, 600, 600)}}});
  EXPECT_FALSE(area.contains(P(500, 500)));
  EXPECT_TRUE(area.contains(P(400, 500)));
  EXPECT_TRUE(area.contains(P(300, 500)));
  EXPECT_DOUBLE_EQ(area.area_km2(), 0.96);
}

TEST(StudyArea, HasSeveralPartsWithAnIslandInAHole) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {Box(200, 200, 800, 800)}}, {Box(400, 400, 600, 600), {}}});
  EXPECT_TRUE(area.contains(P(500, 500)));
  EXPECT_FALSE(area.contains(P(300, 500)));
  EXPECT_TRUE(area.contains(P(100, 500)));
  EXPECT_DOUBLE_EQ(area.area_km2(), 1 - 0.36 + 0.04);
}

TEST(StudyArea, CountsARayThroughAVertexOnce) {
  // A diamond: the ray from the center to the east meets the eastern vertex.
  const StudyArea area({{{P(0, -10), P(10, 0), P(0, 10), P(-10, 0)}, {}}});
  EXPECT_TRUE(area.contains(P(0, 0)));
  EXPECT_FALSE(area.contains(P(-10.5, 0)));
  EXPECT_FALSE(area.contains(P(-6, -6)));
}

TEST(StudyArea, OrientsOuterRingsCounterClockwiseAndHolesClockwise) {
  Ring clockwise = Box(0, 0, 10, 10);
  std::reverse(clockwise.begin(), clockwise.end());
  const StudyArea area({{clockwise, {Box(4, 4, 6, 6)}}});
  const Ring& outer = area.polygons()[0].outer;
  const Ring& hole = area.polygons()[0].holes[0];
  const auto doubled = [](const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto &a = ring[i], &b = ring[(i + 1) % ring.size()];
      sum += a.easting.value() * b.northing.value() - b.easting.value() * a.northing.value();
    }
    return sum;
  };
  EXPECT_DOUBLE_EQ(doubled(outer), 200);
  EXPECT_DOUBLE_EQ(doubled(hole), -8);
}

TEST(StudyArea, MeasuresDistanceFromBothSides) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {Box(400, 400, 600, 600)}}});
  EXPECT_DOUBLE_EQ(area.distance_to_boundary(P(100, 500)).value(), 100);
  EXPECT_DOUBLE_EQ(area.distance_to_boundary(P(370, 500)).value(), 30);
  EXPECT_DOUBLE_EQ(area.distance_to_boundary(P(-30, -40)).value(), 50);
  EXPECT_DOUBLE_EQ(area.distance_to_boundary(P(500, 5000)).value(), 4000);
  EXPECT_DOUBLE_EQ(area.distance_to_boundary(P(500, 500)).value(), 100);
  EXPECT_TRUE(std::isnan(area.distance_to_boundary(P(std::nan(""), 0)).value()));
}

TEST(StudyArea, KeepsItsAreaAtSwedishNorthings) {
  const StudyArea near({{Box(0, 0, 123.5, 77.25), {}}});
  const StudyArea far({{Box(600000, 6.6e6, 600123.5, 6600077.25), {}}});
  EXPECT_DOUBLE_EQ(near.area_km2(), far.area_km2());
}

TEST(StudyArea, IgnoresARepeatedLastPointAndRepeatedNeighbors) {
  Ring ring = Box(0, 0, 10, 10);
  ring.insert(ring.begin() + 1, ring[0]);
  ring.push_back(ring[0]);
  const StudyArea area({{ring, {}}});
  EXPECT_EQ(area.polygons()[0].outer.size(), 4u);
}

TEST(StudyArea, FindsEachEdgeNearAPointOnce) {
  const StudyArea area({{Box(0, 0, 1000, 1000), {Box(400, 400, 600, 600)}}});
  std::vector<StudyArea::Edge> edges;
  area.EdgesNear(P(10, 10), Meters{20}, edges);
  EXPECT_EQ(edges.size(), 2u);
  area.EdgesNear(P(500, 500), Meters{5000}, edges);
  EXPECT_EQ(edges.size(), 8u);
  area.EdgesNear(P(200, 200), Meters{20}, edges);
  EXPECT_TRUE(edges.empty());
}

TEST(StudyArea, SaysWhereTheBoundaryCrossesItself) {
  const Ring bow_tie = {P(0, 0), P(10, 10), P(10, 0), P(0, 10)};
  try {
    StudyArea area({{bow_tie, {}}});
    FAIL() << "a bow tie was accepted";
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("easting 5.0"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("northing 5.0"));
  }
}

TEST(StudyArea, RejectsBrokenRings) {
  EXPECT_THROW(StudyArea({}), InvalidInput);
  EXPECT_THROW(StudyArea({{{P(0, 0), P(1, 1)}, {}}}), InvalidInput);
  EXPECT_THROW(StudyArea({{{P(0, 0), P(1, 1), P(0, 0), P(1, 1)}, {}}}), InvalidInput);
  EXPECT_THROW(StudyArea({{{P(0, 0), P(1, 1), P(2, 2)}, {}}}), InvalidInput);
  EXPECT_THROW(StudyArea({{{P(0, 0), P(1, 0), P(std::numeric_limits<double>::infinity(), 2)}, {}}}),
               InvalidInput);
  EXPECT_THROW(StudyArea({{Box(0, 0, 10, 10), {Box(20, 20, 30, 30)}}}), InvalidInput);
  EXPECT_THROW(StudyArea({{Box(0, 0, 10, 10), {}}, {Box(5, 5, 15, 15), {}}}), InvalidInput);
}

TEST(StudyArea, RejectsMoreThanAHundredThousandVertices) {
  Ring ring;
  for (int i = 0; i < 100'001; ++i) {
    const double angle = i * 2 * 3.14159265358979 / 100'001;
    ring.push_back(P(1e5 * std::cos(angle), 1e5 * std::sin(angle)));
  }
  EXPECT_THROW(StudyArea({{ring, {}}}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
