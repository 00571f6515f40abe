#pragma once

#include <vector>

#include "geo/calendar.h"
#include "geo/pile_up.h"
#include "service/run_content.h"
#include "service/store.h"

namespace lagesbild::service {

/// Middles of the municipality, its localities and districts.
std::vector<geo::AreaCenter> CentersOf(const Municipality& municipality);

/// What a pile-up needs of a stored incident; nothing when it has no position.
void AddToPileUps(const StoredIncident& stored, std::vector<geo::PileUpIncident>& incidents);

/// Points that collect incidents, of all that is stored up to the quarter's end: a quarter alone is too short
/// to tell. Cost: one pass over these incidents.
std::vector<geo::PileUp> KnownPileUps(Store& store, const Municipality& municipality,
                                      geo::CalendarQuarter last);

/// A run's content with the pile-ups known by its last quarter, of one data version.
struct KnownRun {
  RunContent run;
  std::vector<geo::PileUp> pile_ups;
};

/// Throws as LoadPictureRun.
KnownRun LoadKnownRun(Store& store, const IncidentSelection& selection, int earlier = 0);

}  // namespace lagesbild::service
