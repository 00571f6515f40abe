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
  EXPECT_EQ(city.Geocode({"4700 BLOCK S 91ST ST"}).reason, UnplacedReason::kNumberNotFound);
  for (const char* text : {"91st & Quartz Ave", "BLOCK", "500", "500 BLOCK", "500 BLOCK N 91ST ST"})
    EXPECT_FALSE(city.Geocode({text}).placed()) << text;
}

/// An invented city of straight streets 120 m apart: north-south streets are numbered, east-west ones named.
Gazetteer RegularCity() {
  Gazetteer gazetteer;
  gazetteer.address_style = "us-block";
  const char* const names[] = {"AGATE ST", "BERYL ST", "CORAL ST", "DUNE ST", "EMERALD ST"};
  for (int street = 0; street < 5; ++street)
    for (int block = 0; block < 8; ++block) {
      // Named streets run along the blocks of the numbered ones: block 1000 lies between 10th and 11th.
      Address named = AddressAt(names[street], 1000 + 100 * block, 480000 + 120.0 * block + 60);
      named.position.northing = Meters{4420000 + 120.0 * street};
      gazetteer.addresses.push_back(named);
    }
  for (int street = 0; street < 8; ++street)
    for (int block = 0; block < 4; ++block) {
      Address numbered =
          AddressAt("N " + std::to_string(20 + street) + "TH ST", 100 * block, 480000 + 120.0 * street);
      numbered.position.northing = Meters{4420000 + 120.0 * block + 60};
      gazetteer.addresses.push_back(numbered);
    }
  return gazetteer;
}

TEST(UsBlockAddress, PutsAMissingBlockWhereTheStreetsBesideHaveTheirs) {
  Gazetteer gazetteer = RegularCity();
  std::erase_if(gazetteer.addresses,
                [](const Address& a) { return a.area == "CORAL ST" && a.number > 1000; });
  const Geocoder city(std::move(gazetteer));
  const GeocodeMatch match = city.Geocode({"1600 BLOCK CORAL ST"});
  EXPECT_NEAR(match.position.easting.value(), 480000 + 6 * 120 + 60, 1);
  EXPECT_NEAR(match.position.northing.value(), 4420240, 1);
  EXPECT_EQ(match.level, MatchLevel::kInterpolatedEnd) << "the street's own blocks end before";
  EXPECT_EQ(match.category, MatchCategory::kC);
  EXPECT_THAT(match.faults, ElementsAre("NUMBER_BEYOND_END"));
}

TEST(UsBlockAddress, IsFoundWithoutItsDirectionOrTypeAndSaysSo) {
  const Geocoder city(RegularCity());
  const GeocodeMatch match = city.Geocode({"100 BLOCK 22TH ST"});
  EXPECT_EQ(match.level, MatchLevel::kAddressNumber);
  EXPECT_THAT(match.faults, Contains("DIRECTION_MISSING"));
  EXPECT_EQ(match.category, MatchCategory::kB);
  EXPECT_THAT(city.Geocode({"1200 BLOCK BERYL AVE"}).faults, Contains("SUFFIX_DIFFERS"));
  EXPECT_EQ(city.Geocode({"1200 BLOCK BERYL AVE"}).category, MatchCategory::kC);
  EXPECT_THAT(city.Geocode({"1200 BLOCK EMERLAD ST"}).faults, Contains("STREET_EDIT_1"));
}

TEST(UsBlockAddress, IsFoundWhereTheDirectionIsTheName) {
  Gazetteer gazetteer = RegularCity();
  gazetteer.addresses.push_back(AddressAt("S ST", 300, 481000));
  const Geocoder city(std::move(gazetteer));
  EXPECT_EQ(city.Geocode({"300 BLOCK South St"}).position.easting, Meters{481000});
  EXPECT_EQ(city.Geocode({"300 BLOCK S ST"}).position.easting, Meters{481000});
}

TEST(UsBlockAddress, IsRefusedWhereTheStreetsBesideRunByTheOppositeName) {
  Gazetteer gazetteer = RegularCity();
  for (int block = 0; block < 2; ++block) {  // beside N 22ND to N 24TH, without a direction
    Address a = AddressAt("GARNET ST", 100 * block, 480000 + 120.0 * 3 + 40);
    a.position.northing = Meters{4420000 + 120.0 * block + 60};
    gazetteer.addresses.push_back(a);
  }
  const Geocoder city(std::move(gazetteer));
  EXPECT_TRUE(city.Geocode({"200 BLOCK GARNET ST"}).placed());
  EXPECT_TRUE(city.Geocode({"200 BLOCK N GARNET ST"}).placed());
  EXPECT_FALSE(city.Geocode({"200 BLOCK S GARNET ST"}).placed());
}

TEST(UsBlockAddress, IsRefusedWithoutADirectionWhereBothHalvesOfTheCityHaveSuchABlock) {
  Gazetteer gazetteer = RegularCity();
  std::erase_if(gazetteer.addresses,
                [](const Address& a) { return a.area == "N 22TH ST" && a.number == 300; });
  EXPECT_TRUE(Geocoder(gazetteer).Geocode({"300 BLOCK 22TH ST"}).placed());
  for (const char* street : {"S 24TH ST", "S 25TH ST", "S 26TH ST"})
    gazetteer.addresses.push_back(AddressAt(street, 300, 490000));
  EXPECT_FALSE(Geocoder(gazetteer).Geocode({"300 BLOCK 22TH ST"}).placed());
  EXPECT_TRUE(Geocoder(gazetteer).Geocode({"300 BLOCK N 22TH ST"}).placed());
}

TEST(UsBlockAddress, StatesARadiusNoSmallerThanABlockIsLong) {
  Gazetteer gazetteer;
  gazetteer.address_style = "us-block";
  for (int street = 0; street < 20; ++street)
    for (int block = 0; block < 6; ++block) {
      // Each block's point is any place along it.
      Address a = AddressAt("STREET" + std::string(1, static_cast<char>('A' + street)) + " ST", 100 * block,
                            480000 + 200.0 * block + (street * 67 + block * 113) % 200);
      a.position.northing = Meters{4420000 + 500.0 * street};
      gazetteer.addresses.push_back(a);
    }
  const GeocodeMatch match = Geocoder(std::move(gazetteer)).Geocode({"200 BLOCK STREETC ST"});
  EXPECT_EQ(match.level, MatchLevel::kAddressNumber);
  EXPECT_GT(match.accuracy_radius, Meters{100}) << "the register says 75 m";
  EXPECT_LT(match.accuracy_radius, Meters{200});
}

TEST(UsBlockAddress, IsPlacedAtTheCornerOfTwoStreets) {
  const Geocoder city(RegularCity());
  for (const char* text : {"22th & Beryl St", "N 22TH ST / BERYL ST", "BERYL AND 22TH"}) {
    const GeocodeMatch match = city.Geocode({text});
    EXPECT_EQ(match.level, MatchLevel::kIntersection) << text;
    EXPECT_NEAR(match.position.easting.value(), 480240, 1) << text;
    EXPECT_NEAR(match.position.northing.value(), 4420120, 1) << text;
    EXPECT_THAT(match.faults, Contains("CROSSING_ESTIMATED")) << text;
  }
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
  EXPECT_THAT(ExpandStreetName({"e", "st"}, style), ElementsAre("e street", "east street"))
      << "a letter, or a direction that is the name";
  EXPECT_THAT(ExpandStreetName({"n", "39th"}, style), Contains("north 39th"));
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
