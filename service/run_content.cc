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

/// As far back as deliveries span, at most so many.
std::vector<geo::EarlierQuarter> LoadEarlier(Store& store, const IncidentSelection& selection, int most) {
  std::vector<geo::EarlierQuarter> earlier;
  const std::vector<std::string> quarters = store.QuartersWithIncidents();
  IncidentSelection before = selection;
  before.last = selection.first;
  for (int i = 0; i < most; ++i) {
    before.first = before.last = before.last.previous();
    if (quarters.empty() || before.last.code() < quarters.front()) break;
    earlier.push_back({before.last, store.Select(before)});
  }
  return earlier;
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

RunContent Load(Store& store, const IncidentSelection& selection, bool with_earlier, int earlier) {
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
        content.compared.emplace_back(quarter, store.Select(In(selection, quarter)));
    content.reporters = store.ListReporters();
    content.earlier = LoadEarlier(store, selection, earlier);
    // An import in between would mix two versions under one run id.
    if (store.CurrentDataVersion().number == content.data.number) return content;
  }
}

}  // namespace

RunContent LoadRun(Store& store, const IncidentSelection& selection) {
  return Load(store, selection, false, 0);
}

RunContent LoadPictureRun(Store& store, const IncidentSelection& selection, int earlier) {
  return Load(store, selection, true, earlier);
}

}  // namespace lagesbild::service
