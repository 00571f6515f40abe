#include "geo/grid.h"

#include <cmath>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kMaxCells = 25e6;

}  // namespace

std::optional<CellIndex> GridSpec::cell_of(PlanePoint point) const {
  const double column = std::floor((point.easting.value() - origin.easting.value()) / cell_size.value());
  const double row = std::floor((point.northing.value() - origin.northing.value()) / cell_size.value());
  // Written so that NaN fails.
  if (!(column >= 0 && column < columns && row >= 0 && row < rows)) return std::nullopt;
  return CellIndex{static_cast<int>(column), static_cast<int>(row)};
}

GridSpec CoveringGrid(PlanePoint south_west, PlanePoint north_east, Meters cell_size) {
  const double cell = cell_size.value();
  if (!(cell > 0) || !std::isfinite(cell))
    throw InvalidInput("cell size must be a positive number of meters, was " + std::to_string(cell));
  const double x0 = std::floor(south_west.easting.value() / cell) * cell;
  const double y0 = std::floor(south_west.northing.value() / cell) * cell;
  const double width = north_east.easting.value() - x0;
  const double height = north_east.northing.value() - y0;
  if (!(north_east.easting > south_west.easting) || !(north_east.northing > south_west.northing) ||
      !std::isfinite(width) || !std::isfinite(height))
    throw InvalidInput("the box to cover is empty or not finite");
  // A north-east corner on a grid line needs the cell beyond it: cells are half-open and the boundary belongs
  // to the area.
  const double columns = std::floor(width / cell) + 1;
  const double rows = std::floor(height / cell) + 1;
  if (columns * rows > kMaxCells)
    throw InvalidInput("a cell size of " + std::to_string(cell) +
                       " m gives more than 25 million cells; use larger cells");
  return {{Meters{x0}, Meters{y0}}, cell_size, static_cast<int>(columns), static_cast<int>(rows)};
}

}  // namespace lagesbild::geo
