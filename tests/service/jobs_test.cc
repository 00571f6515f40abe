#include "service/jobs.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <latch>

#include "geo/errors.h"
#include "service/errors.h"
#include "service/memory_store.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

/// A runner whose only kind of work does what the test says.
class Jobs : public testing::Test {
 protected:
  std::unique_ptr<JobRunner> Runner(JobWork work) {
    return std::make_unique<JobRunner>(
        *store, std::map<std::string, JobWork>{{"picture", std::move(work)}},
        [] { return std::string("2026-11-25T00:00:00Z"); }, log);
  }
  static JobRecord Picture(const std::string& request_id = "") {
    JobRecord job;
    job.kind = "picture";
    job.audience = "internal";
    job.request_id = request_id;
    return job;
  }
  /// Waits until the job has ended.
  static JobRecord End(JobRunner& runner, JobRecord job) {
    while (!HasEnded(job)) {
      job = runner.WaitForChange(job, {});
    }
    return job;
  }

  std::unique_ptr<Store> store = NewMemoryStore();
  TemporaryFolder folder;
  Log log{folder / "log"};
};

/// Works until it is asked to stop.
std::string Endless(const JobRecord&, std::stop_token stop, const JobProgress& progress) {
  progress(0.5, "working");
  std::promise<void> stopped;
  const std::stop_callback callback(stop, [&] { stopped.set_value(); });
  stopped.get_future().wait();
  throw geo::Cancelled();
}

TEST_F(Jobs, RunInTheOrderInWhichTheyWereAskedFor) {
  std::vector<std::int64_t> order;
  const auto runner = Runner([&](const JobRecord& job, std::stop_token, const JobProgress&) {
    order.push_back(job.id);
    return "pictures/" + std::to_string(job.id);
  });
  const JobRecord first = runner->Submit(Picture()), second = runner->Submit(Picture());
  runner->Start();
  EXPECT_EQ(End(*runner, second).result, "pictures/2");
  EXPECT_EQ(runner->Get(first.id).state, JobState::kSucceeded);
  EXPECT_EQ(runner->Get(first.id).progress_fraction, 1);
  EXPECT_EQ(runner->Get(first.id).finished_at, "2026-11-25T00:00:00Z");
  EXPECT_THAT(order, testing::ElementsAre(1, 2));
}

TEST_F(Jobs, ShowProgressWhileTheyRun) {
  std::latch seen(1);
  const auto runner = Runner([&](const JobRecord&, std::stop_token, const JobProgress& progress) {
    progress(0.25, "counting");
    seen.wait();
    return std::string("pictures/1");
  });
  JobRecord job = runner->Submit(Picture());
  runner->Start();
  while (job.stage != "counting") {
    job = runner->WaitForChange(job, {});
  }
  EXPECT_EQ(job.state, JobState::kRunning);
  EXPECT_EQ(job.progress_fraction, 0.25);
  EXPECT_EQ(runner->List(0, 10).items.front().progress_fraction, 0.25);
  seen.count_down();
  EXPECT_EQ(End(*runner, job).state, JobState::kSucceeded);
}

TEST_F(Jobs, StopWhenTheyAreCancelledWhileRunning) {
  const auto runner = Runner(Endless);
  JobRecord job = runner->Submit(Picture());
  runner->Start();
  while (job.state != JobState::kRunning) {
    job = runner->WaitForChange(job, {});
  }
  runner->Cancel(job.id);
  EXPECT_EQ(End(*runner, job).state, JobState::kCancelled);
}

TEST_F(Jobs, NeverStartWhenTheyAreCancelledWhileWaiting) {
  const auto runner = Runner([](const JobRecord&, std::stop_token, const JobProgress&) -> std::string {
    ADD_FAILURE() << "a cancelled job ran";
    return {};
  });
  const JobRecord job = runner->Submit(Picture());
  EXPECT_EQ(runner->Cancel(job.id).state, JobState::kCancelled);
  runner->Start();
  runner->Drain();
  EXPECT_EQ(store->GetJob(job.id).state, JobState::kCancelled);
}

TEST_F(Jobs, KeepTheReasonOfAFailure) {
  const auto runner = Runner([](const JobRecord&, std::stop_token, const JobProgress&) -> std::string {
    throw NotReady("NO_DATA", "no delivery covers 2031Q1");
  });
  const JobRecord job = runner->Submit(Picture());
  runner->Start();
  const JobRecord failed = End(*runner, job);
  EXPECT_EQ(failed.state, JobState::kFailed);
  EXPECT_EQ(failed.error_code, "FAILED_PRECONDITION");
  EXPECT_EQ(failed.error_reason, "NO_DATA");
  EXPECT_EQ(failed.error_message, "no delivery covers 2031Q1");
}

TEST_F(Jobs, HideTheWordsOfAnUnforeseenFailure) {
  const auto runner = Runner([](const JobRecord&, std::stop_token, const JobProgress&) -> std::string {
    throw std::runtime_error("secret words");
  });
  const JobRecord job = runner->Submit(Picture());
  runner->Start();
  EXPECT_THAT(End(*runner, job).error_message, testing::Not(testing::HasSubstr("secret")));
  EXPECT_THAT(ReadBytes(folder / "log"), testing::HasSubstr("secret words"));
}

