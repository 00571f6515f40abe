#include "maps/picture_files.h"

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <map>

#include "geo/errors.h"
#include "maps/atomic_bytes.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/picture_layers.h"
#include "tests/maps/file_size_limit.h"
#include "tests/maps/synthetic_picture.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::FileSizeLimit;
using testing::MakeHostilePicture;
using testing::MakeSyntheticPicture;
using testing::SyntheticPicture;
using testing::TemporaryFolder;

std::vector<WrittenFile> Write(const SyntheticPicture& made, const std::filesystem::path& folder) {
  return WritePictureFiles(made.picture, made.metadata, made.reference, folder);
}

/// The picture written once for the tests that only read.
class WrittenPicture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    made_ = new SyntheticPicture(MakeSyntheticPicture());
    files_ = new std::vector<WrittenFile>(Write(*made_, folder_->path()));
    dataset_ = OpenReadOnly(files_->front().path, "GPKG").release();
  }
  static void TearDownTestSuite() {
    GDALClose(dataset_);
    delete files_;
    delete made_;
    delete folder_;
  }

  static OGRLayer& Table(const std::string& name) {
    OGRLayer* layer = dataset_->GetLayerByName(name.c_str());
    if (layer == nullptr) throw std::runtime_error("no table " + name);
    layer->ResetReading();
    return *layer;
  }
  static const geo::PictureLayer& Group(const std::string& code) {
    for (const geo::PictureLayer& layer : made_->picture.layers)
      if (layer.group.code == code) return layer;
    throw std::runtime_error("no group " + code);
  }
  static std::string Query(const std::string& sql) {
    OGRLayer* result = dataset_->ExecuteSQL(sql.c_str(), nullptr, nullptr);
    if (result == nullptr) return "no result";
    OGRFeatureUniquePtr row(result->GetNextFeature());
    const std::string text = row ? row->GetFieldAsString(0) : "no row";
    row.reset();
    dataset_->ReleaseResultSet(result);
    return text;
  }

  static TemporaryFolder* folder_;
  static SyntheticPicture* made_;
  static std::vector<WrittenFile>* files_;
  static GDALDataset* dataset_;
};
TemporaryFolder* WrittenPicture::folder_ = nullptr;
SyntheticPicture* WrittenPicture::made_ = nullptr;
std::vector<WrittenFile>* WrittenPicture::files_ = nullptr;
GDALDataset* WrittenPicture::dataset_ = nullptr;

TEST_F(WrittenPicture, ComesAsAGeoPackageTwoPagesThreeFilesPerDensityAndAProject) {
  ASSERT_EQ(files_->size(), 1U + 2 + 3 * 6 + 1);
  EXPECT_EQ(files_->front().path.filename(), "lagesbild_heby_2026K3_internal_01234567.gpkg");
  EXPECT_EQ(files_->front().media_type, "application/geopackage+sqlite3");
  EXPECT_EQ(files_->front().layer_group, "");
  EXPECT_EQ((*files_)[1].path.filename(), "rapport_heby_2026K3_internal_01234567.html");
  EXPECT_EQ((*files_)[1].media_type, "text/html; charset=utf-8");
  EXPECT_EQ((*files_)[2].path.filename(), "sa_laser_du_kartan_2026K3_internal_01234567.html");
  EXPECT_EQ((*files_)[3].path.filename(), "tathet_ungdom_13_17_2026K3_01234567.tif");
  EXPECT_EQ((*files_)[3].layer_group, "UNGDOM");
  EXPECT_EQ(files_->back().path.filename(), "lagesbild_heby_2026K3_internal_01234567.qgz");
  EXPECT_EQ(files_->back().media_type, "application/x-qgis-project-container");
  std::set<std::string> names;
  for (const WrittenFile& file : *files_) names.insert(file.path.filename().string());
  EXPECT_EQ(folder_->names(), names);
}

