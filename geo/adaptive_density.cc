#include "geo/adaptive_density.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "geo/density_at.h"
#include "geo/density_surface_checks.h"
#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTogether = 64;  // locations between two looks at the stop token

void CheckOptions(const AdaptiveOptions& options) {
  static_cast<void>(KernelFunction(options.kernel, options.bandwidth));
  static_cast<void>(KernelFunction(Kernel::kGaussian, options.pilot_bandwidth));
  if (!(options.trim > 1) || !std::isfinite(options.trim))
    throw InvalidInput("the trimming of bandwidths must be a finite number above 1, was " +
                       std::to_string(options.trim));
  if (options.edge != AdaptiveEdge::kNone && options.study_area == nullptr)
    throw InvalidInput("an edge correction needs a study area");
}

KernelDensityOptions Pilot(const AdaptiveOptions& options) {
  return {.kernel = Kernel::kGaussian,
          .bandwidth = options.pilot_bandwidth,
          .edge = options.study_area ? EdgeCorrection::kUniform : EdgeCorrection::kNone,
          .study_area = options.study_area,
          .stop = options.stop};
}

Meters BandwidthFor(double pilot, double log_gamma, const AdaptiveOptions& options) {
  if (std::isnan(pilot)) return Meters{kNaN};
  // A pilot of 0, far from every incident, gives the largest bandwidth.
  const double factor = std::exp(-0.5 * std::log(pilot) - log_gamma);
  return Meters{options.bandwidth.value() * std::min(factor, options.trim)};
}

/// The incidents that have a bandwidth, as the engine takes them.
struct OwnBandwidths {
  std::vector<PlanePoint> points;
  std::vector<double> weights, bandwidths_m;
  DensityIncidents incidents() const {
    return {.points = points, .weights = weights, .groups = {}, .bandwidths_m = bandwidths_m};
  }
};

OwnBandwidths WithOwn(std::span<const PlanePoint> points, std::span<const double> weights,
                      const AdaptiveBandwidths& adaptive) {
  if (adaptive.bandwidths.size() != points.size())
    throw InvalidInput("there are " + std::to_string(adaptive.bandwidths.size()) + " bandwidths for " +
                       std::to_string(points.size()) + " points; give one for each");
  if (!weights.empty() && weights.size() != points.size())
    throw InvalidInput("there are " + std::to_string(weights.size()) + " weights for " +
                       std::to_string(points.size()) + " points; give one for each or none");
  OwnBandwidths own;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (std::isnan(adaptive.bandwidths[i].value())) continue;
    own.points.push_back(points[i]);
    own.weights.push_back(weights.empty() ? 1.0 : weights[i]);
    own.bandwidths_m.push_back(adaptive.bandwidths[i].value());
  }
  return own;
}

/// What the engine corrects itself: Diggle's correction is at the incidents, the uniform ones are not.
DensityOptions Engine(const AdaptiveOptions& options) {
  const bool diggle = options.edge == AdaptiveEdge::kDiggle;
  return {.kernel = options.kernel,
          .bandwidths = {options.bandwidth},
          .edge = diggle ? EdgeCorrection::kDiggle : EdgeCorrection::kNone,
          .study_area = diggle ? options.study_area : nullptr,
          .threads = options.threads,
          .stop = options.stop};
}

/// Incidents with their own kernels, by northing, for the correction of each kernel at the location.
struct Source {
  double x, y, mass;
  KernelFunction kernel;
};

std::vector<Source> SourcesOf(const OwnBandwidths& own, Kernel kernel) {
  std::vector<Source> sources;
  for (std::size_t i = 0; i < own.points.size(); ++i)
    if (own.weights[i] != 0)
      sources.push_back({own.points[i].easting.value(), own.points[i].northing.value(), own.weights[i],
                         KernelFunction(kernel, Meters{own.bandwidths_m[i]})});
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    if (a.y != b.y) return a.y < b.y;
    if (a.x != b.x) return a.x < b.x;
    if (a.mass != b.mass) return a.mass < b.mass;
    return a.kernel.scale_m() < b.kernel.scale_m();
  });
  return sources;
}

/// Sum at one location near the boundary, each kernel divided by its own edge factor there.
double CorrectedSumAt(PlanePoint location, const std::vector<Source>& sources,
                      const AdaptiveOptions& options) {
  const double to_boundary = options.study_area->distance_to_boundary(location).value();
  const double x = location.easting.value(), y = location.northing.value();
  double sum = 0;
  for (const Source& source : sources) {
    const double dx = source.x - x, dy = source.y - y;
    const double density = source.mass * source.kernel.AtSquaredDistance(dx * dx + dy * dy);
    if (density == 0) continue;
    const Meters bandwidth{source.kernel.scale_m()};
    const bool cut = to_boundary < EdgeReach(options.kernel, bandwidth).value();
    sum += cut ? density / EdgeFactor(location, *options.study_area, options.kernel, bandwidth) : density;
  }
  return sum * kPerKm2;
}

