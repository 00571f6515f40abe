#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "geo/cell_counts.h"
#include "geo/errors.h"
#include "geo/grid_scan.h"
#include "geo/scan_statistic.h"
#include "geo/space_time_scan.h"
#include "tools/cli.h"
#include "tools/cli_statistics.h"
#include "tools/cli_text.h"
#include "tools/statistics_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

struct ScanCommand {
  std::string model = "poisson", locations, study_area, period, out;
  PointFile points, exposure;
  std::vector<double> radii_m;
  double cell_m = 0, period_length = 1, share = 0;
  int most_periods = 4, simulations = 999, min_incidents = 10, threads = 1, most = 5;
  std::uint64_t seed = 1;
};

/// A cluster of any of the scans, as it is told.
struct Found {
  geo::PlanePoint center;
  double radius_m = 0;
  int first_period = 0, last_period = 0;
  long long observed = 0;
  double expected = 0, relative_risk = 0, log_ratio = 0, p = 1, gumbel_p = 1;
};

struct ScanAnswer {
  long long incidents = 0, looked_at = 0;
  double share = 0;
  bool periods = false;
  std::vector<Found> found;
};

long long Whole(double value, const char* column, std::size_t row) {
  if (!(value >= 0 && value <= 1e9) || value != std::floor(value))
    throw geo::InvalidInput(std::string("column ") + column + ", row " + std::to_string(row + 1) +
                            " is no count; it must be a whole number of 0 or more");
  return static_cast<long long>(value);
}

std::vector<geo::ScanLocation> ReadLocations(const ScanCommand& command) {
  const PointTable points = ReadPoints(
      {.path = command.locations, .x = command.points.x, .y = command.points.y, .weight = {}, .group = {}});
  const Table table = ReadTable(command.locations);
  const bool poisson = command.model == "poisson";
  const char* against = poisson ? "population" : "controls";
  const std::vector<double> cases = table.numbers("cases"), others = table.numbers(against);
  std::vector<geo::ScanLocation> locations;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    geo::ScanLocation location{.position = points.points[i], .cases = Whole(cases[i], "cases", i)};
    if (!poisson)
      location.controls = Whole(others[i], against, i);
    else if (!std::isfinite(others[i]))
      throw geo::InvalidInput("column population, row " + std::to_string(i + 1) + " is not a finite number");
    else
      location.population = others[i];
    locations.push_back(location);
  }
  return locations;
}

/// Numbers of the periods, from 0.
std::vector<int> Periods(const ScanCommand& command) {
  if (!(command.period_length > 0)) throw BadInput("--period-length must be more than 0");
  const std::vector<double> days = DaysOf(ReadTable(command.points.path), command.period);
  std::vector<int> periods;
  if (days.empty()) return periods;
  const double first = *std::min_element(days.begin(), days.end());
  for (const double day : days)
    periods.push_back(static_cast<int>(std::floor((day - first) / command.period_length)));
  return periods;
}

ScanAnswer ScanLocations(const ScanCommand& command) {
  const std::vector<geo::ScanLocation> locations = ReadLocations(command);
  ScanAnswer answer;
  for (const geo::ScanLocation& location : locations) answer.incidents += location.cases;
  if (answer.incidents < command.min_incidents) return answer;
  geo::ScanOptions options;
  options.model = command.model == "poisson" ? geo::ScanModel::kPoisson : geo::ScanModel::kBernoulli;
  if (command.share != 0) options.most_population_share = command.share;
  options.simulations = command.simulations;
  options.seed = command.seed;
  answer.share = options.most_population_share;
  const geo::ScanResult result = geo::ScanCircles(locations, options);
  answer.looked_at = static_cast<long long>(result.distinct_circles);
  for (const geo::ScanCluster& cluster :
       geo::WithoutOverlap(result.clusters, static_cast<std::size_t>(command.most)))
    answer.found.push_back({.center = locations[static_cast<std::size_t>(cluster.center)].position,
                            .radius_m = cluster.radius_m,
                            .observed = cluster.observed,
                            .expected = cluster.expected,
                            .relative_risk = cluster.relative_risk,
                            .log_ratio = cluster.log_ratio,
                            .p = cluster.p_value,
                            .gumbel_p = cluster.gumbel_p});
  return answer;
}

