// A municipality that is nothing like Heby, by configuration alone: an invented city of blocks in UTM zone
// 18, ages of its own, one row per person, texts and coordinates beside each other.

#include <gmock/gmock.h>

#include "geo/errors.h"
#include "maps/errors.h"
#include "service/errors.h"
#include "service/import.h"
#include "service/runs.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kNow = "2026-10-01T08:00:00Z";

constexpr const char* kCity = R"toml(
[municipality]
version = 1
code = "X1"
name = "Invented City"
crs = 26918
synthetic = true
address_style = "us-block"
[boundary]
)toml";

constexpr const char* kAges = R"toml(
[age_scheme]
version = 2
valid_from = "2026-01-01"
bands = ["0-11", "12-17", "18-20", "21-25", "26+"]
[[age_scheme.groups]]
code = "CHILD"
ages = "0-11"
label_sv = "Barn 0–11 år"
[[age_scheme.groups]]
code = "TEEN"
ages = "12-17"
label_sv = "Tonåringar 12–17 år"
slug = "teen_12_17"
[[age_scheme.groups]]
code = "YOUNG"
ages = "18-20"
label_sv = "Unga 18–20 år"
[[age_scheme.groups]]
code = "EARLY"
ages = "21-25"
label_sv = "Unga vuxna 21–25 år"
[[age_scheme.groups]]
code = "ADULT"
ages = "26+"
label_sv = "Vuxna 26 år och äldre"
[[age_scheme.groups]]
code = "U21"
ages = "0-20"
label_sv = "Under 21 år"
kind = "subtotal"
)toml";

constexpr const char* kRegister = R"toml(
[mapping]
version = 1
name = "blocks"
[file]
format = "csv"
delimiter = ","
[columns]
street = "street"
number = "block"
easting = "lon"
northing = "lat"
[coordinates]
epsg = 4326
radius_m = 75
)toml";

std::string Reports(const std::string& prefer) {
  return R"toml(
[mapping]
version = 1
name = "victims"
rows = "persons"
[file]
format = "csv"
delimiter = ","
[columns]
incident_key = "case"
date = "day"
address = ["where"]
easting = "lon"
northing = "lat"
not_personal = ["geometry", "case"]
[time]
formats = ["%Y-%m-%d %H:%M:%S"]
zone = "UTC"
[coordinates]
epsg = 4326
[category]
default = "ASSAULT"
[place]
prefer = ")toml" +
         prefer + R"toml("
[[persons]]
role = "victim"
age = "age"
always = true
)toml";
}

/// Longitude and latitude of a block: a step is some 256 m east and 333 m north, too far apart for repeats.
std::string Degrees(int east, int north) {
  return std::to_string(-75.1 + 0.003 * east) + "," + std::to_string(40.0 + 0.003 * north);
}

