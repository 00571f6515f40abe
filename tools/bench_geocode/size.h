#pragma once

#include <cstddef>

#include "geo/geocoder.h"

namespace lagesbild::tools::bench {

/// A register of `size` addresses: memory and time until it answers.
struct SizeScore {
  std::size_t addresses = 0, streets = 0;
  double register_mib = 0;  ///< the register alone, as read
  double geocoder_mib = 0;  ///< the geocoder that took it over, all in all
  double build_s = 0;       ///< CPU seconds of building the geocoder
  double answer_us = 0;     ///< CPU time of one exact address, mean
};
SizeScore MeasureSize(const geo::Gazetteer& gazetteer, std::size_t size);

/// Addresses on as many invented streets as there are words for, some ten on each: harder for the tables of
/// names than copies of a real register. Sweden's plane, positions within 100 km.
geo::Gazetteer ManyStreets(std::size_t size);

/// A register of `size` addresses compiled into a file and opened again: mapped, its checksum and all of its
/// values checked, one address asked for.
struct CompiledSizeScore {
  std::size_t addresses = 0, streets = 0;
  double build_s = 0;  ///< CPU seconds of building the geocoder and of writing its file
  double file_mb = 0;  ///< million bytes
  double cold_s =
      0;  ///< wall clock, to the first answer, its file not in memory where the system lets go of it
  double warm_s = 0;  ///< the same again, median of `runs`
  double resident_mb =
      0;  ///< million bytes of the process more than before it was opened, the file's included
  bool answered = false;  ///< the address asked for was found, each time
};
/// Throws maps::IoError when the temporary folder cannot hold the file.
CompiledSizeScore MeasureCompiledSize(geo::Gazetteer gazetteer, int runs);

}  // namespace lagesbild::tools::bench
