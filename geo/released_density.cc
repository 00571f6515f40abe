#include "geo/released_density.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <variant>

#include "geo/errors.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

using Cells = std::vector<CellIndex>;

void CheckOptions(const GridSpec& grid, const ReleasedDensityOptions& options) {
  if (!(options.bandwidth >= grid.cell_size) || !std::isfinite(options.bandwidth.value()))
    throw InvalidInput("the bandwidth must be a finite number of meters of at least one cell (" +
                       std::to_string(grid.cell_size.value()) + " m), was " +
                       std::to_string(options.bandwidth.value()));
  if (options.quarters < 1)
    throw InvalidInput("released counts cover at least one quarter, not " + std::to_string(options.quarters));
}

void CheckBreaks(const std::vector<double>& upper) {
  if (upper.empty() || upper.size() >= kMaxReleasedClasses)
    throw InvalidInput("a released density needs one to four breaks between its classes, there were " +
                       std::to_string(upper.size()));
  double last = 0;
  for (const double value : upper) {
    if (!(value > last) || !std::isfinite(value))
      throw InvalidInput("the breaks between classes must be finite, over 0 and ascending");
    last = value;
  }
}

/// The released count; nothing when there is none to read.
const double* CountOf(const ReleasedArea& area) {
  const double* count = std::get_if<double>(&area.incidents);
  if (count != nullptr && (!std::isfinite(*count) || *count < 0))
    throw InvalidInput("the released count of area " + area.code + " must be a finite number of at least 0");
  return count;
}

Grid<std::int8_t> InsideOf(const StudyArea& study_area, const GridSpec& grid, std::stop_token stop) {
  Grid<std::int8_t> inside(grid);
  for (int row = 0; row < grid.rows; ++row) {
    if (stop.stop_requested()) throw Cancelled();
    for (int column = 0; column < grid.columns; ++column)
      inside[{column, row}] = study_area.contains(grid.center({column, row})) ? 1 : 0;
  }
  return inside;
}

void AddCrossings(const Ring& ring, double northing, std::vector<double>& eastings) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PlanePoint& a = ring[i];
    const PlanePoint& b = ring[(i + 1) % ring.size()];
    if ((a.northing.value() > northing) == (b.northing.value() > northing)) continue;
    const double share = (northing - a.northing.value()) / (b.northing.value() - a.northing.value());
    eastings.push_back(a.easting.value() + share * (b.easting.value() - a.easting.value()));
  }
}

/// First column whose center is not west of the easting, held within the grid.
int FirstColumn(const GridSpec& grid, double easting) {
  const double column =
      std::ceil((easting - grid.origin.easting.value()) / grid.cell_size.value() - 0.5 - 1e-9);
  return static_cast<int>(std::clamp(column, 0.0, 1.0 * grid.columns));
}

/// Cells whose center lies in the polygons. A center on a shared side belongs to one of two neighbors.
Cells CellsOf(const MultiPolygon& polygons, const GridSpec& grid) {
  Cells cells;
  for (const Polygon& polygon : polygons) {
    double south = HUGE_VAL, north = -HUGE_VAL;
    for (const PlanePoint& point : polygon.outer) {
      south = std::min(south, point.northing.value());
      north = std::max(north, point.northing.value());
    }
    for (int row = 0; row < grid.rows; ++row) {
      const double northing = grid.center({0, row}).northing.value();
      if (northing < south || northing > north) continue;
      std::vector<double> eastings;
      AddCrossings(polygon.outer, northing, eastings);
      for (const Ring& hole : polygon.holes) AddCrossings(hole, northing, eastings);
      std::sort(eastings.begin(), eastings.end());
      for (std::size_t i = 0; i + 1 < eastings.size(); i += 2)
        for (int column = FirstColumn(grid, eastings[i]); column < FirstColumn(grid, eastings[i + 1]);
             ++column)
          cells.push_back({column, row});
    }
  }
  return cells;
}

/// Cells whose center lies in the square, or the one that holds the square's center when cells are larger.
void AddCellsOfSquare(const InhabitedSquare& square, const GridSpec& grid, Cells& cells) {
  const double side = kInhabitedSquareSize.value(), cell = grid.cell_size.value();
  const double west = square.south_west.easting.value(), south = square.south_west.northing.value();
  const std::size_t before = cells.size();
  if (cell <= side) {
    const int first = FirstColumn(grid, west), beyond = FirstColumn(grid, west + side);
    const double low = std::ceil((south - grid.origin.northing.value()) / cell - 0.5 - 1e-9);
    const double high = std::ceil((south + side - grid.origin.northing.value()) / cell - 0.5 - 1e-9);
    const int first_row = static_cast<int>(std::clamp(low, 0.0, 1.0 * grid.rows));
    const int beyond_row = static_cast<int>(std::clamp(high, 0.0, 1.0 * grid.rows));
    for (int row = first_row; row < beyond_row; ++row)
      for (int column = first; column < beyond; ++column) cells.push_back({column, row});
  }
  if (cells.size() == before)
    if (const auto index = grid.cell_of({Meters{west + side / 2}, Meters{south + side / 2}}))
      cells.push_back(*index);
}

