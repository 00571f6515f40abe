#include "service/sqlite_store.h"

#include "service/age_scheme_json.h"
#include "service/data_version.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/schema.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kSaltBytes = 32;

std::vector<std::string> Texts(Statement& query) {
  std::vector<std::string> texts;
  while (query.Step()) texts.push_back(query.Text(0));
  return texts;
}

void RequireSound(Database& database) {
  const std::vector<std::string> faults = Texts(database.Query("PRAGMA quick_check(1)"));
  if (faults.size() != 1 || faults.front() != "ok")
    throw StoreUnavailable("the store is damaged; restore a backup");
}

}  // namespace

SqliteStore::SqliteStore(const std::string& path, const std::string& salt) : database_(path) {
  RequireSound(database_);
  Migrate(database_, Migrations());
  SeedOnce(salt);
  Statement& scheme = database_.Query("SELECT definition FROM age_scheme ORDER BY version DESC LIMIT 1");
  scheme.Step();
  scheme_ = AgeSchemeFromJson(scheme.Text(0));
  scheme.Reset();
  Statement& stored_salt = database_.Query("SELECT value FROM setting WHERE name = 'salt'");
  stored_salt.Step();
  salt_ = stored_salt.Text(0);
  stored_salt.Reset();
}

void SqliteStore::SeedOnce(const std::string& salt) {
  Transaction transaction(database_);
  database_.Query("INSERT OR IGNORE INTO setting(name, value) VALUES ('salt', ?1)")
      .Bind(Statement::Blob(salt.empty() ? RandomBytes(kSaltBytes) : salt))
      .Run();
  database_.Query("INSERT OR IGNORE INTO setting(name, value) VALUES ('data_version', CAST('0' AS BLOB))")
      .Run();
  const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  database_.Query("INSERT OR IGNORE INTO age_scheme(version, valid_from, definition) VALUES (?1, ?2, ?3)")
      .Bind(scheme.version, scheme.valid_from, AgeSchemeToJson(scheme))
      .Run();
  transaction.Commit();
}

void SqliteStore::GrowDataVersion() {
  database_
      .Query(
          "UPDATE setting SET value = CAST(CAST(CAST(value AS TEXT) AS INTEGER) + 1 AS BLOB) "
          "WHERE name = 'data_version'")
      .Run();
}

geo::AgeScheme SqliteStore::CurrentAgeScheme() {
  const Lock lock(mutex_);
  return scheme_;
}

void SqliteStore::PutAgeScheme(const geo::AgeScheme& scheme) {
  database_.Query("INSERT INTO age_scheme(version, valid_from, definition) VALUES (?1, ?2, ?3)")
      .Bind(scheme.version, scheme.valid_from, AgeSchemeToJson(scheme))
      .Run();
}

std::string SqliteStore::Salt() { return salt_; }

DataVersion SqliteStore::CurrentDataVersion() {
  const Lock lock(mutex_);
  DataContent content;
  content.registers = CurrentRegisters();
  content.reporters = LoadReporters();
  content.reporter_records = LoadReporterRecords(kFirstQuarterCode, kLastQuarterCode);
  content.age_scheme_version = scheme_.version;
  Statement& imports =
      database_.Query("SELECT reporter, content_sha256, incident_digest FROM import_batch WHERE undone = 0");
  while (imports.Step()) {
    content.import_identities.push_back(imports.Text(0) + " " + imports.Text(1));
    content.incidents.Add(imports.Text(2));
  }
  Statement& number =
      database_.Query("SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM setting WHERE name = 'data_version'");
  number.Step();
  const std::int64_t grown = number.Int(0);
  number.Reset();
  return {grown, DataHash(content)};
}

bool SqliteStore::Healthy() {
  const Lock lock(mutex_);
  try {
    Statement& query = database_.Query("SELECT count(*) FROM setting");
    const bool there = query.Step();
    query.Reset();
    return there;
  } catch (const StoreUnavailable&) {
    return false;
  } catch (const Exhausted&) {
    return false;
  }
}

std::vector<std::string> SqliteStore::CheckIntegrity() {
  const Lock lock(mutex_);
  std::vector<std::string> faults;
  for (const std::string& line : Texts(database_.Query("PRAGMA integrity_check")))
    if (line != "ok") faults.push_back("damaged page or index: " + line);
  for (const std::string& table : Texts(database_.Query("PRAGMA foreign_key_check")))
    faults.push_back("a row of table " + table + " refers to nothing");
  Statement& counts = database_.Query(
      "SELECT b.id, t.accepted - t.superseded, (SELECT count(*) FROM incident i WHERE i.import_id = b.id), "
      "b.undone, t.superseded, (SELECT count(*) FROM superseded_incident s WHERE s.import_id = b.id) "
      "FROM import_batch b JOIN import_tally t ON t.import_id = b.id AND t.ordinal = 0 AND t.unit = "
      "'incidents'");
  while (counts.Step()) {
    const std::int64_t expected = counts.Int(3) != 0 ? 0 : counts.Int(1);
    if (expected != counts.Int(2))
      faults.push_back("import " + counts.Text(0) + " says " + std::to_string(expected) +
                       " accepted incidents in use but holds " + std::to_string(counts.Int(2)));
    if (counts.Int(4) != counts.Int(5))
      faults.push_back("import " + counts.Text(0) + " says " + std::to_string(counts.Int(4)) +
                       " superseded incidents but holds " + std::to_string(counts.Int(5)));
  }
  Statement& orphans = database_.Query(
      "SELECT count(*) FROM superseded_incident s WHERE NOT EXISTS (SELECT 1 FROM incident i WHERE "
      "i.incident_key = s.incident_key AND i.import_id > s.import_id)");
  orphans.Step();
  if (orphans.Int(0) > 0)
    faults.push_back(std::to_string(orphans.Int(0)) + " superseded incidents have no later version in use");
  orphans.Reset();
  return faults;
}

std::unique_ptr<Store> OpenSqliteStore(const std::string& path, const std::string& salt) {
  return std::make_unique<SqliteStore>(path, salt);
}

}  // namespace lagesbild::service
