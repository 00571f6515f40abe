#include "geo/place_uncertainty.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kPi = std::numbers::pi;
const double kGoldenAngle = kPi * (3 - std::sqrt(5.0));
const double kRadiusPerSd = std::sqrt(2 * std::log(10.0));  // 90 % of a round normal distribution lie within

void CheckArguments(std::span<const PlanePoint> points, std::span<const double> weights,
                    std::span<const Meters> radii, const PlaceUncertaintyOptions& options) {
  if (radii.size() != points.size() || (!weights.empty() && weights.size() != points.size()))
    throw InvalidInput("there are " + std::to_string(points.size()) + " points, " +
                       std::to_string(radii.size()) + " accuracy radii and " +
                       std::to_string(weights.size()) +
                       " weights; give a radius for each, and a weight for each or none");
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(points[i].easting.value()) || !std::isfinite(points[i].northing.value()))
      throw InvalidInput("point " + std::to_string(i) +
                         " has a coordinate that is not a finite number of meters");
    if (!(radii[i].value() >= 0) || !std::isfinite(radii[i].value()))
      throw InvalidInput("accuracy radius " + std::to_string(i) + " must be a finite number of at least 0 m");
    if (!weights.empty() && (!(weights[i] >= 0) || !std::isfinite(weights[i])))
      throw InvalidInput("weight " + std::to_string(i) + " must be a finite number of at least 0");
  }
  if (!(options.spacing.value() > 0) || !std::isfinite(options.spacing.value()))
    throw InvalidInput("the spacing must be a positive finite number of meters, was " +
                       std::to_string(options.spacing.value()));
  if (options.max_points < 2)
    throw InvalidInput("an incident needs at least 2 points, was " + std::to_string(options.max_points));
}

/// Offsets in accuracy radii; their number is even and they add up to 0.
std::vector<std::pair<double, double>> Spiral(int pairs, PlaceSpread spread) {
  std::vector<std::pair<double, double>> offsets;
  for (int k = 0; k < pairs; ++k) {
    const double share = (k + 0.5) / pairs;  // of the mass inside
    const double r =
        spread == PlaceSpread::kDisc ? std::sqrt(share) : std::sqrt(-2 * std::log1p(-share)) / kRadiusPerSd;
    const double x = r * std::cos(k * kGoldenAngle), y = r * std::sin(k * kGoldenAngle);
    offsets.push_back({x, y});
    offsets.push_back({-x, -y});
  }
  return offsets;
}

/// So many that the mean area of each is a square of the spacing, and at least 32.
int PairsFor(double radius, const PlaceUncertaintyOptions& options) {
  const double ratio = radius / options.spacing.value();
  return static_cast<int>(std::ceil(std::clamp(kPi * ratio * ratio / 2, 32.0, 1e6)));
}

}  // namespace

SpreadIncidents SpreadOverAccuracy(std::span<const PlanePoint> points, std::span<const double> weights,
                                   std::span<const Meters> accuracy_radii,
                                   const PlaceUncertaintyOptions& options) {
  CheckArguments(points, weights, accuracy_radii, options);
  SpreadIncidents spread;
  const auto add = [&](PlanePoint point, double weight, std::size_t incident) {
    spread.points.push_back(point);
    spread.weights.push_back(weight);
    spread.incident.push_back(incident);
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double radius = accuracy_radii[i].value(), weight = weights.empty() ? 1.0 : weights[i];
    if (radius == 0) {
      add(points[i], weight, i);
      continue;
    }
    int pairs = PairsFor(radius, options);
    spread.coarse += 2 * pairs > options.max_points;
    pairs = std::min(pairs, options.max_points / 2);
    const bool bound = options.study_area != nullptr && options.study_area->contains(points[i]);
    std::vector<PlanePoint> places;
    for (const auto& [x, y] : Spiral(pairs, options.spread)) {
      const PlanePoint place{Meters{points[i].easting.value() + radius * x},
                             Meters{points[i].northing.value() + radius * y}};
      if (!bound || options.study_area->contains(place)) places.push_back(place);
    }
    if (places.empty()) places.push_back(points[i]);
    for (const PlanePoint place : places) add(place, weight / static_cast<double>(places.size()), i);
  }
  return spread;
}

PlaceUncertaintySurfaces DensityWithPlaceUncertainty(std::span<const PlanePoint> points,
                                                     std::span<const double> weights,
                                                     std::span<const Meters> accuracy_radii,
                                                     const GridSpec& grid, const DensityOptions& options,
                                                     PlaceSpread spread) {
  if (options.bandwidths.size() != 1)
    throw InvalidInput("uncertainty of place needs one bandwidth, was given " +
                       std::to_string(options.bandwidths.size()));
  PlaceUncertaintySurfaces surfaces;
  DensityResult<double> plain =
      ComputeDensity<double>({.points = points, .weights = weights, .groups = {}}, grid, options);
  const double sd = plain.surfaces.at(0).bandwidth.standard_deviation.value();
  PlaceUncertaintyOptions how;
  how.spread = spread;
  how.spacing = Meters{sd / 3};
  how.study_area = options.study_area;
  const SpreadIncidents places = SpreadOverAccuracy(points, weights, accuracy_radii, how);
  DensityResult<double> wide = ComputeDensity<double>(
      {.points = places.points, .weights = places.weights, .groups = {}}, grid, options);
  surfaces.plain = std::move(plain.surfaces[0]);
  surfaces.spread = std::move(wide.surfaces.at(0));
  surfaces.coarse = places.coarse;
  surfaces.difference = surfaces.spread.density;
  for (std::size_t i = 0; i < grid.cell_count(); ++i)
    surfaces.difference.values()[i] -= surfaces.plain.density.values()[i];
  return surfaces;
}

}  // namespace lagesbild::geo
