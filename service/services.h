#pragma once

#include <filesystem>

#include "geo/edge_factors.h"
#include "lagesbild/v1/analysis_service.grpc.pb.h"
#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "lagesbild/v1/job_service.grpc.pb.h"
#include "lagesbild/v1/layer_service.grpc.pb.h"
#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "lagesbild/v1/register_service.grpc.pb.h"
#include "lagesbild/v1/reporter_service.grpc.pb.h"
#include "service/clock.h"
#include "service/gate.h"
#include "service/gazetteer_cache.h"
#include "service/jobs.h"
#include "service/projection_pool.h"
#include "service/store.h"

/// The handlers: read, call, answer. What each rpc does and its errors stand in proto/lagesbild/v1.
namespace lagesbild::service {

/// What every handler is given. All of it outlives the handlers.
struct Dependencies {
  Store& store;
  GazetteerCache& gazetteer;
  JobRunner& jobs;
  Gate& gate;
  Clock clock;
  std::filesystem::path uploads;   ///< private folder
  std::filesystem::path pictures;  ///< one folder per run id
};

class RegisterServiceImpl final : public v1::RegisterService::Service {
 public:
  explicit RegisterServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status ImportRegister(grpc::ServerContext* context,
                              grpc::ServerReader<v1::ImportRegisterRequest>* reader,
                              v1::ImportRegisterResponse* response) override;
  grpc::Status ListRegisters(grpc::ServerContext* context, const v1::ListRegistersRequest* request,
                             v1::ListRegistersResponse* response) override;
  grpc::Status GetMunicipality(grpc::ServerContext* context, const v1::GetMunicipalityRequest* request,
                               v1::GetMunicipalityResponse* response) override;

 private:
  Dependencies& with_;
};

class GeocodingServiceImpl final : public v1::GeocodingService::Service {
 public:
  explicit GeocodingServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status Geocode(grpc::ServerContext* context, const v1::GeocodeRequest* request,
                       v1::GeocodeResponse* response) override;
  grpc::Status BatchGeocode(grpc::ServerContext* context, const v1::BatchGeocodeRequest* request,
                            v1::BatchGeocodeResponse* response) override;
  grpc::Status StreamGeocode(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::StreamGeocodeResponse, v1::StreamGeocodeRequest>* stream) override;
  grpc::Status ReverseGeocode(grpc::ServerContext* context, const v1::ReverseGeocodeRequest* request,
                              v1::ReverseGeocodeResponse* response) override;
  grpc::Status SuggestPlaces(grpc::ServerContext* context, const v1::SuggestPlacesRequest* request,
                             v1::SuggestPlacesResponse* response) override;

 private:
  Dependencies& with_;
  ProjectionPool projections_;
};

class ReporterServiceImpl final : public v1::ReporterService::Service {
 public:
  explicit ReporterServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status PutReporter(grpc::ServerContext* context, const v1::PutReporterRequest* request,
                           v1::PutReporterResponse* response) override;
  grpc::Status ListReporters(grpc::ServerContext* context, const v1::ListReportersRequest* request,
                             v1::ListReportersResponse* response) override;
  grpc::Status RecordAnswers(grpc::ServerContext* context, const v1::RecordAnswersRequest* request,
                             v1::RecordAnswersResponse* response) override;
  grpc::Status ListAnswers(grpc::ServerContext* context, const v1::ListAnswersRequest* request,
                           v1::ListAnswersResponse* response) override;
  grpc::Status CompareQuarters(grpc::ServerContext* context, const v1::CompareQuartersRequest* request,
                               v1::CompareQuartersResponse* response) override;
  grpc::Status PutReporterAim(grpc::ServerContext* context, const v1::PutReporterAimRequest* request,
                              v1::PutReporterAimResponse* response) override;

