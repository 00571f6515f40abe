#include "geo/bandwidth_rules.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr int kFewestPoints = 2;

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

/// Smallest distance between two of the positions, which are distinct and sorted by easting.
double SmallestGap(const std::vector<PlanePoint>& positions) {
  double smallest = HUGE_VAL;
  for (std::size_t i = 0; i < positions.size(); ++i)
    for (std::size_t j = i + 1; j < positions.size(); ++j) {
      const double dx = positions[j].easting.value() - positions[i].easting.value();
      if (dx >= smallest) break;
      smallest =
          std::min(smallest, std::hypot(dx, positions[j].northing.value() - positions[i].northing.value()));
    }
  return smallest;
}

}  // namespace

PointSpread SpreadOf(std::span<const PlanePoint> points) {
  if (points.size() < kFewestPoints) throw TooFewIncidents(static_cast<int>(points.size()), kFewestPoints);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!std::isfinite(points[i].easting.value()) || !std::isfinite(points[i].northing.value()))
      throw InvalidInput("point " + std::to_string(i) +
                         " has a coordinate that is not a finite number of meters");
  std::vector<PlanePoint> positions(points.begin(), points.end());
  std::sort(positions.begin(), positions.end());
  // Sums over sorted points: the order of the input does not change a bit. Offsets from one of the points, so
  // that northings of 6.6e6 cost no digits.
  const double x0 = positions[0].easting.value(), y0 = positions[0].northing.value();
  const double n = static_cast<double>(points.size());
  double mean_x = 0, mean_y = 0;
  for (const PlanePoint& point : positions) {
    mean_x += (point.easting.value() - x0) / n;
    mean_y += (point.northing.value() - y0) / n;
  }
  double xx = 0, yy = 0;
  std::vector<double> distances;
  for (const PlanePoint& point : positions) {
    const double dx = point.easting.value() - x0 - mean_x, dy = point.northing.value() - y0 - mean_y;
    xx += dx * dx;
    yy += dy * dy;
    distances.push_back(std::hypot(dx, dy));
  }
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  if (positions.size() < 2)
    throw InvalidInput("all " + std::to_string(points.size()) +
                       " points lie at one position; a bandwidth needs at least 2 positions");
  return {.points = static_cast<int>(points.size()),
          .positions = static_cast<int>(positions.size()),
          .sd_easting = Meters{std::sqrt(xx / (n - 1))},
          .sd_northing = Meters{std::sqrt(yy / (n - 1))},
          .standard_distance = Meters{std::sqrt((xx + yy) / n)},
          .median_distance = Meters{Median(std::move(distances))},
          .smallest_gap = Meters{SmallestGap(positions)}};
}

Bandwidth BandwidthWithSd(Kernel kernel, Meters standard_deviation) {
  const double sd = standard_deviation.value();
  if (!(sd > 0) || !std::isfinite(sd))
    throw InvalidInput("the bandwidth's standard deviation must be a positive finite number of meters, was " +
                       std::to_string(sd));
  return BandwidthOf(kernel, Meters{sd / BandwidthOf(kernel, Meters{1}).standard_deviation.value()});
}

double ScottFactor(int points) { return std::pow(points, -1.0 / 6); }

Meters ScottSd(Meters sd_of_axis, int points) { return Meters{sd_of_axis.value() * ScottFactor(points)}; }

Meters ScottSd(const PointSpread& spread) {
  const double x = ScottSd(spread.sd_easting, spread.points).value();
  const double y = ScottSd(spread.sd_northing, spread.points).value();
  return Meters{std::sqrt(x * y)};
}

Meters ArcgisRadius(const PointSpread& spread) {
  const double median = std::sqrt(1 / std::numbers::ln2) * spread.median_distance.value();
  return Meters{0.9 * std::min(spread.standard_distance.value(), median) * std::pow(spread.points, -0.2)};
}

}  // namespace lagesbild::geo
