#include "geo/density_surface_checks.h"

#include <limits>

#include "geo/density_tile.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

template <class Value>
Moments MomentsOf(const Value* values, int columns, double first_column, double row) {
  double mass[kTileBlock] = {}, moment[kTileBlock] = {};
  SumRow(values, columns, mass, moment);
  Moments sums;
  for (int i = 0; i < kTileBlock; ++i) {
    sums.mass += mass[i];
    sums.x += moment[i];
  }
  sums.x += sums.mass * first_column;
  sums.y = sums.mass * row;
  return sums;
}
template Moments MomentsOf(const double*, int, double, double);
template Moments MomentsOf(const float*, int, double, double);

void SumMoments(const std::vector<Moments>& moments, std::size_t first, std::size_t stride,
                const GridSpec& grid, SurfaceChecks& checks) {
  Moments sums;
  for (std::size_t i = first; i < moments.size(); i += stride) {
    sums.mass += moments[i].mass;
    sums.x += moments[i].x;
    sums.y += moments[i].y;
  }
  const double cell = grid.cell_size.value();
  checks.mass = sums.mass * grid.cell_area_km2();
  checks.centroid = {Meters{kNaN}, Meters{kNaN}};
  if (sums.mass > 0)
    checks.centroid = {Meters{grid.origin.easting.value() + (sums.x / sums.mass + 0.5) * cell},
                       Meters{grid.origin.northing.value() + (sums.y / sums.mass + 0.5) * cell}};
}

void SumSurface(const Grid<double>& density, SurfaceChecks& checks) {
  const GridSpec& grid = density.spec();
  std::vector<Moments> rows;
  for (int row = 0; row < grid.rows && grid.columns > 0; ++row)
    rows.push_back(MomentsOf(&density[CellIndex{0, row}], grid.columns, 0, row));
  SumMoments(rows, 0, 1, grid, checks);
}

}  // namespace lagesbild::geo