/// Cylinders of which none shares a location with a better one.
std::vector<geo::SpaceTimeCluster> Apart(const std::vector<geo::SpaceTimeCluster>& clusters, int most) {
  std::vector<geo::SpaceTimeCluster> apart;
  for (const geo::SpaceTimeCluster& cluster : clusters) {
    const bool shares = std::any_of(apart.begin(), apart.end(), [&](const geo::SpaceTimeCluster& better) {
      return std::any_of(cluster.members.begin(), cluster.members.end(), [&](int member) {
        return std::binary_search(better.members.begin(), better.members.end(), member);
      });
    });
    if (!shares) apart.push_back(cluster);
    if (static_cast<int>(apart.size()) == most) break;
  }
  return apart;
}

ScanAnswer ScanPermutation(const ScanCommand& command) {
  const PointTable points = ReadPoints(command.points);
  const std::vector<int> periods = Periods(command);
  ScanAnswer answer;
  answer.periods = true;
  answer.incidents = static_cast<long long>(points.points.size());
  if (answer.incidents < command.min_incidents) return answer;
  std::vector<geo::PeriodEvent> events;
  for (std::size_t i = 0; i < periods.size(); ++i) events.push_back({points.points[i], periods[i]});
  geo::SpaceTimeScanOptions options;
  if (command.share != 0) options.most_case_share = command.share;
  options.most_periods = command.most_periods;
  options.simulations = command.simulations;
  options.seed = command.seed;
  answer.share = options.most_case_share;
  const geo::SpaceTimeScan scan = geo::ScanSpaceTime(events, options);
  answer.looked_at = static_cast<long long>(scan.locations.size());
  for (const geo::SpaceTimeCluster& cluster : Apart(scan.clusters, command.most))
    answer.found.push_back({.center = cluster.center,
                            .radius_m = cluster.radius_m,
                            .first_period = cluster.first_period,
                            .last_period = cluster.last_period,
                            .observed = cluster.observed,
                            .expected = cluster.expected,
                            .relative_risk = std::nan(""),
                            .log_ratio = cluster.log_ratio,
                            .p = cluster.p_value,
                            .gumbel_p = cluster.gumbel_p});
  return answer;
}

/// Every window of at most `most` periods.
std::vector<geo::PeriodWindow> Windows(int periods, int most) {
  std::vector<geo::PeriodWindow> windows;
  for (int first = 0; first < periods; ++first)
    for (int last = first; last < std::min(periods, first + most); ++last) windows.push_back({first, last});
  return windows;
}

geo::GridScanInput GridInput(const ScanCommand& command, ScanAnswer& answer) {
  const geo::StudyArea area = ReadStudyArea(command.study_area);
  geo::GridScanInput input;
  input.grid = geo::CoveringGrid(area.south_west(), area.north_east(), geo::Meters{command.cell_m});
  double outside = 0;
  const geo::Grid<double> inside = CellsInside(input.grid, area, nullptr);
  geo::Grid<double> exposure = inside;
  if (!command.exposure.path.empty()) {
    exposure = ReadExposure(command.exposure, input.grid, outside);
    for (std::size_t i = 0; i < inside.values().size(); ++i) exposure.values()[i] *= inside.values()[i];
  }
  const PointTable points = ReadPoints(command.points);
  std::vector<int> periods(points.points.size(), 0);
  if (!command.period.empty()) periods = Periods(command);
  for (const int period : periods) input.periods = std::max(input.periods, period + 1);
  const std::size_t cells = input.grid.cell_count();
  if (static_cast<double>(cells) * input.periods > 60e6)
    throw geo::InvalidInput("cells times periods exceed 60 million; choose longer periods or larger cells");
  input.cases.assign(cells * static_cast<std::size_t>(input.periods), 0);
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    const auto cell = input.grid.cell_of(points.points[i]);
    // An incident where nobody is measured against cannot be told from a wrong place.
    if (!cell || exposure[*cell] <= 0) continue;
    ++input.cases[static_cast<std::size_t>(periods[i]) * cells + input.grid.index(*cell)];
    ++answer.incidents;
  }
  for (int period = 0; period < input.periods; ++period)
    input.exposure.insert(input.exposure.end(), exposure.values().begin(), exposure.values().end());
  return input;
}

