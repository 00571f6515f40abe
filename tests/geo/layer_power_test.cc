#include "geo/layer_power.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

TEST(MeasureLayerPower, TellsWhatTheMedianNeighborhoodCouldShow) {
  const std::vector<double> exposures = {0, 10, 20, 30, 400, 1000};
  const LayerPower power = MeasureLayerPower(40, exposures, 1000, 200, {});
  EXPECT_NEAR(power.exposure_share, 0.03, 1e-12);
  const DetectableConcentration same = LeastDetectable(40, 0.03, 200, 3, 0.05, 0.8);
  EXPECT_EQ(power.at_this_number.least_count, same.least_count);
  EXPECT_EQ(power.least_incidents, LeastIncidents(10, 0.03, 200, 3, 0.05, 0.8));
}

TEST(MeasureLayerPower, HasNothingToSayWhereEveryNeighborhoodHoldsAll) {
  const LayerPower power = MeasureLayerPower(40, std::vector<double>{0, 50, 50}, 50, 2, {});
  EXPECT_EQ(power.exposure_share, 0);
  EXPECT_TRUE(std::isnan(power.at_this_number.detectable_share));
  EXPECT_EQ(power.least_incidents, 0);
}

TEST(MeasureLayerPower, RefusesExposuresThatAreNone) {
  EXPECT_THROW(MeasureLayerPower(40, std::vector<double>{-1, 2}, 50, 2, {}), InvalidInput);
  EXPECT_THROW(MeasureLayerPower(40, std::vector<double>{std::nan(""), 2}, 50, 2, {}), InvalidInput);
  EXPECT_THROW(MeasureLayerPower(40, std::vector<double>{1, 2}, std::nan(""), 2, {}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
