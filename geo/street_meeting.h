#pragma once

#include <span>
#include <vector>

#include "geo/crossing.h"

namespace lagesbild::geo {

/// What is known of a street that has no line: where its houses stand, and its sides by number.
struct StreetHouses {
  std::vector<PlanePoint> houses;
  std::vector<PlaneLine> sides;
};

/// Where two streets should meet by where their houses stand: where the sides of one, drawn out a little, run
/// across those of the other, or where houses of both stand nearest, moved to where the streets' directions
/// there cross. `spread_m` is how far the houses stand that speak for it: within it lies where they meet
/// about nine times of ten. Streets that run side by side with the gardens between them do not meet. In order
/// of easting, then northing. O(houses of a × houses of b).
std::vector<Crossing> EstimateCrossings(const StreetHouses& a, const StreetHouses& b);

}  // namespace lagesbild::geo
