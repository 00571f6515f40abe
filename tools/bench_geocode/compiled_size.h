#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/gazetteer.h"
#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

/// Addresses on as many invented streets as there are words for, some ten on each: harder for the tables of
/// names than copies of a real register. Sweden's plane, positions within 100 km.
geo::Gazetteer ManyStreets(std::size_t size);

/// A register of `size` addresses compiled into a file and opened again: mapped, its checksum and all of its
/// values checked, one address asked for.
struct CompiledSizeScore {
  std::string code, sv, en;  ///< of the register
  std::size_t addresses = 0, streets = 0;
  double build_s = 0;  ///< CPU seconds of building the geocoder and of writing its file
  double file_mb = 0;  ///< million bytes
  /// Wall clock, to the first answer, its file not in memory where the system lets go of it.
  double cold_s = 0;
  double warm_s = 0;  ///< the same again, median of `runs`
  /// Million bytes of the process more than before it was opened, the file's included.
  double resident_mb = 0;
  bool answered = false;  ///< the address asked for was found, each time
};
/// Throws maps::IoError when the temporary folder cannot hold the file.
CompiledSizeScore MeasureCompiledSize(geo::Gazetteer gazetteer, int runs);

void PrintCompiledSizes(BenchReport& report, const std::vector<CompiledSizeScore>& scores);

}  // namespace lagesbild::tools::bench
