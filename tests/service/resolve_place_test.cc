#include "service/resolve_place.h"

#include <algorithm>

#include "service/corrected_places.h"
#include "service/decided_place.h"
#include "service/register_update.h"
#include "tests/service/import_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ResolvePlaceIn : public OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    const Municipality municipality = *store->LoadMunicipality();
    area.emplace(municipality.boundary);
    geocoder.emplace(municipality.gazetteer);
  }

  ImportOutcome Import(const std::string& rows, const std::string& reporter = "polisen") {
    return Deliver(*store, folder, rows, kSimple, reporter);
  }
  ResolutionOutcome Resolve(const PlaceResolution& resolution) {
    return ResolvePlace(*store, {*geocoder, *area, geo::Epsg{3006}}, resolution);
  }

  std::optional<geo::StudyArea> area;
  std::optional<geo::Geocoder> geocoder;
};

INSTANTIATE_TEST_SUITE_P(Of, ResolvePlaceIn, testing::Values("sqlite", "memory"),
                         [](const auto& name) { return std::string(name.param); });

constexpr const char* kRows =
    "Datum;Händelse;Plats\n"
    "2026-07-01;Skadegörelse;bakom kiosken\n"
    "2026-07-02;Skadegörelse;Bakom  kiosken\n"
    "2026-07-03;Skadegörelse;vid ladan\n"
    "2026-07-04;Skadegörelse;Storgatan 1, Testby\n";

TEST_P(ResolvePlaceIn, PlacesEveryIncidentWithTheSameTextAndDeletesTheTexts) {
  const std::int64_t import_id = Import(kRows).batch.id;
  ASSERT_THAT(Waiting(), SizeIs(3));
  const DataVersion before = store->CurrentDataVersion();
  const ResolutionOutcome outcome =
      Resolve({.incident_id = Waiting()[0].incident_id, .address = "Storgatan 5", .locality = "Testby"});
  EXPECT_THAT(outcome.incident_ids, SizeIs(2)) << "spelling aside the same text";
  EXPECT_THAT(outcome.match.matched, testing::StartsWith("Storgatan 5, "));
  ASSERT_THAT(Waiting(), SizeIs(1));
  EXPECT_EQ(Waiting()[0].text, "vid ladan");
  const std::vector<geo::Incident> stored = Stored();
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(stored[i].place, geo::PlaceKind::kPlaced);
    EXPECT_EQ(stored[i].reason, geo::UnplacedReason::kNone);
    EXPECT_EQ(stored[i].position, At(605000, 6650000));
  }
  const geo::Tally tally = store->GetImport(import_id).incidents;
  EXPECT_EQ(tally.placed, 3);
  EXPECT_EQ(tally.unplaced, 1);
  EXPECT_TRUE(tally.Reconciles());
  for (const geo::GroupTally& group : store->GetImport(import_id).groups)
    EXPECT_TRUE(group.incidents.Reconciles() && group.persons.Reconciles()) << group.group;
  EXPECT_NE(store->CurrentDataVersion().hash, before.hash);
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST_P(ResolvePlaceIn, IsRememberedForLaterDeliveries) {
  Import(kRows);
  Resolve({.incident_id = Waiting()[0].incident_id, .address = "Testby skola"});
  const ImportOutcome later = Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;bakom kiosken\n");
  EXPECT_EQ(later.batch.incidents.placed, 1);
  EXPECT_EQ(Stored().back().position, At(605500, 6650500));
  EXPECT_THAT(Waiting(), SizeIs(1)) << "only the barn still waits";
}

TEST_P(ResolvePlaceIn, TakesAPositionInsideTheBoundaryOnly) {
  Import(kRows);
  const std::int64_t id = Waiting()[2].incident_id;
  EXPECT_THROW(Resolve({.incident_id = id, .position = At(500000, 6640000)}), InvalidRequest);
  const ResolutionOutcome outcome = Resolve({.incident_id = id, .position = At(612000, 6655000)});
  EXPECT_EQ(outcome.match.level, geo::MatchLevel::kCoordinate);
  EXPECT_EQ(Stored()[2].position, At(612000, 6655000));
  EXPECT_EQ(Stored()[2].accuracy_radius, geo::Meters{50});
}

