#include "service/convert.h"
#include "service/limits.h"
#include "service/register_update.h"
#include "service/services.h"
#include "service/stream.h"

namespace lagesbild::service {

grpc::Status RegisterServiceImpl::ImportRegister(grpc::ServerContext* context,
                                                 grpc::ServerReader<v1::ImportRegisterRequest>* reader,
                                                 v1::ImportRegisterResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.RegisterService/ImportRegister", [&](const Call& call) {
    v1::ImportRegisterHeader header;
    std::string kind;
    const auto upload = Receive(
        reader, call, with_.uploads, header, [&](const v1::ImportRegisterHeader& h, Violations& violations) {
          kind = FromProto(h.kind(), violations);
          if (h.mapping_toml().size() > limits::kMappingBytes)
            violations.Add("header.mapping_toml", "must be the text of a mapping file, at most 256 KiB");
          return CheckUploadHeader(h.file_name(), h.size_bytes(), h.sha256(),
                                   {".gpkg", ".csv", ".geojson", ".json", ".xlsx", ".zip", ".osm", ".pbf"},
                                   violations);
        });
    const RegisterOutcome outcome = UpdateRegister(
        with_.store,
        {kind, upload->path(), with_.clock(), header.mapping_toml(), header.validate_only(), header.part()},
        call.stop());
    *response->mutable_version() = ToProto(outcome.version, with_.clock());
    response->set_already_imported(outcome.repeated);
    for (const maps::RegisterFinding& finding : outcome.findings) {
      *response->add_findings() = ToProto(finding);
    }
    if (kind != "population" && !outcome.repeated) {
      *response->mutable_difference() = ToProto(outcome.update);
    }
  });
}

grpc::Status RegisterServiceImpl::ListRegisters(grpc::ServerContext* context, const v1::ListRegistersRequest*,
                                                v1::ListRegistersResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.RegisterService/ListRegisters", [&](const Call&) {
    for (const RegisterVersion& version : with_.store.ListRegisters()) {
      *response->add_versions() = ToProto(version, with_.clock());
    }
  });
}

grpc::Status RegisterServiceImpl::GetMunicipality(grpc::ServerContext* context,
                                                  const v1::GetMunicipalityRequest*,
                                                  v1::GetMunicipalityResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.RegisterService/GetMunicipality", [&](const Call&) {
    const auto loaded = with_.gazetteer.Get();
    *response->mutable_municipality() = ToProto(loaded->municipality, loaded->study_area.area_km2());
    *response->mutable_age_scheme() = ToProto(with_.store.CurrentAgeScheme());
    for (const geo::CategoryInfo& category : geo::Categories()) {
      *response->add_categories() = ToProto(category);
    }
    response->set_taxonomy_version(geo::kTaxonomyVersion);
    for (const std::string& code : with_.store.QuartersWithIncidents()) {
      if (const auto quarter = geo::ParseQuarter(code)) {
        *response->add_quarters() = ToProto(*quarter);
      }
    }
  });
}

}  // namespace lagesbild::service
