#include "geo/reconstruction_attack.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/nonnegative_least_squares.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kPerKm2 = 1e6;

void CheckForm(const SurfaceForm& form) {
  if (form.min_support < 1)
    throw InvalidInput("a cell's support must be at least 1 incident, was " +
                       std::to_string(form.min_support));
  if (!(form.rounding >= 0) || !std::isfinite(form.rounding))
    throw InvalidInput("the rounding must be a finite density of at least 0");
}

void CheckBreaks(std::span<const double> upper) {
  if (upper.empty()) throw InvalidInput("classes need at least one break");
  double last = 0;
  for (const double value : upper) {
    if (!(value > last) || !std::isfinite(value))
      throw InvalidInput("the breaks between classes must be finite, over 0 and ascending");
    last = value;
  }
}

/// Calls `body(cell, r²)` for every cell whose center is within `reach_m` of the point.
template <class Body>
void ForEachCellWithin(PlanePoint point, double reach_m, const GridSpec& grid, const Body& body) {
  const double cell = grid.cell_size.value();
  const auto index = [cell](double from, double to, int count) {
    return static_cast<int>(std::clamp(std::floor((to - from) / cell), 0.0, count - 1.0));
  };
  const double x = point.easting.value(), y = point.northing.value();
  const double west = grid.origin.easting.value(), south = grid.origin.northing.value();
  for (int row = index(south, y - reach_m, grid.rows); row <= index(south, y + reach_m, grid.rows); ++row)
    for (int column = index(west, x - reach_m, grid.columns);
         column <= index(west, x + reach_m, grid.columns); ++column) {
      const PlanePoint center = grid.center({column, row});
      const double dx = center.easting.value() - x, dy = center.northing.value() - y;
      if (dx * dx + dy * dy <= reach_m * reach_m) body(CellIndex{column, row}, dx * dx + dy * dy);
    }
}

Grid<int> SupportOf(std::span<const PlanePoint> incidents, const GridSpec& grid,
                    const KernelFunction& kernel) {
  Grid<int> support(grid);
  for (const PlanePoint& incident : incidents)
    ForEachCellWithin(incident, kernel.reach_m(), grid, [&](CellIndex cell, double) { ++support[cell]; });
  return support;
}

double MiddleOfClass(std::size_t code, std::span<const double> upper) {
  if (code == 0) return 0;
  if (code == upper.size()) return 1.25 * upper.back();
  return (upper[code - 1] + upper[code]) / 2;
}

}  // namespace

Grid<double> PublishedSurface(std::span<const PlanePoint> incidents, const GridSpec& grid, Kernel kernel,
                              Meters bandwidth, const SurfaceForm& form, std::stop_token stop) {
  CheckForm(form);
  if (!form.upper.empty()) CheckBreaks(form.upper);
  Grid<double> surface =
      KernelDensity(incidents, {}, grid, {.kernel = kernel, .bandwidth = bandwidth, .stop = stop});
  const Grid<int> support = SupportOf(incidents, grid, KernelFunction(kernel, bandwidth));
  for (std::size_t i = 0; i < surface.values().size(); ++i) {
    double& value = surface.values()[i];
    if (support.values()[i] < form.min_support) {
      value = kNaN;
    } else if (!form.upper.empty()) {
      const auto over = std::lower_bound(form.upper.begin(), form.upper.end(), value);
      value = MiddleOfClass(static_cast<std::size_t>(over - form.upper.begin()), form.upper);
    } else {
      if (form.rounding > 0) value = std::round(value / form.rounding) * form.rounding;
      value = static_cast<double>(static_cast<float>(value));
    }
  }
  return surface;
}

Grid<double> MiddlesOfClasses(const Grid<std::int8_t>& classes, std::span<const double> upper) {
  CheckBreaks(upper);
  Grid<double> surface(classes.spec(), kNaN);
  for (std::size_t i = 0; i < classes.values().size(); ++i) {
    const auto code = static_cast<int>(classes.values()[i]);
    if (code > static_cast<int>(upper.size()))
      throw InvalidInput("class " + std::to_string(code) + " is beyond the breaks");
    if (code >= 0) surface.values()[i] = MiddleOfClass(static_cast<std::size_t>(code), upper);
  }
  return surface;
}

std::vector<double> ReconstructCounts(const Grid<double>& surface, std::span<const PlanePoint> addresses,
                                      Kernel kernel, Meters bandwidth, std::stop_token stop) {
  const KernelFunction function(kernel, bandwidth);
  const GridSpec& grid = surface.spec();
  std::vector<double> values;  // of the readable cells
  Grid<std::size_t> row_of(grid, surface.values().size());
  for (std::size_t i = 0; i < surface.values().size(); ++i) {
    if (!std::isfinite(surface.values()[i])) continue;
    row_of.values()[i] = values.size();
    values.push_back(surface.values()[i]);
  }
  std::vector<SparseColumn> columns(addresses.size());
  for (std::size_t j = 0; j < addresses.size(); ++j) {
    if (!std::isfinite(addresses[j].easting.value()) || !std::isfinite(addresses[j].northing.value()))
      throw InvalidInput("address " + std::to_string(j) +
                         " has a coordinate that is not a finite number of meters");
    if (values.empty()) continue;
    ForEachCellWithin(addresses[j], function.reach_m(), grid, [&](CellIndex cell, double r2) {
      if (row_of[cell] == surface.values().size()) return;
      const double value = function.AtSquaredDistance(r2) * kPerKm2;
      if (value > 0) columns[j].emplace_back(row_of[cell], value);
    });
  }
  return NonnegativeLeastSquares(columns, values, 1e-11, stop);
}

}  // namespace lagesbild::geo
