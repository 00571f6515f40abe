#include "service/jobs.h"

#include <cmath>

#include "geo/errors.h"
#include "service/errors.h"
#include "service/status.h"

namespace lagesbild::service {
namespace {

constexpr double kShownStep = 0.01;

bool Differs(const JobRecord& a, const JobRecord& b) {
  return a.state != b.state || a.stage != b.stage ||
         std::abs(a.progress_fraction - b.progress_fraction) >= kShownStep;
}

}  // namespace

bool HasEnded(const JobRecord& job) {
  return job.state == JobState::kSucceeded || job.state == JobState::kFailed ||
         job.state == JobState::kCancelled;
}

JobRunner::JobRunner(Store& store, std::map<std::string, JobWork> work, Clock clock, Log& log)
    : store_(store), work_(std::move(work)), clock_(std::move(clock)), log_(log) {
  store_.RequeueRunningJobs();
}

JobRunner::~JobRunner() { Drain(); }

void JobRunner::Start() {
  thread_ = std::jthread([this](std::stop_token stop) { Run(stop); });
}

void JobRunner::Drain() {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
    stop_running_.request_stop();
    changed_.notify_all();
  }
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
}

JobRecord JobRunner::Submit(JobRecord job) {
  const std::lock_guard lock(mutex_);
  if (draining_) {
    throw Draining();
  }
  job.created_at = clock_();
  JobRecord added = store_.AddJob(job);
  if (added.kind != job.kind || added.request != job.request || added.audience != job.audience) {
    throw InvalidRequest("request_id", "this request_id was used for another request");
  }
  ++version_;
  changed_.notify_all();
  return added;
}

JobRecord JobRunner::GetLocked(std::int64_t id) {
  if (running_ && running_->id == id) return *running_;
  const auto unsaved = unsaved_.find(id);
  return unsaved != unsaved_.end() ? unsaved->second : store_.GetJob(id);
}

JobRecord JobRunner::Get(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  return GetLocked(id);
}

Page<JobRecord> JobRunner::List(std::int64_t after, int limit) {
  const std::lock_guard lock(mutex_);
  Page<JobRecord> page = store_.ListJobs(after, limit);
  for (JobRecord& job : page.items) {
    if (running_ && running_->id == job.id) {
      job = *running_;
    } else if (const auto unsaved = unsaved_.find(job.id); unsaved != unsaved_.end()) {
      job = unsaved->second;
    }
  }
  return page;
}

JobRecord JobRunner::Cancel(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  JobRecord job = GetLocked(id);
  if (running_ && running_->id == id) {
    cancelled_ = true;
    stop_running_.request_stop();
  } else if (job.state == JobState::kQueued) {
    job.state = JobState::kCancelled;
    job.finished_at = clock_();
    Put(job);
  }
  return job;
}

JobRecord JobRunner::WaitForChange(const JobRecord& seen, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  for (;;) {
    JobRecord job = GetLocked(seen.id);
    if (Differs(job, seen)) {
      return job;
    }
    if (draining_) {
      throw Draining();
    }
    const auto version = version_;
    changed_.wait(lock, stop, [&] { return version_ != version || draining_; });
    if (stop.stop_requested()) {
      throw geo::Cancelled();
    }
  }
}

void JobRunner::Put(const JobRecord& job) {
  store_.UpdateJob(job);
  ++version_;
  changed_.notify_all();
}

void JobRunner::SaveWhatIsUnsaved() {
  std::erase_if(unsaved_, [&](const auto& entry) { return !Attempt([&] { Put(entry.second); }); });
}

void JobRunner::Report(double fraction, const char* stage) {
  const std::lock_guard lock(mutex_);
  JobRecord before = *running_;
  running_->progress_fraction = std::max(before.progress_fraction, std::min(fraction, 1.0));
  running_->stage = stage == nullptr ? "" : stage;
  if (Differs(*running_, before)) {
    ++version_;
    changed_.notify_all();
  }
}

void JobRunner::Run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::optional<JobRecord> job;
    {
      std::unique_lock lock(mutex_);
      SaveWhatIsUnsaved();
      const auto fault = Attempt([&] { job = draining_ ? std::nullopt : store_.ClaimJob(); });
      if (fault) {
        log_.Error("job_queue", {{"reason", fault->reason}, {"what", fault->log_text}});
      }
      if (job) {
        job->started_at = clock_();
        running_ = *job;
        cancelled_ = false;
        stop_running_ = std::stop_source{};
      } else {
        const auto version = version_;
        // A store that did not answer is asked again after a second.
        changed_.wait_for(lock, stop, std::chrono::seconds{1},
                          [&] { return version_ != version || draining_; });
      }
    }
    if (job) {
      RunOne(std::move(*job));
    }
  }
}

void JobRunner::RunOne(JobRecord job) {
  const std::string id = std::to_string(job.id);
  log_.Info("job_started", {{"job", id}, {"kind", job.kind}});
  std::stop_token stop;
  {
    const std::lock_guard lock(mutex_);
    Attempt([&] { Put(*running_); });
    stop = stop_running_.get_token();
  }
  std::string result;
  auto fault = Attempt([&] {
    const auto work = work_.find(job.kind);
    if (work == work_.end()) {
      throw std::logic_error("no work for jobs of kind " + job.kind);
    }
    result = work->second(job, stop, [this](double fraction, const char* stage) { Report(fraction, stage); });
  });

  const std::lock_guard lock(mutex_);
  JobRecord ended = *running_;
  running_.reset();
  if (!fault) {
    ended.state = JobState::kSucceeded;
    ended.progress_fraction = 1;
    ended.result = result;
  } else if (fault->code == grpc::StatusCode::CANCELLED && draining_ && !cancelled_) {
    ended.state = JobState::kQueued;  // the next start goes on with it
    ended.progress_fraction = 0;
    ended.stage.clear();
  } else if (fault->code == grpc::StatusCode::CANCELLED) {
    ended.state = JobState::kCancelled;
  } else {
    ended.state = JobState::kFailed;
    ended.error_code = StatusCodeName(fault->code);
    ended.error_message = ToStatus(*fault).error_message();
    ended.error_reason = fault->reason;
  }
  if (ended.state != JobState::kQueued) {
    ended.finished_at = clock_();
  }
  const auto lost = Attempt([&] { Put(ended); });
  if (lost) {
    log_.Error("job_not_saved", {{"job", id}, {"what", lost->log_text}});
    unsaved_[ended.id] = ended;
    ++version_;
    changed_.notify_all();
  }
  log_.Info("job_ended", {{"job", id}, {"outcome", fault ? StatusCodeName(fault->code) : "OK"}});
  if (fault && !fault->log_text.empty()) {
    log_.Error("fault", {{"job", id}, {"reason", fault->reason}, {"what", fault->log_text}});
  }
}

}  // namespace lagesbild::service
