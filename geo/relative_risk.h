#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/kernel_density.h"

namespace lagesbild::geo {

/// Whether bandwidths differ per incident, and by which pilot: that of all incidents of both groups together
/// (symmetric), or of each group by itself (asymmetric).
enum class RiskSmoothing { kFixed, kAdaptiveSymmetric, kAdaptiveAsymmetric };

struct RelativeRiskOptions {
  Kernel kernel = Kernel::kGaussian;
  Meters bandwidth{1000};  ///< of both groups: support radius, or standard deviation of the Gaussian
  RiskSmoothing smoothing = RiskSmoothing::kFixed;
  Meters pilot_bandwidth{1000};           ///< adaptive: standard deviation of the Gaussian pilot
  double trim = 5;                        ///< adaptive: as AdaptiveOptions
  const StudyArea* study_area = nullptr;  ///< required; incidents outside it are ignored
  int min_incidents = 10;                 ///< fewest incidents in either group; at least 1
  /// Where the density of both groups together is under this share of its peak the ratio says nothing and is
  /// NaN. 0 to 1.
  double min_pooled_share = 0.001;
  /// Densities are normalized by a sum over this many cells along either side of the study area's box.
  int normalizer_cells = 220;
  /// Permutations of the group labels for a Monte Carlo p; 0 for none.
  int permutations = 0;
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
  std::stop_token stop = {};
};

enum class RiskStatus : unsigned char { kValue, kOutsideStudyArea, kTooFewNearby };

/// Everything about the two groups at one location. Densities integrate to about 1 over the study area and
/// are per m², before normalization; NaN outside the study area.
struct RiskValue {
  RiskStatus status = RiskStatus::kOutsideStudyArea;
  double case_density, control_density;  ///< edge-corrected (uniform), unnormalized
  double pooled_density;                 ///< of both groups together, normalized
  double edge, squared_edge;  ///< e_h; share of the squared kernel inside (Gaussian: e_{h / sqrt 2})
  double log_ratio_unnormalized;
  /// log f - log g of the normalized densities. NaN unless `status` is kValue.
  double log_ratio;
  /// Asymptotic z and its upper tail: p < 0.025 elevated, > 0.975 lowered. NaN unless `status` is kValue.
  double z, p_upper;
};

struct RelativeRisk {
  std::vector<RiskValue> values;
  /// (1 + permutations with a log ratio at least as large) / (permutations + 1); empty without permutations.
  std::vector<double> p_monte_carlo;
  double case_integral = 0, control_integral = 0, pooled_integral = 0;  ///< by which densities were divided
  double peak_pooled_density = 0;                                       ///< over the locations
  int cases = 0, controls = 0;                                          ///< inside the study area
  int locations_with_too_few = 0;
};

/// Compares where two disjoint groups of incidents happen, whatever their numbers.
///
/// Throws TooFewIncidents when either group has fewer than `min_incidents`; InvalidInput: no study area,
/// options out of range, a coordinate that is not finite, a kernel other than Gaussian, Epanechnikov or
/// uniform (whose squares have an edge factor in closed form), permutations with kAdaptiveAsymmetric;
/// Cancelled. Source: Kelsall and Diggle (1995), Hazelton and Davies (2009), Davies and Hazelton (2010).
/// Peers: sparr risk, tolerance. Their pixel densities differ by up to 0.2 in the log ratio.
RelativeRisk RelativeRiskAt(std::span<const PlanePoint> cases, std::span<const PlanePoint> controls,
                            std::span<const PlanePoint> locations, const RelativeRiskOptions& options);

/// The same at the centers of a grid's cells, row-major from the south-west.
RelativeRisk RelativeRiskOnGrid(std::span<const PlanePoint> cases, std::span<const PlanePoint> controls,
                                const GridSpec& grid, const RelativeRiskOptions& options);

}  // namespace lagesbild::geo