TEST_F(Jobs, GoBackToTheQueueWhenTheServiceDrains) {
  const auto runner = Runner(Endless);
  JobRecord job = runner->Submit(Picture());
  runner->Start();
  while (job.state != JobState::kRunning) {
    job = runner->WaitForChange(job, {});
  }
  runner->Drain();
  EXPECT_EQ(store->GetJob(job.id).state, JobState::kQueued);
  EXPECT_THROW(runner->Submit(Picture()), Draining);
}

TEST_F(Jobs, AreQueuedAgainAfterTheProcessDied) {
  store->AddJob(Picture());
  ASSERT_TRUE(store->ClaimJob());  // by a process that then died
  const auto runner =
      Runner([](const JobRecord&, std::stop_token, const JobProgress&) { return std::string("pictures/1"); });
  runner->Start();
  EXPECT_EQ(End(*runner, runner->Get(1)).state, JobState::kSucceeded);
}

TEST_F(Jobs, AreTheSameForTheSameRequestId) {
  const auto runner = Runner(Endless);
  const std::string id = "c0ffee00-0000-4000-8000-000000000001";
  EXPECT_EQ(runner->Submit(Picture(id)).id, runner->Submit(Picture(id)).id);
}

TEST_F(Jobs, AreRefusedUnderTheRequestIdOfAnotherRequest) {
  const auto runner = Runner(Endless);
  const std::string id = "c0ffee00-0000-4000-8000-000000000001";
  runner->Submit(Picture(id));
  JobRecord other = Picture(id);
  other.request = "another quarter";
  try {
    runner->Submit(other);
    FAIL() << "answered another request's job";
  } catch (const InvalidRequest& e) {
    EXPECT_EQ(e.violations.at(0).field, "request_id");
  }
  EXPECT_EQ(store->ListJobs(0, 10).items.size(), 1U);
}

TEST_F(Jobs, StayCancelledWhenTheServiceDrainsBeforeTheyHaveStopped) {
  std::latch drained(1);
  const auto runner = Runner([&](const JobRecord&, std::stop_token, const JobProgress&) -> std::string {
    drained.wait();
    throw geo::Cancelled();
  });
  JobRecord job = runner->Submit(Picture());
  runner->Start();
  while (job.state != JobState::kRunning) {
    job = runner->WaitForChange(job, {});
  }
  runner->Cancel(job.id);
  auto wait = std::async(std::launch::async, [&] { runner->WaitForChange(runner->Get(job.id), {}); });
  auto drain = std::async(std::launch::async, [&] { runner->Drain(); });
  EXPECT_THROW(wait.get(), Draining);  // so it drains now
  drained.count_down();
  drain.get();
  EXPECT_EQ(store->GetJob(job.id).state, JobState::kCancelled);
}

TEST_F(Jobs, EndAWaitWhoseCallerIsGone) {
  const auto runner = Runner(Endless);
  const JobRecord job = runner->Submit(Picture());
  std::stop_source gone;
  auto wait = std::async(std::launch::async, [&] { runner->WaitForChange(job, gone.get_token()); });
  gone.request_stop();
  EXPECT_THROW(wait.get(), geo::Cancelled);
}

TEST_F(Jobs, EndAWaitWhenTheServiceDrains) {
  const auto runner = Runner(Endless);
  const JobRecord job = runner->Submit(Picture());
  auto wait = std::async(std::launch::async, [&] { runner->WaitForChange(job, {}); });
  runner->Drain();
  EXPECT_THROW(wait.get(), Draining);
}

/// A store whose disk is full for jobs that have ended, until there is room again.
class FullForEnds : public MemoryStore {
 public:
  using MemoryStore::MemoryStore;
  void UpdateJob(const JobRecord& job) override {
    if (HasEnded(job) && full) throw Exhausted("the disk is full");
    MemoryStore::UpdateJob(job);
  }
  std::atomic<bool> full = true;
};

TEST_F(Jobs, TellTheirEndWhenItCannotBeWrittenAndWriteItLater) {
  auto full = std::make_unique<FullForEnds>("salt");
  FullForEnds& disk = *full;
  store = std::move(full);
  const auto runner =
      Runner([](const JobRecord&, std::stop_token, const JobProgress&) { return std::string("pictures/7"); });
  const JobRecord job = runner->Submit(Picture());
  runner->Start();
  EXPECT_EQ(End(*runner, job).result, "pictures/7") << "nobody waits for ever";
  EXPECT_EQ(runner->List(0, 10).items.at(0).state, JobState::kSucceeded);
  EXPECT_EQ(store->GetJob(job.id).state, JobState::kRunning);
  disk.full = false;
  while (store->GetJob(job.id).state == JobState::kRunning)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_EQ(store->GetJob(job.id).result, "pictures/7");
}

TEST_F(Jobs, DoNotExistUnderAnUnknownNumber) {
  const auto runner = Runner(Endless);
  EXPECT_THROW(runner->Get(5), NotFound);
  EXPECT_THROW(runner->Cancel(5), NotFound);
}

}  // namespace
}  // namespace lagesbild::service
