#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "geo/incident.h"
#include "geo/rate_change.h"
#include "geo/reporter_answer.h"
#include "geo/statistic.h"

namespace lagesbild::geo {

/// One reporter in two quarters.
struct PanelReporter {
  std::string code;
  ReporterAnswer earlier = ReporterAnswer::kNotAsked, later = ReporterAnswer::kNotAsked;
  int earlier_incidents = 0, later_incidents = 0;
  std::string onboarded = {};     ///< ISO date from which it counts; empty: always
  std::string disconnected = {};  ///< ISO date from which it counts no more; empty: it still does
};

/// Two quarters compared on those who are known to have looked in both: growth of reporters must not look
/// like growth of crime. Every list is sorted by code; who is present in neither quarter is in none.
struct ComparablePanel {
  CalendarQuarter earlier, later;
  std::vector<std::string> comparable;  ///< present in both, and connected through the whole of both
  std::vector<std::string> joined;      ///< present in the later, connected since the earlier began
  std::vector<std::string> returned;    ///< present in the later, connected but not present in the earlier
  std::vector<std::string> lost;        ///< present in the earlier, not in the later or not to the end of it
  RateChange change;                    ///< of the comparable ones' incidents
  int joined_incidents = 0, returned_incidents = 0;  ///< in the later quarter
  int lost_incidents = 0;                            ///< in the earlier quarter
  int all_earlier = 0, all_later = 0;                ///< of everybody; their difference is no change
  bool possible() const { return !comparable.empty(); }
};

/// A change as statistics. Undefined: "NO_PANEL" where nobody is comparable, "NO_EARLIER_INCIDENTS" where
/// there is no ratio.
struct PanelStatistics {
  Statistic ratio, lower, upper;  ///< of later by earlier, with the interval's ends
  Statistic p_value;
  Statistic percent;  ///< too few where a percentage would mislead
};
PanelStatistics StatisticsOf(const ComparablePanel& panel);

/// Quarters count as equally long: they differ by two days of ninety at most, and percentages follow the
/// counts that are shown.
///
/// @param level         of the change's interval, over 0 and under 1.
/// @throws InvalidInput when the later quarter is not after the earlier one, a count is negative, or a
/// reporter stands twice.
ComparablePanel CompareOnPanel(CalendarQuarter earlier, CalendarQuarter later,
                               std::span<const PanelReporter> reporters, double level = 0.95);

/// Incidents per reporter. What is no incident (perceived unsafety) is left out.
std::map<std::string, int> IncidentsByReporter(std::span<const Incident> incidents);

/// "12 till 11 (−8 %), osäkert"; "3 till 6, osäkert": no percentage on a small base.
std::string ChangeTextSv(const RateChange& change);
std::string ChangeTextEn(const RateChange& change);

/// " (+58 %)" where both counts allow it, else empty.
std::string PercentText(const RateChange& change);

/// Whether a place's incidents rest on newly joined reporters: at least half of them are theirs.
bool RestsOnNew(int incidents, int of_new);

}  // namespace lagesbild::geo
