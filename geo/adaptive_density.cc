#include "geo/adaptive_density.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

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

/// Incidents with their own kernels, by northing.
struct Source {
  double x, y, mass;
  KernelFunction kernel;
};

std::vector<Source> SourcesOf(std::span<const PlanePoint> points, std::span<const double> weights,
                              const AdaptiveBandwidths& adaptive, const AdaptiveOptions& options) {
  if (adaptive.bandwidths.size() != points.size())
    throw InvalidInput("there are " + std::to_string(adaptive.bandwidths.size()) + " bandwidths for " +
                       std::to_string(points.size()) + " points; give one for each");
  if (!weights.empty() && weights.size() != points.size())
    throw InvalidInput("there are " + std::to_string(weights.size()) + " weights for " +
                       std::to_string(points.size()) + " points; give one for each or none");
  std::vector<Source> sources;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (std::isnan(adaptive.bandwidths[i].value())) continue;
    if (options.stop.stop_requested()) throw Cancelled();
    double mass = weights.empty() ? 1.0 : weights[i];
    if (mass == 0) continue;
    if (options.edge == AdaptiveEdge::kDiggle)
      mass /= EdgeFactor(points[i], *options.study_area, options.kernel, adaptive.bandwidths[i]);
    sources.push_back({points[i].easting.value(), points[i].northing.value(), mass,
                       KernelFunction(options.kernel, adaptive.bandwidths[i])});
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    if (a.y != b.y) return a.y < b.y;
    if (a.x != b.x) return a.x < b.x;
    return a.mass < b.mass;
  });
  return sources;
}

/// Sums at one location.
double SumAt(PlanePoint location, const std::vector<Source>& sources, const AdaptiveOptions& options) {
  const bool per_kernel = options.edge == AdaptiveEdge::kUniform;
  const double to_boundary = per_kernel ? options.study_area->distance_to_boundary(location).value() : 0;
  const double x = location.easting.value(), y = location.northing.value();
  double sum = 0;
  for (const Source& source : sources) {
    const double dx = source.x - x, dy = source.y - y;
    const double density = source.mass * source.kernel.AtSquaredDistance(dx * dx + dy * dy);
    if (density == 0) continue;
    const bool cut = per_kernel && to_boundary < source.kernel.reach_m();
    sum += cut ? density / EdgeFactor(location, *options.study_area, options.kernel,
                                      Meters{source.kernel.scale_m()})
               : density;
  }
  return sum;
}

/// Adds one source to the cells of one row that its support covers.
void AddToRow(const Source& source, const GridSpec& grid, int row, std::span<double> sums) {
  const double dy = source.y - grid.center({0, row}).northing.value();
  const double reach = source.kernel.reach_m(), cell = grid.cell_size.value();
  if (std::abs(dy) > reach) return;
  const double half_width = std::sqrt(std::max(0.0, (reach - dy) * (reach + dy))) / cell;
  const double middle = (source.x - grid.origin.easting.value()) / cell - 0.5;
  // One cell more on each side: the kernel itself decides at the rim.
  const double first = std::clamp(std::floor(middle - half_width) - 1, 0.0, 1.0 * grid.columns);
  const double last = std::min(grid.columns - 1.0, std::ceil(middle + half_width) + 1);
  for (int column = static_cast<int>(first); column <= last; ++column) {
    const double dx = source.x - grid.center({column, row}).easting.value();
    sums[static_cast<std::size_t>(column)] +=
        source.mass * source.kernel.AtSquaredDistance(dx * dx + dy * dy);
  }
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
  const std::vector<Source> sources = SourcesOf(points, weights, adaptive, options);
  const bool at_location = options.edge == AdaptiveEdge::kUniformAtLocation;
  std::vector<Meters> own;
  if (at_location) own = AbramsonBandwidthsAt(locations, points, weights, adaptive, options);
  std::vector<double> densities;
  densities.reserve(locations.size());
  for (std::size_t i = 0; i < locations.size(); ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    if (options.edge != AdaptiveEdge::kNone && !options.study_area->contains(locations[i])) {
      densities.push_back(kNaN);
      continue;
    }
    double density = SumAt(locations[i], sources, options);
    if (at_location && density > 0)
      density /= EdgeFactor(locations[i], *options.study_area, options.kernel, own[i]);
    densities.push_back(density * kPerKm2);
  }
  return densities;
}

Grid<double> AdaptiveDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                             const AdaptiveBandwidths& adaptive, const GridSpec& grid,
                             const AdaptiveOptions& options) {
  Grid<double> density(grid);
  std::vector<PlanePoint> centers;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) centers.push_back(grid.center({column, row}));
  if (options.edge == AdaptiveEdge::kUniform) {
    density.values() = AdaptiveDensityAt(points, weights, adaptive, centers, options);
    return density;
  }
  CheckOptions(options);
  const std::vector<Source> sources = SourcesOf(points, weights, adaptive, options);
  for (int row = 0; row < grid.rows; ++row) {
    if (options.stop.stop_requested()) throw Cancelled();
    const auto first = density.values().begin() + static_cast<std::ptrdiff_t>(grid.index({0, row}));
    for (const Source& source : sources) AddToRow(source, grid, row, {first, first + grid.columns});
  }
  std::vector<Meters> own;
  if (options.edge == AdaptiveEdge::kUniformAtLocation)
    own = AbramsonBandwidthsAt(centers, points, weights, adaptive, options);
  for (std::size_t i = 0; i < centers.size(); ++i) {
    double& value = density.values()[i];
    if (options.edge != AdaptiveEdge::kNone && !options.study_area->contains(centers[i])) value = kNaN;
    if (!own.empty() && value > 0)
      value /= EdgeFactor(centers[i], *options.study_area, options.kernel, own[i]);
    value *= kPerKm2;
  }
  return density;
}

}  // namespace lagesbild::geo
