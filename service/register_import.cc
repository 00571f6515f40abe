#include <set>

#include "geo/area_place.h"
#include "geo/study_area.h"
#include "maps/register_input.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/import.h"
#include "service/utf8.h"

namespace lagesbild::service {
namespace {

std::string CodeOf(geo::Epsg crs) { return "EPSG:" + std::to_string(static_cast<int>(crs)); }

/// Addresses and reference layers must share one CRS: nothing here converts a whole register silently.
void RequireSameCrs(Store& store, const std::string& other_kind, geo::Epsg crs) {
  for (const RegisterVersion& version : store.ListRegisters())
    if (version.kind == other_kind && version.crs != crs)
      throw InvalidRequest("file", "the file is in " + CodeOf(crs) + " but the current " + other_kind +
                                       " are in " + CodeOf(version.crs) +
                                       "; deliver both in the same coordinate system");
}

RegisterVersion ImportAddresses(Store& store, RegisterVersion version, const std::filesystem::path& file) {
  maps::AddressRegisterFile read = maps::ReadAddressRegister(file);
  for (geo::Address& address : read.addresses)
    for (std::string* text : {&address.id, &address.area, &address.letter, &address.postcode,
                              &address.postal_town, &address.locality, &address.district})
      *text = ValidUtf8(*text);
  RequireSameCrs(store, "reference", read.crs);
  version.read = read.read;
  version.accepted = static_cast<std::int64_t>(read.addresses.size());
  version.not_in_force = read.not_in_force;
  version.rejected = static_cast<std::int64_t>(read.rejected.size());
  return store.PutAddresses(std::move(version), read.crs, read.addresses);
}

/// Names from a file in another encoding than it says would stop every reply that holds them.
void KeepValidText(Municipality& reference) {
  const auto keep = [](std::string& text) { text = ValidUtf8(text); };
  keep(reference.code), keep(reference.name);
  for (auto* areas : {&reference.districts, &reference.localities})
    for (geo::NamedArea& area : *areas) keep(area.code), keep(area.name);
  for (geo::Place& place : reference.gazetteer.places) {
    keep(place.id), keep(place.name), keep(place.kind), keep(place.locality);
    for (std::string& alias : place.aliases) keep(alias);
  }
}

/// Refuses here, once, what would otherwise fail at every use: crossing boundaries and areas without extent.
void CheckShapes(const Municipality& reference) {
  if (reference.boundary.empty())
    throw InvalidRequest("file",
                         "the layer kommungrans holds no polygon; it needs the municipality's boundary");
  const geo::StudyArea area(reference.boundary);
  for (const auto* areas : {&reference.districts, &reference.localities})
    for (const geo::NamedArea& named : *areas) geo::PlaceOfArea(named, "");
}

RegisterVersion ImportReference(Store& store, RegisterVersion version, const std::filesystem::path& file) {
  maps::ReferenceFile read = maps::ReadReferenceLayers(file);
  RequireSameCrs(store, "addresses", read.crs);
  version.read =
      static_cast<std::int64_t>(1 + read.districts.size() + read.localities.size() + read.places.size());
  version.accepted = version.read;
  version.synthetic = read.synthetic;
  Municipality reference;
  reference.code = std::move(read.municipality_code);
  reference.name = std::move(read.municipality_name);
  reference.crs = read.crs;
  reference.boundary = std::move(read.boundary);
  reference.districts = std::move(read.districts);
  reference.localities = std::move(read.localities);
  reference.gazetteer.places = std::move(read.places);
  CheckShapes(reference);
  KeepValidText(reference);
  return store.PutReference(std::move(version), reference);
}

RegisterVersion ImportPopulation(Store& store, RegisterVersion version, const std::filesystem::path& file) {
  const auto municipality = store.LoadMunicipality();
  if (!municipality || municipality->gazetteer.addresses.empty())
    throw NotReady("NO_ADDRESSES",
                   "population is joined to addresses; import reference layers and addresses first");
  const maps::PopulationFile read = maps::ReadPopulation(file);
  std::set<std::string_view> known;
  for (const geo::Address& address : municipality->gazetteer.addresses) known.insert(address.id);
  std::vector<Store::PopulationEntry> rows;
  for (const maps::PopulationRow& row : read.rows)
    if (known.contains(row.address_id)) rows.push_back({row.address_id, row.age, row.count});
  version.read = read.read;
  version.accepted = static_cast<std::int64_t>(rows.size());
  version.rejected = version.read - version.accepted;
  return store.PutPopulation(std::move(version), rows);
}

}  // namespace

RegisterVersion ImportRegister(Store& store, const std::string& kind, const std::filesystem::path& file,
                               const std::string& now) {
  RegisterVersion version;
  version.kind = kind;
  version.imported_at = now;
  if (kind != "addresses" && kind != "reference" && kind != "population")
    throw InvalidRequest("kind", "the kind of register must be addresses, reference or population");
  version.sha256 = Sha256HexOfFile(file);
  for (const RegisterVersion& current : store.ListRegisters())
    if (current.kind == kind && current.sha256 == version.sha256) return current;
  if (kind == "addresses") return ImportAddresses(store, std::move(version), file);
  if (kind == "reference") return ImportReference(store, std::move(version), file);
  return ImportPopulation(store, std::move(version), file);
}

}  // namespace lagesbild::service
