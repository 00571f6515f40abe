#include <charconv>
#include <nlohmann/json.hpp>

#include "service/errors.h"
#include "service/incident_codes.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

/// The columns that IncidentAt reads.
#define LAGESBILD_INCIDENT_COLUMNS                                                                     \
  "SELECT id, source_row, reporter, occurred_on, category, place_kind, unplaced_reason, match_level, " \
  "accuracy_radius_m, incident_key, place_key, easting, northing, content_key, resolved_by "

constexpr const char* kSelect = LAGESBILD_INCIDENT_COLUMNS
    "FROM incident WHERE id > ?1 AND occurred_on BETWEEN ?2 AND ?3 "
    "AND (?4 OR category IN (SELECT value FROM json_each(?5))) "
    "AND (?6 OR reporter IN (SELECT value FROM json_each(?7))) ORDER BY id LIMIT ?8";

[[noreturn]] void Damaged(const char* what) {
  throw StoreUnavailable(std::string("the store holds ") + what + " that cannot be read; is it damaged?");
}

int NumberAt(const std::string& text, std::size_t start, std::size_t length) {
  int number = -1;
  if (text.size() >= start + length)
    std::from_chars(text.data() + start, text.data() + start + length, number);
  return number;
}

/// "2026-07-01", as IsoDate writes it.
std::chrono::year_month_day DateOf(const std::string& text) {
  const std::chrono::year_month_day date{std::chrono::year{NumberAt(text, 0, 4)},
                                         std::chrono::month{static_cast<unsigned>(NumberAt(text, 5, 2))},
                                         std::chrono::day{static_cast<unsigned>(NumberAt(text, 8, 2))}};
  if (!date.ok()) Damaged("a date");
  return date;
}

StoredIncident IncidentAt(const Statement& row) {
  StoredIncident stored;
  geo::Incident& incident = stored.incident;
  incident.id = row.Int(0);
  stored.source_row = row.Int(1);
  incident.reporter = row.Text(2);
  incident.date = DateOf(row.Text(3));
  const auto category = geo::ParseCategory(row.Text(4));
  if (!category) Damaged("a category");
  incident.category = *category;
  incident.place = PlaceKindOf(row.Text(5));
  incident.reason = UnplacedReasonOf(row.Text(6));
  incident.level = MatchLevelOf(row.Text(7));
  incident.accuracy_radius = geo::Meters{row.Real(8)};
  stored.incident_key = row.Text(9);
  stored.place_key = row.Text(10);
  incident.has_position = !row.Null(11);
  if (incident.has_position) incident.position = {geo::Meters{row.Real(11)}, geo::Meters{row.Real(12)}};
  stored.content_key = row.Text(13);
  stored.resolved_by = row.Int(14);
  return stored;
}

constexpr const char* kPersons =
    "SELECT role, age_span, age_estimated FROM person WHERE incident_id = ?1 ORDER BY ordinal";
constexpr const char* kSupersededPersons =
    "SELECT role, age_span, age_estimated FROM superseded_person WHERE incident_id = ?1 ORDER BY ordinal";

void LoadPersons(Database& database, const geo::AgeScheme& scheme, geo::Incident& incident,
                 const char* query = kPersons) {
  Statement& row = database.Query(query);
  row.Bind(incident.id);
  while (row.Step()) {
    const auto span = geo::ParseSpanCode(scheme, row.Text(1));
    if (!span) Damaged("an age band");
    incident.persons.push_back({RoleOf(row.Text(0)), *span, row.Int(2) != 0});
  }
}

}  // namespace

std::vector<StoredIncident> SqliteStore::SelectStored(const IncidentSelection& selection, std::int64_t after,
                                                      std::int64_t limit) {
  nlohmann::json categories = nlohmann::json::array();
  for (const geo::Category category : selection.categories)
    categories.push_back(std::string(geo::InfoOf(category).code));
  std::vector<StoredIncident> incidents;
  Statement& row = database_.Query(kSelect);
  row.Bind(after, geo::IsoDate(selection.first.first_day()), geo::IsoDate(selection.last.last_day()),
           selection.categories.empty(), categories.dump(), selection.reporters.empty(),
           nlohmann::json(selection.reporters).dump(), limit);
  while (row.Step()) incidents.push_back(IncidentAt(row));
  for (StoredIncident& stored : incidents) LoadPersons(database_, scheme_, stored.incident);
  return incidents;
}

std::vector<StoredIncident> SqliteStore::IncidentsOfImport(std::int64_t import_id) {
  std::vector<StoredIncident> incidents;
  Statement& row =
      database_.Query(LAGESBILD_INCIDENT_COLUMNS "FROM incident WHERE import_id = ?1 ORDER BY id");
  row.Bind(import_id);
  while (row.Step()) incidents.push_back(IncidentAt(row));
  for (StoredIncident& stored : incidents) LoadPersons(database_, scheme_, stored.incident);
  return incidents;
}

std::vector<StoredIncident> SqliteStore::SupersededOfImport(std::int64_t import_id) {
  std::vector<StoredIncident> incidents;
  Statement& row =
      database_.Query(LAGESBILD_INCIDENT_COLUMNS "FROM superseded_incident WHERE import_id = ?1 ORDER BY id");
  row.Bind(import_id);
  while (row.Step()) incidents.push_back(IncidentAt(row));
  for (StoredIncident& stored : incidents)
    LoadPersons(database_, scheme_, stored.incident, kSupersededPersons);
  return incidents;
}

