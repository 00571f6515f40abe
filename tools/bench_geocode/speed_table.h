#pragma once

#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/query.h"
#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

/// Throughput of mixed, exact and misspelt queries (classes exact, typo... and edit_...) on one core beside
/// two linear scans of the street names in the same run, and whether several threads give the same bytes.
void PrintSpeed(BenchReport& report, const geo::Geocoder& geocoder, const geo::Gazetteer& gazetteer,
                const std::vector<BenchQuery>& mixed, int runs, int threads);

}  // namespace lagesbild::tools::bench
