#include "geo/detectable_concentration.h"

#include <cmath>
#include <limits>

#include "geo/errors.h"
#include "geo/hotspot_test.h"

namespace lagesbild::geo {
namespace {

void Check(double exposure_share, long long tested, int min_count, double alpha, double power) {
  if (!(exposure_share > 0 && exposure_share < 1))
    throw InvalidInput("the neighborhood's share of the exposure must lie between 0 and 1");
  if (tested < 1 || min_count < 1)
    throw InvalidInput("a family holds at least one test, a hot place one incident");
  if (!(alpha > 0 && alpha < 1) || !(power > 0 && power < 1))
    throw InvalidInput("level and power must lie between 0 and 1");
}

/// The least count that is called hot; incidents + 1 when none is.
int LeastCount(int incidents, double share, double level, int min_count) {
  int count = min_count;
  while (count <= incidents && BinomialUpperTail(count, incidents, share) > level) ++count;
  return count;
}

}  // namespace

DetectableConcentration LeastDetectable(int incidents, double exposure_share, long long tested, int min_count,
                                        double alpha, double power) {
  Check(exposure_share, tested, min_count, alpha, power);
  if (incidents < 0) throw InvalidInput("the number of incidents must not be negative");
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  DetectableConcentration result;
  result.expected = incidents * exposure_share;
  const int least = LeastCount(incidents, exposure_share, alpha / static_cast<double>(tested), min_count);
  if (least > incidents) {
    result.detectable_share = result.detectable_ratio = kNaN;
    return result;
  }
  result.least_count = least;
  // P(Y >= least) grows with the true share: halve the interval in which it reaches the power.
  double low = exposure_share, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (BinomialUpperTail(least, incidents, middle) < power ? low : high) = middle;
  }
  result.detectable_share = high;
  result.detectable_ratio = high / exposure_share;
  return result;
}

int LeastIncidents(double ratio, double exposure_share, long long tested, int min_count, double alpha,
                   double power, int most) {
  Check(exposure_share, tested, min_count, alpha, power);
  if (!(ratio > 1) || most < 1)
    throw InvalidInput("a concentration is above 1, and a number of incidents at least 1");
  const double share = std::min(ratio * exposure_share, 1.0);
  for (int n = 1; n <= most; ++n) {
    const int least = LeastCount(n, exposure_share, alpha / static_cast<double>(tested), min_count);
    if (least <= n && BinomialUpperTail(least, n, share) >= power) return n;
  }
  return 0;
}

}  // namespace lagesbild::geo
