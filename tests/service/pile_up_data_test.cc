// Default points in real data: found where they are, and not called so where they are not. The files lie
// beside the repository, never in it.

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "geo/hot_places.h"
#include "maps/table_input.h"
#include "service/import.h"
#include "service/known_pile_ups.h"
#include "service/runs.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;

constexpr const char* kNow = "2026-10-01T08:00:00Z";

std::filesystem::path Shared(const std::string& file) {
  return std::filesystem::path(LAGESBILD_SOURCE_DIR) / "../shared/data" / file;
}

#define SKIP_WITHOUT(file)                    \
  if (!std::filesystem::exists(Shared(file))) \
  GTEST_SKIP() << "../shared/data/" << file << " not found: 1 test skipped"

constexpr const char* kEvents = "heby/polisen_events_heby_neighbours.csv";
constexpr const char* kBoundary = "heby/heby_kommun_wgs84.geojson";

/// The first words of the police's kinds of events, and what they are here.
std::string CategoryOf(const std::string& type) {
  for (const auto& [begin, code] : {std::pair{"Trafik", "TRAFFIC"},
                                    {"Rattfylleri", "TRAFFIC"},
                                    {"Stöld", "THEFT"},
                                    {"Misshandel", "ASSAULT"},
                                    {"Skadegörelse", "VANDALISM"},
                                    {"Rån", "ROBBERY"},
                                    {"Narkotika", "DRUGS"}})
    if (type.starts_with(begin)) return code;
  return "OTHER";
}

/// Heby's events as a delivery of the police with the coordinates that they publish.
class PolisensEvents : public testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT("heby/polisen_events_heby_neighbours.csv");
    SKIP_WITHOUT("heby/heby_kommun_wgs84.geojson");
    ImportRegister(*store, "reference", Shared(kBoundary), kNow, R"toml(
[municipality]
version = 1
code = "0331"
name = "Heby"
[boundary]
)toml");
    store->PutReporter({"polisen", "Polisen", ReporterKind::kPolice, "", ""});
    ImportRequest request;
    request.reporter = "polisen";
    request.file = folder.Write("events.csv", Events());
    request.file_name = "events.csv";
    request.mapping_toml = R"toml(
[mapping]
version = 1
name = "events"
[file]
format = "csv"
delimiter = ";"
[columns]
incident_key = "id"
date = "day"
category = "category"
easting = "lon"
northing = "lat"
[time]
formats = ["%Y-%m-%d"]
[coordinates]
epsg = 4326
[category.values]
"TRAFFIC" = "TRAFFIC"
"THEFT" = "THEFT"
"ASSAULT" = "ASSAULT"
"VANDALISM" = "VANDALISM"
"ROBBERY" = "ROBBERY"
"DRUGS" = "DRUGS"
"OTHER" = "OTHER"
)toml";
    request.now = kNow;
    batch = ImportIncidents(*store, request).batch;
  }

  std::string Events() {
    std::string rows = "id;day;category;lat;lon\n";
    std::map<std::string, std::size_t> columns;
    maps::ReadTable(
        Shared(kEvents), {},
        [&](const std::vector<std::string>& header) {
          for (std::size_t i = 0; i < header.size(); ++i) columns[header[i]] = i;
        },
        [&](maps::TableRow&& row) {
          if (!row.error.empty()) return;
          const auto cell = [&](const char* name) { return row.cells.at(columns.at(name)); };
          if (cell("location_name") != "Heby" && cell("title_place") != "Heby") return;
          const std::string at = cell("location_gps");
          const std::size_t comma = at.find(',');
          points.insert(at);
          rows += cell("id") + ";" + cell("datetime").substr(0, 10) + ";" + CategoryOf(cell("type")) + ";" +
                  at.substr(0, comma) + ";" + at.substr(comma + 1) + "\n";
        });
    return rows;
  }
  static PictureRequest Of(geo::CalendarQuarter quarter) {
    PictureRequest request;
    request.selection.first = request.selection.last = quarter;
    request.audience = "internal";
    return request;
  }

  TemporaryFolder folder;
  std::set<std::string> points;
  ImportBatch batch;
  std::unique_ptr<Store> store = NewMemoryStore("salt");
};

TEST_F(PolisensEvents, LieAtTwoPointsThatAreBothDoubted) {
  ASSERT_EQ(batch.incidents.accepted, 75);
  ASSERT_EQ(points.size(), 2U);
  const std::vector<geo::PileUp> piles = KnownPileUps(*store, *store->LoadMunicipality(), {2026, 3});
  ASSERT_EQ(piles.size(), 2U);
  for (const geo::PileUp& pile : piles) EXPECT_NE(pile.kind, geo::PileUpKind::kRepeats);
  EXPECT_EQ(piles[0].incidents, 58);
  EXPECT_EQ(piles[1].incidents, 17);
}

