#include <algorithm>
#include <map>

#include "geo/same_event.h"

namespace lagesbild::geo {

std::vector<std::vector<int>> GroupSameEvents(std::span<const ReportedEvent> reports,
                                              std::span<const EventPair> pairs, double least_probability,
                                              bool within_reporter) {
  std::vector<std::vector<int>> members(reports.size());
  std::vector<std::size_t> group(reports.size());
  for (std::size_t i = 0; i < reports.size(); ++i) {
    members[i] = {static_cast<int>(i)};
    group[i] = i;
  }
  std::vector<EventPair> order(pairs.begin(), pairs.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const EventPair& a, const EventPair& b) { return a.probability > b.probability; });
  for (const EventPair& pair : order) {
    if (pair.probability < least_probability) continue;
    const std::size_t into = group[static_cast<std::size_t>(pair.first)],
                      from = group[static_cast<std::size_t>(pair.second)];
    const auto reporter = [&](int i) -> const std::string& {
      return reports[static_cast<std::size_t>(i)].reporter;
    };
    const bool twice =
        !within_reporter && std::any_of(members[into].begin(), members[into].end(), [&](int a) {
          return std::any_of(members[from].begin(), members[from].end(),
                             [&](int b) { return reporter(a) == reporter(b); });
        });
    if (into == from || twice) continue;
    for (const int member : members[from]) group[static_cast<std::size_t>(member)] = into;
    members[into].insert(members[into].end(), members[from].begin(), members[from].end());
    members[from].clear();
  }
  std::erase_if(members, [](const std::vector<int>& m) { return m.size() < 2; });
  for (std::vector<int>& m : members) std::sort(m.begin(), m.end());
  std::sort(members.begin(), members.end());
  return members;
}

std::vector<ReporterOverlap> OverlapOfReporters(std::span<const ReportedEvent> reports,
                                                std::span<const std::vector<int>> groups) {
  std::map<std::string, int> counts;
  for (const ReportedEvent& report : reports) ++counts[report.reporter];
  std::vector<ReporterOverlap> overlaps;
  for (auto a = counts.begin(); a != counts.end(); ++a)
    for (auto b = std::next(a); b != counts.end(); ++b) {
      ReporterOverlap overlap{a->first, b->first, a->second, b->second, 0};
      for (const std::vector<int>& group : groups) {
        const auto told = [&](const std::string& code) {
          return std::any_of(group.begin(), group.end(),
                             [&](int i) { return reports[static_cast<std::size_t>(i)].reporter == code; });
        };
        if (told(a->first) && told(b->first)) ++overlap.both;
      }
      overlaps.push_back(std::move(overlap));
    }
  return overlaps;
}

}  // namespace lagesbild::geo
