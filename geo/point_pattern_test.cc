#include "geo/point_pattern_test.h"

#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/hypergeometric.h"
#include "geo/multiple_testing.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr long long kMostIncidents = 10'000'000;

struct Totals {
  long long base = 0, test = 0;
};

Totals CheckedTotals(std::span<const PatternCounts> counts, const PatternTestOptions& options) {
  if (!(options.sample_share > 0 && options.sample_share < 1) || !(options.level > 0 && options.level < 1))
    throw InvalidInput("the share of the sample and the level must lie between 0 and 1");
  Totals totals;
  for (const PatternCounts& area : counts) {
    if (area.base < 0 || area.test < 0) throw InvalidInput("counts of areas must not be negative");
    totals.base += std::min(area.base, kMostIncidents + 1);
    totals.test += std::min(area.test, kMostIncidents + 1);
    if (totals.base > kMostIncidents || totals.test > kMostIncidents)
      throw InvalidInput("patterns are compared up to " + std::to_string(kMostIncidents) + " incidents each");
  }
  if (totals.base == 0 || totals.test == 0)
    throw InvalidInput("two patterns need at least one incident each, got " + std::to_string(totals.base) +
                       " and " + std::to_string(totals.test));
  return totals;
}

double Percent(long long part, long long whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// Upper tail of chi-squared with one degree of freedom.
double ChiSquaredTail(double statistic) { return std::erfc(std::sqrt(statistic / 2)); }

/// Pearson's statistic of the area's share of either, times (N-1)/N (Campbell 2007).
double ProportionsP(const PatternCounts& area, const Totals& totals) {
  const auto in_base = static_cast<double>(area.base), in_test = static_cast<double>(area.test);
  const auto base = static_cast<double>(totals.base), test = static_cast<double>(totals.test);
  const double inside = in_base + in_test, all = base + test, outside = all - inside;
  if (inside == 0) return kNaN;
  if (outside == 0) return 1;  // everything is here, in both
  const double determinant = in_base * (test - in_test) - in_test * (base - in_base);
  return ChiSquaredTail((all - 1) * determinant * determinant / (base * test * inside * outside));
}

PatternArea Compare(const PatternCounts& area, const Totals& totals, long long sample, double level) {
  PatternArea result;
  result.base_percent = Percent(area.base, totals.base);
  result.test_percent = Percent(area.test, totals.test);
  const double tail = (1 - level) / 2;
  result.low_percent = Percent(HypergeometricQuantile(tail, totals.test, area.test, sample), sample);
  result.high_percent = Percent(HypergeometricQuantile(1 - tail, totals.test, area.test, sample), sample);
  result.s_index = result.base_percent > result.high_percent  ? 1
                   : result.base_percent < result.low_percent ? -1
                                                              : 0;
  result.has_any = area.base + area.test > 0;
  result.chi_squared_p = ProportionsP(area, totals);
  result.fisher_p = FisherTwoSided(area.base, totals.base + totals.test, area.base + area.test, totals.base);
  return result;
}

}  // namespace

PatternTest ComparePatterns(std::span<const PatternCounts> counts, const PatternTestOptions& options) {
  if (counts.empty()) throw InvalidInput("two patterns are compared over at least one area");
  const Totals totals = CheckedTotals(counts, options);
  PatternTest result;
  result.sample_size = std::llrint(options.sample_share * static_cast<double>(totals.test));
  if (result.sample_size == 0) result.sample_size = 1;  // one test incident: the sample is that one
  int similar = 0, robust = 0, robust_similar = 0;
  std::vector<double> p_values;
  for (const PatternCounts& area : counts) {
    result.areas.push_back(Compare(area, totals, result.sample_size, options.level));
    const PatternArea& last = result.areas.back();
    similar += last.s_index == 0;
    robust += last.has_any;
    robust_similar += last.has_any && last.s_index == 0;
    p_values.push_back(last.chi_squared_p);
  }
  result.similarity = static_cast<double>(similar) / static_cast<double>(counts.size());
  result.robust_similarity = robust == 0 ? kNaN : static_cast<double>(robust_similar) / robust;
  result.chi_squared_by = AdjustPValues(p_values, Adjustment::kBenjaminiYekutieli);
  result.chi_squared_bh = AdjustPValues(p_values, Adjustment::kBenjaminiHochberg);
  return result;
}

}  // namespace lagesbild::geo
