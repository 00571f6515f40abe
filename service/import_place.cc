#include "service/import_place.h"

namespace lagesbild::service {

PlaceFinder::PlaceFinder(const geo::Geocoder& geocoder, const geo::StudyArea& area, const Mapping& mapping,
                         const Reporter& reporter, std::chrono::year_month_day today)
    : geocoder_(geocoder),
      area_(area),
      mapping_(mapping),
      reporter_(reporter),
      expires_on_(geo::IsoDate(std::chrono::sys_days{today} + std::chrono::days{kUnresolvedDays})) {}

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

std::optional<UnresolvedPlace> PlaceFinder::Geocode(RowRead& row) const {
  geo::Incident& incident = row.stored.incident;
  const std::string& context = !row.locality.empty()                ? row.locality
                               : !mapping_.default_locality.empty() ? mapping_.default_locality
                                                                    : reporter_.home_locality;
  // A row that names only a locality asks for that locality itself.
  const std::string& text = row.address.empty() ? row.locality : row.address;
  const geo::GeocodeMatch match = geocoder_.Geocode({text, row.address.empty() ? "" : context, row.postcode});
  if (match.placed()) {
    PutAt(incident, match.level, match.position, match.accuracy_radius);
    return std::nullopt;
  }
  incident.place = geo::PlaceKind::kUnplaced;
  incident.reason = match.reason;
  switch (match.reason) {
    case geo::UnplacedReason::kNotFound:
    case geo::UnplacedReason::kNumberNotFound:
    case geo::UnplacedReason::kAmbiguous:
      return UnresolvedPlace{
          0,          row.stored.place_key, text, context, std::string(geo::UnplacedReasonCode(match.reason)),
          expires_on_};
    case geo::UnplacedReason::kNone:
    case geo::UnplacedReason::kNoPlaceGiven:
    case geo::UnplacedReason::kOutside:
      break;
  }
  return std::nullopt;
}

std::optional<UnresolvedPlace> PlaceFinder::Place(RowRead& row) const {
  geo::Incident& incident = row.stored.incident;
  if (row.digital) {
    incident.place = geo::PlaceKind::kDigital;
  } else if (row.coordinates) {
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
