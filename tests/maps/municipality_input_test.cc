#include "maps/municipality_input.h"

#include <gmock/gmock.h>
#include <ogrsf_frmts.h>

#include <fstream>

#include "geo/errors.h"
#include "geo/study_area.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// An invented city around 75.1 W 40 N, by its corners "x y,x y,...".
std::string GeoJson(const std::string& ring, const std::string& more_features = "") {
  std::string points;
  for (std::size_t at = 0; at < ring.size();) {
    const std::size_t end = std::min(ring.find(',', at), ring.size());
    std::string point = ring.substr(at, end - at);
    point.replace(point.find(' '), 1, ",");
    points += (points.empty() ? "[" : ",[") + point + "]";
    at = end + 1;
  }
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"1"},)"
         R"("geometry":{"type":"Polygon","coordinates":[[)" +
         points + "]]}}" + more_features + "]}";
}

constexpr const char* kCity = "-75.2 39.9,-75.0 39.9,-75.0 40.1,-75.2 40.1,-75.2 39.9";

class MunicipalityInput : public ::testing::Test {
 protected:
  std::filesystem::path Write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder / name;
    std::ofstream(path) << text;
    return path;
  }
  ReferenceFile Read(const std::string& text) {
    return ReadMunicipality(Write("city.geojson", text), source);
  }
  std::string Fault(const std::string& text) {
    try {
      Read(text);
    } catch (const IoError& error) {
      return error.reason;
    }
    return "";
  }
  /// A layer `city` with one square, in the given CRS; none for 0.
  std::filesystem::path GeoPackage(int epsg, const char* wkt) {
    SetUpGdal();
    const std::filesystem::path path = folder / "city.gpkg";
    std::filesystem::remove(path);
    const GDALDatasetUniquePtr dataset(
        GetGDALDriverManager()->GetDriverByName("GPKG")->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference crs;
    if (epsg != 0) crs.importFromEPSG(epsg);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    AddFeature(*dataset->CreateLayer("city", epsg == 0 ? nullptr : &crs, wkbUnknown, nullptr), wkt, "");
    return path;
  }
  static void AddFeature(OGRLayer& layer, const char* wkt, const char* name) {
    if (*name != '\0') {
      OGRFieldDefn field("namn", OFTString);
      layer.CreateField(&field);
    }
    OGRFeatureUniquePtr row(OGRFeature::CreateFeature(layer.GetLayerDefn()));
    if (*name != '\0') row->SetField("namn", name);
    OGRGeometry* geometry = nullptr;
    OGRGeometryFactory::createFromWkt(wkt, nullptr, &geometry);
    row->SetGeometryDirectly(geometry);
    EXPECT_EQ(layer.CreateFeature(row.get()), OGRERR_NONE);
  }
  /// One more layer, in degrees, with one named feature.
  static void AddLayer(const std::filesystem::path& path, const char* name, const char* wkt,
                       const char* feature) {
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_UPDATE | GDAL_OF_VECTOR));
    OGRSpatialReference crs;
    crs.importFromEPSG(4326);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    AddFeature(*dataset->CreateLayer(name, &crs, wkbUnknown, nullptr), wkt, feature);
  }

  testing::TemporaryFolder folder;
  MunicipalityInput() {
    source.code = "X1";
    source.name = "Påhittstad";
    source.crs = geo::Epsg{26918};
  }
  MunicipalitySource source;
};

TEST_F(MunicipalityInput, TakesABoundaryInDegreesIntoTheAnalysisCrs) {
  const ReferenceFile city = Read(GeoJson(kCity));
  EXPECT_EQ(city.municipality_code, "X1");
  EXPECT_EQ(city.municipality_name, "Påhittstad");
  EXPECT_EQ(city.crs, geo::Epsg{26918});
  const geo::StudyArea area(city.boundary);
  // 0.2 degrees square at 40 N: 17.07 km by 22.2 km; UTM's scale is 0.9996.
  EXPECT_NEAR(area.area_km2(), 379, 2);
  // The central meridian of zone 18 is 75 W: false easting 500,000.
  EXPECT_NEAR(area.north_east().easting.value(), 500000, 0.01);
}

TEST_F(MunicipalityInput, TakesALocalZoneIntoSweref99TmEastingFirst) {
  source.crs = geo::Epsg{3006};
  const ReferenceFile town = ReadMunicipality(
      GeoPackage(3011,
                 "POLYGON ((86000 6647000, 87000 6647000, 87000 6648000, 86000 6648000, 86000 6647000))"),
      source);
  const geo::StudyArea area(town.boundary);
  EXPECT_TRUE(area.contains({geo::Meters{604054}, geo::Meters{6645981}})) << "the check point, Heby town";
  EXPECT_NEAR(area.area_km2(), 1, 0.001);
}

TEST_F(MunicipalityInput, KeepsCoordinatesThatAreInTheAnalysisCrs) {
  source.crs = geo::Epsg{3011};
  const ReferenceFile town = ReadMunicipality(
      GeoPackage(3011,
                 "POLYGON ((86000 6647000, 87000 6647000, 87000 6648000, 86000 6648000, 86000 6647000))"),
      source);
  ASSERT_THAT(town.boundary, SizeIs(1));
  EXPECT_EQ(town.boundary[0].outer[0], (geo::PlanePoint{geo::Meters{86000}, geo::Meters{6647000}}));
}

