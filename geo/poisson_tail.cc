#include "geo/poisson_tail.h"

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
double PoissonUpperTail(long long count, double mean) {
  if (std::isnan(mean)) return mean;
  if (!(mean >= 0) || std::isinf(mean))
    throw InvalidInput("the mean of a count must be finite and not negative");
  if (count <= 0) return 1;
  if (mean == 0) return 0;
  // Chances relative to the most likely count, from there outwards by ratios: a logarithm of a large
  // factorial would cost digits.
  const double mode = std::floor(mean);
  const auto k = static_cast<double>(count);
  double below = 0, from = 0;  // sums of counts below k, and from k on
  (mode >= k ? from : below) = 1;
  double weight = 1;
  for (double x = mode; weight > 0 && (x < k || weight > 1e-18 * from); x += 1) {
    weight *= mean / (x + 1);
    (x + 1 >= k ? from : below) += weight;
  }
  weight = 1;
  for (double x = mode; x > 0 && (x >= k ? weight > 0 : weight > 1e-18 * below); x -= 1) {
    weight *= x / mean;
    (x - 1 >= k ? from : below) += weight;
  }
  return from / (below + from);
}

}  // namespace lagesbild::geo
