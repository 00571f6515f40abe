#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "geo/contour.h"
#include "geo/errors.h"
#include "geo/relative_risk.h"
#include "maps/atomic_file.h"
#include "maps/cog.h"
#include "tools/bandwidth_choice.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/point_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

struct RiskCommand {
  PointFile points;
  std::string case_label, control_label, study_area, kernel = "gaussian", bandwidth, bandwidth_is, adaptive,
                                                     extent, size, at, out, contours, crs;
  double pilot_m = 0, min_share = 0.001;
  int permutations = 0, min_incidents = 10, threads = 0;
  std::uint64_t seed = 1;
};

/// Levels of the upper tail at which lines are drawn: lowered, elevated, at 5 % two-sided.
constexpr double kLevels[] = {0.025, 0.975};

struct Groups {
  std::vector<geo::PlanePoint> cases, controls;
};

Groups Divide(const RiskCommand& command) {
  const PointTable table = ReadPoints(command.points);
  const auto label_index = [&](const std::string& label) {
    for (std::size_t i = 0; i < table.labels.size(); ++i)
      if (table.labels[i] == label) return static_cast<int>(i);
    throw BadInput("no row of column " + command.points.group + " has the label asked for: " + label);
  };
  const int cases = label_index(command.case_label);
  const int controls = command.control_label.empty() ? -1 : label_index(command.control_label);
  if (cases == controls) throw BadInput("cases and controls must be two groups");
  Groups groups;
  for (std::size_t i = 0; i < table.points.size(); ++i) {
    if (table.groups[i] == cases) groups.cases.push_back(table.points[i]);
    // Without a label the controls are all others.
    if (table.groups[i] != cases && (controls < 0 || table.groups[i] == controls))
      groups.controls.push_back(table.points[i]);
  }
  return groups;
}

/// One bandwidth for both groups.
BandwidthChoice Choose(const RiskCommand& command, const Groups& groups, const geo::StudyArea& area) {
  std::vector<geo::PlanePoint> all = groups.cases;
  all.insert(all.end(), groups.controls.begin(), groups.controls.end());
  return ChooseBandwidths({command.bandwidth}, command.bandwidth_is, KernelByCode(command.kernel), all, &area)
      .front();
}

geo::RelativeRiskOptions Options(const RiskCommand& command, const BandwidthChoice& choice,
                                 const geo::StudyArea& area) {
  geo::RelativeRiskOptions options;
  options.kernel = KernelByCode(command.kernel);
  options.bandwidth = choice.value;
  options.smoothing = command.adaptive == "symmetric"    ? geo::RiskSmoothing::kAdaptiveSymmetric
                      : command.adaptive == "asymmetric" ? geo::RiskSmoothing::kAdaptiveAsymmetric
                                                         : geo::RiskSmoothing::kFixed;
  options.pilot_bandwidth = command.pilot_m != 0 ? geo::Meters{command.pilot_m} : options.bandwidth;
  options.study_area = &area;
  options.min_incidents = command.min_incidents;
  options.min_pooled_share = command.min_share;
  options.permutations = command.permutations;
  options.seed = command.seed;
  options.threads = command.threads;
  return options;
}

std::vector<double> Column(const geo::RelativeRisk& risk, double geo::RiskValue::*member) {
  std::vector<double> values;
  for (const geo::RiskValue& value : risk.values) values.push_back(value.*member);
  return values;
}

std::string StatusCode(geo::RiskStatus status) {
  switch (status) {
    case geo::RiskStatus::kValue:
      return "value";
    case geo::RiskStatus::kOutsideStudyArea:
      return "outside_study_area";
    case geo::RiskStatus::kTooFewNearby:
      return "too_few_nearby";
  }
  return {};
}