class OtherCity : public testing::Test {
 protected:
  std::filesystem::path Boundary(
      const std::string& ring = "[-75.2,39.9],[-75.0,39.9],[-75.0,40.1],[-75.2,40.1],[-75.2,39.9]") {
    return folder.Write("city.geojson",
                        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                        R"("geometry":{"type":"Polygon","coordinates":[[)" +
                            ring + "]]}}]}");
  }
  std::filesystem::path Blocks() {
    std::string csv = "street,block,lon,lat\n";
    for (int block = 0; block < 2000; block += 100)
      csv += "S 91ST ST," + std::to_string(block) + "," + Degrees(block / 100, 0) + "\n";
    return folder.Write("blocks.csv", csv);
  }
  RegisterVersion Put(const char* kind, const std::filesystem::path& file, const std::string& mapping) {
    return ImportRegister(*store, kind, file, kNow, mapping);
  }
  void PutRegisters(const std::string& city) {
    Put("reference", Boundary(), city);
    Put("addresses", Blocks(), kRegister);
    store->PutReporter({"police", "Police", ReporterKind::kPolice, "", ""});
  }
  ImportOutcome Import(const std::string& rows, const std::string& prefer) {
    ImportRequest request;
    request.reporter = "police";
    request.file = folder.Write("victims.csv", "case,day,where,lon,lat,age,geometry\n" + rows);
    request.file_name = "victims.csv";
    request.mapping_toml = Reports(prefer);
    request.now = kNow;
    return ImportIncidents(*store, request);
  }
  /// Twelve incidents in as many blocks, victims of 19 and 30 in turn; the first has two victims.
  static std::string Rows() {
    std::string rows;
    for (int i = 0; i < 12; ++i)
      rows += "C" + std::to_string(i) + ",2026-08-0" + std::to_string(1 + i % 9) + " 00:00:00+00," +
              std::to_string(100 * i) + " BLOCK S 91ST ST," + Degrees(i, 1) + "," +
              (i % 2 == 0 ? "19" : "30") + ",0101000020E6100000\n";
    return rows + "C0,2026-08-01 00:00:00+00,0 BLOCK S 91ST ST," + Degrees(0, 1) + ",,0101000020E6100000\n";
  }
  std::string NotReadyReason(const char* kind, const std::filesystem::path& file,
                             const std::string& mapping) {
    try {
      Put(kind, file, mapping);
    } catch (const NotReady& error) {
      return error.reason;
    }
    return "";
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store = OpenSqliteStore(folder / "l.db", "salt");
};

TEST_F(OtherCity, IsWhatItsConfigurationSays) {
  PutRegisters(std::string(kCity) + kAges);
  const auto city = store->LoadMunicipality();
  ASSERT_TRUE(city.has_value());
  EXPECT_EQ(city->code, "X1");
  EXPECT_EQ(city->name, "Invented City");
  EXPECT_EQ(city->crs, geo::Epsg{26918});
  EXPECT_TRUE(city->synthetic);
  EXPECT_EQ(city->gazetteer.address_style, "us-block");
  ASSERT_THAT(city->gazetteer.addresses, SizeIs(20));
  EXPECT_EQ(city->gazetteer.addresses[0].municipality_code, "X1");
  EXPECT_EQ(store->CurrentAgeScheme().version, 2);
}

TEST_F(OtherCity, KeepsItsConfigurationWhenTheStoreIsOpenedAgain) {
  PutRegisters(std::string(kCity) + kAges);
  store.reset();
  store = OpenSqliteStore(folder / "l.db");
  EXPECT_EQ(store->LoadMunicipality()->gazetteer.address_style, "us-block");
  EXPECT_EQ(store->CurrentAgeScheme().bands.at(2).code, "18-20");
}

TEST_F(OtherCity, CountsRowsOfOneCaseAndDayAsOneIncidentWithSeveralPersons) {
  PutRegisters(kCity);
  const ImportBatch batch = Import(Rows(), "coordinates").batch;
  EXPECT_EQ(batch.incidents.read, 12);
  EXPECT_EQ(batch.incidents.accepted, 12);
  EXPECT_EQ(batch.incidents.placed, 12);
  EXPECT_EQ(batch.persons.read, 13);
  EXPECT_EQ(batch.persons.accepted, 13);
  EXPECT_THAT(batch.quarters, ElementsAre("2026Q3"));
}

TEST_F(OtherCity, TellsOneCaseNumberOnTwoDaysApart) {
  PutRegisters(kCity);
  const std::string where = ",100 BLOCK S 91ST ST," + Degrees(1, 0) + ",20,\n";
  const ImportBatch batch = Import("1722.0,2026-08-01 00:00:00+00" + where + "1722.0,2026-09-01 00:00:00+00" +
                                       where + "1722.0,2026-09-01 00:00:00+00" + where,
                                   "text")
                                .batch;
  EXPECT_EQ(batch.incidents.accepted, 2);
  EXPECT_EQ(batch.persons.accepted, 3);
}

TEST_F(OtherCity, CountsAllPersonsOfAnIncidentThatWasImportedBeforeAsDuplicates) {
  PutRegisters(kCity);
  Import(Rows(), "coordinates");
  const ImportBatch again =
      Import(Rows() + "C99,2026-08-01 00:00:00+00,100 BLOCK S 91ST ST,,,20,\n", "coordinates").batch;
  EXPECT_EQ(again.incidents.read, 13);
  EXPECT_EQ(again.incidents.duplicate, 12);
  EXPECT_EQ(again.persons.duplicate, 13);
  EXPECT_EQ(again.persons.accepted, 1);
}

TEST_F(OtherCity, PlacesByTextOrByCoordinatesAndSaysHowTheyAgree) {
  PutRegisters(kCity);
  const ImportOutcome by_text = Import(Rows(), "text");
  EXPECT_EQ(by_text.places.compared, 12);
  EXPECT_EQ(by_text.places.placed, 12);
  EXPECT_NEAR(by_text.places.median.value(), 333, 1) << "0.003 degrees of latitude";
  geo::Incident first = store->Select({{2026, 3}, {2026, 3}, {}, {}, {}}).at(0);
  EXPECT_EQ(first.level, geo::MatchLevel::kAddressNumber);
  UndoImport(*store, by_text.batch.id);
  const ImportOutcome by_coordinates = Import(Rows(), "coordinates");
  EXPECT_EQ(by_coordinates.places.compared, 12);
  first = store->Select({{2026, 3}, {2026, 3}, {}, {}, {}}).at(0);
  EXPECT_EQ(first.level, geo::MatchLevel::kCoordinate);
}

TEST_F(OtherCity, ComparesNothingWhereARowHasOnlyOneOfThem) {
  PutRegisters(kCity);
  EXPECT_EQ(Import("C1,2026-08-01 00:00:00+00,100 BLOCK S 91ST ST,,,20,\n", "coordinates").places.compared,
            0);
}

TEST_F(OtherCity, GetsAPictureInItsOwnAgesWithDensityThoughNobodyIsKnownToLiveThere) {
  PutRegisters(std::string(kCity) + kAges);
  const ImportBatch batch = Import(Rows(), "text").batch;
  std::vector<std::string> codes;
  for (const geo::GroupTally& group : batch.groups) codes.push_back(group.group);
  EXPECT_THAT(codes, ElementsAre("CHILD", "TEEN", "YOUNG", "EARLY", "ADULT", "OKAND", "U21", "ALLA"));
  PictureRequest request;
  request.selection.first = request.selection.last = {2026, 3};
  request.audience = "internal";
  const geo::SituationPicture picture = AnalyzePicture(*store, request);
  const geo::PictureLayer& all = picture.layers.back();
  EXPECT_FALSE(all.tested);
  ASSERT_TRUE(all.undefined.has_value());
  EXPECT_EQ(all.undefined->reason, "NO_EXPOSURE");
  ASSERT_TRUE(all.density.has_value());
  EXPECT_NEAR(all.density_mass, 12, 0.2);
  EXPECT_FALSE(picture.layers.at(0).density.has_value()) << "no child: too few for a surface";

  const PictureRecord record = MakePicture(*store, request, folder / "pictures", kNow);
  std::vector<std::string> names;
  for (const StoredFile& file : record.files) names.push_back(file.name);
  EXPECT_THAT(names, Contains(HasSubstr("invented_city_2026K3")));
  EXPECT_THAT(names, Contains(HasSubstr("tathet_alla_aldrar_2026K3")));
  EXPECT_THAT(names, Not(Contains(HasSubstr("ungdom"))));
}

TEST_F(OtherCity, CannotChangeAgesOrCrsWhileIncidentsAreStored) {
  PutRegisters(kCity);
  const ImportBatch batch = Import(Rows(), "text").batch;
  EXPECT_EQ(NotReadyReason("reference", Boundary(), std::string(kCity) + kAges), "AGE_SCHEME_IN_USE");
  EXPECT_EQ(store->CurrentAgeScheme().version, 1) << "nothing of it is stored";
  std::string other_crs = kCity;
  other_crs.replace(other_crs.find("26918"), 5, "32618");
  EXPECT_THROW(Put("reference", Boundary(), other_crs), InvalidRequest) << "the addresses are in 26918";
  UndoImport(*store, batch.id);
  Put("reference", Boundary(), std::string(kCity) + kAges);
  EXPECT_EQ(store->CurrentAgeScheme().version, 2);
}

TEST_F(OtherCity, KeepsTheCrsOfItsIncidentsWithoutAddressesToo) {
  Put("reference", Boundary(), kCity);
  store->PutReporter({"police", "Police", ReporterKind::kPolice, "", ""});
  Import(Rows(), "coordinates");
  std::string other_crs = kCity;
  other_crs.replace(other_crs.find("26918"), 5, "32618");
  EXPECT_EQ(NotReadyReason("reference", Boundary(), other_crs), "CRS_IN_USE");
}

TEST_F(OtherCity, NeedsAHigherVersionForAnotherAgeScheme) {
  std::string same_version = std::string(kCity) + kAges;
  same_version.replace(same_version.find("version = 2"), 11, "version = 1");
  EXPECT_THROW(Put("reference", Boundary(), same_version), InvalidRequest);
  EXPECT_FALSE(store->LoadMunicipality().has_value()) << "nothing of it is stored";
}

TEST_F(OtherCity, BehavesTheSameInMemory) {
  store = NewMemoryStore("salt");
  PutRegisters(std::string(kCity) + kAges);
  EXPECT_EQ(store->CurrentAgeScheme().version, 2);
  EXPECT_EQ(store->LoadMunicipality()->gazetteer.address_style, "us-block");
  Import(Rows(), "text");
  EXPECT_EQ(NotReadyReason("reference", Boundary(), kCity), "")
      << "no scheme asked for: the store keeps its own";
  EXPECT_EQ(store->CurrentAgeScheme().version, 2);
}

TEST_F(OtherCity, IsRefusedWithABoundaryThatCrossesItselfAndThePlaceOfTheCrossing) {
  try {
    Put("reference", Boundary("[-75.2,39.9],[-75.0,40.1],[-75.0,39.9],[-75.2,40.1],[-75.2,39.9]"), kCity);
    FAIL() << "a bow tie is no boundary";
  } catch (const geo::InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("easting 4914"));
    EXPECT_THAT(error.what(), HasSubstr("northing 4427"));
  }
  EXPECT_FALSE(store->LoadMunicipality().has_value());
}

