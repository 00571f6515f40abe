#pragma once

#include <string>
#include <vector>

#include "maps/layer.h"
#include "maps/released_files.h"

namespace lagesbild::maps {

/// "antal_13_24_litet_omrade_1kv": table of the areas of one layer, unique in the picture.
std::string AreaTable(const geo::ReleasedPicture& picture, std::size_t layer);
/// "tathet_13_24_litet_omrade_1kv": table of its density.
std::string DensityTable(const geo::ReleasedPicture& picture, std::size_t layer);
/// Whether the layer has a density: some area's count is released.
bool HasDensity(const ReleasedContent& content, std::size_t layer);

inline constexpr const char* kReleasedCountsTable = "antal_per_aldersgrupp";
inline constexpr const char* kAboutTable = "om_lagesbilden";

/// Every table of a released GeoPackage, in the order that QGIS lists them: areas and density per layer,
/// reference layers, the table of counts, about the picture and how to read it. Nothing is written.
/// Throws geo::InvalidInput when there is not one density, empty or not, per layer.
std::vector<VectorLayer> MakeReleasedLayers(const ReleasedContent& content, const PictureMetadata& metadata,
                                            const ReferenceLayers& reference);

}  // namespace lagesbild::maps
