#include "geo/situation_picture.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "geo/density_surface.h"
#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "geo/picture_parts.h"

namespace lagesbild::geo {
namespace {

void CheckOptions(const PictureInput& input, const PictureOptions& options) {
  if (input.study_area == nullptr)
    throw InvalidInput("a situation picture needs the boundary of the municipality");
  if (options.bandwidth < options.density_cell)
    throw InvalidInput(
        "bandwidth " + std::to_string(options.bandwidth.value()) + " m is smaller than the density cell of " +
        std::to_string(options.density_cell.value()) + " m; use a larger bandwidth or smaller cells");
  CheckAgeScheme(input.scheme);
}

bool HasExposure(const HotspotLayerInput& input) {
  return std::any_of(input.exposure.values().begin(), input.exposure.values().end(),
                     [](double people) { return people > 0; });
}

/// The first wider group that could be tested.
std::string CoarserLevel(const AgeScheme& scheme, const AgeGroup& group, const HotspotTestResult& tested) {
  for (std::size_t i = 0; i < scheme.groups.size(); ++i) {
    const AgeGroup& other = scheme.groups[i];
    const bool wider = other.kind == AgeGroupKind::kTotal ||
                       (other.kind == AgeGroupKind::kSubtotal && group.kind != AgeGroupKind::kUnknown &&
                        other.first_age <= group.first_age && other.last_age >= group.last_age);
    if (wider && other.code != group.code && tested.layers[i].tested) return other.code;
  }
  return {};
}

/// Counts per cell how many of its neighborhood's incidents lie at points in doubt.
void MarkDoubtful(const std::vector<DoubtfulPoint>& points, const GridSpec& grid,
                  std::vector<PictureCell>& cells) {
  for (const DoubtfulPoint& point : points) {
    const std::optional<CellIndex> at = grid.cell_of(point.position);
    if (!at) continue;
    for (PictureCell& cell : cells)
      if (std::abs(cell.test.cell.column - at->column) <= 1 && std::abs(cell.test.cell.row - at->row) <= 1)
        cell.neighborhood_doubtful += point.incidents;
  }
}

/// The surfaces of all layers that have one, in one pass; each has the same edge factors.
void AddDensities(const PictureInput& input, const PictureOptions& options, const GridSpec& grid,
                  const std::vector<GroupIncidents>& data, std::stop_token stop,
                  const std::function<void(double)>& progress, std::vector<PictureLayer>& layers) {
  std::vector<PlanePoint> points;
  std::vector<int> groups;
  std::vector<PictureLayer*> with_density;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    // A surface from a layer that is too thin to test would be read as evidence. Where nobody is known to
    // live there are incidents enough but nothing to test against: the surface says where they lie, no more.
    if (!layers[i].tested && !layers[i].undefined) continue;
    for (const Incident& incident : data[i].used) {
      points.push_back(incident.position);
      groups.push_back(static_cast<int>(with_density.size()));
    }
    with_density.push_back(&layers[i]);
  }
  if (with_density.empty()) return;
  DensityResult<double> result = ComputeDensity<double>(
      {.points = points, .groups = groups, .group_count = static_cast<int>(with_density.size())}, grid,
      {.kernel = options.kernel,
       .bandwidths = {options.bandwidth},
       .edge = options.edge,
       .study_area = input.study_area,
       .stop = stop,
       .progress = progress});
  std::optional<EdgeFactors> inside;
  if (options.edge == EdgeCorrection::kNone)
    inside.emplace(*input.study_area, options.kernel, options.bandwidth, grid, false, 0, stop);
  for (std::size_t i = 0; i < with_density.size(); ++i) {
    PictureLayer& layer = *with_density[i];
    layer.density = std::move(result.surfaces[i].density);
    for (int row = 0; row < grid.rows; ++row) {
      const std::span<double> values(&(*layer.density)[{0, row}], static_cast<std::size_t>(grid.columns));
      for (const double value : values) {
        if (std::isnan(value)) continue;
        layer.density_mass += value * grid.cell_area_km2();
        layer.density_peak = std::max(layer.density_peak, value);
      }
      // Without an edge correction the estimator also gives values outside; nothing is known there.
      if (inside) inside->Apply(row, 0, grid.columns, values.data());
    }
  }
}

}  // namespace

