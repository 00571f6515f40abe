// Roads, crossings, properties, dated names and neighbors, on invented data around a real name or two.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "geo/geocoder.h"

namespace lagesbild::geo {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

Address House(const char* street, int number, double easting, double northing, const char* town = "Heby") {
  Address a;
  a.id = std::string(street) + std::to_string(number) + town;
  a.area = street;
  a.number = number;
  a.postal_town = town;
  a.postcode = std::string(town) == "Heby" ? "74431" : "74046";
  a.position = At(easting, northing);
  a.accuracy_radius = Meters{10};
  return a;
}

Place Named(const char* name, const char* kind, double easting, double northing, double radius_m) {
  Place p;
  p.id = name;
  p.name = name;
  p.kind = kind;
  p.position = At(easting, northing);
  p.accuracy_radius = Meters{radius_m};
  return p;
}

/// Storgatan runs east, Tingsgatan north; they meet at (604000, 6646000).
void AddTown(Gazetteer& g, const char* town, double easting, double northing) {
  for (int n = 1; n <= 20; ++n) {
    const double along_m = 10.0 * n + 10, side_m = n % 2 == 0 ? 10 : -10;
    g.addresses.push_back(House("Storgatan", n, easting - 105 + along_m, northing + side_m, town));
    g.addresses.push_back(House("Tingsgatan", n, easting + side_m, northing - 105 + along_m, town));
  }
}

Gazetteer Heby() {
  Gazetteer g;
  AddTown(g, "Heby", 604000, 6646000);
  for (int n = 1; n <= 12; ++n) g.addresses.push_back(House("Ågränd", n, 604800 + 10 * n, 6646500));
  for (int n = 1; n <= 9; n += 2) g.addresses.push_back(House("Kvarnvägen", n, 605000, 6645000 + 20 * n));
  g.localities = {Named("Heby", "locality", 604000, 6646000, 900),
                  Named("Runhällen", "locality", 600000, 6655000, 400),
                  Named("Östervåla", "locality", 625000, 6675000, 800)};
  Place library = Named("Biblioteket", "library", 604300, 6646100, 40);
  library.valid_from = std::chrono::sys_days{2026y / 1 / 1};
  Place old_library = Named("Gamla biblioteket", "library", 604900, 6646900, 40);
  old_library.valid_to = std::chrono::sys_days{2025y / 12 / 31};
  g.places = {library, old_library, Named("Heby skola", "school", 604500, 6646300, 80)};
  g.neighbors = {"Sala", "Uppsala kommun"};
  return g;
}

Gazetteer WithRoads() {
  Gazetteer g = Heby();
  g.roads = {{"r1", "", "56", {At(600500, 6640000), At(600500, 6670000)}},
             {"r2", "", "272", {At(604000, 6646000), At(625000, 6675000)}},
             {"r3", "Storgatan", "", {At(603800, 6646000), At(604200, 6646000)}},
             {"r4", "Tingsgatan", "", {At(604000, 6645800), At(604000, 6646200)}},
             {"r5",
              "Slingan",
              "",
              {At(604100, 6645900), At(604100, 6646300), At(604180, 6646300), At(604180, 6645900)}}};
  g.properties = {{"HEBY HORRSTA 1:23", At(606000, 6648000), 31415.9},
                  {"HEBY HORRSTA S:1", At(606500, 6648500), 1000},
                  {"HEBY HORRSTA GA:2", At(606600, 6648600), 1000}};
  return g;
}

GeocodeMatch Find(const Geocoder& geocoder, std::string_view address, std::string_view locality = "",
                  std::chrono::sys_days date = {}) {
  return geocoder.Geocode({.address = address, .locality = locality, .postcode = "", .date = date});
}

TEST(PlaceQuery, TellsOfAPostcodeThatIsNone) {
  const Geocoder geocoder(Heby());
  const std::vector<std::string> told = geocoder
                                            .Geocode({.address = "korsningen Storgatan och Tingsgatan",
                                                      .locality = "",
                                                      .postcode = "okänd",
                                                      .date = {}})
                                            .faults;
  EXPECT_EQ(std::count(told.begin(), told.end(), "CLUTTER_REMOVED(postcode)"), 1);
  const std::vector<std::string> silent = geocoder
                                              .Geocode({.address = "korsningen Storgatan och Tingsgatan",
                                                        .locality = "",
                                                        .postcode = "744 31",
                                                        .date = {}})
                                              .faults;
  EXPECT_EQ(std::count(silent.begin(), silent.end(), "CLUTTER_REMOVED(postcode)"), 0);
}

TEST(Crossing, IsWhereTheRoadsMeetHoweverItIsWritten) {
  const Geocoder geocoder(WithRoads());
  for (const char* text :
       {"korsningen Storgatan och Tingsgatan", "Tingsgatan/Storgatan", "Storgatan & Tingsgatan",
        "Storgatan–Tingsgatan", "hörnet Storgatan Tingsgatan", "hörnet av Tingsgatan och Storgatan",
        "i korsningen Storg. / Tingsg., Heby", "korsningen Storgatan/Tingsgattan"}) {
    const GeocodeMatch match = Find(geocoder, text);
    EXPECT_EQ(match.level, MatchLevel::kIntersection) << text;
    EXPECT_EQ(match.position, At(604000, 6646000)) << text;
    EXPECT_EQ(match.accuracy_radius, Meters{30}) << text;
    EXPECT_EQ(match.matched, "Storgatan / Tingsgatan, Heby") << text;
  }
  EXPECT_EQ(Find(geocoder, "korsningen Storgatan och Tingsgatan").category, MatchCategory::kA);
}

TEST(Crossing, IsEstimatedFromTheHousesAndSaysSo) {
  const Geocoder geocoder(Heby());
  const GeocodeMatch match = Find(geocoder, "korsningen Storgatan och Tingsgatan");
  EXPECT_EQ(match.level, MatchLevel::kIntersection);
  EXPECT_NEAR(match.position.easting.value(), 604000, 15);
  EXPECT_NEAR(match.position.northing.value(), 6646000, 15);
  EXPECT_THAT(match.faults, Contains("CROSSING_ESTIMATED"));
  EXPECT_EQ(match.category, MatchCategory::kC);
  EXPECT_GE(match.accuracy_radius.value(), 60);
}

TEST(Crossing, IsAmbiguousWhereStreetsMeetTwice) {
  const Geocoder geocoder(WithRoads());
  const GeocodeMatch match = Find(geocoder, "Storgatan/Slingan");
  EXPECT_EQ(match.reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(match.candidates, SizeIs(2));
  EXPECT_THAT(match.faults, Contains("SEVERAL_CROSSINGS"));
}

TEST(Crossing, IsDecidedByTheLocalityWhereTwoTownsHaveBoth) {
  Gazetteer g = Heby();
  AddTown(g, "Östervåla", 625000, 6675000);
  const Geocoder geocoder(std::move(g));
  EXPECT_EQ(Find(geocoder, "Storgatan/Tingsgatan").reason, UnplacedReason::kAmbiguous);
  EXPECT_NEAR(Find(geocoder, "Storgatan/Tingsgatan, Östervåla").position.easting.value(), 625000, 15);
  EXPECT_NEAR(Find(geocoder, "Storgatan/Tingsgatan", "Heby").position.easting.value(), 604000, 15);
}

TEST(Crossing, IsRefusedWhereTheStreetsDoNotMeet) {
  const GeocodeMatch match = Find(Geocoder(Heby()), "korsningen Storgatan och Ågränd");
  EXPECT_FALSE(match.placed());
  EXPECT_THAT(match.faults, ElementsAre("STREETS_DO_NOT_MEET"));
}

TEST(RoadPlace, IsTheStretchOfTheRoadBesideThePlace) {
  const Geocoder geocoder(WithRoads());
  for (const char* text :
       {"väg 56 vid Runhällen", "rv 56, Runhällen", "Runhällen, väg 56", "Väg 56 i höjd med Runhällen"}) {
    const GeocodeMatch match = Find(geocoder, text);
    EXPECT_EQ(match.level, MatchLevel::kRoadPlace) << text;
    EXPECT_NEAR(match.position.easting.value(), 600500, 1) << text;
    EXPECT_NEAR(match.position.northing.value(), 6655000, 50) << text;
    EXPECT_NEAR(match.accuracy_radius.value(), 866, 30) << "half of what lies within 1 km: " << text;
    EXPECT_EQ(match.category, MatchCategory::kC) << text;
    EXPECT_THAT(match.faults, Contains("ROAD_STRETCH")) << text;
  }
}

TEST(RoadPlace, RunsTowardsAPlaceFromWhereTheReportComes) {
  const Geocoder geocoder(WithRoads());
  const GeocodeMatch whole = Find(geocoder, "lv 272 mot Östervåla");
  EXPECT_EQ(whole.level, MatchLevel::kRoadPlace);
  EXPECT_NEAR(whole.accuracy_radius.value(), 35805.0 / 2, 300) << "half the road";
  const GeocodeMatch kilometers = Find(geocoder, "väg 56, 5 km söder om Runhällen");
  EXPECT_NEAR(kilometers.position.northing.value(), 6650000, 200);
  EXPECT_THAT(kilometers.faults, Contains("OFFSET_PHRASE"));
}

TEST(RoadPlace, IsNotFoundWithoutRoadsNorPutInTheLocalityInstead) {
  EXPECT_FALSE(Find(Geocoder(Heby()), "väg 56 vid Runhällen").placed());
  EXPECT_FALSE(Find(Geocoder(Heby()), "väg 56").placed());
}

TEST(PropertyDesignation, IsFoundWithAndWithoutTheMunicipality) {
  const Geocoder geocoder(WithRoads());
  for (const char* text : {"HEBY HORRSTA 1:23", "Horrsta 1:23", "fastigheten horrsta 1:23"}) {
    const GeocodeMatch match = Find(geocoder, text);
    EXPECT_EQ(match.level, MatchLevel::kProperty) << text;
    EXPECT_EQ(match.position, At(606000, 6648000)) << text;
    EXPECT_NEAR(match.accuracy_radius.value(), 100, 0.1) << "the circle of its area: " << text;
  }
  EXPECT_EQ(Find(geocoder, "Horrsta S:1").position, At(606500, 6648500));
  EXPECT_EQ(Find(geocoder, "HORRSTA GA:2").position, At(606600, 6648600));
  EXPECT_FALSE(Find(geocoder, "Horrsta 1:24").placed());
  EXPECT_FALSE(Find(geocoder, "Horrsta 12:3").placed());
}

TEST(DatedName, IsFoundOnItsDaysAlone) {
  const Geocoder geocoder(Heby());
  EXPECT_EQ(Find(geocoder, "utanför biblioteket", "", 2026y / 3 / 1).level, MatchLevel::kPoi);
  const GeocodeMatch early = Find(geocoder, "utanför biblioteket", "", 2025y / 3 / 1);
  EXPECT_FALSE(early.placed());
  EXPECT_THAT(early.faults, Contains("ALIAS_EXPIRED"));
  EXPECT_EQ(Find(geocoder, "Gamla biblioteket", "", 2025y / 12 / 31).level, MatchLevel::kPoi)
      << "its last day";
  EXPECT_FALSE(Find(geocoder, "Gamla biblioteket", "", 2026y / 1 / 1).placed());
  EXPECT_EQ(Find(geocoder, "Gamla biblioteket").level, MatchLevel::kPoi) << "no day is any day";
}

TEST(DatedName, IsFoundThoughALetterIsWrong) {
  const GeocodeMatch match = Find(Geocoder(Heby()), "Heby skoola");
  EXPECT_EQ(match.level, MatchLevel::kPoi);
  EXPECT_THAT(match.faults, ElementsAre("STREET_EDIT_1"));
}

TEST(Neighbor, IsRecognizedAndNeverForcedInside) {
  const Geocoder geocoder(Heby());
  for (const char* text :
       {"Storgatan 5, Sala", "Storgatan 5 Sala", "Obefintliga gatan 3, Sala", "i Uppsala kommun"}) {
    const GeocodeMatch match = Find(geocoder, text);
    EXPECT_EQ(match.reason, UnplacedReason::kOutside) << text;
    EXPECT_THAT(match.faults, Contains("OUTSIDE_AREA")) << text;
  }
}

TEST(Locality, IsReadWithALetterWrong) {
  Gazetteer g = Heby();
  AddTown(g, "Östervåla", 625000, 6675000);
  const Geocoder geocoder(std::move(g));
  for (const char* text : {"Storgatan 5, Östervåal", "Storgatan 5 Ostervala", "Storgatan 5 Östevåla"})
    EXPECT_EQ(Find(geocoder, text).matched, "Storgatan 5, Östervåla") << text;
  EXPECT_THAT(Find(geocoder, "Storgatan 5, Östervåal").faults, Contains("LOCALITY_EDIT"));
}

TEST(Clutter, KeepsADistanceAsARadius) {
  const Geocoder geocoder(Heby());
  for (const char* text :
       {"ca 150 m norr om Storgatan 5", "Storgatan 5 ca 150 m norrut", "150 meter från Storgatan 5"}) {
    const GeocodeMatch match = Find(geocoder, text);
    EXPECT_EQ(match.matched, "Storgatan 5, Heby") << text;
    EXPECT_EQ(match.accuracy_radius, Meters{150}) << text;
    EXPECT_THAT(match.faults, Contains("OFFSET_PHRASE")) << text;
  }
}

TEST(Clutter, KeepsTheNumberAfterAComma) {
  const Geocoder geocoder(Heby());
  EXPECT_EQ(Find(geocoder, "Storgatan, 5").matched, "Storgatan 5, Heby");
  EXPECT_EQ(Find(geocoder, "Storgatan nummer 5").matched, "Storgatan 5, Heby");
  EXPECT_EQ(Find(geocoder, "5 Storgatan").matched, "Storgatan 5, Heby");
}

TEST(Candidates, AreRankedByTheirDistanceToTheStatedLocality) {
  Gazetteer g = Heby();
  AddTown(g, "Östervåla", 625000, 6675000);
  AddTown(g, "Aspnäs", 615000, 6660000);
  g.addresses.push_back(House("Zinkgatan", 3, 600100, 6655000, "Zinkbo"));
  g.addresses.push_back(House("Zinkgatan", 3, 625100, 6675000, "Zinkby"));
  const Geocoder geocoder(std::move(g));
  EXPECT_THAT(Find(geocoder, "Storgatan 3", "Runhällen").candidates,
              ElementsAre("Storgatan 3, Heby", "Storgatan 3, Aspnäs", "Storgatan 3, Östervåla"));
  EXPECT_THAT(Find(geocoder, "Storgatan 3").candidates,
              ElementsAre("Storgatan 3, Aspnäs", "Storgatan 3, Heby", "Storgatan 3, Östervåla"));
}

TEST(Places, AreFoundWhereTheRegisterHasNothingElse) {
  Gazetteer g;
  g.places = {Named("Heby skola", "school", 604500, 6646300, 80)};
  EXPECT_EQ(Find(Geocoder(std::move(g)), "Heby skola").level, MatchLevel::kPoi);
}

TEST(Sentence, GivesUpBetweenTwoAddresses) {
  const Geocoder geocoder(Heby());
  const GeocodeMatch match = Find(geocoder, "Någon sprang från Storgatan 3 till Kvarnvägen 7 i går");
  EXPECT_EQ(match.reason, UnplacedReason::kAmbiguous);
  EXPECT_THAT(match.candidates, ElementsAre("Kvarnvägen 7, Heby", "Storgatan 3, Heby"));
  EXPECT_THAT(match.faults, Contains("SEVERAL_ADDRESSES"));
}

TEST(Sentence, PicksNoStreetOfARow) {
  const Geocoder geocoder(Heby());
  for (const char* text : {"Storgatan Tingsgatan Ågränd", "Storgatan, Tingsgatan, Ågränd"}) {
    const GeocodeMatch match = Find(geocoder, text);
    EXPECT_EQ(match.reason, UnplacedReason::kAmbiguous) << text;
    EXPECT_THAT(match.faults, Contains("SEVERAL_ADDRESSES")) << text;
  }
}

TEST(Sentence, RefusesTheStreetOfAnotherPerson) {
  Gazetteer g = Heby();
  for (int n = 1; n <= 9; ++n) {
    g.addresses.push_back(House("Erik Bergs gata", n, 606000 + 10 * n, 6646000));
    g.addresses.push_back(House("Lunds gata", n, 607000 + 10 * n, 6646000));
    g.addresses.push_back(House("Dahlsgatan", n, 608000 + 10 * n, 6646000));
  }
  const Geocoder geocoder(std::move(g));
  EXPECT_EQ(Find(geocoder, "Bergs gata 5").matched, "Erik Bergs gata 5, Heby");
  for (const char* text : {"Anders Bergs gata 5", "Bråk utanför Anders Bergs gata 5 i natt",
                           "c/o Lind Anders Bergs gata 5", "Anders Lunds gata 5", "Anders Dahls gata 5"})
    EXPECT_FALSE(Find(geocoder, text).placed()) << text;
  EXPECT_EQ(Find(geocoder, "Inbrott Lunds gata 5").matched, "Lunds gata 5, Heby");
}

TEST(Sentence, LetsALocalityInItsMiddleDecide) {
  Gazetteer g = Heby();
  AddTown(g, "Östervåla", 625000, 6675000);
  const Geocoder geocoder(std::move(g));
  EXPECT_EQ(Find(geocoder, "Polisen larmades 0500 till Storgatan 9, Östervåla efter ett slagsmål").matched,
            "Storgatan 9, Östervåla");
}

TEST(Remark, KeepsTheNumberWhateverSetsItOff) {
  const Geocoder geocoder(Heby());
  for (const char* text :
       {"Storgatan 5 - bakgården", "Storgatan 5 – ring på", "Storgatan 5–bakgården", "Storgatan 5; uppg. B",
        "Storgatan 5 / entré B", "Storgatan 5/entré B", "Storgatan 5 (kod: 1234)", "Storgatan 5: ring på",
        "Storgatan 5 | bakgården", "Storgatan 5\nHeby", "Storgatan (5)", "Storgatan 5-1102"})
    EXPECT_EQ(Find(geocoder, text).matched, "Storgatan 5, Heby") << text;
}

TEST(Town, LowersTheCategoryWhereTheRegisterKnowsNoTowns) {
  Gazetteer g;
  for (int n = 1; n <= 9; ++n) {
    g.addresses.push_back(House("Storgatan", n, 604000 + 10 * n, 6646000, ""));
    g.addresses.back().postcode = "74431";
    g.addresses.push_back(House("Tingsgatan", n, 605000 + 10 * n, 6646000, ""));
    g.addresses.back().postcode = "74432";
  }
  g.neighbors = {"Sala"};
  const Geocoder geocoder(std::move(g));
  EXPECT_EQ(Find(geocoder, "Storgatan 5, 744 31 Heby").category, MatchCategory::kA) << "its own postcode";
  const GeocodeMatch town = Find(geocoder, "Storgatan 5, Heby");
  EXPECT_EQ(town.category, MatchCategory::kB);
  EXPECT_THAT(town.faults, Contains("LOCALITY_CONFLICT"));
  EXPECT_THAT(Find(geocoder, "Storgatan 5, 744 32 Heby").faults, Contains("POSTCODE_CONFLICT"));
  for (const char* text : {"Storgatan 5, Sala", "Storgatan 5, 733 31 Sala", "Storgatan 5, 118 40 Stockholm",
                           "storgatan 5, 118 40 stockholm"})
    EXPECT_EQ(Find(geocoder, text).reason, UnplacedReason::kOutside) << text;
}

TEST(Sentence, DoesNotTakePartOfALongerName) {
  const Geocoder geocoder(Heby());
  EXPECT_FALSE(Find(geocoder, "larm från Norra Kvarnvägen 7 i natt").placed());
  EXPECT_EQ(Find(geocoder, "larm från Kvarnvägen 7 i natt").matched, "Kvarnvägen 7, Heby");
}

TEST(Span, CountsCharactersOfTheTextAsWritten) {
  const Geocoder geocoder(Heby());
  const GeocodeMatch match = Find(geocoder, "  På  gården, Kvarnvägen   7 ");
  EXPECT_EQ(match.matched, "Kvarnvägen 7, Heby");
  EXPECT_EQ(match.span, (TextSpan{14, 28}));
  EXPECT_EQ(match.faults.size(), match.fault_spans.size());
}

TEST(BadInput, IsAnsweredWithANamedFaultInBoundedTime) {
  const Geocoder geocoder(WithRoads());
  std::string long_text, letters(900, 'a'), digits(900, '7'), slashes, words;
  while (long_text.size() < 10000) long_text += "Storgatan 5, ";
  while (slashes.size() < 900) slashes += "Storgatan/";
  for (int i = 0; i < 39; ++i) words += "storgatann ";
  for (const std::string& text :
       {std::string(), std::string("   "), std::string("\x01\x02\x03"), std::string("💥💥"), std::string("12"),
        std::string("' OR 1=1; DROP TABLE adress; --"), std::string(".*(a+)+$"), std::string("שלום עולם"),
        std::string("\xFF\xFE\xC0"), std::string("O\u0308\u0308\u0308"), long_text, letters, digits, slashes,
        words, std::string("7 7 7 7 7 7 7 7")}) {
    const auto start = std::chrono::steady_clock::now();
    const GeocodeMatch match = Find(geocoder, text, text.substr(0, 50));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 200ms) << text.substr(0, 30);
    if (!match.placed()) {
      EXPECT_THAT(match.faults, Not(IsEmpty())) << text.substr(0, 30);
    }
    EXPECT_TRUE(match.level == MatchLevel::kNone || match.category == MatchCategory::kC)
        << text.substr(0, 30);
  }
  EXPECT_THAT(Find(geocoder, long_text).faults, ElementsAre("TEXT_TOO_LONG"));
  EXPECT_THAT(Find(geocoder, "").faults, ElementsAre("TEXT_EMPTY"));
  EXPECT_THAT(Find(geocoder, "Obefintliga gatan 3").faults, ElementsAre("STREET_NOT_FOUND"));
}

TEST(Answer, NamesAFaultWheneverItIsNotSureAndOnlyNeutralOnesWhenItIs) {
  const Geocoder geocoder(WithRoads());
  for (const char* text : {"Storgatan 5", "STORGATAN 5", "Storg. 5", "Storgatn 5", "Storgatan 21",
                           "Storgatan", "Heby", "Heby skola", "utanför Heby skola", "Storgatan 3-7",
                           "Kvarnvägen 4", "Horrsta 1:23", "väg 56 vid Runhällen", "Storgatan/Tingsgatan",
                           "Stor gatan 5", "Tingsvägen 5", "Storgatan 5, 740 46"}) {
    const GeocodeMatch match = Find(geocoder, text);
    ASSERT_TRUE(match.placed()) << text;
    EXPECT_EQ(match.faults.size(), match.fault_spans.size()) << text;
    if (match.category != MatchCategory::kA) {
      EXPECT_THAT(match.faults, Not(IsEmpty())) << text;
      EXPECT_LT(match.score, 100) << text;
    } else {
      EXPECT_EQ(match.score, 100) << text;
    }
  }
}

TEST(Nearest, TellsAddressDistanceSideAndLocality) {
  const Geocoder geocoder(Heby());
  const NearestAddress nearest = geocoder.Nearest(At(604003, 6646013));
  ASSERT_TRUE(nearest.found);
  EXPECT_EQ(nearest.label, "Storgatan 10, Heby");
  EXPECT_NEAR(nearest.distance_m, std::hypot(2, 3), 1e-6);
  EXPECT_EQ(nearest.side, StreetSide::kLeft) << "north of a street that runs east";
  EXPECT_EQ(nearest.locality, "Heby");
  EXPECT_EQ(geocoder.Nearest(At(604055, 6645980)).side, StreetSide::kRight);
}

TEST(Nearest, FindsNothingInTheForest) {
  const Geocoder geocoder(Heby());
  EXPECT_FALSE(geocoder.Nearest(At(612000, 6652000)).found);
  EXPECT_FALSE(geocoder.Nearest(At(604000, 6646300), Meters{50}).found);
  EXPECT_TRUE(geocoder.Nearest(At(604000, 6646300), Meters{500}).found);
  EXPECT_FALSE(geocoder.Nearest(At(std::nan(""), 0)).found);
  EXPECT_FALSE(Geocoder(Gazetteer{}).Nearest(At(0, 0)).found);
}

TEST(Suggestions, GrowWithTheText) {
  const Geocoder geocoder(Heby());
  const auto texts = [&](std::string_view typed, std::size_t most = 10) {
    std::vector<std::string> found;
    for (const Suggestion& s : geocoder.Suggest(typed, most)) found.push_back(s.text);
    return found;
  };
  EXPECT_THAT(texts("s"), IsEmpty());
  EXPECT_THAT(texts("sto"), ElementsAre("Storgatan, Heby"));
  EXPECT_THAT(texts("STORG"), ElementsAre("Storgatan, Heby"));
  EXPECT_THAT(texts("storgatan 1", 3),
              ElementsAre("Storgatan 1, Heby", "Storgatan 10, Heby", "Storgatan 11, Heby"));
  EXPECT_THAT(texts("heby s"), ElementsAre("Heby skola"));
  EXPECT_THAT(texts("agr"), ElementsAre("Ågränd, Heby")) << "without marks";
  EXPECT_THAT(texts("kvran"), ElementsAre("Kvarnvägen, Heby")) << "two letters exchanged";
  EXPECT_EQ(geocoder.Suggest("kvran").front().edits, 1);
  EXPECT_THAT(texts(std::string(5000, 'a')), IsEmpty());
  EXPECT_THAT(texts("xyzzyx"), IsEmpty());
}

}  // namespace
}  // namespace lagesbild::geo
