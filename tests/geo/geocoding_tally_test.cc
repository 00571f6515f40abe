#include "geo/geocoding_tally.h"

#include <gtest/gtest.h>

namespace lagesbild::geo {
namespace {

GeocodedPlace Place(const char* reporter, MatchLevel level, UnplacedReason reason = UnplacedReason::kNone) {
  return {reporter, "Heby", "2026-08", level, reason, level == MatchLevel::kStreet};
}

TEST(GeocodingTally, AddsUpInEveryGroup) {
  GeocodingTally tally;
  for (int i = 0; i < 84; ++i) tally.Add(Place("polisen", MatchLevel::kAddressPoint));
  for (int i = 0; i < 10; ++i) tally.Add(Place("skola", MatchLevel::kNone, UnplacedReason::kNotFound));
  for (int i = 0; i < 6; ++i) tally.Add(Place("skola", MatchLevel::kNone, UnplacedReason::kAmbiguous));
  EXPECT_EQ(tally.total().asked, 100);
  EXPECT_EQ(tally.total().placed + tally.total().outside + tally.total().unplaced, 100);
  EXPECT_DOUBLE_EQ(tally.total().fraction(), 0.84);
  EXPECT_TRUE(tally.total().below_threshold());
  EXPECT_FALSE(tally.reporters().at("polisen").below_threshold());
  EXPECT_FALSE(tally.reporters().at("skola").below_threshold()) << "sixteen are too few to judge by";
  EXPECT_EQ(tally.reasons().at(UnplacedReason::kNotFound), 10);
  EXPECT_EQ(tally.levels().at(MatchLevel::kAddressPoint), 84);
}

TEST(GeocodingTally, TakesAPositionOutsideForFoundAndAStreetForCoarse) {
  GeocodingTally tally;
  tally.Add(Place("a", MatchLevel::kNone, UnplacedReason::kOutside));
  tally.Add(Place("a", MatchLevel::kStreet));
  EXPECT_DOUBLE_EQ(tally.total().fraction(), 1);
  EXPECT_EQ(tally.total().outside, 1);
  EXPECT_EQ(tally.total().coarse, 1);
}

TEST(GeocodingTally, HasNoRateOfNothing) {
  const GeocodingTally tally;
  EXPECT_EQ(tally.total().fraction(), 0);
  EXPECT_FALSE(tally.total().below_threshold());
}

TEST(GroupAlikeTexts, PutsSpellingsOfOnePlaceTogether) {
  const std::vector<AlikeTexts> groups = GroupAlikeTexts({{"Kiosken vid torget", "Heby", 4},
                                                          {"kiosken vid torget", "Heby", 3},
                                                          {"Kiosken vid torgett", "Heby", 9},
                                                          {"Fritidsgården", "Heby", 5},
                                                          {"Kiosken vid torget", "Tärnsjö", 7}},
                                                         10);
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].text, "kiosken vid torget");
  EXPECT_EQ(groups[0].locality, "Heby");
  EXPECT_EQ(groups[0].count, 3);
  EXPECT_EQ(groups[0].spellings, 2);
  EXPECT_EQ(groups[0].first_id, 3);
  EXPECT_EQ(GroupAlikeTexts({{"a", "", 1}, {"b", "", 2}}, 1).size(), 1u);
  EXPECT_TRUE(GroupAlikeTexts({}, 5).empty());
}

TEST(GroupAlikeTexts, NeverJoinsTwoHouseNumbers) {
  EXPECT_EQ(GroupAlikeTexts({{"Okändgatan 12", "", 1}, {"Okändgatan 14", "", 2}}, 5).size(), 2u);
}

}  // namespace
}  // namespace lagesbild::geo
