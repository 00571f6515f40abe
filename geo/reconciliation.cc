#include "geo/reconciliation.h"

namespace lagesbild::geo {
namespace {

void Add(Tally& tally, const Incident& incident, std::int64_t amount, Meters max_accuracy) {
  tally.read += amount;
  tally.accepted += amount;
  switch (incident.place) {
    case PlaceKind::kPlaced:
      tally.placed += amount;
      if (TooCoarse(incident, max_accuracy)) tally.too_coarse += amount;
      break;
    case PlaceKind::kUnplaced:
      tally.unplaced += amount;
      if (incident.reason == UnplacedReason::kOutside) tally.outside += amount;
      break;
    case PlaceKind::kDigital:
      tally.digital += amount;
      break;
  }
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  read += other.read;
  accepted += other.accepted;
  rejected += other.rejected;
  duplicate += other.duplicate;
  placed += other.placed;
  unplaced += other.unplaced;
  digital += other.digital;
  outside += other.outside;
  too_coarse += other.too_coarse;
  corrected += other.corrected;
  superseded += other.superseded;
  return *this;
}

std::vector<GroupTally> TallyIncidents(std::span<const Incident> incidents, const AgeScheme& scheme,
                                       RoleSelection role, Meters max_accuracy) {
  std::vector<GroupTally> tallies;
  for (const AgeGroup& group : scheme.groups) {
    GroupTally& tally = tallies.emplace_back();
    tally.group = group.code;
    for (const Incident& incident : incidents) {
      if (!InfoOf(incident.category).incident || !CountsInGroup(incident, scheme, group, role)) continue;
      Add(tally.incidents, incident, 1, max_accuracy);
      Add(tally.persons, incident, PersonsInGroup(incident, scheme, group, role), max_accuracy);
    }
  }
  return tallies;
}

}  // namespace lagesbild::geo
