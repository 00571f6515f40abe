#include "service/errors.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

constexpr const char* kSelectOne =
    "SELECT id, kind, request, request_id, audience, state, progress_fraction, stage, error_code, "
    "error_message, "
    "error_reason, result, created_at, started_at, finished_at FROM job WHERE id = ?1";

JobRecord JobAt(const Statement& row) {
  JobRecord job;
  job.id = row.Int(0);
  job.kind = row.Text(1);
  job.request = row.Text(2);
  job.request_id = row.Text(3);
  job.audience = row.Text(4);
  const auto state = ParseJobState(row.Text(5));
  if (!state) throw StoreUnavailable("the store holds a job state that this program does not know");
  job.state = *state;
  job.progress_fraction = row.Real(6);
  job.stage = row.Text(7);
  job.error_code = row.Text(8);
  job.error_message = row.Text(9);
  job.error_reason = row.Text(10);
  job.result = row.Text(11);
  job.created_at = row.Text(12);
  job.started_at = row.Text(13);
  job.finished_at = row.Text(14);
  return job;
}

std::optional<std::int64_t> FirstId(Statement& query) {
  if (!query.Step()) return std::nullopt;
  const std::int64_t id = query.Int(0);
  query.Reset();
  return id;
}

}  // namespace

JobRecord SqliteStore::LoadJob(std::int64_t id) {
  Statement& row = database_.Query(kSelectOne);
  if (!row.Bind(id).Step()) throw NotFound("job " + std::to_string(id) + " does not exist");
  JobRecord job = JobAt(row);
  row.Reset();
  return job;
}

JobRecord SqliteStore::AddJob(const JobRecord& job) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  Statement& earlier = database_.Query("SELECT id FROM job WHERE ?1 <> '' AND request_id = ?1");
  earlier.Bind(job.request_id);
  if (const auto id = FirstId(earlier)) return LoadJob(*id);
  database_
      .Query(
          "INSERT INTO job(kind, request, request_id, audience, state, progress_fraction, stage, error_code, "
          "error_message, error_reason, result, created_at, started_at, finished_at) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")
      .Bind(job.kind, Statement::Blob(job.request), job.request_id, job.audience, JobStateCode(job.state),
            job.progress_fraction, job.stage, job.error_code, job.error_message, job.error_reason, job.result,
            job.created_at, job.started_at, job.finished_at)
      .Run();
  JobRecord added = job;
  added.id = database_.last_insert_id();
  transaction.Commit();
  return added;
}

JobRecord SqliteStore::GetJob(std::int64_t id) {
  const Lock lock(mutex_);
  return LoadJob(id);
}

Page<JobRecord> SqliteStore::ListJobs(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  std::vector<std::int64_t> ids;
  Statement& query = database_.Query("SELECT id FROM job WHERE id > ?1 ORDER BY id LIMIT ?2");
  query.Bind(after, static_cast<std::int64_t>(limit) + 1);
  while (query.Step()) ids.push_back(query.Int(0));
  Page<JobRecord> page;
  for (const std::int64_t id : ids) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_after = page.items.back().id;
      break;
    }
    page.items.push_back(LoadJob(id));
  }
  return page;
}

std::optional<JobRecord> SqliteStore::ClaimJob() {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  const auto id = FirstId(database_.Query("SELECT id FROM job WHERE state = 'QUEUED' ORDER BY id LIMIT 1"));
  if (!id) return std::nullopt;
  database_.Query("UPDATE job SET state = 'RUNNING' WHERE id = ?1").Bind(*id).Run();
  JobRecord job = LoadJob(*id);
  transaction.Commit();
  return job;
}

void SqliteStore::UpdateJob(const JobRecord& job) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  LoadJob(job.id);
  database_
      .Query(
          "UPDATE job SET kind = ?2, request = ?3, request_id = ?4, audience = ?5, state = ?6, "
          "progress_fraction = ?7, stage = ?8, error_code = ?9, error_message = ?10, error_reason = ?11, "
          "result = ?12, created_at = ?13, started_at = ?14, finished_at = ?15 "
          "WHERE id = ?1 AND state IN ('QUEUED', 'RUNNING')")
      .Bind(job.id, job.kind, Statement::Blob(job.request), job.request_id, job.audience,
            JobStateCode(job.state), job.progress_fraction, job.stage, job.error_code, job.error_message,
            job.error_reason, job.result, job.created_at, job.started_at, job.finished_at)
      .Run();
  transaction.Commit();
}

int SqliteStore::RequeueRunningJobs() {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  database_
      .Query(
          "UPDATE job SET state = 'QUEUED', progress_fraction = 0, stage = '', started_at = '' "
          "WHERE state = 'RUNNING'")
      .Run();
  const auto requeued = static_cast<int>(database_.changes());
  transaction.Commit();
  return requeued;
}

}  // namespace lagesbild::service
