#pragma once

#include <cmath>
#include <vector>

namespace lagesbild::geo {

// Log likelihood ratios of scan statistics, high counts only: 0 unless more than expected. 0·ln 0 = 0.

/// x ln x.
inline double XLogX(double x) { return x > 0 ? x * std::log(x) : 0; }

/// Poisson: `observed` of `total` cases where `expected` (> 0, < total or equal to it) would lie by chance.
/// Source: Kulldorff (1997).
inline double PoissonLogRatio(double observed, double expected, double total) {
  if (!(observed > expected)) return 0;
  const double outside = total - observed;
  return observed * std::log(observed / expected) +
         (outside > 0 ? outside * std::log(outside / (total - expected)) : 0);
}

/// Bernoulli: `observed` cases among `trials` cases and controls, of `total` cases among `all`.
/// Source: SaTScan user guide.
inline double BernoulliLogRatio(double observed, double trials, double total, double all) {
  if (!(observed * (all - trials) > (total - observed) * trials)) return 0;
  const double outside = total - observed, trials_outside = all - trials;
  return XLogX(observed) + XLogX(trials - observed) - XLogX(trials) + XLogX(outside) +
         XLogX(trials_outside - outside) - XLogX(trials_outside) -
         (XLogX(total) + XLogX(all - total) - XLogX(all));
}

}  // namespace lagesbild::geo
