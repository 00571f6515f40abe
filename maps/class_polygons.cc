#include "maps/class_polygons.h"

#include <gdal_alg.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>

#include "geo/errors.h"
#include "geo/released_density.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/markup.h"

namespace lagesbild::maps {
namespace {

constexpr const char* kWhat = "class polygons";

/// The grid as a raster in memory, one row and column of cells per pixel, south up: GDAL does not care, and
/// the transform says so.
GDALDatasetUniquePtr Raster(const geo::Grid<std::int8_t>& classes) {
  const geo::GridSpec& spec = classes.spec();
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
      "", spec.columns, spec.rows, 1, GDT_Int16, nullptr));
  if (!dataset) throw IoError(kWhat, "do not fit in memory");
  const double cell = spec.cell_size.value();
  double transform[6] = {spec.origin.easting.value(), cell, 0, spec.origin.northing.value(), 0, cell};
  dataset->SetGeoTransform(transform);
  std::vector<std::int16_t> pixels(classes.values().begin(), classes.values().end());
  if (dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, spec.columns, spec.rows, pixels.data(),
                                          spec.columns, spec.rows, GDT_Int16, 0, 0, nullptr) != CE_None)
    throw IoError(kWhat, "do not fit in memory");
  return dataset;
}

/// Without the repeated last point and the corners of straight stretches, beginning at the smallest point.
geo::Ring RingOf(const OGRLinearRing& line) {
  geo::Ring all;
  for (int i = 0; i + 1 < line.getNumPoints(); ++i)
    all.push_back({geo::Meters{line.getX(i)}, geo::Meters{line.getY(i)}});
  geo::Ring ring;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const geo::PlanePoint &before = all[(i + all.size() - 1) % all.size()],
                          &after = all[(i + 1) % all.size()];
    // Sides run along cells, so a straight stretch has one coordinate in common.
    const bool straight = (before.easting == all[i].easting && all[i].easting == after.easting) ||
                          (before.northing == all[i].northing && all[i].northing == after.northing);
    if (!straight) ring.push_back(all[i]);
  }
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
  return ring;
}

geo::Polygon PolygonOf(const OGRPolygon& shape) {
  geo::Polygon polygon{RingOf(*shape.getExteriorRing()), {}};
  for (int i = 0; i < shape.getNumInteriorRings(); ++i)
    polygon.holes.push_back(RingOf(*shape.getInteriorRing(i)));
  std::sort(polygon.holes.begin(), polygon.holes.end());
  return polygon;
}

/// A ring that touches itself at a corner (holes that meet diagonally) becomes several.
void Append(const OGRGeometry& shape, geo::MultiPolygon& polygons) {
  switch (wkbFlatten(shape.getGeometryType())) {
    case wkbPolygon:
      polygons.push_back(PolygonOf(*shape.toPolygon()));
      return;
    case wkbMultiPolygon:
    case wkbGeometryCollection:
      for (const OGRGeometry* part : *shape.toGeometryCollection()) Append(*part, polygons);
      return;
    default:
      return;  // points and lines without area
  }
}

void AppendValid(const OGRGeometry& shape, geo::MultiPolygon& polygons) {
  {
    const GdalErrors quiet;  // IsValid warns of what is mended here
    if (!shape.IsValid()) {
      const std::unique_ptr<OGRGeometry> valid(shape.MakeValid());
      if (!valid) throw IoError(kWhat, "an outline crosses itself and could not be mended");
      return Append(*valid, polygons);
    }
  }
  Append(shape, polygons);
}

std::map<int, geo::MultiPolygon> Polygonized(GDALDataset& raster) {
  GDALDatasetUniquePtr memory(
      GetGDALDriverManager()->GetDriverByName("Memory")->Create("", 0, 0, 0, GDT_Unknown, nullptr));
  if (!memory) throw IoError(kWhat, "do not fit in memory");
  OGRLayer* layer = memory->CreateLayer("classes", nullptr, wkbPolygon, nullptr);
  OGRFieldDefn field("code", OFTInteger);
  const GdalErrors errors;
  if (layer == nullptr || layer->CreateField(&field) != OGRERR_NONE ||
      GDALPolygonize(raster.GetRasterBand(1), nullptr, OGRLayer::ToHandle(layer), 0, nullptr, nullptr,
                     nullptr) != CE_None)
    throw IoError(kWhat, errors.text("could not be drawn"));
  std::map<int, geo::MultiPolygon> by_code;
  for (const auto& feature : *layer)
    AppendValid(*feature->GetGeometryRef(), by_code[feature->GetFieldAsInteger(0)]);
  return by_code;
}

}  // namespace

std::vector<ClassPolygons> PolygonsOfClasses(const geo::Grid<std::int8_t>& classes, std::int8_t left_out,
                                             const geo::StudyArea* clip) {
  if (classes.values().empty()) return {};
  SetUpGdal();
  std::vector<ClassPolygons> result;
  for (auto& [code, polygons] : Polygonized(*Raster(classes))) {
    if (code == left_out) continue;
    if (clip != nullptr) polygons = geo::Intersection(polygons, clip->polygons());
    std::sort(polygons.begin(), polygons.end(),
              [](const geo::Polygon& a, const geo::Polygon& b) { return a.outer < b.outer; });
    if (!polygons.empty()) result.push_back({code, std::move(polygons)});
  }
  return result;
}

std::vector<DensityClass> ReleasedDensityClassesOf(const Legend& legend) {
  std::vector<DensityClass> classes = legend.density;
  while (classes.size() > geo::kMaxReleasedClasses) {
    classes[classes.size() - 2] = classes.back();
    classes.pop_back();
  }
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::string upper = SwedishNumber(classes[i].upper);
    const std::string lower = i == 0 ? "" : SwedishNumber(classes[i - 1].upper);
    classes[i].label_sv = i == 0                    ? "högst " + upper + ": ritas inte"
                          : i + 1 == classes.size() ? "över " + lower
                                                    : lower + "–" + upper;
  }
  return classes;
}

std::vector<double> BreaksOf(const std::vector<DensityClass>& classes) {
  std::vector<double> breaks;
  for (std::size_t i = 0; i + 1 < classes.size(); ++i) breaks.push_back(classes[i].upper);
  return breaks;
}

}  // namespace lagesbild::maps
