#include "geo/distance_weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double x, double y) { return {Meters{600000 + x}, Meters{6640000 + y}}; }

const std::vector<PlanePoint> kRow = {At(0, 0), At(100, 0), At(300, 0), At(1000, 0)};

TEST(DistanceBandWeights, HoldThoseAtTheDistanceItself) {
  const SpatialWeights weights = DistanceBandWeights(kRow, Meters{200});
  EXPECT_EQ(weights.cardinality(0), 1);
  EXPECT_EQ(weights.cardinality(1), 2);
  EXPECT_TRUE(weights.is_island(3));
  EXPECT_FALSE(weights.has_self(0));
}

TEST(NearestWeights, HaveAsManyAsAskedForAndNeedNotBeMutual) {
  const SpatialWeights weights = NearestWeights(kRow, 1);
  EXPECT_EQ(weights.row(3)[0].index, 2);
  EXPECT_EQ(weights.row(2)[0].index, 1);
  EXPECT_EQ(weights.row(1)[0].index, 0);
  for (int i = 0; i < weights.size(); ++i) EXPECT_EQ(weights.cardinality(i), 1);
}

TEST(NearestWeights, TakeTheFirstOfThoseThatAreAsFarAway) {
  const std::vector<PlanePoint> places = {At(0, 0), At(100, 0), At(-100, 0), At(0, 100)};
  EXPECT_EQ(NearestWeights(places, 1).row(0)[0].index, 1);
}

TEST(InverseDistanceWeights, FallWithTheDistance) {
  const SpatialWeights weights = InverseDistanceWeights(kRow, Meters{300});
  ASSERT_EQ(weights.cardinality(0), 2);
  EXPECT_DOUBLE_EQ(weights.row(0)[0].weight, 1.0 / 100);
  EXPECT_DOUBLE_EQ(weights.row(0)[1].weight, 1.0 / 300);
}

TEST(InverseDistanceWeights, RefuseTwoPlacesAtOnePosition) {
  EXPECT_THROW(InverseDistanceWeights(std::vector{At(0, 0), At(0, 0)}, Meters{10}), InvalidInput);
}

TEST(DistanceWeights, RefuseWhatIsNoDistanceNumberOrPlace) {
  EXPECT_THROW(DistanceBandWeights(kRow, Meters{-1}), InvalidInput);
  EXPECT_THROW(DistanceBandWeights(std::vector{At(std::nan(""), 0)}, Meters{1}), InvalidInput);
  EXPECT_THROW(NearestWeights(kRow, 0), InvalidInput);
  EXPECT_THROW(NearestWeights(kRow, 4), InvalidInput);
  EXPECT_THROW(NearestWeights(std::vector{At(std::nan(""), 0), At(0, 0)}, 1), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
