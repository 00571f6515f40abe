#pragma once

#include <span>
#include <vector>

#include "geo/spatial_weights.h"

namespace lagesbild::geo {

/// Getis-Ord statistic of every place, in the order of the places.
struct GetisOrd {
  std::vector<double>
      value;  ///< weighted sum of the neighbors' values over the sum of all (Gi: of all others)
  std::vector<double> expected;  ///< under equal chance of every arrangement
  std::vector<double> variance;
  std::vector<double> z_scores;
  std::vector<double>
      p_values;  ///< two-sided, normal: a reference only. Never report it for small counts (statistics.md 2)
};

/// Gi: how high the neighbors' values are, the place's own value left out.
///
/// z is NaN for an island, and where all other values are equal. `value` is NaN where the others sum to 0.
/// Throws InvalidInput: n < 3, another number of values than places, a value that is not finite, a place that
/// is its own neighbor. Cost: O(n + weights). Source: Ord and Getis (1995), variance with n as in spdep.
/// Peer: spdep localG.
GetisOrd GetisOrdG(std::span<const double> values, const SpatialWeights& weights);

/// Gi*: how high the values of the place and its neighbors are. `weights` include the place itself
/// (WithSelf).
///
/// An island has (x - mean) / sd. z is NaN when all values are equal. Throws as GetisOrdG, and InvalidInput
/// when a place is not its own neighbor.
GetisOrd GetisOrdGStar(std::span<const double> values, const SpatialWeights& weights);

/// 2 P(Z >= |z|) of the standard normal; NaN for NaN.
double TwoSidedNormalP(double z);

}  // namespace lagesbild::geo
