#include "maps/register_layer.h"

#include <gmock/gmock.h>
#include <ogrsf_frmts.h>

#include <cstdlib>

#include "geo/address_style.h"
#include "geo/errors.h"
#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/osm_addresses.h"
#include "maps/osm_input.h"
#include "maps/register_input.h"
#include "maps/register_records.h"
#include "maps/road_input.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TemporaryFolder;
using testing::WriteBytes;

constexpr double kEast = 604054, kNorth = 6645981;  // the middle of the invented municipality

geo::StudyArea Square() {
  const auto corner = [](double e, double n) {
    return geo::PlanePoint{geo::Meters{kEast + e}, geo::Meters{kNorth + n}};
  };
  return geo::StudyArea(
      {{{corner(-5000, -5000), corner(5000, -5000), corner(5000, 5000), corner(-5000, 5000)}, {}}});
}

/// "60.1 16.9" of a point so many meters east and north of the middle.
geo::LonLat Degrees(double e, double n) {
  return geo::Projection(geo::Epsg{3006}).Inverse({geo::Meters{kEast + e}, geo::Meters{kNorth + n}});
}

std::string Number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.9f", value);
  return text;
}

class RegisterLayer : public ::testing::Test {
 protected:
  std::filesystem::path Write(const std::string& name, const std::string& text) const {
    WriteBytes(folder / name, text);
    return folder / name;
  }
  RegisterLayerFile Places(const std::string& csv) const {
    return ReadPlaces(Write("a.csv", csv), mapping, target);
  }
  std::vector<std::string> Reasons(const RegisterLayerFile& file) const {
    std::vector<std::string> reasons;
    for (const RegisterFinding& finding : file.findings) reasons.push_back(finding.reason);
    return reasons;
  }
  template <class Read>
  std::string Fault(Read&& read) const {
    try {
      read();
    } catch (const IoError& error) {
      return error.reason;
    }
    return "read";
  }
  /// A GeoPackage with one layer and text columns; the geometry is WKT in meters from the middle unless
  /// `absolute`.
  std::filesystem::path GeoPackage(const char* layer_name, const std::vector<const char*>& columns,
                                   const std::vector<std::vector<std::string>>& rows, int epsg = 3006,
                                   const char* driver = "GPKG", const char* file_name = "l.gpkg") const {
    SetUpGdal();
    const std::filesystem::path path = folder / file_name;
    const GDALDatasetUniquePtr file(
        GetGDALDriverManager()->GetDriverByName(driver)->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference crs;
    crs.importFromEPSG(epsg);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayer* layer = file->CreateLayer(layer_name, &crs, wkbUnknown, nullptr);
    for (const char* column : columns) {
      OGRFieldDefn field(column, OFTString);
      EXPECT_EQ(layer->CreateField(&field), OGRERR_NONE);
    }
    for (const auto& row : rows) {
      OGRFeature feature(layer->GetLayerDefn());
      for (std::size_t i = 0; i < columns.size(); ++i)
        if (!row[i].empty()) feature.SetField(columns[i], row[i].c_str());
      OGRGeometry* geometry = nullptr;
      if (!row.back().empty()) {
        EXPECT_EQ(OGRGeometryFactory::createFromWkt(row.back().c_str(), nullptr, &geometry), OGRERR_NONE);
      }
      feature.SetGeometryDirectly(geometry);
      EXPECT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
    }
    return path;
  }
  static std::string At(double e, double n) { return Number(kEast + e) + " " + Number(kNorth + n); }
  static std::string Box(double e, double n, double side) {
    return "POLYGON((" + At(e, n) + "," + At(e + side, n) + "," + At(e + side, n + side) + "," +
           At(e, n + side) + "," + At(e, n) + "))";
  }

  TemporaryFolder folder;
  geo::StudyArea area = Square();
  RegisterTarget target{geo::Epsg{3006}, area, "Påhittköping"};
  LayerMapping mapping;
};

using Place = geo::Place;

TEST_F(RegisterLayer, ReadsAnAliasTableInSwedish) {
  const auto file = Places(
      "namn;alias;typ;ort;ost;nord;radie_m;giltig_fran;giltig_till;kalla\n"
      "Biblioteket;bibblan|Heby bibliotek;library;Heby;604054,5;6645981;30;2026-01-01;;Kommunen\n");
  ASSERT_THAT(file.places, SizeIs(1));
  const Place& place = file.places[0];
  EXPECT_EQ(place.name, "Biblioteket");
  EXPECT_THAT(place.aliases, ElementsAre("bibblan", "Heby bibliotek"));
  EXPECT_EQ(place.kind, "library");
  EXPECT_DOUBLE_EQ(place.position.easting.value(), 604054.5);
  EXPECT_EQ(place.accuracy_radius, geo::Meters{30});
  using std::chrono::year;
  EXPECT_EQ(place.valid_from, std::chrono::sys_days{year{2026} / 1 / 1});
  EXPECT_FALSE(place.valid_to);
  EXPECT_EQ(file.attribution, "Kommunen");
}

TEST_F(RegisterLayer, ReadsDegreesByTheNamesOfTheColumnsAndByTheirOwnEpsg) {
  const geo::LonLat at = Degrees(100, 200);
  const auto named =
      Places("name,lon,lat\nKiosken," + Number(at.lon.value()) + "," + Number(at.lat.value()) + "\n");
  ASSERT_THAT(named.places, SizeIs(1));
  EXPECT_NEAR(named.places[0].position.easting.value(), kEast + 100, 0.01);
  EXPECT_NEAR(named.places[0].position.northing.value(), kNorth + 200, 0.01);
  const auto own = Places(
      "name,easting,northing,epsg\nA,604054,6645981,3006\nB,159093,1,3010\nC,1559093,6647017,3021\n"
      "D,170248,6647232,EPSG:3010\nE,86394,6647723,3011\n");
  ASSERT_THAT(own.places, SizeIs(4));  // the check point of geocoding.md section 8
  for (const Place& place : own.places) {
    EXPECT_NEAR(place.position.easting.value(), 604054, 1.5) << place.name;
    EXPECT_NEAR(place.position.northing.value(), 6645981, 1.5) << place.name;
  }
}

TEST_F(RegisterLayer, RejectsEachBadRowOfPlacesWithItsReason) {
  const auto file = Places(
      "name;easting;northing;epsg;radius_m;valid_from;valid_to\n"
      "Bra;604054;6645981;;;;\n"
      ";604054;6645981;;;;\n"
      "Utan tal;x;6645981;;;;\n"
      "Omvänd;6645981;604054;;;;\n"
      "Grader;16,86;59,94;;;;\n"
      "Fjärran;300000;6200000;;;;\n"
      "Granne;614054;6645981;;;;\n"
      "System;604054;6645981;4711;;;\n"
      "Kod;604054;6645981;SWEREF;;;\n"
      "Radie;604054;6645981;;9000;;\n"
      "Dag;604054;6645981;;;2026-02-30;\n"
      "Dagar;604054;6645981;;;2026-02-01;2026-01-01\n"
      "Bra;604054;6645981;;;;\n" +
      std::string(201, 'x') + ";604054;6645981;;;;\n");
  EXPECT_THAT(file.places, SizeIs(1));
  EXPECT_EQ(file.read, 14);
  EXPECT_EQ(file.rejected, 13);
  for (const char* reason :
       {"the name is missing", "the coordinates must be numbers",
        "the axes look swapped: exchanged, the coordinates would lie near the municipality",
        "the coordinates look like degrees; they must be meters of the declared system",
        "the position is not near the municipality", "the position lies outside the municipality",
        "the coordinate system is not known, or is not one of meters or EPSG:4326",
        "the coordinate system must be an EPSG code such as 3006 or 4326",
        "the radius must be 1 to 5000 meters", "the day must be written as 2026-01-31",
        "the last day lies before the first", "the same name, position and days stand on an earlier row",
        "the name is longer than 200 bytes"}) {
    EXPECT_THAT(Reasons(file), Contains(reason));
    EXPECT_NE(ReasonInSwedish(reason), reason);
  }
  EXPECT_THAT(file.findings, Contains(AllOf(Field(&RegisterFinding::column, "valid_to"),
                                            Field(&RegisterFinding::first, ElementsAre(13)))));
}

TEST_F(RegisterLayer, RejectsRowsThatCannotBeReadInSwedishToo) {
  const auto file =
      Places("name;easting;northing\nBra;604054;6645981\nFör;604054;6645981;många;celler\nFå\n");
  EXPECT_THAT(file.places, SizeIs(1));
  ASSERT_EQ(file.rejected, 2);
  for (const RegisterFinding& finding : file.findings)
    EXPECT_EQ(finding.reason_sv, "raden har ett annat antal celler än rubriken");
}

TEST_F(RegisterLayer, RefusesATableThatLiesAltogetherElsewhere) {
  EXPECT_THAT(Fault([&] { Places("name,easting,northing\nA,6645981,604054\nB,6645982,604055\n"); }),
              HasSubstr("axes look swapped"));
  EXPECT_THAT(Fault([&] { Places("name,easting,northing\nA,16.86,59.94\n"); }), HasSubstr("degrees"));
  EXPECT_THAT(Fault([&] { Places("name,easting,northing\nA,704054,6745981\n"); }),
              HasSubstr("do not lie in the municipality"));
}

TEST_F(RegisterLayer, RefusesATableWithoutNameOrCoordinates) {
  EXPECT_THAT(Fault([&] { Places("plats,easting,northing\nA,604054,6645981\n"); }),
              HasSubstr("no column for name"));
  EXPECT_THAT(Fault([&] { Places("name,gata\nA,B\n"); }), HasSubstr("no columns of coordinates"));
  mapping.columns = {{"name", "Namn"}, {"easting", "E"}, {"northing", "finns inte"}};
  EXPECT_THAT(Fault([&] { Places("Namn,E,N\nA,604054,6645981\n"); }),
              HasSubstr("lacks the columns finns inte"));
}

TEST_F(RegisterLayer, AnEmptyAliasTableEmptiesItsPart) {
  const auto file = Places("name,easting,northing\n");
  EXPECT_THAT(file.places, IsEmpty());
  EXPECT_EQ(file.read, 0);
}

TEST_F(RegisterLayer, ReadsPlaceNamesByMappingWithKinds) {
  mapping.layer = "ortnamn";
  mapping.columns = {{"name", "ortnamn"}, {"kind", "namntyp"}};
  mapping.kinds = {{"bebyggelsenamn", "locality"}};
  mapping.default_kind = "nature";
  mapping.attribution = "© Lantmäteriet";
  const auto file = ReadPlaces(GeoPackage("ortnamn", {"ortnamn", "namntyp"},
                                          {{"Påhittsbo", "Bebyggelsenamn", "POINT(" + At(10, 10) + ")"},
                                           {"Påhittsberget", "Terrängnamn", "POINT(" + At(20, 20) + ")"},
                                           {"Ytan", "Bebyggelsenamn", Box(0, 0, 100)},
                                           {"Linjen", "x", "LINESTRING(" + At(0, 0) + "," + At(1, 1) + ")"},
                                           {"Ingenstans", "x", ""}}),
                               mapping, target);
  ASSERT_THAT(file.places, SizeIs(3));
  EXPECT_EQ(file.places[0].kind, "locality");
  EXPECT_EQ(file.places[0].accuracy_radius, geo::Meters{500});
  EXPECT_EQ(file.places[1].kind, "nature");
  EXPECT_TRUE(area.contains(file.places[2].position));
  EXPECT_EQ(file.attribution, "© Lantmäteriet");
  EXPECT_THAT(Reasons(file),
              ElementsAre("the geometry must be a point or a polygon", "the point is missing"));
}

TEST_F(RegisterLayer, ReadsNvdbWithSlashesInColumnsAndEuropeanRoads) {
  const std::string line = "LINESTRING(" + At(0, 0) + "," + At(100, 0) + ")";
  const auto file = ReadRoads(
      GeoPackage(
          "nvdb", {"Gatunamn/Namn", "Vägnummer/Huvudnummer", "Vägkategori/Kategori"},
          {{"Storgatan", "56", "Riksväg",
            "MULTILINESTRING((" + At(0, 0) + "," + At(9, 9) + "),(" + At(20, 0) + "," + At(30, 0) + "))"},
           {"", "4", "Europaväg", line},
           {"Byvägen", "", "", line},
           {"", "", "", line},
           {"Punkten", "", "", "POINT(" + At(0, 0) + ")"},
           {"Tom", "", "", ""},
           {"Fjärran", "", "", "LINESTRING(" + At(20000, 0) + "," + At(20100, 0) + ")"}}),
      mapping, target);
  ASSERT_THAT(file.roads, SizeIs(4));
  EXPECT_EQ(file.roads[0].name, "Storgatan");
  EXPECT_EQ(file.roads[0].number, "56");
  EXPECT_EQ(file.roads[1].id, "1#2");
  EXPECT_EQ(file.roads[2].number, "E4");
  EXPECT_EQ(file.roads[3].name, "Byvägen");
  EXPECT_EQ(file.read, 7);
  EXPECT_EQ(file.rejected, 4);
  for (const char* reason : {"the road has neither a name nor a number", "the geometry must be a line",
                             "the line is missing", "the position lies outside the municipality"})
    EXPECT_THAT(Reasons(file), Contains(reason));
}

TEST_F(RegisterLayer, ReadsVaglinjeInAnotherSystem) {
  const auto file =
      ReadRoads(GeoPackage("vaglinje", {"objektidentitet", "gatunamn", "vardvagnummer"},
                           {{"v1", "", "E6", "LINESTRING(1559093 6647017,1559193 6647017)"}}, 3021),
                mapping, target);
  ASSERT_THAT(file.roads, SizeIs(1));
  EXPECT_EQ(file.roads[0].number, "E6");
  EXPECT_NEAR(file.roads[0].line[0].easting.value(), 604054, 1.5);
}

TEST_F(RegisterLayer, ReadsAZippedShapefile) {
  const std::filesystem::path shape =
      GeoPackage("vagar", {"Namn_130", "Huvud_13", "Kateg_380"},
                 {{"Påhittsvägen", "272", "4", "LINESTRING(" + At(0, 0) + "," + At(100, 0) + ")"}}, 3006,
                 "ESRI Shapefile", "vagar.shp");
  const std::string zip = "/vsizip/" + (folder / "nvdb.zip").string();
  for (const char* extension : {".shp", ".shx", ".dbf", ".prj"}) {
    VSILFILE* file = VSIFOpenL((zip + "/mapp/vagar" + extension).c_str(), "wb");
    ASSERT_NE(file, nullptr);
    const std::string bytes = testing::Bytes(folder / ("vagar" + std::string(extension)));
    EXPECT_EQ(VSIFWriteL(bytes.data(), 1, bytes.size(), file), bytes.size());
    VSIFCloseL(file);
  }
  const auto before = folder.names();
  const auto file = ReadRoads(folder / "nvdb.zip", mapping, target);
  ASSERT_THAT(file.roads, SizeIs(1));
  EXPECT_EQ(file.roads[0].name, "Påhittsvägen");
  EXPECT_EQ(file.roads[0].number, "272");
  EXPECT_EQ(folder.names(), before);  // what was taken out is gone
}

TEST_F(RegisterLayer, RefusesAZipWithoutALayer) {
  const std::string zip = "/vsizip/" + (folder / "tom.zip").string();
  SetUpGdal();
  VSILFILE* file = VSIFOpenL((zip + "/las_mig.txt").c_str(), "wb");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(VSIFWriteL("x", 1, 1, file), 1U);
  VSIFCloseL(file);
  EXPECT_THAT(Fault([&] { ReadRoads(folder / "tom.zip", mapping, target); }),
              HasSubstr("must hold one GeoPackage or one shapefile"));
  EXPECT_THAT(Fault([&] { ReadRoads(Write("b.zip", "PK not a zip"), mapping, target); }),
              HasSubstr("must hold one GeoPackage or one shapefile"));
  EXPECT_THAT(folder.names(), ElementsAre("b.zip", "tom.zip"));
}

TEST(RoadNumber, IsWhatPeopleWrite) {
  EXPECT_EQ(RoadNumber("56", false), "56");
  EXPECT_EQ(RoadNumber("4", true), "E4");
  EXPECT_EQ(RoadNumber("E 18", false), "E18");
  EXPECT_EQ(RoadNumber("C 272", false), "272");
  EXPECT_EQ(RoadNumber("272.0", false), "272");
  EXPECT_EQ(RoadNumber("272.1", false), "272.1");
  EXPECT_EQ(RoadNumber("0", true), "");
  EXPECT_EQ(RoadNumber("gångväg", false), "");
}

TEST_F(RegisterLayer, JoinsThePartsOfAProperty) {
  const auto file = ReadProperties(GeoPackage("registerenhetsomradesyta", {"kommunnamn", "trakt", "etikett"},
                                              {{"HEBY", "HORRSTA", "1:23>1", Box(0, 0, 10)},
                                               {"HEBY", "HORRSTA", "1:23>2", Box(1000, 1000, 100)},
                                               {"HEBY", "", "HORRSTA S:1", Box(0, 100, 20)},
                                               {"HEBY", "HORRSTA", "GA:2", Box(0, 200, 30)},
                                               {"HEBY", "HORRSTA", "vattnet", Box(0, 300, 10)},
                                               {"SALA", "FJÄRRAN", "1:1", Box(20000, 0, 10)},
                                               {"HEBY", "HORRSTA", "2:1", "POINT(" + At(0, 0) + ")"}}),
                                   mapping, target);
  ASSERT_THAT(file.properties, SizeIs(3));
  EXPECT_EQ(file.properties[0].designation, "HEBY HORRSTA 1:23");
  EXPECT_DOUBLE_EQ(file.properties[0].area_m2, 10 * 10 + 100 * 100);
  EXPECT_NEAR(file.properties[0].inner_point.easting.value(), kEast + 1050, 50);  // in the largest part
  EXPECT_EQ(file.properties[1].designation, "HEBY HORRSTA GA:2");
  EXPECT_EQ(file.properties[2].designation, "HEBY HORRSTA S:1");
  EXPECT_EQ(file.rejected, 3);
  for (const char* reason :
       {"the designation must end as 1:23, S:1 or GA:2", "the position lies outside the municipality",
        "the geometry must be a polygon or a multipolygon"})
    EXPECT_THAT(Reasons(file), Contains(reason));
}

TEST_F(RegisterLayer, RefusesPropertiesOfAnotherPlace) {
  EXPECT_THAT(Fault([&] {
                ReadProperties(
                    GeoPackage("registerenhetsomradesyta", {"trakt", "etikett"},
                               {{"HORRSTA", "1:23",
                                 "POLYGON((6645981 604054,6645991 604054,6645991 604064,6645981 604054))"}}),
                    mapping, target);
              }),
              HasSubstr("axes look swapped"));
}

TEST_F(RegisterLayer, NamesNeighborsBeyondTheBoundaryOnly) {
  const auto polygons = ReadNeighbors(GeoPackage("kommuner", {"kom_namn"},
                                                 {{"Påhittköping", Box(-5000, -5000, 10000)},
                                                  {"Enköpings kommun", Box(5000, -5000, 300000)},
                                                  {"Borås stad", Box(-9000, -5000, 4000)},
                                                  {"Fjärran", Box(80000, 0, 10)},
                                                  {"", Box(5000, 0, 10)}}),
                                      mapping, target);
  EXPECT_THAT(polygons.neighbors, ElementsAre("Borås", "Enköping"));
  EXPECT_EQ(polygons.rejected, 3);
  const auto points = ReadNeighbors(
      Write("orter.csv", "namn,lat,lon\nSala,59.92,16.60\nHemma," + Number(Degrees(0, 0).lat.value()) + "," +
                             Number(Degrees(0, 0).lon.value()) + "\nMalmö,55.6,13.0\n"),
      mapping, target);
  EXPECT_THAT(points.neighbors, ElementsAre("Sala"));
  EXPECT_THAT(Reasons(points), Contains(std::string(kInsideReason)));
}

/// An invented extract around the middle: addresses, places, roads. Ids of nodes grow.
class OsmInput : public RegisterLayer {
 protected:
  void Node(double e, double n, const std::vector<std::pair<const char*, const char*>>& tags = {}) {
    const geo::LonLat at = Degrees(e, n);
    nodes_ += "<node id=\"" + std::to_string(++node_) + "\" version=\"1\" lat=\"" + Number(at.lat.value()) +
              "\" lon=\"" + Number(at.lon.value()) + "\">" + Tags(tags) + "</node>\n";
  }
  void Way(const std::vector<std::pair<double, double>>& points, bool closed,
           const std::vector<std::pair<const char*, const char*>>& tags) {
    const int first = node_ + 1;
    std::string refs;
    for (const auto& [e, n] : points) {
      Node(e, n);
      refs += "<nd ref=\"" + std::to_string(node_) + "\"/>";
    }
    if (closed) refs += "<nd ref=\"" + std::to_string(first) + "\"/>";
    ways_ +=
        "<way id=\"" + std::to_string(1000 + ++way_) + "\" version=\"1\">" + refs + Tags(tags) + "</way>\n";
  }
  static std::string Tags(const std::vector<std::pair<const char*, const char*>>& tags) {
    std::string text;
    for (const auto& [key, value] : tags) text += "<tag k=\"" + std::string(key) + "\" v=\"" + value + "\"/>";
    return text;
  }
  std::filesystem::path File() const {
    return Write("extract.osm",
                 "<?xml version=\"1.0\"?>\n<osm version=\"0.6\" generator=\"SYNTETISK: påhittat\">\n" +
                     nodes_ + ways_ + "</osm>\n");
  }
  void Village() {
    Node(0, 0,
         {{"addr:street", "Storgatan"},
          {"addr:housenumber", "12 b"},
          {"addr:postcode", "744 31"},
          {"addr:city", "Heby"}});
    Node(50, 0, {{"addr:street", "Storgatan"}, {"addr:housenumber", "14;16"}});
    Node(60, 0, {{"addr:street", "Storgatan"}, {"addr:housenumber", "18-22"}, {"addr:postcode", "744"}});
    Node(70, 0, {{"addr:place", "Påhittsbo"}, {"addr:housenumber", "3"}, {"entrance", "main"}});
    Way({{200, 0}, {220, 0}, {220, 20}, {200, 20}}, true,
        {{"building", "yes"}, {"addr:street", "Storgatan"}, {"addr:housenumber", "30"}});
    Node(210, 5,
         {{"shop", "convenience"},
          {"name", "Exempelköp"},
          {"addr:street", "Storgatan"},
          {"addr:housenumber", "30"}});
    Node(1, 1, {{"addr:housenumber", "5"}});
    Node(2, 2, {{"addr:street", "Storgatan"}, {"addr:housenumber", "bakom kiosken"}});
    Node(3, 3, {{"addr:interpolation", "even"}, {"addr:street", "Storgatan"}});
    Node(9000, 0, {{"addr:street", "Fjärrgatan"}, {"addr:housenumber", "1"}});
    Way({{-500, -500}, {-400, -500}, {-400, -400}, {-500, -400}}, true,
        {{"amenity", "school"}, {"name", "Påhittskolan"}, {"alt_name", "Skolan;P-skolan"}});
    Node(100, 100, {{"highway", "bus_stop"}, {"name", "Torget"}});
    Node(140, 100, {{"public_transport", "platform"}, {"name", "Torget"}});
    Node(0, 300, {{"place", "village"}, {"name", "Påhittsbo"}});
    Node(9000, 9000, {{"place", "town"}, {"name", "Grannstad"}});
    Way({{-100, 0}, {0, 0}, {100, 10}}, false,
        {{"highway", "primary"}, {"name", "Storgatan"}, {"ref", "E 4;C 272"}});
    Way({{0, -100}, {0, 100}}, false, {{"highway", "residential"}, {"name", "Tingsgatan"}});
    Way({{0, -100}, {9, 100}}, false, {{"highway", "track"}});
    Way({{20000, 0}, {20009, 100}}, false, {{"highway", "residential"}, {"name", "Fjärrgatan"}});
  }

