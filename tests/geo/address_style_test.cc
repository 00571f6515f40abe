#include "geo/address_style.h"

#include <gmock/gmock.h>

#include "geo/errors.h"
#include "geo/geocoder.h"
#include "geo/place_comparison.h"
#include "geo/street_abbreviations.h"

namespace lagesbild::geo {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Address AddressAt(const std::string& area, int number, double easting) {
  Address address;
  address.id = area + std::to_string(number);
  address.area = area;
  address.number = number;
  address.position = {Meters{easting}, Meters{4420000}};
  address.accuracy_radius = Meters{75};
  return address;
}

/// Invented blocks: a street at a time, each block 100 m further east.
Geocoder UsCity() {
  Gazetteer gazetteer;
  gazetteer.address_style = "us-block";
  double easting = 480000;
  for (const auto& [street, block] :
       {std::pair{"S 91ST ST", 500}, std::pair{"S 91ST ST", 600}, std::pair{"N 90TH ST", 0},
        std::pair{"W QUARTZ AVE", 2100}, std::pair{"\"A\" ST", 2700}, std::pair{"MT PEBBLE TER", 100}})
    gazetteer.addresses.push_back(AddressAt(street, block, easting += 100));
  return Geocoder(std::move(gazetteer));
}

TEST(UsBlockAddress, IsFoundHoweverItIsWrittenOut) {
  const Geocoder city = UsCity();
  for (const char* text : {"500 BLOCK S 91ST ST", "500 block of South 91st Street", "500 Blk S. 91 St.",
                           "500 Block of S 91st St", "500 s 91st str"}) {
    const GeocodeMatch match = city.Geocode({text});
    EXPECT_EQ(match.position.easting, Meters{480100}) << text;
    EXPECT_EQ(match.level, MatchLevel::kAddressNumber) << "a block is several addresses: " << text;
  }
  EXPECT_EQ(city.Geocode({"2100 BLOCK \"A\" ST"}).reason, UnplacedReason::kNumberNotFound);
  EXPECT_EQ(city.Geocode({"2700 block A Street"}).position.easting, Meters{480500});
  EXPECT_EQ(city.Geocode({"100 BLOCK MOUNT PEBBLE TERRACE"}).position.easting, Meters{480600});
  EXPECT_EQ(city.Geocode({"0 BLOCK N 90TH ST"}).position.easting, Meters{480300});
}

TEST(UsBlockAddress, PutsANumberIntoItsBlockAndSaysSo) {
  const GeocodeMatch match = UsCity().Geocode({"514 S 91ST ST"});
  EXPECT_EQ(match.position.easting, Meters{480100});
  EXPECT_THAT(match.faults, Contains("NUMBER_IN_BLOCK"));
  EXPECT_THAT(UsCity().Geocode({"500 BLOCK S 91ST ST"}).faults, IsEmpty());
}

TEST(UsBlockAddress, PartsADirectionThatIsGluedToTheName) {
  const GeocodeMatch match = UsCity().Geocode({"2100 BLOCK WQUARTZ AVE"});
  EXPECT_EQ(match.position.easting, Meters{480400});
  EXPECT_THAT(match.faults, Contains("COMPOUND_SPLIT"));
}

TEST(UsBlockAddress, IsNeverGuessedAt) {
  const Geocoder city = UsCity();
  EXPECT_EQ(city.Geocode({"700 BLOCK S 91ST ST"}).reason, UnplacedReason::kNumberNotFound);
  for (const char* crossing : {"91st & Quartz Ave", "91ST AND QUARTZ AVE", "90th / Quartz Sts", "BLOCK",
                               "500", "500 BLOCK", "500 BLOCK N 91ST ST"})
    EXPECT_FALSE(city.Geocode({crossing}).placed()) << crossing;
}

TEST(NorwegianAddress, IsFoundByShortFormsAndBothSpellingsOfRoad) {
  Gazetteer gazetteer;
  gazetteer.address_style = "no";
  gazetteer.addresses = {AddressAt("Oppdiktetgata", 3, 1), AddressAt("Liksomvegen", 2, 2),
                         AddressAt("Østre Påfunn vei", 1, 3)};
  const Geocoder town(std::move(gazetteer));
  EXPECT_EQ(town.Geocode({"Oppdiktetgt. 3"}).position.easting, Meters{1});
  EXPECT_EQ(town.Geocode({"Liksomveien 2"}).position.easting, Meters{2});
  EXPECT_EQ(town.Geocode({"Ø. Påfunn veg 1"}).position.easting, Meters{3});
  EXPECT_EQ(town.Geocode({"OSTRE PAFUNN VEI 1"}).position.easting, Meters{3});
}

TEST(AddressStyle, IsRefusedWhenNobodyKnowsIt) {
  Gazetteer gazetteer;
  gazetteer.address_style = "fr";
  EXPECT_THROW(Geocoder{gazetteer}, InvalidInput);
  EXPECT_EQ(FindAddressStyle("fr"), nullptr);
}

TEST(AddressStyle, WritesUsNamesOutInOneWay) {
  const AddressStyle& style = *FindAddressStyle("us-block");
  EXPECT_THAT(ExpandStreetName({"s", "52", "st"}, style), ElementsAre("south 52nd street"));
  EXPECT_THAT(ExpandStreetName({"s", "11th", "st"}, style), ElementsAre("south 11th street"));
  EXPECT_THAT(ExpandStreetName({"e", "st"}, style), ElementsAre("e street")) << "a letter, not a direction";
  EXPECT_THAT(ExpandStreetName({"quartz", "ave", "n"}, style), ElementsAre("quartz avenue north"));
}

TEST(PlaceComparison, TellsShareAndDistancesOfThePlacedTexts) {
  PlaceComparer comparer;
  const auto add = [&](MatchLevel level, double easting) {
    GeocodeMatch match;
    match.level = level;
    match.position = {Meters{easting}, Meters{0}};
    comparer.Add({Meters{0}, Meters{0}}, match);
  };
  for (int meters = 1; meters <= 10; ++meters) add(MatchLevel::kAddressNumber, 10 * meters);
  add(MatchLevel::kStreet, 5000);
  add(MatchLevel::kNone, 0);
  const PlaceComparison result = comparer.Result();
  EXPECT_EQ(result.compared, 12);
  EXPECT_EQ(result.placed, 11);
  EXPECT_EQ(result.coarse, 1);
  EXPECT_EQ(result.median, Meters{50});
  EXPECT_EQ(result.p90, Meters{90});
}

TEST(PlaceComparison, IsZeroOfNothing) {
  const PlaceComparison result = PlaceComparer().Result();
  EXPECT_EQ(result.compared, 0);
  EXPECT_EQ(result.p90, Meters{0});
}

}  // namespace
}  // namespace lagesbild::geo
