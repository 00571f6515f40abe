#pragma once

#include "geo/situation_picture.h"
#include "maps/picture_files.h"
#include "maps/qgis_project.h"

namespace lagesbild::maps {

/// The project of a picture's GeoPackage: one age group and the counts per district are drawn, the other age
/// groups wait in a folded group of which one at a time can be on, and the map for orientation lies below.
/// All layers at once would cover each other.
QgisProject MakePictureProject(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                               const ReferenceLayers& reference);

/// The age group that is drawn at first: the first tested headline group, or all ages.
const geo::PictureLayer& FirstShownLayer(const geo::SituationPicture& picture);

}  // namespace lagesbild::maps
