#include "service/convert.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/resolve_place.h"
#include "service/services.h"
#include "service/stream.h"

namespace lagesbild::service {
namespace {

std::string CheckHeader(const v1::ImportIncidentsHeader& header, Violations& violations) {
  if (header.reporter_code().empty()) {
    violations.Add("header.reporter_code", "is missing; ListReporters lists the codes");
  }
  const std::string& name = header.file_name();
  const bool may_be_template = name.ends_with(".xlsx") || name.ends_with(".XLSX");
  if ((header.mapping_toml().empty() && !may_be_template) ||
      header.mapping_toml().size() > limits::kMappingBytes) {
    violations.Add(
        "header.mapping_toml",
        "must be the text of a mapping file, at most 256 KiB; only workbooks of `lagesbild template` "
        "are read without one");
  }
  CheckRequestId(header.request_id(), violations);
  return CheckUploadHeader(header.file_name(), header.size_bytes(), header.sha256(),
                           {".csv", ".tsv", ".txt", ".xlsx"}, violations);
}

}  // namespace

grpc::Status IncidentServiceImpl::ImportIncidents(grpc::ServerContext* context,
                                                  grpc::ServerReader<v1::ImportIncidentsRequest>* reader,
                                                  v1::ImportIncidentsResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ImportIncidents", [&](const Call& call) {
    v1::ImportIncidentsHeader header;
    const auto upload = Receive(reader, call, with_.uploads, header, CheckHeader);
    ImportRequest import;
    import.reporter = header.reporter_code();
    import.file = upload->path();
    import.file_name = header.file_name();
    import.mapping_toml = header.mapping_toml();
    import.request_id = header.request_id();
    import.validate_only = header.validate_only();
    import.now = with_.clock();
    const ImportOutcome outcome = service::ImportIncidents(with_.store, import, call.stop());
    *response->mutable_import() = ToProto(outcome.batch);
    response->set_already_imported(outcome.repeated);
    response->set_encoding(outcome.encoding);
    if (outcome.places.compared > 0) *response->mutable_place_comparison() = ToProto(outcome.places);
    for (const RejectedImportRow& row : outcome.rejected_preview) {
      *response->add_rejected_preview() = ToProto(row);
    }
  });
}

grpc::Status IncidentServiceImpl::GetImport(grpc::ServerContext* context, const v1::GetImportRequest* request,
                                            v1::GetImportResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/GetImport", [&](const Call&) {
    *response->mutable_import() =
        ToProto(with_.store.GetImport(IdOfName(request->name(), "imports", "name")));
  });
}

grpc::Status IncidentServiceImpl::ListImports(grpc::ServerContext* context,
                                              const v1::ListImportsRequest* request,
                                              v1::ListImportsResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ListImports", [&](const Call&) {
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return with_.store.ListImports(after, limit); },
        [&](const ImportBatch& batch) { *response->add_imports() = ToProto(batch); });
  });
}

grpc::Status IncidentServiceImpl::ListRejectedRows(grpc::ServerContext* context,
                                                   const v1::ListRejectedRowsRequest* request,
                                                   v1::ListRejectedRowsResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ListRejectedRows", [&](const Call&) {
    const std::int64_t id = with_.store.GetImport(IdOfName(request->parent(), "imports", "parent")).id;
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return with_.store.ListRejectedRows(id, after, limit); },
        [&](const RejectedImportRow& row) { *response->add_rejected_rows() = ToProto(row); });
  });
}

grpc::Status IncidentServiceImpl::UndoImport(grpc::ServerContext* context,
                                             const v1::UndoImportRequest* request,
                                             v1::UndoImportResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/UndoImport", [&](const Call& call) {
    for (const PictureRecord& picture :
         service::UndoImport(with_.store, IdOfName(request->name(), "imports", "name"), call.stop())) {
      *response->add_stale_pictures() = ToProto(picture, false, true);
    }
  });
}

grpc::Status IncidentServiceImpl::ListIncidents(grpc::ServerContext* context,
                                                const v1::ListIncidentsRequest* request,
                                                v1::ListIncidentsResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ListIncidents", [&](const Call&) {
    Violations violations;
    const IncidentSelection selection =
        FromProto(request->selection(), with_.store.ListReporters(), limits::kSelectionQuarters, violations);
    if (request->view() != v1::INCIDENT_VIEW_UNSPECIFIED && request->view() != v1::INCIDENT_VIEW_BASIC) {
      violations.Add("view", "is no known view; must be BASIC or unspecified");
    }
    violations.ThrowIfAny();
    const geo::AgeScheme scheme = with_.store.CurrentAgeScheme();
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return with_.store.ListIncidents(selection, after, limit); },
        [&](const StoredIncident& incident) { *response->add_incidents() = ToProto(incident, scheme); });
  });
}

}  // namespace lagesbild::service
