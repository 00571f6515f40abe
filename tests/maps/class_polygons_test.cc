#include "maps/class_polygons.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "geo/errors.h"
#include "geo/released_density.h"

namespace lagesbild::maps {
namespace {

geo::PlanePoint P(double x, double y) { return {geo::Meters{x}, geo::Meters{y}}; }
geo::GridSpec Spec(int columns, int rows) { return {P(600000, 6650000), geo::Meters{100}, columns, rows}; }

/// Rows from north to south; '.' is outside, 's' suppressed.
geo::Grid<std::int8_t> Drawn(const std::vector<std::string>& rows) {
  geo::Grid<std::int8_t> grid(Spec(static_cast<int>(rows[0].size()), static_cast<int>(rows.size())));
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      grid[{static_cast<int>(c), static_cast<int>(rows.size() - 1 - r)}] =
          rows[r][c] == '.'   ? geo::kOutsideClass
          : rows[r][c] == 's' ? geo::kSuppressedClass
                              : static_cast<std::int8_t>(rows[r][c] - '0');
  return grid;
}

std::vector<ClassPolygons> Polygons(const geo::Grid<std::int8_t>& grid,
                                    const geo::StudyArea* clip = nullptr) {
  return PolygonsOfClasses(grid, geo::kOutsideClass, clip);
}

TEST(PolygonsOfClasses, DrawsACaseWorkedByHand) {
  const std::vector<ClassPolygons> drawn = Polygons(Drawn({"11.",  //
                                                           "1ss"}));
  ASSERT_EQ(drawn.size(), 2U);
  EXPECT_EQ(drawn[0].code, geo::kSuppressedClass);
  ASSERT_EQ(drawn[0].polygons.size(), 1U);
  EXPECT_EQ(drawn[0].polygons[0].outer.size(), 4U);
  EXPECT_EQ(drawn[0].polygons[0].outer[0], P(600100, 6650000));
  EXPECT_EQ(drawn[1].code, 1);
  ASSERT_EQ(drawn[1].polygons.size(), 1U);
  EXPECT_EQ(drawn[1].polygons[0].outer.size(), 6U);  // an L, without corners on straight stretches
  EXPECT_EQ(drawn[1].polygons[0].outer[0], P(600000, 6650000));
  EXPECT_EQ(geo::AreaSquareMeters(drawn[1].polygons), 30000);
}

TEST(PolygonsOfClasses, TakesCellsThatMeetAtACornerForTwoParts) {
  const std::vector<ClassPolygons> drawn = Polygons(Drawn({"1.",  //
                                                           ".1"}));
  ASSERT_EQ(drawn.size(), 1U);
  EXPECT_EQ(drawn[0].polygons.size(), 2U);
}

TEST(PolygonsOfClasses, CutsHoles) {
  const std::vector<ClassPolygons> drawn = Polygons(Drawn({"111",  //
                                                           "1.1",  //
                                                           "111"}));
  ASSERT_EQ(drawn.size(), 1U);
  ASSERT_EQ(drawn[0].polygons.size(), 1U);
  ASSERT_EQ(drawn[0].polygons[0].holes.size(), 1U);
  EXPECT_EQ(drawn[0].polygons[0].holes[0].size(), 4U);
  EXPECT_EQ(geo::AreaSquareMeters(drawn[0].polygons), 80000);
}

TEST(PolygonsOfClasses, IsValidWhereHolesMeetAtCorners) {
  const geo::Grid<std::int8_t> grid = Drawn({"11111",  //
                                             "1.111",  //
                                             "11.11",  //
                                             "1.1.1",  //
                                             "11111"});
  const std::vector<ClassPolygons> drawn = Polygons(grid);
  ASSERT_EQ(drawn.size(), 1U);
  EXPECT_EQ(geo::AreaSquareMeters(drawn[0].polygons), 210000);
  EXPECT_NEAR(geo::StudyArea(drawn[0].polygons).area_km2(), 0.21, 1e-12);  // throws when not valid
}

TEST(PolygonsOfClasses, CoversExactlyTheCellsOfAnyGrid) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 10; ++round) {
    geo::Grid<std::int8_t> grid(Spec(30, 20));
    std::map<int, double> area;
    for (std::int8_t& value : grid.values()) {
      value = static_cast<std::int8_t>(static_cast<int>(random() % 5) - 2);
      area[value] += 1e4;
    }
    area.erase(geo::kOutsideClass);
    const std::vector<ClassPolygons> drawn = Polygons(grid);
    ASSERT_EQ(drawn.size(), area.size());
    int last = geo::kOutsideClass;
    for (const ClassPolygons& shape : drawn) {
      EXPECT_GT(shape.code, last);
      last = shape.code;
      EXPECT_EQ(geo::AreaSquareMeters(shape.polygons), area[shape.code]) << shape.code;
      EXPECT_NO_THROW(geo::StudyArea{shape.polygons});
    }
  }
}

TEST(PolygonsOfClasses, EndsAtTheStudyAreasBorder) {
  const geo::StudyArea triangle({{{P(600000, 6650000), P(600200, 6650000), P(600000, 6650200)}, {}}});
  const std::vector<ClassPolygons> drawn = Polygons(Drawn({"1.",  //
                                                           "21"}),
                                                    &triangle);
  ASSERT_EQ(drawn.size(), 2U);
  EXPECT_NEAR(geo::AreaSquareMeters(drawn[0].polygons), 10000, 1e-6);  // two halves of cells
  EXPECT_NEAR(geo::AreaSquareMeters(drawn[1].polygons), 10000, 1e-6);
}

TEST(PolygonsOfClasses, GivesNothingForAnEmptyGrid) {
  EXPECT_TRUE(Polygons(geo::Grid<std::int8_t>{}).empty());
  EXPECT_TRUE(Polygons(Drawn({"..", ".."})).empty());
}

TEST(ReleasedClasses, AreTheSeriesClassesMergedToFive) {
  const Legend legend = MakeLegend(geo::Kernel::kQuartic, geo::Meters{1000}, {});
  const std::vector<DensityClass> classes = ReleasedDensityClassesOf(legend);
  ASSERT_EQ(classes.size(), 5U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(classes[i].upper, legend.density[i].upper);
    EXPECT_EQ(classes[i].color, legend.density[i].color);
  }
  EXPECT_TRUE(std::isinf(classes[4].upper));
  EXPECT_EQ(classes[4].label_sv, "över 4");
  EXPECT_EQ(classes[4].color, legend.density.back().color);
  for (const DensityClass& one : classes) EXPECT_EQ(one.label_sv.find("ensam"), std::string::npos);
  EXPECT_EQ(BreaksOf(classes), (std::vector<double>{0.1, 1, 2, 4}));
}

}  // namespace
}  // namespace lagesbild::maps
