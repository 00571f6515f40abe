#include "geo/projection.h"

#include <proj.h>

#include <cmath>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kMarginDegrees = 1;

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct PjDeleter {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;

std::string Code(Epsg crs) { return "EPSG:" + std::to_string(static_cast<int>(crs)); }

bool IsInMeters(PJ_CONTEXT* context, const PJ* crs) {
  const Pj system{proj_crs_get_coordinate_system(context, crs)};
  double factor = 0;
  return system &&
         proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr,
                               nullptr) &&
         factor == 1.0;
}

}  // namespace

struct Projection::Impl {
  // Order matters: the transformation is destroyed before its context.
  Context context;
  Pj transformation;
  double west = -180, south = -90, east = 180, north = 90;

  bool InAreaOfUse(double lon, double lat) const {
    if (!(lat >= south - kMarginDegrees && lat <= north + kMarginDegrees)) return false;
    // An area across the date line has west > east.
    if (west <= east) return lon >= west - kMarginDegrees && lon <= east + kMarginDegrees;
    return lon >= west - kMarginDegrees || lon <= east + kMarginDegrees;
  }
};

Projection::Projection(Epsg crs) : crs_(crs), impl_(std::make_unique<Impl>()) {
  impl_->context.reset(proj_context_create());
  PJ_CONTEXT* context = impl_->context.get();
  proj_log_level(context, PJ_LOG_NONE);
  proj_context_set_enable_network(context, 0);  // results must not depend on what can be downloaded
  const Pj target{proj_create(context, Code(crs).c_str())};
  if (!target)
    throw InvalidInput("unknown coordinate reference system " + Code(crs) +
                       "; use a projected one, such as EPSG:3006");
  if (proj_get_type(target.get()) != PJ_TYPE_PROJECTED_CRS || !IsInMeters(context, target.get()))
    throw InvalidInput(
        Code(crs) + " is not a projected coordinate reference system in meters; use one, such as EPSG:3006");
  proj_get_area_of_use(context, target.get(), &impl_->west, &impl_->south, &impl_->east, &impl_->north,
                       nullptr);
  const Pj pj{proj_create_crs_to_crs(context, "EPSG:4326", Code(crs).c_str(), nullptr)};
  if (pj) impl_->transformation.reset(proj_normalize_for_visualization(context, pj.get()));
  if (!impl_->transformation)
    throw InvalidInput("no transformation from WGS 84 to " + Code(crs) + " is known");
}

Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

// Messages never hold the position: it may be where something happened, and they are sent and shown.
PlanePoint Projection::Forward(LonLat position) const {
  const double lon = position.lon.value(), lat = position.lat.value();
  if (!std::isfinite(lon) || !std::isfinite(lat) || !impl_->InAreaOfUse(lon, lat))
    throw InvalidInput("longitude and latitude lie outside the area of use of " + Code(crs_));
  const PJ_COORD out = proj_trans(impl_->transformation.get(), PJ_FWD, proj_coord(lon, lat, 0, 0));
  if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y))
    throw InvalidInput("longitude and latitude cannot be projected to " + Code(crs_));
  return {Meters{out.xy.x}, Meters{out.xy.y}};
}

LonLat Projection::Inverse(PlanePoint position) const {
  const double x = position.easting.value(), y = position.northing.value();
  PJ_COORD out = proj_coord(HUGE_VAL, HUGE_VAL, 0, 0);
  if (std::isfinite(x) && std::isfinite(y))
    out = proj_trans(impl_->transformation.get(), PJ_INV, proj_coord(x, y, 0, 0));
  if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y) || !impl_->InAreaOfUse(out.xy.x, out.xy.y))
    throw InvalidInput("easting and northing lie outside the area of use of " + Code(crs_));
  return {Degrees{out.xy.x}, Degrees{out.xy.y}};
}

PlaneTransform::PlaneTransform(Epsg from, Epsg to) : from_(from), to_(to) {}

PlanePoint PlaneTransform::operator()(PlanePoint position) const {
  return from_.crs() == to_.crs() ? position : to_.Forward(from_.Inverse(position));
}

}  // namespace lagesbild::geo
