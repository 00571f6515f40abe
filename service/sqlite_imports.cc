#include "service/data_version.h"
#include "service/errors.h"
#include "service/import_conflicts.h"
#include "service/incident_codes.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

void InsertTally(Database& database, std::int64_t import_id, std::int64_t ordinal, const char* unit,
                 const std::string& group, const geo::Tally& tally) {
  database
      .Query(
          "INSERT INTO import_tally(import_id, ordinal, unit, age_group, read_count, accepted, rejected, "
          "duplicate, placed, unplaced, digital, outside, too_coarse, corrected, superseded) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")
      .Bind(import_id, ordinal, unit, group, tally.read, tally.accepted, tally.rejected, tally.duplicate,
            tally.placed, tally.unplaced, tally.digital, tally.outside, tally.too_coarse, tally.corrected,
            tally.superseded)
      .Run();
}

geo::Tally TallyAt(const Statement& row, int column) {
  geo::Tally tally;
  tally.read = row.Int(column);
  tally.accepted = row.Int(column + 1);
  tally.rejected = row.Int(column + 2);
  tally.duplicate = row.Int(column + 3);
  tally.placed = row.Int(column + 4);
  tally.unplaced = row.Int(column + 5);
  tally.digital = row.Int(column + 6);
  tally.outside = row.Int(column + 7);
  tally.too_coarse = row.Int(column + 8);
  tally.corrected = row.Int(column + 9);
  tally.superseded = row.Int(column + 10);
  return tally;
}

void LoadTallies(Database& database, ImportBatch& batch) {
  Statement& row = database.Query(
      "SELECT ordinal, unit, age_group, read_count, accepted, rejected, duplicate, placed, unplaced, "
      "digital, "
      "outside, too_coarse, corrected, superseded FROM import_tally WHERE import_id = ?1 ORDER BY ordinal, "
      "unit");
  row.Bind(batch.id);
  while (row.Step()) {
    const auto ordinal = static_cast<std::size_t>(row.Int(0));
    if (ordinal > batch.groups.size()) batch.groups.push_back({row.Text(2), {}, {}});
    geo::Tally& incidents = ordinal == 0 ? batch.incidents : batch.groups[ordinal - 1].incidents;
    geo::Tally& persons = ordinal == 0 ? batch.persons : batch.groups[ordinal - 1].persons;
    (row.Text(1) == "incidents" ? incidents : persons) = TallyAt(row, 3);
  }
}

}  // namespace

void SqliteStore::InsertTallies(const ImportBatch& batch) {
  InsertTally(database_, batch.id, 0, "incidents", "", batch.incidents);
  InsertTally(database_, batch.id, 0, "persons", "", batch.persons);
  std::int64_t ordinal = 0;
  for (const geo::GroupTally& group : batch.groups) {
    InsertTally(database_, batch.id, ++ordinal, "incidents", group.group, group.incidents);
    InsertTally(database_, batch.id, ordinal, "persons", group.group, group.persons);
  }
}

ImportBatch SqliteStore::LoadImport(std::int64_t id) {
  Statement& row = database_.Query(
      "SELECT id, reporter, file_name, content_sha256, request_id, imported_at, undone FROM import_batch "
      "WHERE id = ?1");
  row.Bind(id);
  if (!row.Step()) throw NotFound("import " + std::to_string(id) + " does not exist");
  ImportBatch batch;
  batch.id = row.Int(0);
  batch.reporter = row.Text(1);
  batch.file_name = row.Text(2);
  batch.content_sha256 = row.Text(3);
  batch.request_id = row.Text(4);
  batch.imported_at = row.Text(5);
  batch.undone = row.Int(6) != 0;
  row.Reset();
  LoadTallies(database_, batch);
  Statement& quarter =
      database_.Query("SELECT quarter FROM import_quarter WHERE import_id = ?1 ORDER BY quarter");
  quarter.Bind(id);
  while (quarter.Step()) batch.quarters.push_back(quarter.Text(0));
  return batch;
}

void SqliteStore::RequireImport(std::int64_t id) {
  Statement& row = database_.Query("SELECT 1 FROM import_batch WHERE id = ?1");
  row.Bind(id);
  if (!row.Step()) throw NotFound("import " + std::to_string(id) + " does not exist");
  row.Reset();
}

std::optional<ImportBatch> SqliteStore::FindImport(const std::string& content_sha256,
                                                   const std::string& request_id) {
  const Lock lock(mutex_);
  Statement& row = database_.Query(
      "SELECT id FROM import_batch WHERE undone = 0 AND (content_sha256 = ?1 OR (?2 <> '' AND request_id = "
      "?2)) "
      "ORDER BY id LIMIT 1");
  row.Bind(content_sha256, request_id);
  if (!row.Step()) return std::nullopt;
  const std::int64_t id = row.Int(0);
  row.Reset();
  return LoadImport(id);
}

