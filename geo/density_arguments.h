#pragma once

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// Throws InvalidInput as ComputeDensity says, but for the grid.
void CheckDensityArguments(const DensityIncidents& incidents, const DensityOptions& options);
/// The largest bandwidth of the call, m.
double WidestBandwidth(const DensityIncidents& incidents, const DensityOptions& options);

}  // namespace lagesbild::geo
