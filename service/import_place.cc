#include "service/import_place.h"

#include "geo/match_fault.h"
#include "geo/personal_data.h"
#include "service/decided_place.h"
#include "service/import_persons.h"

namespace lagesbild::service {
namespace {

bool HoldsPersonalData(const std::string& text, const std::string& locality) {
  return geo::FindPersonalData(text + " " + locality, geo::PersonalText::kPlace) ||
         geo::FindPersonalData(locality + " " + text, geo::PersonalText::kPlace);
}

/// The day on which a place must go by the name that the report gives it.
std::chrono::sys_days DayOf(const geo::Incident& incident) {
  return incident.date.ok() ? std::chrono::sys_days{incident.date} : std::chrono::sys_days{};
}

}  // namespace

PlaceFinder::PlaceFinder(const geo::Geocoder& geocoder, const geo::StudyArea& area, geo::Epsg crs,
                         const Mapping& mapping, const Reporter& reporter,
                         const std::vector<PlaceDecision>& decisions, std::chrono::year_month_day today)
    : geocoder_(geocoder),
      area_(area),
      mapping_(mapping),
      reporter_(reporter),
      expires_on_(geo::IsoDate(std::chrono::sys_days{today} + std::chrono::days{kUnresolvedDays})) {
  if (!MayDeliverDwellings(reporter.kind)) return;
  for (const PlaceDecision& decision : decisions)
    if (decision.crs == crs) decisions_[decision.place_key] = decision;
}

void PlaceFinder::PutAt(geo::Incident& incident, geo::MatchLevel level, geo::PlanePoint position,
                        geo::Meters radius) const {
  incident.level = level;
  incident.position = position;
  incident.has_position = true;
  incident.accuracy_radius = radius;
  const bool inside = area_.contains(position);
  incident.place = inside ? geo::PlaceKind::kPlaced : geo::PlaceKind::kUnplaced;
  incident.reason = inside ? geo::UnplacedReason::kNone : geo::UnplacedReason::kOutside;
}

/// What a person has decided about this text; null when nobody has.
const PlaceDecision* PlaceFinder::DecisionOn(const RowRead& row) const {
  const auto decision = decisions_.find(row.stored.place_key);
  return row.stored.place_key.empty() || decision == decisions_.end() ? nullptr : &decision->second;
}

/// `stored` holds what the register says, and follows the decision instead.
void PlaceFinder::Follow(const PlaceDecision& decision, StoredIncident& stored) const {
  stored.before = PlaceStateOf(stored.incident);
  stored.resolved_by = decision.id;
  if (decision.placed) {
    const geo::GeocodeMatch place = PlaceOf(decision, geocoder_).match;
    PutAt(stored.incident, place.level, place.position, place.accuracy_radius);
    return;
  }
  geo::Incident& incident = stored.incident;
  if (incident.has_position) incident.reason = geo::UnplacedReason::kNotFound;
  incident.place = geo::PlaceKind::kUnplaced;
  incident.level = geo::MatchLevel::kNone;
  incident.has_position = false;
  incident.accuracy_radius = geo::Meters{0};
}

const std::string& PlaceFinder::ContextOf(const RowRead& row) const {
  if (!row.locality.empty()) return row.locality;
  return !mapping_.default_locality.empty() ? mapping_.default_locality : reporter_.home_locality;
}

std::optional<UnresolvedPlace> PlaceFinder::Geocode(RowRead& row) const {
  geo::Incident& incident = row.stored.incident;
  const std::string& context = ContextOf(row);
  // A row that names only a locality asks for that locality itself.
  const std::string& text = row.address.empty() ? row.locality : row.address;
  geo::GeocodeMatch match =
      geocoder_.Geocode({text, row.address.empty() ? "" : context, row.postcode, DayOf(incident)});
  if (!MayDeliverDwellings(reporter_.kind)) {
    const geo::MatchLevel exact = match.level;
    match = geocoder_.AtStreet(match);
    // The key would tell reports of one dwelling from those of its neighbour.
    if (match.level != exact) row.stored.place_key.clear();
    if (!match.placed() && exact != geo::MatchLevel::kNone) {
      incident.place = geo::PlaceKind::kUnplaced;
      incident.reason = match.reason;
      return std::nullopt;  // nothing for a person to find out
    }
  }
  const PlaceDecision* decision = DecisionOn(row);
  if (match.placed()) {
    PutAt(incident, geo::LevelToCount(match), match.position, match.accuracy_radius);
    if (decision != nullptr && decision->overrides) Follow(*decision, row.stored);
    return std::nullopt;
  }
  incident.place = geo::PlaceKind::kUnplaced;
  incident.reason = match.reason;
  if (decision != nullptr) Follow(*decision, row.stored);
  // Rows with personal data are stopped before; the mapping's or the reporter's locality may hold some too.
  if (HoldsPersonalData(text, context)) return std::nullopt;
  switch (match.reason) {
    case geo::UnplacedReason::kNotFound:
    case geo::UnplacedReason::kNumberNotFound:
    case geo::UnplacedReason::kAmbiguous:
      return UnresolvedPlace{0,
                             row.stored.place_key,
                             text,
                             context,
                             std::string(geo::UnplacedReasonCode(match.reason)),
                             expires_on_,
                             decision != nullptr};
    case geo::UnplacedReason::kNone:
    case geo::UnplacedReason::kNoPlaceGiven:
    case geo::UnplacedReason::kOutside:
      break;
  }
  return std::nullopt;
}

std::optional<UnresolvedPlace> PlaceFinder::Place(RowRead& row) {
  geo::Incident& incident = row.stored.incident;
  if (!row.digital && row.coordinates && !row.address.empty())
    comparer_.Add(row.coordinates->position,
                  geocoder_.Geocode({row.address, ContextOf(row), row.postcode, DayOf(incident)}));
  if (row.digital) {
    incident.place = geo::PlaceKind::kDigital;
  } else if (row.coordinates && !mapping_.prefer_text) {
    PutAt(incident, geo::MatchLevel::kCoordinate, row.coordinates->position,
          row.coordinates->accuracy_radius);
  } else if (row.address.empty() && row.locality.empty() && row.postcode.empty()) {
    incident.place = geo::PlaceKind::kUnplaced;
    incident.reason = geo::UnplacedReason::kNoPlaceGiven;
  } else {
    return Geocode(row);
  }
  return std::nullopt;
}

}  // namespace lagesbild::service
