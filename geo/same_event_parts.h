#pragma once

#include <span>
#include <vector>

#include "geo/same_event.h"

// What FindSameEvents is made of.

namespace lagesbild::geo::same_event {

inline constexpr std::size_t Index(Agreement agreement) { return static_cast<std::size_t>(agreement); }

/// Days between the spans; 0 when they have a day in common.
int DaysApart(const ReportedEvent& a, const ReportedEvent& b);
Agreement ComparePlaces(const ReportedEvent& a, const ReportedEvent& b);
Agreement CompareTimes(const ReportedEvent& a, const ReportedEvent& b);
Agreement ComparePersons(const ReportedEvent& a, const ReportedEvent& b);
Agreement CompareCategories(Category a, Category b);

/// Pairs of different reporters in all, and those whose days are so near.
struct PairCounts {
  double all = 0, days_in_common = 0, day_apart = 0, in_window = 0;
  double expected = 0;  ///< of one event, before looking
};
PairCounts CountPairs(std::span<const ReportedEvent> reports, const SameEventOptions& options);

/// Pairs of different reporters near in place (or tied to one area) and days, by first, then second.
std::vector<EventPair> CandidatePairs(std::span<const ReportedEvent> reports,
                                      const SameEventOptions& options);

}  // namespace lagesbild::geo::same_event
