#include "geo/study_area.h"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <limits>
#include <memory>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMaxVertices = 100'000;
constexpr int kMaxBands = 1 << 16;

std::string Place(double easting, double northing) {
  return "easting " + std::to_string(easting) + ", northing " + std::to_string(northing);
}

/// The ring without a repeated last point and without consecutive duplicates, which carry no meaning.
Ring Cleaned(const Ring& ring) {
  Ring cleaned;
  cleaned.reserve(ring.size());
  for (const PlanePoint& point : ring) {
    if (!std::isfinite(point.easting.value()) || !std::isfinite(point.northing.value()))
      throw InvalidInput("every coordinate of the study area must be a finite number of meters");
    if (cleaned.empty() || cleaned.back() != point) cleaned.push_back(point);
  }
  while (cleaned.size() > 1 && cleaned.back() == cleaned.front()) cleaned.pop_back();
  Ring distinct = cleaned;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (distinct.size() < 3)
    throw InvalidInput("a ring of the study area has " + std::to_string(distinct.size()) +
                       " distinct points; a ring needs at least three");
  return cleaned;
}

/// Twice the signed area, positive when counter-clockwise. Relative to the first point: northings of 6.6e6
/// lose digits.
double DoubleArea(const Ring& ring) {
  const double x0 = ring.front().easting.value(), y0 = ring.front().northing.value();
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PlanePoint& a = ring[i];
    const PlanePoint& b = ring[(i + 1) % ring.size()];
    sum += (a.easting.value() - x0) * (b.northing.value() - y0) -
           (b.easting.value() - x0) * (a.northing.value() - y0);
  }
  return sum;
}

void Orient(Ring& ring, bool counter_clockwise) {
  if ((DoubleArea(ring) > 0) != counter_clockwise) std::reverse(ring.begin(), ring.end());
}

// GEOS lives in this file only. One context per check: no global state, so checks may run in several threads.
struct ContextDeleter {
  void operator()(GEOSContextHandle_t context) const { GEOS_finish_r(context); }
};
using Context = std::unique_ptr<std::remove_pointer_t<GEOSContextHandle_t>, ContextDeleter>;

struct GeometryDeleter {
  GEOSContextHandle_t context;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, GeometryDeleter>;

GEOSGeometry* GeosRing(GEOSContextHandle_t context, const Ring& ring) {
  const auto size = static_cast<unsigned>(ring.size());
  GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(context, size + 1, 2);
  if (sequence == nullptr) throw InvalidInput("the study area could not be read by GEOS");
  for (unsigned i = 0; i <= size; ++i) {
    const PlanePoint& point = ring[i % size];
    GEOSCoordSeq_setXY_r(context, sequence, i, point.easting.value(), point.northing.value());
  }
  return GEOSGeom_createLinearRing_r(context, sequence);
}

Geometry GeosMultiPolygon(GEOSContextHandle_t context, const MultiPolygon& polygons) {
  std::vector<GEOSGeometry*> parts;
  for (const Polygon& polygon : polygons) {
    std::vector<GEOSGeometry*> holes;
    for (const Ring& hole : polygon.holes) holes.push_back(GeosRing(context, hole));
    parts.push_back(GEOSGeom_createPolygon_r(context, GeosRing(context, polygon.outer), holes.data(),
                                             static_cast<unsigned>(holes.size())));
  }
  return {GEOSGeom_createCollection_r(context, GEOS_MULTIPOLYGON, parts.data(),
                                      static_cast<unsigned>(parts.size())),
          GeometryDeleter{context}};
}

void CheckDoesNotCrossItself(const MultiPolygon& polygons) {
  const Context context{GEOS_init_r()};
  const Geometry geometry = GeosMultiPolygon(context.get(), polygons);
  if (!geometry) throw InvalidInput("the study area could not be read by GEOS");
  char* reason_text = nullptr;
  GEOSGeometry* place_geometry = nullptr;
  const char valid = GEOSisValidDetail_r(context.get(), geometry.get(), 0, &reason_text, &place_geometry);
  const Geometry place{place_geometry, GeometryDeleter{context.get()}};
  const std::string reason = reason_text == nullptr ? "invalid" : reason_text;
  GEOSFree_r(context.get(), reason_text);
  if (valid == 1) return;
  double x = 0, y = 0;
  std::string where;
  if (place && GEOSGeomGetX_r(context.get(), place.get(), &x) == 1 &&
      GEOSGeomGetY_r(context.get(), place.get(), &y) == 1)
    where = Place(x, y);
  throw CrossingBoundary("the study area's boundary must not cross or touch itself along a line: " + reason +
                             (where.empty() ? "" : " at " + where),
                         where);
}

Ring RingOf(GEOSContextHandle_t context, const GEOSGeometry* geometry) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context, geometry);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(context, sequence, &size);
  Ring ring;
  ring.reserve(size);
  for (unsigned i = 0; i + 1 < size; ++i) {
    double x = 0, y = 0;
    GEOSCoordSeq_getXY_r(context, sequence, i, &x, &y);
    ring.push_back({Meters{x}, Meters{y}});
  }
  return ring;
}