TEST_P(ResolvePlaceIn, DismissesATextThatNobodyCanPlaceOnceAndForAll) {
  Import(kRows);
  const std::int64_t id = Waiting()[2].incident_id;
  EXPECT_FALSE(Resolve({.incident_id = id, .dismiss = true}).match.placed());
  EXPECT_EQ(Stored()[2].place, geo::PlaceKind::kUnplaced);
  EXPECT_EQ(Stored()[2].reason, geo::UnplacedReason::kNotFound) << "it is still told why";
  EXPECT_THAT(Waiting(), SizeIs(2));
  Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;vid ladan\n");
  EXPECT_THAT(Waiting(), SizeIs(2)) << "the same text is not asked about again";
}

TEST_P(ResolvePlaceIn, RefusesWhatIsNotOnePlaceOfTheRegister) {
  Import(kRows);
  const PlaceResolution wrong{.incident_id = Waiting()[0].incident_id, .address = "Månvägen 3"};
  try {
    Resolve(wrong);
    FAIL() << "an unknown street was taken";
  } catch (const InvalidRequest& error) {
    EXPECT_EQ(error.violations.at(0).field, "address");
    EXPECT_THAT(error.violations.at(0).description, HasSubstr("NOT_FOUND"));
  }
  EXPECT_THAT(Waiting(), SizeIs(3)) << "nothing changed";
}

TEST_P(ResolvePlaceIn, RefusesAnIncidentThatIsNotThere) {
  Import(kRows);
  EXPECT_THROW(Resolve({.incident_id = 400, .dismiss = true}), NotFound);
}

TEST_P(ResolvePlaceIn, OverrulesAPlaceThatTheRegisterFoundWrongly) {
  Import(kRows);
  const ResolutionOutcome outcome = Resolve({.incident_id = 4,
                                             .address = "Storgatan 5",
                                             .locality = "Testby",
                                             .by = "samordnare",
                                             .at = "2026-11-25T10:00:00Z",
                                             .reason = "WRONGLY_PLACED"});
  EXPECT_EQ(Stored()[3].position, At(605000, 6650000));
  EXPECT_TRUE(outcome.decision.overrides);
  EXPECT_EQ(outcome.decision.decided_by, "samordnare");
  EXPECT_EQ(outcome.decision.reason, "WRONGLY_PLACED");
}

TEST_P(ResolvePlaceIn, KeepsVersionsAndTakesThemBack) {
  Import(kRows);
  const std::int64_t first = Waiting()[0].incident_id;
  const PlaceContext context{*geocoder, *area, geo::Epsg{3006}};
  const auto one = Resolve({.incident_id = first, .address = "Storgatan 5", .locality = "Testby"});
  const auto two = Resolve({.incident_id = first, .address = "Storgatan 3", .locality = "Testby"});
  EXPECT_EQ(one.decision.version, 1);
  EXPECT_EQ(two.decision.version, 2);
  EXPECT_EQ(Stored()[0].position, At(604600, 6650000));
  ASSERT_THAT(store->PlaceDecisions(), SizeIs(1)) << "the latest holds";

  const UndoneResolution back =
      UndoResolution(*store, context, two.decision.id, "samordnare", "2026-11-25T11:00:00Z");
  EXPECT_EQ(back.by_earlier_version, 2);
  EXPECT_EQ(Stored()[0].position, At(605000, 6650000));
  const UndoneResolution none =
      UndoResolution(*store, context, one.decision.id, "samordnare", "2026-11-25T12:00:00Z");
  EXPECT_EQ(none.waiting, 2);
  EXPECT_THAT(Waiting(), SizeIs(3));
  EXPECT_THAT(store->PlaceDecisions(), IsEmpty());
  EXPECT_EQ(store->GetDecision(one.decision.id).undone_by, "samordnare");
  EXPECT_THAT(store->ListDecisions(0, 10).items, SizeIs(2)) << "nothing is forgotten";
  // Once more changes nothing; a later delivery waits as before.
  EXPECT_THAT(UndoResolution(*store, context, one.decision.id, "annan", "2026-11-25T13:00:00Z").incident_ids,
              IsEmpty());
  Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;bakom kiosken\n");
  EXPECT_THAT(Waiting(), SizeIs(4));
  EXPECT_THROW(UndoResolution(*store, context, 99, "samordnare", "2026-11-25T14:00:00Z"), NotFound);
}

