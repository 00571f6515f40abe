#pragma once

#include <vector>

#include "geo/situation_picture.h"
#include "maps/layer.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// Every table of a picture's GeoPackage, in the order that QGIS lists them: one hotspot layer per age group,
/// counts per district, repeat places, reference layers, the table of counts, the table about the picture and
/// how to read it. A pure value: nothing is written.
std::vector<VectorLayer> MakePictureLayers(const geo::SituationPicture& picture,
                                           const PictureMetadata& metadata, const ReferenceLayers& reference,
                                           const Legend& legend);

/// "hotspot_ungdom_13_17".
std::string HotspotTable(const geo::AgeGroup& group);

/// SCB's name of a square: easting (6 digits) and northing (7 digits) of its lower-left corner.
std::string CellId(const geo::GridSpec& grid, geo::CellIndex cell);

/// The layer of all ages, or the last one when the scheme has no total.
const geo::PictureLayer& TotalLayer(const geo::SituationPicture& picture);

}  // namespace lagesbild::maps
