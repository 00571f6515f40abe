#include "service/runs.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "geo/hot_places.h"
#include "service/bandwidth_run.h"
#include "service/density_run.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/risk_run.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kNow = "2026-11-25T00:00:00Z";

/// `count` incidents with a youth at the address number (1 to 9), each on a day of its own.
std::vector<StoredIncident> Incidents(const std::string& reporter, int number, int count, int first_key = 0) {
  std::vector<StoredIncident> incidents;
  for (int i = 0; i < count; ++i) {
    StoredIncident stored;
    geo::Incident& incident = stored.incident;
    incident.reporter = reporter;
    incident.date = std::chrono::sys_days{2026y / 7 / 1} + std::chrono::days{5 * i};
    incident.category = geo::Category::kVandalism;
    incident.place = geo::PlaceKind::kPlaced;
    incident.level = geo::MatchLevel::kAddressPoint;
    incident.position = At(604000 + 200 * number, 6650000);
    incident.has_position = true;
    incident.accuracy_radius = geo::Meters{10};
    incident.persons = {{geo::AgeRole::kInvolved, geo::SpanOfAge(geo::DefaultAgeScheme(), 14), true}};
    stored.incident_key = reporter + std::to_string(number) + "/" + std::to_string(first_key + i);
    incidents.push_back(stored);
  }
  return incidents;
}

void Add(Store& store, const std::string& reporter, const std::vector<StoredIncident>& incidents) {
  ImportBatch batch;
  batch.reporter = reporter;
  batch.content_sha256 = Sha256Hex(reporter + incidents.front().incident_key);
  batch.incidents.read = batch.incidents.accepted = batch.incidents.placed =
      static_cast<std::int64_t>(incidents.size());
  std::set<std::string> quarters;
  for (const StoredIncident& stored : incidents) quarters.insert(geo::QuarterOf(stored.incident.date).code());
  batch.quarters.assign(quarters.begin(), quarters.end());
  store.AddImport(batch, incidents, {}, {});
}

PictureRequest Request(int year = 2026, int quarter = 3) {
  PictureRequest request;
  request.selection.first = request.selection.last = {year, quarter};
  request.options.test.permutations = 19;
  return request;
}

class Runs : public testing::Test {
 protected:
  void SetUp() override {
    FillRegisters(*store);
    Add(*store, "polisen", Incidents("polisen", 2, 12));
    Add(*store, "skolan", Incidents("skolan", 8, 3));
  }
  std::unique_ptr<Store> store = NewMemoryStore();
  TemporaryFolder folder;
};

TEST_F(Runs, CountEveryIncidentOfTheQuarter) {
  const geo::SituationPicture picture = AnalyzePicture(*store, Request());
  ASSERT_EQ(picture.layers.size(), geo::DefaultAgeScheme().groups.size());
  const geo::PictureLayer& youths = picture.layers[1];
  EXPECT_EQ(youths.group.code, "UNGDOM");
  EXPECT_EQ(youths.tally.incidents.accepted, 15);
  EXPECT_TRUE(youths.tally.incidents.Reconciles());
  EXPECT_THAT(picture.reporters, testing::ElementsAre("polisen", "skolan"));
}

TEST_F(Runs, NameTheDataVersionThatWasAnalyzedThoughTheDataChangeMeanwhile) {
  const DataVersion before = store->CurrentDataVersion();
  const PictureAnalysis made = AnalyzeSelection(*store, Request(), {}, [&](double, const char*) {
    if (store->CurrentDataVersion().number == before.number)
      Add(*store, "skolan", Incidents("skolan", 5, 4, 200));
  });
  EXPECT_NE(store->CurrentDataVersion().hash, before.hash);
  EXPECT_EQ(made.data.hash, before.hash);
  EXPECT_EQ(made.picture.layers.at(1).tally.incidents.accepted, 15);
}

TEST_F(Runs, NeedTheReferenceLayersFirst) {
  const auto empty = NewMemoryStore();
  try {
    AnalyzePicture(*empty, Request());
    FAIL() << "made a picture of nowhere";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "NO_MUNICIPALITY");
  }
}