TEST_F(MunicipalityInput, ReadsDistrictsLocalitiesAndPlacesInSystemsOfTheirOwn) {
  const auto path = GeoPackage(
      26918, "POLYGON ((482000 4416000, 500000 4416000, 500000 4438000, 482000 4438000, 482000 4416000))");
  const char* square = "POLYGON ((-75.1 40.0, -75.05 40.0, -75.05 40.05, -75.1 40.05, -75.1 40.0))";
  AddLayer(path, "wards", square, "Påhittet");
  AddLayer(path, "towns", square, "Tänkby");
  AddLayer(path, "schools", "POINT (-75.0 40.0)", "Påhittade skolan");
  source.boundary.layer = "city";
  LayerSource wards;
  wards.layer = "wards";
  wards.name = "namn";
  source.districts = source.localities = source.places = wards;
  source.localities->layer = "towns";
  source.places->layer = "schools";
  source.places->default_kind = "school";
  const ReferenceFile city = ReadMunicipality(path, source);
  ASSERT_THAT(city.districts, SizeIs(1));
  EXPECT_EQ(city.districts[0].code, "Påhittet") << "the name where there is no code";
  EXPECT_NEAR(geo::StudyArea(city.districts[0].polygons).area_km2(), 23.7, 0.2);
  ASSERT_THAT(city.localities, SizeIs(1));
  EXPECT_EQ(city.localities[0].name, "Tänkby");
  ASSERT_THAT(city.places, SizeIs(1));
  EXPECT_EQ(city.places[0].kind, "school");
  EXPECT_NEAR(city.places[0].position.easting.value(), 500000, 0.01);
  source.places->layer = "parks";
  EXPECT_THROW(ReadMunicipality(path, source), IoError);
}

TEST_F(MunicipalityInput, AsksWhichOfSeveralLayersIsTheBoundary) {
  const auto path = GeoPackage(
      26918, "POLYGON ((482000 4416000, 500000 4416000, 500000 4438000, 482000 4438000, 482000 4416000))");
  AddLayer(path, "schools", "POINT (-75.0 40.0)", "Påhittade skolan");
  try {
    ReadMunicipality(path, source);
    FAIL() << "guessed a layer";
  } catch (const IoError& error) {
    EXPECT_THAT(error.reason, HasSubstr("holds 2 layers"));
  }
}

TEST_F(MunicipalityInput, SaysThatAxesLookSwapped) {
  EXPECT_THAT(Fault(GeoJson("39.9 -75.2,39.9 -75.0,40.1 -75.0,40.1 -75.2,39.9 -75.2")),
              HasSubstr("look swapped"));
}

TEST_F(MunicipalityInput, SaysThatAGeoJsonInMetersNeedsItsSystem) {
  const std::string meters =
      GeoJson("482932 4416500,500000 4416500,500000 4438700,482932 4438700,482932 4416500");
  EXPECT_THAT(Fault(meters), HasSubstr("says degrees but holds meters"));
  source.boundary.crs = geo::Epsg{26918};
  EXPECT_NEAR(geo::StudyArea(Read(meters).boundary).area_km2(), 379, 2);
}

TEST_F(MunicipalityInput, SaysThatABoundaryLiesElsewhere) {
  source.crs = geo::Epsg{3006};
  EXPECT_THAT(Fault(GeoJson(kCity)), HasSubstr("does not lie where EPSG:3006 is meant for"));
}

TEST_F(MunicipalityInput, NeedsACoordinateSystemFromTheFileOrTheMapping) {
  const char* square =
      "POLYGON ((490000 4420000, 491000 4420000, 491000 4421000, 490000 4421000, 490000 4420000))";
  const auto fault = [&](int epsg) -> std::string {
    try {
      ReadMunicipality(GeoPackage(epsg, square), source);
    } catch (const IoError& error) {
      return error.reason;
    }
    return "";
  };
  EXPECT_EQ(fault(26918), "");
  source.boundary.crs = geo::Epsg{3006};
  EXPECT_THAT(fault(26918), HasSubstr("states another coordinate system than EPSG:3006"));
  source.boundary.crs = geo::Epsg{9};
  EXPECT_THAT(fault(26918), HasSubstr("no known coordinate system"));
}

TEST_F(MunicipalityInput, TakesOnlyTheFeatureThatIsAskedFor) {
  const std::string other =
      R"(,{"type":"Feature","properties":{"id":"2"},"geometry":{"type":"Polygon","coordinates":)"
      R"([[[-75.2,40.1],[-75.0,40.1],[-75.0,40.2],[-75.2,40.1]]]}})";
  source.boundary.where = "id";
  source.boundary.equals = "1";
  EXPECT_THAT(Read(GeoJson(kCity, other)).boundary, SizeIs(1));
  source.boundary.equals = "3";
  EXPECT_THAT(Fault(GeoJson(kCity, other)), HasSubstr("no feature whose column id is 3"));
  source.boundary.where = "kod";
  EXPECT_THAT(Fault(GeoJson(kCity, other)), HasSubstr("lacks the columns kod"));
}

TEST_F(MunicipalityInput, RefusesWhatIsNoBoundary) {
  EXPECT_THAT(Fault(R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                    R"("geometry":{"type":"Point","coordinates":[-75.1,40]}}]})"),
              HasSubstr("must be a polygon"));
  EXPECT_THAT(Fault("no JSON"), HasSubstr("cannot be opened"));
  source.boundary.layer = "gränser";
  EXPECT_THAT(Fault(GeoJson(kCity)), HasSubstr("lacks the layer gränser"));
}

TEST_F(MunicipalityInput, LeavesABoundaryThatCrossesItselfToTheStudyAreaWhichSaysWhere) {
  const ReferenceFile city = Read(GeoJson("-75.2 39.9,-75.0 40.1,-75.0 39.9,-75.2 40.1,-75.2 39.9"));
  try {
    geo::StudyArea area(city.boundary);
    FAIL() << "a bow tie is no boundary";
  } catch (const geo::InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("northing 4427"));
  }
}

}  // namespace
}  // namespace lagesbild::maps
