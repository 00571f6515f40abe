#pragma once

#include <string>
#include <vector>

#include "geo/grid.h"
#include "geo/polygon.h"

namespace lagesbild::geo {

/// The polygon outside which nothing is known. Holes, islands and several parts are allowed.
class StudyArea {
 public:
  /// One boundary edge from (x0, y0) to (x1, y1); the study area lies to its left.
  struct Edge {
    double x0, y0, x1, y1;
  };

  /// Checks and orients the rings (outer counter-clockwise, holes clockwise).
  /// Throws InvalidInput: no polygon, a ring with fewer than three distinct points, a coordinate that is not
  /// finite, over 100,000 vertices, or a boundary that crosses itself (with the place of the crossing).
  explicit StudyArea(MultiPolygon polygons);

  /// Points on the boundary (within four units in the last place of the largest coordinate, some nanometers)
  /// belong to it. False for coordinates that are not finite.
  /// Cost: O(log vertices) on average (edges are indexed by northing).
  bool contains(PlanePoint point) const;
  /// Distance to the nearest boundary, whichever side the point is on. NaN for coordinates that are not
  /// finite.
  Meters distance_to_boundary(PlanePoint point) const;
  double area_km2() const { return area_km2_; }
  PlanePoint south_west() const { return south_west_; }
  PlanePoint north_east() const { return north_east_; }
  /// Oriented polygons: outer rings counter-clockwise, holes clockwise.
  const MultiPolygon& polygons() const { return polygons_; }

  /// Replaces `edges` by the boundary edges that come within `radius` of the point, each once, in a fixed
  /// order. Cost: O(edges in the bands of northing that the circle touches).
  void EdgesNear(PlanePoint point, Meters radius, std::vector<Edge>& edges) const;
  /// How near the boundary counts as on it.
  Meters boundary_tolerance() const { return Meters{boundary_tolerance_}; }

 private:
  void AddRing(const Ring& ring);
  void IndexEdges();
  int BandOf(double northing) const;

  MultiPolygon polygons_;
  std::vector<Edge> edges_;                      ///< all boundary edges
  std::vector<std::vector<int>> edges_by_band_;  ///< indices of edges that touch each northing band
  double band_height_ = 1;
  double boundary_tolerance_ = 0;
  double area_km2_ = 0;
  PlanePoint south_west_, north_east_;
};

/// A named part of the municipality: district, locality, catchment area.
struct NamedArea {
  std::string code, name;
  MultiPolygon polygons;
};

/// What lies in both. Lines and points in common are left out. Empty when nothing is.
/// Throws InvalidInput when a polygon crosses itself so that the overlay fails. Cost: O(n log n) vertices.
MultiPolygon Intersection(const MultiPolygon& a, const MultiPolygon& b);
/// What lies in `a` and not in `b`; otherwise as Intersection.
MultiPolygon Difference(const MultiPolygon& a, const MultiPolygon& b);
/// What lies in any; lines between touching parts vanish. Otherwise as Intersection.
MultiPolygon Union(const MultiPolygon& polygons);

}  // namespace lagesbild::geo
