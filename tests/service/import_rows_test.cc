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

TEST_F(ImportIncidentsOf, AnInstantAtNewYearIsCountedInTheLocalQuarter) {
  const ImportOutcome outcome = Import(
      "K1;2025-12-31T23:30:00Z;Stöld;;;;;;;;\n"
      "K2;2025-12-31T22:30:00Z;Stöld;;;;;;;;\n"
      "K3;2026-06-30T22:30:00Z;Stöld;;;;;;;;\n"
      "K4;2026-03-31;Stöld;;;;;;;;\n");
  EXPECT_EQ(outcome.batch.incidents.accepted, 4);
  EXPECT_THAT(outcome.batch.quarters, ElementsAre("2025Q4", "2026Q1", "2026Q3"));
}

TEST_F(ImportIncidentsOf, ADateThatIsWrongMissingOrInTheFutureIsRejected) {
  for (const char* date : {"2026-02-30", "31/7 2026", "", "okänd", "2026-10-06", "1926-07-31"}) {
    const RejectedImportRow rejected = Rejection(std::string("K1;") + date + ";Stöld;;;;;14;;;\n");
    EXPECT_EQ(rejected.reason, "BAD_DATE") << date;
    EXPECT_EQ(rejected.column, "Datum");
    EXPECT_EQ(rejected.row, 2);
    EXPECT_THAT(rejected.message, HasSubstr("Datum"));
  }
  EXPECT_EQ(Import("K1;2026-10-05;Stöld;;;;;14;;;\n").batch.incidents.accepted, 1) << "today is no future";
}

TEST_F(ImportIncidentsOf, TodayIsTheLocalDay) {
  ImportRequest request = Request("K1;2026-10-06;Stöld;;;;;14;;;\n");
  request.now = "2026-10-05T22:30:00Z";  // half past midnight in Sweden
  EXPECT_EQ(ImportIncidents(*store, request).batch.incidents.accepted, 1);
}

TEST_F(ImportIncidentsOf, AnUnknownCategoryIsRejectedWithoutSayingTheWord) {
  const RejectedImportRow rejected = Rejection("K1;2026-07-31;Grannen stökar;;;;;14;;;\n");
  EXPECT_EQ(rejected.reason, "UNKNOWN_CATEGORY");
  EXPECT_EQ(rejected.column, "Händelse");
  EXPECT_THAT(rejected.message, AllOf(HasSubstr("[category.values]"), Not(HasSubstr("Grannen"))));
  EXPECT_EQ(Rejection("K1;2026-07-31;;;;;;14;;;\n").reason, "UNKNOWN_CATEGORY");
}

TEST_F(ImportIncidentsOf, ANameOrAnAccountStopsTheRowWhereverItStands) {
  for (const char* row :
       {"K1;2026-07-31;Fru Svensson stökar;;;;;14;;;\n",
        "K1;2026-07-31;Stöld;Anna Berg, Tingsgatan 2;;;;14;;;\n", "K1;2026-07-31;Stöld;hos Anna;;;;14;;;\n",
        "K1;2026-07-31;snap: kalle;;;;;14;;;\n"}) {
    const RejectedImportRow rejected = Rejection(row);
    EXPECT_EQ(rejected.reason, "PERSONAL_DATA") << row;
    EXPECT_THAT(rejected.message, AllOf(HasSubstr("namn"), Not(HasSubstr("Svensson")), Not(HasSubstr("Anna")),
                                        Not(HasSubstr("kalle"))));
  }
}

TEST_F(ImportIncidentsOf, AnUnreadableAgeOrCountIsRejected) {
  const RejectedImportRow age = Rejection("K1;2026-07-31;Stöld;;;;;17b;;;\n");
  EXPECT_EQ(age.reason, "BAD_AGE");
  EXPECT_EQ(age.column, "Ålder");
  EXPECT_THAT(age.message, Not(HasSubstr("17b")));
  for (const char* count : {"många", "-1", "1,5", "100000"}) {
    const RejectedImportRow rejected = Rejection(std::string("K1;2026-07-31;Stöld;;;;;14;") + count + ";;\n");
    EXPECT_EQ(rejected.reason, "BAD_COUNT") << count;
    EXPECT_EQ(rejected.column, "Antal");
  }
}

TEST_F(ImportIncidentsOf, ARowThatCannotBeReadIsRejectedWithItsNumber) {
  const ImportOutcome outcome = Import(
      "K1;2026-07-31;Stöld;;;;;14;;;\n"
      "K2;2026-07-31;Stöld;;;;;14;;;;;;;;;;för;många;celler\n");
  EXPECT_EQ(outcome.batch.incidents.accepted, 1);
  ASSERT_THAT(outcome.rejected_preview, SizeIs(1));
  EXPECT_EQ(outcome.rejected_preview[0].reason, "BAD_ROW");
  EXPECT_EQ(outcome.rejected_preview[0].row, 3);
  EXPECT_EQ(outcome.rejected_preview[0].column, "");
}

TEST_F(ImportIncidentsOf, YoungSuspectsAreStoredAsInvolved) {
  Import(
      "K1;2026-07-31;Stöld;;;;;;;14;\n"
      "K2;2026-07-31;Stöld;;;;;;;15;\n"
      "K3;2026-07-31;Stöld;;;;;;;13-17;\n"
      "K4;2026-07-31;Stöld;;;;;;;okänd;\n");
  const std::vector<geo::Incident> stored = Stored();
  ASSERT_THAT(stored, SizeIs(4));
  EXPECT_EQ(stored[0].persons.at(0).role, geo::AgeRole::kInvolved);
  EXPECT_EQ(stored[1].persons.at(0).role, geo::AgeRole::kSuspect);
  EXPECT_EQ(stored[2].persons.at(0).role, geo::AgeRole::kInvolved) << "may be under 15";
  EXPECT_THAT(stored[3].persons, IsEmpty()) << "no age, no count: nobody is known";
}

