#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "geo/density_at.h"
#include "geo/density_surface.h"
#include "maps/cog.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/point_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

struct DensityCommand {
  PointFile points;
  std::string study_area, kernel = "quartic", bandwidth_is, edge = "none", method = "exact", extent, size, at,
                          out;
  double bandwidth_m = 0;
  int crs = 0, threads = 0;
  bool timings = false;
};

/// Seconds since the last look.
class Laps {
 public:
  double Next() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

struct Density {
  PointTable points;
  std::optional<geo::StudyArea> area;
  geo::DensityOptions options;
  geo::DensityIncidents incidents() const {
    return {.points = points.points,
            .weights = points.weights,
            .groups = points.groups,
            .group_count = std::max(1, static_cast<int>(points.labels.size()))};
  }
};

void CheckUse(const DensityCommand& command) {
  const bool raster = !command.extent.empty() || !command.size.empty();
  if (raster == !command.at.empty())
    throw BadInput("give either --extent and --size, or --at with a table of x and y");
  if (raster && command.crs <= 0) throw BadInput("a raster needs --crs with an EPSG code");
  if (!command.at.empty() && command.method == "binned")
    throw BadInput("densities at places are always exact; --method binned is for rasters");
}

Density Prepare(const DensityCommand& command) {
  Density density;
  density.points = ReadPoints(command.points);
  if (!command.study_area.empty()) density.area.emplace(ReadStudyArea(command.study_area));
  geo::DensityOptions& options = density.options;
  options.kernel = KernelByCode(command.kernel);
  options.bandwidths = {AskedBandwidth(options.kernel, command.bandwidth_m, command.bandwidth_is)};
  options.edge = geo::ParseEdgeCorrection(command.edge).value_or(geo::EdgeCorrection::kNone);
  options.study_area = density.area ? &*density.area : nullptr;
  options.binned = command.method == "binned";
  options.threads = command.threads;
  return density;
}

std::string LabelOf(const Density& density, std::size_t group) {
  return density.points.labels.empty() ? std::string() : density.points.labels.at(group);
}

void WriteRasters(const DensityCommand& command, const geo::DensityResult<double>& result,
                  const Density& density) {
  for (const auto& surface : result.surfaces) {
    const std::string label = LabelOf(density, static_cast<std::size_t>(surface.group));
    maps::RasterText text;
    text.description_sv = "Täthet" + (label.empty() ? std::string() : " " + label);
    text.unit_sv = "händelser per km²";
    text.items = {{"METHOD", std::string(geo::DensityMethodCode(surface.method))},
                  {"ERROR_BOUND", FormatNumber(surface.error_bound)},
                  {"BANDWIDTH_SD_M", FormatNumber(surface.bandwidth.standard_deviation.value())}};
    if (surface.bandwidth.radius)
      text.items.push_back({"BANDWIDTH_RADIUS_M", FormatNumber(surface.bandwidth.radius->value())});
    const std::filesystem::path out = command.out;
    maps::WriteCog(label.empty() ? out : WithLabel(out, label), surface.density, geo::Epsg{command.crs},
                   text);
  }
}

/// Method, bandwidth in both forms, and what each surface adds up to.
nlohmann::ordered_json Summary(const geo::DensityResult<double>& result, const Density& density,
                               double asked_m) {
  nlohmann::ordered_json surfaces = nlohmann::ordered_json::array();
  for (const auto& surface : result.surfaces) {
    nlohmann::ordered_json one;
    one["group"] = LabelOf(density, static_cast<std::size_t>(surface.group));
    one["bandwidth_asked_m"] = asked_m;
    if (surface.bandwidth.radius) one["bandwidth_radius_m"] = surface.bandwidth.radius->value();
    one["bandwidth_sd_m"] = surface.bandwidth.standard_deviation.value();
    one["method"] = geo::DensityMethodCode(surface.method);
    one["error_bound"] = surface.error_bound;
    one["mass"] = surface.checks.mass;
    one["incident_mass"] = surface.checks.incident_mass;
    one["centroid"] = {surface.checks.centroid.easting.value(), surface.checks.centroid.northing.value()};
    one["incident_centroid"] = {surface.checks.incident_centroid.easting.value(),
                                surface.checks.incident_centroid.northing.value()};
    surfaces.push_back(one);
  }
  return surfaces;
}

void PrintSummary(const Session& session, const nlohmann::ordered_json& surfaces) {
  if (session.json()) {
    std::printf("%s\n", surfaces.dump(2).c_str());
    return;
  }
  TextTable table({session.Say("grupp", "group"), session.Say("radie m", "radius m"), "sd m",
                   session.Say("metod", "method"), session.Say("massa", "mass"),
                   session.Say("händelser", "incidents")});
  const auto number = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return std::string(text);
  };
  for (const auto& one : surfaces) {
    const bool radius = one.contains("bandwidth_radius_m");
    table.Add({one["group"].get<std::string>(), radius ? number(one["bandwidth_radius_m"]) : "-",
               number(one["bandwidth_sd_m"]), one["method"].get<std::string>(), number(one["mass"]),
               number(one["incident_mass"])});
  }
  table.Print();
}

