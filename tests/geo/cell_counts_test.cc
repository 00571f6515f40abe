#include "geo/cell_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

const GridSpec kTwoByTwo{{Meters{0}, Meters{0}}, Meters{100}, 2, 2};

TEST(CountInCells, PutsAPointOnALineNorthEastOfIt) {
  const std::vector<PlanePoint> points = {
      {Meters{100}, Meters{100}}, {Meters{0}, Meters{0}}, {Meters{99.9}, Meters{100}}};
  const CellCounts counts = CountInCells(points, kTwoByTwo);
  EXPECT_THAT(counts.counts.values(), ::testing::ElementsAre(1, 0, 1, 1));
  EXPECT_EQ(counts.outside, 0);
}

TEST(CountInCells, CountsWhatFallsOutside) {
  const std::vector<PlanePoint> points = {{Meters{200}, Meters{50}},
                                          {Meters{-1}, Meters{50}},
                                          {Meters{std::nan("")}, Meters{0}},
                                          {Meters{50}, Meters{50}}};
  const CellCounts counts = CountInCells(points, kTwoByTwo);
  EXPECT_EQ(counts.outside, 3);
  EXPECT_THAT(counts.counts.values(), ::testing::ElementsAre(1, 0, 0, 0));
}

TEST(CountInCells, GivesZerosWithoutPoints) {
  const CellCounts counts = CountInCells({}, kTwoByTwo);
  EXPECT_THAT(counts.counts.values(), ::testing::Each(0));
}

TEST(CountInCells, RejectsAGridWithoutCells) {
  EXPECT_THROW(CountInCells({}, GridSpec{}), InvalidInput);
  EXPECT_THROW(CountInCells({}, (GridSpec{{}, Meters{std::nan("")}, 1, 1})), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
