#include "geo/geocoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

namespace lagesbild::geo {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

struct Town {
  const char *name, *postcode, *district;
  double easting, northing;
};
// Invented streets around invented towns; only the names of the towns are real.
constexpr Town kHeby{"Heby", "74431", "Västerlövsta", 604000, 6646000};
constexpr Town kOstervala{"Östervåla", "74046", "Östervåla", 625000, 6675000};
constexpr Town kHarbo{"Harbo", "74045", "Harbo", 627000, 6665000};

Address Street(const Town& town, const char* area, int number, const char* letter = "", double dx = 0) {
  Address a;
  a.id = std::string(town.name) + area + std::to_string(number) + letter;
  a.area = area;
  a.number = number;
  a.letter = letter;
  a.postcode = town.postcode;
  a.postal_town = town.name;
  a.district = town.district;
  a.municipality_code = "0331";
  a.position = At(town.easting + dx + 10.0 * number, town.northing);
  a.accuracy_radius = Meters{10};
  return a;
}

Address OfKind(AddressKind kind, Address a) {
  a.kind = kind;
  return a;
}

Address WithAddition(Address a, const char* addition) {
  a.addition = addition;
  a.id += addition;
  return a;
}

Place PlaceAt(const char* name, const char* kind, const char* locality, double easting, double northing,
              double radius = 50, std::vector<std::string> aliases = {}) {
  Place p;
  p.id = std::string(name) + locality;
  p.name = name;
  p.aliases = std::move(aliases);
  p.kind = kind;
  p.locality = locality;
  p.position = At(easting, northing);
  p.accuracy_radius = Meters{radius};
  return p;
}

Gazetteer SyntheticGazetteer() {
  Gazetteer g;
  for (int n = 1; n <= 20; ++n) g.addresses.push_back(Street(kHeby, "Tingsgatan", n));
  for (int n = 1; n <= 9; ++n) g.addresses.push_back(Street(kOstervala, "Storgatan", n));
  for (int n = 1; n <= 12; ++n)
    if (n != 7) g.addresses.push_back(Street(kHeby, "Storgatan", n));
  g.addresses.push_back(Street(kHeby, "Storgatan", 12, "B"));
  g.addresses.push_back(Street(kHeby, "Storgatan", 14, "A"));
  g.addresses.push_back(Street(kHeby, "Storgatan", 14, "B", 30));
  g.addresses.push_back(Street(kHeby, "Norra Vallgatan", 34));
  g.addresses.push_back(Street(kHeby, "Stora Nygatan", 18));
  g.addresses.push_back(Street(kHeby, "S:t Olofs väg", 3));
  g.addresses.push_back(Street(kHeby, "Lilla torg", 1));
  g.addresses.push_back(Street(kHeby, "Badgränd", 6, "A"));
  g.addresses.push_back(Street(kHeby, "Torngatan", 11));
  g.addresses.push_back(Street(kHarbo, "Törngatan", 11));
  g.addresses.push_back(Street(kHarbo, "Törngatan", 13));
  g.addresses.push_back(Street(kHeby, "Vintergatan", 88, "BB"));
  g.addresses.push_back(WithAddition(Street(kHeby, "Vintergatan", 11, "A"), "U1"));
  g.addresses.push_back(Street(kHeby, "Vintergatan", 11, "A"));
  g.addresses.push_back(Street(kHeby, "17:e Regementets väg", 2));
  Address deviating = Street(kHeby, "Vintergatan", 0);
  deviating.addition = "Hus 4-6";
  g.addresses.push_back(deviating);
  g.addresses.push_back(OfKind(AddressKind::kVillage, Street(kHarbo, "Skegarn", 2)));
  g.addresses.push_back(OfKind(AddressKind::kVillage, Street(kHarbo, "Skegarn", 4)));
  g.addresses.push_back(OfKind(AddressKind::kFarm, Street(kHarbo, "Norrbo Lillgården", 0)));
  g.addresses.push_back(OfKind(AddressKind::kMetric, Street(kHarbo, "Härsvägen", 1250)));
  g.places = {PlaceAt("Heby skola", "school", "Heby", 604500, 6646300, 80, {"Hebyskolan"}),
              PlaceAt("ICA", "shop", "Heby", 604100, 6646050),
              PlaceAt("ICA", "shop", "Östervåla", 625050, 6675050),
              PlaceAt("Folkets hus", "meeting_place", "Harbo", 627100, 6665100)};
  g.localities = {PlaceAt("Heby", "locality", "", 604054, 6645981, 900),
                  PlaceAt("Östervåla", "locality", "", 625054, 6674981, 800),
                  PlaceAt("Harbo", "locality", "", 627010, 6665010, 600),
                  PlaceAt("Harbo", "district", "", 627500, 6664000, 5000),
                  PlaceAt("Runhällen", "locality", "", 600000, 6655000, 300)};
  return g;
}

const Geocoder& Synthetic() {
  static const Geocoder geocoder(SyntheticGazetteer());
  return geocoder;
}

GeocodeMatch Find(std::string_view address, std::string_view locality = "", std::string_view postcode = "") {
  return Synthetic().Geocode({.address = address, .locality = locality, .postcode = postcode});
}

/// Queries that must give exactly this address, as a point.
class GeocoderFinds : public testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(GeocoderFinds, TheAddressPoint) {
  const auto& [query, matched] = GetParam();
  const GeocodeMatch match = Find(query);
  EXPECT_EQ(match.level, MatchLevel::kAddressPoint) << query;
  EXPECT_EQ(match.matched, matched) << query;
  EXPECT_EQ(match.reason, UnplacedReason::kNone) << query;
}
INSTANTIATE_TEST_SUITE_P(
    Spellings, GeocoderFinds,
    testing::Values(
        std::pair{"Tingsgatan 12", "Tingsgatan 12, Heby"},
        std::pair{"  TINGSGATAN   12 ", "Tingsgatan 12, Heby"},
        std::pair{"tingsgatan 12.", "Tingsgatan 12, Heby"}, std::pair{"Tingsgatan12", "Tingsgatan 12, Heby"},
        std::pair{"Tingsg. 12", "Tingsgatan 12, Heby"}, std::pair{"Tingsg.12", "Tingsgatan 12, Heby"},
        std::pair{"Tingsg 12", "Tingsgatan 12, Heby"}, std::pair{"Tingsgat. 12", "Tingsgatan 12, Heby"},
        std::pair{"Tingsgatan nr 12", "Tingsgatan 12, Heby"},
        std::pair{"N. Vallg. 34", "Norra Vallgatan 34, Heby"},
        std::pair{"n:a vallgatan 34", "Norra Vallgatan 34, Heby"},
        std::pair{"St. Nyg. 18", "Stora Nygatan 18, Heby"}, std::pair{"L:a torg 1", "Lilla torg 1, Heby"},
        std::pair{"L. t. 1", "Lilla torg 1, Heby"}, std::pair{"Sankt Olofs väg 3", "S:t Olofs väg 3, Heby"},
        std::pair{"S:t Olofs v. 3", "S:t Olofs väg 3, Heby"},
        std::pair{"St Olofs väg 3", "S:t Olofs väg 3, Heby"},
        std::pair{"Härsv. 1250", "Härsvägen 1250, Harbo"}, std::pair{"Skegarn 2", "Skegarn 2, Harbo"},
        std::pair{"Norrbo Lillgården", "Norrbo Lillgården, Harbo"},
        std::pair{"17:e Regementets väg 2", "17:e Regementets väg 2, Heby"},
        std::pair{"Vintergatan Hus 4-6", "Vintergatan Hus 4-6, Heby"}));
INSTANTIATE_TEST_SUITE_P(Numbers, GeocoderFinds,
                         testing::Values(std::pair{"Storgatan 12B", "Storgatan 12B, Heby"},
                                         std::pair{"Storgatan 12 b", "Storgatan 12B, Heby"},
                                         std::pair{"Vintergatan 88 bb", "Vintergatan 88BB, Heby"},
                                         std::pair{"Vintergatan 88BB", "Vintergatan 88BB, Heby"},
                                         std::pair{"Vintergatan 11a u1", "Vintergatan 11A U1, Heby"},
                                         std::pair{"Vintergatan 11 A", "Vintergatan 11A, Heby"}));
INSTANTIATE_TEST_SUITE_P(
    Clutter, GeocoderFinds,
    testing::Values(std::pair{"Tingsgatan 12 lgh 1102", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12, lgh 1102", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 lgh1102", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12, uppg. 2", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 1 tr", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 2tr.", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 bv", "Tingsgatan 12, Heby"},
                    std::pair{"c/o Berg, Tingsgatan 12, uppg. 2, 1 tr", "Tingsgatan 12, Heby"},
                    std::pair{"c/o Anna Berg Tingsgatan 12", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 c/o Berg", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 (källaren)", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 m.fl.", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12, 744 31 Heby", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 744 31 HEBY", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12, SE-744 31 Heby", "Tingsgatan 12, Heby"},
                    std::pair{"Heby, Tingsgatan 12", "Tingsgatan 12, Heby"},
                    std::pair{"Heby Tingsgatan 12", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 i Heby kommun", "Tingsgatan 12, Heby"},
                    std::pair{"utanför Tingsgatan 12", "Tingsgatan 12, Heby"},
                    std::pair{"i trapphuset Tingsgatan 12 nb", "Tingsgatan 12, Heby"},
                    std::pair{"vid Tingsgatan 12, mitt emot Konsum", "Tingsgatan 12, Heby"},
                    std::pair{"Tingsgatan 12 vid porten", "Tingsgatan 12, Heby"}));
INSTANTIATE_TEST_SUITE_P(Localities, GeocoderFinds,
                         testing::Values(std::pair{"Storgatan 5, Östervåla", "Storgatan 5, Östervåla"},
                                         std::pair{"Storgatan 5 Oestervaala", "Storgatan 5, Östervåla"},
                                         std::pair{"Storgatan 5, 744 31", "Storgatan 5, Heby"},
                                         std::pair{"Storgatan 5 i Heby", "Storgatan 5, Heby"},
                                         std::pair{"Storg. 5, Heby", "Storgatan 5, Heby"}));

TEST(Geocoder, KeepsTheRegistersPositionAndRadius) {
  const GeocodeMatch match = Find("Tingsgatan 12");
  EXPECT_EQ(match.position, At(604120, 6646000));
  EXPECT_EQ(match.accuracy_radius, Meters{10});
  EXPECT_THAT(match.faults, IsEmpty());
}

TEST(Geocoder, KeepsSwedishLettersApart) {
  EXPECT_EQ(Find("TORNGATAN 11").matched, "Torngatan 11, Heby");
  EXPECT_EQ(Find("Törngatan 11").matched, "Törngatan 11, Harbo");
  EXPECT_THAT(Find("Törngatan 11").faults, IsEmpty());
  EXPECT_EQ(Find("Toerngatan 11").matched, "Törngatan 11, Harbo");
  EXPECT_THAT(Find("Toerngatan 11").faults, Contains("FOLDED"));
}

TEST(Geocoder, DoesNotFoldIntoAnotherStreetWhenTheSpelledOneLacksTheNumber) {
  EXPECT_EQ(Find("Torngatan 13").reason, UnplacedReason::kNumberNotFound);
}

TEST(Geocoder, ReadsDecomposedLetters) {
  EXPECT_EQ(Find("To\u0308rngatan 11").matched, "Törngatan 11, Harbo");
}

TEST(Geocoder, FoldsOnlyWhenTheFirstKeyFindsNothing) {
  const GeocodeMatch match = Find("Badgrand 6A");
  EXPECT_EQ(match.matched, "Badgränd 6A, Heby");
  EXPECT_THAT(match.faults, ElementsAre("FOLDED"));
}

TEST(Geocoder, SaysAmbiguousWhenTheStreetIsInTwoLocalities) {
  const GeocodeMatch match = Find("Storgatan 5");
  EXPECT_EQ(match.level, MatchLevel::kNone);
  EXPECT_EQ(match.reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(match.candidates, ElementsAre("Storgatan 5, Heby, Västerlövsta", "Storgatan 5, Östervåla"));
}

TEST(Geocoder, LetsTheOtherColumnsDecide) {
  EXPECT_EQ(Find("Storgatan 5", "Heby").matched, "Storgatan 5, Heby");
  EXPECT_EQ(Find("Storgatan 5", "ÖSTERVÅLA ").matched, "Storgatan 5, Östervåla");
  EXPECT_EQ(Find("Storgatan 5", "", "740 46").matched, "Storgatan 5, Östervåla");
  EXPECT_EQ(Find("Storgatan 5, Östervåla", "Heby").matched, "Storgatan 5, Östervåla")
      << "the text goes before columns";
}

TEST(Geocoder, DoesNotTakeTheNumberFromTheStreetInAnotherLocality) {
  const GeocodeMatch match = Find("Storgatan 7, Heby");
  EXPECT_EQ(match.level, MatchLevel::kInterpolated);
  EXPECT_EQ(match.position, At(604070, 6646000)) << "between Heby's own 5 and 9";
  EXPECT_EQ(match.accuracy_radius, Meters{20}) << "half of the 40 m between them";
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_INTERPOLATED"));
  EXPECT_EQ(match.category, MatchCategory::kB);
  EXPECT_EQ(Find("Storgatan 7, Östervåla").level, MatchLevel::kAddressPoint);
}

TEST(Geocoder, NamesAConflictWithTheStatedLocality) {
  const GeocodeMatch match = Find("Tingsgatan 12, Harbo");
  EXPECT_EQ(match.matched, "Tingsgatan 12, Heby");
  EXPECT_THAT(match.faults, Contains("LOCALITY_CONFLICT"));
  EXPECT_THAT(Find("Tingsgatan 12, 740 46").faults, Contains("POSTCODE_CONFLICT"));
}

TEST(Geocoder, DoesNotPlaceWhatIsSaidToLieElsewhere) {
  for (const char* text : {"Tingsgatan 12, Sala", "Tingsgatan 12 Sala", "Heby skola, Sala"}) {
    EXPECT_EQ(Find(text).reason, UnplacedReason::kNotFound) << text;
    EXPECT_THAT(Find(text).faults, Contains("LOCALITY_CONFLICT")) << text;
  }
  EXPECT_EQ(Find("Tingsgatan 12", "Sala").reason, UnplacedReason::kNotFound);
  const GeocodeMatch outside = Find("Tingsgatan 12, 733 31 Sala");
  EXPECT_EQ(outside.reason, UnplacedReason::kOutside);
  EXPECT_THAT(outside.faults, Contains("OUTSIDE_AREA"));
}

TEST(Geocoder, PlacesAMissingLetterAtTheCenterOfTheLetters) {
  const GeocodeMatch match = Find("Storgatan 14, Heby");
  EXPECT_EQ(match.level, MatchLevel::kAddressNumber);
  EXPECT_EQ(match.position, At(604155, 6646000));
  EXPECT_EQ(match.accuracy_radius, Meters{28});
  EXPECT_THAT(match.faults, ElementsAre("LETTER_MISSING"));
  EXPECT_EQ(match.matched, "Storgatan 14, Heby");
  EXPECT_THAT(Find("Storgatan 14 F, Heby").faults, ElementsAre("LETTER_UNKNOWN"));
}

TEST(Geocoder, PrefersThePlainNumberToItsLetters) {
  EXPECT_EQ(Find("Storgatan 12, Heby").level, MatchLevel::kAddressPoint);
  EXPECT_EQ(Find("Storgatan 12, Heby").position, At(604120, 6646000));
}

TEST(Geocoder, PlacesARangeAtTheCenterOfItsSide) {
  const GeocodeMatch match = Find("Tingsgatan 10–16");
  EXPECT_EQ(match.level, MatchLevel::kAddressNumber);
  EXPECT_EQ(match.position, At(604130, 6646000));
  EXPECT_EQ(match.accuracy_radius, Meters{40});
  EXPECT_THAT(match.faults, Contains("NUMBER_RANGE"));
  EXPECT_EQ(Find("Storgatan 14 A-B, Heby").position, At(604155, 6646000));
}

TEST(Geocoder, SaysThatTheNumberIsUnknown) {
  for (const char* text : {"Tingsgatan 47", "tingsg. 300", "Badgränd 7"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.level, MatchLevel::kNone) << text;
    EXPECT_EQ(match.reason, UnplacedReason::kNumberNotFound) << text;
  }
  EXPECT_THAT(Find("Badgränd 300").faults, ElementsAre("NUMBER_OUT_OF_RANGE"));
}

TEST(Geocoder, ClampsANumberJustBeyondTheEndAndSaysSo) {
  const GeocodeMatch match = Find("Tingsgatan 21");
  EXPECT_EQ(match.level, MatchLevel::kInterpolatedEnd);
  EXPECT_EQ(match.position, At(604190, 6646000)) << "at 19, the last on its side";
  EXPECT_EQ(match.accuracy_radius, Meters{89});
  EXPECT_EQ(match.category, MatchCategory::kC);
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_BEYOND_END"));
}

TEST(Geocoder, PlacesAStreetWithoutNumberCoarsely) {
  const GeocodeMatch match = Find("Tingsgatan");
  EXPECT_EQ(match.level, MatchLevel::kStreet);
  EXPECT_EQ(match.position, At(604105, 6646000));
  EXPECT_EQ(match.accuracy_radius, Meters{366});
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_MISSING"));
  EXPECT_EQ(Find("Storgatan").reason, UnplacedReason::kAmbiguous);
  EXPECT_EQ(Find("Storgatan, Heby").level, MatchLevel::kStreet);
  EXPECT_EQ(Find("Storgatan Heby").matched, "Storgatan, Heby");
}

TEST(Geocoder, CoarsensADwellingToItsStreet) {
  for (const char* address : {"Tingsgatan 4", "Tingsgatan 4-8"}) {
    const GeocodeMatch exact = Find(address, "Heby"), coarse = Synthetic().AtStreet(exact);
    const GeocodeMatch street = Find("Tingsgatan", "Heby");
    EXPECT_LE(exact.level, MatchLevel::kAddressNumber) << address;
    EXPECT_EQ(coarse.level, MatchLevel::kStreet) << address;
    EXPECT_EQ(coarse.position, street.position) << address;
    EXPECT_EQ(coarse.accuracy_radius, street.accuracy_radius) << address;
    EXPECT_EQ(coarse.matched, street.matched) << address;
  }
  const GeocodeMatch heby = Synthetic().AtStreet(Find("Storgatan 3", "Heby"));
  EXPECT_EQ(heby.position, Find("Storgatan", "Heby").position) << "the street of that locality";
}

TEST(Geocoder, CoarsensADwellingOnAShortStreetToItsLocality) {
  for (const auto& [address, locality] : {std::pair{"Lilla torg 1", "Heby"},
                                          {"Törngatan 11", "Harbo"},
                                          {"Norrbo Lillgården", "Harbo"},
                                          {"Skegarn 2", "Harbo"}}) {
    const GeocodeMatch coarse = Synthetic().AtStreet(Find(address));
    EXPECT_EQ(coarse.level, MatchLevel::kLocality) << address;
    EXPECT_EQ(coarse.matched, locality) << address;
    EXPECT_GE(coarse.accuracy_radius.value(), 500) << address;
  }
  Gazetteer lonely;
  lonely.addresses = {Street(kHeby, "Tingsgatan", 4)};
  const Geocoder geocoder(lonely);
  EXPECT_EQ(geocoder.AtStreet(geocoder.Geocode({.address = "Tingsgatan 4"})).reason,
            UnplacedReason::kNotFound);
}

TEST(Geocoder, LeavesPlacesAndCoarseMatchesAsTheyAre) {
  for (const char* text : {"Heby skola", "Tingsgatan, Heby", "Harbo", "Påhittade vägen 3"}) {
    const GeocodeMatch match = Find(text), coarse = Synthetic().AtStreet(match);
    EXPECT_EQ(coarse.level, match.level) << text;
    EXPECT_EQ(coarse.position, match.position) << text;
    EXPECT_EQ(coarse.reason, match.reason) << text;
  }
}

TEST(Geocoder, PlacesAVillageWithoutNumberAsALocality) {
  const GeocodeMatch match = Find("Skegarn");
  EXPECT_EQ(match.level, MatchLevel::kLocality);
  EXPECT_EQ(match.accuracy_radius, Meters{500});
}

TEST(Geocoder, FindsPlacesByNameAndAlias) {
  for (const char* text :
       {"Heby skola", "HEBYSKOLAN", "Heby skola, matsalen", "parkeringen vid Heby skola"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.level, MatchLevel::kPoi) << text;
    EXPECT_EQ(match.matched, "Heby skola, Heby") << text;
    EXPECT_EQ(match.accuracy_radius, Meters{80}) << text;
  }
}

TEST(Geocoder, NamesARelationWordAndWidensTheRadius) {
  const GeocodeMatch match = Find("utanför Tingsgatan 12");
  EXPECT_THAT(match.faults, Contains("RELATION_WORD(utanför)"));
  EXPECT_EQ(match.accuracy_radius, Meters{50});
  EXPECT_THAT(Find("mitt emot Heby skola").faults, Contains("RELATION_WORD(mitt emot)"));
}

TEST(Geocoder, LetsContextDecideBetweenPlacesOfOneName) {
  EXPECT_EQ(Find("ICA").reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(Find("ICA").candidates, ElementsAre("ICA, Heby", "ICA, Östervåla"));
  EXPECT_EQ(Find("ICA Östervåla").matched, "ICA, Östervåla");
  EXPECT_EQ(Find("ICA, Heby").matched, "ICA, Heby");
  EXPECT_EQ(Find("bakom ICA", "Heby").matched, "ICA, Heby");
}

TEST(Geocoder, PlacesALocalityAloneCoarsely) {
  const GeocodeMatch heby = Find("Heby");
  EXPECT_EQ(heby.level, MatchLevel::kLocality);
  EXPECT_EQ(heby.accuracy_radius, Meters{900});
  EXPECT_EQ(Find("Runhällen").accuracy_radius, Meters{500}) << "never below 500 m";
  EXPECT_EQ(Find("Harbo").accuracy_radius, Meters{5000}) << "town or parish: the larger holds both";
  EXPECT_EQ(Find("Heby kommun").reason, UnplacedReason::kNotFound);
}

TEST(Geocoder, SaysAmbiguousWhenTheTextNamesTwoPlaces) {
  EXPECT_EQ(Find("Tingsgatan 12, Folkets hus").reason, UnplacedReason::kAmbiguous);
  EXPECT_EQ(Find("Tingsgatan 12 och Tingsgatan 14").level, MatchLevel::kNone);
  EXPECT_EQ(Find("Tingsgatan 12 vid Folkets hus").matched, "Tingsgatan 12, Heby");
  EXPECT_EQ(Find("Tingsgatan 12 14").level, MatchLevel::kNone);
}

TEST(Geocoder, NeverRepeatsThePersonsNameOfACareOfLine) {
  const GeocodeMatch match = Find("c/o Berg, Tingsgatan 12, lgh 1102");
  EXPECT_THAT(match.faults, ElementsAre("CO_REMOVED", "UNIT_REMOVED"));
}

TEST(Geocoder, SaysThatNoPlaceIsGiven) {
  for (const char* text : {"", "   ", "-", "?", "okänd", "Uppgift saknas", "\x01\x02", "\u00A0"})
    EXPECT_EQ(Find(text, "Heby").reason, UnplacedReason::kNoPlaceGiven) << text;
}

TEST(Geocoder, RejectsWhatIsNoPlaceInBoundedTime) {
  std::string words, letters(10000, 'a'), digits(10000, '7'), commas(10000, ',');
  while (words.size() < 10000) words += "Tingsgatan 12, ";
  std::string nested;
  while (nested.size() < 990) nested += "vid ";
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text : {words, letters, digits, nested, std::string("12"), std::string("999 99"),
                                  std::string("💥💥💥"), std::string("\xFF\xFE\xC0"), std::string("1:23"),
                                  std::string("12 14 16"), std::string("Obefintliga gatan 3")})
    EXPECT_EQ(Find(text).level, MatchLevel::kNone) << text.substr(0, 40);
  EXPECT_EQ(Find(words).reason, UnplacedReason::kNotFound);
  EXPECT_EQ(Find(commas).level, MatchLevel::kNone);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Geocoder, FindsTextBesideControlCharactersAndEmoji) {
  EXPECT_EQ(Find("Tingsgatan\t12\r\n").matched, "Tingsgatan 12, Heby");
  EXPECT_EQ(Find("Tings\u00ADgatan\u00A0"
                 "12")
                .matched,
            "Tingsgatan 12, Heby");
}

TEST(Geocoder, AnswersOnAnEmptyRegister) {
  const Geocoder empty{Gazetteer{}};
  EXPECT_EQ(empty.Geocode({.address = "Storgatan 1", .locality = "Heby"}).reason, UnplacedReason::kNotFound);
}

TEST(Geocoder, MergesPointsOfOneAddressThatLieTogether) {
  Gazetteer g;
  g.addresses = {Street(kHeby, "Gränsgatan", 1), Street(kHeby, "Gränsgatan", 1, "", 20)};
  const GeocodeMatch match = Geocoder(g).Geocode({.address = "Gränsgatan 1"});
  EXPECT_EQ(match.level, MatchLevel::kAddressNumber);
  EXPECT_THAT(match.faults, ElementsAre("SEVERAL_POINTS"));
  EXPECT_EQ(match.position, At(604020, 6646000));
}

TEST(Geocoder, GivesTheSameAnswerWhateverTheOrderOfTheRegister) {
  Gazetteer reversed = SyntheticGazetteer();
  std::reverse(reversed.addresses.begin(), reversed.addresses.end());
  std::reverse(reversed.places.begin(), reversed.places.end());
  const Geocoder other(std::move(reversed));
  for (const char* text : {"Storgatan 5", "Storgatan 14, Heby", "ICA", "Tingsgatan", "Skegarn 2"}) {
    const GeocodeMatch a = Find(text), b = other.Geocode({.address = text});
    EXPECT_EQ(a.matched, b.matched) << text;
    EXPECT_EQ(a.candidates, b.candidates) << text;
    EXPECT_EQ(a.position, b.position) << text;
  }
}

TEST(Geocoder, AnswersTheSameFromManyThreads) {
  std::vector<std::string> matched(8);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < matched.size(); ++t)
    threads.emplace_back([&matched, t] {
      for (int i = 0; i < 200; ++i) matched[t] = Find("Storg. 5, Oestervaala").matched;
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& m : matched) EXPECT_EQ(m, "Storgatan 5, Östervåla");
}

TEST(NormalizedPlaceKey, IsTheSameForTheSameText) {
  EXPECT_EQ(NormalizedPlaceKey("Storgatan 12 B", "Heby"), "storgatan 12 b|heby");
  EXPECT_EQ(NormalizedPlaceKey(" STORGATAN  12 b.", "heby"), "storgatan 12 b|heby");
  EXPECT_EQ(NormalizedPlaceKey("Östervåla-skolan", ""), "ostervala skolan");
  EXPECT_EQ(NormalizedPlaceKey("O\u0308sterva\u030Ala-skolan", ""), "ostervala skolan");
}

TEST(NormalizedPlaceKey, KeepsDifferentPlacesApart) {
  EXPECT_NE(NormalizedPlaceKey("Horrsta 1:23", ""), NormalizedPlaceKey("Horrsta 12:3", ""));
  EXPECT_NE(NormalizedPlaceKey("Storgatan 5", "Heby"), NormalizedPlaceKey("Storgatan 5", "Harbo"));
  EXPECT_EQ(NormalizedPlaceKey("", ""), "");
}

}  // namespace
}  // namespace lagesbild::geo
