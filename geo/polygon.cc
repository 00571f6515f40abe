#include "geo/polygon.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr int kScanLines = 15;

double RingArea(const Ring& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    // Relative to the first point: coordinates of millions of meters would cost digits.
    const PlanePoint& a = ring[i];
    const PlanePoint& b = ring[(i + 1) % ring.size()];
    twice += (a.easting.value() - ring[0].easting.value()) * (b.northing.value() - ring[0].northing.value()) -
             (b.easting.value() - ring[0].easting.value()) * (a.northing.value() - ring[0].northing.value());
  }
  return std::abs(twice) / 2;
}

double PolygonArea(const Polygon& polygon) {
  double area = RingArea(polygon.outer);
  for (const Ring& hole : polygon.holes) area -= RingArea(hole);
  return area;
}

void AddCrossings(const Ring& ring, double northing, std::vector<double>& eastings) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PlanePoint& a = ring[i];
    const PlanePoint& b = ring[(i + 1) % ring.size()];
    if ((a.northing.value() > northing) == (b.northing.value() > northing)) continue;
    const double share = (northing - a.northing.value()) / (b.northing.value() - a.northing.value());
    eastings.push_back(a.easting.value() + share * (b.easting.value() - a.easting.value()));
  }
}

struct Stretch {
  double west = 0, east = 0, northing = 0;
  double width() const { return east - west; }
};

Stretch WidestAt(const Polygon& polygon, double northing) {
  std::vector<double> eastings;
  AddCrossings(polygon.outer, northing, eastings);
  for (const Ring& hole : polygon.holes) AddCrossings(hole, northing, eastings);
  std::sort(eastings.begin(), eastings.end());
  Stretch widest;
  for (std::size_t i = 0; i + 1 < eastings.size(); i += 2) {
    const Stretch stretch{eastings[i], eastings[i + 1], northing};
    if (stretch.width() > widest.width()) widest = stretch;
  }
  return widest;
}

}  // namespace

PlanePoint Centroid(const MultiPolygon& polygons) {
  double area = 0, x = 0, y = 0;
  const PlanePoint* origin = nullptr;  // near the corners: products of large coordinates lose digits
  for (const Polygon& polygon : polygons) {
    const Ring& ring = polygon.outer;
    if (ring.empty()) continue;
    if (origin == nullptr) origin = &ring.front();
    double ring_area = 0, ring_x = 0, ring_y = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const PlanePoint &a = ring[i], &b = ring[(i + 1) % ring.size()];
      const double ax = a.easting.value() - origin->easting.value(),
                   ay = a.northing.value() - origin->northing.value();
      const double bx = b.easting.value() - origin->easting.value(),
                   by = b.northing.value() - origin->northing.value();
      const double cross = ax * by - bx * ay;
      ring_area += cross / 2;
      ring_x += (ax + bx) * cross / 6;
      ring_y += (ay + by) * cross / 6;
    }
    const double sign = ring_area < 0 ? -1 : 1;  // whichever way the ring runs
    area += sign * ring_area;
    x += sign * ring_x;
    y += sign * ring_y;
  }
  if (!(area > 0)) return {};
  return {Meters{origin->easting.value() + x / area}, Meters{origin->northing.value() + y / area}};
}

double AreaSquareMeters(const MultiPolygon& polygons) {
  double area = 0;
  for (const Polygon& polygon : polygons) area += PolygonArea(polygon);
  return area;
}

PlanePoint InnerPoint(const MultiPolygon& polygons) {
  const auto largest =
      std::max_element(polygons.begin(), polygons.end(),
                       [](const Polygon& a, const Polygon& b) { return PolygonArea(a) < PolygonArea(b); });
  if (largest == polygons.end() || !(PolygonArea(*largest) > 0))
    throw InvalidInput(
        "a polygon without area has no inner point; it needs at least three corners not in line");
  const auto [low, high] =
      std::minmax_element(largest->outer.begin(), largest->outer.end(),
                          [](const PlanePoint& a, const PlanePoint& b) { return a.northing < b.northing; });
  Stretch widest;
  for (int line = 1; line <= kScanLines; ++line) {
    const double share = static_cast<double>(line) / (kScanLines + 1);
    const double northing = low->northing.value() + share * (high->northing.value() - low->northing.value());
    const Stretch stretch = WidestAt(*largest, northing);
    if (stretch.width() > widest.width()) widest = stretch;
  }
  if (!(widest.width() > 0)) throw InvalidInput("a polygon too thin has no inner point");
  return {Meters{(widest.west + widest.east) / 2}, Meters{widest.northing}};
}

}  // namespace lagesbild::geo
