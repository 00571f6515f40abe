#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/hotspot_test.h"

namespace lagesbild::geo {
namespace {

// Extended precision where the platform has it: far tails are exponentials of large numbers, which lose
// digits.
using Real = long double;
constexpr Real kTwoPi = 2 * std::numbers::pi_v<Real>;

/// log(n!) minus Stirling's formula: (n + 1/2) log n - n + log(2 pi)/2. n >= 1.
Real StirlingError(int n) {
  if (n > 30) {
    const Real m = n, m2 = m * m;
    return (1.0L / 12 - (1.0L / 360 - (1.0L / 1260 - (1.0L / 1680 - 1.0L / 1188 / m2) / m2) / m2) / m2) / m;
  }
  Real factorial = 1;
  for (int i = 2; i <= n; ++i) factorial *= i;
  return std::log(factorial) - ((n + 0.5L) * std::log(static_cast<Real>(n)) - n + std::log(kTwoPi) / 2);
}

/// x log(x / mean) + mean - x without cancellation near the mean (Loader 2000).
Real Deviance(Real x, Real mean) {
  if (std::abs(x - mean) >= 0.1L * (x + mean)) return x * std::log(x / mean) + mean - x;
  const Real v = (x - mean) / (x + mean);
  Real sum = (x - mean) * v, term = 2 * x * v;
  for (int j = 1; j < 1000; ++j) {
    term *= v * v;
    const Real next = sum + term / (2 * j + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

/// P(Y = y), 0 <= y <= n, 0 < p < 1. Source: Loader (2000), Fast and accurate computation of binomial
/// probabilities.
Real Probability(int y, int n, Real p) {
  const Real q = 1 - p;
  if (y == 0) return std::exp(n * std::log1p(-p));
  if (y == n) return std::exp(n * std::log(p));
  const Real exponent = StirlingError(n) - StirlingError(y) - StirlingError(n - y) - Deviance(y, n * p) -
                        Deviance(n - y, n * q);
  return std::exp(exponent) * std::sqrt(n / (kTwoPi * y * (n - y)));
}

/// P(Y >= y) for y above the mean: the terms fall, so that their sum ends early and keeps its relative
/// precision.
Real FallingTail(int y, int n, Real p) {
  const Real odds = p / (1 - p);
  Real term = 1, sum = 1;
  for (int k = y; k < n; ++k) {
    term *= (n - k) * odds / (k + 1);
    const Real next = sum + term;
    if (next == sum) break;
    sum = next;
  }
  return Probability(y, n, p) * sum;
}

}  // namespace

double BinomialUpperTail(int y, int n, double p) {
  if (std::isnan(p)) return std::numeric_limits<double>::quiet_NaN();
  if (y <= 0) return 1;
  if (y > n || p <= 0) return 0;
  if (p >= 1) return 1;
  if (y > n * p) return static_cast<double>(std::min(FallingTail(y, n, p), Real{1}));
  // At or below the mean the lower tail is the small one: P(Y <= y - 1) = P(n - Y >= n - y + 1).
  return static_cast<double>(1 - FallingTail(n - y + 1, n, 1 - static_cast<Real>(p)));
}

}  // namespace lagesbild::geo
