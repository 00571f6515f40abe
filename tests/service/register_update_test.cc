#include "service/register_update.h"

#include "service/municipality.h"
#include "service/register_age.h"
#include "tests/service/import_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kRows =
    "K1;2026-07-01;Skadegörelse;Storgatan 3;Testby;;;14;;;\n"
    "K2;2026-07-02;Skadegörelse;Storgatan 4;Testby;;;15;;;\n"
    "K3;2026-07-03;Skadegörelse;Nygatan 2;Testby;;;16;;;\n"
    "K4;2026-07-04;Skadegörelse;;;604600;6650000;17;;;\n"
    "K5;2026-04-04;Stöld;Storgatan 9;Testby;;;20;;;\n";

/// Storgatan 3 lies 30 m to the north, 4 is gone, 9 lies outside the boundary, and Nygatan 2 is new.
std::vector<geo::Address> NewAddresses() {
  std::vector<geo::Address> addresses = TestAddresses();
  addresses[2].position = At(604600, 6650030);
  addresses[8].position = At(625000, 6650000);
  addresses.erase(addresses.begin() + 3);
  geo::Address added = addresses[0];
  added.id = "N2";
  added.area = "Nygatan";
  added.number = 2;
  added.position = At(604900, 6650200);
  addresses.push_back(added);
  return addresses;
}

/// Compares with `addresses` as the new register.
RegisterUpdate Plan(Store& store, const std::vector<geo::Address>& addresses) {
  const Municipality before = *store.LoadMunicipality();
  return PlanUpdate(store, before, AssembleMunicipality(before, addresses, {}, {}), "addresses");
}

class RegisterUpdateIn : public OnBothStores {
 protected:
  RegisterUpdate Apply(const std::vector<geo::Address>& addresses) {
    RegisterUpdate update = Plan(*store, addresses);
    store->PutAddresses(Version("new"), geo::Epsg{3006}, addresses, update.changes);
    return update;
  }
};

