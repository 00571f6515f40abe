#include "service/convert.h"
#include "service/cost_estimate.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/runs.h"
#include "service/services.h"

namespace lagesbild::service {

grpc::Status PictureServiceImpl::CreatePictureJob(grpc::ServerContext* context,
                                                  const v1::CreatePictureJobRequest* request,
                                                  v1::CreatePictureJobResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.PictureService/CreatePictureJob", [&](const Call& call) {
    Violations violations;
    CheckRequestId(request->request_id(), violations);
    const PictureRequest picture = PictureRequestFromProto(*request, with_.store.ListReporters(), violations);
    violations.ThrowIfAny();
    const auto loaded = with_.gazetteer.Get();
    const auto groups = static_cast<int>(with_.store.CurrentAgeScheme().groups.size());
    *response->mutable_estimate() = EstimateCost(loaded->study_area, picture.options, groups, violations);
    violations.ThrowIfAny();
    RequireData(with_.store, picture.selection.first);
    if (!request->validate_only()) {
      JobRecord job;
      job.kind = "picture";
      job.request = request->SerializeAsString();
      job.request_id = request->request_id();
      job.audience = call.caller.audience;
      *response->mutable_job() = ToProto(with_.jobs.Submit(std::move(job)));
    }
  });
}

grpc::Status PictureServiceImpl::GetPicture(grpc::ServerContext* context,
                                            const v1::GetPictureRequest* request,
                                            v1::GetPictureResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.PictureService/GetPicture", [&](const Call& call) {
    const PictureRecord picture = with_.store.GetPicture(IdOfName(request->name(), "pictures", "name"));
    if (!MayRead(picture, call.caller.audience)) {
      throw NotFound("no picture of that name");
    }
    *response->mutable_picture() = ToProto(picture, true);
  });
}

grpc::Status PictureServiceImpl::ListPictures(grpc::ServerContext* context,
                                              const v1::ListPicturesRequest* request,
                                              v1::ListPicturesResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.PictureService/ListPictures", [&](const Call& call) {
    AnswerPage(
        *request, response, limits::kPicturePageSize, limits::kMaxPicturePageSize,
        [&](std::int64_t after, int limit) {
          return with_.store.ListPictures(call.caller.audience, after, limit);
        },
        [&](const PictureRecord& picture) { *response->add_pictures() = ToProto(picture, false); });
  });
}

JobWork PictureWork(Store& store, std::filesystem::path pictures, Clock clock) {
  return [&store, pictures = std::move(pictures), clock = std::move(clock)](
             const JobRecord& job, std::stop_token stop, const JobProgress& progress) {
    v1::CreatePictureJobRequest request;
    if (!request.ParseFromString(job.request)) {
      throw std::runtime_error("the stored request of a picture job cannot be read");
    }
    Violations violations;
    PictureRequest picture = PictureRequestFromProto(request, store.ListReporters(), violations);
    violations.ThrowIfAny();
    picture.audience = job.audience;
    return "pictures/" + std::to_string(MakePicture(store, picture, pictures, clock(), stop, progress).id);
  };
}

}  // namespace lagesbild::service
