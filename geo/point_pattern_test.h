#pragma once

#include <span>
#include <vector>

namespace lagesbild::geo {

/// Incidents of one area in two periods, or of two kinds.
struct PatternCounts {
  long long base = 0, test = 0;
};

struct PatternTestOptions {
  double sample_share = 0.85;  ///< of the test incidents drawn without replacement
  double level = 0.95;         ///< of the interval
};

/// How one area's share compares.
struct PatternArea {
  double base_percent = 0, test_percent = 0;
  double low_percent = 0, high_percent = 0;  ///< interval of the test share
  int s_index = 0;           ///< 1: the base share lies above the interval, -1: below, 0: inside (similar)
  bool has_any = false;      ///< incidents in either; only these count in the robust index
  double chi_squared_p = 1;  ///< of two proportions, Pearson's times (N-1)/N; NaN without incidents in it
  double fisher_p = 1;       ///< exact, two-sided; 1 without incidents in it
};

struct PatternTest {
  std::vector<PatternArea> areas;  ///< in the order of the input
  long long sample_size = 0;       ///< round(sample_share · test incidents), halves to even
  double similarity = 0;           ///< S: share of similar areas
  double robust_similarity = 0;    ///< the same over areas with incidents; NaN when none has any
  std::vector<double> chi_squared_by, chi_squared_bh;  ///< adjusted, per area; NaN as chi_squared_p
};

/// Andresen's test whether two patterns lie alike over areas, with exact quantiles of the hypergeometric
/// distribution in place of random resamples, and per area the test of two proportions of Wheeler, Steenbeek
/// and Andresen.
///
/// Needs incidents in both: a share of nothing says nothing. Throws InvalidInput: no areas, a negative count,
/// no base or no test incidents, more than ten million of either, options outside (0, 1).
/// Cost: O(areas · incidents of the area). Source: Andresen (2009); Wheeler, Steenbeek and Andresen (2018).
/// Peers: README of wsteenbeek/sppt; R qhyper, chisq.test, fisher.test.
PatternTest ComparePatterns(std::span<const PatternCounts> counts, const PatternTestOptions& options);

}  // namespace lagesbild::geo