INSTANTIATE_TEST_SUITE_P(Of, RegisterUpdateIn, testing::Values("sqlite", "memory"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(RegisterUpdateIn, ComparingAloneChangesNothing) {
  Deliver(*store, folder, kHeader + std::string(kRows), kPolice);
  const DataVersion before = store->CurrentDataVersion();
  EXPECT_THAT(Plan(*store, NewAddresses()).changes.incidents, SizeIs(3));
  EXPECT_EQ(store->CurrentDataVersion().hash, before.hash);
  EXPECT_EQ(store->CurrentDataVersion().number, before.number);
  EXPECT_THAT(Waiting(), SizeIs(1));
}

TEST_P(RegisterUpdateIn, MovesWhoFollowsAnAddressAndTellsItPerQuarter) {
  const std::int64_t id = Deliver(*store, folder, kHeader + std::string(kRows), kPolice).batch.id;
  ASSERT_THAT(Stored(), SizeIs(5));
  ASSERT_THAT(Waiting(), SizeIs(1));
  const RegisterUpdate update = Apply(NewAddresses());
  const std::vector<geo::Incident> stored = Stored();
  EXPECT_EQ(stored[0].position, At(604600, 6650030));
  EXPECT_EQ(stored[0].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(stored[1].position, At(604800, 6650000)) << "its address is gone: it keeps its position";
  EXPECT_EQ(stored[1].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(stored[2].position, At(604900, 6650200)) << "its text is known now";
  EXPECT_EQ(stored[2].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(stored[3].position, At(604600, 6650000)) << "coordinates of its own follow no address";
  EXPECT_EQ(stored[4].place, geo::PlaceKind::kUnplaced);
  EXPECT_EQ(stored[4].reason, geo::UnplacedReason::kOutside);
  EXPECT_THAT(Waiting(), IsEmpty());
  ASSERT_THAT(update.quarters, SizeIs(2));
  const QuarterMoves& summer = update.quarters.at("2026Q3");
  EXPECT_EQ(summer.moved, (geo::MoveCounts{0, 1, 0, 0, 0}));
  EXPECT_EQ(summer.gone, 1);
  EXPECT_EQ(summer.found, 1);
  EXPECT_EQ(summer.now_inside + summer.now_outside, 0);
  EXPECT_EQ(update.quarters.at("2026Q2").now_outside, 1);
  EXPECT_EQ(update.quarters.at("2026Q2").moved, (geo::MoveCounts{0, 0, 0, 0, 1}));
  const geo::Tally tally = store->GetImport(id).incidents;
  EXPECT_EQ(tally.placed, 4);
  EXPECT_EQ(tally.unplaced, 1);
  EXPECT_TRUE(tally.Reconciles());
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(RegisterUpdateIn, BringsAnIncidentBackWhenItsAddressReturns) {
  Deliver(*store, folder, kHeader + std::string(kRows), kPolice);
  Apply(NewAddresses());
  const RegisterUpdate update = Apply(TestAddresses());
  EXPECT_EQ(update.quarters.at("2026Q2").now_inside, 1);
  EXPECT_EQ(Stored()[4].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(Stored()[4].reason, geo::UnplacedReason::kNone);
  EXPECT_EQ(Stored()[4].position, At(605800, 6650000));
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(RegisterUpdateIn, ABoundaryDecidesAnewWhatLiesInside) {
  Deliver(*store, folder, kHeader + std::string(kRows), kPolice);
  const auto put = [&](const geo::MultiPolygon& boundary, const char* sha256) {
    const Municipality before = *store->LoadMunicipality();
    Municipality reference = TestReference();
    reference.crs = before.crs;
    reference.boundary = boundary;
    const RegisterUpdate update = PlanUpdate(
        *store, before, AssembleMunicipality(reference, before.gazetteer.addresses, {}, {}), "reference");
    store->PutReference(Version(sha256), reference, update.changes);
    return update;
  };
  const RegisterUpdate smaller = put(Box(600000, 6640000, 4700, 20000), "west");
  EXPECT_EQ(smaller.quarters.at("2026Q3").now_outside, 1) << "Storgatan 4";
  EXPECT_EQ(smaller.quarters.at("2026Q2").now_outside, 1) << "Storgatan 9";
  EXPECT_EQ(Stored()[3].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(Stored()[1].reason, geo::UnplacedReason::kOutside);
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
  const RegisterUpdate whole = put(Box(600000, 6640000, 20000, 20000), "whole");
  EXPECT_EQ(whole.quarters.at("2026Q3").now_inside, 1);
  EXPECT_EQ(Stored()[1].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(Stored()[1].position, At(604800, 6650000));
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(RegisterUpdateIn, LeavesACompanysIncidentsAtTheStreet) {
  Deliver(*store, folder,
          "Datum;Händelse;Plats\n2026-07-01;Skadegörelse;Storgatan 3, Testby\n"
          "2026-07-02;Skadegörelse;Nygatan 2, Testby\n",
          kSimple, "butiken");
  ASSERT_EQ(Stored()[0].level, geo::MatchLevel::kStreet);
  const geo::PlanePoint street = Stored()[0].position;
  Apply(NewAddresses());
  EXPECT_EQ(Stored()[0].position, street);
  EXPECT_EQ(Stored()[0].level, geo::MatchLevel::kStreet);
  EXPECT_EQ(Stored()[1].place, geo::PlaceKind::kPlaced);
  EXPECT_EQ(Stored()[1].level, geo::MatchLevel::kLocality) << "a street of one address would tell it";
  EXPECT_NE(Stored()[1].position, At(604900, 6650200));
  EXPECT_EQ(store->IncidentsById({Stored()[1].id}).at(0).place_key, "") << "the words' key would tell it";
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(RegisterUpdateIn, MovesTheEarlierVersionThatUndoingACorrectionBringsBack) {
  const std::string header = kHeader;
  const std::int64_t first = Deliver(*store, folder,
                                     header +
                                         "K1;2026-07-01;Skadegörelse;Storgatan 3;Testby;;;14;;;\n"
                                         "K2;2026-07-02;Skadegörelse;Storgatan 9;Testby;;;14;;;\n",
                                     kPolice)
                                 .batch.id;
  const std::int64_t correction = Deliver(*store, folder,
                                          header +
                                              "K1;2026-07-01;Skadegörelse;Storgatan 5;Testby;;;14;;;\n"
                                              "K2;2026-07-02;Skadegörelse;Storgatan 5;Testby;;;14;;;\n",
                                          kPolice)
                                      .batch.id;
  const RegisterUpdate update = Apply(NewAddresses());
  EXPECT_THAT(update.changes.incidents, IsEmpty()) << "Storgatan 5 lies where it lay";
  EXPECT_THAT(update.quarters, IsEmpty()) << "what is out of use is not counted";
  EXPECT_EQ(store->GetImport(first).incidents.outside, 1);
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
  store->UndoImport(correction);
  ASSERT_THAT(Stored(), SizeIs(2));
  EXPECT_EQ(Stored()[0].position, At(604600, 6650030));
  EXPECT_EQ(Stored()[1].place, geo::PlaceKind::kUnplaced);
  EXPECT_EQ(Stored()[1].reason, geo::UnplacedReason::kOutside);
  EXPECT_TRUE(store->GetImport(first).incidents.Reconciles());
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(RegisterUpdateIn, MakesPicturesStale) {
  PictureRecord picture;
  picture.run_id = "run";
  picture.quarter = "2026Q3";
  picture.audience = "internal";
  const std::int64_t id = store->AddPicture(picture).id;
  ASSERT_FALSE(store->GetPicture(id).stale);
  Apply(NewAddresses());
  EXPECT_TRUE(store->GetPicture(id).stale);
}

TEST_P(RegisterUpdateIn, KeepsTheOldRegisterWhenAnIncidentIsNotThere) {
  Deliver(*store, folder, kHeader + std::string(kRows), kPolice);
  const DataVersion before = store->CurrentDataVersion();
  RegisterUpdate update = Plan(*store, NewAddresses());
  update.changes.incidents.push_back(update.changes.incidents.front());
  update.changes.incidents.back().incident_id = 99;
  EXPECT_THROW(store->PutAddresses(Version("new"), geo::Epsg{3006}, NewAddresses(), update.changes),
               NotFound);
  PlaceChanges missing = Plan(*store, NewAddresses()).changes;
  missing.superseded = {update.changes.incidents.back()};
  EXPECT_THROW(store->PutAddresses(Version("new"), geo::Epsg{3006}, NewAddresses(), missing), NotFound);
  Municipality reference = TestReference();
  reference.crs = geo::Epsg{3006};
  EXPECT_THROW(store->PutReference(Version("new"), reference, update.changes), NotFound);
  EXPECT_EQ(store->CurrentDataVersion().hash, before.hash);
  EXPECT_EQ(store->LoadMunicipality()->gazetteer.addresses.size(), TestAddresses().size());
  EXPECT_THAT(Waiting(), SizeIs(1));
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

constexpr const char* kTable = R"toml(
[mapping]
version = 1
name = "adresser"
[file]
format = "csv"
delimiter = ";"
[columns]
street = "gata"
number = "nr"
locality = "ort"
easting = "e"
northing = "n"
[coordinates]
epsg = 3006
)toml";

constexpr const char* kFirstTable =
    "gata;nr;ort;e;n\nStorgatan;3;Testby;604600;6650000\nStorgatan;4;Testby;604800;6650000\n"
    "Storgatan;9;Testby;605800;6650000\n";
constexpr const char* kSecondTable =
    "gata;nr;ort;e;n\nStorgatan;3;Testby;604600;6650030\nStorgatan;9;Testby;605800;6650000\n"
    "Nygatan;2;Testby;604900;6650200\n";

TEST_P(RegisterUpdateIn, AFileTellsWhenOnlyCheckedWhatItDoesWhenTakenInAndNothingTheSecondTime) {
  const auto update = [&](const char* table, bool validate_only) {
    return UpdateRegister(
        *store, {"addresses", folder.Write("a.csv", table), "2026-11-25T08:00:00Z", kTable, validate_only});
  };
  update(kFirstTable, false);
  Deliver(*store, folder, kHeader + std::string(kRows), kPolice);
  const DataVersion before = store->CurrentDataVersion();
  const RegisterOutcome checked = update(kSecondTable, true);
  EXPECT_EQ(checked.version.id, 0);
  EXPECT_EQ(checked.update.points.added, 1);
  EXPECT_EQ(checked.update.points.removed, 1);
  EXPECT_EQ(checked.update.points.unchanged, 1);
  EXPECT_EQ(checked.update.points.moved, (geo::MoveCounts{0, 1, 0, 0, 0}));
  EXPECT_EQ(store->CurrentDataVersion().hash, before.hash);
  EXPECT_EQ(store->CurrentDataVersion().number, before.number);
  EXPECT_THAT(Waiting(), SizeIs(1));
  const RegisterOutcome applied = update(kSecondTable, false);
  EXPECT_NE(applied.version.id, 0);
  EXPECT_FALSE(applied.repeated);
  ASSERT_THAT(applied.update.quarters, SizeIs(1));
  const QuarterMoves &told = checked.update.quarters.at("2026Q3"),
                     &done = applied.update.quarters.at("2026Q3");
  EXPECT_EQ(told.moved, done.moved);
  EXPECT_EQ(done.moved, (geo::MoveCounts{0, 1, 0, 0, 0}));
  EXPECT_EQ(told.gone, done.gone);
  EXPECT_EQ(done.gone, 1);
  EXPECT_EQ(told.found, done.found);
  EXPECT_EQ(done.found, 1);
  EXPECT_EQ(Stored()[0].position, At(604600, 6650030));
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
  const DataVersion after = store->CurrentDataVersion();
  EXPECT_NE(after.hash, before.hash);
  const RegisterOutcome again = update(kSecondTable, false);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.version.id, applied.version.id);
  EXPECT_THAT(again.update.changes.incidents, IsEmpty());
  EXPECT_EQ(store->CurrentDataVersion().number, after.number);
}

TEST(BothStores, HashAnUpdatedRegisterEqually) {
  std::vector<std::string> hashes;
  for (const char* kind : {"sqlite", "memory"}) {
    TemporaryFolder folder;
    const auto store = FilledStore(folder, kind);
    Deliver(*store, folder, kHeader + std::string(kRows), kPolice);
    const RegisterUpdate update = Plan(*store, NewAddresses());
    store->PutAddresses(Version("new"), geo::Epsg{3006}, NewAddresses(), update.changes);
    hashes.push_back(store->CurrentDataVersion().hash);
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

RegisterVersion Dated(const std::string& kind, const std::string& imported, const std::string& dated) {
  RegisterVersion version;
  version.kind = kind;
  version.imported_at = imported;
  version.dated_on = dated;
  return version;
}

TEST(AgeWarning, ComesTheDayAfterAWholeYear) {
  const RegisterVersion version = Dated("addresses", "2025-11-25T08:00:00Z", "");
  EXPECT_EQ(AgeWarningSv(version, "2026-11-25"), "") << "exactly a year";
  EXPECT_THAT(AgeWarningSv(version, "2026-11-26T00:00:00Z"),
              HasSubstr("Adressregistret lästes in 2025-11-25"));
  EXPECT_EQ(AgeWarningSv(Dated("addresses", "2024-02-29T08:00:00Z", ""), "2025-02-28"), "");
  EXPECT_NE(AgeWarningSv(Dated("addresses", "2024-02-29T08:00:00Z", ""), "2025-03-01"), "");
}

TEST(AgeWarning, AsksTheContentBeforeTheImport) {
  EXPECT_THAT(AgeWarningSv(Dated("population", "2026-10-01T08:00:00Z", "2024-12-31"), "2026-11-25"),
              HasSubstr("Befolkningsuppgifterna är från 2024-12-31"));
  EXPECT_EQ(AgeWarningSv(Dated("population", "2026-10-01T08:00:00Z", "2026-09-30"), "2026-11-25"), "");
  EXPECT_THAT(AgeWarningSv(Dated("population", "2025-10-01T08:00:00Z", "2099-01-01"), "2026-11-25"),
              HasSubstr("lästes in 2025-10-01"))
      << "a date after the import is no date of the content";
}

TEST(AgeWarning, IsNotGivenForReferencesOrWithoutADate) {
  EXPECT_EQ(AgeWarningSv(Dated("reference", "2001-01-01T08:00:00Z", ""), "2026-11-25"), "");
  EXPECT_EQ(AgeWarningSv(Dated("addresses", "", ""), "2026-11-25"), "");
  EXPECT_THAT(AgeWarningsSv({Dated("addresses", "2020-01-01T08:00:00Z", ""),
                             Dated("reference", "2020-01-01T08:00:00Z", ""),
                             Dated("population", "2020-01-01T08:00:00Z", "")},
                            "2026-11-25"),
              ElementsAre(HasSubstr("Adressregistret"), HasSubstr("Befolkningsuppgifterna")));
}

}  // namespace
}  // namespace lagesbild::service
