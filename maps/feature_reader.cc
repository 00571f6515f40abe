#include "maps/feature_reader.h"

#include <cmath>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "maps/errors.h"
#include "maps/text_encoding.h"

namespace lagesbild::maps {
namespace {

geo::PlanePoint PointOf(double x, double y) { return {geo::Meters{x}, geo::Meters{y}}; }

geo::Ring RingOf(const OGRLinearRing& ring) {
  geo::Ring points;
  for (int i = 0; i < ring.getNumPoints(); ++i) points.push_back(PointOf(ring.getX(i), ring.getY(i)));
  if (points.size() > 1 && points.front() == points.back()) points.pop_back();
  if (points.size() < 3) throw RowFault("geom", "a ring of the polygon has fewer than three points");
  return points;
}

geo::Polygon PolygonOf(const OGRPolygon& polygon) {
  geo::Polygon result;
  if (polygon.getExteriorRing() == nullptr) throw RowFault("geom", "the polygon is empty");
  result.outer = RingOf(*polygon.getExteriorRing());
  for (int i = 0; i < polygon.getNumInteriorRings(); ++i)
    result.holes.push_back(RingOf(*polygon.getInteriorRing(i)));
  return result;
}

}  // namespace

std::string FeatureReader::Text(const char* field) const {
  const int index = feature_.GetFieldIndex(field);
  if (index < 0 || !feature_.IsFieldSetAndNotNull(index)) return {};
  return TrimBlanks(feature_.GetFieldAsString(index));
}

std::optional<int> FeatureReader::Integer(const char* field) const {
  const int index = feature_.GetFieldIndex(field);
  if (index < 0 || !feature_.IsFieldSetAndNotNull(index)) return std::nullopt;
  return feature_.GetFieldAsInteger(index);
}

geo::PlanePoint FeatureReader::Point() const {
  const OGRGeometry* geometry = feature_.GetGeometryRef();
  if (geometry == nullptr || geometry->IsEmpty() || wkbFlatten(geometry->getGeometryType()) != wkbPoint)
    throw RowFault("geom", "the point is missing");
  const OGRPoint* point = geometry->toPoint();
  if (!std::isfinite(point->getX()) || !std::isfinite(point->getY()))
    throw RowFault("geom", "the point's coordinates are not finite");
  return PointOf(point->getX(), point->getY());
}

geo::MultiPolygon FeatureReader::Polygons() const {
  const OGRGeometry* geometry = feature_.GetGeometryRef();
  if (geometry == nullptr || geometry->IsEmpty()) throw RowFault("geom", "the polygon is missing");
  const std::unique_ptr<OGRGeometry> straight(geometry->getLinearGeometry());
  geo::MultiPolygon polygons;
  switch (wkbFlatten(straight->getGeometryType())) {
    case wkbPolygon:
      polygons.push_back(PolygonOf(*straight->toPolygon()));
      break;
    case wkbMultiPolygon:
      for (const OGRPolygon* polygon : *straight->toMultiPolygon()) polygons.push_back(PolygonOf(*polygon));
      break;
    default:  // of the many kinds of geometry these two have an area that we use
      throw RowFault("geom", "the geometry must be a polygon or a multipolygon");
  }
  return polygons;
}

OGRLayer& RequireLayer(GDALDataset& dataset, const std::string& file, const char* name) {
  OGRLayer* layer = dataset.GetLayerByName(name);
  if (layer == nullptr) throw IoError(file, "lacks the layer " + std::string(name));
  return *layer;
}

void RequireFields(OGRLayer& layer, const std::string& file, const std::vector<const char*>& fields) {
  std::string lacking;
  for (const char* field : fields)
    if (layer.GetLayerDefn()->GetFieldIndex(field) < 0)
      lacking += (lacking.empty() ? "" : ", ") + std::string(field);
  if (!lacking.empty())
    throw IoError(file, "the layer " + std::string(layer.GetName()) + " lacks the columns " + lacking);
}

geo::Epsg ProjectedCrs(OGRLayer& layer, const std::string& file) {
  const OGRSpatialReference* reference = layer.GetSpatialRef();
  const std::string name = "the layer " + std::string(layer.GetName());
  if (reference == nullptr) throw IoError(file, name + " states no coordinate system");
  const char* authority = reference->GetAuthorityName(nullptr);
  const char* code = reference->GetAuthorityCode(nullptr);
  if (authority == nullptr || code == nullptr || std::string_view(authority) != "EPSG")
    throw IoError(file, name + " states a coordinate system that has no EPSG code");
  if (!reference->IsProjected() || std::abs(reference->GetLinearUnits() - 1) > 1e-9)
    throw IoError(file, name + " must be in a projected coordinate system in meters, as EPSG:3006");
  return geo::Epsg{static_cast<int>(std::strtol(code, nullptr, 10))};
}

}  // namespace lagesbild::maps
