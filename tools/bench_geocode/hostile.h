#pragma once

#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

/// Texts that are none: a description of each, and the text.
struct HostileText {
  std::string description, text;
};
std::vector<HostileText> HostileTexts(const geo::Gazetteer& gazetteer);

struct HostileScore {
  int texts = 0, placed = 0, without_fault = 0;
  double p50_ms = 0, p99_ms = 0, most_ms = 0;
  std::string slowest;  ///< description
};
/// Asks for each several times; the times are medians of CPU time per text.
/// `runs` times each.
HostileScore AskHostile(const geo::Geocoder& geocoder, const std::vector<HostileText>& texts, int runs);

void PrintHostile(BenchReport& report, const HostileScore& score);

}  // namespace lagesbild::tools::bench