/// The register with house number 5 moved, or gone, as an update puts it into the store.
std::vector<geo::Address> Without5(std::optional<geo::PlanePoint> moved_to) {
  std::vector<geo::Address> addresses = TestAddresses();
  const auto five = std::find_if(addresses.begin(), addresses.end(),
                                 [](const geo::Address& address) { return address.number == 5; });
  if (moved_to)
    five->position = *moved_to;
  else
    addresses.erase(five);
  return addresses;
}

TEST_P(ResolvePlaceIn, FollowsAnAddressThatTheRegisterMoves) {
  Import(kRows);
  Resolve({.incident_id = Waiting()[0].incident_id, .address = "Storgatan 5", .locality = "Testby"});
  const PlaceDecision decision = store->PlaceDecisions().at(0);
  EXPECT_EQ(PlaceOf(decision, *geocoder).standing, RegisterStanding::kSame);
  const Municipality before = *store->LoadMunicipality();
  Municipality after = before;
  after.gazetteer.addresses = Without5(At(605040, 6650030));
  const RegisterUpdate update = PlanUpdate(*store, before, after, "addresses");
  store->PutAddresses(Version("adr2"), geo::Epsg{3006}, after.gazetteer.addresses, update.changes);
  EXPECT_EQ(Stored()[0].position, At(605040, 6650030))
      << "what followed the decision moves with the register";
  Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;bakom kiosken\n");
  EXPECT_EQ(Stored().back().position, At(605040, 6650030)) << "and so does what is delivered later";
  const geo::Geocoder now(store->LoadMunicipality()->gazetteer);
  EXPECT_EQ(PlaceOf(decision, now).standing, RegisterStanding::kMoved);
  for (const DecisionLookup lookup : {DecisionLookup::kOne, DecisionLookup::kAll}) {
    const CorrectedPlaces places(*store, now, geo::Epsg{3006}, lookup);
    const CorrectedMatch found = places.Find({"Bakom kiosken"});
    EXPECT_EQ(found.resolved_by, decision.id);
    EXPECT_EQ(found.match.position, At(605040, 6650030));
    EXPECT_THAT(found.match.faults, ElementsAre("CORRECTED"));
  }
}

TEST_P(ResolvePlaceIn, KeepsItsPlaceAndIsStaleWhenTheRegisterLosesTheAddress) {
  Import(kRows);
  Resolve({.incident_id = Waiting()[0].incident_id, .address = "Storgatan 5", .locality = "Testby"});
  const PlaceDecision decision = store->PlaceDecisions().at(0);
  store->PutAddresses(Version("adr2"), geo::Epsg{3006}, Without5(std::nullopt));
  Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;bakom kiosken\n");
  EXPECT_EQ(Stored().back().position, At(605000, 6650000)) << "the place of the decision's own day";
  const geo::Geocoder now(store->LoadMunicipality()->gazetteer);
  EXPECT_EQ(PlaceOf(decision, now).standing, RegisterStanding::kNotFound);
  EXPECT_EQ(PlaceOf(decision, now).match.position, At(605000, 6650000));
}

TEST_P(ResolvePlaceIn, HangsOnNoRegisterWithCoordinatesOrADismissal) {
  Import(kRows);
  Resolve({.incident_id = Waiting()[2].incident_id, .position = At(612000, 6655000)});
  Resolve({.incident_id = Waiting()[0].incident_id, .dismiss = true});
  ASSERT_THAT(store->PlaceDecisions(), SizeIs(2));
  for (const PlaceDecision& decision : store->PlaceDecisions())
    EXPECT_EQ(PlaceOf(decision, *geocoder).standing, RegisterStanding::kNone);
}

TEST_P(ResolvePlaceIn, PutsACompanysPlaceAtTheStreetAndRemembersNothing) {
  Import(kRows);
  Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;bakom kiosken\n", "butiken");
  const std::int64_t company = Waiting().back().incident_id;
  EXPECT_THROW(Resolve({.incident_id = company, .position = At(605000, 6650000)}), InvalidRequest);
  const ResolutionOutcome outcome =
      Resolve({.incident_id = company, .address = "Storgatan 5", .locality = "Testby"});
  EXPECT_THAT(outcome.incident_ids, ElementsAre(company));
  EXPECT_EQ(Stored().back().level, geo::MatchLevel::kStreet);
  EXPECT_EQ(store->IncidentsById({company}).at(0).place_key, "") << "the words' key would tell the dwelling";
  EXPECT_THAT(store->PlaceDecisions(), IsEmpty());
  EXPECT_THAT(Waiting(), SizeIs(3)) << "the police's own texts still wait";
}

