#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "service/clock.h"
#include "service/log.h"
#include "service/store.h"

namespace lagesbild::service {

using JobProgress = std::function<void(double fraction, const char* stage)>;
/// Does one job and returns the resource name of what it made. Throws what service/status.h translates.
using JobWork = std::function<std::string(const JobRecord&, std::stop_token, const JobProgress&)>;

/// Runs queued jobs one after the other on a thread of its own, tells of their progress and stops them. Knows
/// no statistic. One runner per store. Thread safe.
class JobRunner {
 public:
  /// `work` by kind of job. Queues again what a dead process left running, but runs nothing before Start.
  JobRunner(Store& store, std::map<std::string, JobWork> work, Clock clock, Log& log);
  /// As Drain.
  ~JobRunner();

  void Start();
  /// Stops the running job and puts it back into the queue, unless a caller has cancelled it; ends all waits.
  /// Returns when the thread has ended.
  void Drain();

  /// Stores the job, or returns the earlier one with the same request id. Throws Draining, InvalidRequest
  /// when that one asked for something else.
  JobRecord Submit(JobRecord job);
  /// The job as it is now, progress included. Throws NotFound.
  JobRecord Get(std::int64_t id);
  /// With the progress of the one that runs.
  Page<JobRecord> List(std::int64_t after, int limit);
  /// Asks the job to stop; one that waits is cancelled at once. Throws NotFound.
  JobRecord Cancel(std::int64_t id);
  /// Waits until the job differs from `seen` (state, stage or at least a hundredth of progress) and returns
  /// it. Throws NotFound, geo::Cancelled when `stop` is requested, Draining.
  JobRecord WaitForChange(const JobRecord& seen, std::stop_token stop);

 private:
  void Run(std::stop_token stop);
  void RunOne(JobRecord job);
  void Report(double fraction, const char* stage);
  void Put(const JobRecord& job);  ///< needs the mutex
  void SaveWhatIsUnsaved();        ///< needs the mutex
  JobRecord GetLocked(std::int64_t id);

  Store& store_;
  const std::map<std::string, JobWork> work_;
  const Clock clock_;
  Log& log_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::uint64_t version_ = 0;  ///< grows with every change
  bool draining_ = false;
  std::optional<JobRecord> running_;
  /// Jobs whose end could not be written, by id: told from here, and written as soon as the store takes it.
  std::map<std::int64_t, JobRecord> unsaved_;
  std::stop_source stop_running_;
  bool cancelled_ = false;  ///< the running job, by a caller
  std::jthread thread_;
};

/// Whether the job has come to its end.
bool HasEnded(const JobRecord& job);

}  // namespace lagesbild::service
