#pragma once

#include <string>
#include <vector>

#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/report.h"
#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {

/// Classes, levels and refusals of one set of queries, as three tables.
void PrintScore(BenchReport& report, const std::string& code, const std::string& title_sv,
                const std::string& title_en, const Score& score);

/// How often the truth lies within the stated radius, by level.
void PrintLevels(BenchReport& report, const std::string& code, const std::vector<LevelScore>& levels);

/// Philadelphia: the naive look-up and the geocoder.
void PrintBlocks(BenchReport& report, const BlockScore& naive, const BlockScore& geocoder);

}  // namespace lagesbild::tools::bench
