#include <nlohmann/json.hpp>

#include "service/age_scheme_json.h"
#include "service/errors.h"
#include "service/geometry_blob.h"
#include "service/municipality.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

geo::PlanePoint PointAt(const Statement& row, int column) {
  return {geo::Meters{row.Real(column)}, geo::Meters{row.Real(column + 1)}};
}

void InsertAreas(Database& database, std::int64_t register_id, const char* kind,
                 const std::vector<geo::NamedArea>& areas) {
  for (std::size_t i = 0; i < areas.size(); ++i)
    database
        .Query(
            "INSERT INTO area(register_id, kind, ordinal, code, name, polygons) VALUES (?1, ?2, ?3, ?4, ?5, "
            "?6)")
        .Bind(register_id, kind, static_cast<std::int64_t>(i), areas[i].code, areas[i].name,
              Statement::Blob(EncodePolygons(areas[i].polygons)))
        .Run();
}

std::vector<geo::NamedArea> LoadAreas(Database& database, std::int64_t register_id, const char* kind) {
  std::vector<geo::NamedArea> areas;
  Statement& row = database.Query(
      "SELECT code, name, polygons FROM area WHERE register_id = ?1 AND kind = ?2 ORDER BY ordinal");
  row.Bind(register_id, kind);
  while (row.Step()) areas.push_back({row.Text(0), row.Text(1), DecodePolygons(row.Text(2))});
  return areas;
}

void InsertPlaces(Database& database, std::int64_t register_id, const std::vector<geo::Place>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const geo::Place& place = places[i];
    database
        .Query(
            "INSERT INTO place(register_id, ordinal, code, name, aliases, kind, locality, easting, northing, "
            "accuracy_radius_m) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
        .Bind(register_id, static_cast<std::int64_t>(i), place.id, place.name,
              nlohmann::json(place.aliases).dump(), place.kind, place.locality,
              place.position.easting.value(), place.position.northing.value(), place.accuracy_radius.value())
        .Run();
  }
}

std::vector<geo::Place> LoadPlaces(Database& database, std::int64_t register_id) {
  std::vector<geo::Place> places;
  Statement& row = database.Query(
      "SELECT code, name, aliases, kind, locality, easting, northing, accuracy_radius_m FROM place "
      "WHERE register_id = ?1 ORDER BY ordinal");
  row.Bind(register_id);
  while (row.Step())
    places.push_back({row.Text(0), row.Text(1),
                      nlohmann::json::parse(row.Text(2)).get<std::vector<std::string>>(), row.Text(3),
                      row.Text(4), PointAt(row, 5), geo::Meters{row.Real(7)}});
  return places;
}

void InsertAddress(Database& database, std::int64_t register_id, std::int64_t ordinal,
                   const geo::Address& address) {
  database
      .Query(
          "INSERT INTO address(register_id, ordinal, code, kind, area, number, letter, addition, postcode, "
          "postal_town, locality, district, municipality_code, easting, northing, accuracy_radius_m) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)")
      .Bind(register_id, ordinal, address.id, static_cast<int>(address.kind), address.area, address.number,
            address.letter, address.addition, address.postcode, address.postal_town, address.locality,
            address.district, address.municipality_code, address.position.easting.value(),
            address.position.northing.value(), address.accuracy_radius.value())
      .Run();
}

RegisterVersion VersionAt(const Statement& row) {
  RegisterVersion version;
  version.id = row.Int(0);
  version.kind = row.Text(1);
  version.sha256 = row.Text(2);
  version.imported_at = row.Text(3);
  version.synthetic = row.Int(4) != 0;
  version.crs = geo::Epsg{static_cast<int>(row.Int(5))};
  version.read = row.Int(6);
  version.accepted = row.Int(7);
  version.not_in_force = row.Int(8);
  version.rejected = row.Int(9);
  version.dated_on = row.Text(10);
  version.part = row.Text(11);
  version.attribution = row.Text(12);
  return version;
}

}  // namespace

