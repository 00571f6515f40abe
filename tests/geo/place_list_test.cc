#include "geo/place_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "tests/geo/even_municipality.h"

namespace lagesbild::geo {
namespace {

PlaceList ListOf(const Municipality& municipality, const std::vector<EarlierQuarter>& earlier = {}) {
  return MakePlaceList(municipality.input, MakeSituationPicture(municipality.input, {}), earlier);
}

const ListedPlace* Youths(const PlaceList& list) {
  const auto found = std::find_if(list.places.begin(), list.places.end(),
                                  [](const ListedPlace& place) { return place.group == "UNGDOM"; });
  return found == list.places.end() ? nullptr : &*found;
}

TEST(MakePlaceList, TellsOfEachHotPlaceWhatItRestsOn) {
  Municipality municipality;
  municipality.PlantHotspot();
  const PlaceList list = ListOf(municipality);
  const ListedPlace* place = Youths(list);
  ASSERT_NE(place, nullptr);
  EXPECT_EQ(place->variants, 8);
  EXPECT_DOUBLE_EQ(place->stability, place->hot_variants / 8.0);
  EXPECT_LT(place->interval.lower, place->place.tested);
  EXPECT_GT(place->interval.upper, place->place.tested);
  EXPECT_GT(place->interval.lower, place->place.expected);
  EXPECT_GT(place->place.binomial_p, 0);
  EXPECT_LE(place->place.binomial_p, place->place.q_value);
  EXPECT_EQ(place->tested_quarters, 0);
}

TEST(MakePlaceList, CountsEarlierQuartersInWhichThePlaceWasHot) {
  Municipality municipality;
  municipality.PlantHotspot();
  const std::vector<EarlierQuarter> earlier = {{{2026, 2}, municipality.input.incidents}, {{2026, 1}, {}}};
  const PlaceList list = ListOf(municipality, earlier);
  const ListedPlace* place = Youths(list);
  ASSERT_NE(place, nullptr);
  EXPECT_EQ(list.earlier.size(), 2U);
  EXPECT_EQ(place->tested_quarters, 1);  // an empty quarter cannot be tested
  EXPECT_EQ(place->hot_quarters, 1);
}

TEST(MakePlaceList, ComparesOnlyReportersThatReportNowToo) {
  Municipality municipality;
  municipality.PlantHotspot();
  std::vector<EarlierQuarter> earlier = {{{2026, 2}, municipality.input.incidents}};
  for (Incident& incident : earlier[0].incidents) incident.reporter = "en annan";
  const PlaceList list = ListOf(municipality, earlier);
  ASSERT_NE(Youths(list), nullptr);
  EXPECT_EQ(Youths(list)->tested_quarters, 0);
}

TEST(MakePlaceList, TellsPowerAndConcentrationOfEveryGroup) {
  Municipality municipality;
  municipality.PlantHotspot();
  const PlaceList list = ListOf(municipality);
  ASSERT_EQ(list.groups.size(), municipality.input.scheme.groups.size());
  const auto youths = std::find_if(list.groups.begin(), list.groups.end(),
                                   [](const GroupSpread& spread) { return spread.group == "UNGDOM"; });
  ASSERT_TRUE(youths->power);
  EXPECT_GE(youths->power->at_this_number.least_count, 3);
  EXPECT_GT(youths->power->exposure_share, 0);
  ASSERT_TRUE(youths->concentration);
  EXPECT_GT(youths->concentration->generalized_gini, 0);
}

TEST(MakePlaceList, SeesAPileAtAHotPlace) {
  Municipality municipality;
  municipality.PlantHotspot();
  const Incident one = municipality.input.incidents.back();
  for (int i = 0; i < 5; ++i) {
    municipality.input.incidents.push_back(one);
    municipality.input.incidents.back().id = 1000 + i;
  }
  const PlaceList list = ListOf(municipality);
  ASSERT_NE(Youths(list), nullptr);
  EXPECT_TRUE(Youths(list)->pile_up);
  EXPECT_GE(Youths(list)->largest_repeat, 6);
}

TEST(MakePlaceList, HasNoPlaceWhereNothingIsHotAndStopsWhenAsked) {
  Municipality municipality;
  EXPECT_TRUE(ListOf(municipality).places.empty());
  municipality.PlantHotspot();
  std::stop_source source;
  source.request_stop();
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  EXPECT_THROW(MakePlaceList(municipality.input, picture, {}, {}, source.get_token()), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
