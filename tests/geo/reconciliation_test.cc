#include "geo/reconciliation.h"

#include <gtest/gtest.h>

namespace lagesbild::geo {
namespace {

const AgeScheme kScheme = DefaultAgeScheme();

Incident Placed(std::vector<Person> persons, double radius = 10) {
  Incident incident;
  incident.place = PlaceKind::kPlaced;
  incident.accuracy_radius = Meters{radius};
  incident.persons = std::move(persons);
  return incident;
}
Incident Unplaced(std::vector<Person> persons, UnplacedReason reason) {
  Incident incident;
  incident.place = PlaceKind::kUnplaced;
  incident.reason = reason;
  incident.persons = std::move(persons);
  return incident;
}
Person Aged(int age, AgeRole role = AgeRole::kVictim) { return {role, SpanOfAge(kScheme, age), false}; }

Tally IncidentsOf(const std::vector<GroupTally>& tallies, const std::string& group) {
  for (const GroupTally& tally : tallies)
    if (tally.group == group) return tally.incidents;
  return {};
}
Tally PersonsOf(const std::vector<GroupTally>& tallies, const std::string& group) {
  for (const GroupTally& tally : tallies)
    if (tally.group == group) return tally.persons;
  return {};
}

// Two victims in two bands: one incident in the total and one in each band.
TEST(TallyIncidents, CountsAnIncidentOnceInTheTotalAndOnceInEachBand) {
  const auto tallies =
      TallyIncidents(std::vector{Placed({Aged(10), Aged(15)})}, kScheme, RoleSelection::kAny, Meters{500});
  EXPECT_EQ(IncidentsOf(tallies, "ALLA").placed, 1);
  EXPECT_EQ(IncidentsOf(tallies, "BARN").placed, 1);
  EXPECT_EQ(IncidentsOf(tallies, "UNGDOM").placed, 1);
  EXPECT_EQ(PersonsOf(tallies, "ALLA").placed, 2);
  EXPECT_EQ(PersonsOf(tallies, "U18").placed, 2);
}

TEST(TallyIncidents, CountsAnIncidentWithoutPersonsAsUnknownAge) {
  const auto tallies = TallyIncidents(std::vector{Placed({})}, kScheme, RoleSelection::kAny, Meters{500});
  EXPECT_EQ(IncidentsOf(tallies, "OKAND").placed, 1);
  EXPECT_EQ(PersonsOf(tallies, "OKAND").placed, 0);
  EXPECT_EQ(IncidentsOf(tallies, "ALLA").placed, 1);
}

TEST(TallyIncidents, NeverMixesRoles) {
  const std::vector incidents{Placed({Aged(15, AgeRole::kSuspect), Aged(40, AgeRole::kVictim)})};
  EXPECT_EQ(
      IncidentsOf(TallyIncidents(incidents, kScheme, RoleSelection::kVictim, Meters{500}), "UNGDOM").placed,
      0);
  EXPECT_EQ(
      IncidentsOf(TallyIncidents(incidents, kScheme, RoleSelection::kSuspect, Meters{500}), "UNGDOM").placed,
      1);
  EXPECT_EQ(
      IncidentsOf(TallyIncidents(incidents, kScheme, RoleSelection::kInvolved, Meters{500}), "OKAND").placed,
      1);
}

TEST(TallyIncidents, SaysWhatIsOutsideAndWhatIsTooCoarse) {
  const std::vector incidents{Placed({Aged(15)}, 600), Placed({Aged(15)}, 500),
                              Unplaced({Aged(15)}, UnplacedReason::kOutside),
                              Unplaced({Aged(15)}, UnplacedReason::kNotFound)};
  const Tally youths =
      IncidentsOf(TallyIncidents(incidents, kScheme, RoleSelection::kAny, Meters{500}), "UNGDOM");
  EXPECT_EQ(youths.accepted, 4);
  EXPECT_EQ(youths.placed, 2);
  EXPECT_EQ(youths.too_coarse, 1);
  EXPECT_EQ(youths.unplaced, 2);
  EXPECT_EQ(youths.outside, 1);
}

TEST(TallyIncidents, NeverSumsPerceivedUnsafetyWithIncidents) {
  Incident unsafety = Placed({});
  unsafety.category = Category::kPerceivedUnsafety;
  EXPECT_EQ(
      IncidentsOf(TallyIncidents(std::vector{unsafety}, kScheme, RoleSelection::kAny, Meters{500}), "ALLA")
          .accepted,
      0);
}

TEST(TallyIncidents, ReconcilesInEveryGroupAndUnit) {
  std::vector<Incident> incidents;
  for (int age : {3, 8, 12, 14, 17, 19, 24, 30, 80}) {
    incidents.push_back(Placed({Aged(age), Aged((age + 5) % 90)}));
    incidents.push_back(Unplaced({Aged(age)}, UnplacedReason::kAmbiguous));
    incidents.push_back(Incident{});
    incidents.back().place = PlaceKind::kDigital;
  }
  for (const GroupTally& tally : TallyIncidents(incidents, kScheme, RoleSelection::kAny, Meters{500})) {
    EXPECT_TRUE(tally.incidents.Reconciles()) << tally.group;
    EXPECT_TRUE(tally.persons.Reconciles()) << tally.group;
  }
  EXPECT_EQ(
      IncidentsOf(TallyIncidents(incidents, kScheme, RoleSelection::kAny, Meters{500}), "ALLA").accepted, 27);
}

TEST(Tally, FindsCountsThatDoNotAddUp) {
  Tally tally{.read = 40, .accepted = 40, .placed = 29, .unplaced = 6, .digital = 5};
  EXPECT_TRUE(tally.Reconciles());  // domain.md G-5: 40 = 29 + 6 + 5
  tally.placed = 28;
  EXPECT_FALSE(tally.Reconciles());
  tally.placed = 29;
  tally.rejected = 1;
  EXPECT_FALSE(tally.Reconciles());
}

}  // namespace
}  // namespace lagesbild::geo
