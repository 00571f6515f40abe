#include <CLI/CLI.hpp>
#include <memory>

#include "tools/bench_density/bench.h"
#include "tools/bench_geocode/bench.h"
#include "tools/cli.h"
#include "tools/cli_bench_calibration.h"
#include "tools/cli_bench_rpc.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

using bench::GeocodeBenchOptions;

void AddRegisterOptions(CLI::App& command, GeocodeBenchOptions& options) {
  CLI::Option* file =
      command.add_option("--register", options.register_file,
                         "A register of one's own (CSV with --mapping, or GeoPackage) in place "
                         "of Malmö, Elverum and the demo");
  command.add_option("--mapping", options.register_mapping, "Mapping of a CSV register")->needs(file);
  command.add_option("--register-crs", options.plane, "EPSG code of the plane to measure in")->needs(file);
  command.add_option("--style", options.style, "Address grammar of the register")
      ->check(CLI::IsMember({"sv", "no", "us-block"}))
      ->needs(file);
  command.add_option(
      "--queries", options.queries,
      "CSV with query, class and a truth (easting and northing, truths, lat and lon, truth_address, "
      "or expected_coordinate \"lat,lon,meters\"); against --register, else Malmö");
}

void AddMeasureOptions(CLI::App& command, GeocodeBenchOptions& options) {
  command.add_option("--per-class,--count", options.per_class, "Generated queries of each class")
      ->check(CLI::Range(1, 100'000));
  command.add_option("--seed", options.seed, "Another number, other queries; both sets");
  command.add_option("--examples", options.examples, "Texts of each class that were not right; dev only")
      ->check(CLI::Range(0, 10'000));
  command.add_option("--dump", options.dump,
                     "Folder for the queries as CSV, and of set dev for those not answered rightly");
  command
      .add_option("--folds", options.folds, "Leave-one-out: registers with every so-manieth number left out")
      ->check(CLI::Range(3, 1000));
  command.add_option("--runs", options.runs, "Throughput: runs, of which least and median are told")
      ->check(CLI::Range(1, 101));
  command
      .add_option("--threads", options.threads, "Throughput: threads whose answers must be the same bytes")
      ->check(CLI::Range(1, 64));
  command.add_option("--size", options.size, "Addresses of the enlarged register")
      ->check(CLI::Range(1000, 5'000'000));
}

void AddGeocode(CLI::App& bench, CommandLine& line) {
  const auto options = std::make_shared<GeocodeBenchOptions>();
  CLI::App* command = bench.add_subcommand(
      "geocode",
      "Asks the geocoder for addresses as people write them: how often it is right, how far off, how sure, "
      "how "
      "fast, and which goals that meets; needs no service\n"
      "Generated queries are invented from the register: set dev to tune on, held-out to tell how good it "
      "is.\n"
      "Example: lagesbild bench geocode --data ../shared/data --only generated --set held-out");
  command->add_option("--data", options->data, "Folder with malmo, elverum and philadelphia");
  command
      ->add_option("--only", options->only,
                   "Parts: noisy, generated, interpolation, philadelphia, speed, hostile, size")
      ->delimiter(',')
      ->check(CLI::IsMember(bench::GeocodeBenchParts()));
  command->add_option("--set", options->set, "Generated queries to use")
      ->check(CLI::IsMember({"dev", "held-out"}));
  AddRegisterOptions(*command, *options);
  AddMeasureOptions(*command, *options);
  command->callback([&line, options] {
    line.run = [options](Session& session) {
      RunGeocodeBench({.swedish = session.swedish(), .json = session.json()}, *options);
    };
  });
}

void AddDensity(CLI::App& bench, CommandLine& line) {
  const auto options = std::make_shared<bench::DensityBenchOptions>();
  CLI::App* command = bench.add_subcommand("density",
                                           "Measures the density engine on points that it makes itself: CPU "
                                           "seconds, memory, difference from direct "
                                           "summation, and which goals that meets; needs no service\n"
                                           "Other programs on the same points: tools/bench/peers/run\n"
                                           "Example: lagesbild bench density --runs 3");
  command->add_option("--seed", options->seed, "Another number, other points");
  command->add_option("--runs", options->runs, "Runs, of which the least is told")->check(CLI::Range(1, 101));
  CLI::Option* radius =
      command
          ->add_option("--radius", options->radius_cells,
                       "One line of one's own with this radius in cells, in place of the goals")
          ->check(CLI::Range(0.1, 5000.0));
  command->add_option("--points", options->points, "Points of that line, or of --write-points")
      ->check(CLI::Range(1, 20'000'000));
  command->add_option("--columns", options->columns, "Columns of its raster of 10 m cells")
      ->check(CLI::Range(1, 16384));
  command->add_option("--rows", options->rows, "Rows of its raster")->check(CLI::Range(1, 16384));
  command->add_option("--threads", options->threads, "Threads of that line")->check(CLI::Range(1, 256));
  command->add_flag("--float", options->float_values, "Raster of that line in 32 bits");
  command->add_option("--write-points", options->points_file, "Writes the points as CSV and measures nothing")
      ->excludes(radius);
  command->callback([&line, options] {
    line.run = [options](Session& session) {
      bench::RunDensityBench({.swedish = session.swedish(), .json = session.json()}, *options);
    };
  });
}

}  // namespace

void AddBenchCommand(CLI::App& app, CommandLine& line) {
  CLI::App* command = app.add_subcommand("bench", "Measures the program against open data");
  command->require_subcommand(1);
  AddGeocode(*command, line);
  AddDensity(*command, line);
  AddRpcBench(*command, line);
  AddCalibrationBench(*command, line);
}

}  // namespace lagesbild::tools
