#include "maps/released_files.h"

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <clocale>
#include <cstdlib>
#include <ctime>
#include <map>

#include "geo/errors.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/released_density_reader.h"
#include "maps/released_layers.h"
#include "maps/released_symbols.h"
#include "tests/maps/file_size_limit.h"
#include "tests/maps/synthetic_picture.h"
#include "tests/maps/synthetic_release.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::MakeHostileRelease;
using testing::MakeSilentRelease;
using testing::MakeSyntheticRelease;
using testing::SyntheticRelease;
using testing::TemporaryFolder;

std::vector<WrittenFile> Write(const SyntheticRelease& made, const std::filesystem::path& folder) {
  return WriteReleasedFiles(made.content, made.metadata, made.reference, folder);
}

std::map<std::string, std::string> AllBytes(const TemporaryFolder& folder) {
  std::map<std::string, std::string> bytes;
  for (const std::string& name : folder.names()) bytes[name] = testing::Bytes(folder / name);
  return bytes;
}

/// The release written once for the tests that only read.
class WrittenRelease : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    made_ = new SyntheticRelease(MakeSyntheticRelease());
    files_ = new std::vector<WrittenFile>(Write(*made_, folder_->path()));
    dataset_ = OpenReadOnly(files_->front().path, "GPKG").release();
  }
  static void TearDownTestSuite() {
    GDALClose(dataset_);
    delete files_;
    delete made_;
    delete folder_;
  }

  static std::string Query(const std::string& sql) {
    OGRLayer* result = dataset_->ExecuteSQL(sql.c_str(), nullptr, nullptr);
    if (result == nullptr) return "no result";
    std::string text;
    for (const auto& row : *result) text += (text.empty() ? "" : "|") + std::string(row->GetFieldAsString(0));
    dataset_->ReleaseResultSet(result);
    return text;
  }
  /// Tables that have a count.
  static std::vector<std::string> CountTables() {
    std::vector<std::string> tables;
    for (OGRLayer* layer : dataset_->GetLayers())
      if (layer->GetLayerDefn()->GetFieldIndex("visning") >= 0) tables.emplace_back(layer->GetName());
    return tables;
  }

  static TemporaryFolder* folder_;
  static SyntheticRelease* made_;
  static std::vector<WrittenFile>* files_;
  static GDALDataset* dataset_;
};
TemporaryFolder* WrittenRelease::folder_ = nullptr;
SyntheticRelease* WrittenRelease::made_ = nullptr;
std::vector<WrittenFile>* WrittenRelease::files_ = nullptr;
GDALDataset* WrittenRelease::dataset_ = nullptr;

TEST_F(WrittenRelease, ComesAsGeoPackageReportGuideAndProject) {
  std::vector<std::string> names;
  for (const WrittenFile& file : *files_) {
    names.push_back(file.path.filename().string());
    EXPECT_EQ(file.title_sv.rfind("UTKAST, ej för publicering – Heby 2026K3 – ", 0), 0U) << file.title_sv;
    EXPECT_EQ(file.layer_group, "");
  }
  EXPECT_EQ(names, (std::vector<std::string>{"lagesbild_heby_2026K3_partner_01234567.gpkg",
                                             "rapport_heby_2026K3_partner_01234567.html",
                                             "sa_laser_du_kartan_2026K3_partner_01234567.html",
                                             "lagesbild_heby_2026K3_partner_01234567.qgz"}));
  EXPECT_EQ(folder_->names(), std::set<std::string>(names.begin(), names.end()));
}

TEST_F(WrittenRelease, HoldsVectorsAndTablesAndNoRaster) {
  EXPECT_EQ(Query("SELECT DISTINCT data_type FROM gpkg_contents ORDER BY 1"), "attributes|features");
  EXPECT_EQ(Query("SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles' ORDER BY rowid"),
            "antal_13_24_tatort_1kv|tathet_13_24_tatort_1kv|antal_13_24_distrikt_4kv|tathet_13_24_distrikt_"
            "4kv|antal_18_24_tatort_1kv|kommungrans|distrikt|tatorter|platser|antal_per_aldersgrupp|om_"
            "lagesbilden|lasanvisning");
}

