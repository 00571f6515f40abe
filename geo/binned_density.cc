#include "geo/binned_density.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "geo/errors.h"
#include "geo/fourier_plane.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;
// The transform's own rounding, as a share of the largest value; smaller values become 0.
constexpr double kTransformError = 1e-12;
// A source is at most sqrt(2) cells from the centers that take its weight, and those as far again from a rim.
constexpr double kRimWidth = 2.83;
constexpr double kMostCells = 20e6;  // of one plane; five are held at once

/// What the kernel with peak 1 can differ by from its bilinear interpolation between centers, and where:
/// within [inner, outer] cells of the incident.
struct Interpolation {
  double miss, inner, outer;
};

Interpolation MissOf(Kernel kernel, double radius, double reach_sd) {
  const double step = 1 / radius;
  const double outer = radius * (kernel == Kernel::kGaussian ? reach_sd : 1) + kRimWidth;
  switch (kernel) {
    // Twice the largest second derivative x step² / 8.
    case Kernel::kQuartic:
      return {8 * step * step / 4, 0, outer};
    case Kernel::kTriweight:
      return {6 * step * step / 4, 0, outer};
    case Kernel::kGaussian:
      return {step * step / 4, 0, outer};
    // With a kink: the slope x the mean distance to the centers, at most sqrt(1/2).
    case Kernel::kEpanechnikov:
      return {2 * step * std::sqrt(0.5), 0, outer};
    case Kernel::kTriangular:
      return {step * std::sqrt(0.5), 0, outer};
    case Kernel::kUniform:
      return {1, std::max(0.0, radius - kRimWidth), outer};
  }
  return {1, 0, outer};
}

/// Cells around the grid whose incidents are felt in it. Throws InvalidInput when the planes would be too
/// large.
std::size_t MarginOf(const Interpolation& miss, const GridSpec& grid) {
  const double margin = std::ceil(miss.outer);
  if ((grid.columns + 2 * margin + 2) * (grid.rows + 2 * margin + 2) > kMostCells)
    throw InvalidInput(
        "a grid of " + std::to_string(grid.columns) + " x " + std::to_string(grid.rows) + " cells with " +
        std::to_string(std::llround(margin)) +
        " cells around it is too large for the binned method; take the exact one, larger cells or "
        "a smaller bandwidth");
  return static_cast<std::size_t>(margin);
}

class Binned {
 public:
  Binned(const DensitySources& sources, const GridSpec& grid, Kernel kernel, double radius, double reach_sd,
         int threads, std::stop_token stop)
      : sources_(sources),
        grid_(grid),
        threads_(threads),
        stop_(stop),
        miss_(MissOf(kernel, radius, reach_sd)),
        margin_(MarginOf(miss_, grid)),
        columns_(FourierSize(static_cast<std::size_t>(grid.columns) + 2 * margin_ + 2)),
        rows_(FourierSize(static_cast<std::size_t>(grid.rows) + 2 * margin_ + 2)),
        function_(kernel, Meters{radius * grid.cell_size.value()}),
        peak_(function_.AtSquaredDistance(0)),
        kernel_(KernelPlane([&](double r2) {
          return function_.AtSquaredDistance(r2 * grid.cell_size.value() * grid.cell_size.value()) / peak_;
        })),
        near_(KernelPlane([&](double r2) {
          return r2 <= miss_.outer * miss_.outer && r2 >= miss_.inner * miss_.inner ? 1.0 : 0.0;
        })) {}

  /// Two sets at once: one in the real parts, one in the imaginary ones.
  void Compute(std::size_t set, std::size_t count, std::vector<BinnedDensity>& surfaces) const {
    FourierPlane weights(columns_, rows_);
    AddSet(set, {1, 0}, weights);
    if (count > 1) AddSet(set + 1, {0, 1}, weights);
    weights.Transform(false, threads_, stop_);
    FourierPlane sums = weights.Times(kernel_), near = weights.Times(near_);
    sums.Transform(true, threads_, stop_);
    near.Transform(true, threads_, stop_);
    for (std::size_t part = 0; part < count; ++part)
      surfaces.push_back(SurfaceOf(sums, near, part == 0 ? &Real : &Imaginary));
  }

