#pragma once

#include "geo/situation_picture.h"
#include "maps/layer.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// One age group's cells with counts, test and Gi*. Codes of the field `class`: 0 not significant, 1/2/3 hot
/// at 90/95/99 %, -1/-2/-3 kept for cold, 10 the layer has too few incidents to be tested. What a test did
/// not give is NULL. Cells where nobody lives and nothing was reported are absent.
VectorLayer MakeHotspotLayer(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                             const geo::PictureLayer& layer, const Legend& legend);

}  // namespace lagesbild::maps
