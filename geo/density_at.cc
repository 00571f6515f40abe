#include "geo/density_at.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "geo/density_arguments.h"
#include "geo/density_sources.h"
#include "geo/density_tile.h"
#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTogether = 16;   // locations between two looks at the stop token
constexpr double kCellsPerReach = 8;    // so that bins are small against the reach
constexpr double kMostCells = 1 << 20;  // along one side

/// Cells around the locations, for the bins.
GridSpec CellsAround(std::span<const PlanePoint> locations, double reach_m) {
  double west = HUGE_VAL, south = HUGE_VAL, east = -HUGE_VAL, north = -HUGE_VAL;
  for (const PlanePoint& location : locations) {
    west = std::min(west, location.easting.value());
    east = std::max(east, location.easting.value());
    south = std::min(south, location.northing.value());
    north = std::max(north, location.northing.value());
  }
  const double extent = std::max(east - west, north - south);
  const double cell = std::max(reach_m / kCellsPerReach, extent / kMostCells);
  return {{Meters{west}, Meters{south}},
          Meters{cell},
          static_cast<int>((east - west) / cell) + 1,
          static_cast<int>((north - south) / cell) + 1};
}

class Sums {
 public:
  Sums(const DensityIncidents& incidents, std::span<const PlanePoint> locations,
       const DensityOptions& options)
      : incidents_(incidents),
        locations_(locations),
        options_(options),
        reach_(options.kernel == Kernel::kGaussian ? kGaussianReachSd : 1 + 1e-9),
        grid_(CellsAround(locations, WidestBandwidth(incidents, options) * reach_)),
        sources_(incidents, grid_, WidestBandwidth(incidents, options) * reach_ / grid_.cell_size.value(),
                 options) {
    for (std::size_t set = 0; set < sources_.sets().size(); ++set)
      if (sources_.sets()[set].radius > 0) sources_.ScaleToSet(set, 2);
  }

  std::vector<std::vector<double>> OfGroups() {
    std::vector<std::vector<double>> values;
    for (const Meters bandwidth : options_.bandwidths) {
      Begin(bandwidth);
      for (int group = 0; group < incidents_.group_count; ++group)
        values.push_back(ForEachLocation([&](std::size_t i) { return SumAt(i, group, bandwidth); }));
    }
    return values;
  }

  std::vector<std::vector<double>> OfOthers() {
    std::vector<std::vector<double>> values;
    for (const Meters bandwidth : options_.bandwidths) {
      Begin(bandwidth);
      values.push_back(ForEachLocation([&](std::size_t i) {
        const int group = incidents_.groups.empty() ? 0 : incidents_.groups[i];
        return group < 0 ? kNaN : OthersAt(i, group, bandwidth);
      }));
    }
    return values;
  }

 private:
  void Begin(Meters bandwidth) {
    if (options_.stop.stop_requested()) throw Cancelled();
    if (options_.edge == EdgeCorrection::kDiggle) sources_.DivideByEdgeFactors(grid_, bandwidth, options_);
  }

  template <class Value>
  std::vector<double> ForEachLocation(const Value& value) const {
    std::vector<double> values(locations_.size(), kNaN);
    ParallelFor(
        options_.threads, (locations_.size() + kTogether - 1) / kTogether,
        [&](std::size_t part, std::size_t) {
          if (options_.stop.stop_requested()) throw Cancelled();
          const std::size_t end = std::min(locations_.size(), (part + 1) * kTogether);
          for (std::size_t i = part * kTogether; i < end; ++i)
            if (options_.edge == EdgeCorrection::kNone || options_.study_area->contains(locations_[i]))
              values[i] = value(i);
        });
    return values;
  }

  double SumAt(std::size_t i, int group, Meters bandwidth) const {
    double density = 0;
    for (std::size_t set = 0; set < sources_.sets().size(); ++set) {
      if (sources_.sets()[set].group != group) continue;
      const LocationSums sums = SumSet(set, i, RadiusOf(set, bandwidth), false);
      density += Total(sums.values) * PeakOf(set, bandwidth);
    }
    return Corrected(density, i, bandwidth);
  }

