#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "geo/bandwidth_selection.h"
#include "geo/bandwidth_sensitivity.h"
#include "geo/errors.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/point_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using geo::BandwidthSelector;

struct BandwidthCommand {
  PointFile points;
  std::string study_area, selector = "all", kernel = "quartic", curve;
  double from_m = 0, to_m = 0, sensitivity_cell_m = 0;
};

constexpr BandwidthSelector kSelectors[] = {BandwidthSelector::kScott,        BandwidthSelector::kSilverman,
                                            BandwidthSelector::kLeastSquares, BandwidthSelector::kLikelihood,
                                            BandwidthSelector::kDiggle,       BandwidthSelector::kArcgis};

std::vector<BandwidthSelector> Asked(const BandwidthCommand& command) {
  if (command.selector != "all") return {geo::ParseBandwidthSelector(command.selector).value()};
  std::vector<BandwidthSelector> selectors;
  for (const BandwidthSelector selector : kSelectors)
    if (selector != BandwidthSelector::kDiggle || !command.study_area.empty()) selectors.push_back(selector);
  return selectors;
}

std::string Rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string RadiusText(const geo::Bandwidth& bandwidth) {
  return bandwidth.radius ? Rounded(bandwidth.radius->value()) : "-";
}

nlohmann::ordered_json ToJson(const geo::Bandwidth& bandwidth) {
  nlohmann::ordered_json json;
  if (bandwidth.radius) json["radius_m"] = bandwidth.radius->value();
  json["sd_m"] = bandwidth.standard_deviation.value();
  return json;
}

nlohmann::ordered_json ToJson(const geo::BandwidthSelection& selection) {
  nlohmann::ordered_json json;
  json["selector"] = geo::BandwidthSelectorCode(selection.selector);
  json["bandwidth"] = ToJson(selection.bandwidth);
  json["points"] = selection.spread.points;
  json["positions"] = selection.spread.positions;
  if (selection.sd_easting) json["sd_easting_m"] = selection.sd_easting->value();
  if (selection.sd_northing) json["sd_northing_m"] = selection.sd_northing->value();
  if (!selection.curve.empty()) {
    json["search_from_sd_m"] = selection.curve.front().standard_deviation.value();
    json["search_to_sd_m"] = selection.curve.back().standard_deviation.value();
    json["at_lower_end"] = selection.at_lower_end;
    json["at_upper_end"] = selection.at_upper_end;
  }
  if (selection.each_position_once) json["each_position_once"] = ToJson(*selection.each_position_once);
  return json;
}

void Print(const Session& session, const std::vector<geo::BandwidthSelection>& selections) {
  TextTable table({session.Say("metod", "selector"), session.Say("radie m", "radius m"), "sd m",
                   session.Say("radie, varje plats en gång", "radius, each place once"),
                   session.Say("sökt sd", "searched sd"), session.Say("läge", "optimum")});
  for (const geo::BandwidthSelection& selection : selections) {
    const bool searched = !selection.curve.empty();
    const auto once = selection.each_position_once;
    table.Add(
        {std::string(geo::BandwidthSelectorCode(selection.selector)), RadiusText(selection.bandwidth),
         Rounded(selection.bandwidth.standard_deviation.value()), once ? RadiusText(*once) : "-",
         searched ? Rounded(selection.curve.front().standard_deviation.value()) + "-" +
                        Rounded(selection.curve.back().standard_deviation.value())
                  : "-",
         !searched                ? "-"
         : selection.at_lower_end ? session.Say("vid nedre änden: säger inget", "lower end: says nothing")
         : selection.at_upper_end ? session.Say("vid övre änden: säger inget", "upper end: says nothing")
                                  : session.Say("inom", "within")});
  }
  table.Print();
}

void WriteCurves(const std::string& path, const std::vector<geo::BandwidthSelection>& selections) {
  Table table{.columns = {"selector", "sd_m", "objective", "better"}, .rows = {}};
  for (const geo::BandwidthSelection& selection : selections)
    for (const geo::ObjectivePoint& point : selection.curve)
      table.rows.push_back({std::string(geo::BandwidthSelectorCode(selection.selector)),
                            FormatNumber(point.standard_deviation.value()), FormatNumber(point.value),
                            selection.maximized ? "larger" : "smaller"});
  WriteTableAtomically(path, table);
}

/// How the surface with each selected bandwidth depends on it, over the box of the points.
std::vector<std::vector<geo::BandwidthComparison>> Sensitivity(
    const BandwidthCommand& command, const std::vector<geo::PlanePoint>& points,
    const std::vector<geo::BandwidthSelection>& selections) {
  geo::PlanePoint low = points.at(0), high = points.at(0);
  for (const geo::PlanePoint& point : points) {
    low = {std::min(low.easting, point.easting), std::min(low.northing, point.northing)};
    high = {std::max(high.easting, point.easting), std::max(high.northing, point.northing)};
  }
  const geo::GridSpec grid = geo::CoveringGrid(low, high, geo::Meters{command.sensitivity_cell_m});
  std::vector<std::vector<geo::BandwidthComparison>> runs;
  for (const geo::BandwidthSelection& selection : selections) {
    geo::DensityOptions options;
    options.kernel = KernelByCode(command.kernel);
    options.bandwidths = {selection.bandwidth.radius.value_or(selection.bandwidth.standard_deviation)};
    runs.push_back(geo::BandwidthSensitivity({.points = points}, grid, options));
  }
  return runs;
}

