// The rows of geocoding.md section 2 that no open register can answer, on an invented one around real town
// names: villages and farms, crossings, roads, properties, names with days, neighbors, coordinates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <future>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tests/geo/invented_heby.h"

namespace lagesbild::geo {
namespace {

using invented::At;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using namespace std::chrono_literals;

const Geocoder& Heby() {
  static const Geocoder geocoder(invented::Heby());
  return geocoder;
}

GeocodeMatch Find(std::string_view address, std::string_view locality = "", std::chrono::sys_days date = {}) {
  return Heby().Geocode({.address = address, .locality = locality, .postcode = "", .date = date});
}

void ExpectPlaced(std::string_view text, MatchLevel level, std::string_view matched) {
  const GeocodeMatch match = Find(text);
  EXPECT_EQ(MatchLevelCode(match.level), MatchLevelCode(level)) << text;
  EXPECT_EQ(match.matched, matched) << text;
}

void ExpectNone(std::string_view text, UnplacedReason reason, const char* fault) {
  const GeocodeMatch match = Find(text);
  EXPECT_FALSE(match.placed()) << text << " -> " << match.matched;
  EXPECT_EQ(UnplacedReasonCode(match.reason), UnplacedReasonCode(reason)) << text;
  EXPECT_THAT(match.faults, Contains(fault)) << text;
}

TEST(GeocodingRow4, KeepsWhatIsNamedBesideAWordOfRelation) {
  for (const char* text : {"utanför Tingsgatan 4", "Tingsgatan 4, bakom garaget", "mitt emot Tingsgatan 4",
                           "i höjd med Tingsgatan 4", "på parkeringen vid Tingsgatan 4"}) {
    ExpectPlaced(text, MatchLevel::kAddressPoint, "Tingsgatan 4, Heby");
  }
  ExpectPlaced("Tingsgatan i höjd med nr 4", MatchLevel::kAddressPoint, "Tingsgatan 4, Heby");
  EXPECT_THAT(Find("Tingsgatan, utanför nr 4").faults, Contains("RELATION_WORD(utanför)"));
}

TEST(GeocodingRow4, TakesNoShopAfterTheAddressForATown) {
  for (const char* text :
       {"Tingsgatan 4, Pizzeria Napoli", "Tingsgatan 4, Pizzeria Napoli, Heby", "Tingsgatan 4, ICA Nära",
        "Tingsgatan 4, Coop", "Tingsgatan 4, Heby, Frisör Lena", "Tingsgatan 4 Pizzeria Napoli",
        "Tingsgatan 4, Kafé Hörnet", "Tingsgatan 4, Box 12, Heby", "Tingsgatan 4, Blomsteraffären",
        "Tingsgatan 4, OKQ8"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.matched, "Tingsgatan 4, Heby") << text;
    EXPECT_THAT(match.faults, Contains("CLUTTER_REMOVED(remark)")) << text;
  }
  for (const char* text : {"Tingsgatan 4, Stockholm", "Tingsgatan 4, Norra Åsum", "Tingsgatan 4 Örebro"})
    EXPECT_FALSE(Find(text).placed()) << text;
}

TEST(GeocodingRow6, FindsVillagesFarmsAndMetersWithoutAStreet) {
  ExpectPlaced("Skegarn 2", MatchLevel::kAddressPoint, "Skegarn 2, Harbo");
  ExpectPlaced("SKEGARN 2, 740 45 Harbo", MatchLevel::kAddressPoint, "Skegarn 2, Harbo");
  ExpectPlaced("Tinbacken 11", MatchLevel::kAddressPoint, "Tinbacken 11, Harbo");
  ExpectPlaced("Lilla Hibacka", MatchLevel::kPoi, "Lilla Hibacka, Harbo");
  ExpectPlaced("utanför Lilla Hibacka", MatchLevel::kPoi, "Lilla Hibacka, Harbo");
  ExpectPlaced("Norrbo Lillgården", MatchLevel::kAddressPoint, "Norrbo Lillgården, Harbo");
  ExpectPlaced("Härsvägen 1250", MatchLevel::kAddressPoint, "Härsvägen 1250, Harbo");
  ExpectPlaced("Skegarn", MatchLevel::kLocality, "Skegarn, Harbo");
}

TEST(GeocodingRow9, LetsEveryKindOfLocalityDecide) {
  EXPECT_EQ(Find("Storgatan 5").reason, UnplacedReason::kAmbiguous);
  for (const char* text :
       {"Storgatan 5, Östervåla", "Storgatan 5, 740 46", "Storgatan 5 Östervåla församling",
        "Östervåla, Storgatan 5", "Storgatan 5 i Östervåla", "Storgatan 5 ÖSTERVÅLA SVERIGE",
        "Storgatan 5, centrala Östervåla"})
    ExpectPlaced(text, MatchLevel::kAddressPoint, "Storgatan 5, Östervåla");
  EXPECT_EQ(Find("Storgatan 5", "Östervåla").matched, "Storgatan 5, Östervåla");
  const GeocodeMatch conflict = Find("Kvarnvägen 5, Östervåla");
  EXPECT_EQ(conflict.matched, "Kvarnvägen 5, Heby");
  EXPECT_THAT(conflict.faults, ElementsAre("LOCALITY_CONFLICT"));
  EXPECT_EQ(conflict.category, MatchCategory::kB);
}

TEST(GeocodingRow10, PicksNoneOfSeveralAddressesInOneText) {
  for (const char* text : {"Kvarnvägen 3 / Tingsgatan 4", "Kvarnvägen 3, Tingsgatan 4, Heby",
                           "Storgatan 5 / Tingsgatan 4 Heby", "Storgatan 5, Tingsgatan 4"})
    EXPECT_EQ(Find(text).reason, UnplacedReason::kAmbiguous) << text << " -> " << Find(text).matched;
  ExpectPlaced("Heby skola, Kvarnvägen", MatchLevel::kPoi, "Heby skola, Heby");
}

TEST(GeocodingRow10, PicksNeitherOfTwoPlacesThatSomethingLiesBetween) {
  for (const char* text :
       {"mellan Storgatan 3 och Storgatan 9 i Heby", "på väg mellan Heby skola och Heby station",
        "mellan Biblioteket och torget", "Bråk vid Heby skola och Heby station",
        "gick från Heby skola till Heby station", "Storgatan 3 - Storgatan 9, Heby"})
    EXPECT_EQ(Find(text).reason, UnplacedReason::kAmbiguous) << text << " -> " << Find(text).matched;
  for (const char* text : {"Bråk mellan två ungdomar på Tingsgatan 4", "Tingsgatan 4 mellan kl 18 och 20",
                           "Stöld mellan 08 och 16.30 Tingsgatan 4"})
    EXPECT_EQ(Find(text).matched, "Tingsgatan 4, Heby") << text;
}

TEST(GeocodingRow13, FindsCrossingsInEveryNotation) {
  for (const char* text :
       {"korsningen Storgatan och Tingsgatan", "Tingsgatan/Storgatan", "Storgatan & Tingsgatan, Heby",
        "hörnet Storgatan–Tingsgatan", "hörnan Storg/Tingsg", "i korsningen Storgatan / Tingsgatan i Heby",
        "trafikolycka i korsningen Storgatan och Tingsgatan"})
    ExpectPlaced(text, MatchLevel::kIntersection, "Storgatan / Tingsgatan, Heby");
  EXPECT_EQ(Find("Storgatan/Tingsgatan").position, At(604000, 6646000));
}

TEST(GeocodingRow13, IsAmbiguousOfTwoCrossingsAndRefusesStreetsThatDoNotMeet) {
  EXPECT_EQ(Find("Slingan/Tingsgatan").reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(Find("Slingan/Tingsgatan").candidates, SizeIs(2));
  ExpectNone("korsningen Kvarnvägen och Tingsgatan", UnplacedReason::kNotFound, "STREETS_DO_NOT_MEET");
  ExpectNone("hörnet Storgatan/Okändgatan", UnplacedReason::kNotFound, "STREET_NOT_FOUND");
  ExpectNone("korsningen Storgatan/Tingsgatan i Östervåla", UnplacedReason::kNotFound, "STREETS_DO_NOT_MEET");
}

TEST(GeocodingRow13, FindsWhereNumberedRoadsMeet) {
  for (const char* text : {"korsningen väg 56/lv 272", "kollision rv 56 / lv 272", "väg 272 och väg 56",
                           "trafikplatsen där väg 56 möter väg 272", "väg 56/272"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(MatchLevelCode(match.level), "intersection") << text;
    EXPECT_EQ(match.position, At(600500, 6655000)) << text;
  }
}

TEST(GeocodingRow14, PlacesARoadBesideAPlaceByHalfTheStretch) {
  for (const char* text : {"väg 56 vid Runhällen", "rv 56 utanför Runhällen", "Runhällen, väg 56",
                           "trafikolycka väg 56 strax norr om Runhällen", "på 56:an vid Runhällen"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.level, MatchLevel::kRoadPlace) << text;
    EXPECT_NEAR(match.position.easting.value(), 600500, 1) << text;
    EXPECT_NEAR(match.position.northing.value(), 6655000, 1000) << text;
    EXPECT_LE(match.accuracy_radius.value(), 1200) << text;
    EXPECT_EQ(match.category, MatchCategory::kC) << text;
  }
}

TEST(GeocodingRow14, GoesTowardsAPlaceFromTheLastOneBeforeIt) {
  // 272 runs west to east past Runhällen and Harbo to Östervåla: towards Östervåla is after Harbo.
  for (const char* text : {"lv 272 mot Östervåla", "väg 272 i riktning mot Östervåla",
                           "Rattfylleri länsväg 272 mot Östervåla"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.level, MatchLevel::kRoadPlace) << text;
    EXPECT_GE(match.position.easting.value(), 615000) << text;
    EXPECT_NEAR(match.accuracy_radius.value(), 5000, 700) << text;
  }
  const GeocodeMatch from_runhallen = Find("lv 272 mot Harbo", "Runhällen");
  EXPECT_NEAR(from_runhallen.position.easting.value(), 607500, 600);
  EXPECT_NEAR(from_runhallen.accuracy_radius.value(), 7500, 700);
}

TEST(GeocodingRow14, ReadsNoMeetingIntoAWayBetweenRoads) {
  for (const char* text : {"mellan väg 56 och väg 272", "från väg 56 till väg 272"})
    EXPECT_NE(Find(text).level, MatchLevel::kIntersection) << text;
  EXPECT_EQ(Find("väg 272/Storgatan").level, MatchLevel::kRoadPlace) << "they do not meet";
}

TEST(GeocodingRow14, CountsKilometersAlongTheRoad) {
  const GeocodeMatch match = Find("väg 56, 5 km söder om Runhällen");
  EXPECT_NEAR(match.position.northing.value(), 6650000, 200);
  EXPECT_THAT(match.faults, Contains("OFFSET_PHRASE"));
  EXPECT_FALSE(Find("väg 99 vid Runhällen").placed()) << "no such road";
}

TEST(GeocodingRow15, FindsPropertiesByDesignation) {
  for (const char* text :
       {"HEBY HORRSTA 1:23", "Horrsta 1:23", "fastigheten Heby Horrsta 1:23", "horrsta 1:23, Heby"})
    ExpectPlaced(text, MatchLevel::kProperty, "HEBY HORRSTA 1:23");
  ExpectPlaced("Horrsta S:1", MatchLevel::kProperty, "HEBY HORRSTA S:1");
  ExpectPlaced("HEBY HORRSTA GA:2", MatchLevel::kProperty, "HEBY HORRSTA GA:2");
  EXPECT_FALSE(Find("Horrsta 1:24").placed());
}

TEST(GeocodingRow16, FindsNamesOnTheirDaysAlone) {
  EXPECT_EQ(Find("utanför biblioteket", "", 2026y / 3 / 1).level, MatchLevel::kPoi);
  const GeocodeMatch early = Find("utanför biblioteket", "", 2025y / 12 / 31);
  EXPECT_FALSE(early.placed());
  EXPECT_THAT(early.faults, Contains("ALIAS_EXPIRED"));
  EXPECT_EQ(Find("bråk vid bibblan", "", 2026y / 1 / 1).matched, "Biblioteket, Heby");
  EXPECT_FALSE(Find("bråk vid bibblan", "", 2025y / 12 / 31).placed());
}

TEST(GeocodingRow16, FindsPlacesAsPeopleSayThem) {
  ExpectPlaced("Heby skola, skolgården", MatchLevel::kPoi, "Heby skola, Heby");
  ExpectPlaced("skolgården vid Heby skola", MatchLevel::kPoi, "Heby skola, Heby");
  ExpectPlaced("skolan i Heby", MatchLevel::kPoi, "Heby skola, Heby");
  ExpectPlaced("Skolan, Heby", MatchLevel::kPoi, "Heby skola, Heby");
  ExpectPlaced("skadegörelse på skolan i Heby i helgen", MatchLevel::kPoi, "Heby skola, Heby");
  ExpectPlaced("utanför stationen i Heby", MatchLevel::kPoi, "Heby station, Heby");
  ExpectPlaced("Heby station spår 1", MatchLevel::kPoi, "Heby station, Heby");
  ExpectPlaced("Påhittsköp, Heby", MatchLevel::kPoi, "Påhittsköp Heby, Heby");
  ExpectPlaced("utanför Påhittsköp i Östervåla", MatchLevel::kPoi, "Påhittsköp Östervåla, Östervåla");
  EXPECT_EQ(Find("Påhittsköp", "Östervåla").matched, "Påhittsköp Östervåla, Östervåla")
      << "a column says where";
  EXPECT_EQ(Find("bråk vid sporthallen kl 22", "Östervåla").matched, "Sporthallen i Östervåla, Östervåla");
  EXPECT_EQ(Find("skolan", "Heby").category, MatchCategory::kC);
  EXPECT_FALSE(Find("Påhittsköp").placed()) << "which?";
  EXPECT_FALSE(Find("skolan i Östervåla").placed()) << "the register has none";
  EXPECT_FALSE(Find("skolan").placed()) << "whose?";
}

TEST(GeocodingRow18, ReadsTheCheckPointInEverySystem) {
  for (const char* text : {"6645981, 604054", "N 6645981 E 604054", "RT90 6647017 1559093",
                           "SWEREF 99 16 30 6647232 170248", "SWEREF99 18 00: N 6647723, E 86394"}) {
    const GeocodeMatch match = Find(text);
    ASSERT_EQ(match.level, MatchLevel::kCoordinate) << text;
    EXPECT_LE(std::hypot(match.position.easting.value() - 604054, match.position.northing.value() - 6645981),
              1)
        << text;
  }
  for (const char* text : {"59,93810 16,86220", "59°56'17.16\"N 16°51'43.92\"E", "N 59 56.286 E 16 51.732"}) {
    const GeocodeMatch match = Find(text);
    ASSERT_EQ(match.level, MatchLevel::kCoordinate) << text;
    EXPECT_LE(std::hypot(match.position.easting.value() - 604054, match.position.northing.value() - 6645981),
              2)
        << text;
  }
  ExpectNone("6145981, 404054", UnplacedReason::kOutside, "OUT_OF_ENVELOPE");
}

TEST(GeocodingRow19, ReachesEveryLevel) {
  const std::vector<std::pair<const char*, MatchLevel>> rows{
      {"Tingsgatan 4", MatchLevel::kAddressPoint},
      {"Tingsgatan 3-7", MatchLevel::kAddressNumber},
      {"Kvarnvägen 4", MatchLevel::kInterpolated},
      {"Tingsgatan 21", MatchLevel::kInterpolatedEnd},
      {"Storgatan/Tingsgatan", MatchLevel::kIntersection},
      {"Heby skola", MatchLevel::kPoi},
      {"Horrsta 1:23", MatchLevel::kProperty},
      {"väg 56 vid Runhällen", MatchLevel::kRoadPlace},
      {"Kvarnvägen", MatchLevel::kStreet},
      {"Östervåla", MatchLevel::kLocality},
      {"740 46", MatchLevel::kPostcode},
      {"6645981, 604054", MatchLevel::kCoordinate},
      {"Okändgatan 3", MatchLevel::kNone}};
  for (const auto& [text, level] : rows) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(MatchLevelCode(match.level), MatchLevelCode(level)) << text;
    EXPECT_EQ(match.placed(), level != MatchLevel::kNone) << text;
    if (match.placed()) {
      EXPECT_GT(match.accuracy_radius.value(), 0) << text;
    }
  }
}

TEST(GeocodingRow19, IsNeverCoarseByTwoDoubts) {
  EXPECT_EQ(Find("Skegarm").matched, "Skegarn, Harbo") << "one letter";
  EXPECT_FALSE(Find("Skegarm, Östervåla").placed()) << "and another place";
}

TEST(GeocodingRow19, PutsAPostcodeInTheMiddleOfItsAddresses) {
  const GeocodeMatch match = Find("740 46");
  EXPECT_EQ(match.matched, "740 46");
  EXPECT_THAT(match.faults, ElementsAre("POSTCODE_ONLY"));
  EXPECT_EQ(match.category, MatchCategory::kC);
  EXPECT_NEAR(match.position.easting.value(), 625000, 200);
  EXPECT_GE(match.accuracy_radius.value(), 500);
  EXPECT_FALSE(Find("999 99").placed()) << "not of this municipality";
  EXPECT_EQ(Find("740 46 Östervåla").level, MatchLevel::kLocality) << "the town says more";
}

TEST(GeocodingRow19, RefusesANumberThatCannotBeRead) {
  for (const char* text : {"Tingsgatan 12345678", "Tingsgatan 4½B", "Tingsgatan 4x4"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_FALSE(match.placed()) << text << " -> " << match.matched;
    EXPECT_THAT(match.faults, AnyOf(Contains("NUMBER_UNPARSED"), Contains("NUMBER_OUT_OF_RANGE"))) << text;
  }
}

TEST(GeocodingRow25, FlagsNeighborsAndForcesNothingInside) {
  for (const char* text : {"Storgatan 5, Sala", "Tingsgatan 4 Sala", "Resecentrum Uppsala",
                           "Obefintliga gatan 3, Sala", "Tingsgatan 4, 733 31 Sala"})
    ExpectNone(text, UnplacedReason::kOutside, "OUTSIDE_AREA");
}

TEST(GeocodingRow26, GoesBackFromAPoint) {
  const NearestAddress near = Heby().Nearest(At(604005 + 3, 6646010));
  ASSERT_TRUE(near.found);
  EXPECT_NEAR(near.distance_m, 3, 0.01);
  EXPECT_EQ(near.locality, "Heby");
  EXPECT_FALSE(Heby().Nearest(At(612000, 6652000)).found) << "2 km into the forest";
}

TEST(GeocodingRow27, AnswersTheSameByOneThreadAndByEight) {
  const std::vector<std::string> texts{"Storgatan 5",          "Tingsg. 4",         "Storgatan/Tingsgatan",
                                       "väg 56 vid Runhällen", "bråk vid bibblan",  "Horrsta 1:23",
                                       "Tingsgatn 4",          "Storgatan 5, Sala", "Kvarnvägen 4"};
  const auto all = [&](const Geocoder& geocoder) {
    std::string lines;
    for (int repeat = 0; repeat < 20; ++repeat)
      for (const std::string& text : texts) {
        const GeocodeMatch match = geocoder.Geocode({.address = text});
        lines += match.matched + ';' + std::to_string(match.position.easting.value()) + ';' +
                 std::to_string(match.position.northing.value()) + ';' +
                 std::to_string(match.accuracy_radius.value());
        for (const std::string& fault : match.faults) lines += ';' + fault;
        for (const std::string& candidate : match.candidates) lines += ';' + candidate;
      }
    return lines;
  };
  const std::string alone = all(Heby());
  std::vector<std::future<std::string>> eight;
  for (int i = 0; i < 8; ++i) eight.push_back(std::async(std::launch::async, all, std::cref(Heby())));
  for (std::future<std::string>& one : eight) EXPECT_EQ(one.get(), alone);
  EXPECT_EQ(all(Geocoder(invented::Heby())), alone) << "a register built anew";
}

TEST(GeocodingRow28, RepeatsNoNameNorFlat) {
  for (const char* text : {"c/o Berg, Tingsgatan 4, lgh 1102", "Tingsgatan 4 lgh 1102 c/o Anna Berg",
                           "hos Anna Berg, Tingsgatan 4", "c/o Berg Okändgatan 3"}) {
    const GeocodeMatch match = Find(text);
    std::string all = match.matched;
    for (const std::string& fault : match.faults) all += fault;
    for (const std::string& candidate : match.candidates) all += candidate;
    EXPECT_EQ(all.find("Berg"), std::string::npos) << text;
    EXPECT_EQ(all.find("Anna"), std::string::npos) << text;
    EXPECT_EQ(all.find("1102"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace lagesbild::geo
