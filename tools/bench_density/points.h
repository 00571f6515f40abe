#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/grid.h"

namespace lagesbild::tools::bench {

/// A raster of cells of 10 m in SWEREF 99 TM.
geo::GridSpec BenchGrid(int columns, int rows);

/// Incidents in a raster: every other one anywhere, the rest around forty places (normal, 40 cells). The
/// first n of a longer list are the list of n. No two share a position.
std::vector<geo::PlanePoint> BenchPoints(std::size_t count, const geo::GridSpec& grid, std::uint64_t seed);

/// Writes "x,y" and a line for each point, for other programs. Throws geo::InvalidInput when the file
/// cannot be written.
void WritePoints(const std::vector<geo::PlanePoint>& points, const std::string& file);

}  // namespace lagesbild::tools::bench
