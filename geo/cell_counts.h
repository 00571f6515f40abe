#pragma once

#include <span>

#include "geo/grid.h"

namespace lagesbild::geo {

struct CellCounts {
  Grid<int> counts;
  int outside = 0;  ///< points outside the grid or with a coordinate that is not finite: counted, never
                    ///< dropped silently
};

/// Number of points in every cell. The sum of counts and `outside` is the number of points.
///
/// Cells are half-open: a point on a line belongs to the cell north or east of it. An empty span gives zeros.
/// Throws InvalidInput when the grid has no cells or a cell size that is not a positive finite number.
CellCounts CountInCells(std::span<const PlanePoint> points, const GridSpec& grid);

}  // namespace lagesbild::geo
