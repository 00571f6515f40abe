#pragma once

#include <stop_token>
#include <vector>

#include "geo/hotspot_test.h"
#include "geo/situation_picture.h"

namespace lagesbild::geo {

/// The test of all groups of a picture once more, on these incidents and this grid: without its redraws, as
/// the Benjamini-Hochberg adjustment decides what is hot. Layers in the order of the scheme. Throws as
/// TestHotspots.
HotspotTestResult RetestPicture(const PictureInput& input, std::vector<Incident> incidents,
                                const PictureOptions& options, const GridSpec& grid, std::stop_token stop);

/// Whether a hot square's neighborhood holds the point.
bool IsHotAt(const HotspotLayerResult& layer, const GridSpec& grid, PlanePoint point);

}  // namespace lagesbild::geo