std::map<std::string, std::string> SqliteStore::KnownIncidents(const std::string& reporter) {
  const Lock lock(mutex_);
  std::map<std::string, std::string> known;
  Statement& row = database_.Query(
      "SELECT incident_key, content_key FROM incident WHERE reporter = ?1 ORDER BY incident_key");
  row.Bind(reporter);
  while (row.Step()) known.emplace_hint(known.end(), row.Text(0), row.Text(1));
  return known;
}

void SqliteStore::InsertDuplicates(std::int64_t import_id, const std::vector<DuplicateRow>& duplicates) {
  Statement& known = database_.Query("SELECT 1 FROM incident WHERE incident_key = ?1 AND import_id <> ?2");
  for (const DuplicateRow& row : duplicates) {
    if (!known.Bind(row.incident_key, import_id).Step()) throw StoreChanged(kStoreChanged);
    known.Reset();
    database_.Query("INSERT INTO duplicate_row(import_id, source_row, incident_key) VALUES (?1, ?2, ?3)")
        .Bind(import_id, row.source_row, row.incident_key)
        .Run();
  }
}

/// An earlier import's duplicates repeat a version from before this one's correction.
void SqliteStore::RequireNoDuplicatesOf(std::int64_t import_id) {
  Statement& query = database_.Query(
      "SELECT d.import_id, count(*) FROM duplicate_row d JOIN incident i ON i.incident_key = d.incident_key "
      "WHERE i.import_id = ?1 AND d.import_id > ?1 GROUP BY d.import_id ORDER BY d.import_id LIMIT 1");
  if (!query.Bind(import_id).Step()) return;
  const std::int64_t later = query.Int(0), rows = query.Int(1);
  query.Reset();
  ThrowDuplicatesElsewhere(later, rows);
}

void SqliteStore::InsertIncidents(std::int64_t import_id, std::vector<StoredIncident>& incidents) {
  Statement& known = database_.Query("SELECT 1 FROM incident WHERE incident_key = ?1");
  for (StoredIncident& stored : incidents) {
    geo::Incident& incident = stored.incident;
    known.Reset();
    if (known.Bind(stored.incident_key).Step()) throw StoreChanged(kStoreChanged);
    Statement& insert = database_.Query(
        "INSERT INTO incident(import_id, source_row, reporter, occurred_on, category, place_kind, "
        "unplaced_reason, "
        "match_level, accuracy_radius_m, incident_key, place_key, content_key, resolved_by, easting, "
        "northing) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
    const auto bind = [&](const auto easting, const auto northing) {
      insert.Bind(import_id, stored.source_row, incident.reporter, geo::IsoDate(incident.date),
                  geo::InfoOf(incident.category).code, PlaceKindCode(incident.place),
                  geo::UnplacedReasonCode(incident.reason), geo::MatchLevelCode(incident.level),
                  incident.accuracy_radius.value(), stored.incident_key, stored.place_key, stored.content_key,
                  stored.resolved_by, easting, northing);
    };
    if (incident.has_position)
      bind(incident.position.easting.value(), incident.position.northing.value());
    else
      bind(nullptr, nullptr);
    insert.Run();
    incident.id = database_.last_insert_id();
    if (stored.resolved_by != 0) KeepBefore(incident.id, stored.before);
    for (std::size_t i = 0; i < incident.persons.size(); ++i)
      database_
          .Query(
              "INSERT INTO person(incident_id, ordinal, role, age_span, age_estimated) "
              "VALUES (?1, ?2, ?3, ?4, ?5)")
          .Bind(incident.id, static_cast<std::int64_t>(i), geo::RoleCode(incident.persons[i].role),
                geo::SpanCode(scheme_, incident.persons[i].age), incident.persons[i].age_estimated)
          .Run();
  }
}

ImportBatch SqliteStore::AddImport(ImportBatch batch, std::vector<StoredIncident> incidents,
                                   const std::vector<RejectedImportRow>& rejected,
                                   std::vector<UnresolvedPlace> unresolved,
                                   const std::vector<DuplicateRow>& duplicates) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  Statement& earlier =
      database_.Query("SELECT id FROM import_batch WHERE undone = 0 AND content_sha256 = ?1");
  if (earlier.Bind(batch.content_sha256).Step()) {
    const std::int64_t id = earlier.Int(0);
    earlier.Reset();
    return LoadImport(id);
  }
  Statement& reporter = database_.Query("SELECT 1 FROM reporter WHERE code = ?1");
  if (!reporter.Bind(batch.reporter).Step()) throw NotFound("reporter " + batch.reporter + " is not known");
  reporter.Reset();
  DigestSum digest;
  for (const StoredIncident& stored : incidents) digest.Add(IncidentDigest(stored.incident, scheme_));
  database_
      .Query(
          "INSERT INTO import_batch(reporter, file_name, content_sha256, request_id, imported_at, "
          "incident_digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
      .Bind(batch.reporter, batch.file_name, batch.content_sha256, batch.request_id, batch.imported_at,
            Statement::Blob(digest.bytes()))
      .Run();
  batch.id = database_.last_insert_id();
  const std::set<std::int64_t> corrected = Supersede(incidents, batch);
  InsertTallies(batch);
  for (const std::string& quarter : batch.quarters)
    database_.Query("INSERT INTO import_quarter(import_id, quarter) VALUES (?1, ?2)")
        .Bind(batch.id, quarter)
        .Run();
  InsertDuplicates(batch.id, duplicates);
  InsertIncidents(batch.id, incidents);
  for (const RejectedImportRow& row : rejected)
    database_
        .Query(
            "INSERT INTO rejected_row(import_id, source_row, column_name, reason, message) "
            "VALUES (?1, ?2, ?3, ?4, ?5)")
        .Bind(batch.id, row.row, row.column, row.reason, row.message)
        .Run();
  for (const UnresolvedPlace& place : unresolved)
    database_
        .Query(
            "INSERT INTO unresolved_place(incident_id, place_key, place_text, locality, reason, expires_on, "
            "resolved) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .Bind(incidents.at(static_cast<std::size_t>(place.incident_id)).incident.id, place.place_key,
              place.text, place.locality, place.reason, place.expires_on, place.resolved)
        .Run();
  for (const std::int64_t earlier_import : corrected) Retally(earlier_import);
  MarkStale(batch.quarters);
  GrowDataVersion();
  transaction.Commit();
  return batch;
}

ImportBatch SqliteStore::GetImport(std::int64_t id) {
  const Lock lock(mutex_);
  return LoadImport(id);
}

Page<ImportBatch> SqliteStore::ListImports(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  std::vector<std::int64_t> ids;
  Statement& row = database_.Query("SELECT id FROM import_batch WHERE id > ?1 ORDER BY id LIMIT ?2");
  row.Bind(after, static_cast<std::int64_t>(limit) + 1);
  while (row.Step()) ids.push_back(row.Int(0));
  Page<ImportBatch> page;
  for (const std::int64_t id : ids) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_after = page.items.back().id;
      break;
    }
    page.items.push_back(LoadImport(id));
  }
  return page;
}