  std::string nodes_, ways_;
  int node_ = 0, way_ = 0;
};

std::vector<std::string> Labels(const AddressRegisterFile& file) {
  std::vector<std::string> labels;
  for (const geo::Address& a : file.addresses)
    labels.push_back(a.area + " " + std::to_string(a.number) + a.letter);
  std::sort(labels.begin(), labels.end());
  return labels;
}

TEST_F(OsmInput, ReadsAddressesOfPointsAndBuildings) {
  Village();
  const AddressRegisterFile file = ReadOsmAddresses(File(), target, "0331");
  EXPECT_THAT(Labels(file), ElementsAre("Påhittsbo 3", "Storgatan 12B", "Storgatan 14", "Storgatan 16",
                                        "Storgatan 18", "Storgatan 20", "Storgatan 22", "Storgatan 30"));
  for (const geo::Address& address : file.addresses) {
    EXPECT_EQ(address.municipality_code, "0331");
    if (address.number == 12) {
      EXPECT_EQ(address.postcode, "74431");
      EXPECT_EQ(address.postal_town, "Heby");
      EXPECT_NEAR(address.position.easting.value(), kEast, 0.05);
      EXPECT_EQ(address.id, "node/1");
    }
    if (address.number == 3) {
      EXPECT_EQ(address.kind, geo::AddressKind::kVillage);
      EXPECT_EQ(address.accuracy_radius, geo::Meters{10});
    }
    if (address.number == 30) {
      EXPECT_EQ(address.id, "way/1001");
    }
  }
  EXPECT_EQ(file.attribution, kOsmAttribution);
  EXPECT_EQ(file.read, static_cast<std::int64_t>(file.addresses.size()) + file.rejected_count);
  std::vector<std::string> reasons;
  for (const RegisterFinding& finding : file.findings) {
    reasons.push_back(finding.reason);
    EXPECT_NE(finding.reason_sv, finding.reason);
  }
  for (const char* reason :
       {"a business repeats the address of a building or an entrance",
        "the address number has neither addr:street nor addr:place",
        "addr:housenumber is no number, range or list of them",
        "addr:interpolation says that numbers lie between, not where; it is not used",
        "the position lies outside the municipality", "the postcode cannot be read and is left out"})
    EXPECT_THAT(reasons, Contains(reason));
}

TEST_F(OsmInput, ReadsPostcodesAsTheCountryWritesThem) {
  Node(0, 0, {{"addr:street", "Storgata"}, {"addr:housenumber", "3"}, {"addr:postcode", "0123"}});
  Node(9, 0, {{"addr:street", "Storgata"}, {"addr:housenumber", "5"}, {"addr:postcode", "NO-2406"}});
  const AddressRegisterFile file = ReadOsmAddresses(File(), target, "3420", *geo::FindAddressStyle("no"));
  std::vector<std::string> postcodes;
  for (const geo::Address& address : file.addresses) postcodes.push_back(address.postcode);
  EXPECT_THAT(postcodes, ElementsAre("0123", "2406"));
  EXPECT_THAT(file.findings, ::testing::IsEmpty());
}

TEST_F(OsmInput, LeavesNoFileBehind) {
  Village();
  File();
  const auto before = folder.names();
  ReadOsmAddresses(folder / "extract.osm", target, "0331");
  EXPECT_EQ(folder.names(), before);
}

TEST_F(OsmInput, ReadsPlacesWithKindsAndMergesStops) {
  Village();
  const auto file = ReadPlaces(File(), mapping, target);
  std::vector<std::string> names;
  for (const Place& place : file.places) names.push_back(place.kind + " " + place.name);
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("shop Exempelköp", "school Påhittskolan",
                                                     "station Torget", "locality Påhittsbo"));
  for (const Place& place : file.places) {
    if (place.name == "Torget") {
      EXPECT_NEAR(place.position.easting.value(), kEast + 120, 0.05);
    }
    if (place.kind == "school") {
      EXPECT_THAT(place.aliases, ElementsAre("P-skolan", "Skolan"));
      EXPECT_NEAR(place.position.easting.value(), kEast - 450, 50);
    }
    if (place.kind == "locality") {
      EXPECT_EQ(place.accuracy_radius, geo::Meters{700});
    }
  }
  EXPECT_EQ(file.attribution, kOsmAttribution);
}