TEST_F(WrittenPicture, HasNoDensityWhereIncidentsAreTooFew) {
  for (const WrittenFile& file : *files_) EXPECT_NE(file.layer_group, "BARN") << file.path;
}

TEST_F(WrittenPicture, HoldsEveryCellWherePeopleLiveOrSomethingHappened) {
  for (const geo::PictureLayer& layer : made_->picture.layers) {
    const auto empty_land = std::count_if(
        layer.cells.begin(), layer.cells.end(),
        [](const geo::PictureCell& cell) { return cell.inhabitants == 0 && cell.incidents == 0; });
    ASSERT_EQ(empty_land, 1);
    EXPECT_EQ(Table(HotspotTable(layer.group)).GetFeatureCount(),
              static_cast<GIntBig>(layer.cells.size()) - empty_land);
  }
}

TEST_F(WrittenPicture, GivesACellItsNumbersAndItsSquare) {
  const geo::PictureCell& cell = Group("UNGDOM").cells.front();
  const OGRFeatureUniquePtr row(Table("hotspot_ungdom_13_17").GetNextFeature());
  EXPECT_EQ(row->GetFieldAsInteger("incidents"), cell.incidents);
  EXPECT_EQ(row->GetFieldAsDouble("q"), cell.test.q_value);
  EXPECT_EQ(row->GetFieldAsDouble("inhabitants"), cell.inhabitants);
  EXPECT_EQ(row->GetFieldAsDouble("gi_z"), cell.gi_star_z);
  OGREnvelope square;
  row->GetGeometryRef()->getEnvelope(&square);
  const geo::PlanePoint center = made_->picture.grid.center(cell.test.cell);
  EXPECT_EQ(square.MinX, center.easting.value() - 125);
  EXPECT_EQ(square.MaxY, center.northing.value() + 125);
  char expected[32];
  std::snprintf(expected, sizeof expected, "%06.0f%07.0f", square.MinX, square.MinY);
  EXPECT_STREQ(row->GetFieldAsString("cell_id"), expected);
}

TEST_F(WrittenPicture, GivesThePeriodAsDateTimeToItsLastSecond) {
  OGRLayer& table = Table("hotspot_ungdom_13_17");
  const OGRFeatureUniquePtr row(table.GetNextFeature());
  EXPECT_EQ(row->GetFieldDefnRef(table.GetLayerDefn()->GetFieldIndex("period_end"))->GetType(), OFTDateTime);
  EXPECT_EQ(Query("SELECT period_start || ' ' || period_end FROM hotspot_ungdom_13_17 LIMIT 1"),
            "2026-07-01T00:00:00.000Z 2026-09-30T23:59:59.000Z");
  EXPECT_STREQ(row->GetFieldAsString("quarter"), "2026K3");
}

TEST_F(WrittenPicture, HasTheClassOfTheTest) {
  std::map<int, int> expected, found;
  for (const geo::PictureCell& cell : Group("UNGDOM").cells)
    if (cell.inhabitants > 0 || cell.incidents > 0)
      ++expected[cell.test.exposure > 0 ? cell.test.hot_class : 12];
  for (const auto& row : Table("hotspot_ungdom_13_17")) ++found[row->GetFieldAsInteger("class")];
  EXPECT_EQ(found, expected);
  EXPECT_GT(found[3], 0);
}

TEST_F(WrittenPicture, WritesNothingWhereAGroupWasNotTested) {
  for (const auto& row : Table("hotspot_barn_0_12")) {
    EXPECT_EQ(row->GetFieldAsInteger("class"), 10);
    for (const char* field :
         {"tested_in_cell", "neighborhood_tested", "expected", "binomial_p", "q", "max_p", "gi_z", "gi_p"})
      ASSERT_TRUE(row->IsFieldNull(row->GetFieldIndex(field))) << field;
    EXPECT_EQ(row->GetFieldAsInteger("legend_class"), row->GetFieldAsInteger("incidents") > 0 ? 10 : 100);
  }
}