ScanAnswer ScanOnGrid(const ScanCommand& command) {
  ScanAnswer answer;
  answer.periods = !command.period.empty();
  const geo::GridScanInput input = GridInput(command, answer);
  if (answer.incidents < command.min_incidents) return answer;
  geo::GridScanOptions options;
  for (const double radius : command.radii_m) options.radii_cells.push_back(radius / command.cell_m);
  if (options.radii_cells.empty()) options.radii_cells = {0, 1, 1.5, 2, 3, 4};
  options.windows = Windows(input.periods, command.most_periods);
  if (command.share != 0) options.most_exposure_share = command.share;
  options.simulations = command.simulations;
  options.seed = command.seed;
  options.threads = command.threads;
  options.most_clusters = command.most;
  answer.share = options.most_exposure_share;
  const geo::GridScanResult result = geo::ScanGrid(input, options);
  answer.looked_at = result.cylinders;
  for (const geo::GridScanCluster& cluster : result.clusters)
    answer.found.push_back({.center = input.grid.center(cluster.center),
                            .radius_m = cluster.radius_m,
                            .first_period = cluster.window.first,
                            .last_period = cluster.window.last,
                            .observed = cluster.observed,
                            .expected = cluster.expected,
                            .relative_risk = cluster.relative_risk,
                            .log_ratio = cluster.log_ratio,
                            .p = cluster.p_value,
                            .gumbel_p = cluster.gumbel_p});
  return answer;
}

Json FoundJson(const Found& found, bool periods) {
  Json json = {{"x", found.center.easting.value()},
               {"y", found.center.northing.value()},
               {"radius_m", found.radius_m}};
  if (periods) json["periods"] = {found.first_period, found.last_period};
  json["observed"] = found.observed;
  json["expected"] = Finite(found.expected);
  json["relative_risk"] = Finite(found.relative_risk);
  json["log_ratio"] = Finite(found.log_ratio);
  json["p"] = Finite(found.p);
  json["gumbel_p"] = Finite(found.gumbel_p);
  return json;
}

void PrintScan(const Session& session, const ScanCommand& command, const ScanAnswer& answer) {
  const TestSettings settings{.side = "high",
                              .family = answer.looked_at,
                              .correction = "max",
                              .seed = command.seed,
                              .draws = command.simulations};
  if (session.json()) {
    Json json = {{"status", "value"},
                 {"model", command.model},
                 {"incidents", answer.incidents},
                 {"largest_share", answer.share}};
    json["settings"] = ToJson(settings);
    json["clusters"] = Json::array();
    for (const Found& found : answer.found) json["clusters"].push_back(FoundJson(found, answer.periods));
    PrintJsonDocument(json);
    return;
  }
  PrintSettings(session, settings);
  std::printf(
      session.Say(
          "%lld händelser; en cirkel får hålla högst %s av allt. Rad två och framåt har försiktiga p.\n",
          "%lld incidents; a circle may hold %s of all at most. From the second line on p is "
          "conservative.\n"),
      answer.incidents, Short(answer.share).c_str());
  if (answer.found.empty()) {
    std::printf("%s\n", session.Say("Ingen cirkel har fler än väntat.", "No circle has more than expected."));
    return;
  }
  TextTable table({"x", "y", session.Say("radie m", "radius m"), session.Say("perioder", "periods"),
                   session.Say("antal", "count"), session.Say("väntat", "expected"), "RR", "LLR", "p",
                   "p Gumbel"});
  for (const Found& found : answer.found) {
    char x[32], y[32];
    std::snprintf(x, sizeof x, "%.0f", found.center.easting.value());
    std::snprintf(y, sizeof y, "%.0f", found.center.northing.value());
    table.Add(
        {x, y, Short(found.radius_m),
         answer.periods ? std::to_string(found.first_period) + "-" + std::to_string(found.last_period) : "-",
         std::to_string(found.observed), Short(found.expected), Short(found.relative_risk),
         Short(found.log_ratio), Short(found.p), Short(found.gumbel_p)});
  }
  table.Print();
}

