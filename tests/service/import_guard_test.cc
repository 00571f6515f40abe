#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "service/errors.h"
#include "service/import.h"
#include "tests/service/support.h"

// What must not get in: personal data spread over cells, dwellings from those who may not deliver them, rows
// that only look whole.

namespace lagesbild::service {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kMapping = R"toml(
[mapping]
version = 1
name = "delad"
[file]
format = "csv"
delimiter = ";"
[columns]
date = "Datum"
category = "Händelse"
address = ["Gata", "Nr"]
locality = "Ort"
postcode = "Postnr"
[time]
formats = ["%Y-%m-%d"]
zone = "Europe/Stockholm"
[category.values]
"Skadegörelse" = "VANDALISM"
"Klotter" = "VANDALISM"
)toml";

constexpr const char* kHeader = "Datum;Händelse;Gata;Nr;Ort;Postnr\n";

class ImportGuard : public testing::Test {
 protected:
  void SetUp() override {
    store = OpenSqliteStore(folder / "s.db");
    FillRegisters(*store);
  }
  ImportOutcome Import(const std::string& table, const std::string& reporter = "skolan",
                       const std::string& mapping = kMapping) {
    ImportRequest request;
    request.reporter = reporter;
    request.file = folder.Write("delivery.csv", table);
    request.file_name = "leverans.csv";
    request.mapping_toml = mapping;
    request.now = "2026-10-05T08:00:00Z";
    return ImportIncidents(*store, request);
  }
  ImportOutcome Rows(const std::string& rows, const std::string& reporter = "skolan") {
    return Import(kHeader + rows, reporter);
  }
  /// The message with which the only row is rejected.
  std::string Message(const std::string& table, const std::string& mapping = kMapping) {
    const ImportOutcome outcome = Import(table, "skolan", mapping);
    EXPECT_THAT(outcome.rejected_preview, SizeIs(1));
    if (outcome.rejected_preview.empty()) return {};
    EXPECT_EQ(outcome.rejected_preview[0].reason, "BAD_ROW");
    return outcome.rejected_preview[0].message;
  }
  std::vector<geo::Incident> Stored() { return store->Select({{1990, 1}, {2100, 4}, {}, {}, {}}); }
  std::string Bytes() const {
    std::string all;
    for (const char* name : {"s.db", "s.db-wal", "s.db-shm"}) all += ReadBytes(folder / name);
    return all;
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

TEST_F(ImportGuard, StopsPersonalDataThatIsSpreadOverCells) {
  for (const char* row :
       {"Canary3 070;1234567;Testby;", "Canary3 900101;2384;Testby;", "Canary3 900101;2385;Testby;",
        "Canary3 90010;12385;Testby;", "Canary3;1;kalle Karlsson 070;1234567", ";070 1234567;Canary3;",
        "Canary3 kalle;@exempel.se;Testby;", "Canary3 070;;1234567;"}) {
    const ImportOutcome outcome = Rows(std::string("2026-07-31;Skadegörelse;") + row + "\n");
    ASSERT_THAT(outcome.rejected_preview, SizeIs(1)) << row;
    EXPECT_EQ(outcome.rejected_preview[0].reason, "PERSONAL_DATA") << row;
    EXPECT_THAT(outcome.rejected_preview[0].message,
                AllOf(HasSubstr("Personuppgifter"), Not(HasSubstr("anary"))));
    EXPECT_EQ(outcome.batch.incidents.accepted, 0);
  }
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
  for (const char* text : {"Canary3", "1234567", "Karlsson", "exempel.se"})
    EXPECT_THAT(Bytes(), Not(HasSubstr(text)));
}

TEST_F(ImportGuard, LetsOrdinaryAddressesPass) {
  const ImportOutcome outcome = Rows(
      "2026-07-31;Skadegörelse;Storgatan;3;Testby;744 30\n"
      "2026-07-31;Klotter;Horrsta 1:23;;Testby;74430\n"
      "2026-07-30;Klotter;Storgatan 10-12;;Testby;744 30\n"
      "2026-07-29;Klotter;Väg 272;08;Testby;744 30\n"
      "2026-07-28;Klotter;Päronvägen;070;Testby;744 30\n");
  EXPECT_EQ(outcome.batch.incidents.accepted, 5);
}

TEST_F(ImportGuard, PutsNoPersonalDataOfTheMappingIntoTheQueue) {
  std::string mapping = kMapping;
  mapping.replace(mapping.find("locality = \"Ort\"\n"), 17, "");
  mapping += "[place]\ndefault_locality = \"kalle@exempel.se\"\n";
  const ImportOutcome outcome =
      Import("Datum;Händelse;Gata;Nr;Postnr\n2026-07-31;Skadegörelse;Okända vägen;1;\n", "skolan", mapping);
  EXPECT_EQ(outcome.batch.incidents.unplaced, 1);
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
}

TEST_F(ImportGuard, TakesACoordinateWithDecimalsForNoPersonalNumber) {
  std::string mapping = kMapping;
  mapping.replace(mapping.find("[time]"), 6,
                  "easting = \"E\"\nnorthing = \"N\"\n[coordinates]\nepsg = 3006\n[time]");
  const std::string header = "Datum;Händelse;Gata;Nr;Ort;Postnr;E;N\n";
  // A date of birth and its check digit: 60 12 01, 2388.
  const ImportOutcome outcome =
      Import(header + "2026-07-31;Skadegörelse;;;;;601201.2388;6650002\n", "skolan", mapping);
  EXPECT_EQ(outcome.batch.incidents.placed, 1)
      << (outcome.rejected_preview.empty() ? "" : outcome.rejected_preview[0].message);
}

TEST_F(ImportGuard, StoresDwellingsOfCompaniesHousingAndAssociationsAtTheirStreet) {
  for (const char* reporter : {"butiken", "bostaden", "foreningen", "skolan"})
    EXPECT_EQ(Rows("2026-07-31;Skadegörelse;Storgatan;3;Testby;\n", reporter).batch.incidents.placed, 1);
  for (const geo::Incident& incident : Stored()) {
    const bool school = incident.reporter == "skolan";
    EXPECT_EQ(incident.level, school ? geo::MatchLevel::kAddressPoint : geo::MatchLevel::kStreet);
    EXPECT_EQ(incident.position, school ? At(604600, 6650000) : At(605000, 6650000)) << incident.reporter;
    EXPECT_GE(incident.accuracy_radius.value(), school ? 10 : 366);
  }
  for (const auto& stored : store->ListIncidents({{2026, 3}, {2026, 3}, {}, {}, {}}, 0, 10).items)
    EXPECT_EQ(stored.place_key.empty(), stored.incident.reporter != "skolan");
}

TEST_F(ImportGuard, KeepsThePlacesThatCompaniesName) {
  Rows("2026-07-31;Skadegörelse;Testby skola;;Testby;\n", "butiken");
  ASSERT_THAT(Stored(), SizeIs(1));
  EXPECT_EQ(Stored()[0].level, geo::MatchLevel::kPoi);
  EXPECT_EQ(Stored()[0].position, At(605500, 6650500));
}

TEST_F(ImportGuard, RefusesCoordinatesFromCompaniesHousingAndAssociations) {
  std::string mapping = kMapping;
  mapping.replace(mapping.find("[time]"), 6,
                  "easting = \"E\"\nnorthing = \"N\"\n[coordinates]\nepsg = 3006\n[time]");
  for (const char* reporter : {"butiken", "bostaden", "foreningen"}) try {
      Import("Datum;Händelse;Gata;Nr;Ort;Postnr;E;N\n", reporter, mapping);
      FAIL() << reporter << " delivered coordinates";
    } catch (const InvalidRequest& error) {
      ASSERT_THAT(error.violations, SizeIs(1));
      EXPECT_EQ(error.violations[0].field, "mapping.columns.easting");
    }
}

TEST_F(ImportGuard, SaysWhyARowCannotBeRead) {
  EXPECT_THAT(Message(std::string(kHeader) + "2026-07-31;Skadegörelse;a;b;c;d;e;f\n"),
              AllOf(HasSubstr("8 celler"), HasSubstr("6 kolumner")));
  EXPECT_THAT(Message(std::string(kHeader) + "2026-07-31;Skadegörelse\n"),
              HasSubstr("raden har 2 av 6 kolumner"));
  EXPECT_THAT(Message(std::string(kHeader) + "2026-07-31;Skade" + std::string(1, '\0') + ";a;b;c;d\n"),
              HasSubstr("NUL"));
  EXPECT_THAT(Message(std::string(kHeader) + "2026-07-31;" + std::string(1'100'000, 'x') + ";a;b;c;d\n"),
              HasSubstr("1 MiB"));
  EXPECT_THAT(Message(std::string(kHeader) + "2026-07-31;\"Skade;a;b;c;d\n"), HasSubstr("citattecken"));
  std::string utf8 = kMapping;
  utf8.replace(utf8.find("delimiter"), 0, "encoding = \"utf-8\"\n");
  EXPECT_THAT(Message(std::string(kHeader) + "2026-07-31;Skade\xFFg;a;b;c;d\n", utf8),
              HasSubstr("teckenkodning"));
}

TEST_F(ImportGuard, TakesMissingCellsAtTheEndForEmpty) {
  EXPECT_EQ(Rows("2026-07-31;Skadegörelse;Storgatan 3\n").batch.incidents.placed, 1);
}

TEST_F(ImportGuard, AsksForTheDelimiterWhenTheHeaderIsOneColumn) {
  try {
    Import("Datum,Händelse,Gata,Nr,Ort,Postnr\n2026-07-31,Skadegörelse,Storgatan,3,Testby,\n");
    FAIL() << "read a file with a wrong delimiter";
  } catch (const InvalidRequest& error) {
    EXPECT_EQ(error.violations.at(0).field, "mapping.file.delimiter");
    EXPECT_THAT(error.violations.at(0).description,
                HasSubstr("the header has 1 column; the file looks separated by comma"));
    EXPECT_THAT(error.violations.at(0).description_sv,
                HasSubstr("rubrikraden har 1 kolumn; filens skiljetecken ser ut att vara komma"));
    EXPECT_THAT(error.violations, SizeIs(7));
  }
}

TEST_F(ImportGuard, KnowsARowAgainWhenItsCategoryIsMappedAnew) {
  const std::string row = "2026-07-31;Klotter;Storgatan;3;Testby;\n";
  EXPECT_EQ(Rows(row).batch.incidents.accepted, 1);
  std::string corrected = kMapping;
  corrected.replace(corrected.find("\"Klotter\" = \"VANDALISM\""), 23, "\"Klotter\" = \"DISORDER\"");
  const ImportOutcome again = Import(kHeader + row, "skolan", corrected);
  EXPECT_EQ(again.batch.incidents.duplicate, 1);
  EXPECT_EQ(again.batch.incidents.accepted, 0);
  EXPECT_EQ(Rows("2026-07-31;Skadegörelse;Storgatan;3;Testby;\n").batch.incidents.accepted, 1)
      << "another word is another row";
}

}  // namespace
}  // namespace lagesbild::service
