#include "maps/spatial_reference.h"

#include <string>

#include "geo/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {

OGRSpatialReference SpatialReference(geo::Epsg crs) {
  const GdalErrors errors;
  OGRSpatialReference reference;
  const std::string name = "EPSG:" + std::to_string(static_cast<int>(crs));
  if (reference.importFromEPSG(static_cast<int>(crs)) != OGRERR_NONE)
    throw geo::InvalidInput(name + " is not a known coordinate reference system");
  if (!reference.IsProjected() || reference.GetLinearUnits() != 1.0)
    throw geo::InvalidInput(name + " is not projected in meters; SWEREF 99 TM is EPSG:3006");
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

}  // namespace lagesbild::maps
