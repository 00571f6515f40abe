#pragma once

#include "tools/bench_geocode/report.h"
#include "tools/bench_geocode/speed.h"

namespace lagesbild::tools::bench {

/// Rates, least and median of the runs, beside both scans; then the threads.
void PrintSpeed(BenchReport& report, const SpeedScore& score);

}  // namespace lagesbild::tools::bench
