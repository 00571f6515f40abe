#pragma once

#include <vector>

#include "geo/situation_picture.h"
#include "maps/picture_files.h"
#include "maps/qgis_project.h"

namespace lagesbild::maps {

/// The project of a picture's GeoPackage: a group per age group, of which one at a time can be on, the counts
/// per district, and the map for orientation below. All layers at once would cover each other. With rasters
/// each density lies in its age group below the tested cells: for the project beside the GeoPackage. The one
/// inside has none, so that the file can be passed on alone.
QgisProject MakePictureProject(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                               const ReferenceLayers& reference, std::vector<ProjectRaster> rasters = {});

/// The first view: all of the municipality.
void SetExtent(QgisProject& project, const geo::MultiPolygon& boundary);

/// The age group that is drawn at first: the first tested headline group, or all ages.
const geo::PictureLayer& FirstShownLayer(const geo::SituationPicture& picture);

}  // namespace lagesbild::maps
