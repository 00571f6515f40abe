#include <nlohmann/json.hpp>

#include "service/errors.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

std::vector<std::string> ListAt(const Statement& row, int column) {
  return nlohmann::json::parse(row.Text(column)).get<std::vector<std::string>>();
}

void PutRecord(Database& database, const ReporterRecord& record) {
  Statement& known = database.Query("SELECT 1 FROM reporter WHERE code = ?1");
  if (!known.Bind(record.reporter).Step()) throw NotFound("reporter " + record.reporter + " is not known");
  known.Reset();
  if (record.asked_on.empty() && record.nothing_on.empty()) {
    database.Query("DELETE FROM reporter_quarter WHERE quarter = ?1 AND reporter = ?2")
        .Bind(record.quarter, record.reporter)
        .Run();
    return;
  }
  database
      .Query(
          "INSERT INTO reporter_quarter(quarter, reporter, asked_on, nothing_on) VALUES (?1, ?2, ?3, ?4) "
          "ON CONFLICT(quarter, reporter) DO UPDATE SET asked_on = excluded.asked_on, "
          "nothing_on = excluded.nothing_on")
      .Bind(record.quarter, record.reporter, record.asked_on, record.nothing_on)
      .Run();
}

}  // namespace

void SqliteStore::PutReporter(const Reporter& reporter) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  database_
      .Query(
          "INSERT INTO reporter(code, name, kind, home_locality, onboarded, disconnected, areas, ages, "
          "contact_role) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
          "ON CONFLICT(code) DO UPDATE SET name = excluded.name, kind = excluded.kind, "
          "home_locality = excluded.home_locality, onboarded = excluded.onboarded, "
          "disconnected = excluded.disconnected, areas = excluded.areas, ages = excluded.ages, "
          "contact_role = excluded.contact_role")
      .Bind(reporter.code, reporter.name, ReporterKindCode(reporter.kind), reporter.home_locality,
            reporter.onboarded, reporter.disconnected, nlohmann::json(reporter.areas).dump(),
            nlohmann::json(reporter.ages).dump(), reporter.contact_role)
      .Run();
  GrowDataVersion();
  transaction.Commit();
}

std::vector<Reporter> SqliteStore::LoadReporters() {
  std::vector<Reporter> reporters;
  Statement& row = database_.Query(
      "SELECT code, name, kind, home_locality, onboarded, disconnected, areas, ages, contact_role "
      "FROM reporter ORDER BY code");
  while (row.Step()) {
    const auto kind = ParseReporterKind(row.Text(2));
    if (!kind) throw StoreUnavailable("the store holds a kind of reporter that this program does not know");
    reporters.push_back({row.Text(0), row.Text(1), *kind, row.Text(3), row.Text(4), row.Text(5),
                         ListAt(row, 6), ListAt(row, 7), row.Text(8)});
  }
  return reporters;
}

std::vector<Reporter> SqliteStore::ListReporters() {
  const Lock lock(mutex_);
  return LoadReporters();
}

void SqliteStore::PutReporterRecords(const std::vector<ReporterRecord>& records) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  std::vector<std::string> quarters;
  for (const ReporterRecord& record : records) {
    PutRecord(database_, record);
    quarters.push_back(record.quarter);
  }
  MarkStale(quarters);
  GrowDataVersion();
  transaction.Commit();
}

std::vector<ReporterRecord> SqliteStore::LoadReporterRecords(const std::string& first,
                                                             const std::string& last) {
  std::vector<ReporterRecord> records;
  Statement& row = database_.Query(
      "SELECT quarter, reporter, max(asked_on), max(nothing_on), max(delivered) FROM ("
      "SELECT quarter, reporter, asked_on, nothing_on, 0 AS delivered FROM reporter_quarter "
      "WHERE quarter BETWEEN ?1 AND ?2 UNION ALL "
      "SELECT q.quarter, b.reporter, '', '', 1 FROM import_quarter q JOIN import_batch b ON b.id = "
      "q.import_id "
      "WHERE b.undone = 0 AND q.quarter BETWEEN ?1 AND ?2) GROUP BY quarter, reporter ORDER BY quarter, "
      "reporter");
  row.Bind(first, last);
  while (row.Step()) records.push_back({row.Text(1), row.Text(0), row.Text(2), row.Text(3), row.Int(4) != 0});
  return records;
}

std::vector<ReporterRecord> SqliteStore::ReporterRecords(const std::string& first, const std::string& last) {
  const Lock lock(mutex_);
  return LoadReporterRecords(first, last);
}

void SqliteStore::PutReporterAim(int year, std::optional<int> aim) {
  const Lock lock(mutex_);
  if (!aim) {
    database_.Query("DELETE FROM reporter_aim WHERE year = ?1").Bind(year).Run();
    return;
  }
  database_
      .Query(
          "INSERT INTO reporter_aim(year, connected) VALUES (?1, ?2) "
          "ON CONFLICT(year) DO UPDATE SET connected = excluded.connected")
      .Bind(year, *aim)
      .Run();
}

std::map<int, int> SqliteStore::ReporterAims() {
  const Lock lock(mutex_);
  std::map<int, int> aims;
  Statement& row = database_.Query("SELECT year, connected FROM reporter_aim ORDER BY year");
  while (row.Step()) aims.emplace(static_cast<int>(row.Int(0)), static_cast<int>(row.Int(1)));
  return aims;
}

}  // namespace lagesbild::service