void AppendPolygons(GEOSContextHandle_t context, const GEOSGeometry* geometry, MultiPolygon& polygons) {
  const int type = GEOSGeomTypeId_r(context, geometry);
  if (type == GEOS_POLYGON) {
    if (GEOSisEmpty_r(context, geometry) == 1) return;
    Polygon& polygon = polygons.emplace_back();
    polygon.outer = RingOf(context, GEOSGetExteriorRing_r(context, geometry));
    for (int i = 0; i < GEOSGetNumInteriorRings_r(context, geometry); ++i)
      polygon.holes.push_back(RingOf(context, GEOSGetInteriorRingN_r(context, geometry, i)));
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int i = 0; i < GEOSGetNumGeometries_r(context, geometry); ++i)
      AppendPolygons(context, GEOSGetGeometryN_r(context, geometry, i), polygons);
  }
}

/// Runs one overlay of GEOS on `a` and, where it takes two, `b`.
template <class Overlay>
MultiPolygon Overlaid(const MultiPolygon& a, const MultiPolygon* b, Overlay overlay) {
  const Context context{GEOS_init_r()};
  const GeometryDeleter deleter{context.get()};
  const Geometry first = GeosMultiPolygon(context.get(), a);
  const Geometry second = b == nullptr ? Geometry{nullptr, deleter} : GeosMultiPolygon(context.get(), *b);
  const Geometry result{first ? overlay(context.get(), first.get(), second.get()) : nullptr, deleter};
  if (!result) throw InvalidInput("areas could not be overlaid; their boundaries must not cross themselves");
  MultiPolygon polygons;
  AppendPolygons(context.get(), result.get(), polygons);
  return polygons;
}

double SquaredDistanceToSegment(double px, double py, const StudyArea::Edge& edge) {
  const double ex = edge.x1 - edge.x0, ey = edge.y1 - edge.y0;
  const double ax = px - edge.x0, ay = py - edge.y0;
  const double t = std::clamp((ax * ex + ay * ey) / (ex * ex + ey * ey), 0.0, 1.0);
  const double dx = ax - t * ex, dy = ay - t * ey;
  return dx * dx + dy * dy;
}

}  // namespace

StudyArea::StudyArea(MultiPolygon polygons) : polygons_(std::move(polygons)) {
  if (polygons_.empty()) throw InvalidInput("the study area has no polygon; it needs at least one");
  std::size_t vertices = 0;
  for (Polygon& polygon : polygons_) {
    polygon.outer = Cleaned(polygon.outer);
    vertices += polygon.outer.size();
    for (Ring& hole : polygon.holes) vertices += (hole = Cleaned(hole)).size();
  }
  if (vertices > kMaxVertices)
    throw InvalidInput("the study area has " + std::to_string(vertices) +
                       " vertices; simplify it to at most 100000");
  CheckDoesNotCrossItself(polygons_);
  double double_area = 0;
  for (Polygon& polygon : polygons_) {
    Orient(polygon.outer, true);
    double_area += DoubleArea(polygon.outer);
    AddRing(polygon.outer);
    for (Ring& hole : polygon.holes) {
      Orient(hole, false);
      double_area += DoubleArea(hole);
      AddRing(hole);
    }
  }
  area_km2_ = double_area / 2 * 1e-6;
  IndexEdges();
}

void StudyArea::AddRing(const Ring& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PlanePoint& a = ring[i];
    const PlanePoint& b = ring[(i + 1) % ring.size()];
    edges_.push_back({a.easting.value(), a.northing.value(), b.easting.value(), b.northing.value()});
  }
}

