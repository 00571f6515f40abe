#include <gmock/gmock.h>
#include <ogrsf_frmts.h>

#include "geo/errors.h"
#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "service/errors.h"
#include "service/import.h"
#include "service/utf8.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kNow = "2026-10-01T08:00:00Z";
using Fields = std::vector<std::pair<std::string, std::string>>;

struct Feature {
  Fields fields;
  std::string wkt;
};

OGRSpatialReference Crs(int epsg) {
  OGRSpatialReference crs;
  crs.importFromEPSG(epsg);
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return crs;
}

void AddLayer(GDALDataset& dataset, const char* name, int epsg, const std::vector<Feature>& features) {
  OGRSpatialReference crs = Crs(epsg);
  OGRLayer* layer = dataset.CreateLayer(name, &crs, wkbUnknown, nullptr);
  for (const auto& [field, value] : features.front().fields) {
    OGRFieldDefn definition(field.c_str(), OFTString);
    layer->CreateField(&definition);
  }
  for (const Feature& feature : features) {
    OGRFeatureUniquePtr row(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    for (const auto& [field, value] : feature.fields) row->SetField(field.c_str(), value.c_str());
    OGRGeometry* geometry = nullptr;
    OGRGeometryFactory::createFromWkt(feature.wkt.c_str(), nullptr, &geometry);
    row->SetGeometryDirectly(geometry);
    ASSERT_EQ(layer->CreateFeature(row.get()), OGRERR_NONE);
  }
}

GDALDatasetUniquePtr NewGeoPackage(const std::filesystem::path& path) {
  maps::SetUpGdal();
  return GDALDatasetUniquePtr(
      GetGDALDriverManager()->GetDriverByName("GPKG")->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
}

Feature AddressRow(const std::string& id, const std::string& number, const std::string& status,
                   const std::string& wkt) {
  return {{{"belagenhetsadress_objektidentitet", id},
           {"adressplatsnummer", number},
           {"statusforbelagenhetsadress", status},
           {"bokstavstillagg", ""},
           {"lagestillagg", ""},
           {"lagestillaggsnummer", ""},
           {"adressplatstyp", "Gatuadressplats"},
           {"insamlingslage", "Ingång"},
           {"avvikerfranstandarden", ""},
           {"avvikandeadressplatsbeteckning", ""},
           {"postnummer", "74430"},
           {"postort", "TESTBY"},
           {"distriktsnamn", "Väster"},
           {"kommunkod", "0331"},
           {"kommundel_faststalltnamn", "Testby"},
           {"adressomrade_faststalltnamn", "Storgatan"},
           {"gardsadressomrade_faststalltnamn", ""}},
          wkt};
}

class ImportRegisterOf : public testing::Test {
 protected:
  /// `points` are in the stated system; by default at E 604200 to 604800, N 6650000.
  std::filesystem::path Addresses(int epsg = 3006, std::vector<geo::PlanePoint> points = {}) {
    if (points.empty())
      for (const double easting : {604200, 604400, 604600, 604800}) points.push_back(At(easting, 6650000));
    const auto wkt = [&](std::size_t i) {
      return "POINT (" + std::to_string(points.at(i).easting.value()) + " " +
             std::to_string(points.at(i).northing.value()) + ")";
    };
    const auto path = folder / ("addresses" + std::to_string(epsg) + ".gpkg");
    AddLayer(*NewGeoPackage(path), "belagenhetsadress", epsg,
             {AddressRow("A1", "1", "Gällande", wkt(0)), AddressRow("A2", "2", "Gällande", wkt(1)),
              AddressRow("A3", "3", "Reserverad", wkt(2)), AddressRow("A4", "fyra", "Gällande", wkt(3))});
    return path;
  }
  std::filesystem::path Reference(
      const std::string& boundary =
          "POLYGON ((600000 6640000, 620000 6640000, 620000 6660000, 600000 6660000, "
          "600000 6640000))",
      const std::string& place = "Testby skola") {
    const auto path = folder / "reference.gpkg";
    std::filesystem::remove(path);
    const auto dataset = NewGeoPackage(path);
    AddLayer(*dataset, "kommungrans", 3006,
             {{{{"kommunkod", "0331"}, {"kommunnamn", "Testkommun"}, {"kalla", "SYNTETISK"}}, boundary}});
    const std::string small =
        "POLYGON ((604000 6649000, 606000 6649000, 606000 6651000, 604000 6651000, 604000 6649000))";
    AddLayer(*dataset, "tatort", 3006, {{{{"tatortskod", "T1"}, {"tatort", "Testby"}}, small}});
    AddLayer(*dataset, "distrikt", 3006, {{{{"distriktskod", "D1"}, {"distriktsnamn", "Testby"}}, small}});
    AddLayer(
        *dataset, "plats", 3006,
        {{{{"platsid", "P1"}, {"namn", place}, {"alias", "Skolan"}, {"typ", "school"}, {"tatort", "Testby"}},
          "POINT (605500 6650500)"}});
    return path;
  }
  RegisterVersion Import(const char* kind, const std::filesystem::path& file) {
    return ImportRegister(*store, kind, file, kNow);
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store = NewMemoryStore();
};

TEST_F(ImportRegisterOf, AllThreeKindsMakesAMunicipality) {
  const RegisterVersion reference = Import("reference", Reference());
  EXPECT_TRUE(reference.synthetic);
  EXPECT_EQ(reference.read, 4);
  EXPECT_EQ(reference.imported_at, kNow);
  const RegisterVersion addresses = Import("addresses", Addresses());
  EXPECT_EQ(addresses.read, 4);
  EXPECT_EQ(addresses.accepted, 2);
  EXPECT_EQ(addresses.not_in_force, 1);
  EXPECT_EQ(addresses.rejected, 1);
  const RegisterVersion population =
      Import("population",
             folder.Write("p.csv", "objektidentitet;alder;antal\nA1;8;2\nA2;40;1\nA2;130;1\nA9;14;3\n"));
  EXPECT_EQ(population.read, 4);
  EXPECT_EQ(population.accepted, 2);
  EXPECT_EQ(population.rejected, 2) << "an impossible age and an address that is not in force";
  const auto municipality = store->LoadMunicipality();
  ASSERT_TRUE(municipality.has_value());
  EXPECT_EQ(municipality->name, "Testkommun");
  EXPECT_EQ(municipality->crs, geo::Epsg{3006});
  ASSERT_THAT(municipality->inhabitants, SizeIs(2));
  EXPECT_EQ(municipality->inhabitants[1].position, At(604400, 6650000));
  ASSERT_THAT(municipality->gazetteer.localities, SizeIs(2));
  EXPECT_EQ(municipality->gazetteer.localities[0].kind, "locality")
      << "a name that is both is the locality first";
}

TEST_F(ImportRegisterOf, TheSameBytesChangesNothing) {
  Import("reference", Reference());
  const auto file = Addresses();
  const RegisterVersion first = Import("addresses", file);
  const DataVersion version = store->CurrentDataVersion();
  EXPECT_EQ(Import("addresses", file).id, first.id);
  EXPECT_EQ(store->CurrentDataVersion().number, version.number);
}

TEST_F(ImportRegisterOf, TheSamePopulationBesideOtherAddressesCountsAnew) {
  Import("reference", Reference());
  const auto file = folder.Write("p.csv", "objektidentitet;alder;antal\nA1;8;2\nA2;40;1\n");
  geo::Address first;
  first.id = "A1", first.position = At(604200, 6650000);
  RegisterVersion version;
  version.sha256 = "one";
  store->PutAddresses(version, geo::Epsg{3006}, {first});
  EXPECT_EQ(Import("population", file).accepted, 1);
  Import("addresses", Addresses());
  const DataVersion before = store->CurrentDataVersion();
  EXPECT_EQ(Import("population", file).accepted, 2) << "A2 is known now";
  EXPECT_NE(store->CurrentDataVersion().hash, before.hash);
  const std::int64_t number = store->CurrentDataVersion().number;
  Import("population", file);
  EXPECT_EQ(store->CurrentDataVersion().number, number) << "nothing has changed since";
}

TEST_F(ImportRegisterOf, ANameInAnotherEncodingKeepsValidTextOnly) {
  Import("reference", Reference("POLYGON ((600000 6640000, 620000 6640000, 620000 6660000, 600000 6660000, "
                                "600000 6640000))",
                                "\xD6sterskola"));
  const std::string name = store->LoadMunicipality()->gazetteer.places.at(0).name;
  EXPECT_TRUE(IsValidUtf8(name)) << name;
  EXPECT_THAT(name, HasSubstr("sterskola"));
}

TEST_F(ImportRegisterOf, PopulationNeedsAddressesFirst) {
  const auto file = folder.Write("p.csv", "objektidentitet;alder;antal\nA1;8;2\n");
  EXPECT_THROW(Import("population", file), NotReady);
  Import("reference", Reference());
  EXPECT_THROW(Import("population", file), NotReady);
}

TEST_F(ImportRegisterOf, AddressesInALocalZoneAreTakenIntoTheBoundarysSystem) {
  Import("reference", Reference());
  const geo::PlaneTransform into(geo::Epsg{3006}, geo::Epsg{3011});
  std::vector<geo::PlanePoint> local;
  for (const double easting : {604200, 604400, 604600, 604800}) local.push_back(into(At(easting, 6650000)));
  EXPECT_LT(local[0].easting.value(), 120000) << "zone 18 00: Heby's eastings are 77,322 to 115,416";
  const RegisterVersion version = Import("addresses", Addresses(3011, local));
  EXPECT_EQ(version.crs, geo::Epsg{3006});
  const geo::Address address = store->LoadMunicipality()->gazetteer.addresses.at(0);
  EXPECT_NEAR(address.position.easting.value(), 604200, 0.01);
  EXPECT_NEAR(address.position.northing.value(), 6650000, 0.01);
}

TEST_F(ImportRegisterOf, ABoundaryInAnotherSystemThanTheAddressesIsRefusedWithBothCodes) {
  Import("addresses", Addresses(3010));
  try {
    Import("reference", Reference());
    FAIL() << "took a boundary in another system";
  } catch (const InvalidRequest& error) {
    EXPECT_THAT(error.what(), HasSubstr("EPSG:3010"));
    EXPECT_THAT(error.what(), HasSubstr("EPSG:3006"));
  }
}

TEST_F(ImportRegisterOf, AddressesThatAreNotInTheSystemTheyStateAreRefusedWithBothCodes) {
  Import("reference", Reference());
  try {
    Import("addresses", Addresses(3010));
    FAIL() << "took eastings of SWEREF 99 TM for those of a local zone";
  } catch (const maps::IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("EPSG:3010"));
    EXPECT_THAT(error.what(), HasSubstr("EPSG:3006"));
  }
}

TEST_F(ImportRegisterOf, ABoundaryThatCrossesItselfIsRefusedAndTheOldOneStays) {
  Import("reference", Reference());
  const std::string before = store->LoadMunicipality()->register_hash;
  EXPECT_THROW(Import("reference", Reference("POLYGON ((600000 6640000, 620000 6660000, 620000 6640000, "
                                             "600000 6660000, 600000 6640000))")),
               geo::InvalidInput);
  EXPECT_EQ(store->LoadMunicipality()->register_hash, before);
}

TEST_F(ImportRegisterOf, AnUnknownKindOrFileIsRefused) {
  EXPECT_THROW(Import("buildings", Reference()), InvalidRequest);
  EXPECT_THROW(Import("addresses", folder / "missing.gpkg"), maps::IoError);
  EXPECT_THROW(Import("addresses", folder.Write("x.gpkg", "no GeoPackage")), maps::IoError);
}

}  // namespace
}  // namespace lagesbild::service
