#include "tests/service/import_support.h"

namespace lagesbild::service {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

TEST_F(ImportIncidentsOf, AnAddressPlacesTheIncidentAndStoresTheBandOnly) {
  const geo::Incident incident = Only("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  EXPECT_EQ(incident.date, 2026y / 7 / 31);
  EXPECT_EQ(incident.category, geo::Category::kVandalism);
  EXPECT_EQ(incident.place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(incident.position, At(604600, 6650000));
  ASSERT_THAT(incident.persons, SizeIs(1));
  EXPECT_EQ(incident.persons[0].role, geo::AgeRole::kVictim);
  EXPECT_EQ(geo::SpanCode(geo::DefaultAgeScheme(), incident.persons[0].age), "13-14");
}

TEST_F(ImportIncidentsOf, ADeliveryReconcilesInBothUnitsAndEveryGroup) {
  const ImportOutcome outcome = Import(
      "K1;2026-07-01;Skadegörelse;Storgatan 1;Testby;;;14;2;;\n"
      "K2;2026-07-02;Stöld;Storgatan 999;Testby;;;40;;;\n"
      "K3;2026-07-03;Nätkränkning;;;;;8;;;\n"
      "K4;2026-07-04;Skadegörelse;;;;;;;;\n"
      "K1;2026-07-01;Skadegörelse;Storgatan 1;Testby;;;14;2;;\n"
      "K5;2026-02-30;Skadegörelse;Storgatan 1;Testby;;;20;;;\n");
  const ImportBatch& batch = outcome.batch;
  EXPECT_EQ(batch.incidents.read, 6);
  EXPECT_EQ(batch.incidents.accepted, 4);
  EXPECT_EQ(batch.incidents.rejected, 1);
  EXPECT_EQ(batch.incidents.duplicate, 1);
  EXPECT_EQ(batch.incidents.placed, 1);
  EXPECT_EQ(batch.incidents.unplaced, 2);
  EXPECT_EQ(batch.incidents.digital, 1);
  EXPECT_TRUE(batch.incidents.Reconciles());
  EXPECT_EQ(batch.persons.read, 7);
  EXPECT_EQ(batch.persons.duplicate, 2);
  EXPECT_TRUE(batch.persons.Reconciles());
  const auto group = [&](const std::string& code) {
    return *std::find_if(batch.groups.begin(), batch.groups.end(),
                         [&](const auto& g) { return g.group == code; });
  };
  for (const geo::GroupTally& tally : batch.groups) {
    EXPECT_TRUE(tally.incidents.Reconciles()) << tally.group;
    EXPECT_TRUE(tally.persons.Reconciles()) << tally.group;
  }
  EXPECT_EQ(group("UNGDOM").persons.accepted, 2);
  EXPECT_EQ(group("UNGDOM").incidents.duplicate, 1);
  EXPECT_EQ(group("UNG_VUXEN").incidents.rejected, 1)
      << "a rejected row counts in the group that could be read";
  EXPECT_EQ(group("OKAND").incidents.accepted, 1);
  EXPECT_EQ(group("ALLA").incidents, batch.incidents);
  EXPECT_THAT(batch.quarters, ElementsAre("2026Q3"));
  EXPECT_EQ(store->GetImport(batch.id).incidents, batch.incidents);
}

TEST_F(ImportIncidentsOf, TheSameContentTwiceStoresNothing) {
  const std::string row = "K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n";
  const ImportOutcome first = Import(row);
  const DataVersion version = store->CurrentDataVersion();
  const ImportOutcome second = Import(row);
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.batch.id, first.batch.id);
  EXPECT_EQ(store->CurrentDataVersion().number, version.number);
  EXPECT_THAT(Stored(), SizeIs(1));
}

TEST_F(ImportIncidentsOf, TheSameRequestIdWithTheSameContentReturnsTheFirstAnswer) {
  ImportRequest request = Request("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  request.request_id = "0f8fad5b-d9cb-469f-a165-70867728950e";
  const ImportOutcome first = ImportIncidents(*store, request);
  const ImportOutcome second = ImportIncidents(*store, request);
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.batch.id, first.batch.id);
}

TEST_F(ImportIncidentsOf, RefusesTheRequestIdOfAnImportOfOtherContent) {
  ImportRequest request = Request("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  request.request_id = "0f8fad5b-d9cb-469f-a165-70867728950e";
  ImportIncidents(*store, request);
  ImportRequest again = Request("K2;2026-07-30;Stöld;;;;;;;;\n");
  again.request_id = request.request_id;
  try {
    ImportIncidents(*store, again);
    FAIL() << "answered another request's result";
  } catch (const InvalidRequest& e) {
    ASSERT_THAT(e.violations, SizeIs(1));
    EXPECT_EQ(e.violations[0].field, "request_id");
    EXPECT_EQ(e.violations[0].description, "this request_id was used for another request");
  }
  EXPECT_THAT(store->ListImports(0, 10).items, SizeIs(1));
}

TEST_F(ImportIncidentsOf, CutsALongFileNameBetweenTwoLetters) {
  ImportRequest request = Request("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  std::string name;
  for (int i = 0; i < 41; ++i) name += "åäö";
  request.file_name = name + "a.csv";
  request.validate_only = true;
  const std::string kept = ImportIncidents(*store, request).batch.file_name;
  EXPECT_LE(kept.size(), 120U);
  EXPECT_TRUE(IsValidUtf8(kept)) << kept;
  EXPECT_THAT(kept, testing::EndsWith("åäöa.csv"));
}

TEST_F(ImportIncidentsOf, ReplacesWhatIsNoTextInAFileName) {
  ImportRequest request = Request("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  request.file_name = "m\xE5nad.csv";
  request.validate_only = true;
  EXPECT_EQ(ImportIncidents(*store, request).batch.file_name, "m\xEF\xBF\xBDnad.csv");
}

TEST_F(ImportIncidentsOf, FindsPersonalDataInTheWholeFileNameBeforeItIsCut) {
  ImportRequest request = Request("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  request.file_name = "anna.andersson@example.se " + std::string(110, 'x') + ".csv";
  request.validate_only = true;
  EXPECT_EQ(ImportIncidents(*store, request).batch.file_name, "leverans.csv");
}

TEST_F(ImportIncidentsOf, RefusesAColumnNameOverTwoHundredBytesBeforeItReadsARow) {
  ImportRequest request = Request("");
  request.file = folder.Write("delivery.csv", std::string(kHeader, std::strlen(kHeader) - 1) + ";" +
                                                  std::string(201, 'x') + "\n" + "K1;2026-07-31;;;;;;;;;;\n");
  try {
    ImportIncidents(*store, request);
    FAIL() << "took a column name of 201 bytes";
  } catch (const InvalidRequest& e) {
    EXPECT_THAT(e.violations.front().description, AllOf(HasSubstr("column 12"), HasSubstr("200 bytes")));
  }
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
}

TEST_F(ImportIncidentsOf, AKeySeenInAnEarlierDeliveryIsADuplicate) {
  Import("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  const ImportOutcome outcome = Import(
      "K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n"
      "K2;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  EXPECT_EQ(outcome.batch.incidents.duplicate, 1);
  EXPECT_EQ(outcome.batch.incidents.accepted, 1);
}

TEST_F(ImportIncidentsOf, AnUndoneDeliveryCanBeSentAgain) {
  const std::string row = "K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n";
  const ImportOutcome first = Import(row);
  store->UndoImport(first.batch.id);
  EXPECT_THAT(Stored(), IsEmpty());
  const ImportOutcome again = Import(row);
  EXPECT_FALSE(again.repeated);
  EXPECT_EQ(again.batch.incidents.accepted, 1);
}

TEST_F(ImportIncidentsOf, ARejectedRowCanBeSentAgainCorrected) {
  Import("K1;2026-07-99;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  EXPECT_EQ(Import("K1;2026-07-09;Skadegörelse;Storgatan 3;Testby;;;14;;;\n").batch.incidents.accepted, 1);
}

TEST_F(ImportIncidentsOf, RowsWithoutAKeyAreDuplicatesOnlyWhenAllMappedContentIsTheSame) {
  ImportRequest request;
  request.reporter = "butiken";
  request.now = "2026-10-05T08:00:00Z";
  request.mapping_toml = kSimple;
  request.file = folder.Write("b.csv",
                              "Datum;Händelse;Plats;Övrigt\n"
                              "2026-07-01;Skadegörelse;Storgatan 1, Testby;a\n"
                              "2026-07-01;SKADEGÖRELSE;storgatan  1, Testby;b\n"
                              "2026-07-02;Skadegörelse;Storgatan 1, Testby;a\n"
                              "2026-07-01;Skadegörelse;Storgatan 2, Testby;a\n");
  const ImportOutcome outcome = ImportIncidents(*store, request);
  EXPECT_EQ(outcome.batch.incidents.accepted, 3);
  EXPECT_EQ(outcome.batch.incidents.duplicate, 1) << "what is not mapped does not count";
}

TEST_F(ImportIncidentsOf, TheSameKeyOfTwoReportersIsTwoIncidents) {
  ImportRequest police = Request("1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;\n");
  ImportIncidents(*store, police);
  ImportRequest school = police;
  school.reporter = "skolan";
  school.mapping_toml.erase(school.mapping_toml.rfind("[[persons]]"));
  EXPECT_EQ(ImportIncidents(*store, school).batch.incidents.accepted, 1);
}

TEST_F(ImportIncidentsOf, PersonalDataInAnyColumnStopsTheRowAndNeverComesBack) {
  for (const char* canary : {"19900101-1239", "070-123 45 67", "anna.andersson@example.org"}) {
    for (const std::string& row :
         {std::string("K1;2026-07-31;Skadegörelse;") + canary + ";Testby;;;14;;;\n",
          std::string("K1;2026-07-31;Skadegörelse;Storgatan 3;Testby;;;14;;;mötte ") + canary +
              " vid dörren\n",
          std::string("K1;fel datum;okänd typ;Storgatan 3;Testby;;;") + canary + ";;;\n"}) {
      const RejectedImportRow rejected = Rejection(row);
      EXPECT_EQ(rejected.reason, "PERSONAL_DATA") << row;
      EXPECT_THAT(rejected.message, AllOf(HasSubstr(rejected.column), HasSubstr("Personuppgifter"))) << row;
      EXPECT_THAT(rejected.message, Not(HasSubstr(canary)));
      EXPECT_FALSE(rejected.column.empty());
      store->UndoImport(store->ListImports(0, 100).items.back().id);
    }
  }
}

TEST_F(ImportIncidentsOf, AHeaderThatIsPersonalDataIsNotShown) {
  ImportRequest request = Request("");
  std::string header = kHeader;
  header.replace(header.find("Anteckning"), 12, "19900101-1239");
  request.file = folder.Write("delivery.csv", header + "\nK1;2026-07-31;Stöld;;;;;;;;070-123 45 67\n");
  const ImportOutcome outcome = ImportIncidents(*store, request);
  ASSERT_THAT(outcome.rejected_preview, SizeIs(1));
  EXPECT_EQ(outcome.rejected_preview[0].column, "kolumn 11");
  EXPECT_THAT(outcome.rejected_preview[0].message, Not(HasSubstr("19900101")));
}

TEST_F(ImportIncidentsOf, PersonalDataLeavesNoByteInTheStore) {
  store = OpenSqliteStore(folder / "s.db");
  FillRegisters(*store);
  const std::string number = "19900101-1239", place = "Kanariegatan 4711 C";
  const ImportOutcome outcome = Import("K1;2026-07-31;Stöld;Storgatan 3;Testby;;;14;;;" + number +
                                       "\nK2;2026-07-31;Stöld;" + place + ";Testby;;;14;;;\n");
  EXPECT_EQ(outcome.batch.incidents.rejected, 1);
  EXPECT_THAT(store->ListUnresolved(0, 10).items, SizeIs(1));
  const auto bytes = [&] {
    std::string all;
    for (const char* name : {"s.db", "s.db-wal", "s.db-shm"}) all += ReadBytes(folder / name);
    return all;
  };
  EXPECT_THAT(bytes(), Not(HasSubstr(number)));
  EXPECT_THAT(bytes(), HasSubstr(place)) << "until it is resolved, at most 90 days";
  store->UndoImport(outcome.batch.id);
  EXPECT_THAT(bytes(), Not(HasSubstr(place)));
}

TEST_F(ImportIncidentsOf, AnUnresolvedPlaceWaitsNinetyDaysInTheQueue) {
  Import(
      "K1;2026-07-31;Stöld;Påhittade vägen 3;Testby;;;14;;;\n"
      "K2;2026-07-31;Stöld;Storgatan 3;Testby;;;14;;;\n");
  const Page<UnresolvedPlace> queue = store->ListUnresolved(0, 10);
  ASSERT_THAT(queue.items, SizeIs(1));
  EXPECT_EQ(queue.items[0].text, "Påhittade vägen 3");
  EXPECT_EQ(queue.items[0].locality, "Testby");
  EXPECT_EQ(queue.items[0].reason, "NOT_FOUND");
  EXPECT_EQ(queue.items[0].expires_on, "2027-01-03");
  EXPECT_THAT(queue.items[0].place_key, SizeIs(64));
  EXPECT_EQ(store->ExpireUnresolved("2027-01-03"), 1);
}

TEST_F(ImportIncidentsOf, TheSamePlaceHasTheSameKeyAndNoOther) {
  Import(
      "K1;2026-07-31;Stöld;Storgatan 3;Testby;;;14;;;\n"
      "K2;2026-08-31;Skadegörelse;STORGATAN  3;testby;;;15;;;\n"
      "K3;2026-08-31;Skadegörelse;Storgatan 5;Testby;;;15;;;\n"
      "K4;2026-08-31;Skadegörelse;;;;;15;;;\n");
  const auto stored = store->ListIncidents({{2026, 3}, {2026, 3}, {}, {}, {}}, 0, 10).items;
  ASSERT_THAT(stored, SizeIs(4));
  EXPECT_EQ(stored[0].place_key, stored[1].place_key);
  EXPECT_NE(stored[0].place_key, stored[2].place_key);
  EXPECT_EQ(stored[3].place_key, "");
  EXPECT_THAT(stored[0].place_key, Not(HasSubstr("torgatan")));
}

TEST_F(ImportIncidentsOf, ValidateOnlyCountsAndStoresNothing) {
  ImportRequest request = Request("K1;2026-07-31;Stöld;Okänd 1;Testby;;;14;;;\nK2;fel;Stöld;;;;;;;;\n");
  request.validate_only = true;
  const DataVersion before = store->CurrentDataVersion();
  const ImportOutcome outcome = ImportIncidents(*store, request);
  EXPECT_EQ(outcome.batch.id, 0);
  EXPECT_EQ(outcome.batch.incidents.accepted, 1);
  EXPECT_THAT(outcome.rejected_preview, SizeIs(1));
  EXPECT_THAT(Stored(), IsEmpty());
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
  EXPECT_EQ(store->CurrentDataVersion().number, before.number);
}

TEST_F(ImportIncidentsOf, OnlyTheFirstTwentyRejectionsAreInThePreview) {
  std::string rows;
  for (int i = 0; i < 25; ++i) rows += "K" + std::to_string(i) + ";fel;Stöld;;;;;;;;\n";
  const ImportOutcome outcome = Import(rows);
  EXPECT_THAT(outcome.rejected_preview, SizeIs(20));
  EXPECT_THAT(store->ListRejectedRows(outcome.batch.id, 0, 100).items, SizeIs(25));
}

TEST_F(ImportIncidentsOf, AStoppedImportStoresNothing) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(ImportIncidents(*store, Request("K1;2026-07-31;Stöld;;;;;;;;\n"), stop.get_token()),
               geo::Cancelled);
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
}

TEST_F(ImportIncidentsOf, AnUnknownReporterOrMissingBoundaryIsNotReady) {
  ImportRequest request = Request("");
  request.reporter = "ingen";
  EXPECT_THROW(ImportIncidents(*store, request), NotReady);
  store = NewMemoryStore();
  store->PutReporter({"polisen", "Polisen", ReporterKind::kPolice, "", ""});
  try {
    ImportIncidents(*store, Request("K1;2026-07-31;Stöld;;;;;;;;\n"));
    FAIL() << "imported into nowhere";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "NO_MUNICIPALITY");
  }
}

TEST_F(ImportIncidentsOf, EveryMissingColumnIsNamedAtOnce) {
  ImportRequest request = Request("");
  request.file = folder.Write("delivery.csv", "Ärende;Datum;Gata;Ort;E;N;Ålder;Misstänkt\nK1;;;;;;;\n");
  try {
    ImportIncidents(*store, request);
    FAIL() << "imported a file that lacks columns";
  } catch (const InvalidRequest& error) {
    ASSERT_THAT(error.violations, SizeIs(2));
    EXPECT_EQ(error.violations[0].field, "mapping.columns.category");
    EXPECT_THAT(error.violations[0].description, HasSubstr("Händelse"));
    EXPECT_EQ(error.violations[1].field, "mapping.persons.count");
  }
}

TEST_F(ImportIncidentsOf, SuspectsComeFromThePoliceOnly) {
  ImportRequest request = Request("K1;2026-07-31;Stöld;;;;;;;16;\n");
  request.reporter = "skolan";
  EXPECT_THROW(ImportIncidents(*store, request), InvalidRequest);
}

TEST_F(ImportIncidentsOf, CompaniesHousingAndAssociationsDeliverNoAges) {
  for (const char* reporter : {"butiken", "bostaden", "foreningen"}) {
    ImportRequest request = Request("K1;2026-07-31;Stöld;;;;;14;;;\n");
    request.mapping_toml.erase(request.mapping_toml.rfind("[[persons]]"));
    request.reporter = reporter;
    EXPECT_THROW(ImportIncidents(*store, request), InvalidRequest) << reporter;
  }
}

TEST_F(ImportIncidentsOf, AFileThatIsNotThereIsAnIoError) {
  ImportRequest request = Request("");
  request.file = folder / "missing.csv";
  EXPECT_THROW(ImportIncidents(*store, request), maps::IoError);
}

TEST_F(ImportIncidentsOf, TheFileNameIsKeptWithoutFoldersAndPersonalData) {
  ImportRequest request = Request("K1;2026-07-31;Stöld;;;;;;;;\n");
  request.file_name = "C:\\Users\\Karin\\Q3 rapport.csv";
  EXPECT_EQ(ImportIncidents(*store, request).batch.file_name, "Q3 rapport.csv");
  request = Request("K2;2026-07-31;Stöld;;;;;;;;\n");
  request.file_name = "../../19900101-1239.csv";
  EXPECT_EQ(ImportIncidents(*store, request).batch.file_name, "leverans.csv");
}

TEST_F(ImportIncidentsOf, TwoStoresWithTheSameFilesHashEquallyWhateverTheOrder) {
  const std::string first = "K1;2026-07-31;Stöld;Storgatan 3;Testby;;;14;;;\n",
                    second = "K2;2026-08-31;Stöld;Storgatan 5;Testby;;;;;;\n";
  Import(first);
  Import(second);
  const std::string hash = store->CurrentDataVersion().hash;
  store = OpenSqliteStore(folder / "s.db");
  FillRegisters(*store);
  Import(second);
  EXPECT_NE(store->CurrentDataVersion().hash, hash);
  Import(first);
  EXPECT_EQ(store->CurrentDataVersion().hash, hash);
}

TEST_F(ImportIncidentsOf, ProgressGrowsToTheNumberOfRows) {
  std::string rows;
  for (int i = 0; i < 2500; ++i) rows += "K" + std::to_string(i) + ";2026-07-31;Stöld;;;;;;;;\n";
  std::vector<std::int64_t> seen;
  ImportIncidents(*store, Request(rows), {}, [&](std::int64_t read) { seen.push_back(read); });
  EXPECT_THAT(seen, ElementsAre(1000, 2000, 2500));
}

TEST_F(ImportIncidentsOf, WaitsWithAnUndoUntilARunningImportHasEnded) {
  const std::string row = "K1;2026-07-01;Skadegörelse;Storgatan 1;Testby;;;14;;;\n";
  const std::int64_t first = Import(row).batch.id;
  std::thread undo;
  bool refused = false;
  const ImportRequest second = Request(row + "K2;2026-07-02;Skadegörelse;Storgatan 2;Testby;;;14;;;\n");
  const ImportOutcome outcome = ImportIncidents(*store, second, {}, [&](std::int64_t) {
    if (undo.joinable()) return;
    undo = std::thread([&] {
      try {
        UndoImport(*store, first);
      } catch (const NotReady& e) {
        refused = e.reason == "DUPLICATES_ELSEWHERE";
      }
    });
  });
  undo.join();
  EXPECT_EQ(outcome.batch.incidents.duplicate, 1);
  EXPECT_TRUE(refused);
  EXPECT_THAT(Stored(), SizeIs(2)) << "every row that was delivered is still there";
}

TEST_F(ImportIncidentsOf, HearsACancelWhileItWaitsForAnotherImport) {
  const std::lock_guard held(store->import_mutex());
  std::stop_source gone;
  gone.request_stop();
  EXPECT_THROW(ImportIncidents(*store, Request("K1;2026-07-01;Skadegörelse;Storgatan 1;Testby;;;14;;;\n"),
                               gone.get_token()),
               geo::Cancelled);
  EXPECT_THROW(UndoImport(*store, 1, gone.get_token()), geo::Cancelled);
}

}  // namespace
}  // namespace lagesbild::service