TEST_F(Runs, SayThatNothingIsKnownOfAQuarterNobodyReportedAbout) {
  for (const PictureRequest& request : {Request(2026, 2), Request(2026, 4), Request(2020, 1)}) {
    try {
      AnalyzePicture(*store, request);
      FAIL() << "made a picture of " << request.selection.first.code();
    } catch (const NotReady& error) {
      EXPECT_EQ(error.reason, "NO_DATA");
      EXPECT_THAT(error.what(), HasSubstr(request.selection.first.code()));
    }
  }
}

TEST_F(Runs, MakeAPictureOfZerosForAQuietQuarterBetweenOthers) {
  std::vector<StoredIncident> later = Incidents("skolan", 5, 1, 100);
  later[0].incident.date = 2027y / 2 / 1;
  Add(*store, "skolan", later);
  const geo::SituationPicture picture = AnalyzePicture(*store, Request(2026, 4));
  for (const geo::PictureLayer& layer : picture.layers) {
    EXPECT_EQ(layer.tally.incidents.accepted, 0) << layer.group.code;
    EXPECT_FALSE(layer.tested);
  }
}

TEST_F(Runs, RefuseSeveralQuartersAndOtherAudiencesAtOnce) {
  PictureRequest request = Request();
  request.selection.last = {2026, 4};
  request.audience = "public";
  try {
    AnalyzePicture(*store, request);
    FAIL() << "accepted two quarters for the public";
  } catch (const InvalidRequest& error) {
    EXPECT_THAT(error.violations, SizeIs(2));
  }
}

TEST_F(Runs, StopWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(MakePicture(*store, Request(), folder.path(), kNow, stop.get_token()), geo::Cancelled);
  EXPECT_THAT(store->ListPictures("internal", 0, 10).items, IsEmpty());
}

