#pragma once

#include <vector>

namespace lagesbild::geo {

/// What a test of so many incidents could see, told before anyone looks at the map.
struct DetectableConcentration {
  int least_count = 0;  ///< incidents in the neighborhood from which on it would be called hot; 0 = never
  double expected = 0;  ///< by chance there
  /// Share of all incidents that must truly belong there for the test to find it in `power` of quarters;
  /// NaN when even all of them would not do.
  double detectable_share = 0;
  double detectable_ratio = 0;  ///< the same as a multiple of the chance share; NaN likewise
};

/// The least concentration that the exact binomial test of one neighborhood can show, corrected for all that
/// are tested (Bonferroni; Benjamini-Hochberg with one hot place asks the same).
///
/// @param incidents       in the layer, repeats collapsed, >= 0.
/// @param exposure_share  of all exposure in the neighborhood, in (0, 1).
/// @param tested          neighborhoods in the family, >= 1.
/// @param min_count       fewer are never called hot, >= 1.
/// @param alpha, power    in (0, 1).
/// @throws  InvalidInput  anything out of range.
/// Cost: O(incidents · 60). Source: exact binomial power; statistics.md 2 (power before looking).
DetectableConcentration LeastDetectable(int incidents, double exposure_share, long long tested, int min_count,
                                        double alpha, double power);

/// Fewest incidents with which a place of this exposure share that truly draws `ratio` times its share is
/// found with `power`; 0 when no number up to `most` does. As above; ratio > 1, most >= 1. Cost: O(most²).
int LeastIncidents(double ratio, double exposure_share, long long tested, int min_count, double alpha,
                   double power, int most = 2000);

}  // namespace lagesbild::geo