TEST_F(WrittenRelease, HasEveryAreaOfTheLevelWhetherOrNotItsCountIsReleased) {
  EXPECT_EQ(Query("SELECT count(*) FROM antal_13_24_tatort_1kv"), "6");
  EXPECT_EQ(Query("SELECT count(*) FROM antal_18_24_tatort_1kv"), "6");
  EXPECT_EQ(Query("SELECT count(*) FROM antal_13_24_distrikt_4kv"), "4");
  EXPECT_EQ(Query("SELECT name || ' ' || incidents || ' ' || visning || ' ' || class FROM "
                  "antal_13_24_tatort_1kv WHERE incidents IS NOT NULL"),
            "Heby 12 12 2|Östervåla 7 7 1");
}

TEST_F(WrittenRelease, NeverShowsASuppressedCountAsZeroOrBlank) {
  const std::vector<std::string> tables = CountTables();
  ASSERT_EQ(tables.size(), 4U);
  for (const std::string& table : tables) {
    const std::string from = " FROM " + table + " WHERE ";
    EXPECT_NE(Query("SELECT count(*)" + from + "visning = 'skyddat'"), "0") << table;
    EXPECT_EQ(Query("SELECT count(*)" + from +
                    "visning = 'skyddat' AND (incidents IS NOT NULL OR status <> "
                    "'skyddat (färre än 5, eller skulle avslöja ett sådant värde)')"),
              "0")
        << table;
    EXPECT_EQ(Query("SELECT count(*)" + from +
                    "incidents = 0 OR visning IN ('', '0') OR visning IS NULL OR "
                    "(incidents IS NULL) <> (visning = 'skyddat')"),
              "0")
        << table;
  }
  EXPECT_EQ(Query("SELECT DISTINCT class FROM antal_18_24_tatort_1kv"), "90");
}

TEST_F(WrittenRelease, LeavesNothingBlankBesideAWithheldCount) {
  for (OGRLayer* layer : dataset_->GetLayers()) {
    if (std::string(layer->GetName()) == "layer_styles") continue;
    layer->ResetReading();
    for (const auto& row : *layer)
      for (int i = 0; i < row->GetFieldCount(); ++i) {
        if (std::string(row->GetFieldDefnRef(i)->GetNameRef()) == "incidents") continue;
        EXPECT_TRUE(row->IsFieldSetAndNotNull(i)) << layer->GetName() << " field " << i;
      }
  }
}

TEST_F(WrittenRelease, CarriesTheRuleTheCoarseningAndTheDraftInEveryLayer) {
  for (const char* table : {"antal_13_24_tatort_1kv", "tathet_13_24_tatort_1kv", "antal_13_24_distrikt_4kv",
                            "antal_per_aldersgrupp"})
    EXPECT_EQ(Query("SELECT DISTINCT min_count || rule_version || place_note || draft_note FROM " +
                    std::string(table)),
              "51ungefärlig platsutkast, ej för publicering")
        << table;
  EXPECT_EQ(
      Query("SELECT DISTINCT coarsening FROM antal_13_24_tatort_1kv"),
      "från 13–17 år och 18–24 år per kvartal, i små områden till 13–24 år per kvartal, per tätort och "
      "landsbygd: åldrarna slogs ihop och områdena slogs ihop (för liten del av händelserna låg i områden "
      "som fick visas)");
  EXPECT_EQ(Query("SELECT DISTINCT coarsening FROM antal_per_aldersgrupp"),
            "ingen grövre indelning behövdes");
  const std::string tables = Query("SELECT count(*) FROM gpkg_contents WHERE table_name <> 'layer_styles'");
  for (const char* text : {"UTKAST, ej för publicering", "ungefärlig plats", "Röjanderegel version 1"}) {
    EXPECT_EQ(
        Query("SELECT count(*) FROM gpkg_contents WHERE description LIKE '%" + std::string(text) + "%'"),
        tables)
        << text;
    EXPECT_EQ(Query("SELECT count(*) FROM gpkg_metadata WHERE metadata LIKE '%" + std::string(text) + "%'"),
              tables)
        << text;
  }
  EXPECT_EQ(
      Query("SELECT count(*) FROM gpkg_contents WHERE identifier LIKE 'UTKAST, ej för publicering – %'"),
      tables);
}

