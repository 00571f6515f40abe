#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

struct CellIndex {
  int column = 0, row = 0;
  friend constexpr auto operator<=>(CellIndex, CellIndex) = default;
};

/// Square cells, row 0 southernmost, column 0 westernmost. Cells are half-open [x0, x0+c) x [y0, y0+c):
/// a point on a line belongs to the cell north or east of it.
struct GridSpec {
  PlanePoint origin;  ///< south-west corner
  Meters cell_size;
  int columns = 0, rows = 0;
  friend bool operator==(const GridSpec&, const GridSpec&) = default;

  std::size_t cell_count() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
  /// Row-major from the south-west.
  std::size_t index(CellIndex cell) const {
    assert(cell.column >= 0 && cell.column < columns && cell.row >= 0 && cell.row < rows);
    return static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(cell.column);
  }
  PlanePoint center(CellIndex cell) const {
    return {Meters{origin.easting.value() + (cell.column + 0.5) * cell_size.value()},
            Meters{origin.northing.value() + (cell.row + 0.5) * cell_size.value()}};
  }
  /// Empty when the point is outside the grid, or not finite.
  std::optional<CellIndex> cell_of(PlanePoint point) const;
  double cell_area_km2() const { return cell_size.value() * cell_size.value() * 1e-6; }
};

/// The smallest grid of cells whose corners are multiples of `cell_size` (so that it joins to SCB's squares)
/// that covers the box. Throws InvalidInput when the cell size is not a positive finite number, the box is
/// empty, or the grid would exceed 25 million cells.
GridSpec CoveringGrid(PlanePoint south_west, PlanePoint north_east, Meters cell_size);

/// A value for every cell, row-major, row 0 southernmost.
template <class T>
class Grid {
 public:
  Grid() = default;
  explicit Grid(const GridSpec& spec, T value = T{}) : spec_(spec), values_(spec.cell_count(), value) {}
  const GridSpec& spec() const { return spec_; }
  T& operator[](CellIndex cell) { return values_[spec_.index(cell)]; }
  const T& operator[](CellIndex cell) const { return values_[spec_.index(cell)]; }
  std::vector<T>& values() { return values_; }
  const std::vector<T>& values() const { return values_; }

 private:
  GridSpec spec_;
  std::vector<T> values_;
};

}  // namespace lagesbild::geo
