#include "service/store.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "service/errors.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kSalt = "a salt for tests, not random at all";

/// The same tests for every kind of store.
class StoreTwin : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { store = Open("store.db"); }
  std::unique_ptr<Store> Open(const std::string& name) {
    return std::string(GetParam()) == "sqlite" ? OpenSqliteStore(folder / name, kSalt)
                                               : NewMemoryStore(kSalt);
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

INSTANTIATE_TEST_SUITE_P(Of, StoreTwin, testing::Values("sqlite", "memory"),
                         [](const auto& name) { return std::string(name.param); });

geo::Incident PlacedIncident(const std::string& reporter, std::chrono::year_month_day date) {
  geo::Incident incident;
  incident.reporter = reporter;
  incident.date = date;
  incident.category = geo::Category::kVandalism;
  incident.place = geo::PlaceKind::kPlaced;
  incident.level = geo::MatchLevel::kAddressPoint;
  incident.position = At(604000.125, 6650000.5);
  incident.has_position = true;
  incident.accuracy_radius = geo::Meters{10};
  const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  incident.persons = {{geo::AgeRole::kVictim, geo::SpanOfAge(scheme, 14), false},
                      {geo::AgeRole::kSuspect, geo::SpanOfAges(scheme, 16, 20), true},
                      {geo::AgeRole::kUnknown, {}, false}};
  return incident;
}

StoredIncident Stored(geo::Incident incident, const std::string& key) {
  return {std::move(incident), key, "pk", 2};
}

ImportBatch Batch(const std::string& reporter, const std::string& sha256, std::int64_t accepted,
                  std::vector<std::string> quarters = {"2026Q3"}) {
  ImportBatch batch;
  batch.reporter = reporter;
  batch.file_name = "rapport.csv";
  batch.content_sha256 = sha256;
  batch.imported_at = "2026-10-02T08:00:00Z";
  batch.incidents.read = batch.incidents.accepted = batch.incidents.placed = accepted;
  batch.groups = {{"UNGDOM", batch.incidents, {}}, {"OKAND", {}, batch.incidents}};
  batch.quarters = std::move(quarters);
  return batch;
}

ImportBatch AddOne(Store& store, const std::string& sha256, const std::string& key,
                   std::chrono::year_month_day date = 2026y / 8 / 1) {
  return store.AddImport(Batch("polisen", sha256, 1, {geo::QuarterOf(date).code()}),
                         {Stored(PlacedIncident("polisen", date), key)}, {}, {});
}

IncidentSelection Quarters(int year, int first, int last) {
  return {{year, first}, {year, last}, {}, {}, {}};
}

TEST_P(StoreTwin, HasNoMunicipalityBeforeTheReferenceLayersAreThere) {
  store->PutAddresses(Version("adr"), geo::Epsg{3006}, TestAddresses());
  EXPECT_FALSE(store->LoadMunicipality().has_value());
}

TEST_P(StoreTwin, GivesBackEveryPartOfTheRegisters) {
  FillRegisters(*store);
  const auto municipality = store->LoadMunicipality();
  ASSERT_TRUE(municipality.has_value());
  EXPECT_EQ(municipality->code, "0331");
  EXPECT_EQ(municipality->crs, geo::Epsg{3006});
  EXPECT_TRUE(municipality->synthetic);
  EXPECT_EQ(municipality->boundary.at(0).outer, Box(600000, 6640000, 20000, 20000).at(0).outer);
  ASSERT_THAT(municipality->gazetteer.addresses, SizeIs(9));
  EXPECT_EQ(municipality->gazetteer.addresses[4].id, "A5");
  EXPECT_EQ(municipality->gazetteer.addresses[4].position, At(605000, 6650000));
  EXPECT_EQ(municipality->gazetteer.places.at(0).name, "Testby skola");
  EXPECT_THAT(municipality->inhabitants, SizeIs(36));
  EXPECT_EQ(municipality->inhabitants[0].position, At(604200, 6650000));
  EXPECT_THAT(municipality->register_hash, SizeIs(64));
}

TEST_P(StoreTwin, PutsLocalitiesBeforeDistrictsInTheGazetteer) {
  FillRegisters(*store);
  const auto municipality = store->LoadMunicipality();
  ASSERT_TRUE(municipality.has_value());
  ASSERT_THAT(municipality->gazetteer.localities, SizeIs(3));
  EXPECT_EQ(municipality->gazetteer.localities[0].name, "Testby");
  EXPECT_EQ(municipality->gazetteer.localities[0].kind, "locality");
  EXPECT_NEAR(municipality->gazetteer.localities[0].accuracy_radius.value(),
              2000 / std::sqrt(3.14159265358979), 0.01);
  EXPECT_EQ(municipality->gazetteer.localities[1].kind, "district");
}

TEST_P(StoreTwin, ReplacesAVersionOfItsKindAndLeavesTheOthers) {
  FillRegisters(*store);
  const std::string before = store->LoadMunicipality()->register_hash;
  std::vector<geo::Address> fewer = TestAddresses();
  fewer.resize(2);
  store->PutAddresses(Version("adr2"), geo::Epsg{3006}, fewer);
  const auto municipality = store->LoadMunicipality();
  EXPECT_THAT(municipality->gazetteer.addresses, SizeIs(2));
  EXPECT_THAT(municipality->inhabitants, SizeIs(8)) << "people at addresses that are gone have no position";
  EXPECT_NE(municipality->register_hash, before);
  EXPECT_THAT(store->ListRegisters(), SizeIs(3));
}

TEST_P(StoreTwin, UpdatesAReporterWithTheSameCode) {
  store->PutReporter({"skolan", "Gamla namnet", ReporterKind::kSchool, "", ""});
  store->PutReporter({"skolan", "Nya namnet", ReporterKind::kSchool, "Testby", "2026-01-01"});
  const std::vector<Reporter> reporters = store->ListReporters();
  ASSERT_THAT(reporters, SizeIs(1));
  EXPECT_EQ(reporters[0].name, "Nya namnet");
  EXPECT_EQ(reporters[0].home_locality, "Testby");
}

TEST_P(StoreTwin, GivesBackAnIncidentUnchanged) {
  FillRegisters(*store);
  const geo::Incident sent = PlacedIncident("polisen", 2026y / 8 / 1);
  AddOne(*store, "one", "key");
  const std::vector<geo::Incident> found = store->Select(Quarters(2026, 3, 3));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].date, sent.date);
  EXPECT_EQ(found[0].category, sent.category);
  EXPECT_EQ(found[0].position, sent.position);
  EXPECT_EQ(found[0].level, sent.level);
  EXPECT_EQ(found[0].persons, sent.persons);
  EXPECT_GT(found[0].id, 0);
}

