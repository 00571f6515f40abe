#pragma once

#include <string>
#include <vector>

#include "geo/grid.h"
#include "geo/polygon.h"

namespace lagesbild::geo {

/// The polygon outside which nothing is known. Holes, islands and several parts are allowed.
class StudyArea {
 public:
  /// Checks and orients the rings (outer counter-clockwise, holes clockwise).
  /// Throws InvalidInput: no polygon, a ring with fewer than three distinct points, a coordinate that is not
  /// finite, over 100,000 vertices, or a boundary that crosses itself (with the place of the crossing).
  explicit StudyArea(MultiPolygon polygons);

  /// Points on the boundary belong to it. False for coordinates that are not finite.
  /// Cost: O(log vertices) on average (edges are indexed by northing).
  bool contains(PlanePoint point) const;
  /// Distance to the nearest boundary, whichever side the point is on.
  Meters distance_to_boundary(PlanePoint point) const;
  double area_km2() const { return area_km2_; }
  PlanePoint south_west() const { return south_west_; }
  PlanePoint north_east() const { return north_east_; }
  /// Oriented polygons: outer rings counter-clockwise, holes clockwise.
  const MultiPolygon& polygons() const { return polygons_; }

 private:
  struct Edge {
    double x0, y0, x1, y1;
  };
  MultiPolygon polygons_;
  std::vector<Edge> edges_;                      ///< all boundary edges
  std::vector<std::vector<int>> edges_by_band_;  ///< indices of edges that touch each northing band
  double band_height_ = 1;
  double area_km2_ = 0;
  PlanePoint south_west_, north_east_;
};

/// A named part of the municipality: district, locality, catchment area.
struct NamedArea {
  std::string code, name;
  MultiPolygon polygons;
};

}  // namespace lagesbild::geo