TEST_F(WrittenPicture, DoesNotCallACellTestedWhereNobodyLives) {
  OGRLayer& table = Table("hotspot_ungdom_13_17");
  table.SetAttributeFilter("class = 12");
  ASSERT_EQ(table.GetFeatureCount(), 1);
  const OGRFeatureUniquePtr row(table.GetNextFeature());
  EXPECT_EQ(row->GetFieldAsInteger("incidents"), 1);
  EXPECT_EQ(row->GetFieldAsInteger("legend_class"), 12);
  EXPECT_TRUE(row->IsFieldNull(row->GetFieldIndex("q")));
  EXPECT_STREQ(row->GetFieldAsString("sentence"),
               "1 händelse i rutan och dess grannar, från 1 uppgiftslämnare; ingen i åldersgruppen bor här, "
               "så det kan "
               "inte prövas.");
  table.SetAttributeFilter(nullptr);
}

TEST_F(WrittenPicture, SaysWhichFamilyAGroupIsAdjustedIn) {
  const auto abstract = [](const std::string& table) {
    return Query("SELECT description FROM gpkg_contents WHERE table_name = '" + table + "'");
  };
  EXPECT_NE(abstract("hotspot_ungdom_13_17").find("BH över m = 1234 prövningar"), std::string::npos);
  EXPECT_NE(abstract("hotspot_alla_aldrar").find("BH över m = 567 egna rutor (egen familj, utforskande)"),
            std::string::npos);
  EXPECT_NE(abstract("hotspot_barn_0_12").find("gruppen prövas inte"), std::string::npos);
  const auto family = [](const std::string& code) {
    return Query(
        "SELECT family_size || ' ' || family FROM sammanstallning WHERE unit = 'händelser' AND "
        "group_code = '" +
        code + "'");
  };
  EXPECT_EQ(family("UNGDOM"), "1234 gemensam för åldersgrupperna");
  EXPECT_EQ(family("ALLA"), "567 egen familj, utforskande");
  EXPECT_EQ(family("BARN"), "");
}

TEST_F(WrittenPicture, SaysThatNobodyOfTheGroupIsKnown) {
  EXPECT_EQ(Query("SELECT status FROM sammanstallning WHERE unit = 'händelser' AND group_code = 'OKAND'"),
            "kan inte prövas: ingen befolkning i gruppen är känd");
  for (const auto& row : Table("hotspot_okand_alder")) EXPECT_EQ(row->GetFieldAsInteger("class"), 12);
  const auto says = [](const char* table) {
    return Query(
        "SELECT instr(styleQML, 'bor där är inte känt') > 0 FROM layer_styles WHERE f_table_name = '" +
        std::string(table) + "'");
  };
  EXPECT_EQ(says("hotspot_okand_alder"), "1") << "not known is another thing than nobody";
  EXPECT_EQ(says("hotspot_ungdom_13_17"), "0");
}

TEST_F(WrittenPicture, TellsToShowOneAgeGroupAtATime) {
  const std::string tables = Query("SELECT count(*) FROM gpkg_contents WHERE table_name LIKE 'hotspot_%'");
  for (const char* from : {"gpkg_contents WHERE table_name LIKE 'hotspot_%' AND description",
                           "layer_styles WHERE f_table_name LIKE 'hotspot_%' AND styleQML"})
    EXPECT_EQ(Query("SELECT count(*) FROM " + std::string(from) + " LIKE '%Slå på en åldersgrupp i taget%'"),
              tables);
  EXPECT_EQ(Query("SELECT count(*) FROM om_lagesbilden WHERE value LIKE 'Slå på en åldersgrupp i taget%'"),
            "1");
}

TEST_F(WrittenPicture, EndsNoSentenceTwice) {
  EXPECT_EQ(Query("SELECT count(*) FROM gpkg_contents WHERE description LIKE '%..%'"), "0");
  EXPECT_EQ(testing::Bytes(folder_->path() / "tathet_ungdom_13_17_2026K3_01234567.qmd").find(".."),
            std::string::npos);
}

