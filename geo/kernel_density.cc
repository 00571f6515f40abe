// Direct summation over the points within the kernel's reach of every location (statistics.md 3.2).
//
//   raw      sum of w k(u - x)
//   uniform  raw / e(u)
//   Diggle   sum of w k(u - x) / e(x)       e: EdgeFactor; preserves the total
//
// Distances come from differences of coordinates, so that northings of 6.6e6 are never squared.
#include "geo/kernel_density.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "geo/density_surface.h"
#include "geo/errors.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;  // from m⁻² to km⁻²
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Points at one position. `mass` is the sum of their weights, divided by the edge factor under Diggle's
/// correction.
struct Source {
  double x, y, mass;
};

void CheckArguments(std::span<const PlanePoint> points, std::span<const double> weights,
                    const KernelDensityOptions& options) {
  if (!weights.empty() && weights.size() != points.size())
    throw InvalidInput("there are " + std::to_string(weights.size()) + " weights for " +
                       std::to_string(points.size()) + " points; give one for each or none");
  if (options.edge != EdgeCorrection::kNone && options.study_area == nullptr)
    throw InvalidInput("an edge correction needs a study area");
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!std::isfinite(points[i].easting.value()) || !std::isfinite(points[i].northing.value()))
      throw InvalidInput("point " + std::to_string(i) +
                         " has a coordinate that is not a finite number of meters");
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (!std::isfinite(weights[i]) || weights[i] < 0)
      throw InvalidInput("weight " + std::to_string(i) + " must be a finite number of at least 0");
}

/// Whether nothing is known at this location.
bool Unknown(PlanePoint location, const KernelDensityOptions& options) {
  return options.edge != EdgeCorrection::kNone && !options.study_area->contains(location);
}

/// Sources by northing, then easting. Equal positions are one source and their weights are added in ascending
/// order, so that the order of the input does not change a bit.
std::vector<Source> SourcesOf(std::span<const PlanePoint> points, std::span<const double> weights,
                              const KernelDensityOptions& options) {
  std::vector<Source> sorted;
  sorted.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!Unknown(points[i], options))
      sorted.push_back(
          {points[i].easting.value(), points[i].northing.value(), weights.empty() ? 1.0 : weights[i]});
  std::sort(sorted.begin(), sorted.end(), [](const Source& a, const Source& b) {
    return std::tie(a.y, a.x, a.mass) < std::tie(b.y, b.x, b.mass);
  });
  std::vector<Source> sources;
  for (const Source& source : sorted) {
    if (!sources.empty() && sources.back().x == source.x && sources.back().y == source.y)
      sources.back().mass += source.mass;
    else
      sources.push_back(source);
  }
  return sources;
}

void DivideByEdgeFactors(std::vector<Source>& sources, const KernelDensityOptions& options) {
  for (Source& source : sources) {
    if (options.stop.stop_requested()) throw Cancelled();
    source.mass /= EdgeFactor({Meters{source.x}, Meters{source.y}}, *options.study_area, options.kernel,
                              options.bandwidth);
  }
}

std::vector<Source> PreparedSources(std::span<const PlanePoint> points, std::span<const double> weights,
                                    const KernelDensityOptions& options) {
  std::vector<Source> sources = SourcesOf(points, weights, options);
  if (options.edge == EdgeCorrection::kDiggle) DivideByEdgeFactors(sources, options);
  return sources;
}

/// The sources whose northing is within the kernel's reach of y.
std::span<const Source> Within(const std::vector<Source>& sources, double y, double reach) {
  const auto by_y = [](const Source& source, double value) { return source.y < value; };
  const auto first = std::lower_bound(sources.begin(), sources.end(), y - reach, by_y);
  const auto last = std::lower_bound(first, sources.end(), std::nextafter(y + reach, HUGE_VAL), by_y);
  return {first, last};
}

/// Divides by e(u) where the uniform correction is asked for, and turns to km⁻². NaN where nothing is known.
double Finished(double sum, PlanePoint location, const KernelDensityOptions& options) {
  if (Unknown(location, options)) return kNaN;
  if (options.edge == EdgeCorrection::kUniform && sum > 0)
    sum /= EdgeFactor(location, *options.study_area, options.kernel, options.bandwidth);
  return sum * kPerKm2;
}

double SumAt(PlanePoint location, const std::vector<Source>& sources, const KernelFunction& kernel) {
  const double x = location.easting.value(), y = location.northing.value();
  double sum = 0;
  for (const Source& source : Within(sources, y, kernel.reach_m())) {
    const double dx = source.x - x, dy = source.y - y;
    sum += source.mass * kernel.AtSquaredDistance(dx * dx + dy * dy);
  }
  return sum;
}

}  // namespace

Grid<double> KernelDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                           const GridSpec& grid, const KernelDensityOptions& options) {
  DensityResult<double> result = ComputeDensity<double>({.points = points, .weights = weights}, grid,
                                                        {.kernel = options.kernel,
                                                         .bandwidths = {options.bandwidth},
                                                         .edge = options.edge,
                                                         .study_area = options.study_area,
                                                         .stop = options.stop});
  return std::move(result.surfaces.front().density);
}

std::vector<double> KernelDensityAt(std::span<const PlanePoint> points, std::span<const double> weights,
                                    std::span<const PlanePoint> locations,
                                    const KernelDensityOptions& options) {
  const KernelFunction kernel(options.kernel, options.bandwidth);
  CheckArguments(points, weights, options);
  const std::vector<Source> sources = PreparedSources(points, weights, options);
  std::vector<double> density;
  density.reserve(locations.size());
  for (const PlanePoint& location : locations) {
    if (options.stop.stop_requested()) throw Cancelled();
    if (!std::isfinite(location.easting.value()) || !std::isfinite(location.northing.value()))
      throw InvalidInput("location " + std::to_string(density.size()) +
                         " has a coordinate that is not finite");
    density.push_back(Finished(SumAt(location, sources, kernel), location, options));
  }
  return density;
}

std::vector<double> LeaveOneOutDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                                       const KernelDensityOptions& options) {
  const KernelFunction kernel(options.kernel, options.bandwidth);
  CheckArguments(points, weights, options);
  const std::vector<Source> whole = SourcesOf(points, weights, options);
  std::vector<Source> sources = whole;
  if (options.edge == EdgeCorrection::kDiggle) DivideByEdgeFactors(sources, options);
  std::vector<double> density;
  density.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    const double x = points[i].easting.value(), y = points[i].northing.value();
    if (Unknown(points[i], options)) {
      density.push_back(kNaN);
      continue;
    }
    double sum = 0;
    for (const Source& source : Within(sources, y, kernel.reach_m())) {
      const double dx = source.x - x, dy = source.y - y;
      double mass = source.mass;
      if (dx == 0 && dy == 0) {
        // The own source without the own weight; exactly 0 when the point is alone there.
        const double total = whole[static_cast<std::size_t>(&source - sources.data())].mass;
        mass *= total > 0 ? (total - (weights.empty() ? 1.0 : weights[i])) / total : 0;
      }
      sum += mass * kernel.AtSquaredDistance(dx * dx + dy * dy);
    }
    density.push_back(Finished(sum, points[i], options));
  }
  return density;
}

}  // namespace lagesbild::geo