void PrintSensitivity(const Session& session, const std::vector<geo::BandwidthSelection>& selections,
                      const std::vector<std::vector<geo::BandwidthComparison>>& runs) {
  TextTable table({session.Say("metod", "selector"), session.Say("faktor", "factor"),
                   session.Say("radie m", "radius m"), session.Say("topp per km²", "peak per km²"),
                   session.Say("kvar i toppen %", "kept in top %")});
  for (std::size_t i = 0; i < runs.size(); ++i)
    for (const geo::BandwidthComparison& run : runs[i]) {
      char factor[16];
      std::snprintf(factor, sizeof factor, "%.2f", run.factor);
      table.Add({std::string(geo::BandwidthSelectorCode(selections[i].selector)), factor,
                 RadiusText(run.bandwidth), Rounded(run.peak_per_km2), Rounded(100 * run.top_cells_kept)});
    }
  table.Print();
}

void RunBandwidthCommand(Session& session, const BandwidthCommand& command) {
  const std::vector<geo::PlanePoint> points = ReadPoints(command.points).points;
  std::optional<geo::StudyArea> area;
  if (!command.study_area.empty()) area.emplace(ReadStudyArea(command.study_area));
  std::vector<geo::BandwidthSelection> selections;
  for (const BandwidthSelector selector : Asked(command)) {
    geo::BandwidthSelectionOptions options;
    options.selector = selector;
    options.kernel = KernelByCode(command.kernel);
    options.study_area = area ? &*area : nullptr;
    if (command.from_m != 0) options.search_from = geo::Meters{command.from_m};
    if (command.to_m != 0) options.search_to = geo::Meters{command.to_m};
    selections.push_back(geo::SelectBandwidth(points, options));
  }
  std::vector<std::vector<geo::BandwidthComparison>> runs;
  if (command.sensitivity_cell_m != 0) runs = Sensitivity(command, points, selections);
  if (!command.curve.empty()) WriteCurves(command.curve, selections);
  if (!session.json()) {
    Print(session, selections);
    if (!runs.empty()) PrintSensitivity(session, selections, runs);
    return;
  }
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < selections.size(); ++i) {
    all.push_back(ToJson(selections[i]));
    for (std::size_t k = 0; i < runs.size() && k < runs[i].size(); ++k)
      all.back()["sensitivity"].push_back({{"factor", runs[i][k].factor},
                                           {"bandwidth", ToJson(runs[i][k].bandwidth)},
                                           {"peak_per_km2", runs[i][k].peak_per_km2},
                                           {"top_cells_kept", runs[i][k].top_cells_kept}});
  }
  std::printf("%s\n", all.dump(2).c_str());
}

}  // namespace

void AddBandwidthCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<BandwidthCommand>();
  CLI::App* bandwidth =
      app.add_subcommand("bandwidth",
                         "Bandwidths that selectors give for a table of points; needs no service\n"
                         "Example: lagesbild bandwidth --points p.csv --study-area a.geojson --curve "
                         "curve.csv --sensitivity 100");
  bandwidth->add_option("--points", command->points.path, "CSV with a header")->required();
  bandwidth->add_option("--x", command->points.x, "Column of the easting, m; default x");
  bandwidth->add_option("--y", command->points.y, "Column of the northing, m; default y");
  bandwidth->add_option("--study-area", command->study_area,
                        "GeoJSON polygons: corrects at the border; diggle needs it");
  bandwidth->add_option("--selector", command->selector, "Default all")
      ->check(
          CLI::IsMember({"all", "scott", "silverman", "least_squares", "likelihood", "diggle", "arcgis"}));
  bandwidth->add_option("--kernel", command->kernel, "Whose radius is told; default quartic")
      ->check(CLI::IsMember({"quartic", "gaussian", "epanechnikov", "triangular", "uniform", "triweight"}));
  bandwidth->add_option("--from", command->from_m, "Smallest standard deviation searched, m");
  bandwidth->add_option("--to", command->to_m, "Largest standard deviation searched, m");
  bandwidth->add_option("--curve", command->curve, "CSV for the objectives");
  bandwidth->add_option("--sensitivity", command->sensitivity_cell_m,
                        "Side of cells, m: compares half to twice each bandwidth");
  bandwidth->callback([&line, command] {
    line.run = [command](Session& session) { RunBandwidthCommand(session, *command); };
  });
}

}  // namespace lagesbild::tools
