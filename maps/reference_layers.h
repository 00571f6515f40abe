#pragma once

#include <vector>

#include "geo/situation_picture.h"
#include "maps/layer.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// Quiet layers for orientation: boundary, districts, localities and public places, with names.
std::vector<VectorLayer> MakeReferenceLayers(const geo::SituationPicture& picture,
                                             const PictureMetadata& metadata,
                                             const ReferenceLayers& reference);

}  // namespace lagesbild::maps
