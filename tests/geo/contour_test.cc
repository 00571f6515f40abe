#include "geo/contour.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

GridSpec Spec(int columns, int rows) {
  return {.origin = {Meters{0}, Meters{0}}, .cell_size = Meters{10}, .columns = columns, .rows = rows};
}

Grid<double> Surface(int columns, int rows, const std::vector<double>& values) {
  Grid<double> grid(Spec(columns, rows));
  grid.values() = values;
  return grid;
}

double SignedArea(const Contour& line) {
  double twice = 0;
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    const PlanePoint &a = line.points[i], &b = line.points[(i + 1) % line.points.size()];
    twice += a.easting.value() * b.northing.value() - b.easting.value() * a.northing.value();
  }
  return twice / 2;
}

TEST(ContoursOf, SurroundsAPeakCounterClockwise) {
  const auto lines = ContoursOf(Surface(3, 3, {0, 0, 0, 0, 4, 0, 0, 0, 0}), 1);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].closed);
  ASSERT_EQ(lines[0].points.size(), 4u);
  // A square on its tip, three quarters of a cell from the middle to each tip.
  EXPECT_NEAR(SignedArea(lines[0]), 2 * 7.5 * 7.5, 1e-12);
}

TEST(ContoursOf, CrossesASlopeWithTheHighSideToTheLeft) {
  const auto lines = ContoursOf(Surface(3, 2, {0, 1, 2, 0, 1, 2}), 0.5);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].closed);
  ASSERT_EQ(lines[0].points.size(), 2u);
  for (const PlanePoint& point : lines[0].points) EXPECT_EQ(point.easting, Meters{10});
  // Larger values in the east lie to the left of a line that goes south.
  EXPECT_GT(lines[0].points[0].northing, lines[0].points[1].northing);
}

TEST(ContoursOf, JoinsASaddleByItsMean) {
  EXPECT_EQ(ContoursOf(Surface(2, 2, {1, 0, 0, 1}), 0.4).size(), 2u);
  const auto high = ContoursOf(Surface(4, 4, {0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0}), 1);
  EXPECT_EQ(high.size(), 1u) << "the mean 1.5 joins the peaks";
  const auto low = ContoursOf(Surface(4, 4, {0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0}), 2);
  EXPECT_EQ(low.size(), 2u) << "the mean 1.5 parts the peaks";
}

TEST(ContoursOf, EndsWhereNothingIsKnown) {
  const double nan = std::nan("");
  EXPECT_TRUE(ContoursOf(Surface(2, 2, {0, 1, nan, 1}), 0.5).empty());
  const auto lines = ContoursOf(Surface(3, 3, {0, 0, nan, 0, 4, 0, 0, 0, 0}), 1);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].closed);
  EXPECT_TRUE(ContoursOf(Surface(2, 2, {0, 0, 0, 0}), 0.5).empty());
  EXPECT_THROW(ContoursOf(Surface(2, 2, {0, 1, 0, 1}), nan), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
