#include "service/resolve_place.h"

#include <algorithm>

#include "service/errors.h"
#include "service/import_lock.h"
#include "service/import_persons.h"

namespace lagesbild::service {
namespace {

constexpr int kPageSize = 1000;

std::vector<UnresolvedPlace> Waiting(Store& store) {
  std::vector<UnresolvedPlace> all;
  std::int64_t after = 0;
  do {
    Page<UnresolvedPlace> page = store.ListUnresolved(after, kPageSize);
    all.insert(all.end(), page.items.begin(), page.items.end());
    after = page.next_after;
  } while (after != 0);
  return all;
}

geo::GeocodeMatch Found(const geo::Geocoder& geocoder, const geo::StudyArea& area,
                        const PlaceResolution& resolution) {
  geo::GeocodeMatch match;
  if (resolution.position) {
    if (!area.contains(*resolution.position))
      throw InvalidRequest("position", "lies outside the boundary; dismiss the place when it is elsewhere");
    match.level = geo::MatchLevel::kCoordinate;
    match.position = *resolution.position;
    match.accuracy_radius = resolution.accuracy_radius;
    return match;
  }
  match = geocoder.Geocode({resolution.address, resolution.locality, {}});
  if (!match.placed())
    throw InvalidRequest("address", "is not one place in the register (" +
                                        std::string(geo::UnplacedReasonCode(match.reason)) +
                                        "); write it as the register does, or give coordinates");
  return match;
}

PlaceChange ChangeTo(const geo::Incident& incident, const geo::GeocodeMatch& match,
                     const geo::StudyArea& area) {
  PlaceChange change;
  change.incident_id = incident.id;
  change.reason = incident.reason;
  if (!match.placed()) return change;
  const bool inside = area.contains(match.position);
  change.place = inside ? geo::PlaceKind::kPlaced : geo::PlaceKind::kUnplaced;
  change.reason = inside ? geo::UnplacedReason::kNone : geo::UnplacedReason::kOutside;
  change.level = match.level;
  change.position = match.position;
  change.has_position = true;
  change.accuracy_radius = match.accuracy_radius;
  return change;
}

bool DeliversDwellings(Store& store, const std::string& code) {
  for (const Reporter& reporter : store.ListReporters())
    if (reporter.code == code) return MayDeliverDwellings(reporter.kind);
  return false;
}

}  // namespace

ResolutionOutcome ResolvePlace(Store& store, const geo::Geocoder& geocoder, const geo::StudyArea& area,
                               geo::Epsg crs, const PlaceResolution& resolution,
                               const std::stop_token& stop) {
  // No delivery is read while texts are decided about: it would put the same text into the queue again.
  const auto lock = LockImports(store, stop);
  const std::vector<UnresolvedPlace> waiting = Waiting(store);
  const auto asked = std::find_if(waiting.begin(), waiting.end(), [&](const UnresolvedPlace& place) {
    return place.incident_id == resolution.incident_id;
  });
  if (asked == waiting.end())
    throw NotFound("incident " + std::to_string(resolution.incident_id) + " waits for no place");

  ResolutionOutcome outcome;
  if (!resolution.dismiss) outcome.match = Found(geocoder, area, resolution);
  const StoredIncident first = store.IncidentsById({resolution.incident_id}).at(0);
  const bool dwellings = DeliversDwellings(store, first.incident.reporter);
  if (!dwellings && resolution.position)
    throw InvalidRequest("position",
                         "this reporter's places are known by their street only; give an address");
  if (!dwellings && !resolution.dismiss) {
    outcome.match = geocoder.AtStreet(outcome.match);
    if (!outcome.match.placed())
      throw InvalidRequest("address",
                           "has no street or locality of its own that this reporter may be shown at");
  }
  for (const UnresolvedPlace& place : waiting) {
    const bool same = place.incident_id == resolution.incident_id ||
                      (dwellings && !asked->place_key.empty() && place.place_key == asked->place_key);
    if (same) outcome.incident_ids.push_back(place.incident_id);
  }

  PlaceChanges changes;
  std::vector<std::int64_t> kept;
  for (const StoredIncident& stored : store.IncidentsById(outcome.incident_ids)) {
    // The same words from a reporter without dwellings are a question of their own.
    if (dwellings != DeliversDwellings(store, stored.incident.reporter)) continue;
    changes.incidents.push_back(ChangeTo(stored.incident, outcome.match, area));
    changes.incidents.back().forget_key = !dwellings;
    kept.push_back(stored.incident.id);
  }
  outcome.incident_ids = kept;
  if (dwellings && !asked->place_key.empty())
    changes.decisions.push_back({asked->place_key, outcome.match.placed(), outcome.match.level,
                                 outcome.match.position, outcome.match.accuracy_radius, crs});
  outcome.stale = store.ChangePlaces(changes);
  return outcome;
}

}  // namespace lagesbild::service
