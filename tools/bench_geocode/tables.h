#pragma once

#include <string>
#include <vector>

#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/interpolation.h"
#include "tools/bench_geocode/report.h"
#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {

/// Classes, levels and refusals of one set of queries, as three tables.
void PrintScore(BenchReport& report, const std::string& code, const std::string& title_sv,
                const std::string& title_en, const Score& score);

/// How often the truth lies within the stated radius, by level.
void PrintLevels(BenchReport& report, const std::string& code, const std::vector<LevelScore>& levels);

/// Numbers left out: how many were answered otherwise, and the radii.
void PrintInterpolation(BenchReport& report, const std::string& code, const InterpolationScore& score);

/// What was not right: at most so many of each class, with the answer.
void PrintExamples(BenchReport& report, const std::string& code, const std::vector<BenchQuery>& queries,
                   const std::vector<Miss>& misses, int each);

/// Philadelphia: the naive look-up and the geocoder, all pairs and tier by tier.
void PrintBlocks(BenchReport& report, const PairScore& naive, const PairScore& geocoder);

}  // namespace lagesbild::tools::bench
