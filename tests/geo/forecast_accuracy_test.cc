#include "geo/forecast_accuracy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// Four equal areas; predicted order 2, 1, 3, 4 with a tie between 1 and 3.
std::vector<ForecastArea> Four() {
  return {{1, 5, 2, 1, 0.25}, {2, 9, 6, 4, 0.25}, {3, 5, 1, 3, 0.25}, {4, 1, 1, 0, 0.25}};
}

TEST(ForecastAccuracy, FollowsTheFormulasByHand) {
  const auto one = AssessForecast(Four(), 1);
  EXPECT_EQ(one.hit_count, 4);
  EXPECT_DOUBLE_EQ(one.hit_rate, 0.5);
  EXPECT_DOUBLE_EQ(one.area_share, 0.25);
  EXPECT_DOUBLE_EQ(one.accuracy_index, 2);
  EXPECT_DOUBLE_EQ(one.efficiency_index, 1);
  EXPECT_DOUBLE_EQ(one.recapture_rate, 0.5 / 0.6);
}

TEST(ForecastAccuracy, GivesTiesToTheLowerIdWhateverTheOrder) {
  auto areas = Four();
  std::reverse(areas.begin(), areas.end());
  const auto two = AssessForecast(areas, 2);
  EXPECT_EQ(two.hit_count, 5);  // areas 2 and 1
  EXPECT_DOUBLE_EQ(two.best_accuracy_index, 7.0 / 8 / 0.5);
  EXPECT_DOUBLE_EQ(two.efficiency_index, 5.0 / 7);
}

TEST(ForecastAccuracy, HasNoBestChoiceAmongUnequalAreas) {
  auto areas = Four();
  areas[3].area_km2 = 2;
  const auto result = AssessForecast(areas, 1);
  EXPECT_TRUE(std::isnan(result.best_accuracy_index));
  EXPECT_TRUE(std::isnan(result.efficiency_index));
  EXPECT_DOUBLE_EQ(result.accuracy_index, 0.5 / (0.25 / 2.75));
}

TEST(ForecastAccuracy, IsUndefinedWithoutIncidents) {
  auto areas = Four();
  for (ForecastArea& area : areas) area.test_incidents = 0;
  EXPECT_TRUE(std::isnan(AssessForecast(areas, 1).accuracy_index));
  areas = Four();
  for (ForecastArea& area : areas) area.train_incidents = 0;
  EXPECT_TRUE(std::isnan(AssessForecast(areas, 1).recapture_rate));
}

TEST(ForecastAccuracy, RejectsWhatItCannotUse) {
  EXPECT_THROW(AssessForecast(Four(), 0), InvalidInput);
  EXPECT_THROW(AssessForecast(Four(), 5), InvalidInput);
  auto areas = Four();
  areas[0].area_km2 = 0;
  EXPECT_THROW(AssessForecast(areas, 1), InvalidInput);
  areas = Four();
  areas[0].predicted = std::nan("");
  EXPECT_THROW(AssessForecast(areas, 1), InvalidInput);
  areas = Four();
  areas[0].test_incidents = -1;
  EXPECT_THROW(AssessForecast(areas, 1), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
