#include "maps/municipality_input.h"

#include <cmath>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "geo/errors.h"
#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/feature_reader.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

constexpr geo::Epsg kWgs84{4326};

std::string CodeOf(geo::Epsg crs) { return "EPSG:" + std::to_string(static_cast<int>(crs)); }

const char* DriverOf(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".geojson" || extension == ".json" ? "GeoJSON" : "GPKG";
}

/// The layer's CRS: what it states, or what the mapping says where it states none. A GeoJSON states WGS 84 by
/// saying nothing.
OGRSpatialReference CrsOf(OGRLayer& layer, const std::string& file, const LayerSource& source, bool geojson) {
  OGRSpatialReference crs;
  const OGRSpatialReference* stated = layer.GetSpatialRef();
  const std::string name = "the layer " + std::string(layer.GetName());
  if (source.crs) {
    if (crs.importFromEPSG(static_cast<int>(*source.crs)) != OGRERR_NONE)
      throw IoError(file, CodeOf(*source.crs) + " of the mapping is no known coordinate system");
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (stated != nullptr && !geojson && !stated->IsSame(&crs))
      throw IoError(file, name + " states another coordinate system than " + CodeOf(*source.crs) +
                              " of the mapping; leave epsg out or set it right");
    return crs;
  }
  if (stated == nullptr)
    throw IoError(file, name + " states no coordinate system; say which by epsg in the mapping");
  crs = *stated;
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return crs;
}

/// From a layer's CRS into the analysis CRS, easting first. The same way by WGS 84 that the coordinates of
/// reports take, so that both agree.
class Reprojection {
 public:
  Reprojection(const OGRSpatialReference& from, geo::Epsg to, const std::string& file,
               const std::string& layer)
      : geographic_(from.IsGeographic() != 0), file_(file), layer_(layer), target_(to) {
    const char* code = from.GetAuthorityCode(nullptr);
    const geo::Epsg source{code == nullptr ? 0 : static_cast<int>(std::strtol(code, nullptr, 10))};
    same_ = source == to;
    if (same_ || source == kWgs84) return;
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    to_wgs84_.reset(OGRCreateCoordinateTransformation(&from, &wgs84));
    if (!to_wgs84_)
      throw IoError(file, "no way is known from the coordinate system of " + layer + " to WGS 84");
  }

  geo::PlanePoint operator()(geo::PlanePoint point) const {
    const double x = point.easting.value(), y = point.northing.value();
    if (const auto out = Into(x, y)) return *out;
    if (Into(y, x))
      throw IoError(file_, "the axes of the layer " + layer_ +
                               " look swapped: exchanged, it would lie where " + CodeOf(target_.crs()) +
                               " is meant for; longitude or easting stands first");
    if (geographic_ && (std::abs(x) > 360 || std::abs(y) > 360))
      throw IoError(file_, "the layer " + layer_ +
                               " says degrees but holds meters; a GeoJSON is in WGS 84 unless epsg in the "
                               "mapping says otherwise");
    throw IoError(file_, "the layer " + layer_ + " does not lie where " + CodeOf(target_.crs()) +
                             " is meant for; is municipality.crs right, and the layer's own system?");
  }

 private:
  std::optional<geo::PlanePoint> Into(double x, double y) const {
    try {
      const geo::PlanePoint plane{geo::Meters{x}, geo::Meters{y}};
      if (same_) {
        target_.Inverse(plane);  // throws where the point is outside the area of use
        return plane;
      }
      if (to_wgs84_ && !to_wgs84_->Transform(1, &x, &y)) return std::nullopt;
      return target_.Forward({geo::Degrees{x}, geo::Degrees{y}});
    } catch (const geo::InvalidInput&) {
      return std::nullopt;
    }
  }

  bool geographic_ = false, same_ = false;
  std::string file_, layer_;
  geo::Projection target_;
  std::unique_ptr<OGRCoordinateTransformation> to_wgs84_;
};

void Reproject(geo::MultiPolygon& polygons, const Reprojection& into) {
  const auto ring = [&](geo::Ring& points) {
    for (geo::PlanePoint& point : points) point = into(point);
  };
  for (geo::Polygon& polygon : polygons) {
    ring(polygon.outer);
    for (geo::Ring& hole : polygon.holes) ring(hole);
  }
}