TEST_F(ImportIncidentsOf, ACountMultipliesThePersonAndStandsForMissingAges) {
  Import(
      "K1;2026-07-31;Stöld;;;;;högstadiet;3;;\n"
      "K2;2026-07-31;Stöld;;;;;;2;;\n");
  const std::vector<geo::Incident> stored = Stored();
  ASSERT_THAT(stored, SizeIs(2));
  ASSERT_THAT(stored[0].persons, SizeIs(3));
  EXPECT_EQ(geo::SpanCode(geo::DefaultAgeScheme(), stored[0].persons[2].age), "13-15");
  ASSERT_THAT(stored[1].persons, SizeIs(2));
  EXPECT_FALSE(stored[1].persons[0].age.known());
}

TEST_F(ImportIncidentsOf, DigitalIncidentsNeverGetAPosition) {
  Import(
      "K1;2026-07-31;Nätkränkning;Storgatan 3;Testby;605000;6650000;14;;;\n"
      "K2;2026-07-31;Stöld;Snapchat;;;;14;;;\n");
  for (const geo::Incident& incident : Stored()) {
    EXPECT_EQ(incident.place, geo::PlaceKind::kDigital);
    EXPECT_FALSE(incident.has_position);
  }
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
}

TEST_F(ImportIncidentsOf, CoordinatesWinOverTheAddressWhenBothAreThere) {
  const geo::Incident incident = Only("K1;2026-07-31;Stöld;Storgatan 3;Testby;605001;6650002;14;;;\n");
  EXPECT_EQ(incident.level, geo::MatchLevel::kCoordinate);
  EXPECT_EQ(incident.position, At(605001, 6650002));
}

TEST_F(ImportIncidentsOf, HalfACoordinateLeavesTheAddress) {
  EXPECT_EQ(Only("K1;2026-07-31;Stöld;Storgatan 3;Testby;605001;;14;;;\n").position, At(604600, 6650000));
}

TEST_F(ImportIncidentsOf, CoordinatesThatCannotBeMeantAreRejectedWithASuggestion) {
  const struct {
    const char *easting, *northing, *suggestion;
  } cases[] = {{"6650002", "605001", "omkastade"},
               {"16.88", "59.98", "epsg = 4326"},
               {"605001", "7650002", "inte i närheten"},
               {"här", "6650002", "inte tal"}};
  for (const auto& [easting, northing, suggestion] : cases) {
    const RejectedImportRow rejected = Rejection(std::string("K1;2026-07-31;Stöld;Storgatan 3;Testby;") +
                                                 easting + ";" + northing + ";14;;;\n");
    EXPECT_EQ(rejected.reason, "BAD_COORDINATE") << suggestion;
    EXPECT_EQ(rejected.column, "E");
    EXPECT_THAT(rejected.message, HasSubstr(suggestion));
  }
}

TEST_F(ImportIncidentsOf, APositionOutsideTheBoundaryIsUnplacedAndKeptForTheBuffer) {
  const geo::Incident incident = Only("K1;2026-07-31;Stöld;;;621001;6650002;14;;;\n");
  EXPECT_EQ(incident.place, geo::PlaceKind::kUnplaced);
  EXPECT_EQ(incident.reason, geo::UnplacedReason::kOutside);
  EXPECT_TRUE(incident.has_position);
  EXPECT_EQ(incident.position, At(621001, 6650002));
  EXPECT_EQ(store->ListImports(0, 1).items.at(0).incidents.outside, 1);
}

TEST_F(ImportIncidentsOf, ARowWithoutAPlaceIsAcceptedAndUnplaced) {
  const geo::Incident incident = Only("K1;2026-07-31;Stöld;okänd;;;;14;;;\n");
  EXPECT_EQ(incident.place, geo::PlaceKind::kUnplaced);
  EXPECT_EQ(incident.reason, geo::UnplacedReason::kNoPlaceGiven);
  EXPECT_THAT(store->ListUnresolved(0, 10).items, IsEmpty());
}

TEST_F(ImportIncidentsOf, ALocalityAloneIsPlacedCoarsely) {
  const geo::Incident incident = Only("K1;2026-07-31;Stöld;;Testby;;;14;;;\n");
  EXPECT_EQ(incident.place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(incident.level, geo::MatchLevel::kLocality);
  EXPECT_EQ(store->ListImports(0, 1).items.at(0).incidents.too_coarse, 1);
}

TEST_F(ImportIncidentsOf, TheHomeLocalityOfTheReporterIsTheContext) {
  ImportRequest request;
  request.reporter = "skolan";
  request.now = "2026-10-05T08:00:00Z";
  request.mapping_toml = kSimple;
  request.file = folder.Write("s.csv", "Datum;Händelse;Plats\n2026-07-01;Skadegörelse;Storgatan 7\n");
  EXPECT_EQ(ImportIncidents(*store, request).batch.incidents.placed, 1);
  EXPECT_EQ(Stored().at(0).position, At(605400, 6650000));
}

TEST_F(ImportIncidentsOf, PerceivedUnsafetyIsStoredAndCountedAmongTheRows) {
  const ImportOutcome outcome = Import("K1;2026-07-31;Otrygghet;Storgatan 3;Testby;;;14;;;\n");
  EXPECT_EQ(outcome.batch.incidents.accepted, 1);
  EXPECT_EQ(Stored().at(0).category, geo::Category::kPerceivedUnsafety);
}

}  // namespace
}  // namespace lagesbild::service