TEST_F(Runs, HaveOneIdForOneContentOneSetOfParameters) {
  const DataVersion data = store->CurrentDataVersion();
  const std::string id = RunId(data, Request());
  EXPECT_THAT(id, testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_THAT(id, SizeIs(16));
  EXPECT_EQ(RunId(data, Request()), id);
  PictureRequest listed = Request(), reversed = Request();
  listed.selection.reporters = {"polisen", "skolan"};
  reversed.selection.reporters = {"skolan", "polisen", "skolan"};
  EXPECT_EQ(RunId(data, listed), RunId(data, reversed)) << "the order of a list does not matter";
  EXPECT_NE(RunId(data, listed), id);
}

TEST_F(Runs, ChangeTheirIdWithEveryParameter) {
  const DataVersion data = store->CurrentDataVersion();
  std::set<std::string> ids = {RunId(data, Request())};
  const auto changes = [&](auto change) {
    PictureRequest request = Request();
    change(request);
    return ids.insert(RunId(data, request)).second;
  };
  EXPECT_TRUE(changes([](auto& r) { r.selection.first = {2026, 2}; }));
  EXPECT_TRUE(changes([](auto& r) { r.selection.last = {2026, 4}; }));
  EXPECT_TRUE(changes([](auto& r) { r.selection.categories = {geo::Category::kTheft}; }));
  EXPECT_TRUE(changes([](auto& r) { r.selection.role = geo::RoleSelection::kVictim; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.role = geo::RoleSelection::kSuspect; }));
  EXPECT_TRUE(changes([](auto& r) { r.audience = "partner"; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.cell = geo::Meters{500}; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.density_cell = geo::Meters{50}; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.kernel = geo::Kernel::kGaussian; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.bandwidth = geo::Meters{800}; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.edge = geo::EdgeCorrection::kNone; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.max_accuracy = geo::Meters{400}; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.min_incidents = 9; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.min_cell_count = 4; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.min_expected = 0.06; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.alpha_90 = 0.11; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.alpha_95 = 0.06; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.alpha_99 = 0.02; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.permutations = 29; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.test.seed = 2; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.repeats.distance = geo::Meters{100}; }));
  EXPECT_TRUE(changes([](auto& r) { r.options.repeats.days = 3; }));
  DataVersion other = data;
  other.hash[0] = other.hash[0] == 'a' ? 'b' : 'a';
  EXPECT_TRUE(ids.insert(RunId(other, Request())).second);
  other = data;
  ++other.number;
  EXPECT_EQ(RunId(other, Request()), RunId(data, Request())) << "how many changes led here does not matter";
}

TEST_F(Runs, RankPlacesWithWhatTheyRestOnAndHowOftenTheyWereHotBefore) {
  // The same incidents a quarter before: the place is hot there too.
  std::vector<StoredIncident> before = Incidents("polisen", 2, 12, 500);
  std::vector<StoredIncident> scattered = Incidents("polisen", 5, 12, 100);
  for (std::size_t i = 0; i < scattered.size(); ++i)
    scattered[i].incident.position =
        At(604200 + 200 * static_cast<double>(i % 9), 6650000 + 160 * static_cast<double>(i / 9));
  Add(*store, "polisen", scattered);
  for (std::size_t i = 0; i < before.size(); ++i) {
    before[i].incident.date = std::chrono::sys_days{before[i].incident.date} - std::chrono::days{91};
    before[i].incident.position = scattered[i].incident.position;
  }
  Add(*store, "polisen", before);
  const PictureRecord record = MakePicture(*store, Request(), folder.path(), kNow);
  const auto json = nlohmann::json::parse(record.summary_json);
  const auto& youths = json["groups"][1];
  ASSERT_TRUE(youths["spread"].contains("concentration"));
  ASSERT_TRUE(youths["spread"].contains("power"));
  EXPECT_GE(youths["spread"]["power"]["least_count"].get<int>(), 0);
  for (const auto& place : youths["hotspot_test"]["hot_places"]) {
    EXPECT_EQ(place["variants"], 8);  // three shifts, two sizes, without repeats, without either reporter
    EXPECT_LE(place["tested_quarters"].get<int>(), 1);
    EXPECT_GE(place["interval_upper"].get<double>(), place["tested_incidents"].get<double>());
  }
}

TEST_F(Runs, SummarizeInJsonThatTellsTooFewFromAValue) {
  std::vector<StoredIncident> scattered = Incidents("polisen", 5, 12, 100);
  for (std::size_t i = 0; i < scattered.size(); ++i)
    scattered[i].incident.position =
        At(604200 + 200 * static_cast<double>(i % 9), 6650000 + 160 * static_cast<double>(i / 9));
  Add(*store, "polisen", scattered);
  const geo::SituationPicture picture = AnalyzePicture(*store, Request());
  const std::vector<geo::NamedArea> areas = {{"D1", "Väster", Box(600000, 6640000, 10000, 20000)}};
  const std::string text = PictureSummaryJson(picture, geo::Epsg{3006}, areas);
  EXPECT_EQ(text, PictureSummaryJson(picture, geo::Epsg{3006}, areas));
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["quarter"], "2026Q3");
  const auto& children = json["groups"][0];
  EXPECT_EQ(children["hotspot_test"]["status"], "TOO_FEW");
  EXPECT_EQ(children["hotspot_test"]["minimum"], 10);
  const auto& youths = json["groups"][1];
  EXPECT_EQ(youths["label_sv"], "Ungdomar 13–17 år");
  EXPECT_EQ(youths["incidents"]["placed"], 27);
  EXPECT_EQ(youths["persons"]["placed"], 27);
  EXPECT_EQ(youths["hotspot_test"]["status"], "VALUE");
  ASSERT_EQ(youths["density"]["status"], "VALUE");
  EXPECT_EQ(youths["density"]["mass_ok"], true);
  ASSERT_FALSE(youths["repeats"].empty());
  EXPECT_EQ(youths["repeats"][0]["incidents"], 13);
  EXPECT_EQ(youths["repeats"][0]["area"], "Väster");
}