TEST_F(WrittenPicture, SaysWhatACellMeansInWords) {
  int repeats = 0;
  for (const auto& row : Table("hotspot_ungdom_13_17")) {
    const std::string sentence = row->GetFieldAsString("sentence");
    const int incidents = row->GetFieldAsInteger("neighborhood_incidents");
    ASSERT_EQ(sentence.empty(), incidents == 0);
    if (incidents == 0 || row->GetFieldAsInteger("class") == 12) continue;
    const bool hot = row->GetFieldAsInteger("class") > 0;
    const int tested = row->GetFieldAsInteger("neighborhood_tested");
    EXPECT_EQ(sentence.rfind(std::to_string(tested) + " åtskil", 0), 0U) << sentence;
    repeats += tested < incidents;
    EXPECT_EQ(sentence.find("(" + std::to_string(incidents) + " rapporterad") != std::string::npos,
              tested < incidents)
        << sentence;
    EXPECT_EQ(sentence.find("q = 0)"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find(hot ? "Fler än slumpen rimligen ger." : "Kan bero på slumpen."),
              std::string::npos)
        << sentence;
  }
  EXPECT_GT(repeats, 0);
}

TEST_F(WrittenPicture, CountsPerDistrictAndGroup) {
  OGRLayer& table = Table("distrikt_antal");
  EXPECT_EQ(table.GetFeatureCount(), 4);
  const OGRFeatureUniquePtr row(table.GetNextFeature());
  EXPECT_STREQ(row->GetFieldAsString("name"), "Västerlövsta");
  EXPECT_EQ(row->GetFieldAsInteger("n_ungdom_13_17"), 3);
  EXPECT_EQ(row->GetFieldAsInteger("inv_alla_aldrar"), 900);
  EXPECT_TRUE(row->IsFieldNull(row->GetFieldIndex("inv_okand_alder")));
  EXPECT_FALSE(row->GetGeometryRef()->IsEmpty());
}

TEST_F(WrittenPicture, ListsPlacesWithAtLeastTwoIncidents) {
  std::vector<int> incidents;
  for (const auto& row : Table("upprepade_platser")) incidents.push_back(row->GetFieldAsInteger("incidents"));
  EXPECT_EQ(incidents, (std::vector<int>{4, 2}));
}

TEST_F(WrittenPicture, ReconcilesPerGroupInBothUnits) {
  OGRLayer& table = Table("sammanstallning");
  EXPECT_EQ(table.GetFeatureCount(), 2 * 8);
  for (const auto& row : table) {
    EXPECT_EQ(row->GetFieldAsInteger("accepted"), row->GetFieldAsInteger("placed") +
                                                      row->GetFieldAsInteger("unplaced") +
                                                      row->GetFieldAsInteger("digital"));
    if (std::string(row->GetFieldAsString("group_code")) != "BARN") continue;
    if (std::string(row->GetFieldAsString("unit")) != "händelser") continue;
    EXPECT_STREQ(
        row->GetFieldAsString("status"),
        "för få händelser: 3 åtskilda (6 placerade, varav 2 för grovt; upprepningar räknas en gång), minst "
        "10; närmast större grupp som prövas: Barn och ungdomar 0–17 år");
    EXPECT_TRUE(row->IsFieldNull(row->GetFieldIndex("density_mass")));
  }
}

TEST_F(WrittenPicture, SaysHowItWasMade) {
  std::map<std::string, std::string> about;
  for (const auto& row : Table("om_lagesbilden"))
    about[row->GetFieldAsString("key")] = row->GetFieldAsString("value");
  EXPECT_EQ(about["Data"], "SYNTETISKA DATA – ej verkliga händelser");
  EXPECT_EQ(about["Period"], "2026K3, 1 juli–30 september 2026 (lokal kalendertid)");
  EXPECT_EQ(about["Händelser"], "41 godkända händelser = 30 placerade + 6 oplacerade + 5 digitala");
  EXPECT_EQ(about["Bandbredd"], "stödradie 1000 m (standardavvikelse 354 m), kvartisk kärna");
  EXPECT_EQ(about["Familjens storlek m"], "1234");
  EXPECT_EQ(about["Koordinatsystem"], "EPSG:3006");
  EXPECT_EQ(about["Roll"], "alla roller");
  EXPECT_EQ(about["Uppgiftslämnare"], "Polisen (POLIS), Skolan i Östervåla (SKOLA1)");
  EXPECT_EQ(about["Täthetens klassgränser"],
            "0,1; 1; 2; 4; 8 händelser per km² och kvartal; en ensam händelse ger högst 0,955 inne i "
            "kommunen (mer intill gränsen)");
  EXPECT_EQ(about["Utanför gränsen med känd plats"],
            "1 (inom 1000 m); varken täthet eller rutor använder dem: Diggles kantkorrigering bygger bara på "
            "händelser inom gränsen");
  EXPECT_EQ(about["Tidsstämplar i filen"],
            "kvartalets sista sekund, så att samma data ger samma byte; de säger inte när filen gjordes");
}

TEST_F(WrittenPicture, HasADefaultStyleAndMetadataForEveryTable) {
  const std::string tables = Query("SELECT count(*) FROM gpkg_contents WHERE table_name <> 'layer_styles'");
  EXPECT_EQ(tables, std::to_string(8 + 2 + 4 + 3));
  EXPECT_EQ(Query("SELECT count(*) FROM layer_styles WHERE useAsDefault = 1 AND length(styleQML) > 100 AND "
                  "f_table_catalog = '' AND owner = '' AND length(styleName) <= 30"),
            tables);
  EXPECT_EQ(
      Query("SELECT count(*) FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON m.id = r.md_file_id JOIN "
            "gpkg_contents c ON c.table_name = r.table_name WHERE m.md_standard_uri = "
            "'http://mrcc.com/qgis.dtd'"),
      tables);
  EXPECT_EQ(Query("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"), "attributes");
  EXPECT_EQ(Query("SELECT count(*) FROM layer_styles WHERE styleSLD IS NOT NULL"), std::to_string(8 + 2 + 4));
}

TEST_F(WrittenPicture, HasTheDatesOfThePeriodAndNotOfTheClock) {
  EXPECT_EQ(Query("SELECT group_concat(DISTINCT last_change) FROM gpkg_contents"),
            "2026-09-30T23:59:59.000Z");
  EXPECT_EQ(Query("SELECT group_concat(DISTINCT update_time) FROM layer_styles"), "2026-09-30T23:59:59.000Z");
}

TEST_F(WrittenPicture, IsSoundAndNotInWalMode) {
  EXPECT_EQ(Query("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(Query("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(Query("PRAGMA foreign_key_check"), "no result");  // a row would name a broken reference
}

TEST_F(WrittenPicture, KeepsTheMassOfTheDensity) {
  const geo::PictureLayer& group = Group("UNGDOM");
  const auto density = OpenReadOnly(folder_->path() / "tathet_ungdom_13_17_2026K3_01234567.tif", "GTiff");
  const int columns = density->GetRasterXSize(), rows = density->GetRasterYSize();
  std::vector<float> pixels(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  ASSERT_EQ(density->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, pixels.data(), columns, rows,
                                                GDT_Float32, 0, 0, nullptr),
            CE_None);
  double mass = 0;
  for (const float pixel : pixels)
    if (pixel != -9999) mass += pixel * made_->picture.density_grid.cell_area_km2();
  EXPECT_NEAR(mass, group.density_mass, 1e-4 * group.density_mass);
}

/// Sets an environment variable and puts it back.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    setenv(name, value, 1);
    tzset();
  }
  ~Environment() {
    old_.empty() ? unsetenv(name_) : setenv(name_, old_.c_str(), 1);
    tzset();
  }

 private:
  const char* name_;
  std::string old_;
};

std::map<std::string, std::string> AllBytes(const TemporaryFolder& folder) {
  std::map<std::string, std::string> bytes;
  for (const std::string& name : folder.names()) bytes[name] = testing::Bytes(folder / name);
  return bytes;
}

TEST(WritePictureFiles, GivesTheSameBytesForTheSamePicture) {
  const TemporaryFolder one, two;
  Write(MakeSyntheticPicture(), one.path());
  const Environment elsewhere("TZ", "America/New_York");
  const std::string old_locale = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "sv_SE.UTF-8");
  Write(MakeSyntheticPicture(), two.path());
  std::setlocale(LC_ALL, old_locale.c_str());
  const auto first = AllBytes(one), second = AllBytes(two);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [name, bytes] : first) EXPECT_TRUE(bytes == second.at(name)) << name;
}

