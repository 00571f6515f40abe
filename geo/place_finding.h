#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/place_choice.h"

namespace lagesbild::geo {

/// A finding that places nothing, with its reason.
Finding Unplaced(Rank rank, UnplacedReason reason);
Finding Placed(Rank rank, MatchLevel level, PlanePoint position, double radius_m, std::string matched);

/// Postal town, else locality.
std::string_view TownOf(const AddressView& a);
std::string WithTown(std::string_view label, std::string_view town);
/// "Storgatan 12B U1"
std::string DesignationOf(const AddressView& a);
/// "Heby skola, Heby"
std::string LabelOf(const Place& place);
/// Equals of which none is picked, by the alphabet.
Finding AmbiguousAmong(std::vector<std::string> candidates);
/// "10–16", "13A–B", "12"
std::string RangeText(const HouseNumber& number);

}  // namespace lagesbild::geo
