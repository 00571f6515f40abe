#include "geo/coordinate_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kMargin_m = 20'000, kFinest_m = 10, kMetersPerDegree = 111'320, kSame_m = 2;
constexpr Epsg kWgs84{4326};
/// SWEREF 99 TM, 16 30, 18 00, RT 90 2.5 gon V.
constexpr std::array<Epsg, 4> kPlane{Epsg{3006}, Epsg{3010}, Epsg{3011}, Epsg{3021}};

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

std::string NameOf(Epsg crs) {
  switch (static_cast<int>(crs)) {
    case 3006:
      return "SWEREF 99 TM";
    case 3010:
      return "SWEREF 99 16 30";
    case 3011:
      return "SWEREF 99 18 00";
    case 3021:
      return "RT 90 2.5 gon V";
    case 4326:
      return "WGS 84";
    default:
      return "EPSG:" + std::to_string(static_cast<int>(crs));
  }
}

GeocodeMatch Refused(UnplacedReason reason, const char* fault) {
  GeocodeMatch match;
  match.reason = reason;
  match.faults = {fault};
  return match;
}

}  // namespace

CoordinatePlace::CoordinatePlace(Epsg crs, PlanePoint low, PlanePoint high)
    : crs_(crs),
      low_{Meters{low.easting.value() - kMargin_m}, Meters{low.northing.value() - kMargin_m}},
      high_{Meters{high.easting.value() + kMargin_m}, Meters{high.northing.value() + kMargin_m}} {}

const Projection& CoordinatePlace::ProjectionTo(Epsg crs) const {
  const auto found = std::find_if(projections_.begin(), projections_.end(),
                                  [&](const auto& projection) { return projection->crs() == crs; });
  if (found != projections_.end()) return **found;
  projections_.push_back(std::make_unique<Projection>(crs));
  return *projections_.back();
}

std::vector<CoordinatePlace::Fit> CoordinatePlace::FitsOf(const CoordinatePair& pair) const {
  std::vector<Epsg> systems(kPlane.begin(), kPlane.end());
  if (std::find(systems.begin(), systems.end(), crs_) == systems.end()) systems.insert(systems.begin(), crs_);
  if (pair.degrees) systems = {kWgs84};
  if (pair.declared) systems = {*pair.declared};
  std::vector<Fit> fits;
  for (const Epsg system : systems)
    for (const bool first_is_north : {true, false}) {
      const double north = first_is_north ? pair.first : pair.second;
      const double east = first_is_north ? pair.second : pair.first;
      PlanePoint point{Meters{east}, Meters{north}};
      try {
        if (system == kWgs84)
          point = ProjectionTo(crs_).Forward({Degrees{east}, Degrees{north}});
        else if (system != crs_)
          point = ProjectionTo(crs_).Forward(ProjectionTo(system).Inverse(point));
      } catch (const InvalidInput&) {
        continue;
      }
      const bool inside = point.easting >= low_.easting && point.easting <= high_.easting &&
                          point.northing >= low_.northing && point.northing <= high_.northing;
      // The same numbers under another code are the same place.
      const bool known = std::any_of(
          fits.begin(), fits.end(), [&](const Fit& fit) { return Distance(fit.position, point) <= kSame_m; });
      if (inside && !known) fits.push_back({system, first_is_north, point});
    }
  return fits;
}

GeocodeMatch CoordinatePlace::Find(const CoordinatePair& pair) const {
  const std::lock_guard lock(mutex_);
  const std::vector<Fit> fits = FitsOf(pair);
  if (fits.empty()) return Refused(UnplacedReason::kOutside, "OUT_OF_ENVELOPE");
  if (fits.size() > 1) {
    GeocodeMatch match = Refused(UnplacedReason::kAmbiguous, "CRS_AMBIGUOUS");
    for (const Fit& fit : fits)
      match.candidates.push_back(NameOf(fit.crs) + (fit.first_is_north ? ", N E" : ", E N"));
    return match;
  }
  const Fit& fit = fits.front();
  GeocodeMatch match;
  match.level = MatchLevel::kCoordinate;
  match.position = fit.position;
  // The coarser of the two: a digit left out is a digit not known.
  const double step = std::max(pair.step_first, pair.step_second) * (pair.degrees ? kMetersPerDegree : 1);
  match.accuracy_radius = Meters{std::max(kFinest_m, step)};
  match.matched = NameOf(fit.crs);
  if (!pair.degrees && !pair.declared) match.faults.push_back("CRS_ASSUMED");
  if (pair.first_axis != 0 && (pair.first_axis == 'N') != fit.first_is_north)
    match.faults.push_back("AXES_SWAPPED");
  return match;
}

}  // namespace lagesbild::geo
