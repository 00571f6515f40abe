#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/units.h"
#include "maps/layer.h"
#include "maps/qgis_project.h"

namespace lagesbild::maps {

struct GeoPackage {
  geo::Epsg crs{3006};
  Instant timestamp;  ///< written as the time of change everywhere, so that bytes depend on content alone
  std::string style_note_sv;  ///< goes with every style, e.g. the legend's version
  std::vector<VectorLayer> layers;
  std::optional<QgisProject> project;  ///< opened as geopackage:x.gpkg?projectName=<its name>
};

/// Writes a GeoPackage that QGIS opens styled: tables in the given order, `layer_styles`, metadata, and the
/// project. One file, journal_mode DELETE. Appears under `path` only after it was reopened and every table
/// counted. Throws IoError, and geo::InvalidInput when the CRS is unknown or not projected.
void WriteGeoPackage(const std::filesystem::path& path, const GeoPackage& content);

}  // namespace lagesbild::maps
