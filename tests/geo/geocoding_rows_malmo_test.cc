// The rows of geocoding.md section 2 that Malmö's real register can answer: the page's own examples, and
// variants in other words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/geo/shared_registers.h"

namespace lagesbild::geo {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAreArray;

class GeocodingRowsOnMalmo : public testing::Test {
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

  struct Expected {
    const char *text, *matched;
    MatchCategory category;
    std::vector<std::string> faults;
  };
  static void ExpectAddresses(const std::vector<Expected>& rows,
                              MatchLevel level = MatchLevel::kAddressPoint) {
    for (const Expected& row : rows) {
      const GeocodeMatch match = Find(row.text);
      EXPECT_EQ(match.level, level) << row.text;
      EXPECT_EQ(match.matched, std::string(row.matched) + ", Malmö") << row.text;
      EXPECT_EQ(MatchCategoryCode(match.category), MatchCategoryCode(row.category)) << row.text;
      EXPECT_THAT(match.faults, UnorderedElementsAreArray(row.faults)) << row.text;
    }
  }
  static void ExpectNone(const std::vector<const char*>& texts, UnplacedReason reason, const char* fault) {
    for (const char* text : texts) {
      const GeocodeMatch match = Find(text);
      EXPECT_FALSE(match.placed()) << text << " -> " << match.matched;
      EXPECT_EQ(UnplacedReasonCode(match.reason), UnplacedReasonCode(reason)) << text;
      EXPECT_THAT(match.faults, Contains(fault)) << text;
    }
  }
  static constexpr auto kA = MatchCategory::kA, kB = MatchCategory::kB, kC = MatchCategory::kC;
};

TEST_F(GeocodingRowsOnMalmo, Row1FoldsMarksAndLetsTheSpellingBreakTies) {
  ExpectAddresses({{"TORNGATAN 11", "Torngatan 11", kA, {}},
                   {"Törngatan 11", "Törngatan 11", kA, {}},
                   {"Toerngatan 11", "Törngatan 11", kA, {"FOLDED"}},
                   {"TÖRNGATAN 11", "Törngatan 11", kA, {}},
                   {"To\u0308rngatan 11", "Törngatan 11", kA, {}},
                   {"torngatan 11, malmö", "Torngatan 11", kA, {}},
                   {"Koepenhamnsvaegen 88BB", "Köpenhamnsvägen 88BB", kA, {"FOLDED"}},
                   {"kopenhamnsvagen 88bb malmo", "Köpenhamnsvägen 88BB", kA, {"FOLDED"}}});
  EXPECT_NEAR(shared::Distance(Find("Torngatan 11").position, Find("Törngatan 11").position), 4800, 100);
}

TEST_F(GeocodingRowsOnMalmo, Row2ExpandsAbbreviationsAtTheEnds) {
  ExpectAddresses({{"N. Vallg. 34", "Norra Vallgatan 34", kA, {"ABBREVIATION_EXPANDED"}},
                   {"St. Nyg. 18", "Stora Nygatan 18", kA, {"ABBREVIATION_EXPANDED"}},
                   {"N:a Vallgat 34", "Norra Vallgatan 34", kA, {"ABBREVIATION_EXPANDED"}},
                   {"norra vallg 34", "Norra Vallgatan 34", kA, {"ABBREVIATION_EXPANDED"}},
                   {"Engelbrektsg. 12", "Engelbrektsgatan 12", kA, {"ABBREVIATION_EXPANDED"}},
                   {"L:a Torg 1", "Lilla torg 1", kA, {"ABBREVIATION_EXPANDED"}},
                   {"Sankt Knuts torg 2", "S:t Knuts torg 2", kA, {"ABBREVIATION_EXPANDED"}}});
}

TEST_F(GeocodingRowsOnMalmo, Row3ReadsLettersAndAdditions) {
  ExpectAddresses(
      {{"Köpenhamnsvägen 88 bb", "Köpenhamnsvägen 88BB", kA, {}},
       {"Cronquists gata 6da", "Cronquists gata 6DA", kA, {}},
       {"Bergsgatan 11a u1", "Bergsgatan 11A U1", kA, {}},
       {"Bergsgatan 11 A U1", "Bergsgatan 11A U1", kA, {}},
       {"Engelbrektsgatan 13 b", "Engelbrektsgatan 13B", kA, {}},
       {"Cronquists gata 6 DA m fl", "Cronquists gata 6DA", kA, {"CLUTTER_REMOVED(with_others)"}}});
}

TEST_F(GeocodingRowsOnMalmo, Row3PutsRangesInTheMiddleOfTheirAddresses) {
  ExpectAddresses({{"Engelbrektsgatan 13 A-B", "Engelbrektsgatan 13A–B", kC, {"NUMBER_RANGE"}},
                   {"Engelbrektsgatan 13A - B", "Engelbrektsgatan 13A–B", kC, {"NUMBER_RANGE"}},
                   {"Engelbrektsgatan 10–16", "Engelbrektsgatan 10–16", kC, {"NUMBER_RANGE"}}},
                  MatchLevel::kAddressNumber);
  const PlanePoint a = Find("Engelbrektsgatan 13A").position, b = Find("Engelbrektsgatan 13B").position;
  const GeocodeMatch both = Find("Engelbrektsgatan 13 A-B");
  EXPECT_NEAR(both.position.easting.value(), (a.easting.value() + b.easting.value()) / 2, 0.01);
  EXPECT_NEAR(both.position.northing.value(), (a.northing.value() + b.northing.value()) / 2, 0.01);
  EXPECT_GE(both.accuracy_radius.value(), shared::Distance(a, b) / 2);
}

TEST_F(GeocodingRowsOnMalmo, Row4StripsClutterAndNamesItsKindsAlone) {
  const GeocodeMatch flat = Find("c/o Berg, Engelbrektsgatan 12, uppg. 2, 1 tr");
  EXPECT_EQ(flat.matched, "Engelbrektsgatan 12, Malmö");
  EXPECT_THAT(flat.faults, ElementsAre("CO_REMOVED", "UNIT_REMOVED"));
  ExpectAddresses(
      {{"Engelbrektsgatan 12 nb, lägenhet 1102", "Engelbrektsgatan 12", kA, {"UNIT_REMOVED"}},
       {"Engelbrektsgatan 12, port B, 3 trappor", "Engelbrektsgatan 12", kA, {"UNIT_REMOVED"}},
       {"Engelbrektsgatan 12, källaren", "Engelbrektsgatan 12", kA, {"CLUTTER_REMOVED(part_of_building)"}},
       {"Engelbrektsgatan 12 (ring på hos grannen)", "Engelbrektsgatan 12", kA, {"CLUTTER_REMOVED(remark)"}},
       {"mittemot Engelbrektsgatan 12", "Engelbrektsgatan 12", kB, {"RELATION_WORD(mittemot)"}},
       {"strax bakom Engelbrektsgatan 12", "Engelbrektsgatan 12", kB, {"RELATION_WORD(strax bakom)"}},
       {"ca 30 m söder om Engelbrektsgatan 12", "Engelbrektsgatan 12", kB, {"OFFSET_PHRASE"}}});
  EXPECT_GE(Find("vid Engelbrektsgatan 12").accuracy_radius.value(), 50);
}

TEST_F(GeocodingRowsOnMalmo, Row5SplitsAndJoinsCompounds) {
  ExpectAddresses({{"Möllevångs torget 14", "Möllevångstorget 14", kB, {"COMPOUND_SPLIT"}},
                   {"Lillatorg 1", "Lilla torg 1", kB, {"COMPOUND_JOINED"}},
                   {"Engelbrekts gatan 12", "Engelbrektsgatan 12", kB, {"COMPOUND_SPLIT"}},
                   {"Norravallgatan 34", "Norra Vallgatan 34", kB, {"COMPOUND_JOINED"}}});
}

TEST_F(GeocodingRowsOnMalmo, Row7RepairsLettersWhereTheAddressExists) {
  ExpectAddresses({{"Engelbrekstgatan 12", "Engelbrektsgatan 12", kB, {"STREET_EDIT_1"}},
                   {"Engelbrektsgatn 12", "Engelbrektsgatan 12", kB, {"STREET_EDIT_1"}},
                   {"Engelbräcktsgatan 12", "Engelbrektsgatan 12", kB, {"STREET_EDIT_2"}},
                   {"Norra Valgatan 34", "Norra Vallgatan 34", kB, {"STREET_EDIT_1"}}});
}

TEST_F(GeocodingRowsOnMalmo, Row8RepairsStructureWhereOneAddressFitsAndNeverSilently) {
  ExpectAddresses({{"Grängesbergsgatan 4", "Norra Grängesbergsgatan 4", kC, {"FIRST_WORD_MISSING"}},
                   {"Engelbrektsvägen 12", "Engelbrektsgatan 12", kC, {"SUFFIX_DIFFERS"}},
                   {"Engelbrektsgränd 12", "Engelbrektsgatan 12", kC, {"SUFFIX_DIFFERS"}}});
}

TEST_F(GeocodingRowsOnMalmo, Row9LowersTheCategoryByAConflictAndVetoesNothing) {
  ExpectAddresses({{"Engelbrektsgatan 12, 217 71 Malmö", "Engelbrektsgatan 12", kB, {"POSTCODE_CONFLICT"}},
                   {"Engelbrektsgatan 12, 21771", "Engelbrektsgatan 12", kB, {"POSTCODE_CONFLICT"}},
                   {"Engelbrektsgatan 12, 211 33 Malmö", "Engelbrektsgatan 12", kA, {}},
                   {"Engelbrektsgatan 12 SE-211 33 MALMÖ", "Engelbrektsgatan 12", kA, {}}});
  EXPECT_THAT(Malmo().Geocode({.address = "Engelbrektsgatan 12", .postcode = "217 71"}).faults,
              ElementsAre("POSTCODE_CONFLICT"));
}

TEST_F(GeocodingRowsOnMalmo, Row10PicksNoneOfEquals) {
  const GeocodeMatch match = Find("Aelgatan 12");
  EXPECT_EQ(match.reason, UnplacedReason::kAmbiguous);
  EXPECT_EQ(match.level, MatchLevel::kNone);
  EXPECT_EQ(match.category, MatchCategory::kNone);
  EXPECT_THAT(match.candidates, ElementsAre("Adelgatan 12, Malmö", "Apelgatan 12, Malmö"));
  EXPECT_EQ(match.position, PlanePoint{}) << "no coordinate";
  EXPECT_NEAR(shared::Distance(Find("Adelgatan 12").position, Find("Apelgatan 12").position), 3900, 100);
  EXPECT_EQ(Find("bråk vid Aelgatan 12 i natt").reason, UnplacedReason::kAmbiguous);
  EXPECT_EQ(Find("Aelgatan 12, uppg. B, Malmö").candidates, match.candidates);
}

TEST_F(GeocodingRowsOnMalmo, Row11InterpolatesOnTheSideOfTheNumberWithItsGapAsRadius) {
  Gazetteer gazetteer = shared::Malmo();
  PlanePoint truth;
  std::erase_if(gazetteer.addresses, [&](const Address& a) {
    if (a.area != "Stortorget" || a.number != 21) return false;
    truth = a.position;
    return true;
  });
  const Geocoder geocoder(std::move(gazetteer));
  const PlanePoint before = geocoder.Geocode({.address = "Stortorget 19"}).position,
                   after = geocoder.Geocode({.address = "Stortorget 23"}).position;
  for (const char* text : {"Stortorget 21", "utanför Stortorget 21, Malmö", "Bråk på Stortorget 21 i natt"}) {
    const GeocodeMatch match = geocoder.Geocode({.address = text});
    EXPECT_EQ(match.level, MatchLevel::kInterpolated) << text;
    EXPECT_EQ(match.category, MatchCategory::kB) << text;
    EXPECT_THAT(match.faults, Contains("NUMBER_INTERPOLATED")) << text;
    EXPECT_NEAR(shared::Distance(match.position, before) + shared::Distance(match.position, after),
                shared::Distance(before, after), 0.1)
        << "between 19 and 23: " << text;
    EXPECT_GE(match.accuracy_radius.value(), std::max(10.0, 0.4 * shared::Distance(before, after))) << text;
    EXPECT_LE(shared::Distance(match.position, truth), match.accuracy_radius.value()) << text;
  }
}

TEST_F(GeocodingRowsOnMalmo, Row11PutsAMissingLetterInTheMiddleOfTheLetters) {
  ExpectAddresses(
      {{"Engelbrektsgatan 13", "Engelbrektsgatan 13", kB, {"LETTER_MISSING"}},
       {"Engelbrektsg 13", "Engelbrektsgatan 13", kB, {"ABBREVIATION_EXPANDED", "LETTER_MISSING"}},
       {"Engelbrektsgatan 13 Q", "Engelbrektsgatan 13", kB, {"LETTER_UNKNOWN"}}},
      MatchLevel::kAddressNumber);
}

TEST_F(GeocodingRowsOnMalmo, Row12RefusesNumbersFarOutsideWithTheReason) {
  ExpectNone({"Badgränd 300", "Badgr. 300", "utanför Badgränd 300, Malmö", "Engelbrektsgatan 999",
              "Stöld på Badgränd 300 i går"},
             UnplacedReason::kNumberNotFound, "NUMBER_OUT_OF_RANGE");
}

TEST_F(GeocodingRowsOnMalmo, Row12ClampsJustBeyondTheEndAndFlagsIt) {
  Gazetteer gazetteer = shared::Malmo();
  std::erase_if(gazetteer.addresses,
                [](const Address& a) { return a.area == "Stortorget" && a.number > 27; });
  const GeocodeMatch match = Geocoder(std::move(gazetteer)).Geocode({.address = "Stortorget 29"});
  EXPECT_EQ(match.level, MatchLevel::kInterpolatedEnd);
  EXPECT_EQ(match.category, MatchCategory::kC);
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_BEYOND_END"));
}

TEST_F(GeocodingRowsOnMalmo, Row17FindsTheAddressInASentenceAndItsSpan) {
  const GeocodeMatch match = Find("Fönsterkross på Engelbrektsgatan 12 sent i går");
  EXPECT_EQ(match.matched, "Engelbrektsgatan 12, Malmö");
  EXPECT_EQ(match.span, (TextSpan{16, 35}));
  for (const char* text :
       {"Två okända män slog sönder en ruta, Engelbrektsgatan 12, vid 23-tiden",
        "Målsägande uppger att cykeln stulits från Engelbrektsgatan 12 mellan kl 08 och 16.30",
        "2026-03-14 kl 21.15 Engelbrektsgatan 12: klotter", "Larm 0315 Engelbrektsg. 12 inbrott",
        "Polisen kallades till engelbrektsgatan 12 efter bråk mellan tre ungdomar"}) {
    const GeocodeMatch found = Find(text);
    EXPECT_EQ(found.matched, "Engelbrektsgatan 12, Malmö") << text;
    EXPECT_EQ(found.level, MatchLevel::kAddressPoint) << text;
  }
  ExpectNone({"Bilen ABC 123 kördes med 12 personer i 90 km/h den 12 mars", "5 ungdomar bråkade kl 21 i går",
              "Fönsterkross på Okändgatan 12 sent i går"},
             UnplacedReason::kNotFound, "STREET_NOT_FOUND");
}

TEST_F(GeocodingRowsOnMalmo, Row26GoesBackFromAPointToItsAddressAndNeverBeyondTheLimit) {
  const PlanePoint at = Find("Engelbrektsgatan 12").position;
  const NearestAddress near = Malmo().Nearest({Meters{at.easting.value() + 3}, at.northing});
  ASSERT_TRUE(near.found);
  EXPECT_THAT(near.label, StartsWith("Engelbrektsgatan 12"));
  EXPECT_NEAR(near.distance_m, 3, 0.01);
  EXPECT_NE(near.side, StreetSide::kUnknown);
  EXPECT_FALSE(Malmo().Nearest({Meters{at.easting.value() - 20000}, at.northing}).found) << "in Öresund";
}

TEST_F(GeocodingRowsOnMalmo, Row20NamesAFaultForEveryCategoryBelowA) {
  for (const char* text : {"Torngatan 11", "N. Vallg. 34", "Lillatorg 1", "Engelbrekstgatan 12",
                           "Engelbrektsvägen 12", "Engelbrektsgatan 13", "Engelbrektsgatan",
                           "Engelbrektsgatan 12, 217 71 Malmö", "vid Engelbrektsgatan 12", "Malmö"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.faults.size(), match.fault_spans.size()) << text;
    if (match.category == kB || match.category == kC) {
      EXPECT_FALSE(match.faults.empty()) << text;
      EXPECT_LT(match.score, 100) << text;
    }
    if (match.category == kA) {
      EXPECT_EQ(match.score, 100) << text;
    }
  }
}

}  // namespace
}  // namespace lagesbild::geo
