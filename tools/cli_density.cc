#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/density_files.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

std::string Short(const Json& number, const char* format = "%.6g") {
  if (!number.is_number()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, format, number.get<double>());
  return text;
}

std::string BothForms(const Session& session, const Json& bandwidth) {
  std::string text = "sd " + Short(bandwidth["sd_m"]) + " m";
  if (bandwidth.contains("radius_m"))
    text = session.Say("radie ", "radius ") + Short(bandwidth["radius_m"]) + " m, " + text;
  return text;
}

void PrintBandwidths(const Session& session, const Json& report) {
  for (const Json& one : report["bandwidths"])
    std::printf(session.Say("bandbredd: önskad %s, använd %s: %s\n", "bandwidth: asked %s, used %s: %s\n"),
                one["asked"].get<std::string>().c_str(), BothForms(session, one["used"]).c_str(),
                one[session.swedish() ? "why_sv" : "why"].get<std::string>().c_str());
  if (!report.contains("adaptive") || !report["adaptive"].contains("smallest")) return;
  const Json& adaptive = report["adaptive"];
  std::printf(
      session.Say("anpassad efter täthet (Abramson, pilot sd %s m): %s till %s; %d av %d händelser "
                  "begränsade till %s gånger\n",
                  "adapted to density (Abramson, pilot sd %s m): %s to %s; %d of %d incidents trimmed "
                  "at %s times\n"),
      Short(adaptive["pilot_sd_m"]).c_str(), BothForms(session, adaptive["smallest"]).c_str(),
      BothForms(session, adaptive["largest"]).c_str(), adaptive["trimmed"].get<int>(),
      adaptive["incidents"].get<int>(), Short(adaptive["trim"]).c_str());
}

void AddChecks(const Json& one, std::vector<std::string>& row) {
  row.push_back(Short(one["mass"]));
  row.push_back(Short(one["incident_mass"]));
  row.push_back(Short(one["mass_ratio"], "%.4f"));
  row.push_back(Short(one["centroid_distance_m"], "%.1f"));
}

/// Surfaces with the checks of mass and centroid.
void PrintSurfaces(const Session& session, const Json& surfaces, bool uncertain) {
  std::vector<std::string> header = {
      session.Say("grupp", "group"),
      session.Say("radie m", "radius m"),
      "sd m",
      uncertain ? session.Say("största ökning", "largest rise") : session.Say("metod", "method"),
      session.Say("massa", "mass"),
      session.Say("händelser", "incidents"),
      session.Say("massa/händelser", "mass/incidents"),
      session.Say("tyngdpunkt flyttad m", "centroid moved m")};
  TextTable table(std::move(header));
  for (const Json& one : surfaces) {
    const Json& used = one["bandwidth"];
    std::vector<std::string> row = {
        one["group"].get<std::string>(), used.contains("radius_m") ? Short(used["radius_m"]) : "-",
        Short(used["sd_m"]),
        uncertain ? Short(one["largest_rise_per_km2"]) : one["method"].get<std::string>()};
    AddChecks(one, row);
    table.Add(std::move(row));
  }
  table.Print();
}

void PrintBands(const Session& session, const Json& bootstrap) {
  std::printf(session.Say("%d omdragningar, frö %s, nivå %s, topp %s av cellerna\n",
                          "%d resamples, seed %s, level %s, top %s of the cells\n"),
              bootstrap["resamples"].get<int>(), bootstrap["seed"].dump().c_str(),
              Short(bootstrap["level"]).c_str(), Short(bootstrap["top_share"]).c_str());
  TextTable table({session.Say("grupp", "group"), session.Say("händelser", "incidents"),
                   session.Say("celler säkert i toppen", "cells surely in the top"),
                   session.Say("celler någon gång", "cells ever")});
  for (const Json& one : bootstrap["surfaces"]) {
    const bool few = one.contains("too_few");
    table.Add({one["group"].get<std::string>(), Short(one["incidents"]),
               few ? session.Say("för få händelser", "too few incidents") : Short(one["cells_mostly_in_top"]),
               few ? "-" : Short(one["cells_ever_in_top"])});
  }
  table.Print();
}

void Print(const Session& session, const Json& report) {
  if (session.json()) {
    std::printf("%s\n", report.dump(2).c_str());
    return;
  }
  PrintBandwidths(session, report);
  if (report.contains("surfaces")) PrintSurfaces(session, report["surfaces"], false);
  if (report.contains("place_uncertainty")) {
    std::printf("%s\n", session.Say("med platsernas osäkerhet", "with the uncertainty of places"));
    PrintSurfaces(session, report["place_uncertainty"], true);
  }
  if (report.contains("bootstrap")) PrintBands(session, report["bootstrap"]);
}

void PrintTimings(const DensitySeconds& seconds) {
  const Json timings = {{"read_s", seconds.read},
                        {"sort_s", seconds.sort},
                        {"compute_s", seconds.compute},
                        {"write_s", seconds.write},
                        {"error_bound", seconds.error_bound}};
  std::fprintf(stderr, "%s\n", timings.dump().c_str());
}

