#include "service/errors.h"
#include "service/import_conflicts.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

// A correction moves the earlier version, with its persons and its waiting text, into tables of its own: what
// reads incidents cannot meet it by mistake. Undoing the correction moves it back under the same id.
#define LAGESBILD_MOVED_COLUMNS                                                               \
  "id, import_id, source_row, reporter, occurred_on, category, place_kind, unplaced_reason, " \
  "match_level, easting, northing, accuracy_radius_m, incident_key, place_key, content_key, resolved_by"
#define LAGESBILD_PERSON_COLUMNS "incident_id, ordinal, role, age_span, age_estimated"
#define LAGESBILD_WAITING_COLUMNS "incident_id, place_key, place_text, locality, reason, expires_on, resolved"

constexpr const char* kTakeOut = "INSERT INTO superseded_incident(superseded_by, " LAGESBILD_MOVED_COLUMNS
                                 ") SELECT ?2, " LAGESBILD_MOVED_COLUMNS " FROM incident WHERE id = ?1";
constexpr const char* kTakeOutPersons =
    "INSERT INTO superseded_person(" LAGESBILD_PERSON_COLUMNS ") SELECT " LAGESBILD_PERSON_COLUMNS
    " FROM person WHERE incident_id = ?1";
constexpr const char* kTakeOutWaiting =
    "INSERT INTO superseded_place(" LAGESBILD_WAITING_COLUMNS ") SELECT " LAGESBILD_WAITING_COLUMNS
    " FROM unresolved_place WHERE incident_id = ?1";
constexpr const char* kBringBack =
    "INSERT INTO incident(" LAGESBILD_MOVED_COLUMNS ") SELECT " LAGESBILD_MOVED_COLUMNS
    " FROM superseded_incident WHERE superseded_by = ?1";
constexpr const char* kBringBackPersons =
    "INSERT INTO person(" LAGESBILD_PERSON_COLUMNS ") SELECT " LAGESBILD_PERSON_COLUMNS
    " FROM superseded_person WHERE incident_id IN (SELECT id FROM superseded_incident WHERE superseded_by = "
    "?1)";
constexpr const char* kBringBackWaiting =
    "INSERT INTO unresolved_place(" LAGESBILD_WAITING_COLUMNS ") SELECT " LAGESBILD_WAITING_COLUMNS
    " FROM superseded_place WHERE incident_id IN (SELECT id FROM superseded_incident WHERE superseded_by = "
    "?1)";

}  // namespace

std::set<std::int64_t> SqliteStore::Supersede(const std::vector<StoredIncident>& incidents, ImportBatch& by) {
  std::set<std::int64_t> imports;
  std::set<std::string> quarters(by.quarters.begin(), by.quarters.end());
  for (const StoredIncident& later : incidents) {
    if (!later.corrects) continue;
    Statement& known = database_.Query(
        "SELECT id, import_id, occurred_on FROM incident WHERE incident_key = ?1 AND reporter = ?2 AND "
        "content_key <> '' AND content_key <> ?3 AND import_id <> ?4");
    if (!known.Bind(later.incident_key, later.incident.reporter, later.content_key, by.id).Step())
      throw StoreChanged(kStoreChanged);
    const std::int64_t id = known.Int(0);
    imports.insert(known.Int(1));
    quarters.insert(QuarterOfIsoDate(known.Text(2)));
    known.Reset();
    database_.Query(kTakeOut).Bind(id, by.id).Run();
    database_.Query(kTakeOutPersons).Bind(id).Run();
    database_.Query(kTakeOutWaiting).Bind(id).Run();
    database_.Query("DELETE FROM incident WHERE id = ?1").Bind(id).Run();
  }
  by.quarters.assign(quarters.begin(), quarters.end());
  return imports;
}

std::set<std::int64_t> SqliteStore::BringBack(std::int64_t superseded_by) {
  std::set<std::int64_t> imports;
  Statement& of = database_.Query(
      "SELECT DISTINCT import_id FROM superseded_incident WHERE superseded_by = ?1 ORDER BY import_id");
  of.Bind(superseded_by);
  while (of.Step()) imports.insert(of.Int(0));
  for (const char* move : {kBringBack, kBringBackPersons, kBringBackWaiting})
    database_.Query(move).Bind(superseded_by).Run();
  database_.Query("DELETE FROM superseded_incident WHERE superseded_by = ?1").Bind(superseded_by).Run();
  return imports;
}

void SqliteStore::RequireNotCorrected(std::int64_t import_id) {
  Statement& query = database_.Query(
      "SELECT superseded_by, count(*) FROM superseded_incident WHERE import_id = ?1 GROUP BY superseded_by "
      "ORDER BY superseded_by LIMIT 1");
  if (!query.Bind(import_id).Step()) return;
  const std::int64_t later = query.Int(0), incidents = query.Int(1);
  query.Reset();
  ThrowCorrectedElsewhere(later, incidents);
}

}  // namespace lagesbild::service