TEST_F(OsmInput, ReadsNamedAndNumberedRoads) {
  Village();
  const auto file = ReadRoads(File(), mapping, target);
  std::vector<std::string> roads;
  for (const geo::Road& road : file.roads) roads.push_back(road.name + "/" + road.number);
  EXPECT_THAT(roads, ElementsAre("Storgatan/E4", "/272", "Tingsgatan/"));
  EXPECT_THAT(file.roads[0].line, SizeIs(3));
  EXPECT_EQ(file.read, 3);  // the track has neither name nor number and is no entry
  EXPECT_EQ(file.rejected, 1);
}

TEST_F(OsmInput, NamesTownsAroundAsNeighbors) {
  Village();
  EXPECT_THAT(ReadNeighbors(File(), mapping, target).neighbors, ElementsAre("Grannstad"));
}

TEST_F(OsmInput, ReadsTheSameFromAPbf) {
  Village();
  File();
  const std::string convert = "osmium cat --no-progress --overwrite -o '" +
                              (folder / "extract.osm.pbf").string() + "' '" +
                              (folder / "extract.osm").string() + "' >/dev/null 2>&1";
  // NOLINTNEXTLINE(cert-env33-c): a tool of the list tools/packages/test.txt, on a file of ours
  if (std::system(convert.c_str()) != 0) GTEST_SKIP() << "osmium-tool is not there: 1 test skipped";
  EXPECT_EQ(Labels(ReadOsmAddresses(folder / "extract.osm.pbf", target, "0331")),
            Labels(ReadOsmAddresses(folder / "extract.osm", target, "0331")));
  EXPECT_THAT(ReadRoads(folder / "extract.osm.pbf", mapping, target).roads, SizeIs(3));
}