SituationPicture MakeSituationPicture(const PictureInput& input, const PictureOptions& options,
                                      std::stop_token stop,
                                      const std::function<void(double, const char*)>& progress) {
  CheckOptions(input, options);
  const auto report = [&](double fraction, const char* stage) {
    if (stop.stop_requested()) throw Cancelled();
    if (progress) progress(fraction, stage);
  };
  report(0, "counting");

  SituationPicture picture;
  picture.quarter = input.quarter;
  picture.options = options;
  picture.bandwidth = BandwidthOf(options.kernel, options.bandwidth);
  const StudyArea& area = *input.study_area;
  picture.grid = CoveringGrid(area.south_west(), area.north_east(), options.cell);
  picture.density_grid = CoveringGrid(area.south_west(), area.north_east(), options.density_cell);

  std::set<std::string> reporters;
  for (const Incident& incident : input.incidents) {
    reporters.insert(incident.reporter);
    if (!InfoOf(incident.category).incident) ++picture.perceived_unsafety;
    if (incident.reason == UnplacedReason::kOutside && incident.has_position &&
        area.distance_to_boundary(incident.position) <= options.bandwidth)
      ++picture.in_buffer;
  }
  std::vector<Incident> counted;
  std::copy_if(input.incidents.begin(), input.incidents.end(), std::back_inserter(counted),
               [](const Incident& incident) { return InfoOf(incident.category).incident; });
  picture.doubtful_points = DoubtfulPointsOf(input.pile_ups, counted);
  picture.reporters.assign(reporters.begin(), reporters.end());

  std::vector<GroupIncidents> data;
  std::vector<HotspotLayerInput> tests;
  for (const AgeGroup& group : input.scheme.groups) {
    data.push_back(PrepareGroup(input, options, group, picture.grid));
    tests.push_back(data.back().input);
  }
  report(0.1, "testing");
  HotspotTestOptions test_options = options.test;
  test_options.stop = stop;
  const HotspotTestResult tested = TestHotspots(tests, test_options);
  picture.family_size = tested.family_size;

  const std::vector<GroupTally> tallies =
      TallyIncidents(input.incidents, input.scheme, options.role, options.max_accuracy);
  for (std::size_t i = 0; i < input.scheme.groups.size(); ++i) {
    report(0.3 + 0.2 * static_cast<double>(i) / static_cast<double>(input.scheme.groups.size()), "counting");
    const AgeGroup& group = input.scheme.groups[i];
    PictureLayer& layer = picture.layers.emplace_back();
    layer.group = group;
    layer.tally = tallies[i];
    layer.tested = tested.layers[i].tested;
    layer.used_incidents = static_cast<int>(data[i].used.size());
    layer.used_after_collapse = static_cast<int>(data[i].kept.size());
    layer.outside_mask = tested.layers[i].incidents_outside_mask;
    layer.family_size = tested.layers[i].family_size;
    if (!layer.tested) {
      if (layer.used_after_collapse >= options.test.min_incidents && !HasExposure(data[i].input))
        layer.undefined = Undefined{"NO_EXPOSURE"};
      else
        layer.too_few = TooFew{tested.layers[i].incidents_in_mask, options.test.min_incidents};
      layer.coarser_level = CoarserLevel(input.scheme, group, tested);
    }
    layer.cells = CellsOfLayer(data[i].used, data[i].input, tested.layers[i], input.new_reporters);
    layer.districts = CountDistricts(input, options.role, group);
    layer.repeats = RepeatPlaces(data[i].used);
    layer.doubtful_points = DoubtfulPointsOf(input.pile_ups, data[i].used);
    MarkDoubtful(layer.doubtful_points, picture.grid, layer.cells);
  }
  AddDensities(
      input, options, picture.density_grid, data, stop,
      [&](double fraction) { report(0.5 + 0.5 * fraction, "density"); }, picture.layers);
  report(1, "done");
  return picture;
}

}  // namespace lagesbild::geo
