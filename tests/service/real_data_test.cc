// Real files read by configuration alone. They lie beside the repository, never in it.

#include <gmock/gmock.h>

#include "geo/geocoder.h"
#include "service/import.h"
#include "service/runs.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

constexpr const char* kNow = "2026-10-01T08:00:00Z";

std::filesystem::path Shared(const std::string& file) {
  return std::filesystem::path(LAGESBILD_SOURCE_DIR) / "../shared/data" / file;
}
std::string Example(const std::string& file) {
  return ReadBytes(std::filesystem::path(LAGESBILD_SOURCE_DIR) / "tools/examples/philadelphia" / file);
}

#define SKIP_WITHOUT(file)                    \
  if (!std::filesystem::exists(Shared(file))) \
  GTEST_SKIP() << "../shared/data/" << file << " not found: 1 test skipped"

constexpr const char* kLatitudeAndLongitude = R"toml(
[mapping]
version = 1
name = "malmo"
[file]
format = "csv"
[columns]
street = "gata"
number = "gatunummer"
postcode = "postnummer"
easting = "lon"
northing = "lat"
[coordinates]
epsg = 4326
)toml";

TEST(RealData, ReadsMalmosRegisterAndFindsItsAddresses) {
  SKIP_WITHOUT("malmo/malmo_adresser.csv");
  SKIP_WITHOUT("sweden/kommuner_290_okfse_wgs84.geojson");
  const auto store = NewMemoryStore("salt");
  ImportRegister(*store, "reference", Shared("sweden/kommuner_290_okfse_wgs84.geojson"), kNow, R"toml(
[municipality]
version = 1
code = "1280"
name = "Malmö"
[boundary]
where = "id"
equals = "1280"
)toml");
  const RegisterVersion version =
      ImportRegister(*store, "addresses", Shared("malmo/malmo_adresser.csv"), kNow, kLatitudeAndLongitude);
  EXPECT_EQ(version.read, 52861);
  EXPECT_EQ(version.accepted, 52861);
  const geo::Geocoder geocoder(store->LoadMunicipality()->gazetteer);
  const geo::GeocodeMatch match = geocoder.Geocode({"N. Vallg. 34"});
  EXPECT_EQ(match.level, geo::MatchLevel::kAddressPoint);
  EXPECT_TRUE(match.matched.starts_with("Norra Vallgatan 34"));
}

TEST(RealData, ReadsElverumsRegisterIntoAnotherZoneAndFindsItsAddressesInNorwegian) {
  SKIP_WITHOUT("elverum/elverum_no_adresser.csv");
  const auto store = NewMemoryStore("salt");
  const TemporaryFolder folder;
  // The data hold no boundary: a rectangle around the addresses' extent of 42 by 49 km.
  const auto rectangle =
      folder.Write("elverum.geojson",
                   R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon",)"
                   R"("coordinates":[[[11.0,60.5],[12.5,60.5],[12.5,61.3],[11.0,61.3],[11.0,60.5]]]}})");
  ImportRegister(*store, "reference", rectangle, kNow, R"toml(
[municipality]
version = 1
code = "3420"
name = "Elverum"
crs = 25832
address_style = "no"
[boundary]
)toml");
  const RegisterVersion version =
      ImportRegister(*store, "addresses", Shared("elverum/elverum_no_adresser.csv"), kNow, R"toml(
[mapping]
version = 1
name = "elverum"
[file]
format = "csv"
[columns]
street = "gata"
number = "nummer"
letter = "bokstav"
postcode = "postnummer"
postal_town = "poststed"
locality = "grunnkretsnavn"
easting = "easting_25833"
northing = "northing_25833"
[coordinates]
epsg = 25833
)toml");
  EXPECT_EQ(version.read, 10871);
  EXPECT_EQ(version.accepted, 10871);
  const auto municipality = store->LoadMunicipality();
  EXPECT_EQ(municipality->crs, geo::Epsg{25832});
  // Every register address by its own words, "vegen" said as "veien": at most a handful have a twin
  // elsewhere.
  const geo::Geocoder geocoder(municipality->gazetteer);
  int asked = 0, found = 0;
  for (std::size_t i = 0; i < municipality->gazetteer.addresses.size(); i += 50) {
    const geo::Address& address = municipality->gazetteer.addresses[i];
    if (!address.area.ends_with("vegen") || address.number == 0) continue;
    const std::string text = address.area.substr(0, address.area.size() - 5) + "veien " +
                             std::to_string(address.number) + address.letter;
    ++asked;
    const geo::GeocodeMatch match = geocoder.Geocode({text});
    found += match.placed() && match.position == address.position ? 1 : 0;
  }
  EXPECT_GT(asked, 100);
  EXPECT_GT(found, asked * 95 / 100);
}

