#include "service/run_content.h"

#include <algorithm>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

Municipality RequireMunicipality(Store& store) {
  auto municipality = store.LoadMunicipality();
  if (!municipality)
    throw NotReady("NO_MUNICIPALITY", "no boundary is known; import the reference layers before any picture");
  return std::move(*municipality);
}

/// Then it is known that somebody looked.
bool SomebodyHadNothing(const std::vector<ReporterRecord>& records, geo::CalendarQuarter quarter) {
  return std::any_of(records.begin(), records.end(), [&](const ReporterRecord& record) {
    return record.quarter == quarter.code() && !record.nothing_on.empty();
  });
}

}  // namespace

IncidentSelection In(IncidentSelection selection, geo::CalendarQuarter quarter) {
  selection.first = selection.last = quarter;
  return selection;
}

void RequireData(Store& store, geo::CalendarQuarter quarter) {
  const std::vector<std::string> quarters = store.QuartersWithIncidents();
  const std::string code = quarter.code();
  if (quarters.empty() || code < quarters.front() || code > quarters.back())
    throw NotReady("NO_DATA", "no stored delivery covers " + code + "; import reports for it first");
}

namespace {

RunContent Load(Store& store, const IncidentSelection& selection, bool with_earlier) {
  const geo::CalendarQuarter last = selection.last;
  const geo::CalendarQuarter year_before{last.year - 1, last.number};
  for (;;) {
    RunContent content;
    content.data = store.CurrentDataVersion();
    content.municipality = RequireMunicipality(store);
    if (with_earlier) content.records = store.ReporterRecords(year_before.code(), last.code());
    if (!SomebodyHadNothing(content.records, last)) RequireData(store, last);
    content.scheme = store.CurrentAgeScheme();
    content.incidents = store.Select(selection);
    if (with_earlier)
      for (const geo::CalendarQuarter quarter : {last.previous(), year_before})
        content.earlier.emplace_back(quarter, store.Select(In(selection, quarter)));
    content.reporters = store.ListReporters();
    // An import in between would mix two versions under one run id.
    if (store.CurrentDataVersion().number == content.data.number) return content;
  }
}

}  // namespace

RunContent LoadRun(Store& store, const IncidentSelection& selection) { return Load(store, selection, false); }

RunContent LoadPictureRun(Store& store, const IncidentSelection& selection) {
  return Load(store, selection, true);
}

}  // namespace lagesbild::service
