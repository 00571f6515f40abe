#include <map>
#include <random>

#include "service/data_version.h"
#include "tests/service/import_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kRows = R"toml(
[mapping]
version = 1
name = "polisen"
[file]
format = "csv"
delimiter = ";"
[columns]
incident_key = "Ärende"
date = "Datum"
time = "Tid"
category = "Händelse"
address = ["Gata"]
[time]
formats = ["%Y-%m-%d"]
[category.values]
"Skadegörelse" = "VANDALISM"
"Stöld" = "THEFT"
[[persons]]
role = "victim"
age = "Ålder"
)toml";

std::string PersonRows() {
  std::string mapping = kRows;
  return mapping.insert(mapping.find("name ="), "rows = \"persons\"\n");
}

class CorrectionsIn : public OnBothStores {
 protected:
  std::unique_ptr<Store> Open(const std::string& name) { return FilledStore(folder, GetParam(), name); }
  ImportRequest Request(const std::string& rows, const std::string& mapping = kRows) {
    return Delivery(folder, "Ärende;Datum;Tid;Händelse;Gata;Ålder\n" + rows, mapping);
  }
  ImportOutcome Import(const std::string& rows, const std::string& mapping = kRows) {
    return ImportInto(*store, rows, mapping);
  }
  ImportOutcome ImportInto(Store& into, const std::string& rows, const std::string& mapping = kRows) {
    return ImportIncidents(into, Request(rows, mapping));
  }

  /// In every unit and age group, what is accepted and not superseded is what is in use.
  void ExpectReconciled() {
    const geo::AgeScheme scheme = store->CurrentAgeScheme();
    std::vector<geo::GroupTally> sums(scheme.groups.size());
    for (const ImportBatch& batch : store->ListImports(0, 1000).items) {
      EXPECT_TRUE(batch.incidents.Reconciles() && batch.persons.Reconciles());
      for (std::size_t i = 0; i < batch.groups.size(); ++i) {
        EXPECT_TRUE(batch.groups[i].incidents.Reconciles() && batch.groups[i].persons.Reconciles());
        if (batch.undone) continue;
        sums[i].incidents += batch.groups[i].incidents;
        sums[i].persons += batch.groups[i].persons;
      }
    }
    for (std::size_t i = 0; i < scheme.groups.size(); ++i) {
      std::int64_t incidents = 0, persons = 0;
      for (const geo::Incident& incident : Stored()) {
        incidents += geo::CountsInGroup(incident, scheme, scheme.groups[i], geo::RoleSelection::kAny);
        persons += geo::PersonsInGroup(incident, scheme, scheme.groups[i], geo::RoleSelection::kAny);
      }
      EXPECT_EQ(sums[i].incidents.accepted - sums[i].incidents.superseded, incidents) << i;
      EXPECT_EQ(sums[i].persons.accepted - sums[i].persons.superseded, persons) << i;
    }
    EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
  }
};

