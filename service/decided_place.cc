#include "service/decided_place.h"

#include "geo/register_difference.h"

namespace lagesbild::service {
namespace {

constexpr double kUnmovedMeters = 1;

bool NamesARegisterPoint(const PlaceDecision& decision) {
  return decision.placed && !decision.matched.empty() &&
         (decision.level == geo::MatchLevel::kAddressPoint ||
          decision.level == geo::MatchLevel::kAddressNumber || decision.level == geo::MatchLevel::kPoi);
}

}  // namespace

DecidedPlace PlaceOf(const PlaceDecision& decision, const geo::Geocoder& geocoder) {
  DecidedPlace place;
  if (!decision.placed) return place;
  place.match.level = decision.level;
  place.match.position = decision.position;
  place.match.accuracy_radius = decision.accuracy_radius;
  place.match.matched = decision.matched;
  if (!NamesARegisterPoint(decision)) return place;
  const geo::GeocodeMatch today = geocoder.Geocode({decision.matched});
  if (today.level != decision.level || today.matched != decision.matched) {
    place.standing = RegisterStanding::kNotFound;
    return place;
  }
  const bool moved = geo::DistanceBetween(today.position, decision.position).value() > kUnmovedMeters;
  place.standing = moved ? RegisterStanding::kMoved : RegisterStanding::kSame;
  if (moved) {
    place.match.position = today.position;
    place.match.accuracy_radius = today.accuracy_radius;
  }
  return place;
}

}  // namespace lagesbild::service
