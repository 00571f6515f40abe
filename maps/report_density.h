#pragma once

#include <vector>

#include "geo/grid.h"
#include "geo/polygon.h"

namespace lagesbild::maps {

/// The outlines of the cells with a value over `lower`, along the cells' sides; corners of straight stretches
/// are left out. Inside is what an odd number of rings surrounds. NaN is outside. The rings come in a fixed
/// order. Cost: O(cells + length of the outlines).
std::vector<geo::Ring> RingsAbove(const geo::Grid<double>& grid, double lower);

}  // namespace lagesbild::maps
