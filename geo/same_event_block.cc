#include <algorithm>
#include <map>

#include "geo/close_pairs.h"
#include "geo/same_event_parts.h"

namespace lagesbild::geo::same_event {
namespace {

/// Pairs of the spans at most so many days apart: all but those where one ends more than that before the
/// other begins.
double PairsWithin(std::vector<std::chrono::sys_days> first, std::vector<std::chrono::sys_days> last,
                   int days) {
  std::sort(first.begin(), first.end());
  std::sort(last.begin(), last.end());
  const auto n = static_cast<double>(first.size());
  double apart = 0;
  std::size_t ended = 0;
  for (const auto day : first) {
    while (ended < last.size() && last[ended] + std::chrono::days(days) < day) ++ended;
    apart += static_cast<double>(ended);
  }
  return n * (n - 1) / 2 - apart;
}

using ByReporter = std::map<std::string, std::vector<const ReportedEvent*>>;

/// The same for all pairs without those of one reporter.
double PairsOfTwoWithin(std::span<const ReportedEvent> reports, const ByReporter& by_reporter, int days) {
  std::vector<std::chrono::sys_days> first, last;
  for (const ReportedEvent& report : reports) {
    first.push_back(report.first_day);
    last.push_back(report.last_day);
  }
  double pairs = PairsWithin(std::move(first), std::move(last), days);
  for (const auto& [code, own] : by_reporter) {
    std::vector<std::chrono::sys_days> own_first, own_last;
    for (const ReportedEvent* report : own) {
      own_first.push_back(report->first_day);
      own_last.push_back(report->last_day);
    }
    pairs -= PairsWithin(std::move(own_first), std::move(own_last), days);
  }
  return pairs;
}

/// Whether perceived unsafety is told of with itself alone: it is never summed with incidents.
bool OfOneKind(const ReportedEvent& a, const ReportedEvent& b) {
  return InfoOf(a.category).incident == InfoOf(b.category).incident;
}

/// Pairs within one stretch of days.
void AddPairs(std::span<const ReportedEvent> reports, const std::vector<int>& members,
              const SameEventOptions& options, std::vector<EventPair>& pairs) {
  const auto add = [&](int a, int b) {
    const ReportedEvent &left = reports[static_cast<std::size_t>(a)],
                        &right = reports[static_cast<std::size_t>(b)];
    if ((left.reporter == right.reporter && !options.within_reporter) || !OfOneKind(left, right) ||
        DaysApart(left, right) > options.most_days)
      return;
    EventPair pair;
    pair.first = std::min(a, b);
    pair.second = std::max(a, b);
    pairs.push_back(pair);
  };
  std::vector<PlanePoint> points;
  std::vector<int> placed;
  std::map<std::string_view, std::vector<int>> placeless;
  for (const int i : members) {
    const ReportedEvent& report = reports[static_cast<std::size_t>(i)];
    if (report.has_position) {
      points.push_back(report.position);
      placed.push_back(i);
    } else if (!report.area.empty()) {
      placeless[report.area].push_back(i);
    }
  }
  for (const ClosePair& close : ClosePairs(points, options.farthest.value()))
    add(placed[static_cast<std::size_t>(close.first)], placed[static_cast<std::size_t>(close.second)]);
  for (const auto& [area, same] : placeless)
    for (std::size_t i = 0; i < same.size(); ++i)
      for (std::size_t j = i + 1; j < same.size(); ++j) add(same[i], same[j]);
}

}  // namespace

PairCounts CountPairs(std::span<const ReportedEvent> reports, const SameEventOptions& options) {
  // One's own pairs are left out by taking each reporter's away from all.
  ByReporter by_reporter;
  if (!options.within_reporter)
    for (const ReportedEvent& report : reports) by_reporter[report.reporter].push_back(&report);
  const auto pairs_of = [](double n) { return n * (n - 1) / 2; };
  const auto n = static_cast<double>(reports.size());
  PairCounts counts;
  counts.all = pairs_of(n);
  for (const auto& [code, own] : by_reporter) counts.all -= pairs_of(static_cast<double>(own.size()));
  if (options.within_reporter)
    counts.expected = options.expected_overlap * n;
  else
    for (auto a = by_reporter.begin(); a != by_reporter.end(); ++a)
      for (auto b = std::next(a); b != by_reporter.end(); ++b)
        counts.expected +=
            options.expected_overlap * static_cast<double>(std::min(a->second.size(), b->second.size()));
  counts.days_in_common = PairsOfTwoWithin(reports, by_reporter, 0);
  counts.day_apart = PairsOfTwoWithin(reports, by_reporter, 1) - counts.days_in_common;
  counts.in_window = PairsOfTwoWithin(reports, by_reporter, options.most_days);
  return counts;
}

std::vector<EventPair> CandidatePairs(std::span<const ReportedEvent> reports,
                                      const SameEventOptions& options) {
  // A report lies in every stretch that its days, and so many after them, touch: of two near in time, the
  // later one's first day is in a stretch of both.
  const int stretch = std::max(7, options.most_days + 1);
  std::map<int, std::vector<int>> stretches;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto number = [&](std::chrono::sys_days day) {
      const auto days = static_cast<int>(day.time_since_epoch().count());
      return days >= 0 ? days / stretch : -((stretch - 1 - days) / stretch);
    };
    const int end = number(reports[i].last_day + std::chrono::days(options.most_days));
    for (int s = number(reports[i].first_day); s <= end; ++s) stretches[s].push_back(static_cast<int>(i));
  }
  std::vector<EventPair> pairs;
  for (const auto& [number, members] : stretches) AddPairs(reports, members, options, pairs);
  const auto key = [](const EventPair& pair) { return std::pair(pair.first, pair.second); };
  std::sort(pairs.begin(), pairs.end(),
            [&](const EventPair& a, const EventPair& b) { return key(a) < key(b); });
  pairs.erase(std::unique(pairs.begin(), pairs.end(),
                          [&](const EventPair& a, const EventPair& b) { return key(a) == key(b); }),
              pairs.end());
  return pairs;
}

}  // namespace lagesbild::geo::same_event
