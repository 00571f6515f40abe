#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geo/units.h"
#include "maps/layer.h"

namespace lagesbild::maps {

struct GeoPackage {
  geo::Epsg crs{3006};
  Instant timestamp;  ///< written as the time of change everywhere, so that bytes depend on content alone
  std::string style_note_sv;  ///< goes with every style, e.g. the legend's version
  std::vector<VectorLayer> layers;
};

/// Writes a GeoPackage that QGIS opens styled: tables in the given order, `layer_styles`, and metadata.
/// One file, journal_mode DELETE. Appears under `path` only after it was reopened and every table counted.
/// Throws IoError, and geo::InvalidInput when the CRS is unknown or not projected.
void WriteGeoPackage(const std::filesystem::path& path, const GeoPackage& content);

}  // namespace lagesbild::maps