void Warn(const Session& session, const DensityInput& input) {
  for (const BandwidthChoice& choice : input.choices)
    if (input.command.at.empty() && choice.value < input.grid.cell_size)
      std::fprintf(stderr,
                   session.Say("lagesbild: bandbredden %s m är mindre än en pixel, %s m: mellan pixlarnas "
                               "mitt syns ingenting\n",
                               "lagesbild: the bandwidth %s m is below a pixel, %s m: nothing shows "
                               "between the pixels' centers\n"),
                   Short(choice.value.value()).c_str(), Short(input.grid.cell_size.value()).c_str());
}

void Run(const Session& session, const DensityCommand& command, bool timings) {
  DensitySeconds seconds;
  Laps laps;
  ProgressBar bar;
  const DensityInput input(command,
                           [&](double fraction) { bar.Show(fraction, session.Say("täthet", "density")); });
  seconds.read = laps.Next();
  Warn(session, input);
  Json report = DensityReport(input);
  if (command.at.empty())
    WriteDensityRasters(input, report, seconds);
  else
    WriteDensityAtPlaces(input, report, seconds);
  if (timings) PrintTimings(seconds);
  Print(session, report);
}

void AddPointOptions(CLI::App& density, PointFile& points) {
  density.add_option("--points", points.path, "CSV with a header")->required();
  density.add_option("--x", points.x, "Column of the easting, m; default x");
  density.add_option("--y", points.y, "Column of the northing, m; default y");
  density.add_option("--weight", points.weight, "Column of weights of at least 0");
  density.add_option("--group", points.group,
                     "Column: one file, or column, for each of its values, in one pass with one bandwidth");
  density.add_option("--place-uncertainty", points.radius,
                     "Column of accuracy radii, m: also the density with places spread over them, and the "
                     "difference");
}

void AddUncertaintyOptions(CLI::App& density, DensityCommand& command) {
  density
      .add_option("--place-spread", command.place_spread, "normal (90 % within the radius, default) or disc")
      ->check(CLI::IsMember({"normal", "disc"}));
  density
      .add_option("--bootstrap", command.bootstrap,
                  "Resamples (10 to 10000): also bands, and how often a pixel stays among the top")
      ->check(CLI::Range(10, 10000));
  density.add_option("--seed", command.seed, "Of the resamples; default 1");
  density.add_option("--level", command.level, "Of the bands; default 0.95");
  density.add_option("--top", command.top_share, "Share of the pixels that are the top; default 0.05");
}

void AddBandwidthOptions(CLI::App& density, DensityCommand& command) {
  density.add_option("--kernel", command.kernel, "Form; default quartic")
      ->check(CLI::IsMember({"quartic", "gaussian", "epanechnikov", "triangular", "uniform", "triweight"}));
  density
      .add_option("--bandwidth", command.bandwidths,
                  "Meters, several as 300,500,1000; or scott, silverman, least_squares, likelihood, diggle, "
                  "arcgis")
      ->delimiter(',')
      ->required();
  density.add_option("--bandwidth-is", command.bandwidth_is, "Default radius, of the Gaussian sd")
      ->check(CLI::IsMember({"radius", "sd"}));
  density.add_flag(
      "--adaptive", command.adaptive,
      "A bandwidth for each incident by Abramson: narrow where many are; --bandwidth is their mean");
  density.add_option("--trim", command.trim, "No bandwidth over this many times the global one; default 5");
  density.add_option("--pilot", command.pilot_m,
                     "Standard deviation of the pilot, m; default the bandwidth's");
}

}  // namespace

void AddDensityCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<DensityCommand>();
  const auto timings = std::make_shared<bool>(false);
  CLI::App* density =
      app.add_subcommand("density",
                         "Kernel density of a table of points, incidents per km²; needs no service\n"
                         "Example: lagesbild density --points p.csv --crs EPSG:3006 --bandwidth 500 --extent "
                         "600000,6640000,604000,6643000 --size 160x120 --out d.tif");
  AddPointOptions(*density, command->points);
  density->add_option("--crs", command->crs, "Plane of the points, as EPSG:3006; needed for a raster");
  density->add_option("--study-area", command->study_area, "GeoJSON polygons in the plane of the points");
  AddBandwidthOptions(*density, *command);
  density->add_option("--edge", command->edge, "Edge correction; default none")
      ->check(CLI::IsMember({"none", "uniform", "diggle"}));
  density->add_option("--method", command->method, "Default exact")
      ->check(CLI::IsMember({"exact", "binned"}));
  AddUncertaintyOptions(*density, *command);
  density->add_option("--threads", command->threads, "Default: as many as the machine has")
      ->check(CLI::Range(0, 1024));
  density->add_option("--extent", command->extent, "MINX,MINY,MAXX,MAXY");
  density->add_option("--size", command->size, "COLUMNSxROWS; pixels must be square");
  density->add_option("--at", command->at, "CSV of places, in place of a raster");
  density->add_option("--out", command->out, "GeoTIFF, or CSV with --at; others beside it")->required();
  density->add_flag("--timings", *timings, "Seconds and error bound as JSON on stderr");
  density->callback([&line, command, timings] {
    line.run = [command, timings](Session& session) { Run(session, *command, *timings); };
  });
}

}  // namespace lagesbild::tools