Page<RejectedImportRow> SqliteStore::ListRejectedRows(std::int64_t import_id, std::int64_t after, int limit) {
  const Lock lock(mutex_);
  RequireImport(import_id);
  Page<RejectedImportRow> page;
  Statement& row = database_.Query(
      "SELECT source_row, column_name, reason, message FROM rejected_row WHERE import_id = ?1 AND source_row "
      "> ?2 "
      "ORDER BY source_row LIMIT ?3");
  row.Bind(import_id, after, static_cast<std::int64_t>(limit) + 1);
  while (row.Step()) page.items.push_back({row.Int(0), row.Text(1), row.Text(2), row.Text(3)});
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.pop_back();
    page.next_after = page.items.back().row;
  }
  return page;
}

std::vector<PictureRecord> SqliteStore::UndoImport(std::int64_t id) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  const ImportBatch batch = LoadImport(id);
  if (!batch.undone) {
    RequireNotCorrected(id);
    RequireNoDuplicatesOf(id);
    database_.Query("DELETE FROM duplicate_row WHERE import_id = ?1").Bind(id).Run();
    database_
        .Query("DELETE FROM place_before WHERE incident_id IN (SELECT id FROM incident WHERE import_id = ?1)")
        .Bind(id)
        .Run();
    database_.Query("DELETE FROM incident WHERE import_id = ?1").Bind(id).Run();
    database_.Query("DELETE FROM rejected_row WHERE import_id = ?1").Bind(id).Run();
    database_.Query("UPDATE import_batch SET undone = 1 WHERE id = ?1").Bind(id).Run();
    for (const std::int64_t earlier_import : BringBack(id)) Retally(earlier_import);
    MarkStale(batch.quarters);
    GrowDataVersion();
  }
  transaction.Commit();
  database_.Checkpoint();
  return StalePictures(batch.quarters);
}

Page<UnresolvedPlace> SqliteStore::ListUnresolved(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  Page<UnresolvedPlace> page;
  Statement& row = database_.Query(
      "SELECT incident_id, place_key, place_text, locality, reason, expires_on FROM unresolved_place "
      "WHERE resolved = 0 AND incident_id > ?1 ORDER BY incident_id LIMIT ?2");
  row.Bind(after, static_cast<std::int64_t>(limit) + 1);
  while (row.Step())
    page.items.push_back(
        {row.Int(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), false});
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.pop_back();
    page.next_after = page.items.back().incident_id;
  }
  return page;
}

std::int64_t SqliteStore::ExpireUnresolved(const std::string& today) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  database_.Query("DELETE FROM unresolved_place WHERE expires_on <= ?1").Bind(today).Run();
  std::int64_t expired = database_.changes();
  database_.Query("DELETE FROM superseded_place WHERE expires_on <= ?1").Bind(today).Run();
  expired += database_.changes();
  transaction.Commit();
  if (expired > 0) database_.Checkpoint();
  return expired;
}

}  // namespace lagesbild::service
