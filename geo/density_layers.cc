#include "geo/density_layers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/density_at.h"
#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "geo/picture_parts.h"

namespace lagesbild::geo {
namespace {

constexpr double kSpacingPerSd = 1.0 / 3;  ///< of the points that an incident is spread over

/// The incidents of all groups, one after the other: an incident with persons of two groups stands there
/// twice.
struct Members {
  std::vector<PlanePoint> points;
  std::vector<Meters> radii;
  std::vector<int> groups;
  std::vector<std::size_t> used;  ///< index into the incidents that take part in any group
  std::vector<PlanePoint> used_points;
};

Members MembersOf(const PictureInput& input, const PictureOptions& options,
                  std::span<const AgeGroup> groups) {
  Members members;
  for (const Incident& incident : input.incidents) {
    bool taken = false;
    for (std::size_t group = 0; group < groups.size(); ++group) {
      if (!IsUsed(incident, input, options, groups[group])) continue;
      members.points.push_back(incident.position);
      members.radii.push_back(incident.accuracy_radius);
      members.groups.push_back(static_cast<int>(group));
      members.used.push_back(members.used_points.size());
      taken = true;
    }
    if (taken) members.used_points.push_back(incident.position);
  }
  return members;
}

/// Bandwidths by the pilot of all incidents that take part, whatever their group.
std::vector<double> OwnBandwidths(const Members& members, const PictureOptions& options, Meters bandwidth,
                                  const AdaptiveLayerOptions& asked, const StudyArea* area,
                                  std::stop_token stop, std::vector<AdaptiveSpan>& spans) {
  AdaptiveOptions adaptive;
  adaptive.kernel = options.kernel;
  adaptive.bandwidth = bandwidth;
  adaptive.pilot_bandwidth = asked.pilot.value_or(BandwidthOf(options.kernel, bandwidth).standard_deviation);
  adaptive.trim = asked.trim;
  adaptive.edge = options.edge == EdgeCorrection::kNone ? AdaptiveEdge::kNone : AdaptiveEdge::kDiggle;
  adaptive.study_area = area;
  adaptive.stop = stop;
  const AdaptiveBandwidths found = AbramsonBandwidths(members.used_points, {}, adaptive);
  AdaptiveSpan& span = spans.emplace_back();
  span.pilot = BandwidthOf(Kernel::kGaussian, adaptive.pilot_bandwidth);
  span.trimmed = found.trimmed;
  std::vector<Meters> known;
  for (const Meters own : found.bandwidths)
    if (!std::isnan(own.value())) known.push_back(own);
  span.incidents = static_cast<int>(known.size());
  if (!known.empty()) {
    const auto [smallest, largest] = std::minmax_element(known.begin(), known.end());
    span.smallest = BandwidthOf(options.kernel, *smallest);
    span.largest = BandwidthOf(options.kernel, *largest);
  }
  std::vector<double> bandwidths;
  for (const std::size_t used : members.used) {
    // One outside the study area takes no part; it needs a number all the same.
    const double own = found.bandwidths[used].value();
    bandwidths.push_back(std::isnan(own) ? bandwidth.value() : own);
  }
  return bandwidths;
}

struct Work {
  const PictureOptions& options;
  const DensityLayerOptions& layers;
  const GridSpec& grid;
  std::span<const AgeGroup> groups;
  const StudyArea* area;  ///< null without an edge correction
  std::stop_token stop;

  DensityOptions Density(std::vector<Meters> bandwidths, std::function<void(double)> progress) const {
    DensityOptions density;
    density.kernel = options.kernel;
    density.bandwidths = std::move(bandwidths);
    density.edge = options.edge;
    density.study_area = area;
    density.edge_cache = layers.edge_cache;
    density.binned = layers.binned;
    density.stop = stop;
    density.progress = std::move(progress);
    return density;
  }

