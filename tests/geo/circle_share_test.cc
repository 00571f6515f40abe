#include "geo/circle_share.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
Ring Box(double x0, double y0, double x1, double y1) { return {P(x0, y0), P(x1, y0), P(x1, y1), P(x0, y1)}; }

TEST(CircleShare, IsWholeInsideAndHalfOnAStraightBorder) {
  const StudyArea area({{.outer = Box(0, 0, 1000, 1000), .holes = {}}});
  EXPECT_EQ(CircleShare(P(500, 500), Meters{400}, area), 1);
  EXPECT_NEAR(CircleShare(P(0, 500), Meters{100}, area), 0.5, 1e-12);
  EXPECT_NEAR(CircleShare(P(0, 0), Meters{100}, area), 0.25, 1e-12);
}

TEST(CircleShare, FollowsTheAngleThatABorderCutsOff) {
  const StudyArea area({{.outer = Box(0, 0, 1000, 1000), .holes = {}}});
  // 50 m from the border with 100 m: the angle 2 acos(0.5) = 120 degrees lies outside.
  EXPECT_NEAR(CircleShare(P(50, 500), Meters{100}, area), 2.0 / 3, 1e-12);
}

TEST(CircleShare, LeavesOutHoles) {
  const StudyArea area({{.outer = Box(0, 0, 1000, 1000), .holes = {Box(600, 400, 900, 600)}}});
  // The circle's eastern end lies in the hole between y = 400 and y = 600: sin(angle) = 100 / 200.
  EXPECT_NEAR(CircleShare(P(500, 500), Meters{200}, area), 1 - 60.0 / 360, 1e-12);
}

TEST(CircleShare, RefusesWhatIsNoCircle) {
  const StudyArea area({{.outer = Box(0, 0, 1000, 1000), .holes = {}}});
  for (const double radius : {0.0, -1.0, std::nan(""), 1.0 * HUGE_VAL})
    EXPECT_THROW(CircleShare(P(500, 500), Meters{radius}, area), InvalidInput);
  EXPECT_THROW(CircleShare(P(std::nan(""), 500), Meters{10}, area), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
