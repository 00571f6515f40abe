#include "maps/register_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "geo/geocoder.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Row = std::map<std::string, std::string>;  // "x" and "y" are the point

const std::vector<std::pair<const char*, OGRFieldType>> kAddressFields{
    {"belagenhetsadress_objektidentitet", OFTString},
    {"adressplatsnummer", OFTString},
    {"statusforbelagenhetsadress", OFTString},
    {"bokstavstillagg", OFTString},
    {"lagestillagg", OFTString},
    {"lagestillaggsnummer", OFTInteger},
    {"adressplatstyp", OFTString},
    {"insamlingslage", OFTString},
    {"avvikerfranstandarden", OFTInteger},
    {"avvikandeadressplatsbeteckning", OFTString},
    {"postnummer", OFTInteger},
    {"postort", OFTString},
    {"distriktsnamn", OFTString},
    {"kommunkod", OFTString},
    {"kommundel_faststalltnamn", OFTString},
    {"adressomrade_faststalltnamn", OFTString},
    {"gardsadressomrade_faststalltnamn", OFTString}};

Row Street(const std::string& id, const Row& changes = {}) {
  Row row{{"belagenhetsadress_objektidentitet", id},
          {"adressplatsnummer", "12"},
          {"statusforbelagenhetsadress", "Gällande"},
          {"adressplatstyp", "Gatuadressplats"},
          {"insamlingslage", "Ingång"},
          {"avvikerfranstandarden", "0"},
          {"postnummer", "74431"},
          {"postort", "Heby"},
          {"distriktsnamn", "Västerlövsta"},
          {"kommunkod", "0331"},
          {"kommundel_faststalltnamn", "Heby"},
          {"adressomrade_faststalltnamn", "Påhittsgatan"},
          {"x", "604054"},
          {"y", "6645981"}};
  for (const auto& [field, value] : changes) {
    if (value.empty())
      row.erase(field);
    else
      row[field] = value;
  }
  return row;
}