/// Each cell once, in ascending order.
Cells InhabitedCells(const ReleasedArea& area, const GridSpec& grid) {
  Cells cells;
  for (const InhabitedSquare& square : area.inhabited) AddCellsOfSquare(square, grid, cells);
  const auto by_row = [](CellIndex a, CellIndex b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  };
  std::sort(cells.begin(), cells.end(), by_row);
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

Cells Kept(Cells cells, const Grid<std::int8_t>& inside) {
  std::erase_if(cells, [&](CellIndex cell) { return inside[cell] == 0; });
  return cells;
}

/// Released incidents per cell and quarter, before smoothing.
Grid<double> SpreadCounts(std::span<const ReleasedArea> areas, const Grid<std::int8_t>& inside,
                          int quarters) {
  Grid<double> mass(inside.spec());
  for (const ReleasedArea& area : areas) {
    const double* count = CountOf(area);
    if (count == nullptr || *count == 0) continue;
    Cells cells = Kept(InhabitedCells(area, inside.spec()), inside);
    if (cells.empty()) cells = Kept(CellsOf(area.geometry, inside.spec()), inside);
    if (cells.empty())
      throw InvalidInput("area " + area.code +
                         " has a released count and no cell of the grid inside the study area; use a grid "
                         "that covers it with smaller cells");
    const double share = *count / quarters / static_cast<double>(cells.size());
    for (const CellIndex cell : cells) mass[cell] += share;
  }
  return mass;
}

/// The kernel at every offset of whole cells within its reach.
struct Stencil {
  struct Entry {
    int columns = 0, rows = 0;
    double value = 0;
  };
  std::vector<Entry> entries;

  Stencil(const KernelFunction& kernel, const GridSpec& grid) {
    const double cell = grid.cell_size.value();
    const int most = std::max(grid.columns, grid.rows);
    const int reach = static_cast<int>(std::min(std::ceil(kernel.reach_m() / cell), 1.0 * most));
    for (int rows = -reach; rows <= reach; ++rows)
      for (int columns = -reach; columns <= reach; ++columns) {
        const double value =
            kernel.AtSquaredDistance((1.0 * columns * columns + 1.0 * rows * rows) * cell * cell);
        if (value > 0) entries.push_back({columns, rows, value});
      }
  }

  /// Calls `body(cell, value)` for the cells inside the study area.
  template <class Body>
  void ForEach(CellIndex from, const Grid<std::int8_t>& inside, const Body& body) const {
    for (const Entry& entry : entries) {
      const CellIndex cell{from.column + entry.columns, from.row + entry.rows};
      if (cell.column < 0 || cell.row < 0 || cell.column >= inside.spec().columns ||
          cell.row >= inside.spec().rows || inside[cell] == 0)
        continue;
      body(cell, entry.value);
    }
  }
};

Grid<double> Smoothed(const Grid<double>& mass, const Grid<std::int8_t>& inside, const KernelFunction& kernel,
                      std::stop_token stop) {
  const GridSpec& grid = mass.spec();
  const Stencil stencil(kernel, grid);
  Grid<double> surface(grid);
  for (int row = 0; row < grid.rows; ++row) {
    if (stop.stop_requested()) throw Cancelled();
    for (int column = 0; column < grid.columns; ++column) {
      const CellIndex from{column, row};
      if (mass[from] == 0) continue;
      double whole = 0;  // over 0: the cell itself is inside
      stencil.ForEach(from, inside, [&](CellIndex, double value) { whole += value; });
      const double scale = mass[from] / (whole * grid.cell_area_km2());
      stencil.ForEach(from, inside, [&](CellIndex cell, double value) { surface[cell] += scale * value; });
    }
  }
  for (std::size_t i = 0; i < surface.values().size(); ++i)
    if (inside.values()[i] == 0) surface.values()[i] = std::numeric_limits<double>::quiet_NaN();
  return surface;
}

void MarkSuppressed(std::span<const ReleasedArea> areas, Grid<std::int8_t>& classes) {
  for (const ReleasedArea& area : areas) {
    if (CountOf(area) != nullptr) continue;
    Cells cells = CellsOf(area.geometry, classes.spec());
    if (cells.empty()) cells = InhabitedCells(area, classes.spec());
    for (const CellIndex cell : cells)
      if (classes[cell] != kOutsideClass) classes[cell] = kSuppressedClass;
  }
}

}  // namespace

Grid<double> ReleasedSurface(std::span<const ReleasedArea> areas, const StudyArea& study_area,
                             const GridSpec& grid, const ReleasedDensityOptions& options,
                             std::stop_token stop) {
  const KernelFunction kernel(options.kernel, options.bandwidth);
  CheckOptions(grid, options);
  const Grid<std::int8_t> inside = InsideOf(study_area, grid, stop);
  return Smoothed(SpreadCounts(areas, inside, options.quarters), inside, kernel, stop);
}

Grid<std::int8_t> ReleasedDensityClasses(std::span<const ReleasedArea> areas, const StudyArea& study_area,
                                         const GridSpec& grid, const ReleasedDensityOptions& options,
                                         std::stop_token stop) {
  CheckBreaks(options.upper);
  const Grid<double> surface = ReleasedSurface(areas, study_area, grid, options, stop);
  Grid<std::int8_t> classes(grid, kOutsideClass);
  for (std::size_t i = 0; i < surface.values().size(); ++i) {
    const double value = surface.values()[i];
    if (std::isnan(value)) continue;
    const auto over = std::lower_bound(options.upper.begin(), options.upper.end(), value);
    classes.values()[i] = static_cast<std::int8_t>(over - options.upper.begin());
  }
  MarkSuppressed(areas, classes);
  return classes;
}

}  // namespace lagesbild::geo
