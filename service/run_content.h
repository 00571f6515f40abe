#pragma once

#include <vector>

#include "service/store.h"

namespace lagesbild::service {

/// Everything of the store that a picture depends on, all of one data version.
struct RunContent {
  DataVersion data;
  Municipality municipality;
  geo::AgeScheme scheme;
  std::vector<geo::Incident> incidents;  ///< of the selection
  std::vector<Reporter> reporters;
};

/// Throws NotReady: "NO_MUNICIPALITY", and "NO_DATA" when no delivery covers the selection's last quarter.
RunContent LoadRun(Store& store, const IncidentSelection& selection);

/// Throws NotReady("NO_DATA") when no delivery ever covered the quarter.
void RequireData(Store& store, geo::CalendarQuarter quarter);

}  // namespace lagesbild::service
