#pragma once

#include <cstdint>
#include <span>

#include "geo/density_surface.h"

namespace lagesbild::geo {

struct BootstrapOptions {
  int resamples = 200;      ///< 10 to 10,000
  double level = 0.95;      ///< of the percentile band, in (0, 1)
  double top_share = 0.05;  ///< of the cells with a value: which count as the top, in (0, 1)
  std::uint64_t seed = 1;
};

struct DensityBands {
  Grid<double> density;       ///< of all incidents, per km²
  Grid<double> lower, upper;  ///< percentile band of the resamples; NaN outside the study area
  Grid<double> share_in_top;  ///< of the resamples, 0 to 1; NaN outside the study area
  Bandwidth bandwidth;
};

/// How sure a density is: incidents are drawn with replacement, as many as there are, and the surface
/// computed again. A cell is in the top of a resample when its density is above 0 and among the largest
/// `top_share`; equal ones count. Resamples have single precision; the result does not depend on threads.
///
/// Throws InvalidInput: options out of range, other than one bandwidth, more than 400 million cells times
/// resamples, as ComputeDensity; TooFewIncidents with fewer than 2 points; Cancelled.
/// Cost: one density per resample. Memory: 4 B per cell and resample.
/// Source: Efron and Tibshirani (1993), percentile interval.
DensityBands BootstrapDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                              const GridSpec& grid, const DensityOptions& density,
                              const BootstrapOptions& options);

}  // namespace lagesbild::geo
