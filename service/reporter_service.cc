#include <algorithm>

#include "service/convert.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/services.h"

namespace lagesbild::service {
namespace {

/// The store gives them all, as there are few; their place in the order of codes is the page's mark.
Page<Reporter> PageOfReporters(Store& store, std::int64_t after, int limit) {
  std::vector<Reporter> all = store.ListReporters();
  std::sort(all.begin(), all.end(), [](const Reporter& a, const Reporter& b) { return a.code < b.code; });
  Page<Reporter> page;
  const auto size = static_cast<std::int64_t>(all.size());
  const auto first = std::min(after, size), end = std::min(first + limit, size);
  page.items.assign(all.begin() + first, all.begin() + end);
  page.next_after = end < size ? end : 0;
  return page;
}

/// The municipality where something in the reporter names its areas; null while none is known.
std::shared_ptr<const LoadedMunicipality> MunicipalityFor(const Reporter& reporter, GazetteerCache& cache) {
  if (reporter.areas.empty() && reporter.contact_role.empty()) return nullptr;
  try {
    return cache.Get();
  } catch (const NotReady&) {
    return nullptr;
  }
}

geo::CalendarQuarter RequiredQuarter(bool given, const v1::CalendarQuarter& quarter, const std::string& field,
                                     Violations& violations) {
  if (!given) {
    violations.Add(field, "is missing");
    return {limits::kFirstYear, 1};
  }
  return FromProto(quarter, field, violations);
}

/// "2026-11-25" of "2026-11-25T00:00:00Z".
std::string Today(const Clock& clock) { return clock().substr(0, 10); }

}  // namespace

grpc::Status ReporterServiceImpl::PutReporter(grpc::ServerContext* context,
                                              const v1::PutReporterRequest* request,
                                              v1::PutReporterResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/PutReporter", [&](const Call&) {
    Violations violations;
    Reporter reporter = FromProto(request->reporter(), violations);
    violations.ThrowIfAny();
    const auto municipality = MunicipalityFor(reporter, with_.gazetteer);
    std::vector<FieldViolation> wrong;
    reporter = CheckedReporter(std::move(reporter), municipality ? &municipality->municipality : nullptr,
                               with_.store.CurrentAgeScheme(), wrong);
    violations.Add(std::move(wrong));
    violations.ThrowIfAny();
    with_.store.PutReporter(reporter);
    *response->mutable_reporter() = ToProto(reporter);
  });
}

grpc::Status ReporterServiceImpl::ListReporters(grpc::ServerContext* context,
                                                const v1::ListReportersRequest* request,
                                                v1::ListReportersResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/ListReporters", [&](const Call&) {
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return PageOfReporters(with_.store, after, limit); },
        [&](const Reporter& reporter) { *response->add_reporters() = ToProto(reporter); });
  });
}

grpc::Status ReporterServiceImpl::RecordAnswers(grpc::ServerContext* context,
                                                const v1::RecordAnswersRequest* request,
                                                v1::RecordAnswersResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/RecordAnswers", [&](const Call&) {
    Violations violations;
    const geo::CalendarQuarter quarter =
        RequiredQuarter(request->has_quarter(), request->quarter(), "quarter", violations);
    const AnswerRecord record = FromProto(request->record(), violations);
    const std::string date =
        DateFromProto(request->record_date(), "record_date", Today(with_.clock), violations);
    if (request->reporter_codes_size() > limits::kRecordedReporters)
      violations.Add("reporter_codes",
                     "has more than " + std::to_string(limits::kRecordedReporters) + " values");
    violations.ThrowIfAny();
    service::RecordAnswers(with_.store, quarter,
                           {request->reporter_codes().begin(), request->reporter_codes().end()}, record,
                           date);
    *response->mutable_quarter() = ToProto(CoverageOf(with_.store, quarter, quarter).front());
  });
}

grpc::Status ReporterServiceImpl::ListAnswers(grpc::ServerContext* context,
                                              const v1::ListAnswersRequest* request,
                                              v1::ListAnswersResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/ListAnswers", [&](const Call&) {
    Violations violations;
    const geo::CalendarQuarter first =
        RequiredQuarter(request->has_first_quarter(), request->first_quarter(), "first_quarter", violations);
    const geo::CalendarQuarter last =
        request->has_last_quarter() ? FromProto(request->last_quarter(), "last_quarter", violations) : first;
    if (violations.empty() && (last < first || QuartersFrom(first, last) > limits::kSelectionQuarters))
      violations.Add("last_quarter", "must be first_quarter or later, " +
                                         std::to_string(limits::kSelectionQuarters) +
                                         " quarters in all at most");
    violations.ThrowIfAny();
    for (const QuarterCoverage& coverage : CoverageOf(with_.store, first, last))
      *response->add_quarters() = ToProto(coverage);
  });
}

grpc::Status ReporterServiceImpl::CompareQuarters(grpc::ServerContext* context,
                                                  const v1::CompareQuartersRequest* request,
                                                  v1::CompareQuartersResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/CompareQuarters", [&](const Call&) {
    Violations violations;
    const geo::CalendarQuarter later =
        RequiredQuarter(request->has_quarter(), request->quarter(), "quarter", violations);
    const geo::CalendarQuarter earlier =
        request->has_earlier_quarter() ? FromProto(request->earlier_quarter(), "earlier_quarter", violations)
                                       : later.previous();
    if (violations.empty() && !(earlier < later)) violations.Add("earlier_quarter", "must be before quarter");
    const std::vector<geo::Category> categories =
        CategoriesFromProto(request->category_codes(), "category_codes", violations);
    violations.ThrowIfAny();
    *response->mutable_comparison() =
        ToProto(service::CompareQuarters(with_.store, earlier, later, categories));
  });
}

grpc::Status ReporterServiceImpl::PutReporterAim(grpc::ServerContext* context,
                                                 const v1::PutReporterAimRequest* request,
                                                 v1::PutReporterAimResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/PutReporterAim", [&](const Call&) {
    Violations violations;
    if (request->year() < limits::kFirstYear || request->year() > limits::kLastYear)
      violations.Add("year", "must be " + std::to_string(limits::kFirstYear) + " to " +
                                 std::to_string(limits::kLastYear));
    std::optional<int> aim;
    if (request->has_aim_count()) aim = request->aim_count();
    if (aim && (*aim < 0 || *aim > limits::kMaxAim))
      violations.Add("aim_count", "must be 0 to " + std::to_string(limits::kMaxAim) + ", or absent");
    violations.ThrowIfAny();
    with_.store.PutReporterAim(request->year(), aim);
    if (aim) response->set_aim_count(*aim);
  });
}

}  // namespace lagesbild::service
