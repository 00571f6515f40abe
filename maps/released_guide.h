#pragma once

#include "maps/how_to_read.h"
#include "maps/released_files.h"

namespace lagesbild::maps {

/// "Så läser du kartan" for partner and public: what a suppressed value is, why places are areas, what the
/// density is made of. Numbers are those of the rule. Feeds the page and the table in the GeoPackage.
HowToRead MakeReleasedGuide(const ReleasedContent& content, const PictureMetadata& metadata);

/// Legend of the areas with counts and of the density, the same for every picture of an audience.
std::vector<ReportKeyGroup> ReleasedLegendKeys(const ReleasedContent& content);

}  // namespace lagesbild::maps
