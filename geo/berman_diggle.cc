#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "geo/bandwidth_objective.h"
#include "geo/circle_share.h"
#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kPi = std::numbers::pi;
/// A pair whose circle hardly touches the area must not decide alone (as in the peer).
constexpr double kLargestWeight = 100;

struct WeightedDistance {
  double distance, weight;
};

std::vector<PlanePoint> Inside(std::span<const PlanePoint> points, const StudyArea& area) {
  std::vector<PlanePoint> inside;
  for (const PlanePoint& point : points)
    if (area.contains(point)) inside.push_back(point);
  if (inside.size() < 2) throw TooFewIncidents(static_cast<int>(inside.size()), 2);
  std::sort(inside.begin(), inside.end());
  return inside;
}

/// Ordered pairs within `reach`, by distance, with Ripley's weight 1 / (share of the circle inside).
std::vector<WeightedDistance> PairsWithin(const std::vector<PlanePoint>& points, double reach,
                                          const ObjectiveOptions& options) {
  std::vector<double> to_boundary;
  for (const PlanePoint& point : points)
    to_boundary.push_back(options.study_area->distance_to_boundary(point).value());
  std::vector<WeightedDistance> pairs;
  const auto weight = [&](std::size_t i, double distance) {
    if (distance <= to_boundary[i]) return 1.0;
    return std::min(kLargestWeight, 1 / CircleShare(points[i], Meters{distance}, *options.study_area));
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const double dx = points[j].easting.value() - points[i].easting.value();
      if (dx > reach) break;
      const double distance = std::hypot(dx, points[j].northing.value() - points[i].northing.value());
      if (distance <= reach) pairs.push_back({distance, weight(i, distance) + weight(j, distance)});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const WeightedDistance& a, const WeightedDistance& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.weight < b.weight;
  });
  return pairs;
}

/// K at 0, step, 2 step, ...: pairs at a distance of at most that.
std::vector<double> Ripley(const std::vector<WeightedDistance>& pairs, double step, std::size_t count,
                           double per_pair) {
  std::vector<double> k(count, 0.0);
  std::size_t next = 0;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    // Distances on a lattice meet multiples of the step, but for rounding.
    const double limit = static_cast<double>(i) * step * (1 + 1e-12);
    for (; next < pairs.size() && pairs[next].distance <= limit; ++next) sum += pairs[next].weight;
    k[i] = sum * per_pair;
  }
  return k;
}

}  // namespace

std::vector<double> BermanDiggleObjective(std::span<const PlanePoint> points, Meters step, int count,
                                          const ObjectiveOptions& options) {
  if (options.study_area == nullptr) throw InvalidInput("Diggle's selector needs a study area");
  if (!(step.value() > 0) || !std::isfinite(step.value()))
    throw InvalidInput("the step of the radii must be a positive finite number of meters, was " +
                       std::to_string(step.value()));
  if (count < 1 || count > 10000)
    throw InvalidInput("the number of radii must be 1 to 10000, was " + std::to_string(count));
  const std::vector<PlanePoint> inside = Inside(points, *options.study_area);
  const double n = static_cast<double>(inside.size());
  const double area = options.study_area->area_km2() * 1e6, dr = step.value();
  const auto size = static_cast<std::size_t>(2 * count + 2);
  const std::vector<double> k =
      Ripley(PairsWithin(inside, (2 * count + 1) * dr * (1 + 1e-9), options), dr, size, area / (n * (n - 1)));
  std::vector<double> objective;
  for (std::size_t i = 1; i <= static_cast<std::size_t>(count); ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    double overlap = 0;
    for (std::size_t j = 0; j < 2 * i; ++j) {
      const double t = static_cast<double>(j) / (2.0 * static_cast<double>(i));
      overlap += (std::acos(t) - t * std::sqrt((1 - t) * (1 + t))) * (k[j + 1] - k[j]);
    }
    const double h = static_cast<double>(i) * dr, disc = kPi * h * h;
    objective.push_back((area / n - 2 * k[i]) / disc + 2 * h * h * overlap / (disc * disc));
  }
  return objective;
}

}  // namespace lagesbild::geo
