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
std::int64_t SqliteStore::Place(const std::string& table, const PlaceChange& change) {
  Statement& of = database_.Query("SELECT import_id FROM " + table + " WHERE id = ?1");
  if (!of.Bind(change.incident_id).Step())
    throw NotFound("incident " + std::to_string(change.incident_id) + " does not exist");
  const std::int64_t import_id = of.Int(0);
  of.Reset();
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

std::vector<std::string> SqliteStore::ApplyPlaces(const PlaceChanges& changes) {
  std::set<std::int64_t> imports, moved;
  for (const PlaceChange& change : changes.superseded) imports.insert(Place("superseded_incident", change));
  for (const PlaceChange& change : changes.incidents) {
    imports.insert(Place("incident", change));
    moved.insert(change.incident_id);
    database_.Query("DELETE FROM unresolved_place WHERE incident_id = ?1").Bind(change.incident_id).Run();
  }
  for (const PlaceDecision& decision : changes.decisions)
    database_
        .Query(
            "INSERT INTO place_decision(place_key, placed, match_level, easting, northing, "
            "accuracy_radius_m, crs) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
            "ON CONFLICT(place_key) DO UPDATE SET placed = excluded.placed, match_level = "
            "excluded.match_level, easting = excluded.easting, northing = excluded.northing, "
            "accuracy_radius_m = excluded.accuracy_radius_m, crs = excluded.crs")
        .Bind(decision.place_key, decision.placed, geo::MatchLevelCode(decision.level),
              decision.position.easting.value(), decision.position.northing.value(),
              decision.accuracy_radius.value(), static_cast<std::int64_t>(decision.crs))
        .Run();
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

std::vector<PlaceDecision> SqliteStore::PlaceDecisions() {
  const Lock lock(mutex_);
  std::vector<PlaceDecision> decisions;
  Statement& row = database_.Query(
      "SELECT place_key, placed, match_level, easting, northing, accuracy_radius_m, crs FROM place_decision "
      "ORDER BY place_key");
  while (row.Step())
    decisions.push_back({row.Text(0),
                         row.Int(1) != 0,
                         MatchLevelOf(row.Text(2)),
                         {geo::Meters{row.Real(3)}, geo::Meters{row.Real(4)}},
                         geo::Meters{row.Real(5)},
                         geo::Epsg{static_cast<int>(row.Int(6))}});
  return decisions;
}

}  // namespace lagesbild::service
