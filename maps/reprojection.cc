#include "maps/reprojection.h"

#include <cmath>
#include <cstdlib>
#include <string_view>

#include "geo/errors.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

constexpr geo::Epsg kWgs84{4326};

std::string CodeOf(geo::Epsg crs) { return "EPSG:" + std::to_string(static_cast<int>(crs)); }

}  // namespace

OGRSpatialReference CrsOf(OGRLayer& layer, const std::string& file, std::optional<geo::Epsg> declared,
                          bool geojson) {
  OGRSpatialReference crs;
  const OGRSpatialReference* stated = layer.GetSpatialRef();
  const std::string name = "the layer " + std::string(layer.GetName());
  if (declared) {
    if (crs.importFromEPSG(static_cast<int>(*declared)) != OGRERR_NONE)
      throw IoError(file, CodeOf(*declared) + " of the mapping is no known coordinate system");
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (stated != nullptr && !geojson && !stated->IsSame(&crs))
      throw IoError(file, name + " states another coordinate system than " + CodeOf(*declared) +
                              " of the mapping; leave epsg out or set it right");
    return crs;
  }
  if (stated == nullptr)
    throw IoError(file, name + " states no coordinate system; say which by epsg in the mapping");
  crs = *stated;
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return crs;
}

Reprojection::Reprojection(const OGRSpatialReference& from, geo::Epsg to, const std::string& file,
                           const std::string& layer)
    : geographic_(from.IsGeographic() != 0), file_(file), layer_(layer), target_(to) {
  const char* code = from.GetAuthorityCode(nullptr);
  source_ = geo::Epsg{code == nullptr ? 0 : static_cast<int>(std::strtol(code, nullptr, 10))};
  same_ = source_ == to;
  if (same_ || source_ == kWgs84) return;
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  to_wgs84_.reset(OGRCreateCoordinateTransformation(&from, &wgs84));
  if (!to_wgs84_)
    throw IoError(file, "no way is known from the coordinate system of " + layer + " to WGS 84");
}

geo::PlanePoint Reprojection::operator()(geo::PlanePoint point) const {
  const double x = point.easting.value(), y = point.northing.value();
  if (const auto out = Into(x, y)) return *out;
  if (Into(y, x))
    throw IoError(file_, "the axes of the layer " + layer_ + " look swapped: exchanged, it would lie where " +
                             CodeOf(target_.crs()) + " is meant for; longitude or easting stands first");
  if (geographic_ && (std::abs(x) > 360 || std::abs(y) > 360))
    throw IoError(file_, "the layer " + layer_ +
                             " says degrees but holds meters; a GeoJSON is in WGS 84 unless epsg in the "
                             "mapping says otherwise");
  throw IoError(file_, "the layer " + layer_ + " does not lie where " + CodeOf(target_.crs()) +
                           " is meant for; is municipality.crs right, and the layer's own system?");
}

std::optional<geo::PlanePoint> Reprojection::Into(double x, double y) const {
  try {
    const geo::PlanePoint plane{geo::Meters{x}, geo::Meters{y}};
    if (same_) {
      target_.Inverse(plane);  // throws where the point is outside the area of use
      return plane;
    }
    if (to_wgs84_) {
      const GdalErrors quiet;  // PROJ speaks of every point that it cannot take
      if (!to_wgs84_->Transform(1, &x, &y)) return std::nullopt;
    }
    return target_.Forward({geo::Degrees{x}, geo::Degrees{y}});
  } catch (const geo::InvalidInput&) {
    return std::nullopt;
  }
}

}  // namespace lagesbild::maps
