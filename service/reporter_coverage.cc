#include "service/reporter_coverage.h"

#include <algorithm>
#include <map>

namespace lagesbild::service {
namespace {

using Key = std::pair<std::string, std::string>;  ///< quarter, reporter

std::map<Key, ReporterRecord> ByKey(std::span<const ReporterRecord> records) {
  std::map<Key, ReporterRecord> by_key;
  for (const ReporterRecord& record : records) by_key.emplace(Key{record.quarter, record.reporter}, record);
  return by_key;
}

geo::ReporterAnswer AnswerIn(const std::map<Key, ReporterRecord>& records, const std::string& reporter,
                             geo::CalendarQuarter quarter) {
  const auto found = records.find({quarter.code(), reporter});
  if (found == records.end()) return geo::ReporterAnswer::kNotAsked;
  const ReporterRecord& record = found->second;
  return geo::AnswerOf(!record.asked_on.empty(), !record.nothing_on.empty(), record.delivered);
}

/// Counts for the promise: it wants more of these to take part.
bool IsCompanyOrAssociation(ReporterKind kind) {
  return kind == ReporterKind::kCompany || kind == ReporterKind::kHousing ||
         kind == ReporterKind::kAssociation;
}

bool ConnectedAtEnd(const Reporter& reporter, geo::CalendarQuarter quarter) {
  const std::string last = geo::IsoDate(quarter.last_day());
  return reporter.onboarded <= last && (reporter.disconnected.empty() || reporter.disconnected > last);
}

bool LostInYear(const Reporter& reporter, geo::CalendarQuarter quarter) {
  const std::string begin = geo::IsoDate(geo::CalendarQuarter{quarter.year, 1}.first_day());
  return reporter.disconnected >= begin && reporter.disconnected <= geo::IsoDate(quarter.last_day());
}

void Count(ReporterCounts& counts, const Reporter& reporter, geo::ReporterAnswer answer,
           geo::CalendarQuarter quarter) {
  if (ConnectedAtEnd(reporter, quarter)) {
    ++counts.connected;
    if (geo::IsPresent(answer)) ++counts.active;
  }
  if (LostInYear(reporter, quarter)) ++counts.lost;
}

}  // namespace

bool CountsIn(const Reporter& reporter, geo::CalendarQuarter quarter) {
  return reporter.onboarded <= geo::IsoDate(quarter.last_day()) &&
         (reporter.disconnected.empty() || reporter.disconnected > geo::IsoDate(quarter.first_day()));
}

QuarterCoverage CoverageOf(std::span<const Reporter> reporters, std::span<const ReporterRecord> records,
                           geo::CalendarQuarter quarter) {
  const std::map<Key, ReporterRecord> by_key = ByKey(records);
  QuarterCoverage coverage;
  coverage.quarter = quarter;
  std::vector<geo::ReporterAnswer> answers;
  for (const Reporter& reporter : reporters) {
    const geo::ReporterAnswer answer = AnswerIn(by_key, reporter.code, quarter);
    Count(coverage.all, reporter, answer, quarter);
    if (IsCompanyOrAssociation(reporter.kind))
      Count(coverage.companies_and_associations, reporter, answer, quarter);
    const auto record = by_key.find({quarter.code(), reporter.code});
    if (record == by_key.end() && !CountsIn(reporter, quarter)) continue;
    answers.push_back(answer);
    coverage.reporters.push_back({reporter, answer, {}, {}});
    if (record == by_key.end()) continue;
    coverage.reporters.back().asked_on = record->second.asked_on;
    coverage.reporters.back().nothing_on = record->second.nothing_on;
  }
  coverage.tally = geo::TallyAnswers(answers);
  return coverage;
}

std::vector<QuarterCoverage> CoverageOf(Store& store, geo::CalendarQuarter first, geo::CalendarQuarter last) {
  const std::vector<Reporter> reporters = store.ListReporters();
  const std::vector<ReporterRecord> records = store.ReporterRecords(first.code(), last.code());
  const std::map<int, int> aims = store.ReporterAims();
  std::vector<QuarterCoverage> all;
  for (geo::CalendarQuarter quarter = first; quarter <= last; quarter = quarter.next()) {
    all.push_back(CoverageOf(reporters, records, quarter));
    if (const auto aim = aims.find(quarter.year); aim != aims.end()) all.back().aim = aim->second;
  }
  return all;
}

geo::ComparablePanel PanelOf(std::span<const Reporter> reporters, std::span<const ReporterRecord> records,
                             geo::CalendarQuarter earlier_quarter, std::span<const geo::Incident> earlier,
                             geo::CalendarQuarter later_quarter, std::span<const geo::Incident> later) {
  const std::map<Key, ReporterRecord> by_key = ByKey(records);
  const std::map<std::string, int> before = geo::IncidentsByReporter(earlier),
                                   now = geo::IncidentsByReporter(later);
  const auto count = [](const std::map<std::string, int>& counts, const std::string& code) {
    const auto found = counts.find(code);
    return found == counts.end() ? 0 : found->second;
  };
  std::vector<geo::PanelReporter> panel;
  for (const Reporter& reporter : reporters)
    panel.push_back({reporter.code, AnswerIn(by_key, reporter.code, earlier_quarter),
                     AnswerIn(by_key, reporter.code, later_quarter), count(before, reporter.code),
                     count(now, reporter.code), reporter.onboarded, reporter.disconnected});
  return geo::CompareOnPanel(earlier_quarter, later_quarter, panel);
}

geo::ComparablePanel CompareQuarters(Store& store, geo::CalendarQuarter earlier, geo::CalendarQuarter later,
                                     const std::vector<geo::Category>& categories) {
  IncidentSelection selection;
  selection.categories = categories;
  const auto incidents = [&](geo::CalendarQuarter quarter) {
    selection.first = selection.last = quarter;
    return store.Select(selection);
  };
  for (;;) {
    const std::int64_t version = store.CurrentDataVersion().number;
    const geo::ComparablePanel panel =
        PanelOf(store.ListReporters(), store.ReporterRecords(earlier.code(), later.code()), earlier,
                incidents(earlier), later, incidents(later));
    if (store.CurrentDataVersion().number == version) return panel;
  }
}

}  // namespace lagesbild::service