TEST(WritePictureFiles, GivesTheSameBytesWhenItWritesOverItself) {
  const TemporaryFolder folder;
  Write(MakeSyntheticPicture(), folder.path());
  const auto first = AllBytes(folder);
  Write(MakeSyntheticPicture(), folder.path());
  EXPECT_TRUE(AllBytes(folder) == first);
}

TEST(WritePictureFiles, TakesNamesThatBreakMarkup) {
  const TemporaryFolder folder;
  const auto files = Write(MakeHostilePicture(), folder.path());
  EXPECT_EQ(files.front().path.filename(), "lagesbild_a_2026K3_internal_01234567.gpkg");
  const auto dataset = OpenReadOnly(files.front().path, "GPKG");
  const OGRFeatureUniquePtr row(dataset->GetLayerByName("distrikt")->GetNextFeature());
  EXPECT_EQ(std::string(row->GetFieldAsString("name")), "<&\"'%]]>{}\\;--å\xEF\xBF\xBDVästerlövsta");
}

TEST(WritePictureFiles, UsesTheCrsOfTheData) {
  const TemporaryFolder folder;
  SyntheticPicture made = MakeSyntheticPicture();
  made.metadata.crs = geo::Epsg{3011};
  const auto files = Write(made, folder.path());
  const auto dataset = OpenReadOnly(files.front().path, "GPKG");
  EXPECT_STREQ(dataset->GetLayerByName("kommungrans")->GetSpatialRef()->GetAuthorityCode(nullptr), "3011");
}