void SqliteStore::EmptyRegisterTables(const std::string& kind, const std::string& part) {
  if (kind == "addresses" || IsLayerKind(kind))
    for (const char* table : {"layer_place", "road", "property", "neighbor"})
      database_
          .Query("DELETE FROM " + std::string(table) +
                 " WHERE register_id IN (SELECT id FROM register_version WHERE kind = ?1 AND part = ?2)")
          .Bind(kind, part)
          .Run();
  if (IsLayerKind(kind)) return;
  if (kind == "addresses") {
    database_.Query("DELETE FROM address").Run();
  } else if (kind == "population") {
    database_.Query("DELETE FROM population").Run();
  } else {
    database_.Query("DELETE FROM area").Run();
    database_.Query("DELETE FROM place").Run();
    database_.Query("DELETE FROM municipality").Run();
  }
}

/// The version's row becomes the current one of its kind and part; the rows of the one before are gone, its
/// line stays.
RegisterVersion SqliteStore::Register(RegisterVersion version) {
  EmptyRegisterTables(version.kind, version.part);
  database_.Query("UPDATE register_version SET current = 0 WHERE kind = ?1 AND part = ?2")
      .Bind(version.kind, version.part)
      .Run();
  database_
      .Query(
          "INSERT INTO register_version(kind, sha256, imported_at, synthetic, epsg, read_count, "
          "accepted_count, "
          "not_in_force_count, rejected_count, dated_on, part, attribution, current) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)")
      .Bind(version.kind, version.sha256, version.imported_at, version.synthetic,
            static_cast<int>(version.crs), version.read, version.accepted, version.not_in_force,
            version.rejected, version.dated_on, version.part, version.attribution)
      .Run();
  version.id = database_.last_insert_id();
  database_.Query("UPDATE picture SET stale = 1").Run();
  GrowDataVersion();
  return version;
}

void SqliteStore::PutSetting(const std::string& name, const std::string& value) {
  database_
      .Query(
          "INSERT INTO setting(name, value) VALUES (?1, CAST(?2 AS BLOB)) "
          "ON CONFLICT(name) DO UPDATE SET value = excluded.value")
      .Bind(name, value)
      .Run();
}

RegisterVersion SqliteStore::PutAddresses(RegisterVersion version, geo::Epsg crs,
                                          const std::vector<geo::Address>& addresses,
                                          const PlaceChanges& changes,
                                          const std::vector<geo::Place>& popular_names) {
  const Lock lock(mutex_);
  version.kind = "addresses";
  version.crs = crs;
  Transaction transaction(database_);
  version = Register(std::move(version));
  for (std::size_t i = 0; i < addresses.size(); ++i)
    InsertAddress(database_, version.id, static_cast<std::int64_t>(i), addresses[i]);
  InsertLayer(version.id, {"addresses", "", popular_names, {}, {}, {}});
  ApplyPlaces(changes);
  transaction.Commit();
  if (!changes.incidents.empty()) database_.Checkpoint();
  return version;
}

RegisterVersion SqliteStore::PutReference(RegisterVersion version, const Municipality& reference,
                                          const PlaceChanges& changes) {
  const Lock lock(mutex_);
  version.kind = "reference";
  version.crs = reference.crs;
  Transaction transaction(database_);
  Statement& any = database_.Query("SELECT EXISTS (SELECT 1 FROM incident)");
  any.Step();
  const bool incidents_stored = any.Int(0) != 0;
  any.Reset();
  const bool new_scheme =
      reference.new_age_scheme && IsNewAgeScheme(*reference.new_age_scheme, scheme_, incidents_stored);
  if (new_scheme) PutAgeScheme(*reference.new_age_scheme);
  PutSetting("address_style", reference.gazetteer.address_style);
  version = Register(std::move(version));
  database_.Query("INSERT INTO municipality(register_id, code, name, boundary) VALUES (?1, ?2, ?3, ?4)")
      .Bind(version.id, reference.code, reference.name, Statement::Blob(EncodePolygons(reference.boundary)))
      .Run();
  InsertAreas(database_, version.id, "district", reference.districts);
  InsertAreas(database_, version.id, "locality", reference.localities);
  InsertPlaces(database_, version.id, reference.gazetteer.places);
  ApplyPlaces(changes);
  transaction.Commit();
  if (!changes.incidents.empty()) database_.Checkpoint();
  if (new_scheme) scheme_ = *reference.new_age_scheme;
  return version;
}

