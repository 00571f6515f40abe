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

}  // namespace lagesbild::tools::bench
