#include "maps/municipality_input.h"

#include <memory>
#include <string_view>
#include <utility>

#include "maps/errors.h"
#include "maps/feature_reader.h"
#include "maps/gdal_setup.h"
#include "maps/reprojection.h"

namespace lagesbild::maps {
namespace {

const char* DriverOf(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".geojson" || extension == ".json" ? "GeoJSON" : "GPKG";
}

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
        CrsOf(layer_, file_, source.crs, DriverOf(file) == std::string_view("GeoJSON")), target, file_,
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
