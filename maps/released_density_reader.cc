#include "maps/released_density_reader.h"

#include <algorithm>

#include "geo/released_density.h"
#include "geo/study_area.h"
#include "maps/errors.h"
#include "maps/feature_reader.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

geo::PlanePoint CenterOf(const geo::GridSpec& grid, geo::CellIndex cell) {
  const double size = grid.cell_size.value();
  return {geo::Meters{grid.origin.easting.value() + (cell.column + 0.5) * size},
          geo::Meters{grid.origin.northing.value() + (cell.row + 0.5) * size}};
}

/// The grid's columns or rows that a part's extent can touch: [first, last).
std::pair<int, int> Steps(double low, double high, double origin, double size, int count) {
  return {std::clamp(static_cast<int>((low - origin) / size) - 1, 0, count),
          std::clamp(static_cast<int>((high - origin) / size) + 2, 0, count)};
}

void Paint(const geo::Polygon& part, std::int8_t code, geo::Grid<std::int8_t>& classes) {
  const geo::GridSpec& grid = classes.spec();
  const geo::StudyArea area({part});
  const double size = grid.cell_size.value();
  const auto [first_column, last_column] =
      Steps(area.south_west().easting.value(), area.north_east().easting.value(), grid.origin.easting.value(),
            size, grid.columns);
  const auto [first_row, last_row] =
      Steps(area.south_west().northing.value(), area.north_east().northing.value(),
            grid.origin.northing.value(), size, grid.rows);
  for (int row = first_row; row < last_row; ++row)
    for (int column = first_column; column < last_column; ++column)
      if (area.contains(CenterOf(grid, {column, row}))) classes[{column, row}] = code;
}

}  // namespace

geo::Grid<std::int8_t> ReadReleasedDensity(const std::filesystem::path& geopackage, const std::string& table,
                                           const geo::GridSpec& grid) {
  const GDALDatasetUniquePtr dataset = OpenReadOnly(geopackage, "GPKG");
  OGRLayer& layer = RequireLayer(*dataset, geopackage.string(), table.c_str());
  RequireFields(layer, geopackage.string(), {"class"});
  geo::Grid<std::int8_t> classes(grid);
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) classes[{column, row}] = geo::kOutsideClass;
  for (const auto& feature : layer) {
    const FeatureReader reader(*feature);
    const auto code = reader.Integer("class");
    if (!code || *code < geo::kSuppressedClass || *code >= geo::kMaxReleasedClasses)
      throw IoError(geopackage.string(), "table " + table + " has a class that no released density has");
    try {
      for (const geo::Polygon& part : reader.Polygons())
        Paint(part, static_cast<std::int8_t>(*code), classes);
    } catch (const RowFault& fault) {
      throw IoError(geopackage.string(), "table " + table + ": " + fault.reason);
    }
  }
  return classes;
}

}  // namespace lagesbild::maps
