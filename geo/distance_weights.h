#pragma once

#include <span>

#include "geo/spatial_weights.h"
#include "geo/units.h"

namespace lagesbild::geo {

/// Weight 1 for every other place no further than `distance` (inclusive). A place with none is an island.
///
/// Throws InvalidInput: a coordinate that is not finite, a negative distance. Cost: O(n log n + pairs).
/// Peer: spdep dnearneigh.
SpatialWeights DistanceBandWeights(std::span<const PlanePoint> places, Meters distance);

/// Weight 1 for the k nearest other places; of places as far away those that come first. Not symmetric.
///
/// Throws InvalidInput: a coordinate that is not finite, k < 1, k >= the number of places. Cost: O(n² log k).
/// Peer: spdep knearneigh.
SpatialWeights NearestWeights(std::span<const PlanePoint> places, int k);

/// Weight 1/m for every other place no further than `distance`. Throws as DistanceBandWeights, and
/// InvalidInput where two places share a position: their weight would be infinite. Peer: spdep nbdists.
SpatialWeights InverseDistanceWeights(std::span<const PlanePoint> places, Meters distance);

}  // namespace lagesbild::geo
