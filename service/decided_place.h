#pragma once

#include "geo/geocoder.h"
#include "service/store.h"

namespace lagesbild::service {

/// How a decision stands to the register of today.
enum class RegisterStanding {
  kNone,      ///< it names no address or place: coordinates, a street, or a dismissal
  kSame,      ///< what it names lies where it lay
  kMoved,     ///< ... lies elsewhere now: the decision follows
  kNotFound,  ///< ... is not one place of the register any more: the decision keeps its position, and is
              ///< stale
};

/// Where a decision puts its text today.
struct DecidedPlace {
  geo::GeocodeMatch match;  ///< nothing of a dismissal
  RegisterStanding standing = RegisterStanding::kNone;
};

/// A decision that names an address or a place of the register points to it: its position is that of the
/// register of today, so that incidents moved by an update and those delivered later lie at one place. Where
/// the name is gone, or names several, the position of the decision's own day stands. Cost: one geocoding.
DecidedPlace PlaceOf(const PlaceDecision& decision, const geo::Geocoder& geocoder);

}  // namespace lagesbild::service