INSTANTIATE_TEST_SUITE_P(Of, CorrectionsIn, testing::Values("sqlite", "memory"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(CorrectionsIn, TheLaterRowReplacesTheStoredOneAndBothImportsTellIt) {
  const std::int64_t first = Import(
                                 "K1;2026-07-01;;Stöld;Storgatan 1;14\n"
                                 "K2;2026-07-02;;Stöld;Storgatan 3;20\n")
                                 .batch.id;
  const ImportBatch second = Import("K1;2026-07-01;;Skadegörelse;Storgatan 5;16\n").batch;
  EXPECT_EQ(second.incidents.accepted, 1);
  EXPECT_EQ(second.incidents.corrected, 1);
  EXPECT_EQ(second.incidents.duplicate, 0);
  const geo::Tally earlier = store->GetImport(first).incidents;
  EXPECT_EQ(earlier.accepted, 2) << "what was delivered stays counted";
  EXPECT_EQ(earlier.superseded, 1);
  EXPECT_EQ(store->GetImport(second.id).incidents, second.incidents);
  const std::vector<geo::Incident> stored = Stored();
  ASSERT_THAT(stored, SizeIs(2));
  EXPECT_EQ(stored[1].category, geo::Category::kVandalism);
  EXPECT_EQ(stored[1].position, At(605000, 6650000));
  ExpectReconciled();
}

TEST_P(CorrectionsIn, EqualContentStaysADuplicateWhateverTheTimeOfDay) {
  Import("K1;2026-07-01;;Stöld;Storgatan 1;14\n");
  const DataVersion before = store->CurrentDataVersion();
  const ImportBatch again = Import("K1;2026-07-01;22:15;stöld;storgatan  1;14\n").batch;
  EXPECT_EQ(again.incidents.duplicate, 1);
  EXPECT_EQ(again.incidents.corrected, 0);
  EXPECT_THAT(Stored(), SizeIs(1));
  ExpectReconciled();
}

TEST_P(CorrectionsIn, TwoStoriesUnderOneKeyInOneFileAreNotChosenBetween) {
  const ImportOutcome outcome = Import(
      "K1;2026-07-01;;Stöld;Storgatan 1;14\n"
      "K1;2026-07-01;;Stöld;Storgatan 1;14\n"
      "K1;2026-07-01;;Skadegörelse;Storgatan 1;14\n");
  EXPECT_EQ(outcome.batch.incidents.accepted, 1);
  EXPECT_EQ(outcome.batch.incidents.duplicate, 1);
  EXPECT_EQ(outcome.batch.incidents.rejected, 1);
  ASSERT_THAT(outcome.rejected_preview, SizeIs(1));
  EXPECT_EQ(outcome.rejected_preview[0].reason, "CONFLICTING_KEY");
  EXPECT_EQ(outcome.rejected_preview[0].row, 4);
  EXPECT_THAT(outcome.rejected_preview[0].message, HasSubstr("som rad 2"));
  EXPECT_EQ(Stored().at(0).category, geo::Category::kTheft);
  ExpectReconciled();
}

TEST_P(CorrectionsIn, WithoutAKeyOfItsOwnARowIsAnotherIncident) {
  Import(";2026-07-01;;Stöld;Storgatan 1;14\n");
  const ImportBatch second = Import(";2026-07-01;;Stöld;Storgatan 1;15\n").batch;
  EXPECT_EQ(second.incidents.corrected, 0);
  EXPECT_THAT(Stored(), SizeIs(2));
}

TEST_P(CorrectionsIn, UndoingTheCorrectionBringsTheEarlierVersionBackWithItsWaitingText) {
  const std::int64_t first = Import("K1;2026-07-01;;Stöld;bakom kiosken;14\n").batch.id;
  const std::string hash = store->CurrentDataVersion().hash;
  const std::int64_t id = Stored().at(0).id;
  const std::int64_t second = Import("K1;2026-04-01;;Stöld;Storgatan 1;14\n").batch.id;
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
  EXPECT_NE(Stored().at(0).id, id);
  UndoImport(*store, second);
  EXPECT_EQ(store->CurrentDataVersion().hash, hash);
  EXPECT_EQ(Stored().at(0).id, id);
  ASSERT_THAT(store->ListUnresolved(0, 10).items, SizeIs(1));
  EXPECT_EQ(store->ListUnresolved(0, 10).items[0].incident_id, id);
  EXPECT_EQ(store->GetImport(first).incidents.superseded, 0);
  ExpectReconciled();
}

TEST_P(CorrectionsIn, AWaitingTextExpiresThoughItsIncidentIsSuperseded) {
  Import("K1;2026-07-01;;Stöld;bakom kiosken;14\n");
  const std::int64_t second = Import("K1;2026-04-01;;Stöld;Storgatan 1;14\n").batch.id;
  EXPECT_EQ(store->ExpireUnresolved("2027-06-01"), 1);
  UndoImport(*store, second);
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
}

TEST_P(CorrectionsIn, AnImportThatALaterOneCorrectsIsNotUndoneBeforeThat) {
  const std::int64_t first = Import("K1;2026-07-01;;Stöld;Storgatan 1;14\n").batch.id;
  const std::int64_t second = Import("K1;2026-07-01;;Stöld;Storgatan 1;15\n").batch.id;
  try {
    UndoImport(*store, first);
    FAIL() << "undid what a later import corrects";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "CORRECTED_ELSEWHERE");
    EXPECT_THAT(error.what(), HasSubstr("imports/" + std::to_string(second) + " corrects 1 incident"));
  }
  UndoImport(*store, second);
  UndoImport(*store, first);
  EXPECT_THAT(Stored(), IsEmpty());
  ExpectReconciled();
}

TEST_P(CorrectionsIn, ADuplicateOfTheEarlierVersionDoesNotHoldTheCorrection) {
  const std::int64_t first = Import("K1;2026-07-01;;Stöld;Storgatan 1;14\n").batch.id;
  Import("K1;2026-07-01;;Stöld;Storgatan 1;14\nK2;2026-07-02;;Stöld;Storgatan 1;14\n");
  const std::int64_t third = Import("K1;2026-07-01;;Stöld;Storgatan 1;15\n").batch.id;
  EXPECT_NO_THROW(UndoImport(*store, third));
  EXPECT_THROW(UndoImport(*store, first), NotReady) << "the second left its row out because of this one";
  const std::int64_t again = Import("K1;2026-07-01;;Stöld;Storgatan 1;40\n").batch.id;
  Import("K1;2026-07-01;;Stöld;Storgatan 1;40\nK3;2026-07-02;;Stöld;Storgatan 1;14\n");
  EXPECT_THROW(UndoImport(*store, again), NotReady);
  ExpectReconciled();
}

TEST_P(CorrectionsIn, MovingTheDateMakesThePicturesOfBothQuartersStale) {
  Import("K1;2026-07-01;;Stöld;Storgatan 1;14\n");
  for (const char* quarter : {"2026Q1", "2026Q2", "2026Q3"}) {
    PictureRecord picture;
    picture.run_id = quarter;
    picture.quarter = quarter;
    picture.audience = "internal";
    store->AddPicture(picture);
  }
  const ImportBatch second = Import("K1;2026-04-01;;Stöld;Storgatan 1;14\n").batch;
  EXPECT_THAT(second.quarters, ElementsAre("2026Q2", "2026Q3"));
  EXPECT_FALSE(store->FindPicture("2026Q1", "internal")->stale);
  EXPECT_TRUE(store->FindPicture("2026Q2", "internal")->stale);
  EXPECT_TRUE(store->FindPicture("2026Q3", "internal")->stale);
  EXPECT_THAT(UndoImport(*store, second.id), SizeIs(2));
}

TEST_P(CorrectionsIn, OfRowsThatArePersonsReplaceTheWholeIncident) {
  const std::string persons = PersonRows();
  Import("K1;2026-07-01;;Stöld;Storgatan 1;14\nK1;2026-07-01;;Stöld;Storgatan 1;40\n", persons);
  EXPECT_EQ(Import("K1;2026-07-01;;Stöld;Storgatan 1;40\nK1;2026-07-01;;Stöld;Storgatan 1;14\n\n", persons)
                .batch.incidents.duplicate,
            1)
      << "the order of the persons says nothing";
  const ImportBatch third =
      Import(
          "K1;2026-07-01;;Stöld;Storgatan 1;14\nK1;2026-07-01;;Stöld;Storgatan 1;41\nK1;2026-07-01;;Stöld;"
          "Storgatan 1;8\n",
          persons)
          .batch;
  EXPECT_EQ(third.incidents.corrected, 1);
  EXPECT_EQ(third.persons.corrected, 3);
  ASSERT_THAT(Stored(), SizeIs(1));
  EXPECT_THAT(Stored()[0].persons, SizeIs(3));
  ExpectReconciled();
}

TEST_P(CorrectionsIn, ACorrectedMappingCorrectsWhatItReadWrong) {
  const std::string row = "K1;2026-07-01;;Stöld;Storgatan 1;14\n";
  Import(row);
  std::string mapping = kRows;
  mapping.replace(mapping.find("THEFT"), 5, "BURGLARY");
  EXPECT_EQ(Import(row, mapping).batch.incidents.corrected, 1);
  EXPECT_EQ(Stored().at(0).category, geo::Category::kBurglary);
}

TEST_P(CorrectionsIn, AreCountedButNotStoredWhenOnlyValidated) {
  Import("K1;2026-07-01;;Stöld;Storgatan 1;14\n");
  ImportRequest request = Request("K1;2026-07-02;;Stöld;Storgatan 1;14\n");
  request.validate_only = true;
  EXPECT_EQ(ImportIncidents(*store, request).batch.incidents.corrected, 1);
  EXPECT_EQ(Stored().at(0).date.day(), std::chrono::day{1});
}

TEST_P(CorrectionsIn, AStoreThatChangedMeanwhileTakesNothing) {
  Import("K1;2026-07-01;;Stöld;Storgatan 1;14\n");
  const auto [key, content] = *store->KnownIncidents("polisen").begin();
  StoredIncident same{Stored().at(0), key, "", 2, content, true};
  ImportBatch batch;
  batch.reporter = "polisen";
  batch.content_sha256 = "later";
  batch.incidents = {.read = 1, .accepted = 1, .placed = 1, .corrected = 1};
  EXPECT_THROW(store->AddImport(batch, {same}, {}, {}), StoreChanged) << "the same content corrects nothing";
  same.incident_key = "another";
  EXPECT_THROW(store->AddImport(batch, {same}, {}, {}), StoreChanged) << "there is nothing to correct";
  EXPECT_THAT(store->ListImports(0, 10).items, SizeIs(1));
}

std::string DigestOf(Store& store) {
  DigestSum sum;
  for (const geo::Incident& incident : store.Select({{1990, 1}, {2100, 4}, {}, {}, {}}))
    sum.Add(IncidentDigest(incident, store.CurrentAgeScheme()));
  return sum.bytes();
}

/// Whatever was imported, corrected and undone in between: the incidents in use are those of the last word on
/// each key.
TEST_P(CorrectionsIn, AnySequenceLeavesWhatImportingTheFinalStateLeaves) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t n) { return random() % n; };
    store = Open("sequence" + std::to_string(seed) + ".db");
    std::vector<std::pair<std::int64_t, std::map<std::string, std::string>>> imports;  // id, rows by key
    for (int step = 0; step < 40; ++step) {
      if (!imports.empty() && below(3) == 0) {
        const std::size_t which = below(imports.size());
        try {
          UndoImport(*store, imports[which].first);
          imports.erase(imports.begin() + static_cast<std::ptrdiff_t>(which));
        } catch (const NotReady&) {
          continue;  // corrected or repeated elsewhere: it stays
        }
      } else {
        std::map<std::string, std::string> rows;
        for (std::uint64_t i = 0; i <= below(4); ++i) {
          const std::string key = "K" + std::to_string(below(6));
          rows[key] = key + ";2026-0" + std::to_string(1 + below(9)) + "-01;;" +
                      (below(2) == 0 ? "Stöld" : "Skadegörelse") + ";Storgatan " +
                      std::to_string(1 + below(12)) + ";" + std::to_string(10 + below(20)) + "\n";
        }
        std::string text;
        for (const auto& [key, row] : rows) text += row;
        const ImportOutcome outcome = Import(text);
        if (!outcome.repeated) imports.emplace_back(outcome.batch.id, rows);
      }
    }
    std::map<std::string, std::string> last;
    for (const auto& [id, rows] : imports)
      for (const auto& [key, row] : rows) last[key] = row;
    std::string text;
    for (const auto& [key, row] : last) text += row;
    const auto fresh = Open("fresh" + std::to_string(seed) + ".db");
    if (!text.empty()) ImportInto(*fresh, text);
    EXPECT_EQ(DigestOf(*store), DigestOf(*fresh)) << "seed " << seed;
    ExpectReconciled();
  }
}

}  // namespace
}  // namespace lagesbild::service
