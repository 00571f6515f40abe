#pragma once

#include <ogr_spatialref.h>

#include "geo/units.h"

namespace lagesbild::maps {

/// The CRS in easting, northing order. Throws geo::InvalidInput when the code is unknown, or the CRS is not
/// projected in meters: the analysis measures in meters.
OGRSpatialReference SpatialReference(geo::Epsg crs);

}  // namespace lagesbild::maps
