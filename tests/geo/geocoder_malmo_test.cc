// Real Swedish addresses: Malmö's 52,861 and 3,000 queries made noisy from them. The set measures the
// generator's noise, not people's; it is a regression set and no proof of quality (geocoding.md section 1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "geo/number_line.h"
#include "tests/geo/shared_registers.h"

namespace lagesbild::geo {
namespace {

using shared::Row;
using ::testing::Contains;
using ::testing::ElementsAre;

class GeocoderOnMalmo : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(shared::kData / "malmo"))
      GTEST_SKIP() << "../shared/data/malmo not found: 1 test skipped";
  }
  static const Geocoder& Malmo() {
    static const Geocoder geocoder(shared::Malmo());
    return geocoder;
  }
  static GeocodeMatch Find(std::string_view address) { return Malmo().Geocode({.address = address}); }
};

struct Score {
  int asked = 0, right = 0, wrong = 0;
};

/// Within the set's own tolerance; nothing at all where the street is invented.
bool IsRight(const GeocodeMatch& match, const Row& row) {
  if (row.at("truth_address").empty() || !match.placed())
    return row.at("truth_address").empty() && !match.placed();
  return shared::Distance(match.position, shared::PointOf(row, "easting_3006", "northing_3006")) <=
         std::stod(row.at("tolerance_m"));
}

TEST_F(GeocoderOnMalmo, FindsTheNoisyQueriesAndPicksHardlyAWrongOne) {
  ASSERT_GT(Malmo().gazetteer().addresses.size(), 50000U);
  std::map<std::string, Score> scores;
  Score all;
  shared::ForEachRow("malmo/malmo_noisy_queries.csv", [&](const Row& row) {
    const GeocodeMatch match = Find(row.at("query"));
    Score& score = scores[row.at("noise_class")];
    const bool right = IsRight(match, row);
    for (Score* s : {&score, &all}) {
      ++s->asked;
      s->right += right ? 1 : 0;
      s->wrong += match.placed() && !right ? 1 : 0;
    }
  });
  for (const auto& [name, score] : scores) {
    SCOPED_TRACE(name);
    EXPECT_EQ(score.asked, 250);
    // Of two letters wrong some are equally near to two names; the middle of one long range lies over 80 m
    // from its first number.
    EXPECT_GE(score.right, name == "typo2" ? 238 : name == "typo1" ? 248 : name == "range" ? 249 : 250);
  }
  RecordProperty("right", all.right);
  RecordProperty("wrong", all.wrong);
  EXPECT_EQ(all.asked, 3000);
  EXPECT_GE(all.right, 2985) << "99.5 %";
  EXPECT_LE(all.wrong, 3) << "0.1 %";
}

TEST_F(GeocoderOnMalmo, FindsEveryExampleOfTheFeatureTable) {
  for (const auto& [query, matched] :
       {std::pair{"TORNGATAN 11", "Torngatan 11, Malmö"},
        {"Törngatan 11", "Törngatan 11, Malmö"},
        {"Toerngatan 11", "Törngatan 11, Malmö"},
        {"N. Vallg. 34", "Norra Vallgatan 34, Malmö"},
        {"St. Nyg. 18", "Stora Nygatan 18, Malmö"},
        {"Köpenhamnsvägen 88 bb", "Köpenhamnsvägen 88BB, Malmö"},
        {"Cronquists gata 6da", "Cronquists gata 6DA, Malmö"},
        {"Bergsgatan 11a u1", "Bergsgatan 11A U1, Malmö"},
        {"c/o Berg, Engelbrektsgatan 12, uppg. 2, 1 tr", "Engelbrektsgatan 12, Malmö"}}) {
    const GeocodeMatch match = Find(query);
    EXPECT_EQ(match.matched, matched) << query;
    EXPECT_EQ(match.level, MatchLevel::kAddressPoint) << query;
    EXPECT_EQ(match.category, MatchCategory::kA) << query;
  }
  EXPECT_GT(shared::Distance(Find("Torngatan 11").position, Find("Törngatan 11").position), 4000);
}

TEST_F(GeocoderOnMalmo, PlacesARangeOfLettersAtTheirMiddle) {
  const GeocodeMatch match = Find("Engelbrektsgatan 13 A-B");
  EXPECT_EQ(match.level, MatchLevel::kAddressNumber);
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_RANGE"));
  const GeocodeMatch missing = Find("Engelbrektsgatan 13");
  EXPECT_EQ(missing.level, MatchLevel::kAddressNumber);
  EXPECT_THAT(missing.faults, ElementsAre("LETTER_MISSING"));
  EXPECT_EQ(missing.category, MatchCategory::kB);
}

