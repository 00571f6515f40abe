#include "service/corrected_places.h"

#include "geo/match_fault.h"
#include "service/place_key.h"

namespace lagesbild::service {

CorrectedPlaces::CorrectedPlaces(Store& store, const geo::Geocoder& geocoder, geo::Epsg crs)
    : geocoder_(geocoder), keys_(store.Salt()) {
  for (PlaceDecision& decision : store.PlaceDecisions())
    if (decision.crs == crs) decisions_.emplace(decision.place_key, std::move(decision));
}

CorrectedMatch CorrectedPlaces::Find(const geo::PlaceQuery& query) const {
  CorrectedMatch found{geocoder_.Geocode(query)};
  if (decisions_.empty()) return found;
  const auto known = decisions_.find(PlaceKeyOf(keys_, query.address, query.locality));
  if (known == decisions_.end()) return found;
  const PlaceDecision& decision = known->second;
  if (found.match.placed() && !decision.overrides) return found;
  found.resolved_by = decision.id;
  if (!decision.placed) {
    // The register's reason stands; nobody can say more.
    if (found.match.placed()) found.match = geo::GeocodeMatch{};
    if (found.match.reason == geo::UnplacedReason::kNone) found.match.reason = geo::UnplacedReason::kNotFound;
    return found;
  }
  geo::GeocodeMatch& match = found.match;
  match = geo::GeocodeMatch{};
  match.level = decision.level;
  match.position = decision.position;
  match.accuracy_radius = decision.accuracy_radius;
  match.matched = decision.matched;
  match.faults = {"CORRECTED"};
  match.fault_spans = {geo::TextSpan{}};
  geo::Grade(match);
  return found;
}

}  // namespace lagesbild::service
