#include "geo/comparable_panel.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

enum class Standing { kComparable, kJoined, kReturned, kLost, kAbsent };

Standing StandingOf(const PanelReporter& reporter, const std::string& first, const std::string& last) {
  const bool before = IsPresent(reporter.earlier), now = IsPresent(reporter.later);
  if (!before && !now) return Standing::kAbsent;
  const bool left = !reporter.disconnected.empty() && reporter.disconnected <= last;
  if (before && (!now || left)) return Standing::kLost;
  // Without a date nobody knows since when it counts: who was not there before is new.
  const bool since_then = reporter.onboarded > first || (reporter.onboarded.empty() && !before);
  if (since_then) return Standing::kJoined;
  return before ? Standing::kComparable : Standing::kReturned;
}

void Check(const PanelReporter& reporter, std::set<std::string>& seen) {
  if (reporter.earlier_incidents < 0 || reporter.later_incidents < 0)
    throw InvalidInput("a reporter's number of incidents is negative; it must be 0 or more");
  if (!seen.insert(reporter.code).second)
    throw InvalidInput("the reporter " + reporter.code + " stands twice in the panel; give each once");
}

std::string ChangeText(const RateChange& change, const char* to, const char* uncertain) {
  return std::to_string(change.earlier) + to + std::to_string(change.later) + PercentText(change) +
         (change.clear ? "" : uncertain);
}

}  // namespace

ComparablePanel CompareOnPanel(CalendarQuarter earlier, CalendarQuarter later,
                               std::span<const PanelReporter> reporters, double level) {
  if (!(earlier < later)) throw InvalidInput("the quarter to compare with must be an earlier one");
  ComparablePanel panel;
  panel.earlier = earlier;
  panel.later = later;
  const std::string first = IsoDate(earlier.first_day()), last = IsoDate(later.last_day());
  int before = 0, now = 0;
  std::set<std::string> seen;
  for (const PanelReporter& reporter : reporters) {
    Check(reporter, seen);
    panel.all_earlier += reporter.earlier_incidents;
    panel.all_later += reporter.later_incidents;
    switch (StandingOf(reporter, first, last)) {
      case Standing::kComparable:
        panel.comparable.push_back(reporter.code);
        before += reporter.earlier_incidents;
        now += reporter.later_incidents;
        break;
      case Standing::kJoined:
        panel.joined.push_back(reporter.code);
        panel.joined_incidents += reporter.later_incidents;
        break;
      case Standing::kReturned:
        panel.returned.push_back(reporter.code);
        panel.returned_incidents += reporter.later_incidents;
        break;
      case Standing::kLost:
        panel.lost.push_back(reporter.code);
        panel.lost_incidents += reporter.earlier_incidents;
        break;
      case Standing::kAbsent:
        break;
    }
  }
  for (auto* codes : {&panel.comparable, &panel.joined, &panel.returned, &panel.lost})
    std::sort(codes->begin(), codes->end());
  panel.change = CompareCounts(before, now, 1, level);
  return panel;
}

PanelStatistics StatisticsOf(const ComparablePanel& panel) {
  const RateChange& change = panel.change;
  if (!panel.possible()) {
    const Undefined none{"NO_PANEL"};
    return {none, none, none, none, none};
  }
  PanelStatistics result;
  result.p_value = change.p_value;
  result.lower = change.lower;
  result.ratio = change.ratio;
  result.upper = change.upper;
  if (change.earlier == 0) result.ratio = result.upper = Undefined{"NO_EARLIER_INCIDENTS"};
  result.percent = TooFew{std::min(change.earlier, change.later), kLeastForPercent};
  if (change.percent) result.percent = 100.0 * (change.later - change.earlier) / change.earlier;
  return result;
}

std::map<std::string, int> IncidentsByReporter(std::span<const Incident> incidents) {
  std::map<std::string, int> counts;
  for (const Incident& incident : incidents)
    if (InfoOf(incident.category).incident) ++counts[incident.reporter];
  return counts;
}

std::string PercentText(const RateChange& change) {
  if (!change.percent) return {};
  const long percent = std::lround(100.0 * (change.later - change.earlier) / change.earlier);
  const char* sign = percent > 0 ? "+" : percent < 0 ? "\u2212" : "\u00b1";
  return " (" + std::string(sign) + std::to_string(std::labs(percent)) + " %)";
}

std::string ChangeTextSv(const RateChange& change) { return ChangeText(change, " till ", ", osäkert"); }
std::string ChangeTextEn(const RateChange& change) { return ChangeText(change, " to ", ", uncertain"); }

bool RestsOnNew(int incidents, int of_new) { return of_new > 0 && 2 * of_new >= incidents; }

}  // namespace lagesbild::geo