void PrintTimings(double read, double compute, double write, double bound) {
  nlohmann::ordered_json timings;
  timings["read_s"] = read;
  timings["sort_and_compute_s"] = compute;
  timings["write_s"] = write;
  timings["error_bound"] = bound;
  std::fprintf(stderr, "%s\n", timings.dump().c_str());
}

/// The table of places with one more column, or one for each group.
void RunAt(const DensityCommand& command) {
  Laps laps;
  const Density density = Prepare(command);
  Table table = ReadTable(command.at);
  PointFile places{
      .path = command.at, .x = command.points.x, .y = command.points.y, .weight = {}, .group = {}};
  const PointTable locations = ReadPoints(places);
  const double read = laps.Next();
  const auto values = geo::ComputeDensityAt(density.incidents(), locations.points, density.options);
  const double compute = laps.Next();
  for (std::size_t group = 0; group < values.size(); ++group) {
    const std::string label = LabelOf(density, group);
    table.add(label.empty() ? "density_per_km2" : "density_per_km2_" + label, values[group]);
  }
  WriteTableAtomically(command.out, table);
  if (command.timings) PrintTimings(read, compute, laps.Next(), 0);
}

void RunRaster(const Session& session, const DensityCommand& command) {
  Laps laps;
  const geo::GridSpec grid = RasterGrid(command.extent, command.size);
  Density density = Prepare(command);
  const double read = laps.Next();
  ProgressBar bar;
  density.options.progress = [&](double fraction) { bar.Show(fraction, session.Say("täthet", "density")); };
  const auto result = geo::ComputeDensity<double>(density.incidents(), grid, density.options);
  const double compute = laps.Next();
  WriteRasters(command, result, density);
  if (command.timings) PrintTimings(read, compute, laps.Next(), result.surfaces.at(0).error_bound);
  PrintSummary(session, Summary(result, density, command.bandwidth_m));
}

}  // namespace

void AddDensityCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<DensityCommand>();
  CLI::App* density =
      app.add_subcommand("density",
                         "Kernel density of a table of points, incidents per km²; needs no service\n"
                         "Example: lagesbild density --points p.csv --crs 3006 --bandwidth 500 --extent "
                         "600000,6640000,604000,6643000 "
                         "--size 160x120 --out d.tif");
  density->add_option("--points", command->points.path, "CSV with a header")->required();
  density->add_option("--x", command->points.x, "Column of the easting, m; default x");
  density->add_option("--y", command->points.y, "Column of the northing, m; default y");
  density->add_option("--weight", command->points.weight, "Column of weights of at least 0");
  density->add_option("--group", command->points.group,
                      "Column: one file, or column, for each of its values");
  density->add_option("--crs", command->crs, "EPSG code of the plane; needed for a raster");
  density->add_option("--study-area", command->study_area, "GeoJSON polygons in the plane of the points");
  density->add_option("--kernel", command->kernel, "Form; default quartic")
      ->check(CLI::IsMember({"quartic", "gaussian", "epanechnikov", "triangular", "uniform", "triweight"}));
  density->add_option("--bandwidth", command->bandwidth_m, "Meters")->required();
  density->add_option("--bandwidth-is", command->bandwidth_is, "Default radius, of the Gaussian sd")
      ->check(CLI::IsMember({"radius", "sd"}));
  density->add_option("--edge", command->edge, "Edge correction; default none")
      ->check(CLI::IsMember({"none", "uniform", "diggle"}));
  density->add_option("--method", command->method, "Default exact")
      ->check(CLI::IsMember({"exact", "binned"}));
  density->add_option("--threads", command->threads, "Default: as many as the machine has");
  density->add_option("--extent", command->extent, "MINX,MINY,MAXX,MAXY");
  density->add_option("--size", command->size, "COLUMNSxROWS; pixels must be square");
  density->add_option("--at", command->at, "CSV of places, in place of a raster");
  density->add_option("--out", command->out, "GeoTIFF, or CSV with --at")->required();
  density->add_flag("--timings", command->timings, "Seconds and error bound as JSON on stderr");
  density->callback([&line, command] {
    line.run = [command](Session& session) {
      CheckUse(*command);
      if (command->at.empty())
        RunRaster(session, *command);
      else
        RunAt(*command);
    };
  });
}

}  // namespace lagesbild::tools
