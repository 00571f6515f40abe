#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// kUniform divides each kernel by its own edge factor at the location, kUniformAtLocation (sparr's
/// convention) the sum by the edge factor of the bandwidth that the location itself would get.
enum class AdaptiveEdge { kNone, kUniform, kDiggle, kUniformAtLocation };

struct AdaptiveOptions {
  Kernel kernel = Kernel::kGaussian;
  Meters bandwidth{1000};  ///< global: support radius of compact kernels, standard deviation of the Gaussian
  Meters pilot_bandwidth{1000};  ///< standard deviation of the Gaussian pilot
  double trim = 5;               ///< no bandwidth is larger than this many times the global one; over 1
  AdaptiveEdge edge = AdaptiveEdge::kDiggle;
  /// Corrects the pilot (uniformly) and the density. Points outside it are ignored. Needed unless kNone.
  const StudyArea* study_area = nullptr;
  std::stop_token stop = {};
  int threads = 0;  ///< 0: as many as the machine has. The result is the same for any.
};

/// One bandwidth per incident: h = h0 min(f^(-1/2) / gamma, trim), f the pilot at the incident itself
/// included, gamma the geometric mean of f^(-1/2) over the incidents (each counts once, whatever its weight).
struct AdaptiveBandwidths {
  std::vector<double> pilot_per_km2;  ///< at each incident; NaN outside the study area
  std::vector<Meters> bandwidths;     ///< of each incident; NaN outside the study area
  double log_gamma = 0;               ///< of the pilot in km⁻²
  int trimmed = 0;                    ///< incidents whose bandwidth the trimming made smaller
};

/// Throws InvalidInput: bandwidths not positive and finite, trim not above 1 and finite, an edge correction
/// without study area, points or weights as KernelDensity; Cancelled. Empty for no points.
/// Source: Abramson (1982). Peers: spatstat.explore bw.abram, sparr bivariate.density(adapt = TRUE).
AdaptiveBandwidths AbramsonBandwidths(std::span<const PlanePoint> points, std::span<const double> weights,
                                      const AdaptiveOptions& options);

/// What AbramsonBandwidths would give an incident at each of the locations. NaN outside the study area.
std::vector<Meters> AbramsonBandwidthsAt(std::span<const PlanePoint> locations,
                                         std::span<const PlanePoint> points, std::span<const double> weights,
                                         const AdaptiveBandwidths& adaptive, const AdaptiveOptions& options);

/// Density per km² at the locations, each incident with its own bandwidth. NaN outside the study area when an
/// edge correction is asked for. Throws as AbramsonBandwidths.
/// Cost: as ComputeDensityAt; near the border kUniform O(n) and one edge factor per location and incident.
std::vector<double> AdaptiveDensityAt(std::span<const PlanePoint> points, std::span<const double> weights,
                                      const AdaptiveBandwidths& adaptive,
                                      std::span<const PlanePoint> locations, const AdaptiveOptions& options);

/// The same at the centers of a grid's cells, by the engine of ComputeDensity: exact to 1e-9 of the maximum,
/// with its method and checks. `bandwidth` is the global one.
DensitySurface<double> AdaptiveSurface(std::span<const PlanePoint> points, std::span<const double> weights,
                                       const AdaptiveBandwidths& adaptive, const GridSpec& grid,
                                       const AdaptiveOptions& options);
/// Its values alone.
Grid<double> AdaptiveDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                             const AdaptiveBandwidths& adaptive, const GridSpec& grid,
                             const AdaptiveOptions& options);

}  // namespace lagesbild::geo
