#pragma once

#include <string>

#include "tools/bench_geocoder.h"

namespace lagesbild::tools {

/// One JSON document, field names with their units; a share or quantile of nothing is null.
std::string BenchJson(const GeocoderBench& bench, const GeocoderBenchOptions& options);

}  // namespace lagesbild::tools
