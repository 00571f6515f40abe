#pragma once

#include "geo/grid.h"

namespace lagesbild::geo {

/// Calls `visit` with every cell of the neighborhood: the cell and its up to eight neighbors.
template <class Visit>
void ForNeighborhood(const GridSpec& grid, CellIndex cell, Visit visit) {
  for (int row = cell.row - 1; row <= cell.row + 1; ++row)
    for (int column = cell.column - 1; column <= cell.column + 1; ++column)
      if (row >= 0 && row < grid.rows && column >= 0 && column < grid.columns) visit(CellIndex{column, row});
}

}  // namespace lagesbild::geo
