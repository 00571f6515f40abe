// Norwegian place texts by the engine's configuration "no", on an invented town.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tests/geo/invented_heby.h"

namespace lagesbild::geo {
namespace {

using invented::At;
using ::testing::Contains;

Address House(const char* street, int number, PlanePoint position, const char* letter = "") {
  Address a;
  a.id = street + std::to_string(number) + letter;
  a.area = street;
  a.number = number;
  a.letter = letter;
  a.postal_town = "Elverum";
  a.postcode = "2406";
  a.position = position;
  a.accuracy_radius = Meters{10};
  return a;
}

/// Storgata runs east, Tingveien north; they meet at (650000, 6750000).
const Geocoder& Town() {
  static const Geocoder geocoder([] {
    Gazetteer g;
    g.crs = Epsg{25833};
    g.address_style = "no";
    for (int n = 1; n <= 20; ++n) {
      const double along_m = 10.0 * n - 95, side_m = n % 2 == 0 ? 10 : -10;
      g.addresses.push_back(House("Storgata", n, At(650000 + along_m, 6750000 + side_m)));
      g.addresses.push_back(House("Tingveien", n, At(650000 + side_m, 6750000 + along_m)));
    }
    g.addresses.push_back(House("Kirkegata", 4, At(651000, 6750000), "B"));
    g.addresses.push_back(House("Nordre Ringvei", 7, At(652000, 6750000)));
    g.places = {invented::Named("Elverum ungdomsskole", "school", "Elverum", At(650500, 6750500), 80)};
    g.localities = {invented::Named("Elverum", "locality", "", At(650000, 6750000), 2000)};
    g.neighbors = {"Hamar"};
    return g;
  }());
  return geocoder;
}

GeocodeMatch Find(std::string_view text) { return Town().Geocode({.address = text}); }

TEST(NorwegianText, IsReadWithoutItsFlatsFloorsAndEntrances) {
  for (const char* text :
       {"Storgata 5, leil. 12", "Storgata 5 H0203", "Storgata 5, H0203, 2406 Elverum", "Storgata 5, 2. etg",
        "Storgata 5 oppgang B", "Storgata 5, inngang C, 3. etasje", "Storgata 5, kjelleren",
        "Storgata 5, sokkeletasje", "Storgt. 5", "Storgaten 5", "storgata nr. 5",
        "NO-2406 Elverum, Storgata 5", "c/o Hansen, Storgata 5", "Storgata 5 (bakgården)"}) {
    EXPECT_EQ(Find(text).matched, "Storgata 5, Elverum") << text;
    EXPECT_EQ(Find(text).level, MatchLevel::kAddressPoint) << text;
  }
}

TEST(NorwegianText, KeepsBothSpellingsOfRoadAndAbbreviations) {
  for (const char* text : {"Tingveien 8", "Tingvegen 8", "Tingvn. 8", "Tingv. 8"})
    EXPECT_EQ(Find(text).matched, "Tingveien 8, Elverum") << text;
  for (const char* text : {"N. Ringvei 7", "Nordre Ringveg 7", "NORDRE RINGVEI 7"})
    EXPECT_EQ(Find(text).matched, "Nordre Ringvei 7, Elverum") << text;
  EXPECT_EQ(Find("Kirkegata 4 b").matched, "Kirkegata 4B, Elverum");
  EXPECT_THAT(Find("Kirkegata 4").faults, Contains("LETTER_MISSING"));
}

TEST(NorwegianText, NamesWordsOfRelation) {
  for (const char* text : {"utenfor Storgata 5", "ved Storgata 5", "rett overfor Storgata 5",
                           "i nærheten av Storgata 5", "parkeringsplassen bak Storgata 5"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.matched, "Storgata 5, Elverum") << text;
    EXPECT_EQ(match.category, MatchCategory::kB) << text;
    EXPECT_GE(match.accuracy_radius.value(), 50) << text;
  }
}

TEST(NorwegianText, FindsCrossings) {
  for (const char* text :
       {"krysset Storgata og Tingveien", "Tingvegen/Storgata", "i krysset Storgata x Tingveien",
        "hjørnet av Storgata og Tingveien", "rundkjøringen Storgata - Tingveien"}) {
    const GeocodeMatch match = Find(text);
    EXPECT_EQ(match.level, MatchLevel::kIntersection) << text;
    EXPECT_NEAR(match.position.easting.value(), 650000, 15) << text;
    EXPECT_NEAR(match.position.northing.value(), 6750000, 15) << text;
  }
}

TEST(NorwegianText, FindsTheAddressInASentence) {
  for (const char* text :
       {"Innbrudd i Storgata 5 natt til søndag", "Hærverk på bil utenfor Storgata 5 den 3. mai kl. 0230",
        "Politiet rykket ut til Storgata 5 etter slagsmål mellom tre ungdommer"})
    EXPECT_EQ(Find(text).matched, "Storgata 5, Elverum") << text;
  EXPECT_EQ(Find("Hærverk på Elverum ungdomsskole i helgen").level, MatchLevel::kPoi);
  EXPECT_FALSE(Find("12 gutter på sykkel kl 21 den 17. mai").placed());
}

TEST(NorwegianText, RefusesWhatIsNotThere) {
  EXPECT_EQ(Find("Storgata 500").reason, UnplacedReason::kNumberNotFound);
  EXPECT_FALSE(Find("Påfunngata 5").placed());
  EXPECT_EQ(Find("Storgata 5, Hamar").reason, UnplacedReason::kOutside);
  EXPECT_EQ(Find("Storgata 5, 2406").matched, "Storgata 5, Elverum");
  EXPECT_THAT(Find("Storgata 5, 2400 Elverum").faults, Contains("POSTCODE_CONFLICT"));
}

TEST(NorwegianText, TakesNoShopForATown) {
  for (const char* text : {"Storgata 5, Rema 1000", "Storgata 5, Kiwi", "Storgata 5, Napoli Pizzeria"})
    EXPECT_EQ(Find(text).matched, "Storgata 5, Elverum") << text;
  EXPECT_FALSE(Find("Storgata 5, Trondheim").placed());
}

}  // namespace
}  // namespace lagesbild::geo