TEST(WritePictureFiles, DoesNotSaySyntheticOfRealData) {
  const TemporaryFolder folder;
  SyntheticPicture made = MakeSyntheticPicture();
  made.metadata.synthetic = false;
  for (const WrittenFile& file : Write(made, folder.path())) {
    EXPECT_EQ(file.title_sv.find("SYNTETISKA"), std::string::npos);
    EXPECT_EQ(testing::Bytes(file.path).find("SYNTETISKA"), std::string::npos) << file.path;
  }
}

TEST(WritePictureFiles, MakesTheFolder) {
  const TemporaryFolder folder;
  Write(MakeSyntheticPicture(), folder / "new/deep");
  EXPECT_TRUE(std::filesystem::exists(folder / "new/deep/lagesbild_heby_2026K3_internal_01234567.gpkg"));
}

TEST(WritePictureFiles, SaysThatTheDiskIsFullAndKeepsTheOldFile) {
  const TemporaryFolder folder;
  const std::string name = "lagesbild_heby_2026K3_internal_01234567.gpkg";
  testing::WriteBytes(folder / name, "old");
  std::string message;
  {
    const FileSizeLimit limit(200'000);
    try {
      Write(MakeSyntheticPicture(), folder.path());
    } catch (const IoError& error) {
      message = error.what();
    }
  }
  EXPECT_EQ(message.rfind((folder / name).string() + ": ", 0), 0U) << message;
  EXPECT_GT(message.size(), (folder / name).string().size() + 10) << message;
  EXPECT_EQ(message.find(".part-"), std::string::npos) << message;
  EXPECT_EQ(folder.names(), (std::set<std::string>{name}));
  EXPECT_EQ(testing::Bytes(folder / name), "old");
}

TEST(WritePictureFiles, GivesEveryFileANameThatWindowsTakes) {
  const TemporaryFolder folder;
  SyntheticPicture made = MakeSyntheticPicture();
  made.metadata.municipality_name = "Upplands Väsby och Österåker med omnejd";
  for (const WrittenFile& file : Write(made, folder.path()))
    EXPECT_LE(file.path.filename().string().size(), 60U) << file.path;
}

/// What a picture writes as text or bytes, by extension.
std::map<std::string, std::string> TextFiles(const SyntheticPicture& made) {
  const TemporaryFolder folder;
  std::map<std::string, std::string> texts;
  for (const WrittenFile& file : Write(made, folder.path())) {
    const std::string extension = file.path.extension().string();
    if (extension != ".gpkg" && extension != ".tif") texts[extension] = testing::Bytes(file.path);
  }
  return texts;
}

TEST(WriteBytesAtomically, SaysOfEveryTextFormatThatTheDiskIsFullAndLeavesNothing) {
  const auto texts = TextFiles(MakeSyntheticPicture());
  ASSERT_EQ(texts.size(), 4U);  // .html, .qgz, .qmd, .qml
  for (const auto& [extension, text] : texts) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / ("x" + extension);
    std::string message;
    {
      const FileSizeLimit limit(text.size() - 100);
      try {
        WriteBytesAtomically(path, text);
      } catch (const IoError& error) {
        message = error.what();
      }
    }
    EXPECT_NE(message.find("the disk may be full"), std::string::npos) << extension << message;
    EXPECT_EQ(folder.names(), std::set<std::string>{}) << extension;
    WriteBytesAtomically(path, text);
    EXPECT_EQ(testing::Bytes(path), text);
  }
}