/// From the sums at the locations, made by the engine, to what `options.edge` asks for.
void Correct(std::span<const PlanePoint> locations, std::span<double> densities, const OwnBandwidths& own,
             std::span<const Meters> at_locations, const AdaptiveOptions& options) {
  if (options.edge == AdaptiveEdge::kNone) return;
  double widest = 0;
  for (const double bandwidth : own.bandwidths_m) widest = std::max(widest, bandwidth);
  const double reach = widest > 0 ? EdgeReach(options.kernel, Meters{widest}).value() : 0;
  const bool per_kernel = options.edge == AdaptiveEdge::kUniform;
  const std::vector<Source> sources = per_kernel ? SourcesOf(own, options.kernel) : std::vector<Source>();
  ParallelFor(
      options.threads, (locations.size() + kTogether - 1) / kTogether, [&](std::size_t part, std::size_t) {
        if (options.stop.stop_requested()) throw Cancelled();
        const std::size_t end = std::min(locations.size(), (part + 1) * kTogether);
        for (std::size_t i = part * kTogether; i < end; ++i) {
          double& density = densities[i];
          if (!options.study_area->contains(locations[i]))
            density = kNaN;
          else if (per_kernel && options.study_area->distance_to_boundary(locations[i]).value() < reach)
            density = CorrectedSumAt(locations[i], sources, options);
          else if (!at_locations.empty() && density > 0)
            density /= EdgeFactor(locations[i], *options.study_area, options.kernel, at_locations[i]);
        }
      });
}

}  // namespace

AdaptiveBandwidths AbramsonBandwidths(std::span<const PlanePoint> points, std::span<const double> weights,
                                      const AdaptiveOptions& options) {
  CheckOptions(options);
  AdaptiveBandwidths adaptive;
  adaptive.pilot_per_km2 = KernelDensityAt(points, weights, points, Pilot(options));
  std::vector<double> logs;
  for (const double pilot : adaptive.pilot_per_km2)
    if (pilot > 0) logs.push_back(-0.5 * std::log(pilot));
  std::sort(logs.begin(), logs.end());  // the order of the incidents does not change a bit
  for (const double log : logs) adaptive.log_gamma += log / static_cast<double>(logs.size());
  for (const double pilot : adaptive.pilot_per_km2) {
    adaptive.bandwidths.push_back(BandwidthFor(pilot, adaptive.log_gamma, options));
    adaptive.trimmed += -0.5 * std::log(pilot) - adaptive.log_gamma > std::log(options.trim);
  }
  return adaptive;
}

std::vector<Meters> AbramsonBandwidthsAt(std::span<const PlanePoint> locations,
                                         std::span<const PlanePoint> points, std::span<const double> weights,
                                         const AdaptiveBandwidths& adaptive, const AdaptiveOptions& options) {
  CheckOptions(options);
  std::vector<Meters> bandwidths;
  for (const double pilot : KernelDensityAt(points, weights, locations, Pilot(options)))
    bandwidths.push_back(BandwidthFor(pilot, adaptive.log_gamma, options));
  return bandwidths;
}

std::vector<double> AdaptiveDensityAt(std::span<const PlanePoint> points, std::span<const double> weights,
                                      const AdaptiveBandwidths& adaptive,
                                      std::span<const PlanePoint> locations, const AdaptiveOptions& options) {
  CheckOptions(options);
  const OwnBandwidths own = WithOwn(points, weights, adaptive);
  std::vector<double> densities =
      std::move(ComputeDensityAt(own.incidents(), locations, Engine(options)).front());
  std::vector<Meters> at_locations;
  if (options.edge == AdaptiveEdge::kUniformAtLocation)
    at_locations = AbramsonBandwidthsAt(locations, points, weights, adaptive, options);
  Correct(locations, densities, own, at_locations, options);
  return densities;
}

DensitySurface<double> AdaptiveSurface(std::span<const PlanePoint> points, std::span<const double> weights,
                                       const AdaptiveBandwidths& adaptive, const GridSpec& grid,
                                       const AdaptiveOptions& options) {
  CheckOptions(options);
  const OwnBandwidths own = WithOwn(points, weights, adaptive);
  DensitySurface<double> surface =
      std::move(ComputeDensity<double>(own.incidents(), grid, Engine(options)).surfaces.front());
  if (options.edge != AdaptiveEdge::kUniform && options.edge != AdaptiveEdge::kUniformAtLocation)
    return surface;
  std::vector<PlanePoint> centers;
  centers.reserve(grid.cell_count());
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) centers.push_back(grid.center({column, row}));
  std::vector<Meters> at_centers;
  if (options.edge == AdaptiveEdge::kUniformAtLocation)
    at_centers = AbramsonBandwidthsAt(centers, points, weights, adaptive, options);
  Correct(centers, surface.density.values(), own, at_centers, options);
  SumSurface(surface.density, surface.checks);
  return surface;
}

Grid<double> AdaptiveDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                             const AdaptiveBandwidths& adaptive, const GridSpec& grid,
                             const AdaptiveOptions& options) {
  return std::move(AdaptiveSurface(points, weights, adaptive, grid, options).density);
}

}  // namespace lagesbild::geo