std::vector<StoredIncident> SqliteStore::SupersededIncidents() {
  const Lock lock(mutex_);
  std::vector<StoredIncident> incidents;
  Statement& row = database_.Query(LAGESBILD_INCIDENT_COLUMNS "FROM superseded_incident ORDER BY id");
  while (row.Step()) incidents.push_back(IncidentAt(row));
  for (StoredIncident& stored : incidents)
    LoadPersons(database_, scheme_, stored.incident, kSupersededPersons);
  return incidents;
}

std::vector<StoredIncident> SqliteStore::IncidentsById(const std::vector<std::int64_t>& ids) {
  const Lock lock(mutex_);
  std::vector<StoredIncident> incidents;
  for (const std::int64_t id : ids) {
    Statement& row = database_.Query(LAGESBILD_INCIDENT_COLUMNS "FROM incident WHERE id = ?1");
    row.Bind(id);
    if (row.Step()) incidents.push_back(IncidentAt(row));
    row.Reset();
  }
  for (StoredIncident& stored : incidents) LoadPersons(database_, scheme_, stored.incident);
  return incidents;
}

std::vector<KeyedIncident> SqliteStore::KeyedIncidents(const std::string& where, std::int64_t number,
                                                       const std::string& key) {
  std::vector<KeyedIncident> found;
  for (const bool superseded : {false, true}) {
    Statement& row = database_.Query(std::string(LAGESBILD_INCIDENT_COLUMNS "FROM ") +
                                     (superseded ? "superseded_incident " : "incident ") + where);
    row.Bind(number, key);
    while (row.Step()) found.push_back({IncidentAt(row), {}, superseded});
  }
  for (KeyedIncident& one : found) {
    const std::int64_t id = one.stored.incident.id;
    LoadPersons(database_, scheme_, one.stored.incident, one.superseded ? kSupersededPersons : kPersons);
    Statement& text = database_.Query(
        std::string(
            "SELECT incident_id, place_key, place_text, locality, reason, expires_on, resolved FROM ") +
        (one.superseded ? "superseded_place" : "unresolved_place") + " WHERE incident_id = ?1");
    if (text.Bind(id).Step())
      one.text = UnresolvedPlace{text.Int(0),  text.Text(1), text.Text(2),    text.Text(3),
                                 text.Text(4), text.Text(5), text.Int(6) != 0};
    text.Reset();
    Statement& before = database_.Query(
        "SELECT place_kind, unplaced_reason, match_level, easting, northing, accuracy_radius_m FROM "
        "place_before WHERE incident_id = ?1");
    if (before.Bind(id).Step()) {
      PlaceState& state = one.stored.before;
      state.place = PlaceKindOf(before.Text(0));
      state.reason = UnplacedReasonOf(before.Text(1));
      state.level = MatchLevelOf(before.Text(2));
      state.has_position = !before.Null(3);
      if (state.has_position) state.position = {geo::Meters{before.Real(3)}, geo::Meters{before.Real(4)}};
      state.accuracy_radius = geo::Meters{before.Real(5)};
    }
    before.Reset();
  }
  return found;
}

std::vector<KeyedIncident> SqliteStore::IncidentsOfKey(const std::string& place_key) {
  const Lock lock(mutex_);
  return KeyedIncidents("WHERE ?1 = 0 AND place_key = ?2 AND place_key <> '' ORDER BY id", 0, place_key);
}

std::vector<KeyedIncident> SqliteStore::IncidentsOfDecision(std::int64_t id) {
  const Lock lock(mutex_);
  return KeyedIncidents("WHERE resolved_by = ?1 AND resolved_by <> 0 AND ?2 = '' ORDER BY id", id, "");
}

std::vector<geo::Incident> SqliteStore::Select(const IncidentSelection& selection) {
  const Lock lock(mutex_);
  std::vector<geo::Incident> incidents;
  for (StoredIncident& stored : SelectStored(selection, 0, -1))
    incidents.push_back(std::move(stored.incident));
  return incidents;
}

Page<StoredIncident> SqliteStore::ListIncidents(const IncidentSelection& selection, std::int64_t after,
                                                int limit) {
  const Lock lock(mutex_);
  Page<StoredIncident> page;
  page.items = SelectStored(selection, after, static_cast<std::int64_t>(limit) + 1);
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.pop_back();
    page.next_after = page.items.back().incident.id;
  }
  return page;
}

std::string SqliteStore::QuarterOfIsoDate(const std::string& date) {
  return geo::QuarterOf(DateOf(date)).code();
}

std::string SqliteStore::SeriesStart() {
  const Lock lock(mutex_);
  Statement& row = database_.Query("SELECT value FROM setting WHERE name = 'series_start'");
  std::string quarter = row.Step() ? row.Text(0) : std::string();
  row.Reset();
  return quarter;
}

std::string SqliteStore::BeginSeries(const std::string& quarter) {
  {
    const Lock lock(mutex_);
    database_.Query("INSERT OR IGNORE INTO setting(name, value) VALUES ('series_start', ?1)")
        .Bind(Statement::Blob(quarter))
        .Run();
  }
  return SeriesStart();
}

std::vector<std::string> SqliteStore::QuartersWithIncidents() {
  const Lock lock(mutex_);
  std::set<std::string> quarters;
  Statement& row = database_.Query("SELECT DISTINCT substr(occurred_on, 1, 7) || '-01' FROM incident");
  while (row.Step()) quarters.insert(geo::QuarterOf(DateOf(row.Text(0))).code());
  return {quarters.begin(), quarters.end()};
}

}  // namespace lagesbild::service