RegisterVersion SqliteStore::PutPopulation(RegisterVersion version,
                                           const std::vector<PopulationEntry>& rows) {
  const Lock lock(mutex_);
  version.kind = "population";
  Transaction transaction(database_);
  version = Register(std::move(version));
  for (std::size_t i = 0; i < rows.size(); ++i)
    database_
        .Query(
            "INSERT INTO population(register_id, ordinal, address_code, age, inhabitants) "
            "VALUES (?1, ?2, ?3, ?4, ?5)")
        .Bind(version.id, static_cast<std::int64_t>(i), rows[i].address_id, rows[i].age, rows[i].count)
        .Run();
  transaction.Commit();
  return version;
}

std::vector<RegisterVersion> SqliteStore::CurrentRegisters() {
  std::vector<RegisterVersion> versions;
  Statement& row = database_.Query(
      "SELECT id, kind, sha256, imported_at, synthetic, epsg, read_count, accepted_count, "
      "not_in_force_count, "
      "rejected_count, dated_on, part, attribution FROM register_version WHERE current = 1 ORDER BY kind, "
      "part");
  while (row.Step()) versions.push_back(VersionAt(row));
  return versions;
}

std::vector<RegisterVersion> SqliteStore::ListRegisters() {
  const Lock lock(mutex_);
  return CurrentRegisters();
}

Municipality SqliteStore::LoadReference(std::int64_t register_id) {
  Municipality municipality;
  Statement& row = database_.Query("SELECT code, name, boundary FROM municipality WHERE register_id = ?1");
  row.Bind(register_id);
  if (!row.Step()) throw StoreUnavailable("the store's reference layers lack their boundary; is it damaged?");
  municipality.code = row.Text(0);
  municipality.name = row.Text(1);
  municipality.boundary = DecodePolygons(row.Text(2));
  row.Reset();
  municipality.districts = LoadAreas(database_, register_id, "district");
  municipality.localities = LoadAreas(database_, register_id, "locality");
  municipality.gazetteer.places = LoadPlaces(database_, register_id);
  Statement& style = database_.Query("SELECT CAST(value AS TEXT) FROM setting WHERE name = 'address_style'");
  if (style.Step()) municipality.gazetteer.address_style = style.Text(0);
  style.Reset();
  return municipality;
}

std::vector<geo::Address> SqliteStore::LoadAddresses(std::int64_t register_id) {
  std::vector<geo::Address> addresses;
  Statement& row = database_.Query(
      "SELECT code, kind, area, number, letter, addition, postcode, postal_town, locality, district, "
      "municipality_code, easting, northing, accuracy_radius_m FROM address WHERE register_id = ?1 ORDER BY "
      "ordinal");
  row.Bind(register_id);
  while (row.Step())
    addresses.push_back({row.Text(0), static_cast<geo::AddressKind>(row.Int(1)), row.Text(2),
                         static_cast<int>(row.Int(3)), row.Text(4), row.Text(5), row.Text(6), row.Text(7),
                         row.Text(8), row.Text(9), row.Text(10), PointAt(row, 11),
                         geo::Meters{row.Real(13)}});
  return addresses;
}

std::vector<Store::PopulationEntry> SqliteStore::LoadPopulation(std::int64_t register_id) {
  std::vector<PopulationEntry> rows;
  Statement& row = database_.Query(
      "SELECT address_code, age, inhabitants FROM population WHERE register_id = ?1 ORDER BY ordinal");
  row.Bind(register_id);
  while (row.Step())
    rows.push_back({row.Text(0), static_cast<int>(row.Int(1)), static_cast<int>(row.Int(2))});
  return rows;
}

std::optional<Municipality> SqliteStore::LoadMunicipality() {
  const Lock lock(mutex_);
  const std::vector<RegisterVersion> versions = CurrentRegisters();
  std::optional<Municipality> reference;
  std::vector<geo::Address> addresses;
  std::vector<PopulationEntry> population;
  for (const RegisterVersion& version : versions) {
    if (version.kind == "addresses") addresses = LoadAddresses(version.id);
    if (version.kind == "population") population = LoadPopulation(version.id);
    if (version.kind != "reference") continue;
    reference = LoadReference(version.id);
    reference->crs = version.crs;
  }
  if (!reference || reference->boundary.empty()) return std::nullopt;
  return AssembleMunicipality(std::move(*reference), std::move(addresses), population, versions,
                              CurrentLayers());
}

}  // namespace lagesbild::service