TEST_F(OtherCity, NeedsItsBoundaryBeforeATableOfAddresses) {
  EXPECT_EQ(NotReadyReason("addresses", Blocks(), kRegister), "NO_MUNICIPALITY");
  Put("reference", Boundary(), kCity);
  EXPECT_THROW(Put("addresses", Blocks(), ""), InvalidRequest) << "a table needs a mapping";
}

TEST_F(OtherCity, RefusesARegisterThatLiesAltogetherElsewhere) {
  Put("reference", Boundary(), kCity);
  try {
    Put("addresses", folder.Write("far.csv", "street,block,lon,lat\nS 91ST ST,100,-75.6,40.6\n"), kRegister);
    FAIL() << "a register of another city";
  } catch (const maps::IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("do not lie near the municipality's boundary"));
  }
  EXPECT_THROW(
      Put("addresses", folder.Write("swapped.csv", "street,block,lon,lat\nS 91ST ST,100,40.0,-75.1\n"),
          kRegister),
      maps::IoError);
}

TEST_F(OtherCity, IsReadAnewWhenOnlyItsConfigurationChanges) {
  const RegisterVersion first = Put("reference", Boundary(), kCity);
  EXPECT_EQ(Put("reference", Boundary(), kCity).id, first.id);
  std::string renamed = kCity;
  renamed.replace(renamed.find("Invented City"), 13, "Imagined City");
  EXPECT_NE(Put("reference", Boundary(), renamed).id, first.id);
  EXPECT_EQ(store->LoadMunicipality()->name, "Imagined City");
}