TEST_F(WrittenRelease, GivesItsDensityBackToWhoeverReadsItOffTheFile) {
  const SyntheticRelease made = MakeSyntheticRelease();
  const geo::Grid<std::int8_t>& density = made.content.density.at(0);
  const auto read = ReadReleasedDensity(files_->front().path, "tathet_13_24_tatort_1kv", density.spec());
  EXPECT_EQ(read.values(), density.values());
  EXPECT_THROW(ReadReleasedDensity(files_->front().path, "antal_saknas", density.spec()), IoError);
  EXPECT_THROW(ReadReleasedDensity(files_->front().path, "om_lagesbilden", density.spec()), IoError);
  EXPECT_THROW(ReadReleasedDensity(files_->front().path.parent_path() / "none.gpkg", "t", density.spec()),
               IoError);
}

TEST_F(WrittenRelease, SaysInWordsHowAnAreaStandsAgainstOthersAndAgainstTheYearBefore) {
  EXPECT_EQ(
      Query("SELECT against_expected || '; ' || comparison || '; ' || hot_class || '; ' || change FROM "
            "antal_13_24_tatort_1kv WHERE incidents = 12"),
      "inget tydligt; bara två områden visas och jämförs med varandra, efter invånare i alla åldrar; 0; "
      "färre än 2025K3");
  EXPECT_EQ(Query("SELECT DISTINCT against_expected || hot_class || change FROM antal_13_24_tatort_1kv WHERE "
                  "incidents IS NULL"),
            "skyddat-1skyddat");
  EXPECT_EQ(Query("SELECT DISTINCT against_expected FROM antal_13_24_distrikt_4kv WHERE incidents = 47"),
            "för få områden att jämföra med");
  EXPECT_EQ(Query("SELECT count(*) FROM layer_styles WHERE styleQML LIKE '%alias%Jämfört med väntat%'"), "3");
  EXPECT_EQ(Query("SELECT DISTINCT change FROM antal_per_aldersgrupp WHERE incidents = 39"),
            "kan inte jämföras");
}

TEST_F(WrittenRelease, SaysThePeriodOfEachLayerToItsLastSecond) {
  const auto period = [](const std::string& table) {
    return Query(
        "SELECT DISTINCT period_start || ' ' || period_end || ' ' || period || ' ' || quarters FROM " +
        table);
  };
  EXPECT_EQ(period("antal_13_24_tatort_1kv"), "2026-07-01T00:00:00.000Z 2026-09-30T23:59:59.000Z 2026K3 1");
  for (const char* table : {"antal_13_24_distrikt_4kv", "tathet_13_24_distrikt_4kv"})
    EXPECT_EQ(period(table), "2025-10-01T00:00:00.000Z 2026-09-30T23:59:59.000Z 2025K4–2026K3 4");
  EXPECT_EQ(Query("SELECT identifier FROM gpkg_contents WHERE table_name = 'antal_13_24_distrikt_4kv'"),
            "UTKAST, ej för publicering – Heby 2025K4–2026K3 – Antal per distrikt – 13–24 år – SYNTETISKA "
            "DATA – ej verkliga händelser");
  EXPECT_EQ(Query("SELECT DISTINCT unit FROM tathet_13_24_distrikt_4kv"),
            "händelser per km² och kvartal, medel över 4 kvartal");
}

