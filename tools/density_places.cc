#include <algorithm>
#include <cmath>

#include "geo/density_at.h"
#include "tools/density_files.h"

namespace lagesbild::tools {
namespace {

using geo::Meters;
using Json = nlohmann::ordered_json;

std::string Column(const std::string& label) {
  return label.empty() ? "density_per_km2" : "density_per_km2_" + label;
}

void AddSpread(const DensityInput& input, std::size_t group, std::size_t bandwidth,
               const std::vector<double>& plain,
               std::vector<std::pair<std::string, std::vector<double>>>& columns) {
  const PointTable& table = input.groups[group].table;
  geo::PlaceUncertaintyOptions how;
  how.spread = input.spread();
  how.spacing = Meters{input.choices[bandwidth].used.standard_deviation.value() / 3};
  how.study_area = input.area ? &*input.area : nullptr;
  const geo::SpreadIncidents places = geo::SpreadOverAccuracy(table.points, table.weights, table.radii, how);
  std::vector<double> spread =
      geo::ComputeDensityAt({.points = places.points, .weights = places.weights, .groups = {}},
                            input.locations, input.Options({input.choices[bandwidth].value}))
          .front();
  std::vector<double> difference = spread;
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= plain[i];
  columns.emplace_back(Column(input.Label(group, bandwidth, "spread")), std::move(spread));
  columns.emplace_back(Column(input.Label(group, bandwidth, "difference")), std::move(difference));
}

}  // namespace

Json DensityReport(const DensityInput& input) {
  Json report = {
      {"kernel", input.command.kernel}, {"edge", input.command.edge}, {"points", input.points.points.size()}};
  for (const BandwidthChoice& choice : input.choices) report["bandwidths"].push_back(BandwidthToJson(choice));
  return report;
}

geo::AdaptiveBandwidths OwnBandwidths(const DensityInput& input, Json& report) {
  const geo::AdaptiveBandwidths own =
      geo::AbramsonBandwidths(input.points.points, input.points.weights, input.Adaptive());
  double least = HUGE_VAL, most = 0;
  std::size_t used = 0;
  for (const Meters bandwidth : own.bandwidths) {
    if (std::isnan(bandwidth.value())) continue;
    least = std::min(least, bandwidth.value());
    most = std::max(most, bandwidth.value());
    ++used;
  }
  Json json = {{"pilot_sd_m", input.Adaptive().pilot_bandwidth.value()},
               {"trim", input.command.trim},
               {"trimmed", own.trimmed},
               {"incidents", used}};
  if (used > 0) {
    json["smallest"] = BandwidthToJson(geo::BandwidthOf(input.kernel, Meters{least}));
    json["largest"] = BandwidthToJson(geo::BandwidthOf(input.kernel, Meters{most}));
  }
  report["adaptive"] = json;
  return own;
}

geo::AdaptiveBandwidths OwnOf(const DensityInput& input, const geo::AdaptiveBandwidths& own,
                              std::size_t group) {
  if (input.points.groups.empty()) return own;
  geo::AdaptiveBandwidths some{.pilot_per_km2 = {}, .bandwidths = {}, .log_gamma = own.log_gamma};
  for (std::size_t i = 0; i < input.points.points.size(); ++i)
    if (input.points.groups[i] == static_cast<int>(group)) some.bandwidths.push_back(own.bandwidths[i]);
  return some;
}

void WriteDensityAtPlaces(const DensityInput& input, Json& report, DensitySeconds& seconds) {
  Laps laps;
  std::vector<std::vector<double>> values;
  const geo::AdaptiveBandwidths own =
      input.command.adaptive ? OwnBandwidths(input, report) : geo::AdaptiveBandwidths{};
  if (input.command.adaptive)
    for (std::size_t group = 0; group < input.groups.size(); ++group)
      values.push_back(geo::AdaptiveDensityAt(input.groups[group].table.points,
                                              input.groups[group].table.weights, OwnOf(input, own, group),
                                              input.locations, input.Adaptive()));
  else
    values = geo::ComputeDensityAt(input.incidents(), input.locations, input.Options(input.bandwidths()));
  std::vector<std::pair<std::string, std::vector<double>>> columns;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t group = i % input.groups.size(), bandwidth = i / input.groups.size();
    if (!input.command.points.radius.empty()) AddSpread(input, group, bandwidth, values[i], columns);
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(i),
                   {Column(input.Label(group, bandwidth)), std::move(values[i])});
  }
  seconds.compute = laps.Next();
  Table table = input.places;
  for (const auto& [name, column] : columns) {
    table.add(name, column);
    report["columns"].push_back(name);
  }
  report["places"] = input.locations.size();
  WriteTableAtomically(input.command.out, table);
  seconds.write = laps.Next();
}

}  // namespace lagesbild::tools
