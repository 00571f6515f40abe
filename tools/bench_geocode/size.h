#pragma once

#include <cstddef>

#include "geo/geocoder.h"
#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

/// Million bytes of this process in memory, after what is free was given back.
double ResidentMb();

/// A register of `size` addresses: memory (million bytes) and time until it answers.
struct SizeScore {
  std::size_t addresses = 0, streets = 0;
  double register_mb = 0;  ///< the register alone, as read
  double geocoder_mb = 0;  ///< the geocoder built from it, without the register
  double build_s = 0;      ///< CPU seconds of building the geocoder
  double answer_us = 0;    ///< CPU time of one exact address, mean
};
SizeScore MeasureSize(const geo::Gazetteer& gazetteer, std::size_t size);

void PrintSize(BenchReport& report, const SizeScore& score);

}  // namespace lagesbild::tools::bench
