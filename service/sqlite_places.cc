#include <set>

#include "service/data_version.h"
#include "service/errors.h"
#include "service/incident_codes.h"
#include "service/retally.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {

std::vector<StoredIncident> SqliteStore::Retally(std::int64_t import_id) {
  std::vector<StoredIncident> incidents = IncidentsOfImport(import_id);
  ImportBatch batch = LoadImport(import_id);
  service::Retally(batch, incidents, SupersededOfImport(import_id), scheme_);
  DigestSum digest;
  for (const StoredIncident& stored : incidents) digest.Add(IncidentDigest(stored.incident, scheme_));
  database_.Query("DELETE FROM import_tally WHERE import_id = ?1").Bind(import_id).Run();
  InsertTallies(batch);
  database_.Query("UPDATE import_batch SET incident_digest = ?2 WHERE id = ?1")
      .Bind(import_id, Statement::Blob(digest.bytes()))
      .Run();
  return incidents;
}

/// Writes the place into `table`, incident or superseded_incident. Returns the incident's import.
std::int64_t SqliteStore::Place(const std::string& table, const PlaceChange& change,
                                std::int64_t new_decision) {
  Statement& of = database_.Query("SELECT import_id FROM " + table + " WHERE id = ?1");
  if (!of.Bind(change.incident_id).Step())
    throw NotFound("incident " + std::to_string(change.incident_id) + " does not exist");
  const std::int64_t import_id = of.Int(0);
  of.Reset();
  Follow(table, change, new_decision);
  Statement& update =
      database_.Query("UPDATE " + table +
                      " SET place_kind = ?2, unplaced_reason = ?3, match_level = ?4, accuracy_radius_m = "
                      "?5, easting = ?6, northing = ?7 WHERE id = ?1");
  const auto bind = [&](const auto easting, const auto northing) {
    update.Bind(change.incident_id, PlaceKindCode(change.place), geo::UnplacedReasonCode(change.reason),
                geo::MatchLevelCode(change.level), change.accuracy_radius.value(), easting, northing);
  };
  if (change.has_position)
    bind(change.position.easting.value(), change.position.northing.value());
  else
    bind(nullptr, nullptr);
  update.Run();
  if (change.forget_key)
    database_.Query("UPDATE " + table + " SET place_key = '' WHERE id = ?1").Bind(change.incident_id).Run();
  return import_id;
}

/// Of unresolved_place or superseded_place.
void SqliteStore::ChangeText(const std::string& table, const PlaceChange& change) {
  switch (change.text) {
    case TextFate::kDelete:
      database_.Query("DELETE FROM " + table + " WHERE incident_id = ?1 AND resolved = 0")
          .Bind(change.incident_id)
          .Run();
      break;
    case TextFate::kForget:
      database_.Query("DELETE FROM " + table + " WHERE incident_id = ?1").Bind(change.incident_id).Run();
      break;
    case TextFate::kKeepAside:
      database_.Query("UPDATE " + table + " SET resolved = 1 WHERE incident_id = ?1")
          .Bind(change.incident_id)
          .Run();
      break;
    case TextFate::kWaitAgain:
      database_.Query("UPDATE " + table + " SET resolved = 0, reason = ?2 WHERE incident_id = ?1")
          .Bind(change.incident_id, geo::UnplacedReasonCode(change.reason))
          .Run();
      break;
  }
}

std::vector<std::string> SqliteStore::ApplyPlaces(const PlaceChanges& changes) {
  std::int64_t decided = 0;
  for (const PlaceDecision& decision : changes.decisions) decided = AddDecision(decision);
  if (changes.undone_decision != 0) {
    GetDecisionInside(changes.undone_decision);
    database_
        .Query("UPDATE place_resolution SET undone_at = ?2, undone_by = ?3 WHERE id = ?1 AND undone_at = ''")
        .Bind(changes.undone_decision, changes.undone_at, changes.undone_by)
        .Run();
  }
  std::set<std::int64_t> imports, moved;
  for (const PlaceChange& change : changes.superseded) {
    imports.insert(Place("superseded_incident", change, decided));
    if (change.follows) ChangeText("superseded_place", change);
  }
  for (const PlaceChange& change : changes.incidents) {
    imports.insert(Place("incident", change, decided));
    moved.insert(change.incident_id);
    ChangeText("unresolved_place", change);
  }
  std::set<std::string> quarters;
  for (const std::int64_t import_id : imports)
    for (const StoredIncident& stored : Retally(import_id))
      if (moved.contains(stored.incident.id)) quarters.insert(geo::QuarterOf(stored.incident.date).code());
  return {quarters.begin(), quarters.end()};
}

std::vector<PictureRecord> SqliteStore::ChangePlaces(const PlaceChanges& changes) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  const std::vector<std::string> touched = ApplyPlaces(changes);
  MarkStale(touched);
  GrowDataVersion();
  transaction.Commit();
  database_.Checkpoint();
  return StalePictures(touched);
}

}  // namespace lagesbild::service
