#include "service/register_layers.h"

#include <algorithm>
#include <tuple>

#include "geo/study_area.h"
#include "maps/register_records.h"
#include "service/errors.h"
#include "service/municipality.h"
#include "service/register_mapping.h"
#include "service/utf8.h"

namespace lagesbild::service {
namespace {

/// Text in another encoding than its file says would stop every reply that holds it.
void KeepValidText(maps::RegisterLayerFile& read) {
  const auto keep = [](std::string& text) { text = ValidUtf8(text); };
  for (geo::Place& place : read.places) {
    keep(place.id), keep(place.name), keep(place.kind), keep(place.locality);
    for (std::string& alias : place.aliases) keep(alias);
  }
  for (geo::Road& road : read.roads) keep(road.id), keep(road.name), keep(road.number);
  for (geo::Property& property : read.properties) keep(property.designation);
  for (std::string& name : read.neighbors) keep(name);
  keep(read.attribution);
}

/// A file without a usable entry would take the place of a good one. An empty table empties its part.
void RequireOne(const maps::RegisterLayerFile& read) {
  if (read.accepted > 0 || read.findings.empty()) return;
  const maps::RegisterFinding& first = read.findings.front();
  const std::string all = std::to_string(read.read), most = std::to_string(first.count);
  throw InvalidRequest("file",
                       "none of its " + all + " entries can be used; of " + most +
                           (first.column.empty() ? "" : ", " + first.column) + ": " + first.reason,
                       "ingen av filens " + all + " poster går att använda; för " + most +
                           (first.column.empty() ? "" : ", " + first.column) + ": " + first.reason_sv);
}

}  // namespace

maps::RegisterLayerFile ReadLayerFile(const std::string& kind, const std::filesystem::path& file,
                                      const std::string& mapping_toml, const Municipality& municipality) {
  maps::LayerMapping mapping;
  if (!mapping_toml.empty() && maps::IsOsmExtract(file))
    throw InvalidRequest("mapping_toml", "an OSM extract is read without a mapping");
  if (!mapping_toml.empty()) mapping = ParseLayerMapping(kind, mapping_toml);
  const geo::StudyArea area(municipality.boundary);
  const maps::RegisterTarget target{municipality.crs, area, municipality.name};
  maps::RegisterLayerFile read = kind == "places"       ? maps::ReadPlaces(file, mapping, target)
                                 : kind == "roads"      ? maps::ReadRoads(file, mapping, target)
                                 : kind == "properties" ? maps::ReadProperties(file, mapping, target)
                                                        : maps::ReadNeighbors(file, mapping, target);
  KeepValidText(read);
  RequireOne(read);
  return read;
}

std::vector<RegisterLayer> LayersWith(Store& store, const RegisterLayer& layer) {
  std::vector<RegisterLayer> layers = store.LoadLayers();
  std::erase_if(layers, [&](const RegisterLayer& other) {
    return other.kind == layer.kind && other.part == layer.part;
  });
  layers.push_back(layer);
  std::sort(layers.begin(), layers.end(), [](const RegisterLayer& a, const RegisterLayer& b) {
    return std::tie(a.kind, a.part) < std::tie(b.kind, b.part);
  });
  return layers;
}

void ImportLayer(Store& store, const RegisterRequest& request, RegisterOutcome& outcome) {
  const auto municipality = store.LoadMunicipality();
  if (!municipality)
    throw NotReady("NO_MUNICIPALITY",
                   request.kind +
                       " are read into the municipality's coordinate system; import its reference file first "
                       "(register import --kind reference)");
  maps::RegisterLayerFile read =
      ReadLayerFile(request.kind, request.file, request.mapping_toml, *municipality);
  RegisterVersion& version = outcome.version;
  version.read = read.read;
  version.accepted = read.accepted;
  version.rejected = read.rejected;
  version.synthetic = read.synthetic;
  version.attribution = read.attribution;
  version.dated_on = read.dated_on;
  if (request.kind != "neighbors") version.crs = municipality->crs;
  outcome.findings = std::move(read.findings);
  const RegisterLayer layer{request.kind,
                            request.part,
                            std::move(read.places),
                            std::move(read.roads),
                            std::move(read.properties),
                            std::move(read.neighbors)};
  outcome.update = PlanUpdate(store, *municipality,
                              AssembleMunicipality(*municipality, municipality->gazetteer.addresses, {}, {},
                                                   LayersWith(store, layer)),
                              request.kind);
  if (!request.validate_only) version = store.PutLayer(version, layer, outcome.update.changes);
}

void CheckPart(const RegisterRequest& request) {
  if (request.part.empty()) return;
  if (!IsLayerKind(request.kind))
    throw InvalidRequest("part", "only places, roads, properties and neighbors come in parts");
  const bool good =
      request.part.size() <= 40 && std::all_of(request.part.begin(), request.part.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      });
  if (!good) throw InvalidRequest("part", "the part must be 1 to 40 of a-z, 0-9, \"-\" and \"_\"");
}

}  // namespace lagesbild::service
