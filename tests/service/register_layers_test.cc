#include "service/register_layers.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "geo/geocoder.h"
#include "maps/register_input.h"
#include "service/errors.h"
#include "service/import.h"
#include "service/memory_store.h"
#include "service/municipality.h"
#include "service/register_mapping.h"
#include "tests/maps/temporary_folder.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using maps::testing::TemporaryFolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kData = LAGESBILD_SOURCE_DIR "/../shared/data";
const std::filesystem::path kExamples = LAGESBILD_SOURCE_DIR "/tools/examples";

std::string TextOf(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

constexpr double kEast = 604054, kNorth = 6645981;

Municipality Square(double half = 5000) {
  Municipality square;
  square.code = "0331";
  square.name = "Heby";
  const auto corner = [&](double e, double n) {
    return geo::PlanePoint{geo::Meters{kEast + e * half}, geo::Meters{kNorth + n * half}};
  };
  square.boundary = {{{corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)}, {}}};
  return square;
}

/// The same on a store in memory and on one in a file.
class RegisterLayers : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam())
      store = OpenSqliteStore((folder / "l.db").string(), "salt");
    else
      store = std::make_unique<MemoryStore>("salt");
    store->PutReference(Version("ref"), Square());
  }
  static RegisterVersion Version(const std::string& sha) {
    RegisterVersion version;
    version.sha256 = sha;
    return version;
  }
  RegisterOutcome Import(const std::string& kind, const std::string& text, const std::string& part = "",
                         const std::string& extension = ".csv", const std::string& mapping = "",
                         bool validate_only = false) {
    const std::filesystem::path file = folder / (kind + extension);
    maps::testing::WriteBytes(file, text);
    return UpdateRegister(*store, {kind, file, "2026-11-25T10:00:00Z", mapping, validate_only, part});
  }
  std::vector<std::string> PlaceNames() {
    std::vector<std::string> names;
    const auto municipality = store->LoadMunicipality();
    for (const geo::Place& place : municipality->gazetteer.places) names.push_back(place.name);
    return names;
  }
  geo::GeocodeMatch Find(const char* text, std::chrono::sys_days day = {}) {
    return geo::Geocoder(store->LoadMunicipality()->gazetteer).Geocode({text, "", "", day});
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

INSTANTIATE_TEST_SUITE_P(InMemoryAndInAFile, RegisterLayers, ::testing::Bool());

constexpr const char* kAlias =
    "namn;alias;typ;ost;nord;radie_m;giltig_fran;giltig_till;kalla\n"
    "Kvarnkiosken;Kvarnis;shop;604054;6645981;60;2026-01-01;;påhittat\n";

TEST_P(RegisterLayers, AreFoundByTheirNamesOnTheDaysWhenTheyHold) {
  const RegisterOutcome outcome = Import("places", kAlias);
  EXPECT_EQ(outcome.version.accepted, 1);
  EXPECT_EQ(outcome.version.attribution, "påhittat");
  const auto may = [](int year) { return std::chrono::sys_days{std::chrono::year{year} / 5 / 1}; };
  EXPECT_EQ(Find("utanför Kvarnis", may(2026)).level, geo::MatchLevel::kPoi);
  EXPECT_EQ(Find("utanför Kvarnis", may(2026)).accuracy_radius, geo::Meters{60});
  const geo::GeocodeMatch early = Find("utanför Kvarnis", may(2025));
  EXPECT_FALSE(early.placed());
  EXPECT_THAT(early.faults, Contains("ALIAS_EXPIRED"));
}

TEST_P(RegisterLayers, ReplaceTheirOwnPartAlone) {
  Import("places", kAlias, "alias");
  Import("places", "name,easting,northing\nSkolan,604100,6645981\n", "schools");
  EXPECT_THAT(PlaceNames(), ElementsAre("Kvarnkiosken", "Skolan"));
  Import("places", "name,easting,northing\nSkola två,604100,6645981\n", "schools");
  EXPECT_THAT(PlaceNames(), ElementsAre("Kvarnkiosken", "Skola två"));
  Import("places", "name,easting,northing\n", "schools");  // an empty table empties its part
  EXPECT_THAT(PlaceNames(), ElementsAre("Kvarnkiosken"));
  std::vector<std::string> parts;
  for (const RegisterVersion& version : store->ListRegisters())
    parts.push_back(version.kind + "/" + version.part);
  EXPECT_THAT(parts, ElementsAre("places/alias", "places/schools", "reference/"));
}

TEST_P(RegisterLayers, AreNotImportedTwice) {
  EXPECT_FALSE(Import("places", kAlias).repeated);
  EXPECT_TRUE(Import("places", kAlias).repeated);
  EXPECT_FALSE(Import("places", kAlias, "alias").repeated);  // another part
}

TEST_P(RegisterLayers, ChangeNothingWhenTheyAreOnlyChecked) {
  const RegisterOutcome outcome =
      Import("places", std::string(kAlias) + "Omvänd;;;6645981;604054;;;;\n", "", ".csv", "", true);
  EXPECT_EQ(outcome.version.id, 0);
  EXPECT_EQ(outcome.version.rejected, 1);
  ASSERT_THAT(outcome.findings, SizeIs(1));
  EXPECT_THAT(outcome.findings[0].first, ElementsAre(3));
  EXPECT_THAT(outcome.findings[0].reason_sv, HasSubstr("omkastade"));
  EXPECT_EQ(outcome.update.points.added, 1);
  EXPECT_THAT(PlaceNames(), IsEmpty());
}

TEST_P(RegisterLayers, RoadsPropertiesAndNeighborsComeBackAsTheyWere) {
  RegisterLayer roads{"roads", "", {}, {}, {}, {}};
  roads.roads = {
      {"v1",
       "Storgatan",
       "56",
       {{geo::Meters{kEast}, geo::Meters{kNorth}}, {geo::Meters{kEast + 0.1}, geo::Meters{kNorth}}}}};
  store->PutLayer(Version("r"), roads);
  RegisterLayer properties{"properties", "", {}, {}, {}, {}};
  properties.properties = {{"HEBY HORRSTA 1:23", {geo::Meters{kEast}, geo::Meters{kNorth}}, 1234.5}};
  store->PutLayer(Version("p"), properties);
  RegisterLayer neighbors{"neighbors", "", {}, {}, {}, {"Sala", "Enköping"}};
  store->PutLayer(Version("n"), neighbors);
  const geo::Gazetteer gazetteer = store->LoadMunicipality()->gazetteer;
  ASSERT_THAT(gazetteer.roads, SizeIs(1));
  EXPECT_EQ(gazetteer.roads[0].number, "56");
  EXPECT_EQ(gazetteer.roads[0].line, roads.roads[0].line);
  ASSERT_THAT(gazetteer.properties, SizeIs(1));
  EXPECT_EQ(gazetteer.properties[0].area_m2, 1234.5);
  EXPECT_THAT(gazetteer.neighbors, ElementsAre("Enköping", "Sala"));
  EXPECT_EQ(Find("Horrsta 1:23").level, geo::MatchLevel::kProperty);
}

TEST_P(RegisterLayers, StayWhenTheReferenceFileIsReplaced) {
  Import("places", kAlias);
  Municipality other = Square();
  other.gazetteer.places = {
      {"s", "Skolan", {}, "school", "", {geo::Meters{kEast}, geo::Meters{kNorth}}, geo::Meters{50}}};
  store->PutReference(Version("ref2"), other);
  EXPECT_THAT(PlaceNames(), ElementsAre("Skolan", "Kvarnkiosken"));
  EXPECT_THAT(ShownPlaces(*store->LoadMunicipality()), SizeIs(1));
}

TEST_P(RegisterLayers, LocalitiesAddThoseThatTheReferenceFileDoesNotName) {
  Municipality other = Square();
  other.localities = {{"T1", "Heby", Square(500).boundary}};
  other.districts = {{"D1", "Runhällen", Square(3000).boundary}};
  store->PutReference(Version("ref2"), other);
  Import("places",
         "name,kind,easting,northing\nHeby,locality,604054,6645981\nRunhällen,locality,605054,6645981\n");
  Import("neighbors", "namn,lon,lat\nSala,16.60,59.92\nRunhällen,16.60,59.93\n");
  const geo::Gazetteer gazetteer = store->LoadMunicipality()->gazetteer;
  std::vector<std::string> names;
  for (const geo::Place& place : gazetteer.localities) names.push_back(place.name);
  EXPECT_THAT(names, ElementsAre("Heby", "Runhällen", "Runhällen"));
  EXPECT_EQ(gazetteer.localities[1].kind, "locality");    // the village before its parish
  EXPECT_THAT(gazetteer.neighbors, ElementsAre("Sala"));  // a namesake here is the one here
}

TEST_P(RegisterLayers, AreRefusedWithWhatWouldBeRight) {
  EXPECT_THROW(Import("places", kAlias, "Bad part"), InvalidRequest);
  EXPECT_THROW(Import("addresses", kAlias, "alias"), InvalidRequest);
  EXPECT_THROW(Import("trains", kAlias), InvalidRequest);
  EXPECT_THROW(Import("places", "name;ost;nord\n;604054;6645981\n"), InvalidRequest);
  EXPECT_THROW(Import("places", "<osm/>", "", ".osm", "[mapping]\nversion = 1\nname = \"x\"\n"),
               InvalidRequest);
  EXPECT_THROW(
      Import("places", kAlias, "", ".csv", "[mapping]\nversion = 1\nname = \"x\"\n[columns]\nnamn = \"a\"\n"),
      InvalidRequest);
  EXPECT_THAT(store->LoadLayers(), IsEmpty());
}

TEST_P(RegisterLayers, NeedAMunicipality) {
  MemoryStore empty("salt");
  maps::testing::WriteBytes(folder / "a.csv", kAlias);
  EXPECT_THROW(UpdateRegister(empty, {"places", folder / "a.csv", "2026-11-25T10:00:00Z", "", false, ""}),
               NotReady);
  maps::testing::WriteBytes(folder / "a.osm", "<osm/>");
  EXPECT_THROW(UpdateRegister(empty, {"addresses", folder / "a.osm", "2026-11-25T10:00:00Z", "", false, ""}),
               NotReady);
}

TEST_P(RegisterLayers, HoldTheCoordinateSystem) {
  Import("places", kAlias);
  const std::string toml =
      "[municipality]\nversion = 1\ncode = \"0331\"\nname = \"Heby\"\ncrs = 3011\n[boundary]\n";
  maps::testing::WriteBytes(folder / "b.geojson",
                            R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
                            R"([[[16.8,59.9],[17.0,59.9],[17.0,60.0],[16.8,59.9]]]}})");
  try {
    ImportRegister(*store, "reference", folder / "b.geojson", "2026-11-25T10:00:00Z", toml);
    FAIL() << "took a boundary in another system than the places";
  } catch (const InvalidRequest& error) {
    EXPECT_THAT(error.what(), HasSubstr("places"));
  }
}

TEST_P(RegisterLayers, CarryTheAttributionOfAnExtract) {
  Import("places",
         "<?xml version=\"1.0\"?><osm version=\"0.6\" generator=\"SYNTETISK\"><node id=\"1\" version=\"1\" "
         "lat=\"59.9381\" "
         "lon=\"16.8622\"><tag k=\"shop\" v=\"kiosk\"/><tag k=\"name\" v=\"Påhittskiosken\"/></node></osm>",
         "osm", ".osm");
  EXPECT_THAT(Attributions(store->ListRegisters()), ElementsAre("© OpenStreetMap contributors, ODbL"));
  EXPECT_EQ(Find("Påhittskiosken").level, geo::MatchLevel::kPoi);
}

TEST(ParseLayerMapping, ReadsEverythingAndRefusesWhatIsWrong) {
  const maps::LayerMapping mapping =
      ParseLayerMapping("places",
                        "[mapping]\nversion = 1\nname = \"x\"\nattribution = \"© A\"\n[layer]\nname = "
                        "\"ortnamn\"\nwhere = \"typ\"\n"
                        "equals = \"by\"\n[columns]\nname = \"ortnamn\"\nkind = \"typ\"\n[coordinates]\nepsg "
                        "= 3006\nradius_m = 80\n"
                        "[kinds]\ndefault = \"nature\"\n[kinds.values]\n\"By\" = \"locality\"\n");
  EXPECT_EQ(mapping.attribution, "© A");
  EXPECT_EQ(mapping.where, "typ");
  EXPECT_EQ(mapping.columns.at("name"), "ortnamn");
  EXPECT_EQ(mapping.radius, geo::Meters{80});
  EXPECT_EQ(mapping.kinds.at("by"), "locality");
  const std::string head = "[mapping]\nversion = 1\nname = \"x\"\n";
  for (const char* wrong : {"[columns]\nkind = \"a\"\n", "[columns]\nname = \"a\"\n[layer]\nwhere = \"b\"\n",
                            "[columns]\nname = \"a\"\n[coordinates]\nradius_m = 0\n",
                            "[columns]\nname = \"a\"\n[kinds.values]\n\"By\" = 3\n", "[colums]\n"})
    EXPECT_THROW(ParseLayerMapping("places", head + wrong), InvalidRequest) << wrong;
  EXPECT_THROW(ParseLayerMapping("roads", head + "[kinds]\n"), InvalidRequest);
}

class SharedRegisters : public ::testing::Test {
 protected:
  static bool Have(const std::filesystem::path& path) { return std::filesystem::exists(path); }
  TemporaryFolder folder;
};

TEST_F(SharedRegisters, NameAFarmOfLantmaterietsSample) {
  const auto sample = kData / "heby/lantmateriet_belagenhetsadress_sample_kn0305.gpkg";
  if (!Have(sample)) GTEST_SKIP() << "../shared/data/heby not found: 1 tests skipped";
  const maps::AddressRegisterFile file = maps::ReadAddressRegister(sample);
  EXPECT_EQ(file.read, 12);
  EXPECT_EQ(file.addresses.size(), 10U);
  EXPECT_EQ(file.not_in_force, 2);
  EXPECT_THAT(file.rejected, IsEmpty());
  EXPECT_EQ(file.unknown_values, 0);
  ASSERT_THAT(file.popular_names, SizeIs(1));
  EXPECT_EQ(file.popular_names[0].name, "Lilla Hibacka");
  MemoryStore store("salt");
  Municipality habo = Square();
  const auto corner = [](double e, double n) { return geo::PlanePoint{geo::Meters{e}, geo::Meters{n}}; };
  habo.boundary = {
      {{corner(630000, 6600000), corner(650000, 6600000), corner(650000, 6626000), corner(630000, 6626000)},
       {}}};
  store.PutReference({}, habo);
  ImportRegister(store, "addresses", sample, "2026-11-25T10:00:00Z");
  const geo::Geocoder geocoder(store.LoadMunicipality()->gazetteer);
  const geo::GeocodeMatch alias = geocoder.Geocode({"Lilla Hibacka", "", ""});
  const geo::GeocodeMatch address = geocoder.Geocode({"Tinbacken 11", "", ""});
  EXPECT_EQ(alias.level, geo::MatchLevel::kPoi);
  EXPECT_EQ(address.level, geo::MatchLevel::kAddressPoint);
  EXPECT_EQ(alias.position, address.position);
  EXPECT_EQ(geocoder.Geocode({"Skegarn 2", "", ""}).level, geo::MatchLevel::kAddressPoint);
}

TEST_F(SharedRegisters, NameTheNeighborsOfHeby) {
  const auto around = kData / "heby/municipalities_heby_neighbours.geojson",
             towns = kData / "heby/orter_geonames_se.csv";
  if (!Have(around) || !Have(towns)) GTEST_SKIP() << "../shared/data/heby not found: 1 tests skipped";
  MemoryStore store("salt");
  const std::string toml =
      "[municipality]\nversion = 1\ncode = \"0331\"\nname = \"Heby\"\n[boundary]\nwhere = "
      "\"kom_namn\"\nequals = \"Heby\"\n";
  ImportRegister(store, "reference", around, "2026-11-25T10:00:00Z", toml);
  ImportRegister(store, "neighbors", around, "2026-11-25T10:00:00Z");
  const RegisterOutcome outcome =
      UpdateRegister(store, {"neighbors", towns, "2026-11-25T10:00:00Z",
                             TextOf(kExamples / "heby/neighbors.toml"), false, "towns"});
  EXPECT_EQ(outcome.version.read, outcome.version.accepted + outcome.version.rejected);
  const std::vector<std::string> names = store.LoadMunicipality()->gazetteer.neighbors;
  for (const char* name : {"Sala", "Enköping", "Uppsala", "Tierp", "Björklinge"})
    EXPECT_THAT(names, Contains(name));
  for (const char* name : {"Heby", "Malmö", "Kiruna"}) EXPECT_THAT(names, ::testing::Not(Contains(name)));
}

TEST_F(SharedRegisters, ReadTheExamplesOfThreeCities) {
  const auto malmo = kData / "malmo/malmo_adresser.csv", elverum = kData / "elverum/elverum_no_adresser.csv",
             schools = kData / "philadelphia/philadelphia_schools.csv";
  if (!Have(malmo) || !Have(elverum) || !Have(schools))
    GTEST_SKIP() << "../shared/data not found: 1 tests skipped";
  const auto box = [](double w, double s, double e, double n, int crs) {
    Municipality city;
    city.code = "1";
    city.name = "X";
    city.crs = geo::Epsg{crs};
    const auto corner = [](double x, double y) { return geo::PlanePoint{geo::Meters{x}, geo::Meters{y}}; };
    city.boundary = {{{corner(w, s), corner(e, s), corner(e, n), corner(w, n)}, {}}};
    return city;
  };
  MemoryStore in_malmo("salt");
  in_malmo.PutReference({}, box(360000, 6150000, 395000, 6175000, 3006));
  const auto m = ImportRegister(in_malmo, "addresses", malmo, "2026-11-25T10:00:00Z",
                                TextOf(kExamples / "malmo/addresses.toml"));
  EXPECT_EQ(m.accepted, 52861);
  EXPECT_EQ(m.rejected, 0);
  MemoryStore in_elverum("salt");
  Municipality norwegian = box(280000, 6720000, 360000, 6800000, 25833);
  norwegian.gazetteer.address_style = "no";
  in_elverum.PutReference({}, norwegian);
  const auto e = ImportRegister(in_elverum, "addresses", elverum, "2026-11-25T10:00:00Z",
                                TextOf(kExamples / "elverum/addresses.toml"));
  EXPECT_EQ(e.accepted + e.rejected, 10871);
  EXPECT_EQ(e.rejected, 0);
  MemoryStore in_philadelphia("salt");
  Municipality american = box(470000, 4400000, 510000, 4450000, 32618);
  american.gazetteer.address_style = "us-block";
  in_philadelphia.PutReference({}, american);
  const auto s = ImportRegister(in_philadelphia, "places", schools, "2026-11-25T10:00:00Z",
                                TextOf(kExamples / "philadelphia/schools.toml"));
  EXPECT_GT(s.accepted, 200);
  EXPECT_EQ(s.attribution, "School District of Philadelphia");
  EXPECT_EQ(geo::Geocoder(in_philadelphia.LoadMunicipality()->gazetteer)
                .Geocode({"Charles W. Henry School", "", ""})
                .level,
            geo::MatchLevel::kPoi);
}

}  // namespace
}  // namespace lagesbild::service