void WriteRiskTable(const RiskCommand& command, Table table, const geo::RelativeRisk& risk) {
  table.add("log_ratio", Column(risk, &geo::RiskValue::log_ratio));
  table.add("z", Column(risk, &geo::RiskValue::z));
  table.add("p_upper", Column(risk, &geo::RiskValue::p_upper));
  if (!risk.p_monte_carlo.empty()) table.add("p_monte_carlo", risk.p_monte_carlo);
  std::vector<std::string> statuses;
  for (const geo::RiskValue& value : risk.values) statuses.push_back(StatusCode(value.status));
  table.add("status", statuses);
  WriteTableAtomically(command.out, table);
}

void WriteContours(const RiskCommand& command, const geo::Grid<double>& p) {
  nlohmann::ordered_json features = nlohmann::ordered_json::array();
  for (const double level : kLevels)
    for (const geo::Contour& line : geo::ContoursOf(p, level)) {
      nlohmann::ordered_json coordinates = nlohmann::ordered_json::array();
      for (const geo::PlanePoint& point : line.points)
        coordinates.push_back({point.easting.value(), point.northing.value()});
      if (line.closed) coordinates.push_back(coordinates.front());
      features.push_back(
          {{"type", "Feature"},
           {"properties", {{"p_upper", level}, {"meaning", level < 0.5 ? "elevated" : "lowered"}}},
           {"geometry", {{"type", "LineString"}, {"coordinates", coordinates}}}});
    }
  const nlohmann::ordered_json collection = {{"type", "FeatureCollection"}, {"features", features}};
  maps::WriteAtomically(command.contours, [&](const std::filesystem::path& temporary) {
    std::ofstream file(temporary);
    file << collection.dump(1) << '\n';
    if (!file.flush()) throw geo::InvalidInput("the contours cannot be written");
  });
}

void WriteRasters(const RiskCommand& command, const geo::GridSpec& grid, const geo::RelativeRisk& risk) {
  const auto write = [&](const std::filesystem::path& path, const std::vector<double>& values,
                         const char* what) {
    geo::Grid<double> surface(grid);
    surface.values() = values;
    maps::WriteCog(path, surface, PlaneCrs(command.crs),
                   {.description_sv = what, .unit_sv = "", .items = {}});
    return surface;
  };
  const std::filesystem::path out = command.out;
  write(out, Column(risk, &geo::RiskValue::log_ratio), "Logaritmen av relativ risk");
  const auto p =
      write(WithLabel(out, "p"), Column(risk, &geo::RiskValue::p_upper), "Övre svans, asymptotisk");
  if (!risk.p_monte_carlo.empty())
    write(WithLabel(out, "p_monte_carlo"), risk.p_monte_carlo, "Övre svans, omkastade grupper");
  if (!command.contours.empty()) WriteContours(command, p);
}

void PrintRisk(const Session& session, const BandwidthChoice& choice, const geo::RelativeRisk& risk) {
  if (session.json()) {
    nlohmann::ordered_json json;
    json["cases"] = risk.cases;
    json["controls"] = risk.controls;
    json["bandwidths"].push_back(BandwidthToJson(choice));
    json["case_integral"] = risk.case_integral;
    json["control_integral"] = risk.control_integral;
    json["places_with_too_few_nearby"] = risk.locations_with_too_few;
    std::printf("%s\n", json.dump(2).c_str());
    return;
  }
  std::printf(session.Say("%d fall, %d kontroller; för få nära på %d av %zu platser\n",
                          "%d cases, %d controls; too few near %d of %zu places\n"),
              risk.cases, risk.controls, risk.locations_with_too_few, risk.values.size());
  std::printf(session.Say("bandbredd: önskad %s, använd %s: %s\n", "bandwidth: asked %s, used %s: %s\n"),
              choice.asked.c_str(), BandwidthText(choice.used, session.swedish()).c_str(),
              session.swedish() ? choice.why_sv.c_str() : choice.why_en.c_str());
}

