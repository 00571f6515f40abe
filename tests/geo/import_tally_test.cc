#include "geo/import_tally.h"

#include <gtest/gtest.h>

namespace lagesbild::geo {
namespace {

Incident WithAges(std::initializer_list<int> ages) {
  Incident incident;
  incident.place = PlaceKind::kPlaced;
  for (const int age : ages)
    incident.persons.push_back({AgeRole::kVictim, SpanOfAge(DefaultAgeScheme(), age), false});
  return incident;
}

const GroupTally& Group(const ImportTally& tally, const char* code) {
  for (const GroupTally& group : tally.groups())
    if (group.group == code) return group;
  throw std::out_of_range(code);
}

TEST(ImportTally, CountsAnIncidentOnceAndItsPersonsEach) {
  ImportTally tally(DefaultAgeScheme(), Meters{500});
  tally.Add(RowOutcome::kAccepted, WithAges({14, 15, 30}));
  EXPECT_EQ(tally.incidents().accepted, 1);
  EXPECT_EQ(tally.persons().accepted, 3);
  EXPECT_EQ(Group(tally, "UNGDOM").incidents.placed, 1);
  EXPECT_EQ(Group(tally, "UNGDOM").persons.placed, 2);
  EXPECT_EQ(Group(tally, "VUXEN").persons.placed, 1);
  EXPECT_EQ(Group(tally, "BARN").incidents.read, 0);
  EXPECT_TRUE(tally.Reconciles());
}

TEST(ImportTally, CountsRowsWithoutAgeAsUnknown) {
  ImportTally tally(DefaultAgeScheme(), Meters{500});
  tally.Add(RowOutcome::kRejected, Incident{});
  tally.Add(RowOutcome::kDuplicate, WithAges({8}));
  EXPECT_EQ(Group(tally, "OKAND").incidents.rejected, 1);
  EXPECT_EQ(Group(tally, "BARN").incidents.duplicate, 1);
  EXPECT_EQ(Group(tally, "BARN").persons.duplicate, 1);
  EXPECT_EQ(tally.incidents().read, 2);
  EXPECT_EQ(tally.incidents().accepted, 0);
  EXPECT_TRUE(tally.Reconciles());
}

TEST(ImportTally, TellsPlacesApart) {
  ImportTally tally(DefaultAgeScheme(), Meters{500});
  Incident coarse = WithAges({14}), outside = WithAges({14}), digital = WithAges({14});
  coarse.accuracy_radius = Meters{501};
  outside.place = PlaceKind::kUnplaced;
  outside.reason = UnplacedReason::kOutside;
  digital.place = PlaceKind::kDigital;
  for (const Incident& incident : {coarse, outside, digital}) tally.Add(RowOutcome::kAccepted, incident);
  const Tally& incidents = tally.incidents();
  EXPECT_EQ(incidents.placed, 1);
  EXPECT_EQ(incidents.too_coarse, 1);
  EXPECT_EQ(incidents.unplaced, 1);
  EXPECT_EQ(incidents.outside, 1);
  EXPECT_EQ(incidents.digital, 1);
  EXPECT_TRUE(tally.Reconciles());
}

}  // namespace
}  // namespace lagesbild::geo
