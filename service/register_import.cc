#include <algorithm>
#include <optional>
#include <set>

#include "geo/address_style.h"
#include "geo/area_place.h"
#include "geo/errors.h"
#include "geo/projection.h"
#include "geo/study_area.h"
#include "maps/osm_input.h"
#include "maps/register_input.h"
#include "maps/register_records.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/import.h"
#include "service/import_lock.h"
#include "service/municipality.h"
#include "service/register_layers.h"
#include "service/register_mapping.h"
#include "service/register_update.h"
#include "service/utf8.h"

namespace lagesbild::service {
namespace {

std::string CodeOf(geo::Epsg crs) { return "EPSG:" + std::to_string(static_cast<int>(crs)); }

/// A new boundary keeps the CRS that addresses and incidents are stored in.
void RequireCrs(Store& store, geo::Epsg crs) {
  for (const RegisterVersion& version : store.ListRegisters()) {
    if (version.crs == geo::Epsg{0} || version.crs == crs) continue;
    if (version.kind != "reference")
      throw InvalidRequest(
          "file", "the boundary is in " + CodeOf(crs) + " but the current " + version.kind + " are in " +
                      CodeOf(version.crs) +
                      "; deliver it in that coordinate system, or say it by municipality.crs in "
                      "a mapping");
    if (!store.QuartersWithIncidents().empty())
      throw NotReady("CRS_IN_USE",
                     "the coordinate system cannot change from " + CodeOf(version.crs) + " to " +
                         CodeOf(crs) + " while incidents are stored; begin a new store",
                     "Koordinatsystemet kan inte bytas från " + CodeOf(version.crs) + " till " + CodeOf(crs) +
                         " medan det finns lagrade händelser; börja ett nytt lager.");
  }
}

/// Addresses are stored in the boundary's CRS.
void Reproject(maps::AddressRegisterFile& read, geo::Epsg target) {
  if (read.crs == target) return;
  const geo::PlaneTransform into(read.crs, target);
  try {
    for (geo::Address& address : read.addresses) address.position = into(address.position);
  } catch (const geo::InvalidInput&) {
    throw InvalidRequest("file", "its positions do not lie where " + CodeOf(read.crs) +
                                     ", which it states, is meant for, or not where " + CodeOf(target) +
                                     " of the boundary is; is its coordinate system right, easting first?");
  }
  read.crs = target;
}

/// A register that lies altogether elsewhere is another municipality's, or says another CRS than it is in.
void RequireNear(const maps::AddressRegisterFile& read, const geo::StudyArea& area) {
  const geo::PlanePoint low = area.south_west(), high = area.north_east();
  const auto near = [&](const geo::Address& address) {
    const geo::PlanePoint p = address.position;
    return p.easting >= low.easting && p.easting <= high.easting && p.northing >= low.northing &&
           p.northing <= high.northing;
  };
  if (!read.addresses.empty() && std::none_of(read.addresses.begin(), read.addresses.end(), near))
    throw InvalidRequest("file",
                         "none of its " + std::to_string(read.addresses.size()) +
                             " addresses lies inside the extent of the municipality's boundary; is it "
                             "this municipality's register, and is its coordinate system right?");
}

/// A register without a usable row would take the place of a good one. Says why the first row is not used.
void RequireOne(std::size_t accepted, const std::vector<maps::RejectedRow>& rejected) {
  if (accepted > 0 || rejected.empty()) return;
  const maps::RejectedRow& first = rejected.front();
  const std::string count = std::to_string(rejected.size()), row = std::to_string(first.row);
  throw InvalidRequest(
      "file",
      "none of its " + count + " rows can be used; row " + row + ", " + first.column + ": " + first.reason,
      "ingen av filens " + count + " rader går att använda; rad " + row + ", kolumn " + first.column +
          ", är den första: " + first.reason);
}

maps::AddressRegisterFile ReadExtract(const std::optional<Municipality>& municipality,
                                      const std::filesystem::path& file, const std::string& mapping_toml) {
  if (!mapping_toml.empty()) throw InvalidRequest("mapping_toml", "an OSM extract is read without a mapping");
  if (!municipality)
    throw NotReady("NO_MUNICIPALITY",
                   "an OSM extract is read for one municipality; import its reference file first (register "
                   "import --kind reference)");
  const geo::StudyArea area(municipality->boundary);
  return maps::ReadOsmAddresses(file, {municipality->crs, area, municipality->name}, municipality->code,
                                *geo::FindAddressStyle(municipality->gazetteer.address_style));
}

maps::AddressRegisterFile ReadGeoPackage(const std::optional<Municipality>& municipality,
                                         const std::filesystem::path& file) {
  if (!municipality) return maps::ReadAddressRegister(file);
  const geo::StudyArea area(municipality->boundary);
  const maps::RegisterTarget target{municipality->crs, area, municipality->name};
  return maps::ReadAddressRegister(file, &target);
}

maps::AddressRegisterFile ReadAddresses(const std::optional<Municipality>& municipality,
                                        const std::filesystem::path& file, const std::string& mapping_toml) {
  if (maps::IsOsmExtract(file)) return ReadExtract(municipality, file, mapping_toml);
  const bool package = file.extension() == ".gpkg" || file.extension() == ".zip";
  if (mapping_toml.empty()) {
    if (!package)
      throw InvalidRequest(
          "mapping_toml",
          "a table of addresses needs a mapping that names its columns; see tools/mapping.md");
    return ReadGeoPackage(municipality, file);
  }
  if (package)
    throw InvalidRequest("mapping_toml", "an address register in a GeoPackage is read without a mapping");
  maps::AddressTable table = ParseAddressMapping(mapping_toml);
  if (!municipality)
    throw NotReady(
        "NO_MUNICIPALITY",
        "a table of addresses is read into the municipality's coordinate system; import its reference "
        "file first (register import --kind reference)");
  const geo::AddressStyle& style = *geo::FindAddressStyle(municipality->gazetteer.address_style);
  table.block_size = style.block_size;
  table.municipality_code = municipality->code;
  return maps::ReadAddressTable(file, table, municipality->crs, geo::StudyArea(municipality->boundary),
                                style);
}

/// Rejected rows that a reader kept one by one, counted like the others.
std::vector<maps::RegisterFinding> FindingsOf(const std::vector<maps::RejectedRow>& rejected,
                                              std::vector<maps::RegisterFinding> others) {
  maps::FindingTally tally;
  for (const maps::RejectedRow& row : rejected) tally.Reject(row.row, row.column, row.reason);
  std::vector<maps::RegisterFinding> all = tally.Findings();
  std::move(others.begin(), others.end(), std::back_inserter(all));
  std::stable_partition(all.begin(), all.end(), [](const maps::RegisterFinding& f) { return !f.kept; });
  return all;
}

void ImportAddresses(Store& store, const RegisterRequest& request, RegisterOutcome& outcome) {
  RegisterVersion& version = outcome.version;
  const std::optional<Municipality> municipality = store.LoadMunicipality();
  maps::AddressRegisterFile read = ReadAddresses(municipality, request.file, request.mapping_toml);
  RequireOne(read.addresses.size(), read.rejected);
  for (geo::Address& address : read.addresses)
    for (std::string* text : {&address.id, &address.area, &address.letter, &address.addition,
                              &address.postcode, &address.postal_town, &address.locality, &address.district})
      *text = ValidUtf8(*text);
  for (geo::Place& name : read.popular_names) name.name = ValidUtf8(name.name), name.id = ValidUtf8(name.id);
  if (municipality) {
    Reproject(read, municipality->crs);
    RequireNear(read, geo::StudyArea(municipality->boundary));
  }
  version.read = read.read;
  version.accepted = static_cast<std::int64_t>(read.addresses.size());
  version.not_in_force = read.not_in_force;
  version.rejected = static_cast<std::int64_t>(read.rejected.size()) + read.rejected_count;
  version.dated_on = read.dated_on;
  version.attribution = read.attribution;
  outcome.findings = FindingsOf(read.rejected, std::move(read.findings));
  if (municipality) {
    const RegisterLayer names{"addresses", "", read.popular_names, {}, {}, {}};
    outcome.update = PlanUpdate(
        store, *municipality,
        AssembleMunicipality(*municipality, read.addresses, {}, {}, LayersWith(store, names)), request.kind);
  }
  if (!request.validate_only)
    version =
        store.PutAddresses(version, read.crs, read.addresses, outcome.update.changes, read.popular_names);
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
    throw InvalidRequest("file", "the file holds no polygon of the municipality's boundary");
  const geo::StudyArea area(reference.boundary);
  for (const auto* areas : {&reference.districts, &reference.localities})
    for (const geo::NamedArea& named : *areas) geo::PlaceOfArea(named, "");
}

void ImportReference(Store& store, const RegisterRequest& request, RegisterOutcome& outcome) {
  RegisterVersion& version = outcome.version;
  const std::string& mapping_toml = request.mapping_toml;
  MunicipalityConfig config;
  if (!mapping_toml.empty()) config = ParseMunicipality(mapping_toml);
  maps::ReferenceFile read = mapping_toml.empty() ? maps::ReadReferenceLayers(request.file)
                                                  : maps::ReadMunicipality(request.file, config.source);
  RequireCrs(store, read.crs);
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
  reference.gazetteer.address_style = config.address_style;
  reference.new_age_scheme = std::move(config.age_scheme);
  CheckShapes(reference);
  KeepValidText(reference);
  if (const auto current = store.LoadMunicipality())
    outcome.update =
        PlanUpdate(store, *current,
                   AssembleMunicipality(reference, current->gazetteer.addresses, {}, {}, store.LoadLayers()),
                   request.kind);
  if (!request.validate_only) version = store.PutReference(version, reference, outcome.update.changes);
}

void ImportPopulation(Store& store, const RegisterRequest& request, RegisterOutcome& outcome) {
  RegisterVersion& version = outcome.version;
  const auto municipality = store.LoadMunicipality();
  if (!municipality || municipality->gazetteer.addresses.empty())
    throw NotReady("NO_ADDRESSES",
                   "population is joined to addresses; import reference layers and addresses first");
  const maps::PopulationFile read = maps::ReadPopulation(request.file);
  RequireOne(read.rows.size(), read.rejected);
  std::set<std::string_view> known;
  for (const geo::Address& address : municipality->gazetteer.addresses) known.insert(address.id);
  std::vector<Store::PopulationEntry> rows;
  for (const maps::PopulationRow& row : read.rows)
    if (known.contains(row.address_id)) rows.push_back({row.address_id, row.age, row.count});
  version.read = read.read;
  version.accepted = static_cast<std::int64_t>(rows.size());
  version.rejected = version.read - version.accepted;
  version.dated_on = read.dated_on;
  outcome.findings = FindingsOf(read.rejected, {});
  const std::int64_t unknown = static_cast<std::int64_t>(read.rows.size()) - version.accepted;
  constexpr const char* kUnknown = "the address is not in the register";
  if (unknown > 0)
    outcome.findings.push_back(
        {false, "objektidentitet", kUnknown, maps::ReasonInSwedish(kUnknown), unknown, {}});
  if (!request.validate_only) version = store.PutPopulation(version, rows);
}

/// Rows of unknown addresses are left out, so the same file beside other addresses is another population.
std::string JoinedToAddresses(Store& store, const std::string& sha256) {
  Sha256 hash;
  hash.UpdateField(sha256);
  for (const RegisterVersion& version : store.ListRegisters())
    if (version.kind == "addresses") hash.UpdateField(version.sha256);
  return Hex(hash.Digest());
}

}  // namespace

RegisterOutcome UpdateRegister(Store& store, const RegisterRequest& request, const std::stop_token& stop) {
  const std::string& kind = request.kind;
  if (kind != "addresses" && kind != "reference" && kind != "population" && !IsLayerKind(kind))
    throw InvalidRequest("kind",
                         "the kind of register must be addresses, reference, population, places, roads, "
                         "properties or neighbors");
  CheckPart(request);
  if (kind == "population" && !request.mapping_toml.empty())
    throw InvalidRequest("mapping_toml", "the population is read without a mapping");
  // No import reads a register that is about to go, or stores an incident that nobody moves.
  const auto lock = LockImports(store, stop);
  RegisterOutcome outcome;
  outcome.version.kind = kind;
  outcome.version.imported_at = request.now;
  outcome.version.part = request.part;
  outcome.version.sha256 = Sha256HexOfFile(request.file);
  if (!request.mapping_toml.empty())
    outcome.version.sha256 =
        Hex(Sha256().UpdateField(outcome.version.sha256).UpdateField(request.mapping_toml).Digest());
  if (kind == "population") outcome.version.sha256 = JoinedToAddresses(store, outcome.version.sha256);
  for (RegisterVersion& current : store.ListRegisters()) {
    if (current.kind != kind || current.part != request.part || current.sha256 != outcome.version.sha256)
      continue;
    outcome.version = std::move(current);
    outcome.repeated = true;
    return outcome;
  }
  if (kind == "addresses")
    ImportAddresses(store, request, outcome);
  else if (kind == "reference")
    ImportReference(store, request, outcome);
  else if (kind == "population")
    ImportPopulation(store, request, outcome);
  else
    ImportLayer(store, request, outcome);
  return outcome;
}

RegisterVersion ImportRegister(Store& store, const std::string& kind, const std::filesystem::path& file,
                               const std::string& now, const std::string& mapping_toml) {
  return UpdateRegister(store, {kind, file, now, mapping_toml, false}).version;
}

}  // namespace lagesbild::service
