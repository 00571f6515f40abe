#include "geo/rate_change.h"

#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/hotspot_test.h"
#include "geo/poisson_comparison.h"

namespace lagesbild::geo {
namespace {

/// The probability under which the increasing `tail` is `wanted`.
double Solve(double wanted, auto&& tail) {
  double low = 0, high = 1;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (tail(middle) < wanted ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

double Odds(double share) { return share / (1 - share); }

}  // namespace

RateChange CompareCounts(int earlier, int later, double exposure_ratio, double level) {
  if (earlier < 0 || later < 0) throw InvalidInput("a count to compare is negative; it must be 0 or more");
  if (!(exposure_ratio > 0) || !std::isfinite(exposure_ratio))
    throw InvalidInput("the exposure ratio is " + std::to_string(exposure_ratio) + "; it must be over 0");
  if (!(level > 0 && level < 1))
    throw InvalidInput("the level is " + std::to_string(level) + "; it must be over 0 and under 1");
  RateChange change{.earlier = earlier,
                    .later = later,
                    .ratio = later / (earlier * exposure_ratio),
                    .lower = 0,
                    .upper = std::numeric_limits<double>::infinity(),
                    .p_value = 1,
                    .percent = earlier >= kLeastForPercent && later >= kLeastForPercent,
                    .clear = false};
  const int all = earlier + later;
  if (all == 0) return change;
  const double tail = (1 - level) / 2;
  if (later > 0)
    change.lower =
        Odds(Solve(tail, [&](double p) { return BinomialUpperTail(later, all, p); })) / exposure_ratio;
  if (earlier > 0)
    // At most `later` is as likely as more than that is not.
    change.upper = Odds(Solve(1 - tail, [&](double p) { return BinomialUpperTail(later + 1, all, p); })) /
                   exposure_ratio;
  change.p_value = PoissonComparisonPValue(later, earlier, exposure_ratio / (1 + exposure_ratio));
  change.clear = change.lower > 1 || change.upper < 1;
  return change;
}

ShareBounds BoundShare(int part, int other, int unknown) {
  if (part < 0 || other < 0 || unknown < 0)
    throw InvalidInput("a count of a share is negative; it must be 0 or more");
  const double known = part + other, all = known + unknown;
  if (all == 0) return {std::numeric_limits<double>::quiet_NaN(), 0, 1};
  return {known > 0 ? part / known : std::numeric_limits<double>::quiet_NaN(), part / all,
          (part + unknown) / all};
}

}  // namespace lagesbild::geo
