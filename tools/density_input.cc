#include "tools/density_input.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/errors.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using geo::Meters;
using geo::PlanePoint;

constexpr double kMostValues = 2e8;  // of all surfaces together

/// Refuses what goes badly together, in one sentence each.
void CheckUse(const DensityCommand& command) {
  const auto refuse = [](bool wrong, const char* text) {
    if (wrong) throw geo::InvalidInput(text);
  };
  const bool raster = !command.extent.empty() || !command.size.empty();
  const bool several = command.bandwidths.size() > 1, binned = command.method == "binned";
  refuse(raster != command.at.empty(), "give either --extent and --size, or --at with a table of x and y");
  refuse(raster && command.crs.empty(), "a raster needs --crs with a code like EPSG:3006");
  refuse(!raster && binned, "densities at places are always exact; --method binned is for rasters");
  refuse(!raster && command.bootstrap != 0,
         "--bootstrap draws bands over a raster: give --extent and --size");
  refuse(command.edge != "none" && command.study_area.empty(), "--edge needs --study-area");
  refuse(command.adaptive && several, "--adaptive goes with one --bandwidth, the global one");
  refuse(command.adaptive && binned, "--adaptive is exact; it does not go with --method binned");
  refuse(command.adaptive && !command.points.radius.empty(),
         "--adaptive and --place-uncertainty cannot be combined: each widens what is uncertain");
  refuse(command.adaptive && command.bootstrap != 0,
         "--bootstrap goes with a fixed bandwidth, not --adaptive");
  refuse(command.bootstrap != 0 && several, "--bootstrap goes with one --bandwidth");
}

}  // namespace

DensityInput::DensityInput(const DensityCommand& asked, std::function<void(double)> progress)
    : command(asked), progress_(std::move(progress)) {
  CheckUse(command);
  if (!command.crs.empty()) crs = PlaneCrs(command.crs);
  if (command.at.empty()) grid = RasterGrid(command.extent, command.size);
  points = ReadPoints(command.points);
  if (!command.study_area.empty()) area.emplace(ReadStudyArea(command.study_area));
  if (!command.at.empty()) {
    places = ReadTable(command.at);
    locations = ReadPoints({.path = command.at, .x = command.points.x, .y = command.points.y}).points;
  }
  kernel = KernelByCode(command.kernel);
  edge = geo::ParseEdgeCorrection(command.edge).value_or(geo::EdgeCorrection::kNone);
  choices = ChooseBandwidths(command.bandwidths, command.bandwidth_is, kernel, points.points,
                             area ? &*area : nullptr);
  CheckPlaces();
  const int count = std::max(1, static_cast<int>(points.labels.size()));
  for (int group = 0; group < count; ++group)
    groups.push_back({points.labels.empty() ? "" : points.labels[static_cast<std::size_t>(group)],
                      points.labels.empty() ? PointTable{} : OfGroup(points, group)});
  if (points.labels.empty()) groups[0].table = points;
  CheckSize();
}

void DensityInput::CheckPlaces() const {
  double reach = 0;
  for (const BandwidthChoice& choice : choices)
    reach = std::max(reach, choice.value.value() * (choice.used.radius ? 1 : 10));
  if (command.at.empty()) CheckPlane(points.points, grid, Meters{reach});
  const bool none = edge != geo::EdgeCorrection::kNone && !points.points.empty() &&
                    std::none_of(points.points.begin(), points.points.end(),
                                 [&](PlanePoint point) { return area->contains(point); });
  if (none)
    throw geo::InvalidInput("no point lies in the study area; both must be in the same plane, in meters");
}

void DensityInput::CheckSize() const {
  for (const Group& group : groups)
    if (command.at.empty() && (!group.label.empty() || groups.size() > 1))
      (void)WithLabel(command.out, group.label);
  const double surfaces = static_cast<double>(groups.size() * choices.size());
  if (surfaces * static_cast<double>(grid.cell_count()) > kMostValues)
    throw geo::InvalidInput(std::to_string(groups.size()) + " groups times " +
                            std::to_string(choices.size()) + " bandwidths times " +
                            std::to_string(grid.cell_count()) +
                            " pixels are too many; together they may be 200 million");
}

geo::DensityOptions DensityInput::Options(std::vector<Meters> bandwidths) const {
  geo::DensityOptions options;
  options.kernel = kernel;
  options.bandwidths = std::move(bandwidths);
  options.edge = edge;
  options.study_area = area ? &*area : nullptr;
  options.binned = command.method == "binned";
  options.threads = command.threads;
  options.progress = progress_;
  return options;
}

std::vector<Meters> DensityInput::bandwidths() const {
  std::vector<Meters> values;
  for (const BandwidthChoice& choice : choices) values.push_back(choice.value);
  return values;
}

geo::DensityIncidents DensityInput::incidents() const {
  return {.points = points.points,
          .weights = points.weights,
          .groups = points.groups,
          .group_count = static_cast<int>(groups.size())};
}

std::string DensityInput::Label(std::size_t group, std::size_t bandwidth, const std::string& what) const {
  std::string label = groups[group].label;
  const auto add = [&](const std::string& part) { label += (label.empty() ? "" : "_") + part; };
  if (choices.size() > 1) add(BandwidthLabel(choices[bandwidth]));
  if (!what.empty()) add(what);
  return label;
}

geo::AdaptiveOptions DensityInput::Adaptive() const {
  geo::AdaptiveOptions options;
  options.kernel = kernel;
  options.bandwidth = choices[0].value;
  options.pilot_bandwidth =
      command.pilot_m > 0 ? Meters{command.pilot_m} : choices[0].used.standard_deviation;
  options.trim = command.trim;
  options.edge = edge == geo::EdgeCorrection::kNone      ? geo::AdaptiveEdge::kNone
                 : edge == geo::EdgeCorrection::kUniform ? geo::AdaptiveEdge::kUniform
                                                         : geo::AdaptiveEdge::kDiggle;
  options.study_area = area ? &*area : nullptr;
  options.threads = command.threads;
  return options;
}

geo::PlaceSpread DensityInput::spread() const {
  return command.place_spread == "disc" ? geo::PlaceSpread::kDisc : geo::PlaceSpread::kNormal;
}

}  // namespace lagesbild::tools