class RegisterInput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("lagesbild_register_" + std::to_string(getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    SetUpGdal();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  GDALDatasetUniquePtr NewFile(const std::filesystem::path& path) const {
    return GDALDatasetUniquePtr(
        GetGDALDriverManager()->GetDriverByName("GPKG")->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  }

  static OGRLayer* NewLayer(GDALDataset& file, const char* name, OGRwkbGeometryType type, int epsg,
                            const std::vector<std::pair<const char*, OGRFieldType>>& fields,
                            const char* description = "påhittad") {
    OGRSpatialReference crs;
    EXPECT_EQ(crs.importFromEPSG(epsg), OGRERR_NONE);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    char option[100];
    std::snprintf(option, sizeof option, "DESCRIPTION=%s", description);
    char* options[] = {option, nullptr};
    OGRLayer* layer = file.CreateLayer(name, &crs, type, options);
    for (const auto& [field, field_type] : fields) {
      OGRFieldDefn definition(field, field_type);
      EXPECT_EQ(layer->CreateField(&definition), OGRERR_NONE);
    }
    return layer;
  }

  static void Add(OGRLayer& layer, const Row& row, const char* wkt = nullptr) {
    OGRFeature feature(layer.GetLayerDefn());
    for (const auto& [field, value] : row)
      if (field != "x" && field != "y") feature.SetField(field.c_str(), value.c_str());
    if (wkt != nullptr) {
      OGRGeometry* geometry = nullptr;
      EXPECT_EQ(OGRGeometryFactory::createFromWkt(wkt, nullptr, &geometry), OGRERR_NONE);
      feature.SetGeometryDirectly(geometry);
    } else if (row.count("x") > 0) {
      OGRPoint point(std::stod(row.at("x")), std::stod(row.at("y")));
      feature.SetGeometry(&point);
    }
    EXPECT_EQ(layer.CreateFeature(&feature), OGRERR_NONE);
  }

  AddressRegisterFile Addresses(const std::vector<Row>& rows, int epsg = 3006) const {
    const std::filesystem::path path = folder_ / "addresses.gpkg";
    std::filesystem::remove(path);
    {
      const auto file = NewFile(path);
      OGRLayer* layer = NewLayer(*file, "belagenhetsadress", wkbPoint, epsg, kAddressFields);
      for (const Row& row : rows) Add(*layer, row);
    }
    return ReadAddressRegister(path);
  }

  geo::Address OneAddress(const Row& row) const {
    const AddressRegisterFile file = Addresses({row});
    EXPECT_THAT(file.addresses, SizeIs(1));
    return file.addresses.empty() ? geo::Address{} : file.addresses[0];
  }

  std::filesystem::path folder_;
};

std::vector<std::string> KeptReasons(const AddressRegisterFile& file) {
  std::vector<std::string> reasons;
  for (const RegisterFinding& finding : file.findings)
    if (finding.kept) reasons.push_back(finding.reason);
  return reasons;
}

TEST_F(RegisterInput, TakesSeveralPointsOfOneIdentityAsEntrances) {
  const AddressRegisterFile file = Addresses({Street("a"), Street("a", {{"x", "604064"}}), Street("a")});
  ASSERT_THAT(file.addresses, SizeIs(2));
  EXPECT_EQ(file.addresses[1].id, "a#2");
  EXPECT_THAT(file.rejected, SizeIs(1));  // the same point again
  EXPECT_THAT(KeptReasons(file), ElementsAre(HasSubstr("one more point of the address")));
  geo::Gazetteer gazetteer;
  gazetteer.addresses = file.addresses;
  const geo::GeocodeMatch match = geo::Geocoder(gazetteer).Geocode({"Påhittsgatan 12", "", ""});
  EXPECT_TRUE(match.placed());
  EXPECT_THAT(match.faults, ::testing::Contains("SEVERAL_POINTS"));
}

TEST_F(RegisterInput, CountsWhatIsUnknownAndWhatHasNoPostcode) {
  const AddressRegisterFile file = Addresses(
      {Street("a", {{"insamlingslage", "Taknock"}}), Street("b", {{"adressplatstyp", "Luftadressplats"}}),
       Street("c", {{"postnummer", "0"}}), Street("d", {{"postnummer", "744"}})});
  EXPECT_THAT(file.addresses, SizeIs(4));
  EXPECT_EQ(file.unknown_values, 2);
  EXPECT_THAT(KeptReasons(file), ::testing::UnorderedElementsAre(
                                     HasSubstr("least precise"), HasSubstr("taken as a street address"),
                                     HasSubstr("has no postcode"), HasSubstr("not five digits")));
  for (const RegisterFinding& finding : file.findings) EXPECT_NE(finding.reason_sv, finding.reason);
}

/// Rows in any system, read into the SWEREF 99 TM square around Heby town.
class AddressesIntoAMunicipality : public RegisterInput {
 protected:
  static geo::StudyArea Square() {
    const auto corner = [](double e, double n) { return geo::PlanePoint{geo::Meters{e}, geo::Meters{n}}; };
    return geo::StudyArea({{{corner(600000, 6640000), corner(610000, 6640000), corner(610000, 6650000),
                             corner(600000, 6650000)},
                            {}}});
  }
  AddressRegisterFile Read(const std::vector<Row>& rows, int epsg, const char* remark_of = nullptr) const {
    const std::filesystem::path path = folder_ / "into.gpkg";
    std::filesystem::remove(path);
    {
      const auto file = NewFile(path);
      auto fields = kAddressFields;
      fields.emplace_back("popularnamn", OFTString);
      OGRLayer* layer = NewLayer(*file, "belagenhetsadress", wkbPoint, epsg, fields);
      for (const Row& row : rows) Add(*layer, row);
      if (remark_of != nullptr) {
        OGRLayer* remarks = file->CreateLayer("adressplatsanmarkning", nullptr, wkbNone, nullptr);
        OGRFieldDefn field("belagenhetsadress_id", OFTString);
        EXPECT_EQ(remarks->CreateField(&field), OGRERR_NONE);
        for (const char* of : {remark_of, "4711"}) Add(*remarks, {{"belagenhetsadress_id", of}});
      }
    }
    const geo::StudyArea area = Square();
    const RegisterTarget target{geo::Epsg{3006}, area, "Heby"};
    return ReadAddressRegister(path, &target);
  }
};

TEST_F(AddressesIntoAMunicipality, ComeFromFiveSystems) {
  const struct {
    int epsg;
    const char *x, *y;
  } points[] = {{3006, "604054", "6645981"},
                {3010, "170248", "6647232"},
                {3011, "86394", "6647723"},
                {3021, "1559093", "6647017"},
                {4326, "16.86220", "59.93810"}};
  for (const auto& point : points) {
    const AddressRegisterFile file = Read({Street("a", {{"x", point.x}, {"y", point.y}})}, point.epsg);
    ASSERT_THAT(file.addresses, SizeIs(1)) << point.epsg;
    EXPECT_NEAR(file.addresses[0].position.easting.value(), 604054, 1.5) << point.epsg;
    EXPECT_NEAR(file.addresses[0].position.northing.value(), 6645981, 1.5) << point.epsg;
    EXPECT_EQ(file.crs, geo::Epsg{3006});
  }
}

TEST_F(AddressesIntoAMunicipality, AreRejectedWhereTheyCannotBeMeant) {
  const AddressRegisterFile file =
      Read({Street("a"), Street("b", {{"x", "6645981"}, {"y", "604054"}}),
            Street("c", {{"x", "16.86"}, {"y", "59.94"}}), Street("d", {{"x", "650000"}}),
            Street("e", {{"x", "300000"}, {"y", "6200000"}})},
           3006);
  EXPECT_THAT(file.addresses, SizeIs(1));
  std::vector<std::string> reasons;
  for (const RejectedRow& row : file.rejected) reasons.push_back(row.reason);
  EXPECT_THAT(reasons, ElementsAre(HasSubstr("axes look swapped"), HasSubstr("look like degrees"),
                                   HasSubstr("outside the municipality"), HasSubstr("not near")));
}

TEST_F(AddressesIntoAMunicipality, AreRefusedWhenAllLieElsewhere) {
  const auto reason = [&](const std::vector<Row>& rows, int epsg) -> std::string {
    try {
      Read(rows, epsg);
    } catch (const IoError& error) {
      return error.reason;
    }
    return "read";
  };
  EXPECT_THAT(reason({Street("a", {{"x", "6645981"}, {"y", "604054"}})}, 3006),
              HasSubstr("axes look swapped"));
  EXPECT_THAT(reason({Street("a", {{"x", "16.86"}, {"y", "59.94"}})}, 3006), HasSubstr("degrees"));
  EXPECT_THAT(reason({Street("a")}, 3010), HasSubstr("EPSG:3010 into EPSG:3006"));
}

TEST_F(AddressesIntoAMunicipality, BringPopularNamesAndCountRemarks) {
  const AddressRegisterFile file =
      Read({Street("a", {{"popularnamn", "Lilla Påhitt"}}), Street("b", {{"x", "604100"}})}, 3006, "b");
  ASSERT_THAT(file.popular_names, SizeIs(1));
  EXPECT_EQ(file.popular_names[0].name, "Lilla Påhitt");
  EXPECT_EQ(file.popular_names[0].id, "a");
  EXPECT_EQ(file.popular_names[0].accuracy_radius, geo::Meters{10});
  EXPECT_THAT(KeptReasons(file),
              ::testing::UnorderedElementsAre(HasSubstr("has a remark"), HasSubstr("not there")));
}

TEST_F(RegisterInput, KeepsAnAddressInForce) {
  const geo::Address address = OneAddress(
      Street("a", {{"bokstavstillagg", "B"}, {"lagestillagg", "U"}, {"lagestillaggsnummer", "1"}}));
  EXPECT_EQ(address.id, "a");
  EXPECT_EQ(address.kind, geo::AddressKind::kStreet);
  EXPECT_EQ(address.area, "Påhittsgatan");
  EXPECT_EQ(address.number, 12);
  EXPECT_EQ(address.letter, "B");
  EXPECT_EQ(address.addition, "U1");
  EXPECT_EQ(address.postcode, "74431");
  EXPECT_EQ(address.postal_town, "Heby");
  EXPECT_EQ(address.locality, "Heby");
  EXPECT_EQ(address.district, "Västerlövsta");
  EXPECT_EQ(address.municipality_code, "0331");
  EXPECT_EQ(address.position, (geo::PlanePoint{geo::Meters{604054}, geo::Meters{6645981}}))
      << "easting first";
  EXPECT_EQ(address.accuracy_radius, geo::Meters{10});
}

TEST_F(RegisterInput, CountsEveryRow) {
  const AddressRegisterFile file = Addresses(
      {Street("a"), Street("b", {{"statusforbelagenhetsadress", "Reserverad"}, {"postnummer", "0"}}),
       Street("c"), Street("d", {{"adressplatsnummer", "tolv"}})});
  EXPECT_EQ(file.read, 4);
  EXPECT_THAT(file.addresses, SizeIs(2));
  EXPECT_EQ(file.not_in_force, 1);
  ASSERT_THAT(file.rejected, SizeIs(1));
  EXPECT_EQ(file.rejected[0].row, 4);
  EXPECT_EQ(file.rejected[0].column, "adressplatsnummer");
  EXPECT_THAT(file.rejected[0].reason, Not(HasSubstr("tolv"))) << "a reason holds no value";
}

TEST_F(RegisterInput, RejectsRowsThatCannotBeUsed) {
  const std::vector<std::pair<Row, std::string>> faults{
      {Street("x", {{"belagenhetsadress_objektidentitet", ""}}), "belagenhetsadress_objektidentitet"},
      {Street("x", {{"statusforbelagenhetsadress", ""}}), "statusforbelagenhetsadress"},
      {Street("x", {{"adressomrade_faststalltnamn", ""}}), "adressomrade_faststalltnamn"},
      {Street("x", {{"adressplatsnummer", "-1"}}), "adressplatsnummer"},
      {Street("x", {{"adressplatsnummer", "100000"}}), "adressplatsnummer"},
      {Street("x", {{"adressplatsnummer", ""}}), "adressplatsnummer"},
      {Street("x", {{"avvikerfranstandarden", "1"}}), "avvikandeadressplatsbeteckning"},
      {Street("x", {{"x", ""}, {"y", ""}}), "geom"},
      {Street("x", {{"x", "6645981"}, {"y", "604054"}}), "adressplatspunkt"}};
  for (const auto& [row, column] : faults) {
    const AddressRegisterFile file = Addresses({row, Street("ok")});
    ASSERT_THAT(file.rejected, SizeIs(1)) << column;
    EXPECT_EQ(file.rejected[0].column, column);
    EXPECT_THAT(file.addresses, SizeIs(1)) << column;
    EXPECT_EQ(file.read, 2) << column;
  }
}

TEST_F(RegisterInput, RejectsARepeatedObjectIdentity) {
  EXPECT_EQ(Addresses({Street("a"), Street("a")}).rejected.at(0).column, "belagenhetsadress_objektidentitet");
}

TEST_F(RegisterInput, NamesAFarmByVillageAndFarm) {
  const geo::Address farm = OneAddress(Street("a", {{"adressplatstyp", "Gårdsadressplats"},
                                                    {"adressomrade_faststalltnamn", "Norrbo"},
                                                    {"gardsadressomrade_faststalltnamn", "Lillgården"},
                                                    {"adressplatsnummer", ""}}));
  EXPECT_EQ(farm.area, "Norrbo Lillgården");
  EXPECT_EQ(farm.kind, geo::AddressKind::kFarm);
  EXPECT_EQ(farm.number, 0);
}

TEST_F(RegisterInput, KeepsADesignationThatDeviatesFromTheStandard) {
  const geo::Address address = OneAddress(Street("a", {{"avvikerfranstandarden", "1"},
                                                       {"avvikandeadressplatsbeteckning", "Hus 4-6"},
                                                       {"adressplatsnummer", ""}}));
  EXPECT_EQ(address.number, 0);
  EXPECT_EQ(address.addition, "Hus 4-6");
}

TEST_F(RegisterInput, ReadsPostcodeZeroAsNone) {
  EXPECT_EQ(OneAddress(Street("a", {{"postnummer", "0"}})).postcode, "");
}

TEST_F(RegisterInput, SetsTheRadiusByHowThePositionWasTaken) {
  for (const auto& [kind, radius] :
       std::vector<std::pair<const char*, double>>{{"Ingång", 10},
                                                   {"Byggnad", 25},
                                                   {"Infart", 50},
                                                   {"Tomtplats", 75},
                                                   {"Övrigt läge", 100},
                                                   {"Ungefärligt lägesbestämd", 250}})
    EXPECT_EQ(OneAddress(Street("a", {{"insamlingslage", kind}})).accuracy_radius, geo::Meters{radius})
        << kind;
}

TEST_F(RegisterInput, TakesAnUnknownPositionKindAsTheLeastPreciseAndCountsIt) {
  const AddressRegisterFile file = Addresses({Street("a", {{"insamlingslage", "Svävande"}})});
  EXPECT_EQ(file.addresses.at(0).accuracy_radius, geo::Meters{250});
  EXPECT_EQ(file.unknown_values, 1);
}

TEST_F(RegisterInput, RefusesFilesThatAreNoRegister) {
  EXPECT_THROW(ReadAddressRegister(folder_ / "absent.gpkg"), IoError);
  std::ofstream(folder_ / "text.gpkg") << "no geopackage";
  EXPECT_THROW(ReadAddressRegister(folder_ / "text.gpkg"), IoError);
  EXPECT_THROW(Addresses({Street("a")}, 4326), IoError) << "degrees";
  {
    const auto file = NewFile(folder_ / "other.gpkg");
    NewLayer(*file, "annat", wkbPoint, 3006, {});
  }
  EXPECT_THROW(ReadAddressRegister(folder_ / "other.gpkg"), IoError);
}

TEST_F(RegisterInput, NamesEveryMissingColumn) {
  {
    const auto file = NewFile(folder_ / "few.gpkg");
    auto fields = kAddressFields;
    fields.erase(fields.begin() + 10, fields.begin() + 12);
    NewLayer(*file, "belagenhetsadress", wkbPoint, 3006, fields);
  }
  try {
    ReadAddressRegister(folder_ / "few.gpkg");
    FAIL() << "must throw";
  } catch (const IoError& error) {
    EXPECT_THAT(error.reason, HasSubstr("postnummer, postort"));
  }
}

TEST_F(RegisterInput, ReadsTheGenuineSample) {
  const std::filesystem::path sample =
      std::filesystem::path(LAGESBILD_SOURCE_DIR) /
      "../shared/data/heby/lantmateriet_belagenhetsadress_sample_kn0305.gpkg";
  if (!std::filesystem::exists(sample)) GTEST_SKIP() << "../shared/data/heby not found: 1 test skipped";
  const AddressRegisterFile file = ReadAddressRegister(sample);
  EXPECT_EQ(file.crs, geo::Epsg{3006});
  EXPECT_EQ(file.read, 12);
  EXPECT_THAT(file.addresses, SizeIs(10));
  EXPECT_EQ(file.not_in_force, 2);
  EXPECT_THAT(file.rejected, IsEmpty());
  EXPECT_EQ(file.unknown_values, 0);
  geo::Gazetteer gazetteer;
  gazetteer.addresses = file.addresses;
  gazetteer.places = file.popular_names;
  const geo::Geocoder geocoder(std::move(gazetteer));
  for (const geo::Address& address : file.addresses) {
    if (address.number == 0) continue;
    const std::string text =
        address.area + " " + std::to_string(address.number) + address.letter + " " + address.addition;
    EXPECT_EQ(geocoder.Geocode({.address = text}).position, address.position) << address.id;
  }
  const geo::GeocodeMatch village = geocoder.Geocode({.address = "Skegarn 2"});
  EXPECT_EQ(village.level, geo::MatchLevel::kAddressPoint);
  EXPECT_EQ(village.category, geo::MatchCategory::kA);
  const geo::GeocodeMatch farm = geocoder.Geocode({.address = "Tinbacken 11"});
  EXPECT_EQ(farm.level, geo::MatchLevel::kAddressPoint);
  const geo::GeocodeMatch popular = geocoder.Geocode({.address = "utanför Lilla Hibacka"});
  EXPECT_EQ(popular.level, geo::MatchLevel::kPoi);
  EXPECT_EQ(popular.position, farm.position) << "the register's popularnamn of Tinbacken 11";
  for (const geo::Address& address : file.addresses)
    if (address.area == "Skegarn" || address.area == "Tinbacken") {
      EXPECT_EQ(address.kind, geo::AddressKind::kVillage);
    }
}

class ReferenceInput : public RegisterInput {
 protected:
  struct Choice {
    const char* description = "påhittad";
    int place_epsg = 3006;
    const char* boundary =
        "MULTIPOLYGON(((600000 6640000,610000 6640000,610000 6650000,600000 6650000,600000 6640000),"
        "(601000 6641000,602000 6641000,602000 6642000,601000 6641000)))";
    bool second_municipality = false;
    bool only_boundary = false;
  };
  ReferenceFile Reference(const Choice& choice) const {
    const std::filesystem::path path = folder_ / "reference.gpkg";
    std::filesystem::remove(path);
    {
      const auto file = NewFile(path);
      OGRLayer* boundary =
          NewLayer(*file, "kommungrans", wkbMultiPolygon, 3006,
                   {{"kommunkod", OFTString}, {"kommunnamn", OFTString}}, choice.description);
      Add(*boundary, {{"kommunkod", "0331"}, {"kommunnamn", "Heby"}}, choice.boundary);
      if (choice.second_municipality)
        Add(*boundary, {{"kommunkod", "0305"}, {"kommunnamn", "Håbo"}}, choice.boundary);
      if (!choice.only_boundary) AddOthers(*file, choice.place_epsg);
    }
    return ReadReferenceLayers(path);
  }
  static void AddOthers(GDALDataset& file, int place_epsg) {
    const char* square =
        "POLYGON((601000 6641000,602000 6641000,602000 6642000,601000 6642000,601000 6641000))";
    OGRLayer* districts = NewLayer(file, "distrikt", wkbUnknown, 3006,
                                   {{"distriktskod", OFTString}, {"distriktsnamn", OFTString}});
    Add(*districts, {{"distriktskod", "1"}, {"distriktsnamn", "Västerlövsta"}}, square);
    OGRLayer* localities =
        NewLayer(file, "tatort", wkbUnknown, 3006, {{"tatortskod", OFTString}, {"tatort", OFTString}});
    Add(*localities, {{"tatortskod", "T1"}, {"tatort", "Heby"}}, square);
    OGRLayer* places = NewLayer(file, "plats", wkbPoint, place_epsg,
                                {{"platsid", OFTString},
                                 {"namn", OFTString},
                                 {"alias", OFTString},
                                 {"typ", OFTString},
                                 {"tatort", OFTString}});
    Add(*places, {{"platsid", "p1"},
                  {"namn", "Heby skola"},
                  {"alias", "Hebyskolan; skolan ;"},
                  {"typ", "school"},
                  {"tatort", "Heby"},
                  {"x", "601500"},
                  {"y", "6641500"}});
  }
};

TEST_F(ReferenceInput, ReadsEveryLayer) {
  const ReferenceFile file = Reference({});
  EXPECT_EQ(file.municipality_code, "0331");
  EXPECT_EQ(file.municipality_name, "Heby");
  ASSERT_THAT(file.boundary, SizeIs(1));
  EXPECT_THAT(file.boundary[0].outer, SizeIs(4)) << "the repeated last point is dropped";
  EXPECT_THAT(file.boundary[0].holes, SizeIs(1));
  ASSERT_THAT(file.districts, SizeIs(1));
  EXPECT_EQ(file.districts[0].name, "Västerlövsta");
  ASSERT_THAT(file.localities, SizeIs(1));
  EXPECT_EQ(file.localities[0].code, "T1");
  ASSERT_THAT(file.places, SizeIs(1));
  EXPECT_THAT(file.places[0].aliases, ElementsAre("Hebyskolan", "skolan"));
  EXPECT_EQ(file.places[0].kind, "school");
  EXPECT_EQ(file.places[0].locality, "Heby");
  EXPECT_FALSE(file.synthetic);
}

TEST_F(ReferenceInput, DoesNotNeedMoreThanTheBoundary) {
  const ReferenceFile file = Reference({.only_boundary = true});
  EXPECT_THAT(file.districts, IsEmpty());
  EXPECT_THAT(file.places, IsEmpty());
}

TEST_F(ReferenceInput, KnowsAnInventedFileByItsDescription) {
  EXPECT_TRUE(Reference({.description = "SYNTETISK: påhittade data"}).synthetic);
}

TEST_F(ReferenceInput, RefusesFilesThatDoNotFitTogether) {
  EXPECT_THROW(Reference({.place_epsg = 3010}), IoError);
  EXPECT_THROW(Reference({.second_municipality = true}), IoError);
  EXPECT_THROW(Reference({.boundary = "LINESTRING(600000 6640000,610000 6640000)"}), IoError);
  {
    const auto file = NewFile(folder_ / "none.gpkg");
    NewLayer(*file, "distrikt", wkbPolygon, 3006, {});
  }
  EXPECT_THROW(ReadReferenceLayers(folder_ / "none.gpkg"), IoError);
}

class PopulationInput : public RegisterInput {
 protected:
  PopulationFile Population(const std::string& text) const {
    const std::filesystem::path path = folder_ / "population.csv";
    std::ofstream(path, std::ios::binary) << text;
    return ReadPopulation(path);
  }
};

TEST_F(PopulationInput, ReadsInhabitantsByAddressAndAge) {
  const PopulationFile file = Population("antal;objektidentitet;alder\n2;a;14\n1;a;0\n0;b;120\n");
  EXPECT_EQ(file.read, 3);
  ASSERT_THAT(file.rows, SizeIs(3));
  EXPECT_EQ(file.rows[0].address_id, "a");
  EXPECT_EQ(file.rows[0].age, 14);
  EXPECT_EQ(file.rows[0].count, 2);
  EXPECT_THAT(file.rejected, IsEmpty());
}

TEST_F(PopulationInput, CountsRejectedRows) {
  const PopulationFile file = Population(
      "objektidentitet,alder,antal\na,121,1\na,-1,1\na,x,1\na,14,-1\na,14,many\n,14,1\na,15,1\na,15,2\na,16,"
      "1,9\n");
  EXPECT_EQ(file.read, 9);
  EXPECT_THAT(file.rows, SizeIs(1));
  ASSERT_THAT(file.rejected, SizeIs(8));
  EXPECT_EQ(file.rejected[0].column, "alder");
  EXPECT_EQ(file.rejected[0].row, 2);
  EXPECT_EQ(file.rejected[3].column, "antal");
  EXPECT_EQ(file.rejected[5].column, "objektidentitet");
  EXPECT_EQ(file.rejected[6].row, 9) << "an address and age that stand twice";
}

TEST_F(PopulationInput, RefusesAFileWithoutItsColumns) {
  EXPECT_THROW(Population("objektidentitet,alder\na,14\n"), IoError);
  EXPECT_THROW(Population(""), IoError);
}

}  // namespace
}  // namespace lagesbild::maps
