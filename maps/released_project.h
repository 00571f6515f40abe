#pragma once

#include "maps/qgis_project.h"
#include "maps/released_files.h"

namespace lagesbild::maps {

/// The project of a released GeoPackage, inside it and beside it: a group per age group, one on at a time;
/// in each the areas with their counts, their density, and other periods or levels, one on at a time; the map
/// for orientation below. Its time is from the first quarter of any layer to the end of the picture's.
QgisProject MakeReleasedProject(const ReleasedContent& content, const PictureMetadata& metadata,
                                const ReferenceLayers& reference);

}  // namespace lagesbild::maps
