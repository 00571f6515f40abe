#pragma once

#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

/// A closed ring without the repeated last point.
using Ring = std::vector<PlanePoint>;

/// Outer ring first, then holes; orientation does not matter.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};

using MultiPolygon = std::vector<Polygon>;

/// Middle of mass of the outer rings; may lie outside. The origin for no area. O(vertices).
PlanePoint Centroid(const MultiPolygon& polygons);
/// Area without the holes, m². 0 for no polygon. Cost: O(vertices).
double AreaSquareMeters(const MultiPolygon& polygons);

/// A point well inside the largest polygon: the middle of the widest stretch that any of 15 evenly spaced
/// west-east lines has inside. Independent of where the rings begin. Throws InvalidInput when nothing has an
/// area. Cost: O(vertices).
PlanePoint InnerPoint(const MultiPolygon& polygons);

}  // namespace lagesbild::geo
