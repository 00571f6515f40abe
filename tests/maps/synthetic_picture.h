#pragma once

#include <cstdint>

#include "geo/situation_picture.h"
#include "maps/picture_files.h"

namespace lagesbild::maps::testing {

struct SyntheticPicture {
  geo::SituationPicture picture;
  PictureMetadata metadata;
  ReferenceLayers reference;
};

/// A picture made by hand, without the analysis: youths with three hot cells, children with too few incidents
/// and no density, unknown ages untested. The same seed gives the same picture.
SyntheticPicture MakeSyntheticPicture(geo::CalendarQuarter quarter = {2026, 3}, std::uint64_t seed = 1);

/// Names that break markup written without care, and a byte that is not UTF-8.
inline constexpr const char* kHostileName = "<&\"'%]]>{}\\;--å\x01\xFF";

/// The same with hostile names wherever a name comes from data.
SyntheticPicture MakeHostilePicture();

}  // namespace lagesbild::maps::testing
