#include <memory>
#include <optional>
#include <set>

#include "geo/place_text.h"
#include "maps/osm_input.h"
#include "maps/register_layer.h"
#include "maps/register_records.h"

namespace lagesbild::maps {
namespace {

const std::vector<RoleColumn>& Roles() {
  static const std::vector<RoleColumn> roles{
      {"name", {"kom_namn", "kommunnamn", "tatort", "tätort", "namn", "name", "Locality"}, true},
      {"source", {"kalla", "källa", "source"}},
      {"easting", {"easting", "ost", "öst", "e", "x", "lon", "longitude", "longitud"}},
      {"northing", {"northing", "nord", "n", "y", "lat", "latitude", "latitud"}}};
  return roles;
}

/// The corner of the polygon nearest to the boundary, so that a large neighbor that begins there is near; for
/// a point the point.
geo::PlanePoint NearestOf(const RegisterRecord& record, RegisterPositions& positions,
                          const geo::StudyArea& area) {
  const OGRGeometry* geometry = record.geometry;
  if (geometry == nullptr || geometry->IsEmpty() || wkbFlatten(geometry->getGeometryType()) == wkbPoint)
    return PositionOf(record, positions);
  const std::unique_ptr<OGRGeometry> straight(geometry->getLinearGeometry());
  std::optional<geo::PlanePoint> nearest;
  double least_m = 0;
  const auto ring = [&](const OGRLinearRing* points) {
    for (int i = 0; points != nullptr && i < points->getNumPoints(); ++i) {
      const auto corner = record.into->Into(points->getX(i), points->getY(i));
      if (!corner) continue;
      const double m = area.distance_to_boundary(*corner).value();
      if (nearest && m >= least_m) continue;
      least_m = m;
      nearest = corner;
    }
  };
  const auto type = wkbFlatten(straight->getGeometryType());
  if (type == wkbPolygon)
    ring(straight->toPolygon()->getExteriorRing());
  else if (type == wkbMultiPolygon)
    for (const OGRPolygon* part : *straight->toMultiPolygon()) ring(part->getExteriorRing());
  else
    throw RowFault("geom", "the geometry must be a point or a polygon");
  return nearest ? *nearest : PositionOf(record, positions);
}

}  // namespace

std::string NeighborName(std::string name) {
  const std::string lower = geo::LowerCase(name);
  for (const std::string_view ending : {" kommun", " stad", " kommune"}) {
    if (lower.size() != name.size() || lower.size() <= ending.size() || !lower.ends_with(ending)) continue;
    name.resize(name.size() - ending.size());
    // "Enköpings kommun" is Enköping, "Borås stad" is Borås.
    const bool own_s = name.ends_with("ås") || name.ends_with("äs") || name.ends_with("fors");
    if (name.size() > 2 && name.back() == 's' && !own_s) name.pop_back();
    break;
  }
  return name;
}

RegisterLayerFile ReadNeighbors(const std::filesystem::path& file, const LayerMapping& mapping,
                                const RegisterTarget& target) {
  if (IsOsmExtract(file)) return ReadOsmNeighbors(file, target);
  RegisterLayerFile result;
  FindingTally tally;
  RegisterPositions positions(target);
  std::set<std::string> names;
  const std::string own = geo::LowerCase(target.municipality_name);
  const auto take = [&](const RegisterRecord& record) {
    const std::string name = NeighborName(record.Text("name"));
    if (name.empty()) throw RowFault("name", "the name is missing");
    const bool polygon =
        record.geometry != nullptr && wkbFlatten(record.geometry->getGeometryType()) != wkbPoint;
    if (polygon) {
      if (geo::LowerCase(name) == own) throw RowFault("", kInsideReason);
    }
    const geo::PlanePoint at = NearestOf(record, positions, target.area);
    if (!polygon && target.area.contains(at)) throw RowFault("", kInsideReason);
    if (target.area.distance_to_boundary(at).value() > kNeighborReach_m) throw RowFault("", kFarReason);
    names.insert(name);
  };
  ReadRecords(file, mapping, target, Roles(), {"kommun", "kommuner"}, result, tally, positions, take);
  result.neighbors.assign(names.begin(), names.end());
  return result;
}

}  // namespace lagesbild::maps