TEST_F(GeocoderOnMalmo, SplitsAndJoinsCompounds) {
  EXPECT_EQ(Find("Möllevångs torget 14").matched, "Möllevångstorget 14, Malmö");
  EXPECT_THAT(Find("Möllevångs torget 14").faults, ElementsAre("COMPOUND_SPLIT"));
  EXPECT_EQ(Find("Lillatorg 1").matched, "Lilla torg 1, Malmö");
  EXPECT_THAT(Find("Lillatorg 1").faults, ElementsAre("COMPOUND_JOINED"));
}

TEST_F(GeocoderOnMalmo, RepairsLettersWhenTheAddressExists) {
  const GeocodeMatch match = Find("Engelbrekstgatan 12");
  EXPECT_EQ(match.matched, "Engelbrektsgatan 12, Malmö");
  EXPECT_EQ(match.category, MatchCategory::kB);
  EXPECT_THAT(match.faults, ElementsAre("STREET_EDIT_1"));
  EXPECT_THAT(match.fault_spans, ElementsAre(TextSpan{0, 16}));
}

TEST_F(GeocoderOnMalmo, RepairsStructureOnlyWhereOneAddressFitsAndAsksForALook) {
  const GeocodeMatch word = Find("Grängesbergsgatan 4");
  EXPECT_EQ(word.matched, "Norra Grängesbergsgatan 4, Malmö");
  EXPECT_THAT(word.faults, ElementsAre("FIRST_WORD_MISSING"));
  EXPECT_EQ(word.category, MatchCategory::kC);
  const GeocodeMatch suffix = Find("Engelbrektsvägen 12");
  EXPECT_EQ(suffix.matched, "Engelbrektsgatan 12, Malmö");
  EXPECT_THAT(suffix.faults, ElementsAre("SUFFIX_DIFFERS"));
  EXPECT_EQ(suffix.category, MatchCategory::kC);
}

TEST_F(GeocoderOnMalmo, LowersTheCategoryWhenThePostcodeIsAnothers) {
  const GeocodeMatch match = Find("Engelbrektsgatan 12, 217 71 Malmö");
  EXPECT_EQ(match.matched, "Engelbrektsgatan 12, Malmö");
  EXPECT_THAT(match.faults, ElementsAre("POSTCODE_CONFLICT"));
  EXPECT_EQ(match.category, MatchCategory::kB);
}

TEST_F(GeocoderOnMalmo, PicksNoneOfEquals) {
  const GeocodeMatch match = Find("Aelgatan 12");
  EXPECT_EQ(match.reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(match.candidates, ElementsAre("Adelgatan 12, Malmö", "Apelgatan 12, Malmö"));
  EXPECT_EQ(match.category, MatchCategory::kNone);
}

TEST_F(GeocoderOnMalmo, PlacesANumberThatIsMissingBetweenItsNeighbors) {
  Gazetteer gazetteer = shared::Malmo();
  PlanePoint truth;
  std::erase_if(gazetteer.addresses, [&](const Address& a) {
    if (a.area != "Stortorget" || a.number != 21) return false;
    truth = a.position;
    return true;
  });
  const GeocodeMatch match = Geocoder(std::move(gazetteer)).Geocode({.address = "Stortorget 21"});
  EXPECT_EQ(match.level, MatchLevel::kInterpolated);
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_INTERPOLATED"));
  EXPECT_LE(shared::Distance(match.position, truth), match.accuracy_radius.value());
}

TEST_F(GeocoderOnMalmo, RefusesANumberFarOutside) {
  const GeocodeMatch match = Find("Badgränd 300");
  EXPECT_FALSE(match.placed());
  EXPECT_EQ(match.reason, UnplacedReason::kNumberNotFound);
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_OUT_OF_RANGE"));
}

TEST_F(GeocoderOnMalmo, FindsTheAddressInsideASentence) {
  const GeocodeMatch match = Find("Fönsterkross på Engelbrektsgatan 12 sent i går");
  EXPECT_EQ(match.matched, "Engelbrektsgatan 12, Malmö");
  EXPECT_EQ(match.span, (TextSpan{16, 35}));
  EXPECT_THAT(match.faults, Contains("STREET_FROM_FREE_TEXT"));
}

TEST_F(GeocoderOnMalmo, TakesNeitherDatesNorTimesNorPlatesForNumbers) {
  EXPECT_EQ(Find("Engelbrektsgatan 12 kl 21.15 den 3 mars").matched, "Engelbrektsgatan 12, Malmö");
  const GeocodeMatch street = Find("Snatteri, bil ABC 123, den 12 mars på Engelbrektsgatan");
  EXPECT_EQ(street.level, MatchLevel::kStreet);
  EXPECT_EQ(street.category, MatchCategory::kC);
}

}  // namespace
}  // namespace lagesbild::geo
