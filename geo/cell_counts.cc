#include "geo/cell_counts.h"

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {

CellCounts CountInCells(std::span<const PlanePoint> points, const GridSpec& grid) {
  const double cell_m = grid.cell_size.value();
  if (grid.columns < 1 || grid.rows < 1 || !(cell_m > 0) || !std::isfinite(cell_m))
    throw InvalidInput("the grid must have at least one cell of a positive finite size in meters");
  CellCounts result{.counts = Grid<int>(grid)};
  for (const PlanePoint& point : points) {
    if (const auto cell = grid.cell_of(point))
      ++result.counts[*cell];
    else
      ++result.outside;
  }
  return result;
}

}  // namespace lagesbild::geo
