#include <nlohmann/json.hpp>

#include "geo/calendar.h"
#include "service/geometry_blob.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

std::string DayText(const std::optional<std::chrono::sys_days>& day) {
  return day ? geo::IsoDate(std::chrono::year_month_day{*day}) : std::string();
}

std::optional<std::chrono::sys_days> DayOf(const std::string& text) {
  if (text.size() != 10) return std::nullopt;  // of "2026-01-31", as DayText writes it
  return std::chrono::sys_days{std::chrono::year{std::stoi(text)} / std::stoi(text.substr(5, 2)) /
                               std::stoi(text.substr(8, 2))};
}

void InsertPlaces(Database& database, std::int64_t register_id, const std::vector<geo::Place>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const geo::Place& place = places[i];
    database
        .Query(
            "INSERT INTO layer_place(register_id, ordinal, code, name, aliases, kind, locality, easting, "
            "northing, accuracy_radius_m, valid_from, valid_to) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")
        .Bind(register_id, static_cast<std::int64_t>(i), place.id, place.name,
              nlohmann::json(place.aliases).dump(), place.kind, place.locality,
              place.position.easting.value(), place.position.northing.value(), place.accuracy_radius.value(),
              DayText(place.valid_from), DayText(place.valid_to))
        .Run();
  }
}

std::vector<geo::Place> LoadPlaces(Database& database, std::int64_t register_id) {
  std::vector<geo::Place> places;
  Statement& row = database.Query(
      "SELECT code, name, aliases, kind, locality, easting, northing, accuracy_radius_m, valid_from, "
      "valid_to "
      "FROM layer_place WHERE register_id = ?1 ORDER BY ordinal");
  row.Bind(register_id);
  while (row.Step())
    places.push_back({row.Text(0),
                      row.Text(1),
                      nlohmann::json::parse(row.Text(2)).get<std::vector<std::string>>(),
                      row.Text(3),
                      row.Text(4),
                      {geo::Meters{row.Real(5)}, geo::Meters{row.Real(6)}},
                      geo::Meters{row.Real(7)},
                      DayOf(row.Text(8)),
                      DayOf(row.Text(9))});
  return places;
}

void InsertRoads(Database& database, std::int64_t register_id, const std::vector<geo::Road>& roads) {
  for (std::size_t i = 0; i < roads.size(); ++i)
    database
        .Query(
            "INSERT INTO road(register_id, ordinal, code, name, number, line) VALUES (?1, ?2, ?3, ?4, ?5, "
            "?6)")
        .Bind(register_id, static_cast<std::int64_t>(i), roads[i].id, roads[i].name, roads[i].number,
              Statement::Blob(EncodeLine(roads[i].line)))
        .Run();
}

std::vector<geo::Road> LoadRoads(Database& database, std::int64_t register_id) {
  std::vector<geo::Road> roads;
  Statement& row =
      database.Query("SELECT code, name, number, line FROM road WHERE register_id = ?1 ORDER BY ordinal");
  row.Bind(register_id);
  while (row.Step()) roads.push_back({row.Text(0), row.Text(1), row.Text(2), DecodeLine(row.Text(3))});
  return roads;
}

void InsertProperties(Database& database, std::int64_t register_id,
                      const std::vector<geo::Property>& properties) {
  for (std::size_t i = 0; i < properties.size(); ++i)
    database
        .Query(
            "INSERT INTO property(register_id, ordinal, designation, easting, northing, area_m2) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .Bind(register_id, static_cast<std::int64_t>(i), properties[i].designation,
              properties[i].inner_point.easting.value(), properties[i].inner_point.northing.value(),
              properties[i].area_m2)
        .Run();
}

std::vector<geo::Property> LoadProperties(Database& database, std::int64_t register_id) {
  std::vector<geo::Property> properties;
  Statement& row = database.Query(
      "SELECT designation, easting, northing, area_m2 FROM property WHERE register_id = ?1 ORDER BY ordinal");
  row.Bind(register_id);
  while (row.Step())
    properties.push_back({row.Text(0), {geo::Meters{row.Real(1)}, geo::Meters{row.Real(2)}}, row.Real(3)});
  return properties;
}

std::vector<std::string> LoadNeighbors(Database& database, std::int64_t register_id) {
  std::vector<std::string> names;
  Statement& row = database.Query("SELECT name FROM neighbor WHERE register_id = ?1 ORDER BY ordinal");
  row.Bind(register_id);
  while (row.Step()) names.push_back(row.Text(0));
  return names;
}

}  // namespace

void SqliteStore::InsertLayer(std::int64_t register_id, const RegisterLayer& layer) {
  InsertPlaces(database_, register_id, layer.places);
  InsertRoads(database_, register_id, layer.roads);
  InsertProperties(database_, register_id, layer.properties);
  for (std::size_t i = 0; i < layer.neighbors.size(); ++i)
    database_.Query("INSERT INTO neighbor(register_id, ordinal, name) VALUES (?1, ?2, ?3)")
        .Bind(register_id, static_cast<std::int64_t>(i), layer.neighbors[i])
        .Run();
}

RegisterLayer SqliteStore::LoadLayer(const RegisterVersion& version) {
  RegisterLayer layer{version.kind, version.part, LoadPlaces(database_, version.id), {}, {}, {}};
  if (version.kind == "roads") layer.roads = LoadRoads(database_, version.id);
  if (version.kind == "properties") layer.properties = LoadProperties(database_, version.id);
  if (version.kind == "neighbors") layer.neighbors = LoadNeighbors(database_, version.id);
  return layer;
}

std::vector<RegisterLayer> SqliteStore::CurrentLayers() {
  std::vector<RegisterLayer> layers;
  for (const RegisterVersion& version : CurrentRegisters())
    if (version.kind == "addresses" || IsLayerKind(version.kind)) layers.push_back(LoadLayer(version));
  return layers;
}

std::vector<RegisterLayer> SqliteStore::LoadLayers() {
  const Lock lock(mutex_);
  return CurrentLayers();
}

RegisterVersion SqliteStore::PutLayer(RegisterVersion version, const RegisterLayer& layer,
                                      const PlaceChanges& changes) {
  const Lock lock(mutex_);
  version.kind = layer.kind;
  version.part = layer.part;
  Transaction transaction(database_);
  version = Register(std::move(version));
  InsertLayer(version.id, layer);
  ApplyPlaces(changes);
  transaction.Commit();
  if (!changes.incidents.empty()) database_.Checkpoint();
  return version;
}

}  // namespace lagesbild::service