TEST_F(WrittenRelease, DrawsDensityAsClassesAndSuppressedOnesByThatName) {
  for (const char* table : {"tathet_13_24_tatort_1kv", "tathet_13_24_distrikt_4kv"}) {
    EXPECT_EQ(Query("SELECT class_text FROM " + std::string(table) + " WHERE class = -1"),
              "skyddat (färre än 5, eller skulle avslöja ett sådant värde)");
    EXPECT_EQ(Query("SELECT count(*) FROM " + std::string(table) + " WHERE class NOT IN (-1, 0, 1, 2, 3, 4)"),
              "0");
    EXPECT_NE(Query("SELECT count(*) FROM " + std::string(table) + " WHERE class > 0"), "0") << table;
  }
}

TEST_F(WrittenRelease, StylesEveryTableAndHatchesWhatIsSuppressed) {
  EXPECT_EQ(Query("SELECT count(*) FROM layer_styles WHERE useAsDefault = 1 AND length(styleQML) > 100"),
            "12");
  for (const char* table : {"antal_13_24_tatort_1kv", "tathet_13_24_tatort_1kv"})
    EXPECT_EQ(
        Query("SELECT count(*) FROM layer_styles WHERE f_table_name = '" + std::string(table) +
              "' AND styleQML LIKE '%b_diagonal%' AND styleQML LIKE '%label=\"skyddat (färre än 5, eller "
              "skulle avslöja ett sådant värde)\"%' AND styleQML LIKE '%UTKAST, ej för publicering%'"),
        "1")
        << table;
}

TEST_F(WrittenRelease, TellsWhatItIsAndWhatIsNotInIt) {
  std::map<std::string, std::string> about;
  OGRLayer* table = dataset_->GetLayerByName("om_lagesbilden");
  ASSERT_NE(table, nullptr);
  table->ResetReading();
  for (const auto& row : *table) about[row->GetFieldAsString("key")] += row->GetFieldAsString("value");
  EXPECT_EQ(about["Status"], "utkast, ej för publicering");
  EXPECT_EQ(about["Målgrupp"], "samverkanspartner");
  EXPECT_EQ(about["Minsta antal som visas (k)"], "5");
  EXPECT_EQ(about["Utgåva"], "0123456789abcdef");
  EXPECT_EQ(about["Indelningen bygger på"], "bostäder och befolkning, aldrig på händelser");
  EXPECT_NE(about["Att veta"].find("Digitala händelser"), std::string::npos);
  EXPECT_NE(about["Att veta"].find("Polisen och Skolan i Östervåla"), std::string::npos);
  EXPECT_NE(about["Röjanderegel"].find("minst 5 bostäder och 12 invånare"), std::string::npos);
}

