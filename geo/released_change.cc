#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "geo/errors.h"
#include "geo/multiple_testing.h"
#include "geo/poisson_comparison.h"
#include "geo/released_hot_areas.h"

namespace lagesbild::geo {
namespace {

constexpr double kLevel = 0.05;  // of the adjusted p
constexpr int kYear = 4;         // quarters

CalendarQuarter Before(CalendarQuarter quarter, int quarters) {
  const int index = quarter.year * 4 + quarter.number - 1 - quarters;
  return {index / 4, index % 4 + 1};
}

int Days(CalendarQuarter last, int quarters) {
  return DaysBetween(Before(last, quarters - 1).first_day(), last.last_day()) + 1;
}

std::optional<int> EarlierValue(const CountOfPeriod& count, CalendarQuarter last,
                                std::span<const PublishedValue> earlier) {
  const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const PublishedValue& value) {
    return value.area == count.area && value.group == count.group && value.categories == count.categories &&
           value.last == last && value.quarters == count.period.quarters;
  });
  if (found == earlier.end()) return std::nullopt;
  return found->value;
}

/// A comparison that can be made.
struct Comparison {
  int count = 0, earlier = 0;
  CalendarQuarter earlier_last;
  double share = 0.5;  ///< of the days
};

std::optional<Comparison> ComparisonOf(const CountOfPeriod& count, std::span<const PublishedValue> earlier) {
  const int quarters = count.period.quarters;
  if (quarters < 1 || quarters > kYear)
    throw InvalidInput("a period of " + std::to_string(quarters) +
                       " quarters cannot be compared with the year before; it must have 1 to 4");
  if (!std::holds_alternative<double>(count.incidents)) return std::nullopt;
  const double value = std::get<double>(count.incidents);
  if (!(value >= 0) || value != std::floor(value) || value > std::numeric_limits<int>::max())
    throw InvalidInput("a released count is not a whole number of 0 or more");
  for (const int back : {kYear, quarters}) {
    const CalendarQuarter last = Before(count.period.last, back);
    const auto before = EarlierValue(count, last, earlier);
    if (!before) continue;
    const double days = Days(count.period.last, quarters), days_before = Days(last, quarters);
    return Comparison{static_cast<int>(value), *before, last, days / (days + days_before)};
  }
  return std::nullopt;
}

Change DirectionOf(const Comparison& comparison) {
  const double expected = (comparison.count + comparison.earlier) * comparison.share;
  return comparison.count > expected ? Change::kMore : Change::kFewer;
}

}  // namespace

std::vector<ChangeFinding> FindChanges(std::span<const CountOfPeriod> counts,
                                       std::span<const PublishedValue> earlier) {
  std::vector<std::optional<Comparison>> comparisons;
  std::vector<double> p_values;
  for (const CountOfPeriod& count : counts) {
    const auto comparison = ComparisonOf(count, earlier);
    p_values.push_back(
        comparison ? PoissonComparisonPValue(comparison->count, comparison->earlier, comparison->share)
                   : std::numeric_limits<double>::quiet_NaN());
    comparisons.push_back(comparison);
  }
  const std::vector<double> adjusted = AdjustPValues(p_values, Adjustment::kBenjaminiHochberg);
  std::vector<ChangeFinding> findings(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!std::holds_alternative<double>(counts[i].incidents)) continue;
    if (!comparisons[i]) {
      findings[i].change = Change::kNotComparable;
      continue;
    }
    const Comparison& comparison = *comparisons[i];
    findings[i] = {adjusted[i] < kLevel ? DirectionOf(comparison) : Change::kNoSureDifference,
                   comparison.earlier_last, comparison.earlier_last == Before(counts[i].period.last, kYear)};
  }
  return findings;
}

Period ComparedPeriod(const Period& period, const ChangeFinding& finding) {
  return {Before(finding.earlier_last, period.quarters - 1), finding.earlier_last, period.quarters};
}

}  // namespace lagesbild::geo
