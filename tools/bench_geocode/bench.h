#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/bench_geocode/queries.h"
#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

/// What was asked to be measured.
struct GeocodeBenchOptions {
  std::string data;               ///< folder with malmo, elverum and philadelphia
  std::vector<std::string> only;  ///< parts; empty = all that there are files for
  std::string set = "dev";
  std::uint64_t seed = 0;  ///< another one, other queries
  int per_class = 300;
  std::string register_file, register_mapping, style = "sv";  ///< in place of Malmö and Elverum
  int plane = 3006;                                           ///< EPSG code of the register's plane
  std::string queries;  ///< a query file, against `register_file` or Malmö
  std::string dump;     ///< folder for the queries, and of set dev for those not answered rightly
  int examples = 0;     ///< texts of each class that were not right, to be looked at; none of set held-out
  int folds = 10, runs = 5, threads = 2, size = 300'000;
};

/// Names of the parts, in the order in which they run.
const std::vector<std::string>& GeocodeBenchParts();

/// Measures and prints. Throws geo::InvalidInput when a file that a named part needs is not there.
void RunGeocodeBench(ReportForm form, const GeocodeBenchOptions& options);

}  // namespace lagesbild::tools::bench
