#pragma once

#include <vector>

#include "geo/situation_picture.h"
#include "maps/layer.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

inline constexpr const char* kOrientationAbstract =
    "För orientering; inget i lagret säger något om händelser.";

/// The same as below without metadata of their own, for any kind of picture.
std::vector<VectorLayer> MakeReferenceTables(const PictureMetadata& metadata,
                                             const ReferenceLayers& reference);

/// Quiet layers for orientation: boundary, districts, localities and public places, with names.
std::vector<VectorLayer> MakeReferenceLayers(const geo::SituationPicture& picture,
                                             const PictureMetadata& metadata,
                                             const ReferenceLayers& reference);

}  // namespace lagesbild::maps
