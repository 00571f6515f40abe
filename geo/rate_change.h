#pragma once

namespace lagesbild::geo {

/// How much a count changed between two periods or two groups.
struct RateChange {
  int earlier = 0, later = 0;
  /// Later rate by earlier rate: later / (earlier · exposure_ratio). Infinite for earlier 0, NaN for 0 and 0.
  double ratio = 1;
  double lower = 0, upper = 0;  ///< exact interval of the ratio; 0 and infinity when nothing was counted
  double p_value = 1;           ///< two-sided, that the rates are equal
  /// A percentage may be told: both counts are at least kLeastForPercent. Below that one incident more or
  /// less moves it by over ten points: the two counts and the interval are told instead.
  bool percent = false;
  bool clear = false;  ///< the interval does not hold 1
};

inline constexpr int kLeastForPercent = 10;

/// Exact conditional comparison of two Poisson counts: given their sum, the later one is binomial, and the
/// interval of the ratio is Clopper and Pearson's of its share. Conservative at small counts.
///
/// @param earlier, later  counts, >= 0.
/// @param exposure_ratio  later exposure by earlier exposure (days of the quarters, inhabitants), over 0.
/// @param level           of the interval, over 0 and under 1.
/// @throws  InvalidInput  a negative count, an exposure ratio or a level out of range.
/// Cost: O((earlier + later) · 200). Source: Przyborowski and Wilenski (1940); Lehmann and Romano
/// (2005), 4.5. Peer: R poisson.test(c(later, earlier), c(exposure_ratio, 1))$conf.int; its p.value.
RateChange CompareCounts(int earlier, int later, double exposure_ratio = 1, double level = 0.95);

/// What is known of a share when some are of unknown kind: youths among incidents of which six have no age.
struct ShareBounds {
  double of_known = 0;          ///< share among those known; NaN when none is
  double lower = 0, upper = 1;  ///< none, or all, of the unknown belong to the part
};

/// @param part, other, unknown  counts, >= 0. All zero: NaN and 0 to 1.
/// @throws  InvalidInput        a negative count.
/// Source: Horowitz and Manski (2000), bounds without assumption on who is missing.
ShareBounds BoundShare(int part, int other, int unknown);

}  // namespace lagesbild::geo