void StudyArea::IndexEdges() {
  double x0 = std::numeric_limits<double>::infinity(), y0 = x0, x1 = -x0, y1 = -x0;
  for (const Edge& edge : edges_) {
    x0 = std::min(x0, edge.x0);
    x1 = std::max(x1, edge.x0);
    y0 = std::min(y0, edge.y0);
    y1 = std::max(y1, edge.y0);
  }
  south_west_ = {Meters{x0}, Meters{y0}};
  north_east_ = {Meters{x1}, Meters{y1}};
  // A coordinate is known to one unit in its last place; a point that near the boundary is on it.
  const double magnitude = std::max({std::abs(x0), std::abs(x1), std::abs(y0), std::abs(y1)});
  boundary_tolerance_ = 4 * std::numeric_limits<double>::epsilon() * magnitude;
  const int bands = std::clamp(static_cast<int>(edges_.size()), 1, kMaxBands);
  band_height_ = (y1 - y0) / bands;
  edges_by_band_.resize(static_cast<std::size_t>(bands));
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const auto [low, high] = std::minmax(edges_[i].y0, edges_[i].y1);
    for (int band = BandOf(low - boundary_tolerance_); band <= BandOf(high + boundary_tolerance_); ++band)
      edges_by_band_[static_cast<std::size_t>(band)].push_back(static_cast<int>(i));
  }
}

int StudyArea::BandOf(double northing) const {
  const double band = std::floor((northing - south_west_.northing.value()) / band_height_);
  return static_cast<int>(std::clamp(band, 0.0, static_cast<double>(edges_by_band_.size() - 1)));
}

bool StudyArea::contains(PlanePoint point) const {
  const double x = point.easting.value(), y = point.northing.value();
  const double margin = boundary_tolerance_;
  // Written so that NaN fails.
  if (!(x >= south_west_.easting.value() - margin && x <= north_east_.easting.value() + margin &&
        y >= south_west_.northing.value() - margin && y <= north_east_.northing.value() + margin))
    return false;
  bool inside = false;
  for (const int index : edges_by_band_[static_cast<std::size_t>(BandOf(y))]) {
    const Edge& edge = edges_[static_cast<std::size_t>(index)];
    if (SquaredDistanceToSegment(x, y, edge) <= margin * margin) return true;
    // Half-open in northing, so that a ray through a vertex counts once.
    if ((edge.y0 <= y) == (edge.y1 <= y)) continue;
    const double crossing = edge.x0 - x + (y - edge.y0) / (edge.y1 - edge.y0) * (edge.x1 - edge.x0);
    if (crossing > 0) inside = !inside;
  }
  return inside;
}

Meters StudyArea::distance_to_boundary(PlanePoint point) const {
  const double x = point.easting.value(), y = point.northing.value();
  if (!std::isfinite(x) || !std::isfinite(y)) return Meters{std::numeric_limits<double>::quiet_NaN()};
  const int bands = static_cast<int>(edges_by_band_.size());
  const int start = BandOf(y);
  double best = std::numeric_limits<double>::infinity();
  const auto search = [&](int band) {
    for (const int index : edges_by_band_[static_cast<std::size_t>(band)])
      best = std::min(best, SquaredDistanceToSegment(x, y, edges_[static_cast<std::size_t>(index)]));
  };
  // Bands further away in northing than the best distance cannot hold a nearer edge.
  for (int step = 0; step < bands; ++step) {
    const double gap = (step - 1) * band_height_;
    if (gap > 0 && gap * gap > best) break;
    if (start + step < bands) search(start + step);
    if (step > 0 && start - step >= 0) search(start - step);
  }
  return Meters{std::sqrt(best)};
}

MultiPolygon Intersection(const MultiPolygon& a, const MultiPolygon& b) {
  return Overlaid(a, &b, [](auto context, auto* first, auto* second) {
    return GEOSIntersection_r(context, first, second);
  });
}

MultiPolygon Difference(const MultiPolygon& a, const MultiPolygon& b) {
  return Overlaid(a, &b, [](auto context, auto* first, auto* second) {
    return GEOSDifference_r(context, first, second);
  });
}

MultiPolygon Union(const MultiPolygon& polygons) {
  return Overlaid(polygons, nullptr,
                  [](auto context, auto* first, auto*) { return GEOSUnaryUnion_r(context, first); });
}

void StudyArea::EdgesNear(PlanePoint point, Meters radius, std::vector<Edge>& edges) const {
  edges.clear();
  const double x = point.easting.value(), y = point.northing.value(), r = radius.value();
  const int first = BandOf(y - r), last = BandOf(y + r);
  for (int band = first; band <= last; ++band)
    for (const int index : edges_by_band_[static_cast<std::size_t>(band)]) {
      const Edge& edge = edges_[static_cast<std::size_t>(index)];
      // An edge stands in every band that it touches: take it in the first of those searched.
      const int own_first = BandOf(std::min(edge.y0, edge.y1) - boundary_tolerance_);
      if (band != std::max(first, own_first)) continue;
      if (std::min(edge.x0, edge.x1) > x + r || std::max(edge.x0, edge.x1) < x - r) continue;
      if (SquaredDistanceToSegment(x, y, edge) <= r * r) edges.push_back(edge);
    }
}

}  // namespace lagesbild::geo
