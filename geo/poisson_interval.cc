#include "geo/poisson_interval.h"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// P(X <= count) for a Poisson mean over 0; terms from the largest downward, in logarithms so that a large
/// mean does not underflow.
double AtMost(int count, double mean) {
  double sum = 0;
  const double largest = count * std::log(mean) - boost::math::lgamma(count + 1.0) - mean;
  double term = 1;  // relative to the term of `count`
  for (int i = count; i >= 0 && term > 0; --i) {
    sum += term;
    term *= i / mean;
  }
  return std::exp(largest + std::log(sum));
}

/// The mean where P(X <= count), which falls with the mean, is `probability`.
double MeanAt(int count, double probability) {
  double low = 0, high = count + 10 * std::sqrt(count + 1.0) + 20;
  constexpr int kHalvings = 60;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (AtMost(count, middle) > probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

PoissonInterval ExactPoissonInterval(int count, double level) {
  constexpr int kLargest = 1000000;
  if (count < 0 || count > kLargest) throw InvalidInput("a count must lie between 0 and a million");
  if (!(level > 0 && level < 1)) throw InvalidInput("the level of an interval must lie between 0 and 1");
  const double tail = (1 - level) / 2;
  return {count == 0 ? 0 : MeanAt(count - 1, 1 - tail), MeanAt(count, tail)};
}

}  // namespace lagesbild::geo
