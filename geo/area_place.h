#pragma once

#include <string_view>

#include "geo/gazetteer.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

/// A named area as a place that is found by its name: inner point, radius sqrt(area/pi), at least 500 m
/// (geocoding.md 3.1, LOCALITY). `kind` is "locality" or "district". Throws InvalidInput when it has no area.
Place PlaceOfArea(const NamedArea& area, std::string_view kind);

}  // namespace lagesbild::geo
