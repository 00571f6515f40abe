#include "geo/edge_raster.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

/// Beyond so many standard deviations the Gaussian is below the error of the slices.
constexpr double kReachSd = 6;
constexpr double kSliceSd = 0.125, kSlicesPerCell = 2;
constexpr double kMostSlices = 20000;

/// Where the middle of a slice is inside: pairs of eastings.
struct Slice {
  double northing, height;
  std::vector<double> crossings;
};

void AddCrossings(const Ring& ring, std::vector<Slice>& slices) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    PlanePoint low = ring[i], high = ring[(i + 1) % ring.size()];
    if (low.northing.value() > high.northing.value()) std::swap(low, high);
    const double y0 = low.northing.value(), y1 = high.northing.value();
    const double slope = (high.easting.value() - low.easting.value()) / (y1 - y0);
    // Half-open, so that a vertex counts once.
    auto slice = std::lower_bound(slices.begin(), slices.end(), y0,
                                  [](const Slice& one, double y) { return one.northing < y; });
    for (; slice != slices.end() && slice->northing < y1; ++slice)
      slice->crossings.push_back(low.easting.value() + (slice->northing - y0) * slope);
  }
}

std::vector<Slice> Cut(const StudyArea& area, double sd, double cell) {
  const double south = area.south_west().northing.value();
  const double height = area.north_east().northing.value() - south;
  const double wanted = std::min(kSliceSd * sd, cell / kSlicesPerCell);
  const auto count = static_cast<std::size_t>(std::clamp(std::ceil(height / wanted), 1.0, kMostSlices));
  const double thick = height / static_cast<double>(count);
  std::vector<Slice> slices;
  for (std::size_t i = 0; i < count; ++i)
    slices.push_back({south + (static_cast<double>(i) + 0.5) * thick, thick, {}});
  for (const Polygon& polygon : area.polygons()) {
    AddCrossings(polygon.outer, slices);
    for (const Ring& hole : polygon.holes) AddCrossings(hole, slices);
  }
  for (Slice& slice : slices) std::sort(slice.crossings.begin(), slice.crossings.end());
  return slices;
}

/// Mass of the Gaussian in one dimension between pairs of crossings, around x.
double MassAlong(const std::vector<double>& crossings, double x, double per_sd) {
  double mass = 0;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    const double from = (crossings[i] - x) * per_sd, to = (crossings[i + 1] - x) * per_sd;
    if (to < -kReachSd || from > kReachSd) continue;
    mass += (std::erf(std::min(to, kReachSd) / std::numbers::sqrt2) -
             std::erf(std::max(from, -kReachSd) / std::numbers::sqrt2)) /
            2;
  }
  return mass;
}

}  // namespace

std::vector<double> GaussianEdgeRaster(const StudyArea& area, Meters sd, const GridSpec& grid,
                                       std::stop_token stop) {
  static_cast<void>(KernelFunction(Kernel::kGaussian, sd));  // checks the bandwidth
  const std::vector<Slice> slices = Cut(area, sd.value(), grid.cell_size.value());
  const auto columns = static_cast<std::size_t>(grid.columns), rows = static_cast<std::size_t>(grid.rows);
  const double per_sd = 1 / sd.value();
  std::vector<double> along(slices.size() * columns);
  ParallelFor(0, slices.size(), [&](std::size_t i, std::size_t) {
    if (stop.stop_requested()) throw Cancelled();
    for (std::size_t column = 0; column < columns; ++column)
      along[i * columns + column] =
          MassAlong(slices[i].crossings, grid.center({static_cast<int>(column), 0}).easting.value(), per_sd);
  });
  std::vector<double> factors(rows * columns);
  ParallelFor(0, rows, [&](std::size_t row, std::size_t) {
    if (stop.stop_requested()) throw Cancelled();
    const double northing = grid.center({0, static_cast<int>(row)}).northing.value();
    double* const sums = &factors[row * columns];
    for (std::size_t i = 0; i < slices.size(); ++i) {
      const double q = (slices[i].northing - northing) * per_sd;
      if (std::abs(q) > kReachSd) continue;
      const double weight =
          slices[i].height * per_sd * std::exp(-q * q / 2) / std::sqrt(2 * std::numbers::pi);
      for (std::size_t column = 0; column < columns; ++column)
        sums[column] += weight * along[i * columns + column];
    }
  });
  return factors;
}

}  // namespace lagesbild::geo
