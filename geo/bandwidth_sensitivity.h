#pragma once

#include <span>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// A surface with another bandwidth, compared with the one asked for.
struct BandwidthComparison {
  double factor = 1;  ///< times the bandwidth asked for
  Bandwidth bandwidth;
  double peak_per_km2 = 0;
  PlanePoint peak_place;      ///< center of the southernmost, then westernmost cell with the peak
  double top_cells_kept = 0;  ///< share of the top cells of the bandwidth asked for that stay in the top
};

inline constexpr double kSensitivityFactors[] = {0.5, 0.71, 1, 1.41, 2};

/// How far the picture depends on the bandwidth: half to twice the one asked for. A cell is in the top when
/// its density is above 0 and among the largest `top_share` of the cells with a value. Throws InvalidInput:
/// other than one bandwidth, top_share not in (0, 1), a factor not positive and finite; as ComputeDensity.
/// Cost: one sort and one density per factor.
std::vector<BandwidthComparison> BandwidthSensitivity(const DensityIncidents& incidents, const GridSpec& grid,
                                                      const DensityOptions& options, double top_share = 0.05,
                                                      std::span<const double> factors = kSensitivityFactors);

}  // namespace lagesbild::geo