 private:
  static double Real(std::complex<double> value) { return value.real(); }
  static double Imaginary(std::complex<double> value) { return value.imag(); }

  template <class Function>
  FourierPlane KernelPlane(const Function& at) const {
    FourierPlane plane(columns_, rows_);
    const auto reach = static_cast<std::ptrdiff_t>(margin_);
    for (std::ptrdiff_t row = -reach; row <= reach; ++row)
      for (std::ptrdiff_t column = -reach; column <= reach; ++column)
        plane.At(Wrapped(column, columns_), Wrapped(row, rows_)) =
            at(static_cast<double>(row * row + column * column));
    plane.Transform(false, threads_, stop_);
    return plane;
  }
  static std::size_t Wrapped(std::ptrdiff_t index, std::size_t size) {
    return static_cast<std::size_t>(index < 0 ? index + static_cast<std::ptrdiff_t>(size) : index);
  }

  void AddSet(std::size_t set, std::complex<double> unit, FourierPlane& plane) const {
    const double margin = static_cast<double>(margin_);
    sources_.ForEachBin(set, -HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL, [&](const SourceSpan& span) {
      for (std::size_t i = 0; i < span.count; ++i) {
        const double x = span.x[i] + margin, y = span.y[i] + margin;
        const double column = std::floor(x), row = std::floor(y);
        // Further out than the grid and the reach around it nothing is felt.
        if (column < 0 || row < 0 || column + 1 >= static_cast<double>(grid_.columns) + 2 * margin + 1 ||
            row + 1 >= static_cast<double>(grid_.rows) + 2 * margin + 1)
          continue;
        const double right = x - column, up = y - row;
        const auto c = static_cast<std::size_t>(column), r = static_cast<std::size_t>(row);
        const std::complex<double> weight = span.weight[i] * unit;
        plane.At(c, r) += weight * ((1 - right) * (1 - up));
        plane.At(c + 1, r) += weight * (right * (1 - up));
        plane.At(c, r + 1) += weight * ((1 - right) * up);
        plane.At(c + 1, r + 1) += weight * (right * up);
      }
    });
  }

  BinnedDensity SurfaceOf(const FourierPlane& sums, const FourierPlane& near,
                          double (*part)(std::complex<double>)) const {
    BinnedDensity surface;
    double most = 0, most_near = 0;
    for (std::size_t row = 0; row < static_cast<std::size_t>(grid_.rows); ++row)
      for (std::size_t column = 0; column < static_cast<std::size_t>(grid_.columns); ++column) {
        const double sum = part(sums.At(column + margin_, row + margin_));
        most = std::max(most, sum);
        most_near = std::max(most_near, part(near.At(column + margin_, row + margin_)));
        surface.values.push_back(sum);
      }
    for (double& value : surface.values) value = value > kTransformError * most ? value * peak_ * kPerKm2 : 0;
    if (most > 0) surface.error_bound = miss_.miss * most_near / most + 2 * kTransformError;
    return surface;
  }

  const DensitySources& sources_;
  const GridSpec& grid_;
  int threads_;
  std::stop_token stop_;
  Interpolation miss_;
  std::size_t margin_, columns_, rows_;
  KernelFunction function_;
  double peak_;
  FourierPlane kernel_, near_;
};

}  // namespace

std::vector<BinnedDensity> ComputeBinned(const DensitySources& sources, const GridSpec& grid, Kernel kernel,
                                         double radius, double reach_sd, int threads, std::stop_token stop) {
  const Binned binned(sources, grid, kernel, radius, reach_sd, threads, stop);
  std::vector<BinnedDensity> surfaces;
  for (std::size_t set = 0; set < sources.sets().size(); set += 2)
    binned.Compute(set, std::min<std::size_t>(2, sources.sets().size() - set), surfaces);
  return surfaces;
}

}  // namespace lagesbild::geo
