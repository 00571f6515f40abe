#include "service/corrected_places.h"

#include "geo/match_fault.h"
#include "service/decided_place.h"
#include "service/place_key.h"

namespace lagesbild::service {

CorrectedPlaces::CorrectedPlaces(Store& store, const geo::Geocoder& geocoder, geo::Epsg crs,
                                 DecisionLookup lookup)
    : store_(store), geocoder_(geocoder), crs_(crs), keys_(store.Salt()), lookup_(lookup) {
  if (lookup_ == DecisionLookup::kOne) return;
  for (PlaceDecision& decision : store.PlaceDecisions())
    if (decision.crs == crs) decisions_.emplace(decision.place_key, std::move(decision));
}

std::optional<PlaceDecision> CorrectedPlaces::DecisionOn(const geo::PlaceQuery& query) const {
  if (lookup_ == DecisionLookup::kAll && decisions_.empty()) return std::nullopt;
  const std::string key = PlaceKeyOf(keys_, query.address, query.locality);
  if (lookup_ == DecisionLookup::kOne) {
    std::optional<PlaceDecision> decision = store_.DecisionOfKey(key);
    return decision && decision->crs == crs_ ? decision : std::nullopt;
  }
  const auto known = decisions_.find(key);
  return known == decisions_.end() ? std::nullopt : std::optional(known->second);
}

CorrectedMatch CorrectedPlaces::Find(const geo::PlaceQuery& query) const {
  CorrectedMatch found{geocoder_.Geocode(query)};
  const std::optional<PlaceDecision> known = DecisionOn(query);
  if (!known) return found;
  const PlaceDecision& decision = *known;
  if (found.match.placed() && !decision.overrides) return found;
  found.resolved_by = decision.id;
  if (!decision.placed) {
    // The register's reason stands; nobody can say more.
    if (found.match.placed()) found.match = geo::GeocodeMatch{};
    if (found.match.reason == geo::UnplacedReason::kNone) found.match.reason = geo::UnplacedReason::kNotFound;
    return found;
  }
  geo::GeocodeMatch& match = found.match;
  match = PlaceOf(decision, geocoder_).match;
  match.faults = {"CORRECTED"};
  match.fault_spans = {geo::TextSpan{}};
  geo::Grade(match);
  return found;
}

}  // namespace lagesbild::service
