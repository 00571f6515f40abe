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

}  // namespace

grpc::Status ReporterServiceImpl::PutReporter(grpc::ServerContext* context,
                                              const v1::PutReporterRequest* request,
                                              v1::PutReporterResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.ReporterService/PutReporter", [&](const Call&) {
    Violations violations;
    const Reporter reporter = FromProto(request->reporter(), violations);
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

}  // namespace lagesbild::service