TEST_P(StoreTwin, KeepsAnUnplacedIncidentWithoutPosition) {
  FillRegisters(*store);
  geo::Incident incident = PlacedIncident("polisen", 2026y / 8 / 1);
  incident.place = geo::PlaceKind::kUnplaced;
  incident.reason = geo::UnplacedReason::kNoPlaceGiven;
  incident.level = geo::MatchLevel::kNone;
  incident.has_position = false;
  store->AddImport(Batch("polisen", "one", 1), {Stored(incident, "key")}, {}, {});
  const std::vector<geo::Incident> found = store->Select(Quarters(2026, 3, 3));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_FALSE(found[0].has_position);
  EXPECT_EQ(found[0].reason, geo::UnplacedReason::kNoPlaceGiven);
}

TEST_P(StoreTwin, SelectsByQuarterCategoryAndReporter) {
  FillRegisters(*store);
  geo::Incident theft = PlacedIncident("skolan", 2026y / 9 / 30);
  theft.category = geo::Category::kTheft;
  AddOne(*store, "a", "k1", 2026y / 7 / 1);
  AddOne(*store, "b", "k2", 2026y / 10 / 1);
  store->AddImport(Batch("skolan", "c", 1), {Stored(theft, "k3")}, {}, {});
  EXPECT_THAT(store->Select(Quarters(2026, 3, 3)), SizeIs(2));
  EXPECT_THAT(store->Select(Quarters(2026, 3, 4)), SizeIs(3));
  EXPECT_THAT(store->Select(Quarters(2025, 1, 4)), IsEmpty());
  IncidentSelection thefts = Quarters(2026, 1, 4);
  thefts.categories = {geo::Category::kTheft, geo::Category::kDrugs};
  EXPECT_THAT(store->Select(thefts), SizeIs(1));
  IncidentSelection police = Quarters(2026, 1, 4);
  police.reporters = {"polisen"};
  EXPECT_THAT(store->Select(police), SizeIs(2));
  EXPECT_THAT(store->QuartersWithIncidents(), ElementsAre("2026Q3", "2026Q4"));
}

