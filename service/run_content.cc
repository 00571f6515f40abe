#include "service/run_content.h"

#include "service/errors.h"

namespace lagesbild::service {
namespace {

Municipality RequireMunicipality(Store& store) {
  auto municipality = store.LoadMunicipality();
  if (!municipality)
    throw NotReady("NO_MUNICIPALITY", "no boundary is known; import the reference layers before any picture");
  return std::move(*municipality);
}

}  // namespace

void RequireData(Store& store, geo::CalendarQuarter quarter) {
  const std::vector<std::string> quarters = store.QuartersWithIncidents();
  const std::string code = quarter.code();
  if (quarters.empty() || code < quarters.front() || code > quarters.back())
    throw NotReady("NO_DATA", "no stored delivery covers " + code + "; import reports for it first");
}

RunContent LoadRun(Store& store, const IncidentSelection& selection) {
  for (;;) {
    RunContent content;
    content.data = store.CurrentDataVersion();
    content.municipality = RequireMunicipality(store);
    RequireData(store, selection.last);
    content.scheme = store.CurrentAgeScheme();
    content.incidents = store.Select(selection);
    content.reporters = store.ListReporters();
    // An import in between would mix two versions under one run id.
    if (store.CurrentDataVersion().number == content.data.number) return content;
  }
}

}  // namespace lagesbild::service
