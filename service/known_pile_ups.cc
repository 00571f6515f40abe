#include "service/known_pile_ups.h"

#include "geo/polygon.h"
#include "service/limits.h"

namespace lagesbild::service {

std::vector<geo::AreaCenter> CentersOf(const Municipality& municipality) {
  std::vector<geo::AreaCenter> centers = {{municipality.name, geo::Centroid(municipality.boundary)}};
  for (const auto* areas : {&municipality.localities, &municipality.districts})
    for (const geo::NamedArea& area : *areas) centers.push_back({area.name, geo::Centroid(area.polygons)});
  return centers;
}

void AddToPileUps(const StoredIncident& stored, std::vector<geo::PileUpIncident>& incidents) {
  const geo::Incident& incident = stored.incident;
  if (incident.place != geo::PlaceKind::kPlaced && !incident.has_position) return;
  // Coordinates are no text, whatever key stands beside them; what a person said of a text is one.
  const bool coordinates = incident.level == geo::MatchLevel::kCoordinate && stored.resolved_by == 0;
  incidents.push_back({incident.position, incident.reporter, incident.category,
                       std::chrono::sys_days{incident.date},
                       coordinates                ? std::string()
                       : stored.place_key.empty() ? "?"
                                                  : stored.place_key});
}

std::vector<geo::PileUp> KnownPileUps(Store& store, const Municipality& municipality,
                                      geo::CalendarQuarter last) {
  const IncidentSelection selection{
      .first = {limits::kFirstYear, 1}, .last = last, .categories = {}, .reporters = {}};
  std::vector<geo::PileUpIncident> incidents;
  std::int64_t after = 0;
  do {
    const Page<StoredIncident> page = store.ListIncidents(selection, after, limits::kMaxPageSize);
    for (const StoredIncident& stored : page.items) AddToPileUps(stored, incidents);
    after = page.next_after;
  } while (after != 0);
  return geo::FindPileUps(incidents, CentersOf(municipality));
}

KnownRun LoadKnownRun(Store& store, const IncidentSelection& selection, int earlier) {
  for (;;) {
    KnownRun known{LoadPictureRun(store, selection, earlier), {}};
    known.pile_ups = KnownPileUps(store, known.run.municipality, selection.last);
    if (store.CurrentDataVersion().number == known.run.data.number) return known;
  }
}

}  // namespace lagesbild::service