TEST_F(WrittenRelease, HasTheDatesOfThePeriodAndNotOfTheClock) {
  EXPECT_EQ(Query("SELECT group_concat(DISTINCT last_change) FROM gpkg_contents"),
            "2026-09-30T23:59:59.000Z");
  EXPECT_EQ(Query("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(Query("PRAGMA integrity_check"), "ok");
}

TEST(WriteReleasedFiles, GivesTheSameBytesForTheSamePicture) {
  const TemporaryFolder one, two;
  Write(MakeSyntheticRelease(), one.path());
  setenv("TZ", "America/New_York", 1);
  tzset();
  const std::string old_locale = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "sv_SE.UTF-8");
  Write(MakeSyntheticRelease(), two.path());
  std::setlocale(LC_ALL, old_locale.c_str());
  unsetenv("TZ");
  tzset();
  EXPECT_TRUE(AllBytes(one) == AllBytes(two));
}

TEST(WriteReleasedFiles, ReadsNothingThatIsNotShown) {
  const TemporaryFolder one, two;
  SyntheticRelease made = MakeSyntheticRelease();
  Write(made, one.path());
  for (geo::ReleasedLayer& layer : made.content.picture.layers)
    for (geo::ReleasedArea& area : layer.areas) {
      area.dwellings = area.persons = 99;
      area.inhabited.clear();
    }
  made.content.picture.values.push_back({geo::Audience::kPartner, "M", "alla", geo::CategoryClass::kAll,
                                         made.content.picture.quarter, 1, 4321});
  made.metadata.reporter_names = {{"TYST", "Tyst rapportör"}};
  Write(made, two.path());
  EXPECT_TRUE(AllBytes(one) == AllBytes(two));
}

TEST(WriteReleasedFiles, ShowsEveryOtherStateOfACountAsSuppressed) {
  const TemporaryFolder one, two;
  SyntheticRelease made = MakeSyntheticRelease();
  Write(made, one.path());
  made.content.picture.layers[2].areas[0].incidents = geo::TooFew{3, 5};
  made.content.picture.layers[2].areas[1].incidents = geo::Undefined{"REASON"};
  made.content.picture.layers[2].areas[2].incidents = geo::NotCovered{};
  made.content.picture.rows[2].incidents = geo::TooFew{4, 5};
  Write(made, two.path());
  EXPECT_TRUE(AllBytes(one) == AllBytes(two));
}

TEST(WriteReleasedFiles, TakesNamesThatBreakMarkup) {
  const TemporaryFolder folder;
  const auto files = Write(MakeHostileRelease(), folder.path());
  EXPECT_EQ(files.front().path.filename(), "lagesbild_a_2026K3_partner_01234567.gpkg");
  const auto dataset = OpenReadOnly(files.front().path, "GPKG");
  const OGRFeatureUniquePtr row(dataset->GetLayerByName("antal_13_24_tatort_1kv")->GetNextFeature());
  EXPECT_EQ(std::string(row->GetFieldAsString("name")), "<&\"'%]]>{}\\;--å\xEF\xBF\xBDHeby");
  const std::string html = testing::Bytes(files[1].path);
  EXPECT_EQ(html.find("<&"), std::string::npos);
  EXPECT_NE(html.find("&lt;&amp;"), std::string::npos);
}

TEST(WriteReleasedFiles, KeepsTablesApartWhoseLayersAreAlike) {
  const TemporaryFolder folder;
  SyntheticRelease made = MakeSyntheticRelease();
  made.content.picture.layers.push_back(made.content.picture.layers[0]);
  made.content.density.push_back(made.content.density[0]);
  const auto dataset = OpenReadOnly(Write(made, folder.path()).front().path, "GPKG");
  EXPECT_NE(dataset->GetLayerByName("antal_13_24_tatort_1kv_2"), nullptr);
  EXPECT_NE(dataset->GetLayerByName("tathet_13_24_tatort_1kv_2"), nullptr);
}

TEST(WriteReleasedFiles, SaysHonestlyThatNothingCanBeShown) {
  const TemporaryFolder folder;
  const auto files = Write(MakeSilentRelease(), folder.path());
  const auto dataset = OpenReadOnly(files.front().path, "GPKG");
  EXPECT_EQ(dataset->GetLayerCount(), 4 + 3 + 1);  // for orientation, tables, styles
  const OGRFeatureUniquePtr row(dataset->GetLayerByName("antal_per_aldersgrupp")->GetNextFeature());
  EXPECT_STREQ(row->GetFieldAsString("visning"), "skyddat");
  const std::string html = testing::Bytes(files[1].path);
  EXPECT_NE(html.find("Ingen karta kan visas"), std::string::npos);
  EXPECT_NE(html.find("adresser ensamt"), std::string::npos);
}

TEST(WriteReleasedFiles, DoesNotSaySyntheticOfRealData) {
  const TemporaryFolder folder;
  SyntheticRelease made = MakeSyntheticRelease();
  made.metadata.synthetic = false;
  for (const WrittenFile& file : Write(made, folder.path()))
    EXPECT_EQ(testing::Bytes(file.path).find("SYNTETISKA"), std::string::npos) << file.path;
}

TEST(WriteReleasedFiles, GivesEveryFileANameThatWindowsTakes) {
  const TemporaryFolder folder;
  SyntheticRelease made = MakeSyntheticRelease();
  made.metadata.municipality_name = "Upplands Väsby och Österåker med omnejd";
  for (const WrittenFile& file : Write(made, folder.path()))
    EXPECT_LE(file.path.filename().string().size(), 60U) << file.path;
}

TEST(WriteReleasedFiles, LeavesNothingWhenTheDiskIsFull) {
  // The GeoPackage does not fit; then it fits and the report does not.
  for (const bool report : {false, true}) {
    const TemporaryFolder folder;
    SyntheticRelease made = MakeSyntheticRelease();
    rlim_t bytes = 100'000;
    if (report) {
      made = MakeSilentRelease();
      const TemporaryFolder measured;
      Write(made, measured.path());
      bytes = std::filesystem::file_size(measured / "lagesbild_heby_2026K3_public_01234567.gpkg");
      for (int i = 0; i < 20000; ++i)
        made.content.picture.steps.push_back({geo::CoarseningStep::View::kTable, "från", "till", "därför"});
      made.content.picture.rows.clear();
    }
    const testing::FileSizeLimit limit(bytes);
    EXPECT_THROW(Write(made, folder.path()), IoError);
    EXPECT_EQ(folder.names(), std::set<std::string>{});
  }
}

TEST(WriteReleasedFiles, RefusesWhatDoesNotBelongTogether) {
  const TemporaryFolder folder;
  const auto refuses = [&](auto change) {
    SyntheticRelease made = MakeSyntheticRelease();
    change(made);
    EXPECT_THROW(Write(made, folder.path()), geo::InvalidInput);
    EXPECT_EQ(folder.names(), std::set<std::string>{});
  };
  refuses([](SyntheticRelease& made) { made.metadata.audience = "internal"; });
  refuses([](SyntheticRelease& made) { made.metadata.audience = "public"; });
  refuses([](SyntheticRelease& made) { made.metadata.data_version = "feedc0de"; });
  refuses([](SyntheticRelease& made) { made.metadata.run_id = "../../etc"; });
  refuses([](SyntheticRelease& made) { made.content.density.pop_back(); });
  refuses([](SyntheticRelease& made) {
    made.content.density[0].values().assign(made.content.density[0].values().size(), 9);
  });
}

TEST(CountClasses, BeginAtTheRulesSmallestCountAndEndInSuppressed) {
  const auto labels = [](int k) {
    geo::DisclosureRule rule;
    rule.k = k;
    std::vector<std::string> texts;
    for (const SymbolClass& symbol : CountClasses(rule)) texts.push_back(symbol.label_sv);
    EXPECT_EQ(CountClasses(rule).back().pattern, FillPattern::kHatched);
    texts.pop_back();
    return texts;
  };
  EXPECT_EQ(labels(5), (std::vector<std::string>{"5–9", "10–19", "20–49", "50–99", "100 eller fler"}));
  EXPECT_EQ(labels(9), (std::vector<std::string>{"9", "10–19", "20–49", "50–99", "100 eller fler"}));
  EXPECT_EQ(labels(10), (std::vector<std::string>{"10–19", "20–49", "50–99", "100 eller fler"}));
  EXPECT_EQ(labels(150), (std::vector<std::string>{"150 eller fler"}));
}

TEST(CountClassOf, PutsACountWhereItsLabelSays) {
  EXPECT_EQ(CountClassOf(5.0), 1);
  EXPECT_EQ(CountClassOf(9.0), 1);
  EXPECT_EQ(CountClassOf(10.0), 2);
  EXPECT_EQ(CountClassOf(99.0), 4);
  EXPECT_EQ(CountClassOf(1000.0), 5);
  EXPECT_EQ(CountClassOf(geo::Suppressed{}), 90);
  EXPECT_EQ(CountClassOf(geo::TooFew{3, 10}), 90);
}

}  // namespace
}  // namespace lagesbild::maps
