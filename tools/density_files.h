#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "tools/density_input.h"

namespace lagesbild::tools {

/// Where the time went. `sort` lasts until the first tile is done.
struct DensitySeconds {
  double read = 0, sort = 0, compute = 0, write = 0;
  double error_bound = 0;  ///< the largest of the surfaces
};

/// Seconds since the last look.
class Laps {
 public:
  double Next() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Computes and writes the rasters of a request, and adds to `report` per surface its method, error bound,
/// file and the checks of mass and centroid, and what is behind bands and the uncertainty of place. Throws
/// geo::InvalidInput, geo::TooFewIncidents, maps::IoError.
void WriteDensityRasters(const DensityInput& input, nlohmann::ordered_json& report, DensitySeconds& seconds);

/// The same at places: the table of places with one more column for each group and bandwidth.
void WriteDensityAtPlaces(const DensityInput& input, nlohmann::ordered_json& report, DensitySeconds& seconds);

/// Bandwidths asked, used and why, kernel, edge correction and number of points.
nlohmann::ordered_json DensityReport(const DensityInput& input);

/// Each incident's own bandwidth, and their range in `report`.
geo::AdaptiveBandwidths OwnBandwidths(const DensityInput& input, nlohmann::ordered_json& report);
/// Those of one group.
geo::AdaptiveBandwidths OwnOf(const DensityInput& input, const geo::AdaptiveBandwidths& own,
                              std::size_t group);

}  // namespace lagesbild::tools
