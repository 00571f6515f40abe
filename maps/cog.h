#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "geo/grid.h"

namespace lagesbild::maps {

struct RasterText {
  std::string description_sv;  ///< of the band: QGIS's legend heading
  std::string unit_sv;
  std::vector<std::pair<std::string, std::string>> items;  ///< further TIFF metadata, ASCII keys
};

/// Value of a pixel without data: NaN in the grid.
inline constexpr double kNoData = -9999;

/// Writes a grid as a Cloud Optimized GeoTIFF: Float32, north up, NaN as -9999, DEFLATE, blocks of 256,
/// averaged overviews. Appears complete under `path` or not at all, after every pixel was read back.
/// Throws IoError; geo::InvalidInput when the grid is empty or the CRS is unknown or not projected.
void WriteCog(const std::filesystem::path& path, const geo::Grid<double>& grid, geo::Epsg crs,
              const RasterText& text);

}  // namespace lagesbild::maps