  double OthersAt(std::size_t i, int group, Meters bandwidth) const {
    const auto set = static_cast<std::size_t>(group);  // one set per group: all have the same bandwidth
    const LocationSums sums = SumSet(set, i, RadiusOf(set, bandwidth), true);
    double own = incidents_.weights.empty() ? 1 : incidents_.weights[i];
    if (options_.edge == EdgeCorrection::kDiggle)
      own /= EdgeFactor(SourcePlace(locations_[i], grid_), *options_.study_area, options_.kernel, bandwidth);
    // Exactly 0 when the incident is alone there.
    const double here = std::max(0.0, Total(sums.here) - own);
    return Corrected((Total(sums.values) + here) * PeakOf(set, bandwidth), i, bandwidth);
  }

  LocationSums SumSet(std::size_t set, std::size_t i, double radius, bool others) const {
    const double x = RasterX(locations_[i], grid_), y = RasterY(locations_[i], grid_);
    const double reach = radius * reach_;
    LocationSums sums;
    sources_.ForEachBin(set, x - reach, y - reach, x + reach, y + reach, [&](const SourceSpan& span) {
      AddAt(options_.kernel, x, y, span, radius, others, sums);
    });
    return sums;
  }

  static double Total(const double* sums) {
    double total = 0;
    for (int i = 0; i < kTileBlock; ++i) total += sums[i];
    return total;
  }

  /// In cells.
  double RadiusOf(std::size_t set, Meters bandwidth) const {
    const double own = sources_.sets()[set].radius;
    return own > 0 ? own : bandwidth.value() / grid_.cell_size.value();
  }
  double PeakOf(std::size_t set, Meters bandwidth) const {
    const Meters used{RadiusOf(set, bandwidth) * grid_.cell_size.value()};
    return KernelFunction(options_.kernel, used).AtSquaredDistance(0) * kPerKm2;
  }
  double Corrected(double density, std::size_t i, Meters bandwidth) const {
    if (options_.edge == EdgeCorrection::kUniform && density > 0)
      density /= EdgeFactor(locations_[i], *options_.study_area, options_.kernel, bandwidth);
    return density;
  }

  const DensityIncidents& incidents_;
  std::span<const PlanePoint> locations_;
  const DensityOptions& options_;
  double reach_;  ///< in bandwidths
  GridSpec grid_;
  DensitySources sources_;
};

}  // namespace

std::vector<std::vector<double>> ComputeDensityAt(const DensityIncidents& incidents,
                                                  std::span<const PlanePoint> locations,
                                                  const DensityOptions& options) {
  CheckDensityArguments(incidents, options);
  for (std::size_t i = 0; i < locations.size(); ++i)
    if (!std::isfinite(locations[i].easting.value()) || !std::isfinite(locations[i].northing.value()))
      throw InvalidInput("location " + std::to_string(i) + " has a coordinate that is not finite");
  if (options.stop.stop_requested()) throw Cancelled();
  if (locations.empty())
    return std::vector<std::vector<double>>(options.bandwidths.size() *
                                            static_cast<std::size_t>(incidents.group_count));
  return Sums(incidents, locations, options).OfGroups();
}

std::vector<std::vector<double>> ComputeLeaveOneOut(const DensityIncidents& incidents,
                                                    const DensityOptions& options) {
  CheckDensityArguments(incidents, options);
  if (!incidents.bandwidths_m.empty())
    throw InvalidInput("densities without the incident itself take one bandwidth for all");
  if (options.stop.stop_requested()) throw Cancelled();
  if (incidents.points.empty()) return std::vector<std::vector<double>>(options.bandwidths.size());
  return Sums(incidents, incidents.points, options).OfOthers();
}

}  // namespace lagesbild::geo