TEST_F(PolisensEvents, GiveNoDensityAndNoHotspotWithoutSayingSo) {
  int quarters = 0, noted = 0;
  for (const std::string& code : store->QuartersWithIncidents()) {
    const geo::CalendarQuarter quarter = *geo::ParseQuarter(code);
    const geo::SituationPicture picture = AnalyzePicture(*store, Of(quarter));
    int placed = 0, doubtful = 0;
    for (const geo::Incident& incident : store->Select(Of(quarter).selection))
      placed += incident.place == geo::PlaceKind::kPlaced;
    for (const geo::DoubtfulPoint& point : picture.doubtful_points) doubtful += point.incidents;
    quarters += placed > 0;
    noted += placed > 0 && doubtful == placed;
    for (const geo::PictureLayer& layer : picture.layers) {
      EXPECT_TRUE(!layer.density || !layer.doubtful_points.empty()) << code;
      for (const geo::HotPlace& place : geo::HotPlaces(layer, picture.grid))
        EXPECT_GT(place.doubtful, 0) << code;
    }
  }
  RecordProperty("quarters", quarters);
  RecordProperty("quarters_noted", noted);
  EXPECT_GE(noted, quarters - 2) << "of " << quarters << " quarters; the first ones have too few to tell";
}

TEST_F(PolisensEvents, AreNotedInTheReportAndTheNumbers) {
  const PictureRecord record = MakePicture(*store, Of({2024, 3}), folder.path(), kNow);
  EXPECT_THAT(record.summary_json, HasSubstr("default_point"));
  std::string report;
  for (const StoredFile& file : record.files)
    if (file.name.starts_with("rapport_")) report = ReadBytes(folder.path() / record.run_id / file.name);
  EXPECT_THAT(report, HasSubstr("9 händelser ligger på en misstänkt punkt"));
  EXPECT_THAT(report, HasSubstr("troligen en standardpunkt, inskriven när platsen inte var känd"));
  EXPECT_THAT(report, HasSubstr("med dem n = "));
}

TEST(PolisensAllEvents, LieAtElevenPointsOfWhichEveryOneIsDoubted) {
  SKIP_WITHOUT("heby/polisen_events_heby_neighbours.csv");
  std::vector<geo::PileUpIncident> incidents;
  std::map<std::string, std::size_t> columns;
  maps::ReadTable(
      Shared(kEvents), {},
      [&](const std::vector<std::string>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) columns[header[i]] = i;
      },
      [&](maps::TableRow&& row) {
        if (!row.error.empty()) return;
        const auto cell = [&](const char* name) { return row.cells.at(columns.at(name)); };
        const std::string at = cell("location_gps"), day = cell("datetime");
        // Degrees as a plane: all that matters here is which points are the same.
        incidents.push_back(
            {{geo::Meters{1e5 * std::stod(at.substr(at.find(',') + 1))}, geo::Meters{1e5 * std::stod(at)}},
             "polisen",
             *geo::ParseCategory(CategoryOf(cell("type"))),
             std::chrono::sys_days{std::chrono::year{std::stoi(day)} / std::stoi(day.substr(5)) /
                                   std::stoi(day.substr(8))},
             {}});
      });
  const auto piles = geo::FindPileUps(incidents, {});
  EXPECT_EQ(piles.size(), 11U);
  for (const geo::PileUp& pile : piles)
    EXPECT_EQ(pile.kind, geo::PileUpKind::kDefaultPoint) << pile.incidents;
}

TEST(PhiladelphiasIncidents, HaveNoDefaultPointWhateverTheirCategories) {
  SKIP_WITHOUT("philadelphia/philadelphia_shooting_victims_2015-2020.csv");
  std::vector<geo::PileUpIncident> incidents;
  std::map<std::string, std::size_t> columns;
  maps::ReadTable(
      Shared("philadelphia/philadelphia_shooting_victims_2015-2020.csv"), {},
      [&](const std::vector<std::string>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) columns[header[i]] = i;
      },
      [&](maps::TableRow&& row) {
        if (!row.error.empty()) return;
        const auto cell = [&](const char* name) { return row.cells.at(columns.at(name)); };
        if (cell("lat").empty()) return;
        const std::string day = cell("date_");
        // About meters. All are of one category; taken in turn, every place has as many kinds as it can.
        incidents.push_back(
            {{geo::Meters{85'000 * std::stod(cell("lng"))}, geo::Meters{111'000 * std::stod(cell("lat"))}},
             "phlpd",
             static_cast<geo::Category>(incidents.size() % 8),
             std::chrono::sys_days{std::chrono::year{std::stoi(day)} / std::stoi(day.substr(5)) /
                                   std::stoi(day.substr(8))},
             {}});
      });
  ASSERT_GT(incidents.size(), 8000U);
  int doubted = 0;
  const auto piles = geo::FindPileUps(incidents, {});
  for (const geo::PileUp& pile : piles) doubted += pile.kind != geo::PileUpKind::kRepeats;
  RecordProperty("points_with_five_or_more", static_cast<int>(piles.size()));
  RecordProperty("doubted", doubted);
  EXPECT_EQ(doubted, 0);
  for (geo::PileUpIncident& incident : incidents) incident.place_key = "text";
  for (const geo::PileUp& pile : geo::FindPileUps(incidents, {}))
    EXPECT_EQ(pile.kind, geo::PileUpKind::kRepeats) << pile.incidents;
}

}  // namespace
}  // namespace lagesbild::service
