#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "geo/grid.h"
#include "geo/released_picture.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// What partner or public may get of one quarter: released values and what was computed from them alone.
struct ReleasedContent {
  geo::ReleasedPicture picture;
  /// One per picture.layers: classes of geo::ReleasedDensityClasses, or an empty grid where no area of the
  /// layer is released.
  std::vector<geo::Grid<std::int8_t>> density;
  geo::Meters bandwidth{1000};
};

/// Writes a released picture: a styled GeoPackage (areas with their counts or "suppressed", density as class
/// polygons, the table, how to read the map, what the picture is), the report and "how to read the map" as
/// HTML and a QGIS project beside. No rasters. Until it is published every file says "utkast, ej för
/// publicering"; each layer carries the rule, its version, how far it was coarsened and "ungefärlig plats".
///
/// `metadata.run_id` is the release's own id, `data_version` is empty: nothing here is computed from withheld
/// values. Each file appears complete or not at all; the same input gives the same bytes. Throws IoError,
/// geo::InvalidInput (densities do not match the layers). Returns the files in a fixed order, GeoPackage
/// first.
std::vector<WrittenFile> WriteReleasedFiles(const ReleasedContent& content, const PictureMetadata& metadata,
                                            const ReferenceLayers& reference,
                                            const std::filesystem::path& folder);

}  // namespace lagesbild::maps
