#include "maps/svg_map.h"

#include <cpl_minixml.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/errors.h"
#include "maps/report_density.h"
#include "maps/svg_shapes.h"
#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps {
namespace {

geo::PlanePoint At(double easting, double northing) { return {geo::Meters{easting}, geo::Meters{northing}}; }

geo::Ring Square(double west, double south, double side) {
  return {At(west, south), At(west + side, south), At(west + side, south + side), At(west, south + side)};
}

/// 10 km wide and high, 50 mm on paper: 0.5 units per meter.
SvgMap SmallMap() {
  SvgMap map;
  map.id = "m";
  map.title = "Title";
  map.description = "Description";
  map.south_west = At(600000, 6640000);
  map.north_east = At(610000, 6650000);
  map.width_mm = 50;
  map.classes = {{1, "solid", {10, 20, 30, 255}, {}, FillPattern::kSolid, 0},
                 {2, "hatched", {0, 0, 0, 255}, {0, 0, 0, 255}, FillPattern::kHatched, 0.1},
                 {3, "ring", {}, {63, 0, 125, 255}, FillPattern::kNone, 0.5}};
  return map;
}

bool Holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(SvgText, DrawsARingInHundredthsOfAMillimeterWithNorthUp) {
  SvgMap map = SmallMap();
  map.areas = {{1, {Square(600000, 6640000, 1000)}}};
  EXPECT_TRUE(Holds(SvgText(map), "d=\"M0 5000h500v-500h-500z\" fill-rule=\"evenodd\" fill=\"#0a141e\""));
}

TEST(SvgText, HatchesWithAPatternOfItsOwn) {
  SvgMap map = SmallMap();
  map.areas = {{2, {Square(601000, 6641000, 1000)}}};
  const std::string svg = SvgText(map);
  EXPECT_TRUE(Holds(svg, "<pattern id=\"m-h2\"")) << svg;
  EXPECT_TRUE(Holds(svg, "fill=\"url(#m-h2)\""));
}

TEST(SvgText, LeavesOutWhatLiesOutside) {
  SvgMap map = SmallMap();
  const std::string empty = SvgText(map);
  map.areas = {{1, {Square(700000, 6640000, 1000)}}};
  EXPECT_EQ(SvgText(map), empty);
}

TEST(SvgText, HasTitleAndDescriptionForThoseWhoDoNotSee) {
  const std::string svg = SvgText(SmallMap());
  EXPECT_TRUE(Holds(svg, "role=\"img\" aria-labelledby=\"m-title m-desc\""));
  EXPECT_TRUE(Holds(svg, "<title id=\"m-title\">Title</title>\n<desc id=\"m-desc\">Description</desc>"));
}

TEST(SvgText, HasAScaleBarOfARoundLength) {
  EXPECT_TRUE(Holds(SvgText(SmallMap()), ">2 km</text>"));
  EXPECT_TRUE(Holds(SvgText(SmallMap()), "v70H1060v-70"));  // from 60, 2 km = 1000 units
}

TEST(SvgText, LeavesOutALabelThatFindsNoRoom) {
  SvgMap map = SmallMap();
  for (int i = 0; i < 40; ++i) map.labels.push_back({At(605000, 6645000), "Namn"});
  const std::string svg = SvgText(map);
  std::size_t found = 0;
  for (std::size_t at = svg.find(">Namn<"); at != std::string::npos; at = svg.find(">Namn<", at + 1)) ++found;
  EXPECT_GT(found, 1U);
  EXPECT_LT(found, 10U);
}

TEST(SvgText, NeverLeavesOutTheNumberOfARing) {
  SvgMap map = SmallMap();
  map.classes[2].marker_mm = 4;
  for (int i = 1; i <= 12; ++i) map.marks.push_back({At(605000, 6645000), 3, true, "n" + std::to_string(i)});
  const std::string svg = SvgText(map);
  for (int i = 1; i <= 12; ++i) EXPECT_TRUE(Holds(svg, ">n" + std::to_string(i) + "<")) << i;
}

TEST(SvgText, StaysXmlWithNamesThatBreakMarkup) {
  SvgMap map = SmallMap();
  map.title = map.description = testing::kHostileName;
  map.labels = {{At(605000, 6645000), testing::kHostileName}};
  CPLXMLNode* tree = CPLParseXMLString(SvgText(map).c_str());
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(std::string(CPLGetXMLValue(tree, "=svg.desc", "")).rfind("<&\"'%]]>", 0), 0U);
  CPLDestroyXMLNode(tree);
}

TEST(SvgText, RejectsACodeWithoutAClass) {
  SvgMap map = SmallMap();
  map.areas = {{99, {Square(601000, 6641000, 1000)}}};
  EXPECT_THROW(SvgText(map), geo::InvalidInput);
}

TEST(SvgText, RejectsAnEmptyExtent) {
  SvgMap map = SmallMap();
  map.north_east = map.south_west;
  EXPECT_THROW(SvgText(map), geo::InvalidInput);
}

TEST(SvgRing, LeavesOutPointsThatNobodySees) {
  EXPECT_EQ(SvgRing({{0, 0}, {1, 1}, {100, 0}, {100, 100}}), "M0 0h100v100z");
  EXPECT_EQ(SvgRing({{0, 0}, {1, 1}, {2, 0}}), "");
  EXPECT_EQ(SvgRing({}), "");
}

geo::Grid<double> GridOf(int columns, int rows, std::vector<double> values) {
  geo::Grid<double> grid(geo::GridSpec{At(0, 0), geo::Meters{100}, columns, rows});
  grid.values() = std::move(values);
  return grid;
}

TEST(RingsAbove, FollowTheSidesOfTheCells) {
  const auto rings = RingsAbove(GridOf(3, 2, {0, 2, 2, 0, 2, 0}), 1);
  ASSERT_EQ(rings.size(), 1U);
  EXPECT_EQ(rings[0],
            (geo::Ring{At(100, 0), At(300, 0), At(300, 100), At(200, 100), At(200, 200), At(100, 200)}));
}

TEST(RingsAbove, LeaveAHoleAsARingOfItsOwn) {
  const auto rings = RingsAbove(GridOf(3, 3, {2, 2, 2, 2, 0, 2, 2, 2, 2}), 1);
  ASSERT_EQ(rings.size(), 2U);
  EXPECT_EQ(rings[0].size(), 4U);
  EXPECT_EQ(rings[1].size(), 4U);
}

TEST(RingsAbove, CloseAtCornersWhereTwoCellsMeet) {
  const auto rings = RingsAbove(GridOf(2, 2, {2, 0, 0, 2}), 1);
  double area = 0;
  for (const geo::Ring& ring : rings) area += geo::AreaSquareMeters({{ring, {}}});
  EXPECT_NEAR(area, 20000, 1e-6);
}

TEST(RingsAbove, TakeTheBreakItselfAndNoDataForOutside) {
  EXPECT_TRUE(RingsAbove(GridOf(2, 1, {1, std::numeric_limits<double>::quiet_NaN()}), 1).empty());
}

}  // namespace
}  // namespace lagesbild::maps