TEST_P(StoreTwin, TakesAHostileReporterNameLiterally) {
  FillRegisters(*store);
  AddOne(*store, "a", "k1");
  IncidentSelection hostile = Quarters(2026, 1, 4);
  hostile.reporters = {"polisen'); DROP TABLE incident; --", "\"]"};
  EXPECT_THAT(store->Select(hostile), IsEmpty());
  EXPECT_THAT(store->Select(Quarters(2026, 1, 4)), SizeIs(1));
}

TEST_P(StoreTwin, PagesIncidentsInOrder) {
  FillRegisters(*store);
  for (int i = 0; i < 5; ++i) AddOne(*store, "content " + std::to_string(i), "k" + std::to_string(i));
  const Page<StoredIncident> first = store->ListIncidents(Quarters(2026, 3, 3), 0, 2);
  ASSERT_THAT(first.items, SizeIs(2));
  const Page<StoredIncident> second = store->ListIncidents(Quarters(2026, 3, 3), first.next_after, 2);
  const Page<StoredIncident> third = store->ListIncidents(Quarters(2026, 3, 3), second.next_after, 2);
  ASSERT_THAT(third.items, SizeIs(1));
  EXPECT_EQ(third.next_after, 0);
  EXPECT_LT(first.items[1].incident.id, second.items[0].incident.id);
  EXPECT_EQ(third.items[0].incident_key, "k4");
  EXPECT_EQ(third.items[0].place_key, "pk");
}

TEST_P(StoreTwin, GivesBackAnImportWithItsTallies) {
  FillRegisters(*store);
  ImportBatch batch = Batch("polisen", "sha", 1);
  batch.request_id = "0f8fad5b-d9cb-469f-a165-70867728950e";
  batch.incidents = {.read = 3, .accepted = 1, .rejected = 1, .duplicate = 1, .placed = 1, .too_coarse = 1};
  const ImportBatch added = store->AddImport(
      batch, {Stored(PlacedIncident("polisen", 2026y / 8 / 1), "k")},
      {{5, "Datum", "BAD_DATE", "Raden saknar datum."}, {7, "", "UNREADABLE", "Raden går inte att läsa."}},
      {});
  const ImportBatch found = store->GetImport(added.id);
  EXPECT_EQ(found.incidents, batch.incidents);
  ASSERT_THAT(found.groups, SizeIs(2));
  EXPECT_EQ(found.groups[1].group, "OKAND");
  EXPECT_EQ(found.groups[1].persons, batch.groups[1].persons);
  EXPECT_THAT(found.quarters, ElementsAre("2026Q3"));
  EXPECT_EQ(store->FindImport("sha", "")->id, added.id);
  EXPECT_EQ(store->FindImport("other", batch.request_id)->id, added.id);
  EXPECT_FALSE(store->FindImport("other", "").has_value());
  const Page<RejectedImportRow> rejected = store->ListRejectedRows(added.id, 0, 1);
  ASSERT_THAT(rejected.items, SizeIs(1));
  EXPECT_EQ(rejected.items[0].column, "Datum");
  EXPECT_EQ(store->ListRejectedRows(added.id, rejected.next_after, 1).items.at(0).row, 7);
  EXPECT_THROW(store->GetImport(99), NotFound);
  EXPECT_THROW(store->ListRejectedRows(99, 0, 1), NotFound);
}

TEST_P(StoreTwin, StoresTheSameContentOnce) {
  FillRegisters(*store);
  const ImportBatch first = AddOne(*store, "sha", "k");
  const std::int64_t version = store->CurrentDataVersion().number;
  EXPECT_EQ(AddOne(*store, "sha", "k").id, first.id);
  EXPECT_EQ(store->CurrentDataVersion().number, version);
  EXPECT_THAT(store->Select(Quarters(2026, 3, 3)), SizeIs(1));
}

