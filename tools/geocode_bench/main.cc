// lagesbild-geocode-bench: how well the geocoder finds what people write.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "geo/errors.h"
#include "maps/errors.h"
#include "service/errors.h"
#include "tools/geocode_bench/bench.h"

namespace {

using lagesbild::tools::bench::GeocodeBenchOptions;
using lagesbild::tools::bench::ReportForm;

void AddOptions(CLI::App& app, GeocodeBenchOptions& options) {
  app.add_option("--data", options.data, "Folder with malmo, elverum and philadelphia");
  app.add_option("--only", options.only,
                 "Parts: noisy, generated, interpolation, philadelphia, speed, hostile, size")
      ->delimiter(',')
      ->check(CLI::IsMember(lagesbild::tools::bench::GeocodeBenchParts()));
  app.add_option("--set", options.set, "Generated queries to use")->check(CLI::IsMember({"dev", "held-out"}));
  app.add_option("--per-class", options.per_class, "Generated queries of each class")
      ->check(CLI::Range(1, 100'000));
  CLI::Option* file =
      app.add_option("--register", options.register_file,
                     "A register of one's own (CSV with --register-mapping, or GeoPackage) in place "
                     "of Malmö and Elverum");
  app.add_option("--register-mapping", options.register_mapping, "Mapping of a CSV register")->needs(file);
  app.add_option("--register-crs", options.plane, "EPSG code of the plane to measure in")->needs(file);
  app.add_option("--style", options.style, "Address grammar of the register")
      ->check(CLI::IsMember({"sv", "no", "us-block"}))
      ->needs(file);
  app.add_option(
      "--queries", options.queries,
      "CSV with query, class and easting, northing or truth_address; against --register, else Malmö");
  app.add_option("--dump", options.dump,
                 "Folder for the queries as CSV, and of set dev for those not answered rightly");
  app.add_option("--folds", options.folds, "Leave-one-out: parts that the register is dealt into")
      ->check(CLI::Range(2, 1000));
  app.add_option("--most-folds", options.most_folds, "Leave-one-out: parts that are run")
      ->check(CLI::Range(1, 1000));
  app.add_option("--runs", options.runs, "Speed: runs, of which the median counts")
      ->check(CLI::Range(1, 101));
  app.add_option("--threads", options.threads, "Speed: threads whose answers must be the same bytes")
      ->check(CLI::Range(1, 64));
  app.add_option("--size", options.size, "Addresses of the enlarged register")
      ->check(CLI::Range(1000, 5'000'000));
}

int Say(const std::string& message, int code) {
  std::fprintf(stderr, "lagesbild-geocode-bench: %s\n", message.c_str());
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Asks the geocoder for addresses as people write them: how often it is right, how far off, how sure, "
      "how fast.\n"
      "Generated queries are invented from the register: set dev to tune on, held-out to tell how good it "
      "is.\n"
      "Example: lagesbild-geocode-bench --data ../shared/data --only generated --set held-out"};
  GeocodeBenchOptions options;
  AddOptions(app, options);
  std::string language = "sv";
  ReportForm form;
  app.add_option("--lang", language, "Language of the tables")->check(CLI::IsMember({"sv", "en"}));
  app.add_flag("--json", form.json, "For machines");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  form.swedish = language == "sv";
  try {
    lagesbild::tools::bench::RunGeocodeBench(form, options);
    return 0;
  } catch (const lagesbild::geo::InvalidInput& error) {
    return Say(error.what(), 3);
  } catch (const lagesbild::maps::IoError& error) {
    return Say(error.what(), 3);
  } catch (const lagesbild::service::InvalidRequest& error) {
    return Say(error.violations.empty() ? "the mapping is wrong" : error.violations.front().description, 3);
  } catch (const std::exception& error) {
    return Say(std::string("internal fault: ") + error.what(), 1);
  }
}
