#include "geo/density_arguments.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

void CheckNumbers(const DensityIncidents& incidents) {
  const auto size = [&](std::size_t count, const char* what) {
    if (count != 0 && count != incidents.points.size())
      throw InvalidInput("there are " + std::to_string(count) + " " + what + " for " +
                         std::to_string(incidents.points.size()) + " points; give one for each or none");
  };
  size(incidents.weights.size(), "weights");
  size(incidents.groups.size(), "groups");
  size(incidents.bandwidths_m.size(), "bandwidths");
  if (incidents.points.size() >= std::numeric_limits<std::uint32_t>::max())
    throw InvalidInput("a density takes at most 4294967294 incidents");
  for (std::size_t i = 0; i < incidents.points.size(); ++i)
    if (!std::isfinite(incidents.points[i].easting.value()) ||
        !std::isfinite(incidents.points[i].northing.value()))
      throw InvalidInput("point " + std::to_string(i) +
                         " has a coordinate that is not a finite number of meters");
  for (std::size_t i = 0; i < incidents.weights.size(); ++i)
    if (!std::isfinite(incidents.weights[i]) || incidents.weights[i] < 0)
      throw InvalidInput("weight " + std::to_string(i) + " must be a finite number of at least 0");
  for (std::size_t i = 0; i < incidents.bandwidths_m.size(); ++i)
    if (!std::isfinite(incidents.bandwidths_m[i]) || !(incidents.bandwidths_m[i] > 0))
      throw InvalidInput("bandwidth " + std::to_string(i) + " must be a finite number of meters above 0");
  if (incidents.group_count < 1)
    throw InvalidInput("a density has at least one group, not " + std::to_string(incidents.group_count));
  for (std::size_t i = 0; i < incidents.groups.size(); ++i)
    if (incidents.groups[i] >= incidents.group_count)
      throw InvalidInput("the group of point " + std::to_string(i) + " must be below " +
                         std::to_string(incidents.group_count));
}

}  // namespace

void CheckDensityArguments(const DensityIncidents& incidents, const DensityOptions& options) {
  CheckNumbers(incidents);
  if (options.bandwidths.empty()) throw InvalidInput("a density needs at least one bandwidth");
  for (const Meters bandwidth : options.bandwidths) (void)KernelFunction(options.kernel, bandwidth);
  if (options.edge != EdgeCorrection::kNone && options.study_area == nullptr)
    throw InvalidInput("an edge correction needs a study area");
  if (incidents.bandwidths_m.empty()) return;
  if (options.bandwidths.size() > 1)
    throw InvalidInput("bandwidths per incident go with one global bandwidth");
  if (options.edge == EdgeCorrection::kUniform)
    throw InvalidInput("bandwidths per incident go with Diggle's edge correction or none");
  if (options.binned) throw InvalidInput("the binned method takes no bandwidths per incident");
}

double WidestBandwidth(const DensityIncidents& incidents, const DensityOptions& options) {
  return incidents.bandwidths_m.empty()
             ? std::max_element(options.bandwidths.begin(), options.bandwidths.end())->value()
             : *std::max_element(incidents.bandwidths_m.begin(), incidents.bandwidths_m.end());
}

}  // namespace lagesbild::geo
