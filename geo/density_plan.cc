#include "geo/density_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;  // from m⁻² to km⁻²
// Under so many cells a source touches so few that sums are faster, and polynomials over a tile of the least
// width would lose digits.
constexpr double kLeastRowRadius = 4;
// Wider tiles lose digits: a polynomial of degree 2 m in column / radius grows to width^(2 m).
constexpr double kTileRadii[] = {20, 20, 14, 8};  // per m
constexpr int kLeastTileColumns = 64, kMostTileColumns = 2048, kLeastTileRows = 8;
constexpr double kTileBytes = 1.5e6;
// The tail beyond the Gaussian's reach, all incidents together, against the least possible maximum.
constexpr double kGaussianTail = 1e-12;

/// Rows must not lie a multiple of the cache's size apart: a source's columns would push each other out.
std::size_t StrideOf(int columns) {
  std::size_t stride = static_cast<std::size_t>(columns) + 2 * kTileBlock;
  while (stride % 64 != 9) ++stride;
  return stride;
}

}  // namespace

/// How far the Gaussian reaches, in standard deviations.
double GaussianReach(const DensityIncidents& incidents) {
  double total = static_cast<double>(incidents.points.size()), largest = 1;
  if (!incidents.weights.empty()) {
    total = 0;
    largest = std::numeric_limits<double>::min();
    for (const double weight : incidents.weights) {
      total += weight;
      largest = std::max(largest, weight);
    }
  }
  double ratio = std::max(1.0, total / largest);
  if (!incidents.bandwidths_m.empty()) {
    const auto [least, most] =
        std::minmax_element(incidents.bandwidths_m.begin(), incidents.bandwidths_m.end());
    ratio *= (*most / *least) * (*most / *least);
  }
  return std::min(kGaussianReachSd, std::sqrt(2 * (std::log(ratio) - std::log(kGaussianTail))));
}

Pass PlanPass(const GridSpec& grid, Kernel kernel, double radius, double narrowest, double reach_sd) {
  Pass pass;
  pass.radius = radius;
  pass.row_differences = PolynomialPower(kernel) >= 0 && narrowest >= kLeastRowRadius;
  pass.reach = kernel == Kernel::kGaussian ? radius * reach_sd : radius * (1 + 1e-9);
  pass.factor =
      KernelFunction(kernel, Meters{radius * grid.cell_size.value()}).AtSquaredDistance(0) * kPerKm2;
  const double widest =
      std::clamp(std::floor((pass.row_differences ? kTileRadii[PolynomialPower(kernel)] : 8.0) * narrowest),
                 1.0 * kLeastTileColumns, 1.0 * kMostTileColumns);
  pass.columns = std::max(1, static_cast<int>(std::ceil(grid.columns / widest)));
  const int even = (grid.columns + pass.columns - 1) / pass.columns;
  pass.tile_columns = std::max(kTileBlock, (even + kTileBlock - 1) / kTileBlock * kTileBlock);
  pass.columns = (grid.columns + pass.tile_columns - 1) / pass.tile_columns;
  const double bytes_per_row = 8.0 * static_cast<double>(DifferenceWidth(kernel)) * pass.tile_columns;
  pass.tile_rows = std::clamp(static_cast<int>(kTileBytes / bytes_per_row), kLeastTileRows, kMostTileRows);
  pass.rows = (grid.rows + pass.tile_rows - 1) / pass.tile_rows;
  return pass;
}

DensityTile TileAt(const Pass& pass, std::size_t index, const GridSpec& grid, Kernel kernel,
                   TileBuffers& buffers) {
  DensityTile tile;
  const int column = static_cast<int>(index % static_cast<std::size_t>(pass.columns));
  const int row = static_cast<int>(index / static_cast<std::size_t>(pass.columns));
  tile.first_column = column * pass.tile_columns;
  tile.first_row = row * pass.tile_rows;
  tile.columns = std::min(pass.tile_columns, grid.columns - tile.first_column);
  tile.rows = std::min(pass.tile_rows, grid.rows - tile.first_row);
  tile.stride = StrideOf(pass.tile_columns);
  tile.scale = pass.radius;
  const std::size_t cells = tile.stride * static_cast<std::size_t>(pass.tile_rows);
  buffers.Prepare(DifferenceWidth(kernel) * cells, tile.stride,
                  (tile.stride / kTileBlock + 1) * static_cast<std::size_t>(pass.tile_rows));
  tile.differences = buffers.differences();
  tile.scratch = buffers.scratch();
  tile.marks = buffers.marks();
  return tile;
}

}  // namespace lagesbild::geo
