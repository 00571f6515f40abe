#pragma once

#include <string>

#include "geo/situation_picture.h"

namespace lagesbild::maps {

/// What a point in doubt is: "troligen en standardpunkt, inskriven när platsen inte var känd", or the middle
/// of which area.
std::string DoubtText(const geo::DoubtfulPoint& point);

/// "12 händelser ligger på en och samma punkt (Heby): troligen en standardpunkt …".
std::string DoubtfulPointText(const geo::DoubtfulPoint& point, const std::string& where);

/// For the layers of one age group: how many incidents lie at points in doubt, with and without them; empty
/// when there is no such point.
std::string DoubtfulGroupText(const geo::PictureLayer& layer);

}  // namespace lagesbild::maps
