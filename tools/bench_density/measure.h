#pragma once

#include <functional>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::tools::bench {

/// What one piece of work took.
struct Cost {
  double cpu_s = 0, wall_s = 0;
};

/// The run with the least CPU time of `runs`. Other programs run on the same machine.
Cost LeastOf(int runs, const std::function<void()>& work);

/// Most memory that the work took beyond what was there before, MB. Linux only; 0 where it cannot be told.
double PeakMemoryMb(const std::function<void()>& work);

/// Largest difference from the sum over all incidents, in long double, at `cells` cells chosen with the seed,
/// as a share of the surface's maximum. Quartic kernel.
template <class Value>
double LargestDeviation(const geo::Grid<Value>& density, const std::vector<geo::PlanePoint>& points,
                        double radius_m, int cells, std::uint64_t seed);

/// Seconds of CPU that summing every incident's disc cell by cell would take: measured on some, for all.
double DirectSeconds(const std::vector<geo::PlanePoint>& points, const geo::GridSpec& grid, double radius_m);

/// Longest time from a request to stop to the end of the call, ms, over requests at several moments.
double LongestStopMs(const geo::DensityIncidents& incidents, const geo::GridSpec& grid,
                     geo::DensityOptions options);

}  // namespace lagesbild::tools::bench
