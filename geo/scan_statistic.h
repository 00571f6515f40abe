#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

enum class ScanModel {
  kPoisson,    ///< cases against a population
  kBernoulli,  ///< cases against controls
};

/// A location of a spatial scan.
struct ScanLocation {
  PlanePoint position;
  long long cases = 0;
  double population = 0;   ///< Poisson: inhabitants or any exposure; unused otherwise
  long long controls = 0;  ///< Bernoulli
};

struct ScanOptions {
  ScanModel model = ScanModel::kPoisson;
  /// Of the population (Bernoulli: cases and controls) that a circle may hold. The usual 0.5 often returns
  /// half the map as one "cluster"; 0.25 keeps it a place.
  double most_population_share = 0.25;
  int simulations = 999;
  std::uint64_t seed = 1;
  std::stop_token stop = {};
};

/// A circle with more cases than expected.
struct ScanCluster {
  int center = 0;  ///< location in whose middle it is
  double radius_m = 0;
  std::vector<int> members;  ///< locations, ascending
  long long observed = 0;
  double expected = 0;
  double relative_risk = 0;  ///< inside over outside; infinite when all cases are inside
  double log_ratio = 0;      ///< log likelihood ratio
  double p_value = 1;        ///< (1 + simulations whose largest ratio is no smaller) / (simulations + 1)
  double gumbel_p = 1;  ///< the same by a Gumbel distribution fitted to the simulations, finer than a rank
};

struct ScanResult {
  long long total_cases = 0;
  std::size_t distinct_circles = 0;
  /// Every circle with a positive ratio, the largest first; of equals the first center, then the smaller.
  std::vector<ScanCluster> clusters;
  std::vector<double> simulated_maxima;  ///< in the order of the simulations
};

/// Kulldorff's scan statistic: the circle whose cases are hardest to explain by chance, over all circles
/// around all locations, with the p-value of the largest.
///
/// High counts only. Same seed, same result. Throws InvalidInput: no locations, no cases, negative counts, a
/// population that is negative or not finite, none at all, cases where there is no population (Poisson),
/// options out of range; Cancelled. Cost: O(simulations · circle steps). Source: Kulldorff (1997). Peers:
/// SaTScan; SpatialEpi (whose Poisson ratio is NaN when all cases lie inside).
ScanResult ScanCircles(std::span<const ScanLocation> locations, const ScanOptions& options);
/// The same with the caller's simulated cases, one row per simulation. For checks against a peer.
ScanResult ScanCirclesUnder(std::span<const ScanLocation> locations, const ScanOptions& options,
                            std::span<const std::vector<long long>> simulated);

/// Clusters of which none shares a location with a better one, the best first; at most `most`. Their p-values
/// are those against the largest of all circles, conservative for all but the first.
std::vector<ScanCluster> WithoutOverlap(std::span<const ScanCluster> clusters, std::size_t most);

/// P(maximum >= value) by a Gumbel distribution with the mean and variance of `maxima` (Abrams, Kulldorff and
/// Kleinman 2010). NaN with fewer than 2 maxima; 1 or 0 when they are all equal.
double GumbelTail(std::span<const double> maxima, double value);
/// (1 + maxima >= value) / (maxima + 1).
double RankTail(std::span<const double> maxima, double value);

}  // namespace lagesbild::geo
