#pragma once

namespace lagesbild::geo {

struct PoissonInterval {
  double lower = 0, upper = 0;
};

/// Exact (Garwood) two-sided interval for the mean of a Poisson count: the means under which neither "at
/// least `count`" nor "at most `count`" has a probability under (1 - level) / 2. Lower is 0 for count 0.
/// Throws InvalidInput: count negative or over a million, level not in (0, 1). Cost: O(count · 60).
/// Source: Garwood (1936). Peer: qchisq(alpha / 2, 2 n) / 2 and qchisq(1 - alpha / 2, 2 n + 2) / 2 in R.
PoissonInterval ExactPoissonInterval(int count, double level);

}  // namespace lagesbild::geo
