#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/query.h"

namespace lagesbild::tools::bench {

/// CPU seconds of this thread.
double ThreadCpuSeconds();

/// Texts per CPU second on one core, run by run.
struct SpeedRow {
  std::string sv, en;
  std::size_t queries = 0;
  std::vector<double> per_second;
};

/// Everything in one process and in turn, so that another program's load falls on all: the absolute figures
/// depend on it, the ratios hardly.
struct SpeedScore {
  std::size_t names = 0;         ///< street names that the scans go through
  SpeedRow whole, banded;        ///< the references: LinearScan for the mixed queries
  SpeedRow mixed, exact, fuzzy;  ///< full answers of the geocoder
  int threads = 1;
  std::optional<double> threads_ratio;  ///< by the clock, quickest of the runs
  bool same_bytes = false;              ///< the answers of one thread and of several

  /// Median over the runs of one row's rate to another's; nothing without runs.
  std::optional<double> Ratio(const SpeedRow& row, const SpeedRow& reference) const;
};

/// `mixed` is asked as it is; its classes typo... and edit_... are the fuzzy ones. Exact are addresses drawn
/// from the geocoder's register, written as there.
SpeedScore MeasureSpeed(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& mixed, int runs,
                        int threads);

/// All answers as bytes, in the order of the queries, computed on so many threads.
std::string AnswersAsBytes(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries,
                           int threads);

}  // namespace lagesbild::tools::bench
