#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "geo/spatial_weights.h"

namespace lagesbild::geo {

/// Own value, then the neighbors' weighted sum of deviations. Exactly at the mean counts as low.
enum class Quadrant { kLowLow, kLowHigh, kHighLow, kHighHigh };
std::string_view QuadrantLabel(Quadrant quadrant);  ///< "Low-Low", "Low-High", "High-Low", "High-High"

struct LocalMoments {
  std::vector<double> expected, variance, z_scores;
  std::vector<double> p_values;  ///< two-sided, normal: a reference only (statistics.md 2)
};

/// Local Moran's I of every place, in the order of the places.
struct LocalMoran {
  std::vector<double> value;
  LocalMoments conditional;  ///< the place's own value stays, the others are permuted (Sokal 1998)
  LocalMoments total;        ///< all values are permuted
  std::vector<Quadrant> quadrants;
};

/// I = (z / m2) · sum of w z of the neighbors, z the deviation from the mean, m2 its mean square (1/n).
///
/// Weights as given (row-standardize them first where that is meant). An island has value, moments 0 and z
/// NaN; everything is NaN when all values are equal; the conditional z is NaN where all other values are
/// equal. Throws InvalidInput: n < 4, another number of values than places, a value that is not finite. Cost:
/// O(n + weights). Source: Anselin (1995), Sokal, Oden and Thomson (1998). Peer: spdep localmoran.
LocalMoran LocalMoranI(std::span<const double> values, const SpatialWeights& weights);

/// Local Geary: sum of w (zi - zj)², z scaled by the standard deviation with n-1; with m2 multiply by
/// n/(n-1). 0 for an island; NaN when all values are equal. Throws as LocalMoranI. Source: Anselin (1995).
/// Peer: spdep localC.
std::vector<double> LocalGeary(std::span<const double> values, const SpatialWeights& weights);

/// A global statistic with moments under randomization. `p_value` is two-sided and normal.
struct GlobalStatistic {
  double value = 0, expected = 0, variance = 0, z_score = 0, p_value = 0;
};

/// Global Moran's I. Islands do not count in n (but in mean and kurtosis), as in spdep. NaN when all values
/// are equal or all places are islands. Throws as LocalMoranI. Source: Cliff and Ord (1981). Peer: spdep
/// moran.test.
GlobalStatistic GlobalMoran(std::span<const double> values, const SpatialWeights& weights);

/// Global Geary's C: below 1 where neighbors are alike; the z-score is positive then. Else as GlobalMoran.
/// With islands the variance follows spdep 1.2, which mixes n with and without them; without islands it is
/// exact.
GlobalStatistic GlobalGeary(std::span<const double> values, const SpatialWeights& weights);

}  // namespace lagesbild::geo
