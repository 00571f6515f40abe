#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/adaptive_density.h"
#include "geo/density_bootstrap.h"
#include "geo/density_surface.h"
#include "geo/place_uncertainty.h"
#include "geo/situation_picture.h"

namespace lagesbild::geo {

struct AdaptiveLayerOptions {
  std::optional<Meters> pilot = {};  ///< standard deviation; empty: that of the bandwidth
  double trim = 5;
};

/// What is computed beside a picture's plain surfaces. Kernel, edge correction, accuracy and role are the
/// picture's.
struct DensityLayerOptions {
  std::vector<Meters> bandwidths = {Meters{1000}};  ///< as PictureOptions::bandwidth
  bool binned = false;
  /// Every bandwidth asked for is then the global one, and each incident gets its own by a Gaussian pilot of
  /// all incidents that take part: at one place the same for every group, so that groups can be compared and
  /// add up.
  std::optional<AdaptiveLayerOptions> adaptive = {};
  std::optional<PlaceSpread> place_spread = {};
  std::optional<BootstrapOptions> bootstrap = {};
  std::vector<PlanePoint> locations = {};  ///< whose plain density is wanted beside that of the cells
  EdgeFactorCache* edge_cache = nullptr;
};

/// Everything of one group and one bandwidth. NaN outside the study area, whatever the edge correction.
struct DensityLayerSet {
  std::string group_code;
  std::size_t bandwidth_index = 0;
  DensitySurface<double> plain;
  std::vector<double> at_locations;                        ///< the exact sum there, per km²
  std::optional<DensitySurface<double>> spread;            ///< each incident over its accuracy radius
  std::optional<Grid<double>> difference;                  ///< spread - plain
  std::optional<Grid<double>> lower, upper, share_in_top;  ///< of the bootstrap
};

/// How far the bandwidths of incidents differ from the global one.
struct AdaptiveSpan {
  Bandwidth pilot;  ///< of the Gaussian
  Bandwidth smallest, largest;
  int incidents = 0, trimmed = 0;
};

struct DensityLayers {
  std::vector<DensityLayerSet> sets;   ///< for each bandwidth in the order given, each group
  std::vector<AdaptiveSpan> adaptive;  ///< for each bandwidth; empty unless asked for or without incidents
  int coarse_spread = 0;               ///< incidents spread over fewer points than their radius needs
};

/// Densities of groups of a picture's incidents, with what is asked for beside the plain surfaces.
///
/// Groups are computed in one pass per surface kind with the same bandwidths. Bands are those of the plain
/// surface. Throws InvalidInput: no study area, adaptive bandwidths with kUniform, `binned` or a bootstrap,
/// and as ComputeDensity, AbramsonBandwidths, BootstrapDensity; TooFewIncidents for a bootstrap of fewer than
/// 2 incidents; Cancelled. `progress` as in MakeSituationPicture.
DensityLayers MakeDensityLayers(const PictureInput& input, const PictureOptions& options,
                                std::span<const AgeGroup> groups, const DensityLayerOptions& layers,
                                std::stop_token stop = {},
                                const std::function<void(double, const char*)>& progress = {});

/// What a surface's checks say together.
struct CheckedSurface {
  double mass_deviation = 0;       ///< mass / incident mass - 1; NaN without incidents
  double centroid_distance_m = 0;  ///< between both centroids; NaN where one is
};
CheckedSurface Compared(const SurfaceChecks& checks);

}  // namespace lagesbild::geo
