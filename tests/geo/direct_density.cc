#include "tests/geo/direct_density.h"

#include <cmath>
#include <numbers>

namespace lagesbild::geo {
namespace {

constexpr long double kPi = std::numbers::pi_v<long double>;
constexpr long double kSpare = 1e-9L;

/// Density per m² at distance q = d / bandwidth (statistics.md 3.2).
long double KernelAt(Kernel kernel, long double q, long double bandwidth) {
  const long double square = bandwidth * bandwidth;
  if (kernel == Kernel::kGaussian) return std::exp(-q * q / 2) / (2 * kPi * square);
  if (q > 1) return 0;
  const long double rest = 1 - q * q;
  switch (kernel) {
    case Kernel::kQuartic:
      return 3 * rest * rest / (kPi * square);
    case Kernel::kEpanechnikov:
      return 2 * rest / (kPi * square);
    case Kernel::kTriweight:
      return 4 * rest * rest * rest / (kPi * square);
    case Kernel::kTriangular:
      return 3 * (1 - q) / (kPi * square);
    case Kernel::kUniform:
      return 1 / (kPi * square);
    case Kernel::kGaussian:
      break;
  }
  return 0;
}

}  // namespace

DirectDensity SumDirectly(std::span<const PlanePoint> points, std::span<const double> weights, Kernel kernel,
                          std::span<const double> bandwidths_m, const GridSpec& grid) {
  DirectDensity direct;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      long double sum = 0;
      bool covered = false;
      const long double cell = grid.cell_size.value();
      for (std::size_t i = 0; i < points.size(); ++i) {
        const long double bandwidth = bandwidths_m.size() == 1 ? bandwidths_m[0] : bandwidths_m[i];
        const long double dx = points[i].easting.value() -
                               static_cast<long double>(grid.origin.easting.value()) - (column + 0.5L) * cell;
        const long double dy = points[i].northing.value() -
                               static_cast<long double>(grid.origin.northing.value()) - (row + 0.5L) * cell;
        const long double q = std::sqrt(dx * dx + dy * dy) / bandwidth;
        covered = covered || kernel == Kernel::kGaussian || q <= 1 + kSpare;
        sum += (weights.empty() ? 1 : weights[i]) * KernelAt(kernel, q, bandwidth);
      }
      direct.values.push_back(sum * 1e6L);
      direct.covered.push_back(covered);
      direct.peak = std::max(direct.peak, direct.values.back());
    }
  return direct;
}

}  // namespace lagesbild::geo
