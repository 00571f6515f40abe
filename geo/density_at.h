#pragma once

#include <span>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// Density of each group at given locations, for each bandwidth: one vector, in the order of the locations,
/// for each bandwidth in the order given and each group, as ComputeDensity has surfaces.
///
/// The sum itself, with the whole of the Gaussian's tail. NaN outside the study area under an edge
/// correction. Throws as ComputeDensity, and InvalidInput for a location that is not finite. `binned`,
/// `edge_cache` and `progress` of the options are not used. Cost: O(incidents within twice the reach), about
/// 1 ns each, per location, and one sort.
std::vector<std::vector<double>> ComputeDensityAt(const DensityIncidents& incidents,
                                                  std::span<const PlanePoint> locations,
                                                  const DensityOptions& options);

/// Density at every incident from the other incidents of its group: one vector, in the order of the
/// incidents, for each bandwidth. Another incident at the same place counts. kUniform divides by the edge
/// factor at the incident, kDiggle each other incident by its own. NaN outside the study area under an edge
/// correction, and for incidents in no group. Throws as above, and InvalidInput for bandwidths per incident.
std::vector<std::vector<double>> ComputeLeaveOneOut(const DensityIncidents& incidents,
                                                    const DensityOptions& options);

}  // namespace lagesbild::geo
