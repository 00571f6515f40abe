#pragma once

#include <string_view>

#include "geo/incident.h"

namespace lagesbild::service {

/// Codes of an incident's enums as they stand in the store; the inverse functions throw StoreUnavailable for
/// a code that this program does not know (a damaged store).
std::string_view PlaceKindCode(geo::PlaceKind kind);  ///< "PLACED", "UNPLACED", "DIGITAL"
geo::PlaceKind PlaceKindOf(std::string_view code);
geo::UnplacedReason UnplacedReasonOf(std::string_view code);
geo::MatchLevel MatchLevelOf(std::string_view code);
geo::AgeRole RoleOf(std::string_view code);

}  // namespace lagesbild::service