void RunRisk(Session& session, const RiskCommand& command) {
  const bool raster = !command.extent.empty() || !command.size.empty();
  if (raster == !command.at.empty())
    throw BadInput("give either --extent and --size, or --at with a table of x and y");
  if (raster && command.crs.empty()) throw BadInput("a raster needs --crs with a code like EPSG:3006");
  if (!raster && !command.contours.empty()) throw BadInput("contours need a raster");
  const geo::StudyArea area = ReadStudyArea(command.study_area);
  const Groups groups = Divide(command);
  const BandwidthChoice choice = Choose(command, groups, area);
  const geo::RelativeRiskOptions options = Options(command, choice, area);
  geo::RelativeRisk risk;
  if (raster) {
    const geo::GridSpec grid = RasterGrid(command.extent, command.size);
    risk = geo::RelativeRiskOnGrid(groups.cases, groups.controls, grid, options);
    WriteRasters(command, grid, risk);
  } else {
    const PointFile places{.path = command.at, .x = command.points.x, .y = command.points.y};
    risk = geo::RelativeRiskAt(groups.cases, groups.controls, ReadPoints(places).points, options);
    WriteRiskTable(command, ReadTable(command.at), risk);
  }
  PrintRisk(session, choice, risk);
}

}  // namespace

void AddRiskCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<RiskCommand>();
  CLI::App* risk = app.add_subcommand(
      "risk",
      "Relative risk of two groups of points, as logarithm, with tails; needs no service\n"
      "Example: lagesbild risk --points p.csv --group age --case 13-17 --study-area a.geojson --crs "
      "EPSG:3006 "
      "--bandwidth "
      "700 --extent 600000,6640000,604000,6643000 --size 160x120 --out risk.tif --contours lines.geojson");
  risk->add_option("--points", command->points.path, "CSV with a header")->required();
  risk->add_option("--x", command->points.x, "Column of the easting, m; default x");
  risk->add_option("--y", command->points.y, "Column of the northing, m; default y");
  risk->add_option("--group", command->points.group, "Column of the groups")->required();
  risk->add_option("--case", command->case_label, "Its value of the cases")->required();
  risk->add_option("--control", command->control_label, "Its value of the controls; default all others");
  risk->add_option("--study-area", command->study_area, "GeoJSON polygons in the plane of the points")
      ->required();
  risk->add_option("--crs", command->crs, "Plane of the points, as EPSG:3006; needed for a raster");
  risk->add_option("--kernel", command->kernel, "Default gaussian")
      ->check(CLI::IsMember({"gaussian", "epanechnikov", "uniform"}));
  risk->add_option("--bandwidth", command->bandwidth, "Meters, of both groups; or a selector as of density")
      ->required();
  risk->add_option("--bandwidth-is", command->bandwidth_is, "Default radius, of the Gaussian sd")
      ->check(CLI::IsMember({"radius", "sd"}));
  risk->add_option("--adaptive", command->adaptive,
                   "Bandwidths by one pilot for both groups, or one for each")
      ->check(CLI::IsMember({"symmetric", "asymmetric"}));
  risk->add_option("--pilot", command->pilot_m, "Standard deviation of the pilot, m; default the bandwidth");
  risk->add_option("--min-incidents", command->min_incidents, "Fewest in either group; default 10");
  risk->add_option("--min-share", command->min_share,
                   "No ratio where the density of both is under this share of its peak; default 0.001");
  risk->add_option("--permutations", command->permutations, "Redraws of the labels; default none");
  risk->add_option("--seed", command->seed, "Of the redraws; default 1");
  risk->add_option("--threads", command->threads, "Default: as many as the machine has");
  risk->add_option("--extent", command->extent, "MINX,MINY,MAXX,MAXY");
  risk->add_option("--size", command->size, "COLUMNSxROWS; pixels must be square");
  risk->add_option("--at", command->at, "CSV of places, in place of a raster");
  risk->add_option("--out", command->out, "GeoTIFF of the logarithm (tails beside it), or CSV with --at")
      ->required();
  risk->add_option("--contours", command->contours, "GeoJSON of the lines where the tail is 0.025 and 0.975");
  risk->callback(
      [&line, command] { line.run = [command](Session& session) { RunRisk(session, *command); }; });
}

}  // namespace lagesbild::tools
