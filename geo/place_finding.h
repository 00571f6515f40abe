#pragma once

#include <string>

#include "geo/place_choice.h"

namespace lagesbild::geo {

/// A finding that places nothing, with its reason.
Finding Unplaced(Rank rank, UnplacedReason reason);
Finding Placed(Rank rank, MatchLevel level, PlanePoint position, double radius_m, std::string matched);

/// Postal town, else locality.
std::string TownOf(const Address& a);
std::string WithTown(const std::string& label, const std::string& town);
/// "Storgatan 12B U1"
std::string DesignationOf(const Address& a);
/// "10–16", "13A–B", "12"
std::string RangeText(const HouseNumber& number);

}  // namespace lagesbild::geo
