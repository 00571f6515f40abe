#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/spatial_weights.h"

namespace lagesbild::geo {

struct LocalPermutationOptions {
  int permutations = 999;
  std::uint64_t seed = 1;
  std::stop_token stop = {};
};

/// The weighted neighbor sum of every place and how often redraws reach it, in the order of the places.
struct LocalPermutationTails {
  std::vector<double> lag_sums;    ///< sum of weight · value over the neighbors, the own value left out
  std::vector<double> p_at_least;  ///< (1 + redraws >= lag) / (permutations + 1); NaN for an island
  std::vector<double> p_at_most;   ///< the same for <=
};

/// Conditional permutation for any weights and values: the own value stays, the neighbors' values are drawn
/// from the others without replacement. One tail serves Gi, Gi* and, by the sign of the own deviation, local
/// Moran. For counts and binary weights ExactPermutationTails is the limit and quicker.
///
/// The places share the draws (each sees them without itself), so their p-values lean on the same randomness:
/// adjust as dependent. Ties count as reached, to 1e-12 of the largest sum. Same seed, same result. Throws
/// InvalidInput: another number of values than places, fewer than 3 places, a value that is not finite,
/// permutations < 1; Cancelled. Cost: O(permutations · weights). Source: Anselin (1995). Peers: spdep
/// localG_perm (with replacement, see statistics.md 3.5), esda.
LocalPermutationTails PermuteLocally(std::span<const double> values, const SpatialWeights& weights,
                                     const LocalPermutationOptions& options);

}  // namespace lagesbild::geo
