#include "geo/poisson_comparison.h"

#include <algorithm>
#include <string>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using Real = long double;

/// Probabilities of Bin(n, share) relative to the largest of them: no factorial, nothing overflows.
std::vector<Real> RelativeProbabilities(int n, Real share) {
  std::vector<Real> relative(static_cast<std::size_t>(n) + 1);
  const Real odds = share / (1 - share);
  const int mode = std::min(n, static_cast<int>((n + 1) * share));
  relative[static_cast<std::size_t>(mode)] = 1;
  for (int i = mode; i < n; ++i)
    relative[static_cast<std::size_t>(i) + 1] =
        relative[static_cast<std::size_t>(i)] * (n - i) * odds / (i + 1);
  for (int i = mode; i > 0; --i)
    relative[static_cast<std::size_t>(i) - 1] =
        relative[static_cast<std::size_t>(i)] * i / ((n - i + 1) * odds);
  return relative;
}

}  // namespace

double PoissonComparisonPValue(int first, int second, double share) {
  if (first < 0 || second < 0) throw InvalidInput("a count to compare is negative; it must be 0 or more");
  if (!(share > 0 && share < 1))
    throw InvalidInput("the first count's share of the exposure is " + std::to_string(share) +
                       "; it must be over 0 and under 1");
  const std::vector<Real> relative = RelativeProbabilities(first + second, share);
  constexpr Real kTie = 1 + 1e-7L;
  const Real limit = relative[static_cast<std::size_t>(first)] * kTie;
  Real extreme = 0, all = 0;
  // Smallest first: the far tails keep their digits.
  std::vector<Real> ascending = relative;
  std::sort(ascending.begin(), ascending.end());
  for (const Real probability : ascending) {
    all += probability;
    if (probability <= limit) extreme += probability;
  }
  return static_cast<double>(std::min(extreme / all, Real{1}));
}

}  // namespace lagesbild::geo
