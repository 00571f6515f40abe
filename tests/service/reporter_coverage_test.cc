#include "service/reporter_coverage.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "service/hashing.h"
#include "service/runs.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr geo::CalendarQuarter kFirst{2026, 1}, kSecond{2026, 2}, kThird{2026, 3};

/// The same tests for every kind of store.
class ReporterCoverage : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    store = std::string(GetParam()) == "sqlite" ? OpenSqliteStore(folder / "store.db", "salt of tests")
                                                : NewMemoryStore("salt of tests");
    FillRegisters(*store);
  }

  /// `count` placed incidents of the reporter from the first of the month on, a day each.
  ImportBatch Deliver(const std::string& reporter, std::chrono::year_month month, int count) {
    std::vector<StoredIncident> incidents(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      StoredIncident& stored = incidents[static_cast<std::size_t>(i)];
      stored.incident.reporter = reporter;
      stored.incident.date = std::chrono::sys_days{month / 1} + std::chrono::days{i};
      stored.incident.category = geo::Category::kVandalism;
      stored.incident.place = geo::PlaceKind::kPlaced;
      stored.incident.level = geo::MatchLevel::kAddressPoint;
      stored.incident.position = At(604400 + i, 6650000);
      stored.incident.has_position = true;
      stored.incident.accuracy_radius = geo::Meters{10};
      stored.incident_key = reporter + std::to_string(++keys);
    }
    ImportBatch batch;
    batch.reporter = reporter;
    batch.content_sha256 = Sha256Hex(std::to_string(keys) + reporter);
    batch.incidents.read = batch.incidents.accepted = batch.incidents.placed = count;
    batch.quarters = {geo::QuarterOf(incidents.front().incident.date).code()};
    return store->AddImport(batch, incidents, {}, {});
  }
  geo::ReporterAnswer AnswerOf(const std::string& code, geo::CalendarQuarter quarter) {
    const std::vector<QuarterCoverage> coverage = CoverageOf(*store, quarter, quarter);
    for (const ReporterStatus& status : coverage.front().reporters)
      if (status.reporter.code == code) return status.answer;
    ADD_FAILURE() << code << " is not told of";
    return geo::ReporterAnswer::kNotAsked;
  }
  /// Story D-3: three reporters in both quarters, two more in the second.
  void DeliverStoryD3() {
    for (const char* code : {"a", "b", "c"})
      store->PutReporter({code, code, ReporterKind::kSchool, "", "2025-01-01"});
    for (const char* code : {"d", "e"})
      store->PutReporter({code, code, ReporterKind::kCompany, "", "2026-04-01"});
    Deliver("a", 2026y / 1, 4);
    Deliver("b", 2026y / 1, 3);
    Deliver("c", 2026y / 1, 5);
    Deliver("a", 2026y / 4, 4);
    Deliver("b", 2026y / 4, 3);
    Deliver("c", 2026y / 4, 4);
    Deliver("d", 2026y / 4, 5);
    Deliver("e", 2026y / 4, 3);
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
  int keys = 0;
};

