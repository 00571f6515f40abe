#pragma once

#include <span>
#include <vector>

#include "geo/spatial_weights.h"

namespace lagesbild::geo {

/// The neighbor sum of every place and its exact conditional permutation tails, in the order of the places.
struct PermutationTails {
  std::vector<long long> lag_sums;  ///< sum of the neighbors' counts, the own one left out
  std::vector<double> p_at_least;   ///< P(sum >= lag_sum); NaN for an island
  std::vector<double> p_at_most;    ///< P(sum <= lag_sum); NaN for an island
};

/// The limit of infinitely many conditional permutations: the own count stays, the k neighbors' counts are
/// drawn from the other n-1 without replacement. One tail serves Gi, Gi* and local Moran.
///
/// Weights count as binary; a place's weight on itself is ignored. Exact to about 1e-13.
/// Throws InvalidInput: another number of counts than places, fewer than 2 places, or counts so large that k
/// times their range exceeds ten million. Cost: a dynamic programme over the distinct counts for every
/// distinct pair of own count and k: O(distinct · k² · sums). Source: statistics.md 3.6. Peer: none; spdep
/// localG_perm and esda draw at random.
PermutationTails ExactPermutationTails(std::span<const int> counts, const SpatialWeights& weights);

}  // namespace lagesbild::geo
