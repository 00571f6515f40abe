#pragma once

#include <cstdint>
#include <string>

#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

struct DensityBenchOptions {
  std::uint64_t seed = 1;
  int runs = 3;             ///< of which the one with the least CPU time is told
  std::string points_file;  ///< not empty: the points of one line are written there and nothing is measured
  std::size_t points = 1'000'000;
  int columns = 1280, rows = 960;
  double radius_cells = 0;  ///< over 0: one line with these points, raster and radius in place of the goals
  int threads = 1;
  bool float_values = false;  ///< that line's raster in 32 bits
};

/// Measures the density engine on the lines of density.md's goals, on points that it makes itself.
void RunDensityBench(ReportForm form, const DensityBenchOptions& options);

}  // namespace lagesbild::tools::bench
