#include "service/convert.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/services.h"
#include "service/stream.h"

namespace lagesbild::service {

grpc::Status JobServiceImpl::GetJob(grpc::ServerContext* context, const v1::GetJobRequest* request,
                                    v1::GetJobResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.JobService/GetJob", [&](const Call&) {
    *response->mutable_job() = ToProto(with_.jobs.Get(IdOfName(request->name(), "jobs", "name")));
  });
}

grpc::Status JobServiceImpl::ListJobs(grpc::ServerContext* context, const v1::ListJobsRequest* request,
                                      v1::ListJobsResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.JobService/ListJobs", [&](const Call&) {
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return with_.jobs.List(after, limit); },
        [&](const JobRecord& job) { *response->add_jobs() = ToProto(job); });
  });
}

grpc::Status JobServiceImpl::WatchJob(grpc::ServerContext* context, const v1::WatchJobRequest* request,
                                      grpc::ServerWriter<v1::WatchJobResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.JobService/WatchJob", [&](const Call& call) {
    JobRecord job = with_.jobs.Get(IdOfName(request->name(), "jobs", "name"));
    for (;;) {
      v1::WatchJobResponse message;
      *message.mutable_job() = ToProto(job);
      Send(writer, message, call);
      if (HasEnded(job)) {
        return;
      }
      job = with_.jobs.WaitForChange(job, call.stop());
    }
  });
}

grpc::Status JobServiceImpl::CancelJob(grpc::ServerContext* context, const v1::CancelJobRequest* request,
                                       v1::CancelJobResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.JobService/CancelJob", [&](const Call&) {
    *response->mutable_job() = ToProto(with_.jobs.Cancel(IdOfName(request->name(), "jobs", "name")));
  });
}

}  // namespace lagesbild::service