  /// Surfaces for each bandwidth and group. With bandwidths of the incidents' own one call each.
  std::vector<DensitySurface<double>> Surfaces(const DensityIncidents& incidents,
                                               const std::vector<std::vector<double>>& own,
                                               const std::function<void(double)>& progress) const {
    if (own.empty())
      return ComputeDensity<double>(incidents, grid, Density(layers.bandwidths, progress)).surfaces;
    std::vector<DensitySurface<double>> surfaces;
    for (std::size_t i = 0; i < own.size(); ++i) {
      DensityIncidents with = incidents;
      with.bandwidths_m = own[i];
      auto some = ComputeDensity<double>(
          with, grid, Density({layers.bandwidths[i]}, [&](double fraction) {
            progress((static_cast<double>(i) + fraction) / static_cast<double>(own.size()));
          }));
      for (auto& surface : some.surfaces) surfaces.push_back(std::move(surface));
    }
    return surfaces;
  }
};

void AddSpread(const Work& work, const Members& members, const std::vector<std::vector<double>>& own,
               const std::function<void(double)>& progress, DensityLayers& result) {
  PlaceUncertaintyOptions how;
  how.spread = *work.layers.place_spread;
  how.study_area = work.area;
  const Meters narrowest = *std::min_element(work.layers.bandwidths.begin(), work.layers.bandwidths.end());
  how.spacing =
      Meters{BandwidthOf(work.options.kernel, narrowest).standard_deviation.value() * kSpacingPerSd};
  const SpreadIncidents spread = SpreadOverAccuracy(members.points, {}, members.radii, how);
  result.coarse_spread = spread.coarse;
  std::vector<int> groups;
  for (const std::size_t i : spread.incident) groups.push_back(members.groups[i]);
  std::vector<std::vector<double>> bandwidths(own.size());
  for (std::size_t set = 0; set < own.size(); ++set)
    for (const std::size_t i : spread.incident) bandwidths[set].push_back(own[set][i]);
  auto surfaces = work.Surfaces({.points = spread.points,
                                 .weights = spread.weights,
                                 .groups = groups,
                                 .group_count = static_cast<int>(work.groups.size()),
                                 .bandwidths_m = {}},
                                bandwidths, progress);
  for (std::size_t i = 0; i < result.sets.size(); ++i) {
    DensityLayerSet& set = result.sets[i];
    set.difference = surfaces[i].density;
    for (std::size_t cell = 0; cell < work.grid.cell_count(); ++cell)
      set.difference->values()[cell] -= set.plain.density.values()[cell];
    set.spread = std::move(surfaces[i]);
  }
}

void AddBands(const Work& work, const Members& members, const std::function<void(double)>& progress,
              DensityLayers& result) {
  for (std::size_t i = 0; i < result.sets.size(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(result.sets.size()));
    DensityLayerSet& set = result.sets[i];
    const int group = set.plain.group;
    std::vector<PlanePoint> points;
    for (std::size_t k = 0; k < members.points.size(); ++k)
      if (members.groups[k] == group) points.push_back(members.points[k]);
    DensityBands bands = BootstrapDensity(points, {}, work.grid,
                                          work.Density({work.layers.bandwidths[set.bandwidth_index]}, {}),
                                          *work.layers.bootstrap);
    set.lower = std::move(bands.lower);
    set.upper = std::move(bands.upper);
    set.share_in_top = std::move(bands.share_in_top);
  }
}

void AddLocations(const Work& work, const PictureInput& input, const DensityIncidents& incidents,
                  const std::vector<std::vector<double>>& own, DensityLayers& result) {
  std::vector<std::vector<double>> values;
  if (own.empty())
    values = ComputeDensityAt(incidents, work.layers.locations, work.Density(work.layers.bandwidths, {}));
  for (std::size_t i = 0; i < own.size(); ++i) {
    DensityIncidents with = incidents;
    with.bandwidths_m = own[i];
    for (auto& one :
         ComputeDensityAt(with, work.layers.locations, work.Density({work.layers.bandwidths[i]}, {})))
      values.push_back(std::move(one));
  }
  for (std::size_t i = 0; i < result.sets.size(); ++i) {
    result.sets[i].at_locations = std::move(values[i]);
    for (std::size_t k = 0; k < work.layers.locations.size(); ++k)
      if (!input.study_area->contains(work.layers.locations[k]))
        result.sets[i].at_locations[k] = std::numeric_limits<double>::quiet_NaN();
  }
}

/// Without an edge correction the estimator also gives values outside, where nothing is known.
void MaskOutside(const PictureInput& input, const Work& work, DensityLayers& result) {
  const EdgeFactors inside(*input.study_area, work.options.kernel, work.layers.bandwidths.front(), work.grid,
                           false, 0, work.stop);
  const auto mask = [&](Grid<double>& surface) {
    for (int row = 0; row < work.grid.rows; ++row)
      inside.Apply(row, 0, work.grid.columns, &surface[{0, row}]);
  };
  for (DensityLayerSet& set : result.sets) {
    mask(set.plain.density);
    if (set.spread) mask(set.spread->density);
    for (auto* surface : {&set.difference, &set.lower, &set.upper, &set.share_in_top})
      if (*surface) mask(**surface);
  }
}

void CheckLayers(const PictureInput& input, const PictureOptions& options,
                 const DensityLayerOptions& layers) {
  if (input.study_area == nullptr) throw InvalidInput("densities of a picture need the boundary");
  if (layers.bandwidths.empty()) throw InvalidInput("densities of a picture need a bandwidth");
  if (layers.adaptive &&
      (options.edge == EdgeCorrection::kUniform || layers.binned || layers.bootstrap.has_value()))
    throw InvalidInput(
        "bandwidths of the incidents' own go with edge correction none or Diggle, not binned, without "
        "bootstrap");
}

}  // namespace

DensityLayers MakeDensityLayers(const PictureInput& input, const PictureOptions& options,
                                std::span<const AgeGroup> groups, const DensityLayerOptions& layers,
                                std::stop_token stop,
                                const std::function<void(double, const char*)>& progress) {
  CheckLayers(input, options, layers);
  const auto report = [&](double fraction, const char* stage) {
    if (stop.stop_requested()) throw Cancelled();
    if (progress) progress(fraction, stage);
  };
  DensityLayers result;
  if (groups.empty()) return result;
  const GridSpec grid =
      CoveringGrid(input.study_area->south_west(), input.study_area->north_east(), options.density_cell);
  const Work work{
      options, layers, grid, groups, options.edge == EdgeCorrection::kNone ? nullptr : input.study_area,
      stop};
  const Members members = MembersOf(input, options, groups);
  std::vector<std::vector<double>> own;
  if (layers.adaptive)
    for (const Meters bandwidth : layers.bandwidths)
      own.push_back(
          OwnBandwidths(members, options, bandwidth, *layers.adaptive, work.area, stop, result.adaptive));

  // The share of each part, so that what is told grows evenly enough.
  const double plain_end = layers.bootstrap ? 0.1 : layers.place_spread ? 0.3 : 1;
  const double spread_end = layers.bootstrap ? 0.3 : 1;
  const DensityIncidents incidents{.points = members.points,
                                   .weights = {},
                                   .groups = members.groups,
                                   .group_count = static_cast<int>(groups.size()),
                                   .bandwidths_m = {}};
  auto surfaces =
      work.Surfaces(incidents, own, [&](double fraction) { report(plain_end * fraction, "density"); });
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    DensityLayerSet& set = result.sets.emplace_back();
    set.group_code = groups[i % groups.size()].code;
    set.bandwidth_index = i / groups.size();
    set.plain = std::move(surfaces[i]);
  }
  if (!layers.locations.empty()) AddLocations(work, input, incidents, own, result);
  if (layers.place_spread)
    AddSpread(
        work, members, own,
        [&](double fraction) { report(plain_end + (spread_end - plain_end) * fraction, "places"); }, result);
  if (layers.bootstrap)
    AddBands(
        work, members,
        [&](double fraction) { report(spread_end + (1 - spread_end) * fraction, "resamples"); }, result);
  if (options.edge == EdgeCorrection::kNone) MaskOutside(input, work, result);
  report(1, "done");
  return result;
}

CheckedSurface Compared(const SurfaceChecks& checks) {
  CheckedSurface compared;
  compared.mass_deviation = checks.incident_mass > 0 ? checks.mass / checks.incident_mass - 1
                                                     : std::numeric_limits<double>::quiet_NaN();
  compared.centroid_distance_m =
      std::hypot(checks.centroid.easting.value() - checks.incident_centroid.easting.value(),
                 checks.centroid.northing.value() - checks.incident_centroid.northing.value());
  return compared;
}

}  // namespace lagesbild::geo
