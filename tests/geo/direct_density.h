#pragma once

#include <span>
#include <vector>

#include "geo/grid.h"
#include "geo/kernel_density.h"

namespace lagesbild::geo {

/// The definition of the density, term by term in long double, and nothing else: what the engine is tested
/// against.
struct DirectDensity {
  std::vector<long double> values;  ///< per km², row-major
  std::vector<bool> covered;  ///< whether any incident's support reaches the cell, with a little to spare
  long double peak = 0;
};

/// `bandwidths_m`: one, or one per point. `weights`: empty or one per point.
DirectDensity SumDirectly(std::span<const PlanePoint> points, std::span<const double> weights, Kernel kernel,
                          std::span<const double> bandwidths_m, const GridSpec& grid);

}  // namespace lagesbild::geo
