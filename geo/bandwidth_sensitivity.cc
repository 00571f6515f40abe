#include "geo/bandwidth_sensitivity.h"

#include <cmath>
#include <string>

#include "geo/errors.h"
#include "geo/top_cells.h"

namespace lagesbild::geo {
namespace {

DensityOptions WithFactors(const DensityOptions& options, std::span<const double> factors) {
  DensityOptions several = options;
  for (const double factor : factors) {
    if (!(factor > 0) || !std::isfinite(factor))
      throw InvalidInput("a factor of the bandwidth must be a positive finite number, was " +
                         std::to_string(factor));
    several.bandwidths.push_back(Meters{factor * options.bandwidths[0].value()});
  }
  return several;
}

double Kept(std::span<const double> reference, std::span<const double> other, double top_share) {
  const double from = TopThreshold(reference, top_share), to = TopThreshold(other, top_share);
  int top = 0, kept = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (!InTop(reference[i], from)) continue;
    ++top;
    kept += InTop(other[i], to);
  }
  return top > 0 ? kept / static_cast<double>(top) : 1;
}

}  // namespace

std::vector<BandwidthComparison> BandwidthSensitivity(const DensityIncidents& incidents, const GridSpec& grid,
                                                      const DensityOptions& options, double top_share,
                                                      std::span<const double> factors) {
  if (options.bandwidths.size() != 1 || incidents.group_count != 1)
    throw InvalidInput("a sensitivity run needs one bandwidth and one group");
  if (!(top_share > 0 && top_share < 1))
    throw InvalidInput("the top share of cells must be between 0 and 1, was " + std::to_string(top_share));
  const DensityResult<double> result = ComputeDensity<double>(incidents, grid, WithFactors(options, factors));
  const std::vector<double>& reference = result.surfaces.at(0).density.values();
  std::vector<BandwidthComparison> comparisons;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const DensitySurface<double>& surface = result.surfaces.at(i + 1);
    BandwidthComparison comparison;
    comparison.factor = factors[i];
    comparison.bandwidth = surface.bandwidth;
    comparison.top_cells_kept = Kept(reference, surface.density.values(), top_share);
    for (int row = 0; row < grid.rows; ++row)
      for (int column = 0; column < grid.columns; ++column) {
        const double value = surface.density[{column, row}];
        if (!(value > comparison.peak_per_km2)) continue;
        comparison.peak_per_km2 = value;
        comparison.peak_place = grid.center({column, row});
      }
    comparisons.push_back(comparison);
  }
  return comparisons;
}

}  // namespace lagesbild::geo