TEST(HotPlaces, JoinHotCellsThatTouchUnderTheStrongestOne) {
  geo::PictureLayer layer;
  layer.tested = true;
  const auto add = [&](int column, int row, int hot_class, double q_value) {
    geo::PictureCell cell;
    cell.test.cell = {column, row};
    cell.test.hot_class = hot_class;
    cell.test.q_value = q_value;
    cell.neighborhood_incidents = 10 * hot_class;
    layer.cells.push_back(cell);
  };
  add(1, 1, 1, 0.08);
  add(2, 2, 3, 0.001);
  add(3, 2, 3, 0.002);
  add(8, 8, 2, 0.03);
  add(5, 5, 0, 0.5);
  const auto places = geo::HotPlaces(layer, {At(0, 0), geo::Meters{100}, 10, 10});
  ASSERT_THAT(places, SizeIs(2));
  EXPECT_EQ(places[0].peak, (geo::CellIndex{2, 2}));
  EXPECT_EQ(places[0].center, At(250, 250));
  EXPECT_EQ(places[0].cells, 3);
  EXPECT_EQ(places[0].incidents, 30);
  EXPECT_EQ(places[1].cells, 1);
  layer.tested = false;
  EXPECT_THAT(geo::HotPlaces(layer, {At(0, 0), geo::Meters{100}, 10, 10}), IsEmpty());
}

TEST_F(Runs, TellTheBandwidthInBothForms) {
  geo::PictureOptions options;
  EXPECT_THAT(BandwidthReasonSv(options), HasSubstr("radie 1000 m, standardavvikelse 354 m"));
  options.kernel = geo::Kernel::kGaussian;
  options.bandwidth = geo::Meters{400};
  EXPECT_THAT(BandwidthReasonSv(options),
              HasSubstr("kvartal, så att kartorna kan jämföras: standardavvikelse 400 m"));
}

TEST_F(Runs, CatalogTheirFilesWithSizeAndHash) {
  const PictureRecord made = MakePicture(*store, Request(), folder.path(), kNow);
  ASSERT_FALSE(made.files.empty());
  EXPECT_EQ(made.files[0].media_type, "application/geopackage+sqlite3");
  for (const StoredFile& file : made.files) {
    const auto path = folder / made.run_id / file.name;
    EXPECT_EQ(static_cast<std::int64_t>(std::filesystem::file_size(path)), file.size) << file.name;
    EXPECT_EQ(Sha256HexOfFile(path), file.sha256) << file.name;
  }
  EXPECT_EQ(made.data_version, store->CurrentDataVersion().hash);
  EXPECT_EQ(made.quarter, "2026Q3");
  EXPECT_THAT(store->ListPictures("internal", 0, 10).items, SizeIs(1));
}

TEST_F(Runs, SayThatARegisterIsOldAsOfTheQuarterNotOfTheDayTheyAreMade) {
  const auto told = [&] {
    const PictureRecord made = MakePicture(*store, Request(), folder.path(), "2031-01-01T00:00:00Z");
    std::string html;
    for (const StoredFile& file : made.files)
      if (file.name.ends_with(".html")) html += ReadBytes(folder / (made.run_id + "/" + file.name));
    return html;
  };
  EXPECT_THAT(told(), testing::Not(HasSubstr("Adressregistret")));
  RegisterVersion old = Version("old");
  old.dated_on = "2025-09-29";
  store->PutAddresses(old, geo::Epsg{3006}, TestAddresses());
  EXPECT_THAT(told(), HasSubstr("Adressregistret är från 2025-09-29, mer än ett år före 2026-09-30"));
}

TEST_F(Runs, GiveTheSameBytesAgain) {
  const PictureRecord made = MakePicture(*store, Request(), folder.path(), kNow);
  const TemporaryFolder other_folder;
  const auto other = NewMemoryStore();
  FillRegisters(*other);
  Add(*other, "skolan", Incidents("skolan", 8, 3));  // the other order: other ids, another salt
  Add(*other, "polisen", Incidents("polisen", 2, 12));
  const PictureRecord again = MakePicture(*other, Request(), other_folder.path(), "2027-01-01T00:00:00Z");
  EXPECT_EQ(again.run_id, made.run_id);
  EXPECT_EQ(again.summary_json, made.summary_json);
  ASSERT_EQ(again.files.size(), made.files.size());
  for (std::size_t i = 0; i < made.files.size(); ++i)
    EXPECT_EQ(again.files[i].sha256, made.files[i].sha256) << made.files[i].name;
}

