#include "service/attack_releases.h"
#include "service/convert.h"
#include "service/cost_estimate.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/released_run.h"
#include "service/runs.h"
#include "service/services.h"

namespace lagesbild::service {
namespace {

/// Partner and public get one release per quarter: whoever could choose a selection could subtract two.
void CheckNothingChosen(const PictureRequest& picture, Violations& violations) {
  PictureRequest plain;
  plain.selection.first = picture.selection.first;
  plain.selection.last = picture.selection.last;
  plain.audience = picture.audience;
  if (ParametersText(picture) != ParametersText(plain)) {
    violations.Add("audience",
                   "a picture for partner or public takes no categories, reporters, role or parameters");
  }
}

/// What is asked for, checked.
PictureRequest Checked(const v1::CreatePictureJobRequest& request, Store& store, Violations& violations) {
  PictureRequest picture = PictureRequestFromProto(request, store.ListReporters(), violations);
  picture.audience = FromProto(request.audience(), violations);
  if (picture.audience != "internal") {
    CheckNothingChosen(picture, violations);
  }
  return picture;
}

PictureRecord Make(Store& store, const PictureRequest& picture, const std::filesystem::path& folder,
                   const std::string& now, std::stop_token stop, const JobProgress& progress) {
  if (picture.audience == "internal") {
    return MakePicture(store, picture, folder, now, std::move(stop), progress);
  }
  ReleaseRequest release;
  release.audience = picture.audience == "partner" ? geo::Audience::kPartner : geo::Audience::kPublic;
  release.quarter = picture.selection.first;
  return MakeReleasedRun(store, release, folder, now, stop, progress);
}

}  // namespace

grpc::Status PictureServiceImpl::CreatePictureJob(grpc::ServerContext* context,
                                                  const v1::CreatePictureJobRequest* request,
                                                  v1::CreatePictureJobResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.PictureService/CreatePictureJob", [&](const Call& call) {
    Violations violations;
    CheckRequestId(request->request_id(), violations);
    const PictureRequest picture = Checked(*request, with_.store, violations);
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
    const PictureRecord picture =
        ReadablePicture(with_.store, IdOfName(request->name(), "pictures", "name"), call.caller.audience);
    *response->mutable_picture() = ToProto(picture, true, call.caller.audience == "internal");
    if (call.caller.audience == "internal" && !picture.utility_json.empty()) {
      *response->mutable_picture()->mutable_utility() = UtilityToProto(picture.utility_json);
    }
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
        [&](const PictureRecord& picture) {
          *response->add_pictures() = ToProto(picture, false, call.caller.audience == "internal");
        });
  });
}

grpc::Status PictureServiceImpl::AttackReleases(grpc::ServerContext* context,
                                                const v1::AttackReleasesRequest* request,
                                                v1::AttackReleasesResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.PictureService/AttackReleases", [&](const Call& call) {
    Violations violations;
    if (request->pair_count() < 0 || request->pair_count() > limits::kMaxAttackPairs)
      violations.Add("pair_count", "must be 0 (for " + std::to_string(limits::kAttackPairs) + ") to " +
                                       std::to_string(limits::kMaxAttackPairs));
    violations.ThrowIfAny();
    ReleaseAttackOptions options;
    options.pairs = request->pair_count() == 0 ? limits::kAttackPairs : request->pair_count();
    options.seed = static_cast<std::uint64_t>(request->seed());
    *response = ToProto(service::AttackReleases(with_.store, with_.pictures, options, call.stop()));
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
    const PictureRequest picture = Checked(request, store, violations);
    violations.ThrowIfAny();
    return "pictures/" + std::to_string(Make(store, picture, pictures, clock(), stop, progress).id);
  };
}

}  // namespace lagesbild::service
