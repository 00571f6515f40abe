#pragma once

#include <span>

namespace lagesbild::geo {

/// Trend of a series by ranks. p-values are two-sided.
struct MannKendall {
  int n = 0;
  long long s = 0;      ///< rising minus falling pairs
  double variance = 0;  ///< of S without trend, corrected for ties
  double tau_b = 0;     ///< Kendall's tau-b; NaN for a constant series
  double z_score = 0;   ///< without continuity correction; NaN for a constant series
  double p_value = 0;
  double continuity_z_score = 0;  ///< with continuity correction; NaN for a constant series
  double continuity_p_value = 0;
  double exact_p_value = 0;  ///< exact; NaN with ties or n >= 50
  double sen_slope = 0;      ///< median slope of all pairs, per unit of time
};

/// Mann-Kendall test and Sen's slope. With four values no trend can be significant, whatever it is (exact p
/// >= 0.083).
///
/// `times` ascend strictly. Throws InvalidInput: fewer than 2 values, another number of times, values that
/// are not finite, times that do not ascend. Cost: O(n²). Source: Mann (1945), Kendall (1975), Sen (1968).
/// Peer: R cor.test(method = "kendall").
MannKendall MannKendallTrend(std::span<const double> times, std::span<const double> values);

}  // namespace lagesbild::geo
