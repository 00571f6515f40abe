#include "geo/hotspot_stability.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "geo/errors.h"
#include "tests/geo/even_municipality.h"

namespace lagesbild::geo {
namespace {

HotspotStability Measure(const Municipality& municipality) {
  return MeasureStability(municipality.input, MakeSituationPicture(municipality.input, {}));
}

const PlaceStability& Youths(const HotspotStability& stability) {
  const auto found = std::find_if(stability.places.begin(), stability.places.end(),
                                  [](const PlaceStability& place) { return place.group == "UNGDOM"; });
  EXPECT_NE(found, stability.places.end());
  return *found;
}

TEST(MeasureStability, FindsAPlantedPlaceInNearlyEveryVariant) {
  Municipality municipality;
  municipality.PlantHotspot();
  const HotspotStability stability = Measure(municipality);
  ASSERT_EQ(stability.variants.size(),
            8u);  // three shifts, two sizes, without repeats, without either reporter
  const PlaceStability& place = Youths(stability);
  EXPECT_EQ(place.hot.size(), 8u);
  EXPECT_EQ(place.hot_variants, std::count(place.hot.begin(), place.hot.end(), true));
  EXPECT_DOUBLE_EQ(place.share, place.hot_variants / 8.0);
  EXPECT_GE(place.share, 0.7);
}

TEST(MeasureStability, NamesTheReporterThatAPlaceRestsOn) {
  Municipality municipality;
  municipality.PlantHotspot();
  for (std::size_t i = 0; i < 30; ++i)
    municipality.input.incidents[i].reporter = i % 2 == 0 ? "polisen" : "skola";
  for (std::size_t i = 30; i < 38; ++i) municipality.input.incidents[i].reporter = "forening";
  const HotspotStability stability = Measure(municipality);
  EXPECT_EQ(Youths(stability).leans_on, std::vector<std::string>{"forening"});
}

TEST(MeasureStability, LeavesNobodyOutWhereOneAloneReports) {
  Municipality municipality;
  municipality.PlantHotspot();
  for (Incident& incident : municipality.input.incidents) incident.reporter = "polisen";
  const HotspotStability stability = Measure(municipality);
  EXPECT_EQ(stability.variants.size(), 6u);
  EXPECT_TRUE(Youths(stability).leans_on.empty());
}

TEST(MeasureStability, IsTheSameForAnyOrderOfTheIncidents) {
  Municipality municipality;
  municipality.PlantHotspot();
  const HotspotStability first = Measure(municipality);
  std::reverse(municipality.input.incidents.begin(), municipality.input.incidents.end());
  const HotspotStability second = Measure(municipality);
  ASSERT_EQ(first.places.size(), second.places.size());
  for (std::size_t i = 0; i < first.places.size(); ++i) EXPECT_EQ(first.places[i].hot, second.places[i].hot);
}

TEST(MeasureStability, HasNothingToSayWhereNothingIsHot) {
  Municipality municipality;
  municipality.Add(100, 100, 15);
  const HotspotStability stability = Measure(municipality);
  EXPECT_TRUE(stability.places.empty());
  EXPECT_FALSE(stability.variants.empty());
}

TEST(MeasureStability, RefusesAPictureOfOtherGroupsAndStops) {
  Municipality municipality;
  municipality.PlantHotspot();
  SituationPicture picture = MakeSituationPicture(municipality.input, {});
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(MeasureStability(municipality.input, picture, source.get_token()), Cancelled);
  picture.layers.pop_back();
  EXPECT_THROW(MeasureStability(municipality.input, picture), InvalidInput);
  municipality.input.study_area = nullptr;
  EXPECT_THROW(MeasureStability(municipality.input, picture), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