class Philadelphia : public testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT("philadelphia/philadelphia_shooting_victims_2015-2020.csv");
    SKIP_WITHOUT("philadelphia/philadelphia_city_limits.geojson");
    SKIP_WITHOUT("philadelphia/philadelphia_gazetteer_2015-2018.csv");
    ImportRegister(*store, "reference", Shared("philadelphia/philadelphia_city_limits.geojson"), kNow,
                   Example("municipality.toml"));
    ImportRegister(*store, "addresses", Shared("philadelphia/philadelphia_gazetteer_2015-2018.csv"), kNow,
                   Example("register.toml"));
    store->PutReporter({"phlpd", "Philadelphia Police Department", ReporterKind::kPolice, "", ""});
  }
  ImportOutcome Import(const std::string& file, const std::string& mapping) {
    ImportRequest request;
    request.reporter = "phlpd";
    request.file = Shared("philadelphia/" + file);
    request.file_name = file;
    request.mapping_toml = Example(mapping);
    request.now = kNow;
    return ImportIncidents(*store, request);
  }

  std::unique_ptr<Store> store = NewMemoryStore("salt");
};

TEST_F(Philadelphia, ReconcilesEveryVictimAndEveryIncident) {
  const ImportBatch batch =
      Import("philadelphia_shooting_victims_2015-2020.csv", "incidents_coordinates.toml").batch;
  EXPECT_EQ(batch.persons.read, 9082);
  EXPECT_EQ(batch.persons.accepted, 9082);
  EXPECT_EQ(batch.incidents.accepted, 8725) << "8,720 case numbers, five of them used on two days";
  EXPECT_EQ(batch.incidents.placed + batch.incidents.unplaced, 8725);
  EXPECT_EQ(batch.incidents.outside, 0);
  EXPECT_EQ(batch.quarters.size(), 24U);
  // Ages 0 (12 persons) to 117 as the file has them; 135 have none.
  const std::vector<std::pair<std::string, std::int64_t>> persons{
      {"BARN", 79}, {"UNGDOM", 635}, {"UNG_VUXEN", 3186}, {"VUXEN", 5047}, {"OKAND", 135}};
  for (std::size_t i = 0; i < persons.size(); ++i) {
    EXPECT_EQ(batch.groups.at(i).group, persons[i].first);
    EXPECT_EQ(batch.groups.at(i).persons.accepted, persons[i].second) << persons[i].first;
  }

  PictureRequest request;
  request.selection.first = request.selection.last = {2020, 3};
  request.audience = "internal";
  const geo::SituationPicture picture = AnalyzePicture(*store, request);
  const geo::PictureLayer& all = picture.layers.back();
  EXPECT_EQ(all.tally.incidents.accepted, 696);
  ASSERT_TRUE(all.density.has_value());
  EXPECT_NEAR(all.density_mass, all.used_incidents, 0.01 * all.used_incidents);
}

TEST_F(Philadelphia, PlacesTextsThatTheRegisterHasNotSeenNearTheirCoordinates) {
  SKIP_WITHOUT("philadelphia/philadelphia_geocode_pairs_dev_2019-2020.csv");
  const geo::PlaceComparison places =
      Import("philadelphia_geocode_pairs_dev_2019-2020.csv", "later_reports.toml").places;
  EXPECT_EQ(places.compared, 3727);
  // Blocks that the register holds, and those between them; what is beyond its ends counts as coarse.
  EXPECT_GT(places.placed, 3200);
  EXPECT_LT(places.coarse, 1200);
  EXPECT_LT(places.median.value(), 50);
  EXPECT_LT(places.p90.value(), 170);
}

}  // namespace
}  // namespace lagesbild::service