TEST_F(OsmInput, RefusesWhatIsNoExtractAndOneOfAnotherPlace) {
  EXPECT_THAT(Fault([&] { ReadOsmAddresses(Write("a.osm", "<html/>"), target, "0331"); }),
              HasSubstr("cannot be opened as OSM"));
  EXPECT_THAT(Fault([&] { ReadOsmAddresses(Write("a.pbf", "no protobuf"), target, "0331"); }),
              HasSubstr("cannot be opened as OSM"));
  Node(50000, 0, {{"addr:street", "Fjärrgatan"}, {"addr:housenumber", "1"}});
  EXPECT_THAT(Fault([&] { ReadOsmAddresses(File(), target, "0331"); }),
              HasSubstr("do not lie in the municipality"));
}

TEST_F(OsmInput, RefusesATruncatedExtract) {
  Village();
  const std::string whole = testing::Bytes(File());
  EXPECT_NE(
      Fault([&] { ReadOsmAddresses(Write("cut.osm", whole.substr(0, whole.size() / 2)), target, "0331"); }),
      "read");
}

std::vector<std::string> Numbers(std::string_view tag) {
  std::vector<std::string> all;
  for (const HouseDesignation& one : ReadHouseNumbers(tag))
    all.push_back(std::to_string(one.number) + one.letter + one.addition);
  return all;
}

TEST(ReadHouseNumbers, KnowsListsRangesAndLetters) {
  EXPECT_THAT(Numbers("12"), ElementsAre("12"));
  EXPECT_THAT(Numbers("12 B"), ElementsAre("12B"));
  EXPECT_THAT(Numbers("12;14, 16"), ElementsAre("12", "14", "16"));
  EXPECT_THAT(Numbers("10–16"), ElementsAre("10", "12", "14", "16"));
  EXPECT_THAT(Numbers("10-13"), ElementsAre("10", "11", "12", "13"));
  EXPECT_THAT(Numbers("12A-C"), ElementsAre("12A", "12B", "12C"));
  EXPECT_THAT(Numbers("12A-12C"), ElementsAre("12A", "12B", "12C"));
}

TEST(ReadHouseNumbers, RefusesWhatIsNone) {
  for (const char* tag : {"", "kyrkan", "16-10", "10-1000", "12;kyrkan", "C-A", "12C-A", "1-2-3", "-", ";"})
    EXPECT_THAT(Numbers(tag), IsEmpty()) << tag;
}

}  // namespace
}  // namespace lagesbild::maps