/// One layer with the features that its source asks for.
class SourceLayer {
 public:
  SourceLayer(GDALDataset& dataset, const std::filesystem::path& file, const LayerSource& source,
              geo::Epsg target)
      : file_(file.string()), source_(source), layer_(Find(dataset)) {
    std::vector<const char*> fields;
    for (const std::string* field :
         {&source.code, &source.name, &source.where, &source.alias, &source.kind, &source.locality})
      if (!field->empty()) fields.push_back(field->c_str());
    RequireFields(layer_, file_, fields);
    const GdalErrors quiet;  // PROJ speaks of every point that it cannot take
    into_ = std::make_unique<Reprojection>(
        CrsOf(layer_, file_, source, DriverOf(file) == std::string_view("GeoJSON")), target, file_,
        layer_.GetName());
  }

  template <class Use>
  void ForEach(Use&& use) {
    for (const OGRFeatureUniquePtr& feature : layer_) {
      const FeatureReader row(*feature);
      if (!source_.where.empty() && row.Text(source_.where.c_str()) != source_.equals) continue;
      use(row, *into_);
    }
  }

 private:
  OGRLayer& Find(GDALDataset& dataset) const {
    if (!source_.layer.empty()) return RequireLayer(dataset, file_, source_.layer.c_str());
    if (dataset.GetLayerCount() != 1)
      throw IoError(file_, "holds " + std::to_string(dataset.GetLayerCount()) +
                               " layers; name the one to use by layer in the mapping");
    return *dataset.GetLayer(0);
  }

  std::string file_;
  const LayerSource& source_;
  OGRLayer& layer_;
  std::unique_ptr<Reprojection> into_;
};

std::vector<geo::NamedArea> ReadAreas(GDALDataset& dataset, const std::filesystem::path& file,
                                      const std::optional<LayerSource>& source, geo::Epsg target) {
  std::vector<geo::NamedArea> areas;
  if (!source) return areas;
  SourceLayer layer(dataset, file, *source, target);
  layer.ForEach([&](const FeatureReader& row, const Reprojection& into) {
    geo::NamedArea area{row.Text(source->code.c_str()), row.Text(source->name.c_str()), row.Polygons()};
    if (area.name.empty()) throw RowFault(source->name, "the area has no name");
    if (area.code.empty()) area.code = area.name;
    Reproject(area.polygons, into);
    areas.push_back(std::move(area));
  });
  return areas;
}

std::vector<geo::Place> ReadPlaces(GDALDataset& dataset, const std::filesystem::path& file,
                                   const std::optional<LayerSource>& source, geo::Epsg target) {
  std::vector<geo::Place> places;
  if (!source) return places;
  SourceLayer layer(dataset, file, *source, target);
  layer.ForEach([&](const FeatureReader& row, const Reprojection& into) {
    geo::Place place;
    place.name = row.Text(source->name.c_str());
    if (place.name.empty()) throw RowFault(source->name, "the place has no name");
    place.id = row.Text(source->code.c_str());
    if (place.id.empty()) place.id = place.name;
    if (std::string alias = row.Text(source->alias.c_str()); !alias.empty())
      place.aliases = {std::move(alias)};
    place.kind = row.Text(source->kind.c_str());
    if (place.kind.empty()) place.kind = source->default_kind;
    place.locality = row.Text(source->locality.c_str());
    place.position = into(row.Point());
    places.push_back(std::move(place));
  });
  return places;
}

}  // namespace

ReferenceFile ReadMunicipality(const std::filesystem::path& file, const MunicipalitySource& source) {
  const GDALDatasetUniquePtr dataset = OpenReadOnly(file, DriverOf(file));
  const GdalErrors errors;
  ReferenceFile reference;
  reference.crs = source.crs;
  reference.municipality_code = source.code;
  reference.municipality_name = source.name;
  reference.synthetic = source.synthetic;
  try {
    SourceLayer boundary(*dataset, file, source.boundary, source.crs);
    boundary.ForEach([&](const FeatureReader& row, const Reprojection& into) {
      geo::MultiPolygon polygons = row.Polygons();
      Reproject(polygons, into);
      reference.boundary.insert(reference.boundary.end(), polygons.begin(), polygons.end());
    });
    if (reference.boundary.empty())
      throw IoError(file.string(), source.boundary.where.empty()
                                       ? "holds no polygon; it needs the municipality's boundary"
                                       : "holds no feature whose column " + source.boundary.where + " is " +
                                             source.boundary.equals);
    reference.districts = ReadAreas(*dataset, file, source.districts, source.crs);
    reference.localities = ReadAreas(*dataset, file, source.localities, source.crs);
    reference.places = ReadPlaces(*dataset, file, source.places, source.crs);
  } catch (const RowFault& fault) {
    throw IoError(file.string(), fault.column + ": " + fault.reason);
  }
  if (!errors.failures().empty())
    throw IoError(file.string(), "cannot be read to its end: " + errors.text(""));
  return reference;
}

}  // namespace lagesbild::maps