INSTANTIATE_TEST_SUITE_P(Of, ReporterCoverage, testing::Values("sqlite", "memory"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(ReporterCoverage, KeepsWhatAReporterCanSee) {
  const Reporter school = {"skolan",     "Testby skola", ReporterKind::kSchool,
                           "Testby",     "2024-01-01",   "2026-12-01",
                           {"D1", "T1"}, {"UNGDOM"},     "rektor"};
  store->PutReporter(school);
  for (const Reporter& kept : store->ListReporters())
    if (kept.code == "skolan") {
      EXPECT_EQ(kept.disconnected, "2026-12-01");
      EXPECT_THAT(kept.areas, ElementsAre("D1", "T1"));
      EXPECT_THAT(kept.ages, ElementsAre("UNGDOM"));
      EXPECT_EQ(kept.contact_role, "rektor");
    }
}

TEST_P(ReporterCoverage, KeepsSilenceApartFromNothingToReport) {
  Deliver("polisen", 2026y / 7, 2);
  RecordAnswers(*store, kThird, {"polisen", "skolan", "butiken"}, AnswerRecord::kAsked, "2026-10-01");
  RecordAnswers(*store, kThird, {"skolan"}, AnswerRecord::kNothingToReport, "2026-10-05");
  EXPECT_EQ(AnswerOf("polisen", kThird), geo::ReporterAnswer::kAnswered);
  EXPECT_EQ(AnswerOf("skolan", kThird), geo::ReporterAnswer::kNothingToReport);
  EXPECT_EQ(AnswerOf("butiken", kThird), geo::ReporterAnswer::kNoAnswer);
  EXPECT_EQ(AnswerOf("bostaden", kThird), geo::ReporterAnswer::kNotAsked);
  const QuarterCoverage coverage = CoverageOf(*store, kThird, kThird).front();
  EXPECT_EQ(coverage.tally, (geo::AnswerTally{1, 1, 1, 2}));
  EXPECT_EQ(coverage.all.connected, 5);
  EXPECT_EQ(coverage.all.active, 2);
  EXPECT_EQ(coverage.companies_and_associations.connected, 3);
  EXPECT_FALSE(coverage.aim);
}

TEST_P(ReporterCoverage, CountsADeliveryAsAnAnswerUntilItIsUndone) {
  const ImportBatch batch = Deliver("skolan", 2026y / 7, 1);
  EXPECT_EQ(AnswerOf("skolan", kThird), geo::ReporterAnswer::kAnswered);
  EXPECT_EQ(AnswerOf("skolan", kSecond), geo::ReporterAnswer::kNotAsked);
  store->UndoImport(batch.id);
  EXPECT_EQ(AnswerOf("skolan", kThird), geo::ReporterAnswer::kNotAsked);
}

TEST_P(ReporterCoverage, AsksEverybodyWhoHasNotDelivered) {
  Deliver("polisen", 2026y / 7, 1);
  store->PutReporter({"borta", "Borta", ReporterKind::kCompany, "", "2024-01-01", "2026-06-01"});
  store->PutReporter({"sen", "Sen", ReporterKind::kCompany, "", "2026-10-01"});
  RecordAnswers(*store, kThird, {}, AnswerRecord::kAsked, "2026-10-01");
  for (const ReporterRecord& record : store->ReporterRecords("2026Q3", "2026Q3")) {
    EXPECT_NE(record.reporter, "borta");
    EXPECT_NE(record.reporter, "sen");
    EXPECT_EQ(record.asked_on, record.reporter == "polisen" ? "" : "2026-10-01");
  }
  EXPECT_EQ(CoverageOf(*store, kThird, kThird).front().tally, (geo::AnswerTally{1, 0, 4, 0}));
}

TEST_P(ReporterCoverage, KeepsTheFirstDateAndTakesBack) {
  RecordAnswers(*store, kThird, {"skolan"}, AnswerRecord::kAsked, "2026-10-01");
  const DataVersion asked = store->CurrentDataVersion();
  RecordAnswers(*store, kThird, {"skolan"}, AnswerRecord::kAsked, "2026-10-09");
  EXPECT_EQ(store->CurrentDataVersion().number, asked.number);
  EXPECT_EQ(store->ReporterRecords("2026Q3", "2026Q3").front().asked_on, "2026-10-01");
  RecordAnswers(*store, kThird, {"skolan"}, AnswerRecord::kWithdrawn, "2026-10-10");
  EXPECT_THAT(store->ReporterRecords("2026Q3", "2026Q3"), IsEmpty());
  EXPECT_NE(store->CurrentDataVersion().hash, asked.hash);
}

TEST_P(ReporterCoverage, RefusesToRecordWhatCannotBe) {
  const auto fields = [&](std::vector<std::string> codes, AnswerRecord record, const std::string& date) {
    std::vector<std::string> found;
    try {
      RecordAnswers(*store, kThird, std::move(codes), record, date);
    } catch (const InvalidRequest& error) {
      for (const FieldViolation& violation : error.violations) found.push_back(violation.field);
    }
    return found;
  };
  EXPECT_THAT(fields({"okand"}, AnswerRecord::kAsked, "2026-10-01"), ElementsAre("reporter_codes[0]"));
  EXPECT_THAT(fields({}, AnswerRecord::kNothingToReport, "2026-10-01"), ElementsAre("reporter_codes"));
  EXPECT_THAT(fields({"skolan"}, AnswerRecord::kNothingToReport, "2026-06-30"), ElementsAre("date"));
  store->PutReporter({"skolan", "Skolan", ReporterKind::kSchool, "", "", "2026-07-01"});
  EXPECT_THAT(fields({"skolan"}, AnswerRecord::kAsked, "2026-10-01"), ElementsAre("reporter_codes[0]"));
  EXPECT_THROW(store->PutReporterRecords({{"okand", "2026Q3", "2026-10-01"}}), NotFound);
  Deliver("polisen", 2026y / 7, 1);
  try {
    RecordAnswers(*store, kThird, {"polisen"}, AnswerRecord::kNothingToReport, "2026-10-01");
    FAIL() << "nothing to report beside a delivery";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "HAS_DELIVERED");
  }
}

TEST_P(ReporterCoverage, CountsConnectedActiveAndLostAgainstTheAim) {
  store->PutReporterAim(2026, 4);
  store->PutReporter({"borta", "Borta", ReporterKind::kCompany, "", "2024-01-01", "2026-02-01"});
  store->PutReporter({"langesen", "Länge sen", ReporterKind::kCompany, "", "2020-01-01", "2024-02-01"});
  Deliver("butiken", 2026y / 7, 1);
  const auto quarters = CoverageOf(*store, {2025, 4}, kThird);
  ASSERT_THAT(quarters, SizeIs(4));
  EXPECT_FALSE(quarters[0].aim);
  EXPECT_EQ(quarters[0].companies_and_associations.connected, 4);
  EXPECT_EQ(quarters[0].companies_and_associations.lost, 0);
  const ReporterCounts counts = quarters[3].companies_and_associations;
  EXPECT_EQ(counts.connected, 3);
  EXPECT_EQ(counts.active, 1);
  EXPECT_EQ(counts.lost, 1);
  EXPECT_EQ(quarters[3].aim, 4);
  store->PutReporterAim(2026, std::nullopt);
  EXPECT_THAT(store->ReporterAims(), IsEmpty());
}

TEST_P(ReporterCoverage, ComparesStoryD3OnThoseWhoWereThereBothTimes) {
  DeliverStoryD3();
  const geo::ComparablePanel panel = CompareQuarters(*store, kFirst, kSecond);
  EXPECT_EQ(geo::ChangeTextSv(panel.change), "12 till 11 (−8 %), osäkert");
  EXPECT_THAT(panel.comparable, ElementsAre("a", "b", "c"));
  EXPECT_THAT(panel.joined, ElementsAre("d", "e"));
  EXPECT_EQ(panel.all_later, 19);
}

TEST_P(ReporterCoverage, StandsInThePictureAndItsReport) {
  DeliverStoryD3();
  RecordAnswers(*store, kSecond, {"skolan"}, AnswerRecord::kAsked, "2026-07-01");
  RecordAnswers(*store, kSecond, {"butiken"}, AnswerRecord::kNothingToReport, "2026-07-02");
  PictureRequest request;
  request.selection.first = request.selection.last = kSecond;
  request.options.test.permutations = 19;
  const geo::SituationPicture picture = AnalyzePicture(*store, request);
  ASSERT_THAT(picture.comparisons, SizeIs(2));
  EXPECT_EQ(picture.comparisons[0].earlier, kFirst);
  EXPECT_EQ(picture.comparisons[0].change.later, 11);
  EXPECT_EQ(picture.comparisons[1].earlier, (geo::CalendarQuarter{2025, 2}));
  EXPECT_FALSE(picture.comparisons[1].possible());
  EXPECT_EQ(picture.comparisons[0].all_later, picture.layers.back().tally.incidents.accepted);

  const PictureRecord record = MakePicture(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  std::string report;
  for (const StoredFile& file : record.files)
    if (file.media_type.starts_with("text/html"))
      report += ReadBytes(folder.path() / "pictures" / record.run_id / file.name);
  EXPECT_THAT(report, HasSubstr("12 till 11 (−8 %), osäkert"));
  EXPECT_THAT(report, HasSubstr("Nya uppgiftslämnare: Butiken, d och e med 8 händelser"));
  EXPECT_THAT(report, HasSubstr("19 mot 12 (+58 %): det visar vilka som rapporterar, ingen förändring"));
  EXPECT_THAT(report, HasSubstr("inget att rapportera: Butiken"));
  EXPECT_THAT(report, HasSubstr("svarade inte: Testby skola"));
  EXPECT_THAT(report, HasSubstr("inte tillfrågad: "));
  EXPECT_THAT(report, HasSubstr("Svarsfrekvens: 6 av 7"));
  const auto numbers = nlohmann::json::parse(record.summary_json);
  EXPECT_EQ(numbers["comparisons"][0]["later_incidents"], 11);
  EXPECT_THAT(numbers["coverage"], SizeIs(10));
}

TEST_P(ReporterCoverage, MakesAPictureOfAQuarterInWhichSomebodyHadNothing) {
  Deliver("polisen", 2026y / 4, 2);
  PictureRequest request;
  request.selection.first = request.selection.last = kThird;
  EXPECT_THROW(AnalyzePicture(*store, request), NotReady);
  RecordAnswers(*store, kThird, {"polisen"}, AnswerRecord::kNothingToReport, "2026-10-01");
  const geo::SituationPicture picture = AnalyzePicture(*store, request);
  EXPECT_EQ(geo::ChangeTextSv(picture.comparisons[0].change), "2 till 0, osäkert");
}

TEST_P(ReporterCoverage, MarksPicturesThatCompareWithAQuarterStale) {
  Deliver("polisen", 2026y / 4, 2);
  Deliver("polisen", 2026y / 7, 2);
  PictureRequest request;
  request.selection.first = request.selection.last = kThird;
  request.options.test.permutations = 19;
  const PictureRecord record = MakePicture(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  RecordAnswers(*store, kSecond, {"skolan"}, AnswerRecord::kNothingToReport, "2026-10-01");
  EXPECT_TRUE(store->GetPicture(record.id).stale);
}

TEST_P(ReporterCoverage, SaysThatAHotspotRestsOnNewReporters) {
  store->PutReporter({"ny", "Ny förening", ReporterKind::kAssociation, "", "2026-07-01"});
  Deliver("polisen", 2026y / 4, 2);
  Deliver("polisen", 2026y / 7, 1);
  Deliver("ny", 2026y / 7, 14);
  PictureRequest request;
  request.selection.first = request.selection.last = kThird;
  request.options.test.permutations = 19;
  const geo::SituationPicture picture = AnalyzePicture(*store, request);
  int most = 0;
  for (const geo::PictureCell& cell : picture.layers.back().cells)
    most = std::max(most, cell.neighborhood_of_new);
  EXPECT_EQ(most, 14);
}

TEST(CheckedReporter, TakesAreasByNameAndRefusesWhatThereIsNot) {
  const Municipality municipality = TestReference();
  const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  Reporter reporter{"skolan", "Skolan", ReporterKind::kSchool, "", "2026-01-01"};
  reporter.areas = {"Testby", "D1", "T1"};
  reporter.ages = {"UNGDOM"};
  reporter.contact_role = "rektor, Testby skola";
  std::vector<FieldViolation> violations;
  EXPECT_THAT(CheckedReporter(reporter, &municipality, scheme, violations).areas, ElementsAre("D1", "T1"));
  EXPECT_THAT(violations, IsEmpty());

  reporter.areas = {"Annanstans"};
  reporter.ages = {"PENSIONARER"};
  reporter.disconnected = "2026-01-01";
  reporter.contact_role = "Rektor Anna Svensson";
  CheckedReporter(reporter, &municipality, scheme, violations);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : violations) {
    fields.push_back(violation.field);
    EXPECT_THAT(violation.description + violation.description_sv, Not(HasSubstr("Anna")));
  }
  EXPECT_THAT(fields, ElementsAre("reporter.area_codes[0]", "reporter.age_group_codes[0]",
                                  "reporter.disconnected_date", "reporter.contact_role"));
}

}  // namespace
}  // namespace lagesbild::service
