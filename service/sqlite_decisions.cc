#include "service/errors.h"
#include "service/incident_codes.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

#define LAGESBILD_DECISION_COLUMNS                                                                         \
  "SELECT id, place_key, version, placed, match_level, easting, northing, accuracy_radius_m, crs, "        \
  "overrides, matched, decided_at, decided_by, reason, note, undone_at, undone_by, (SELECT count(*) FROM " \
  "incident WHERE resolved_by = r.id AND resolved_by <> 0) FROM place_resolution r "

/// The latest version of its key that is not undone.
constexpr const char* kInForce =
    "WHERE r.place_key <> '' AND r.undone_at = '' AND NOT EXISTS (SELECT 1 FROM place_resolution l WHERE "
    "l.place_key = r.place_key AND l.undone_at = '' AND l.version > r.version) ";

PlaceDecision DecisionAt(const Statement& row) {
  PlaceDecision decision;
  decision.id = row.Int(0);
  decision.place_key = row.Text(1);
  decision.version = static_cast<int>(row.Int(2));
  decision.placed = row.Int(3) != 0;
  decision.level = MatchLevelOf(row.Text(4));
  decision.position = {geo::Meters{row.Real(5)}, geo::Meters{row.Real(6)}};
  decision.accuracy_radius = geo::Meters{row.Real(7)};
  decision.crs = geo::Epsg{static_cast<int>(row.Int(8))};
  decision.overrides = row.Int(9) != 0;
  decision.matched = row.Text(10);
  decision.decided_at = row.Text(11);
  decision.decided_by = row.Text(12);
  decision.reason = row.Text(13);
  decision.note = row.Text(14);
  decision.undone_at = row.Text(15);
  decision.undone_by = row.Text(16);
  decision.incidents = row.Int(17);
  return decision;
}

}  // namespace

/// Adds one version; the store numbers it.
std::int64_t SqliteStore::AddDecision(const PlaceDecision& decision) {
  Statement& last =
      database_.Query("SELECT coalesce(max(version), 0) FROM place_resolution WHERE place_key = ?1");
  last.Bind(decision.place_key).Step();
  const std::int64_t version = decision.place_key.empty() ? 0 : last.Int(0) + 1;
  last.Reset();
  database_
      .Query(
          "INSERT INTO place_resolution(place_key, version, placed, match_level, easting, northing, "
          "accuracy_radius_m, crs, overrides, matched, decided_at, decided_by, reason, note) VALUES (?1, ?2, "
          "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")
      .Bind(decision.place_key, version, decision.placed, geo::MatchLevelCode(decision.level),
            decision.position.easting.value(), decision.position.northing.value(),
            decision.accuracy_radius.value(), static_cast<std::int64_t>(decision.crs), decision.overrides,
            decision.matched, decision.decided_at, decision.decided_by, decision.reason, decision.note)
      .Run();
  return database_.last_insert_id();
}

void SqliteStore::KeepBefore(std::int64_t incident_id, const PlaceState& before) {
  Statement& insert = database_.Query(
      "INSERT OR IGNORE INTO place_before(incident_id, place_kind, unplaced_reason, match_level, easting, "
      "northing, accuracy_radius_m) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  const auto bind = [&](const auto easting, const auto northing) {
    insert.Bind(incident_id, PlaceKindCode(before.place), geo::UnplacedReasonCode(before.reason),
                geo::MatchLevelCode(before.level), easting, northing, before.accuracy_radius.value());
  };
  if (before.has_position)
    bind(before.position.easting.value(), before.position.northing.value());
  else
    bind(nullptr, nullptr);
  insert.Run();
}

/// Which decision the incident follows from now on. Must be asked before its place is written.
void SqliteStore::Follow(const std::string& table, const PlaceChange& change, std::int64_t new_decision) {
  if (!change.follows) return;
  const std::int64_t decision = *change.follows == kNewDecision ? new_decision : *change.follows;
  if (decision == 0)
    database_.Query("DELETE FROM place_before WHERE incident_id = ?1").Bind(change.incident_id).Run();
  else
    database_
        .Query(
            "INSERT OR IGNORE INTO place_before(incident_id, place_kind, unplaced_reason, match_level, "
            "easting, northing, accuracy_radius_m) SELECT id, place_kind, unplaced_reason, match_level, "
            "easting, northing, accuracy_radius_m FROM " +
            table + " WHERE id = ?1")
        .Bind(change.incident_id)
        .Run();
  database_.Query("UPDATE " + table + " SET resolved_by = ?2 WHERE id = ?1")
      .Bind(change.incident_id, decision)
      .Run();
}

std::vector<PlaceDecision> SqliteStore::Decisions(const std::string& where, std::int64_t number,
                                                  const std::string& key, std::int64_t limit) {
  std::vector<PlaceDecision> decisions;
  Statement& row = database_.Query(LAGESBILD_DECISION_COLUMNS + where);
  row.Bind(number, key, limit);
  while (row.Step()) decisions.push_back(DecisionAt(row));
  return decisions;
}

PlaceDecision SqliteStore::GetDecisionInside(std::int64_t id) {
  const auto found = Decisions("WHERE r.id = ?1 AND ?2 = '' LIMIT ?3", id, "", 1);
  if (found.empty()) throw NotFound("resolution " + std::to_string(id) + " does not exist");
  return found.front();
}

std::vector<PlaceDecision> SqliteStore::PlaceDecisions() {
  const Lock lock(mutex_);
  return Decisions(std::string(kInForce) + "AND ?1 = 0 AND ?2 = '' ORDER BY r.place_key LIMIT ?3", 0, "", -1);
}

Page<PlaceDecision> SqliteStore::ListDecisions(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  Page<PlaceDecision> page;
  page.items = Decisions("WHERE r.id > ?1 AND ?2 = '' ORDER BY r.id LIMIT ?3", after, "",
                         static_cast<std::int64_t>(limit) + 1);
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.pop_back();
    page.next_after = page.items.back().id;
  }
  return page;
}

PlaceDecision SqliteStore::GetDecision(std::int64_t id) {
  const Lock lock(mutex_);
  return GetDecisionInside(id);
}

std::optional<PlaceDecision> SqliteStore::DecisionOfKey(const std::string& place_key) {
  const Lock lock(mutex_);
  const auto found =
      Decisions(std::string(kInForce) + "AND ?1 = 0 AND r.place_key = ?2 LIMIT ?3", 0, place_key, 1);
  if (found.empty()) return std::nullopt;
  return found.front();
}

}  // namespace lagesbild::service