TEST_F(Runs, ReturnAnIntactRunAsItIsAndRepairADamagedOne) {
  const PictureRecord made = MakePicture(*store, Request(), folder.path(), kNow);
  bool analyzed = false;
  const auto watch = [&](double, const char*) { analyzed = true; };
  EXPECT_EQ(MakePicture(*store, Request(), folder.path(), kNow, {}, watch).id, made.id);
  EXPECT_FALSE(analyzed);
  const auto damaged = folder / made.run_id / made.files[0].name;
  std::string bytes = ReadBytes(damaged);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(damaged, std::ios::binary) << bytes;
  EXPECT_EQ(MakePicture(*store, Request(), folder.path(), kNow, {}, watch).id, made.id);
  EXPECT_TRUE(analyzed);
  EXPECT_EQ(Sha256HexOfFile(damaged), made.files[0].sha256);
}

TEST_F(Runs, AreMadeAnewForAReporterWhoDeliveredNothing) {
  const PictureRecord made = MakePicture(*store, Request(), folder.path(), kNow);
  store->PutReporter({"tyst", "Tyst förening", ReporterKind::kAssociation, "", ""});
  const PictureRecord again = MakePicture(*store, Request(), folder.path(), kNow);
  EXPECT_NE(again.run_id, made.run_id) << "the report names who is silent";
  const auto report = std::find_if(again.files.begin(), again.files.end(),
                                   [](const StoredFile& file) { return file.name.starts_with("rapport_"); });
  ASSERT_NE(report, again.files.end());
  EXPECT_THAT(ReadBytes(folder / again.run_id / report->name), HasSubstr("Tyst förening"));
}

TEST_F(Runs, AreStaleFromTheStartWhenADeliveryArrivesMeanwhile) {
  bool arrived = false;
  const PictureRecord made =
      MakePicture(*store, Request(), folder.path(), kNow, {}, [&](double, const char*) {
        if (!std::exchange(arrived, true)) Add(*store, "skolan", Incidents("skolan", 5, 4, 200));
      });
  EXPECT_NE(store->CurrentDataVersion().hash, made.data_version);
  EXPECT_TRUE(made.stale);
  EXPECT_TRUE(store->GetPicture(made.id).stale);
}

TEST_F(Runs, AreNoLongerStaleWhenTheDataAreAsTheyWere) {
  const PictureRecord made = MakePicture(*store, Request(), folder.path(), kNow);
  Add(*store, "polisen", Incidents("polisen", 5, 1, 500));
  EXPECT_TRUE(store->GetPicture(made.id).stale);
  EXPECT_NE(MakePicture(*store, Request(), folder.path(), kNow).run_id, made.run_id);
  store->UndoImport(store->ListImports(0, 10).items.back().id);
  EXPECT_EQ(MakePicture(*store, Request(), folder.path(), kNow).id, made.id);
  EXPECT_FALSE(store->GetPicture(made.id).stale);
}

TEST(RawDensities, AreMadeForTheInternalAudienceOnly) {
  const auto store = NewMemoryStore("salt");
  FillRegisters(*store);
  geo::EdgeFactorCache cache;
  for (const char* audience : {"partner", "public", ""}) {
    DensityRequest density;
    density.picture.audience = audience;
    EXPECT_THROW(RunDensity(*store, density, cache), InvalidRequest);
    BandwidthRequest bandwidth;
    bandwidth.picture.audience = audience;
    EXPECT_THROW(RunBandwidthSelection(*store, bandwidth), InvalidRequest);
    RiskRequest risk;
    risk.picture.audience = audience;
    EXPECT_THROW(RunRelativeRisk(*store, risk), InvalidRequest);
  }
}

}  // namespace
}  // namespace lagesbild::service
