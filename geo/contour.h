#pragma once

#include <vector>

#include "geo/grid.h"

namespace lagesbild::geo {

/// A line along which a surface has one value.
struct Contour {
  std::vector<PlanePoint> points;  ///< 2 or more; larger values lie to the left
  bool closed = false;             ///< then the last point is joined to the first
};

/// The lines at `level`, by marching squares between the centers of neighboring cells, linear along their
/// connections. Saddles are joined by the mean of the four values. Lines end where a value is NaN and at the
/// rim of the grid. A value exactly at the level counts as above it. In a fixed order.
/// Throws InvalidInput for a level that is not finite. Cost: O(cells).
std::vector<Contour> ContoursOf(const Grid<double>& surface, double level);

}  // namespace lagesbild::geo
