#pragma once

#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <optional>
#include <string>

#include "geo/projection.h"
#include "geo/units.h"

namespace lagesbild::maps {

/// A layer's CRS in easting, northing order: what it states, or what `declared` says where it states none. A
/// GeoJSON states WGS 84 by saying nothing. Throws IoError: none stated nor declared, both and different, an
/// unknown code.
OGRSpatialReference CrsOf(OGRLayer& layer, const std::string& file, std::optional<geo::Epsg> declared,
                          bool geojson);

/// From a layer's CRS into the analysis CRS, easting first. The same way by WGS 84 that the coordinates of
/// reports take, so that both agree.
class Reprojection {
 public:
  /// Throws IoError when no way is known to WGS 84, geo::InvalidInput for an unknown target.
  Reprojection(const OGRSpatialReference& from, geo::Epsg to, const std::string& file,
               const std::string& layer);

  /// Throws IoError with what the layer looks like instead: axes swapped, meters for degrees, another system.
  geo::PlanePoint operator()(geo::PlanePoint point) const;
  /// Empty where the target is not meant for.
  std::optional<geo::PlanePoint> Into(double x, double y) const;
  bool from_degrees() const { return geographic_; }
  geo::Epsg source() const { return source_; }  ///< 0 when it has no code of EPSG's

 private:
  bool geographic_ = false, same_ = false;
  geo::Epsg source_{0};
  std::string file_, layer_;
  geo::Projection target_;
  std::unique_ptr<OGRCoordinateTransformation> to_wgs84_;
};

}  // namespace lagesbild::maps
