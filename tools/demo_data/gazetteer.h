#pragma once

#include "geo/gazetteer.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {

/// The invented municipality as the geocoder takes it: addresses in force, places, localities.
geo::Gazetteer GazetteerOf(const World& world);

}  // namespace lagesbild::tools::demo
