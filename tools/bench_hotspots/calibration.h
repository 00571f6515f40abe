#pragma once

#include <cstdint>
#include <vector>

#include "tools/bench_hotspots/random_maps.h"

namespace lagesbild::tools::bench {

/// One cell of the table of false hotspots: shares of runs with any hotspot at 5 %.
struct FalseShares {
  Null null = Null::kUniform;
  int side = 0, incidents = 0, runs = 0;
  double binomial_bh = 0;      ///< the headline: binomial tail with Benjamini-Hochberg, repeats once
  double maximum = 0;          ///< maximum statistic, repeats once
  double uncollapsed = 0;      ///< the headline with every repeat counted: why they are counted once
  double too_few = 0;          ///< share of runs that were refused
  double gi_star_normal = -1;  ///< Gi*, normal p with Benjamini-Hochberg; under 0: not asked for
  double gi_star_exact = -1;   ///< Gi*, exact conditional tail with Benjamini-Hochberg
};

/// One line of the power table: shares of runs that find the planted place.
struct PowerShares {
  int side = 0, incidents = 0, planted = 0, runs = 0;
  double binomial_bh = 0, maximum = 0;
  double largest_count = 0;  ///< the largest neighborhood count against redraws: what there is to beat
  double gi_star_exact = 0;
};

struct CalibrationOptions {
  int runs = 200;
  int redraws = 199;  ///< of the maximum statistic in every run
  std::uint64_t seed = 1;
  int threads = 1;
  bool gi_star = false;
  std::vector<int> sides = {10, 20, 30, 60}, incidents = {10, 20, 40, 80, 400};
};

FalseShares MeasureFalseShares(Null null, int side, int incidents, const CalibrationOptions& options);
PowerShares MeasurePower(int side, int incidents, int planted, const CalibrationOptions& options);

/// Level plus three standard errors of that many runs.
double HighestAllowed(int runs);

/// Share of runs in which five reports at one address among forty incidents are flagged as a pile-up.
double PileUpShare(const CalibrationOptions& options);
/// Share of these in which the address is a hotspot of the headline all the same.
double PileUpHotShare(const CalibrationOptions& options);

}  // namespace lagesbild::tools::bench
