#pragma once

#include "maps/released_files.h"
#include "maps/report.h"

namespace lagesbild::maps {

/// The quarter's picture on two pages for partner or public: released values in sentences, as a map of areas
/// and one of density per layer, in a table; suppressed values by that word; how sure each count is, what is
/// missing, how far it was coarsened and why. When no area may be shown it says so and has no maps.
/// Throws geo::InvalidInput when there is not one density, empty or not, per layer.
Report MakeReleasedReport(const ReleasedContent& content, const PictureMetadata& metadata,
                          const ReferenceLayers& reference);

}  // namespace lagesbild::maps
