#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "geo/density_sources.h"

namespace lagesbild::geo {

/// A density by weights spread over the four nearest cell centers and convolved by Fourier transform.
struct BinnedDensity {
  std::vector<double> values;  ///< row-major, incidents per km²
  /// No value is further from the exact sum than this share of the largest value: the kernel is read between
  /// centers as if it were linear there, and what that can miss is added up over the incidents in reach.
  double error_bound = 0;
};

/// One surface for each set of the sources. `radius` in cells, of the Gaussian the standard deviation.
/// Cost: O(cells log cells), whatever the number of sources and the radius. Throws InvalidInput when the grid
/// with the reach around it has more than 20 million cells; Cancelled.
std::vector<BinnedDensity> ComputeBinned(const DensitySources& sources, const GridSpec& grid, Kernel kernel,
                                         double radius, double reach_sd, int threads, std::stop_token stop);

}  // namespace lagesbild::geo