TEST_P(ResolvePlaceIn, ThePolicesDecisionDoesNotPlaceACompanysDwelling) {
  Import(kRows);
  Import("Datum;Händelse;Plats\n2026-08-01;Skadegörelse;bakom kiosken\n", "butiken");
  const std::int64_t company = Waiting().back().incident_id;
  Resolve({.incident_id = Waiting()[0].incident_id, .address = "Storgatan 5", .locality = "Testby"});
  EXPECT_EQ(store->IncidentsById({company}).at(0).incident.place, geo::PlaceKind::kUnplaced);
  Import("Datum;Händelse;Plats\n2026-08-02;Skadegörelse;bakom kiosken\n", "butiken");
  EXPECT_EQ(Stored().back().place, geo::PlaceKind::kUnplaced);
}

TEST_P(ResolvePlaceIn, MarksThePicturesOfItsQuartersStale) {
  Import(kRows);
  for (const char* quarter : {"2026Q2", "2026Q3"}) {
    PictureRecord picture;
    picture.run_id = quarter;
    picture.quarter = quarter;
    picture.audience = "internal";
    store->AddPicture(picture);
  }
  const ResolutionOutcome outcome =
      Resolve({.incident_id = Waiting()[0].incident_id, .address = "Testby skola"});
  ASSERT_THAT(outcome.stale, SizeIs(1));
  EXPECT_EQ(outcome.stale[0].quarter, "2026Q3");
}

TEST_P(ResolvePlaceIn, CanBeUndoneWithItsImport) {
  const std::int64_t id = Import(kRows).batch.id;
  Resolve({.incident_id = Waiting()[0].incident_id, .address = "Testby skola"});
  UndoImport(*store, id);
  EXPECT_THAT(Stored(), IsEmpty());
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
  EXPECT_EQ(Import(kRows).batch.incidents.placed, 3) << "the decision outlives the delivery";
}

TEST(ChangePlaces, ChangesNothingWhenOneIncidentIsNotThere) {
  for (const char* kind : {"sqlite", "memory"}) {
    TemporaryFolder folder;
    const auto store = FilledStore(folder, kind);
    Deliver(*store, folder, kRows, kSimple);
    const std::string hash = store->CurrentDataVersion().hash;
    PlaceChange first;
    first.incident_id = 1;
    first.place = geo::PlaceKind::kDigital;
    PlaceChange missing = first;
    missing.incident_id = 99;
    EXPECT_THROW(store->ChangePlaces({{first, missing}, {}}), NotFound);
    EXPECT_EQ(store->CurrentDataVersion().hash, hash);
    EXPECT_THAT(store->ListUnresolved(0, 10).items, SizeIs(3));
  }
}

TEST(PutReference, KeepsTheAgeSchemeWhenAnIncidentToMoveIsNotThere) {
  for (const char* kind : {"sqlite", "memory"}) {
    TemporaryFolder folder;
    const auto store = FilledStore(folder, kind);
    Deliver(*store, folder, kRows, kSimple);
    UndoImport(*store, 1);
    Municipality reference = *store->LoadMunicipality();
    reference.new_age_scheme = store->CurrentAgeScheme();
    ++reference.new_age_scheme->version;
    PlaceChange missing;
    missing.incident_id = 99;
    const int version = store->CurrentAgeScheme().version;
    EXPECT_THROW(store->PutReference({}, reference, {{missing}, {}}), NotFound);
    EXPECT_EQ(store->CurrentAgeScheme().version, version);
  }
}

TEST(BothStores, HashAResolvedPlaceEqually) {
  std::vector<std::string> hashes;
  for (const char* kind : {"sqlite", "memory"}) {
    TemporaryFolder folder;
    const auto store = FilledStore(folder, kind);
    Deliver(*store, folder, kRows, kSimple);
    const Municipality municipality = *store->LoadMunicipality();
    const geo::StudyArea area(municipality.boundary);
    const geo::Geocoder geocoder(municipality.gazetteer);
    ResolvePlace(*store, {geocoder, area, geo::Epsg{3006}}, {.incident_id = 1, .address = "Testby skola"});
    hashes.push_back(store->CurrentDataVersion().hash);
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

}  // namespace
}  // namespace lagesbild::service
