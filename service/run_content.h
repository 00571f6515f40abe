#pragma once

#include <utility>
#include <vector>

#include "geo/place_list.h"
#include "service/store.h"

namespace lagesbild::service {

/// Everything of the store that a picture depends on, all of one data version.
struct RunContent {
  DataVersion data;
  Municipality municipality;
  geo::AgeScheme scheme;
  std::vector<geo::Incident> incidents;  ///< of the selection
  /// The selection in the quarter before and a year before.
  std::vector<std::pair<geo::CalendarQuarter, std::vector<geo::Incident>>> compared;
  std::vector<Reporter> reporters;
  std::vector<geo::EarlierQuarter> earlier;  ///< quarters before the selection's, the latest first
  std::vector<ReporterRecord> records;       ///< of the quarters from a year before to the selection's last
};

/// The same selection in another quarter.
IncidentSelection In(IncidentSelection selection, geo::CalendarQuarter quarter);

/// Without `compared`, `earlier` and `records`. Throws NotReady: "NO_MUNICIPALITY", and "NO_DATA" when no
/// delivery covers the selection's last quarter.
RunContent LoadRun(Store& store, const IncidentSelection& selection);
/// With all. A quarter that no delivery covers is one of data when a reporter had nothing to report in it.
/// `earlier` quarters before the selection's first are loaded too, those that stored deliveries span, with
/// the same categories, reporters and role.
RunContent LoadPictureRun(Store& store, const IncidentSelection& selection, int earlier = 0);

/// Throws NotReady("NO_DATA") when no delivery ever covered the quarter.
void RequireData(Store& store, geo::CalendarQuarter quarter);

}  // namespace lagesbild::service