TEST(SwedishTown, IsAnalyzedInALocalZoneWithReportsInSweref99Tm) {
  const TemporaryFolder folder;
  const auto store = NewMemoryStore("salt");
  const auto boundary = folder.Write(
      "kommun.geojson",
      R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
      R"([[[80000,6640000],[100000,6640000],[100000,6660000],[80000,6660000],[80000,6640000]]]}})");
  ImportRegister(*store, "reference", boundary, kNow,
                 "[municipality]\nversion = 1\ncode = \"9999\"\nname = \"Påhittad\"\ncrs = 3011\n"
                 "[boundary]\nepsg = 3011\n");
  EXPECT_EQ(store->LoadMunicipality()->crs, geo::Epsg{3011});
  store->PutReporter({"polisen", "Polisen", ReporterKind::kPolice, "", ""});
  ImportRequest request;
  request.reporter = "polisen";
  request.file = folder.Write("p.csv", "dag;e;n\n2026-08-05;604054;6645981\n2026-08-05;6645981;604054\n");
  request.file_name = "p.csv";
  request.now = kNow;
  request.mapping_toml =
      "[mapping]\nversion = 1\nname = \"p\"\n[file]\nformat = \"csv\"\n[columns]\ndate = \"dag\"\n"
      "easting = \"e\"\nnorthing = \"n\"\n[time]\nformats = [\"%Y-%m-%d\"]\n[coordinates]\nepsg = 3006\n"
      "[category]\ndefault = \"OTHER\"\n";
  const ImportOutcome outcome = ImportIncidents(*store, request);
  EXPECT_EQ(outcome.batch.incidents.placed, 1);
  ASSERT_THAT(outcome.rejected_preview, SizeIs(1));
  EXPECT_THAT(outcome.rejected_preview[0].message, HasSubstr("omkastade"));
  // Heby town, the check point of geocoding.md section 8, to a meter as printed there.
  const geo::Incident incident = store->Select({{2026, 3}, {2026, 3}, {}, {}, {}}).at(0);
  EXPECT_NEAR(incident.position.easting.value(), 86394, 1.5);
  EXPECT_NEAR(incident.position.northing.value(), 6647723, 1.5);
  PictureRequest picture;
  picture.selection.first = picture.selection.last = {2026, 3};
  picture.audience = "internal";
  EXPECT_EQ(AnalyzeSelection(*store, picture).crs, geo::Epsg{3011});
}

}  // namespace
}  // namespace lagesbild::service