void WriteScan(const std::string& path, const ScanAnswer& answer) {
  Table table{.columns = {"x", "y", "radius_m", "first_period", "last_period", "observed", "expected",
                          "relative_risk", "log_ratio", "p", "gumbel_p"},
              .rows = {}};
  for (const Found& found : answer.found)
    table.rows.push_back(
        {FormatNumber(found.center.easting.value()), FormatNumber(found.center.northing.value()),
         FormatNumber(found.radius_m), std::to_string(found.first_period), std::to_string(found.last_period),
         std::to_string(found.observed), FormatNumber(found.expected), FormatNumber(found.relative_risk),
         FormatNumber(found.log_ratio), FormatNumber(found.p), FormatNumber(found.gumbel_p)});
  WriteTableAtomically(path, table);
}

void RunScan(Session& session, const ScanCommand& command) {
  const bool permutation = command.model == "permutation";
  if (command.locations.empty() == command.points.path.empty())
    throw BadInput("give either --locations, or --points");
  if (permutation && (command.points.path.empty() || command.period.empty()))
    throw BadInput("the permutation model needs --points and --period: it asks where time and place agree");
  if (!permutation && !command.points.path.empty() &&
      (command.model != "poisson" || command.study_area.empty() || !(command.cell_m > 0)))
    throw BadInput(
        "--points are scanned by --model poisson with --study-area and a --cell of more than 0 m, "
        "or by --model permutation");
  const ScanAnswer answer = permutation                 ? ScanPermutation(command)
                            : command.locations.empty() ? ScanOnGrid(command)
                                                        : ScanLocations(command);
  if (AnswerTooFew(session, "scan", "scan", answer.incidents, command.min_incidents)) return;
  if (!command.out.empty()) WriteScan(command.out, answer);
  PrintScan(session, command, answer);
}

}  // namespace

void AddScanCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<ScanCommand>();
  CLI::App* scan = app.add_subcommand(
      "scan",
      "Kulldorff's scan statistic in space, and in space and time; needs no service\n"
      "Example: lagesbild scan --points p.csv --study-area a.geojson --exposure people.csv "
      "--exposure-column n --cell 250 --radii 0,250,500,1000");
  AddPointOptions(*scan, command->points, false);
  scan->add_option("--locations", command->locations,
                   "CSV of places in place of points: x, y, cases and population, or controls");
  scan->add_option("--model", command->model, "Default poisson")
      ->check(CLI::IsMember({"poisson", "bernoulli", "permutation"}));
  scan->add_option("--study-area", command->study_area, "GeoJSON polygons in the plane of the points");
  scan->add_option("--exposure", command->exposure.path, "CSV with x, y; default equal cells");
  scan->add_option("--exposure-column", command->exposure.weight, "Its column; default every row counts 1");
  scan->add_option("--cell", command->cell_m, "Side of the cells of points, m");
  scan->add_option("--radii", command->radii_m, "Of points, m; default 0 to 4 cells")->delimiter(',');
  scan->add_option("--period,--day", command->period, "Column of days, 2026-07-01 or numbers");
  scan->add_option("--period-length", command->period_length, "Days of a period; default 1");
  scan->add_option("--most-periods", command->most_periods, "That a cluster may last; default 4")
      ->check(CLI::Range(1, 10'000));
  scan->add_option(
      "--largest-share", command->share,
      "Of the population that a circle may hold; default 0.25, of permutation 0.5 of the incidents");
  scan->add_option("--simulations", command->simulations, "Default 999")->check(CLI::Range(1, 1'000'000));
  scan->add_option("--seed", command->seed, "Default 1");
  scan->add_option("--threads", command->threads, "Of points; default 1")->check(CLI::Range(1, 256));
  scan->add_option("--most", command->most, "Clusters told, without overlap; default 5")
      ->check(CLI::Range(1, 1000));
  scan->add_option("--min-incidents", command->min_incidents, "Fewer are not scanned; default 10")
      ->check(CLI::Range(3, 1'000'000));
  scan->add_option("--out", command->out, "CSV of the clusters");
  scan->callback(
      [&line, command] { line.run = [command](Session& session) { RunScan(session, *command); }; });
}

}  // namespace lagesbild::tools
