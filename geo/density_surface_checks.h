#pragma once

#include <cstddef>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// Sums over cells: of the density, and of it times column and row.
struct Moments {
  double mass = 0, x = 0, y = 0;
};

/// Sums of a stretch of one row; NaN counts as 0. The same bits on every instruction set.
template <class Value>
Moments MomentsOf(const Value* values, int columns, double first_column, double row);

/// Mass and centroid from the sums of parts: every `stride`th from `first` on.
void SumMoments(const std::vector<Moments>& moments, std::size_t first, std::size_t stride,
                const GridSpec& grid, SurfaceChecks& checks);

/// Mass and centroid of a whole surface, of one that was changed after it was computed.
void SumSurface(const Grid<double>& density, SurfaceChecks& checks);

}  // namespace lagesbild::geo