 private:
  Dependencies& with_;
};

class IncidentServiceImpl final : public v1::IncidentService::Service {
 public:
  explicit IncidentServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status ImportIncidents(grpc::ServerContext* context,
                               grpc::ServerReader<v1::ImportIncidentsRequest>* reader,
                               v1::ImportIncidentsResponse* response) override;
  grpc::Status GetImport(grpc::ServerContext* context, const v1::GetImportRequest* request,
                         v1::GetImportResponse* response) override;
  grpc::Status ListImports(grpc::ServerContext* context, const v1::ListImportsRequest* request,
                           v1::ListImportsResponse* response) override;
  grpc::Status ListRejectedRows(grpc::ServerContext* context, const v1::ListRejectedRowsRequest* request,
                                v1::ListRejectedRowsResponse* response) override;
  grpc::Status UndoImport(grpc::ServerContext* context, const v1::UndoImportRequest* request,
                          v1::UndoImportResponse* response) override;
  grpc::Status ListIncidents(grpc::ServerContext* context, const v1::ListIncidentsRequest* request,
                             v1::ListIncidentsResponse* response) override;
  grpc::Status ListUnresolvedPlaces(grpc::ServerContext* context,
                                    const v1::ListUnresolvedPlacesRequest* request,
                                    v1::ListUnresolvedPlacesResponse* response) override;
  grpc::Status ResolvePlace(grpc::ServerContext* context, const v1::ResolvePlaceRequest* request,
                            v1::ResolvePlaceResponse* response) override;
  grpc::Status ListResolutions(grpc::ServerContext* context, const v1::ListResolutionsRequest* request,
                               v1::ListResolutionsResponse* response) override;
  grpc::Status UndoResolution(grpc::ServerContext* context, const v1::UndoResolutionRequest* request,
                              v1::UndoResolutionResponse* response) override;
  grpc::Status GetGeocodingReport(grpc::ServerContext* context, const v1::GetGeocodingReportRequest* request,
                                  v1::GetGeocodingReportResponse* response) override;

 private:
  Dependencies& with_;
};

class AnalysisServiceImpl final : public v1::AnalysisService::Service {
 public:
  explicit AnalysisServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status ComputeHotspots(grpc::ServerContext* context, const v1::ComputeHotspotsRequest* request,
                               grpc::ServerWriter<v1::ComputeHotspotsResponse>* writer) override;
  grpc::Status ComputeDensity(grpc::ServerContext* context, const v1::ComputeDensityRequest* request,
                              grpc::ServerWriter<v1::ComputeDensityResponse>* writer) override;
  grpc::Status SelectBandwidth(grpc::ServerContext* context, const v1::SelectBandwidthRequest* request,
                               v1::SelectBandwidthResponse* response) override;
  grpc::Status ComputeRelativeRisk(grpc::ServerContext* context,
                                   const v1::ComputeRelativeRiskRequest* request,
                                   grpc::ServerWriter<v1::ComputeRelativeRiskResponse>* writer) override;

 private:
  Dependencies& with_;
  /// Edge factors are the same for all calls with the same boundary, kernel, bandwidth and cells.
  geo::EdgeFactorCache edge_factors_;
};

class PictureServiceImpl final : public v1::PictureService::Service {
 public:
  explicit PictureServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status CreatePictureJob(grpc::ServerContext* context, const v1::CreatePictureJobRequest* request,
                                v1::CreatePictureJobResponse* response) override;
  grpc::Status GetPicture(grpc::ServerContext* context, const v1::GetPictureRequest* request,
                          v1::GetPictureResponse* response) override;
  grpc::Status ListPictures(grpc::ServerContext* context, const v1::ListPicturesRequest* request,
                            v1::ListPicturesResponse* response) override;
  grpc::Status AttackReleases(grpc::ServerContext* context, const v1::AttackReleasesRequest* request,
                              v1::AttackReleasesResponse* response) override;

 private:
  Dependencies& with_;
};

class LayerServiceImpl final : public v1::LayerService::Service {
 public:
  explicit LayerServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status ListLayers(grpc::ServerContext* context, const v1::ListLayersRequest* request,
                          v1::ListLayersResponse* response) override;
  grpc::Status ReadLayer(grpc::ServerContext* context, const v1::ReadLayerRequest* request,
                         grpc::ServerWriter<v1::ReadLayerResponse>* writer) override;

 private:
  Dependencies& with_;
};

class JobServiceImpl final : public v1::JobService::Service {
 public:
  explicit JobServiceImpl(Dependencies& with) : with_(with) {}
  grpc::Status GetJob(grpc::ServerContext* context, const v1::GetJobRequest* request,
                      v1::GetJobResponse* response) override;
  grpc::Status ListJobs(grpc::ServerContext* context, const v1::ListJobsRequest* request,
                        v1::ListJobsResponse* response) override;
  grpc::Status WatchJob(grpc::ServerContext* context, const v1::WatchJobRequest* request,
                        grpc::ServerWriter<v1::WatchJobResponse>* writer) override;
  grpc::Status CancelJob(grpc::ServerContext* context, const v1::CancelJobRequest* request,
                         v1::CancelJobResponse* response) override;

 private:
  Dependencies& with_;
};

/// What a job of kind "picture" does: the files below `pictures`, the entry in the catalog.
JobWork PictureWork(Store& store, std::filesystem::path pictures, Clock clock);

}  // namespace lagesbild::service
