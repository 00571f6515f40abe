#include "maps/cog.h"

#include <gdal_priv.h>

#include <cmath>

#include "geo/errors.h"
#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/markup.h"
#include "maps/spatial_reference.h"

namespace lagesbild::maps {
namespace {

namespace fs = std::filesystem;

/// Row 0 of the grid is southernmost, row 0 of an image is northernmost.
std::vector<float> NorthUp(const geo::Grid<double>& grid) {
  const auto columns = static_cast<std::size_t>(grid.spec().columns),
             rows = static_cast<std::size_t>(grid.spec().rows);
  std::vector<float> pixels(columns * rows);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column) {
      const double value = grid.values()[row * columns + column];
      pixels[(rows - 1 - row) * columns + column] = static_cast<float>(std::isnan(value) ? kNoData : value);
    }
  return pixels;
}

GDALDatasetUniquePtr InMemory(const geo::Grid<double>& grid, std::vector<float>& pixels, geo::Epsg crs,
                              const RasterText& text) {
  const geo::GridSpec& spec = grid.spec();
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
      "", spec.columns, spec.rows, 1, GDT_Float32, nullptr));
  if (!dataset) throw IoError("density raster", "does not fit in memory");
  const double cell = spec.cell_size.value();
  double transform[6] = {
      spec.origin.easting.value(), cell, 0, spec.origin.northing.value() + spec.rows * cell, 0, -cell};
  const OGRSpatialReference reference = SpatialReference(crs);
  dataset->SetGeoTransform(transform);
  dataset->SetSpatialRef(&reference);
  for (const auto& [key, value] : text.items) dataset->SetMetadataItem(key.c_str(), CleanText(value).c_str());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(kNoData);
  band->SetDescription(CleanText(text.description_sv).c_str());
  band->SetUnitType(CleanText(text.unit_sv).c_str());
  if (band->RasterIO(GF_Write, 0, 0, spec.columns, spec.rows, pixels.data(), spec.columns, spec.rows,
                     GDT_Float32, 0, 0, nullptr) != CE_None)
    throw IoError("density raster", "does not fit in memory");
  return dataset;
}

void Write(const fs::path& path, GDALDataset& source) {
  CPLStringList options;
  for (const char* option : {"COMPRESS=DEFLATE", "LEVEL=9", "PREDICTOR=YES", "BLOCKSIZE=256",
                             "OVERVIEW_RESAMPLING=AVERAGE", "NUM_THREADS=1"})
    options.AddString(option);
  const GdalErrors errors;
  GDALDatasetUniquePtr written(GetGDALDriverManager()->GetDriverByName("COG")->CreateCopy(
      path.c_str(), &source, TRUE, options.List(), nullptr, nullptr));
  const bool created = written != nullptr;
  written.reset();  // a full disk may show here first
  if (!created || !errors.failures().empty()) throw IoError(path.string(), errors.text("cannot be written"));
}

void Check(const fs::path& path, const std::vector<float>& pixels, const geo::GridSpec& spec) {
  const auto dataset = OpenReadOnly(path, "GTiff");
  std::vector<float> found(pixels.size());
  const GdalErrors errors;
  if (dataset->GetRasterXSize() != spec.columns || dataset->GetRasterYSize() != spec.rows ||
      dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, spec.columns, spec.rows, found.data(), spec.columns,
                                          spec.rows, GDT_Float32, 0, 0, nullptr) != CE_None ||
      found != pixels)
    throw IoError(path.string(), errors.text("the raster did not come back as it was written"));
}

}  // namespace

void WriteCog(const fs::path& path, const geo::Grid<double>& grid, geo::Epsg crs, const RasterText& text) {
  SetUpGdal();
  if (grid.spec().columns < 1 || grid.spec().rows < 1)
    throw geo::InvalidInput("a density raster needs at least one row and one column");
  std::vector<float> pixels = NorthUp(grid);
  const auto source = InMemory(grid, pixels, crs, text);
  WriteAtomically(
      path, [&](const fs::path& temporary) { Write(temporary, *source); },
      [&](const fs::path& temporary) { Check(temporary, pixels, grid.spec()); });
}

}  // namespace lagesbild::maps