TEST(WritePictureFiles, SaysSoWhenTheFolderCannotBeMade) {
  const TemporaryFolder folder;
  testing::WriteBytes(folder / "file", "x");
  EXPECT_THROW(Write(MakeSyntheticPicture(), folder / "file/folder"), IoError);
}

TEST(WritePictureFiles, RejectsAnotherAudience) {
  const TemporaryFolder folder;
  for (const char* audience : {"partner", "public", ""}) {
    SyntheticPicture made = MakeSyntheticPicture();
    made.metadata.audience = audience;
    EXPECT_THROW(Write(made, folder.path()), geo::InvalidInput) << audience;
  }
  EXPECT_EQ(folder.names(), std::set<std::string>{});
}

TEST(WritePictureFiles, RejectsARunIdThatIsNotHex) {
  const TemporaryFolder folder;
  for (const char* run_id : {"", "0123", "../../../../x", "0123456G"}) {
    SyntheticPicture made = MakeSyntheticPicture();
    made.metadata.run_id = run_id;
    EXPECT_THROW(Write(made, folder.path()), geo::InvalidInput) << run_id;
  }
}

TEST(WritePictureFiles, RejectsAPictureWithoutLayers) {
  const TemporaryFolder folder;
  SyntheticPicture made = MakeSyntheticPicture();
  made.picture.layers.clear();
  EXPECT_THROW(Write(made, folder.path()), geo::InvalidInput);
}

TEST(WritePictureFiles, RejectsACrsInDegrees) {
  const TemporaryFolder folder;
  SyntheticPicture made = MakeSyntheticPicture();
  made.metadata.crs = geo::Epsg{4326};
  EXPECT_THROW(Write(made, folder.path()), geo::InvalidInput);
  EXPECT_EQ(folder.names(), std::set<std::string>{});
}

}  // namespace
}  // namespace lagesbild::maps
