#include "maps/osm_extract.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>

#include <atomic>
#include <cstdlib>
#include <memory>

#include "geo/errors.h"
#include "geo/polygon.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/text_encoding.h"
#include "maps/vector_source.h"

namespace lagesbild::maps {
namespace {

// The driver of GDAL 3.6 hides tags in one text unless they are named here, and makes '_' of ':'.
constexpr const char* kTags =
    "name,alt_name,official_name,short_name,loc_name,old_name,ref,highway,addr:street,addr:place,"
    "addr:housenumber,addr:interpolation,addr:postcode,addr:city,addr:district,addr:suburb,amenity,shop,"
    "leisure,railway,public_transport,tourism,office,craft,sport,place,entrance,building,boundary,admin_"
    "level";
constexpr const char* kAreas =
    "amenity,building,boundary,craft,landuse,leisure,office,place,shop,sport,tourism,addr:housenumber,"
    "highway=platform,public_transport=platform,public_transport=station,railway=station,railway=platform";

/// The driver's settings as a file in memory, gone with this.
class Settings {
 public:
  Settings() {
    static std::atomic<unsigned> counter{0};
    name_ = "/vsimem/lagesbild_osm_" + std::to_string(++counter) + ".ini";
    text_ = "closed_ways_are_polygons=" + std::string(kAreas) + "\nattribute_name_laundering=no\n";
    for (const char* layer : {"points", "lines", "multipolygons", "multilinestrings", "other_relations"})
      text_ += "[" + std::string(layer) + "]\nosm_id=yes\nother_tags=no\nattributes=" + kTags + "\n";
    // The bytes stay ours: GDAL only looks at them.
    VSILFILE* file = VSIFileFromMemBuffer(name_.c_str(), reinterpret_cast<GByte*>(text_.data()),
                                          static_cast<vsi_l_offset>(text_.size()), FALSE);
    if (file != nullptr) VSIFCloseL(file);
  }
  ~Settings() { VSIUnlink(name_.c_str()); }
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
  const char* name() const { return name_.c_str(); }

 private:
  std::string name_, text_;
};

/// A setting of GDAL for this thread, as it was before when this goes.
class ThreadOption {
 public:
  ThreadOption(const char* key, const char* value) : key_(key) {
    if (const char* before = CPLGetThreadLocalConfigOption(key, nullptr))
      before_ = std::make_unique<std::string>(before);
    CPLSetThreadLocalConfigOption(key, value);
  }
  ~ThreadOption() { CPLSetThreadLocalConfigOption(key_, before_ ? before_->c_str() : nullptr); }
  ThreadOption(const ThreadOption&) = delete;
  ThreadOption& operator=(const ThreadOption&) = delete;

 private:
  const char* key_;
  std::unique_ptr<std::string> before_;
};

}  // namespace

std::string OsmObject::Tag(const char* key) const {
  const int index = feature_.GetFieldIndex(key);
  if (index < 0 || !feature_.IsFieldSetAndNotNull(index)) return {};
  return TrimBlanks(feature_.GetFieldAsString(index));
}

std::string OsmObject::Id() const {
  if (!area_) {
    const bool node = geometry() != nullptr && wkbFlatten(geometry()->getGeometryType()) == wkbPoint;
    return (node ? "node/" : "way/") + Tag("osm_id");
  }
  const std::string way = Tag("osm_way_id");
  return way.empty() ? "relation/" + Tag("osm_id") : "way/" + way;
}

std::int64_t OsmObject::Number() const {
  const std::string way = area_ ? Tag("osm_way_id") : std::string();
  return std::strtoll((way.empty() ? Tag("osm_id") : way).c_str(), nullptr, 10);
}

void ReadOsm(const std::filesystem::path& file, const std::string& layers,
             const std::function<void(const OsmObject&, const Reprojection&)>& use, geo::Epsg target) {
  SetUpGdal();
  const ScratchFolder scratch(file);
  const Settings settings;
  const ThreadOption config("OSM_CONFIG_FILE", settings.name()), folder("CPL_TMPDIR", scratch.path().c_str());
  const GDALDatasetUniquePtr dataset = OpenReadOnly(file, "OSM");
  GdalErrors errors;
  // Layers that nobody reads are not put together.
  dataset->ReleaseResultSet(
      dataset->ExecuteSQL(("SET interest_layers = " + layers).c_str(), nullptr, nullptr));
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const Reprojection into(wgs84, target, file.string(), "OSM");
  dataset->ResetReading();
  OGRLayer* of = nullptr;
  while (const OGRFeatureUniquePtr feature{dataset->GetNextFeature(&of, nullptr, nullptr, nullptr)}) {
    const std::string_view name = of->GetName();
    if (layers.find(name) == std::string::npos) continue;
    use(OsmObject(*feature, name == "multipolygons"), into);
  }
  if (!errors.failures().empty())
    throw IoError(file.string(), "cannot be read to its end: " + errors.text(""),
                  "den går inte att läsa till slutet; är den hel?");
}

namespace {

/// The polygons in the analysis CRS, without corners that cannot be brought there.
geo::MultiPolygon OsmPolygons(const OGRGeometry* geometry, const Reprojection& into) {
  geo::MultiPolygon polygons;
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbMultiPolygon) return polygons;
  for (const OGRPolygon* part : *geometry->toMultiPolygon()) {
    if (part->getExteriorRing() == nullptr) continue;
    geo::Polygon polygon;
    const OGRLinearRing& ring = *part->getExteriorRing();
    for (int i = 0; i + 1 < ring.getNumPoints(); ++i)
      if (const auto corner = into.Into(ring.getX(i), ring.getY(i))) polygon.outer.push_back(*corner);
    if (polygon.outer.size() >= 3) polygons.push_back(std::move(polygon));
  }
  return polygons;
}

}  // namespace

geo::PlanePoint OsmPosition(const OsmObject& object, RegisterPositions& positions, const Reprojection& into) {
  const OGRGeometry* geometry = object.geometry();
  if (geometry == nullptr || geometry->IsEmpty()) throw RowFault("geom", "the point is missing");
  if (wkbFlatten(geometry->getGeometryType()) == wkbPoint)
    return positions.FromLayer(geometry->toPoint()->getX(), geometry->toPoint()->getY(), into);
  try {
    return geo::InnerPoint(OsmPolygons(geometry, into));
  } catch (const geo::InvalidInput&) {
    throw RowFault("geom", "the polygon has no area");
  }
}

double OsmAreaSquareMeters(const OsmObject& object, const Reprojection& into) {
  return object.is_area() ? geo::AreaSquareMeters(OsmPolygons(object.geometry(), into)) : 0;
}

std::vector<std::string> SplitTag(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(at, from), text.size());
    if (std::string part = TrimBlanks(text.substr(from, to - from)); !part.empty())
      parts.push_back(std::move(part));
    from = to + 1;
  }
  return parts;
}

}  // namespace lagesbild::maps