TEST_P(StoreTwin, RefusesAKeyThatIsStoredAndKeepsNothingOfTheDelivery) {
  FillRegisters(*store);
  AddOne(*store, "sha", "k");
  EXPECT_THROW(AddOne(*store, "another", "k"), StoreUnavailable);
  EXPECT_THAT(store->ListImports(0, 10).items, SizeIs(1));
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(StoreTwin, RefusesAnUnknownReporter) {
  EXPECT_THROW(AddOne(*store, "sha", "k"), NotFound);
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
}

TEST_P(StoreTwin, UndoesAnImportAndTellsWhichPicturesAreStale) {
  FillRegisters(*store);
  const ImportBatch kept = AddOne(*store, "kept", "k0", 2026y / 5 / 1);
  const ImportBatch batch = store->AddImport(
      Batch("polisen", "sha", 1), {Stored(PlacedIncident("polisen", 2026y / 8 / 1), "k")},
      {{5, "", "BAD_DATE", "Fel datum."}}, {{0, "pk", "Okänd gata 1", "Testby", "NOT_FOUND", "2026-12-31"}});
  PictureRecord q2, q3;
  q2.run_id = "q2", q2.quarter = "2026Q2", q2.audience = "internal";
  q3.run_id = "q3", q3.quarter = "2026Q3", q3.audience = "internal";
  store->AddPicture(q2);
  const PictureRecord made = store->AddPicture(q3);
  const std::vector<PictureRecord> stale = store->UndoImport(batch.id);
  ASSERT_THAT(stale, SizeIs(1));
  EXPECT_EQ(stale[0].id, made.id);
  EXPECT_TRUE(store->GetPicture(made.id).stale);
  EXPECT_FALSE(store->FindPicture("q2", "internal")->stale);
  EXPECT_TRUE(store->GetImport(batch.id).undone);
  EXPECT_THAT(store->Select(Quarters(2026, 1, 4)), SizeIs(1));
  EXPECT_THAT(store->ListRejectedRows(batch.id, 0, 10).items, IsEmpty());
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
  EXPECT_FALSE(store->FindImport("sha", "").has_value());
  EXPECT_THAT(store->KnownIncidents("polisen"), ElementsAre(testing::Pair("k0", "")));
  EXPECT_THAT(store->UndoImport(batch.id), SizeIs(1)) << "again: nothing changes, the same answer";
  EXPECT_THROW(store->UndoImport(99), NotFound);
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

/// A delivery that holds `key` again, and one incident of its own.
ImportBatch AddDuplicateOf(Store& store, const std::string& key, const std::string& sha256) {
  ImportBatch batch = Batch("polisen", sha256, 1);
  batch.incidents.read = 2;
  batch.incidents.duplicate = 1;
  return store.AddImport(batch, {Stored(PlacedIncident("polisen", 2026y / 8 / 2), "own " + sha256)}, {}, {},
                         {{key, 3}});
}

TEST_P(StoreTwin, DoesNotUndoAnImportWhoseIncidentsALaterOneLeftOutAsDuplicates) {
  FillRegisters(*store);
  const ImportBatch first = AddOne(*store, "a", "k");
  const ImportBatch second = AddDuplicateOf(*store, "k", "b");
  try {
    store->UndoImport(first.id);
    FAIL() << "the incident that both deliveries hold is gone";
  } catch (const NotReady& e) {
    EXPECT_EQ(e.reason, "DUPLICATES_ELSEWHERE");
    EXPECT_EQ(
        e.message_sv,
        "Leverans 2 räknade 1 rad som dubblett av den här; ångra den först och läs in den igen efteråt.");
  }
  EXPECT_FALSE(store->GetImport(first.id).undone);
  EXPECT_THAT(store->Select(Quarters(2026, 3, 3)), SizeIs(2));
  store->UndoImport(second.id);
  store->UndoImport(first.id);
  EXPECT_THAT(store->Select(Quarters(2026, 3, 3)), IsEmpty());
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(StoreTwin, RefusesADuplicateOfAnIncidentThatIsGoneAndKeepsNothingOfTheDelivery) {
  FillRegisters(*store);
  store->UndoImport(AddOne(*store, "a", "k").id);
  EXPECT_THROW(AddDuplicateOf(*store, "k", "b"), StoreChanged);
  EXPECT_THAT(store->ListImports(0, 10).items, SizeIs(1));
  EXPECT_THAT(store->Select(Quarters(2026, 3, 3)), IsEmpty());
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(StoreTwin, ReturnsToTheSameDataHashAfterUndoAndReimport) {
  FillRegisters(*store);
  const ImportBatch batch = AddOne(*store, "sha", "k");
  const DataVersion before = store->CurrentDataVersion();
  store->UndoImport(batch.id);
  EXPECT_NE(store->CurrentDataVersion().hash, before.hash);
  AddOne(*store, "sha", "k");
  EXPECT_EQ(store->CurrentDataVersion().hash, before.hash);
  EXPECT_EQ(store->CurrentDataVersion().number, before.number + 2);
}

TEST_P(StoreTwin, ExpiresUnresolvedTextsOnTheirDay) {
  FillRegisters(*store);
  std::vector<StoredIncident> incidents = {Stored(PlacedIncident("polisen", 2026y / 8 / 1), "k1"),
                                           Stored(PlacedIncident("polisen", 2026y / 8 / 2), "k2")};
  store->AddImport(Batch("polisen", "sha", 2), incidents, {},
                   {{0, "pk1", "Okänd gata 1", "Testby", "NOT_FOUND", "2026-12-30"},
                    {1, "pk2", "Okänd gata 2", "Testby", "AMBIGUOUS", "2026-12-31"}});
  EXPECT_THAT(store->ListUnresolved(0, 10).items, SizeIs(2));
  EXPECT_EQ(store->ExpireUnresolved("2026-12-29"), 0);
  EXPECT_EQ(store->ExpireUnresolved("2026-12-30"), 1);
  const Page<UnresolvedPlace> left = store->ListUnresolved(0, 10);
  ASSERT_THAT(left.items, SizeIs(1));
  EXPECT_EQ(left.items[0].text, "Okänd gata 2");
  EXPECT_EQ(left.items[0].incident_id,
            store->ListIncidents(Quarters(2026, 3, 3), 0, 9).items.at(1).incident.id);
  EXPECT_THAT(store->Select(Quarters(2026, 3, 3)), SizeIs(2)) << "the incidents stay";
}

TEST_P(StoreTwin, KeepsPicturesByRunAndAudience) {
  PictureRecord picture;
  picture.run_id = "0123456789abcdef";
  picture.quarter = "2026Q3";
  picture.audience = "internal";
  picture.summary_json = "{}";
  picture.files = {{"a.gpkg", "application/geopackage+sqlite3", "Lägesbild", "", 4096, "aa"},
                   {"b.tif", "image/tiff", "Täthet", "UNGDOM", 100, "bb"}};
  const PictureRecord added = store->AddPicture(picture);
  EXPECT_EQ(store->AddPicture(picture).id, added.id);
  const PictureRecord found = store->GetPicture(added.id);
  ASSERT_THAT(found.files, SizeIs(2));
  EXPECT_EQ(found.files[1].layer_group, "UNGDOM");
  EXPECT_EQ(found.files[0].size, 4096);
  EXPECT_THAT(store->ListPictures("internal", 0, 10).items, SizeIs(1));
  EXPECT_THAT(store->ListPictures("public", 0, 10).items, IsEmpty());
  EXPECT_FALSE(store->FindPicture(picture.run_id, "public").has_value());
  EXPECT_THROW(store->GetPicture(99), NotFound);
}

TEST_P(StoreTwin, MarksEveryPictureStaleWhenARegisterChanges) {
  PictureRecord picture;
  picture.run_id = "r", picture.quarter = "2026Q3", picture.audience = "internal";
  store->AddPicture(picture);
  store->PutAddresses(Version("adr"), geo::Epsg{3006}, TestAddresses());
  EXPECT_TRUE(store->FindPicture("r", "internal")->stale);
  EXPECT_FALSE(store->AddPicture(picture).stale) << "made again, it is current again";
  picture.stale = true;
  EXPECT_TRUE(store->AddPicture(picture).stale) << "made again of data that had changed meanwhile";
}

TEST_P(StoreTwin, HandsOutQueuedJobsOldestFirst) {
  JobRecord job;
  job.kind = "picture";
  job.request = std::string("\0binary", 7);
  job.request_id = "r1";
  const JobRecord first = store->AddJob(job);
  EXPECT_EQ(store->AddJob(job).id, first.id) << "the same request is the same job";
  job.request_id = "";
  const JobRecord second = store->AddJob(job);
  EXPECT_NE(store->AddJob(job).id, second.id) << "without a request id every call is a job of its own";
  const auto claimed = store->ClaimJob();
  ASSERT_TRUE(claimed.has_value());
  EXPECT_EQ(claimed->id, first.id);
  EXPECT_EQ(claimed->state, JobState::kRunning);
  EXPECT_EQ(claimed->request, job.request);
  EXPECT_EQ(store->RequeueRunningJobs(), 1);
  EXPECT_EQ(store->GetJob(first.id).state, JobState::kQueued);
  EXPECT_EQ(store->ClaimJob()->id, first.id);
  EXPECT_EQ(store->ClaimJob()->id, second.id);
  EXPECT_THAT(store->ListJobs(0, 2).items, SizeIs(2));
}

TEST_P(StoreTwin, DoesNotChangeAFinishedJob) {
  JobRecord job = store->AddJob({});
  job.state = JobState::kCancelled;
  store->UpdateJob(job);
  job.state = JobState::kSucceeded;
  store->UpdateJob(job);
  EXPECT_EQ(store->GetJob(job.id).state, JobState::kCancelled);
  job.id = 99;
  EXPECT_THROW(store->UpdateJob(job), NotFound);
  EXPECT_FALSE(store->ClaimJob().has_value());
}

TEST_P(StoreTwin, HashesTheSameContentEquallyWhateverTheOrderOfImports) {
  const std::unique_ptr<Store> other =
      std::string(GetParam()) == "sqlite" ? OpenSqliteStore(folder / "other.db") : NewMemoryStore();
  FillRegisters(*store);
  FillRegisters(*other);
  AddOne(*store, "a", "k1");
  AddOne(*store, "b", "k2", 2026y / 9 / 1);
  AddOne(*other, "b", "k2", 2026y / 9 / 1);
  AddOne(*other, "a", "k1");
  EXPECT_NE(store->Salt(), other->Salt());
  EXPECT_EQ(store->CurrentDataVersion().hash, other->CurrentDataVersion().hash);
  EXPECT_THAT(other->Salt(), SizeIs(32));
}

TEST_P(StoreTwin, ChangesItsDataVersionWithEveryKindOfContent) {
  std::set<std::string> hashes = {store->CurrentDataVersion().hash};
  std::int64_t number = store->CurrentDataVersion().number;
  const auto changed = [&] {
    const DataVersion now = store->CurrentDataVersion();
    const bool grown = now.number > number;
    number = now.number;
    return hashes.insert(now.hash).second && grown;
  };
  store->PutReference(Version("ref"), TestReference());
  EXPECT_TRUE(changed());
  store->PutAddresses(Version("adr"), geo::Epsg{3006}, TestAddresses());
  EXPECT_TRUE(changed());
  store->PutPopulation(Version("pop"), {{"A1", 14, 2}});
  EXPECT_TRUE(changed());
  store->PutReporter({"polisen", "Polisen", ReporterKind::kPolice, "", ""});
  AddOne(*store, "a", "k1");
  EXPECT_TRUE(changed());
  store->PutReporter({"polisen", "Polisen Testby", ReporterKind::kPolice, "", ""});
  EXPECT_TRUE(changed()) << "the name stands in the files";
  store->PutReporter({"tyst", "Tyst förening", ReporterKind::kAssociation, "", ""});
  EXPECT_TRUE(changed()) << "so does that of a reporter who said nothing";
}

TEST(BothStores, HashTheSameContentEqually) {
  TemporaryFolder folder;
  const auto sqlite = OpenSqliteStore(folder / "s.db");
  const auto memory = NewMemoryStore();
  for (Store* store : {sqlite.get(), memory.get()}) {
    FillRegisters(*store);
    AddOne(*store, "a", "k1");
  }
  EXPECT_EQ(sqlite->CurrentDataVersion().hash, memory->CurrentDataVersion().hash);
  EXPECT_EQ(sqlite->CurrentDataVersion().number, memory->CurrentDataVersion().number);
}

}  // namespace
}  // namespace lagesbild::service
