#include "maps/register_position.h"

#include <cmath>

namespace lagesbild::maps {
namespace {

constexpr double kNear_m = 100'000;  // as for the coordinates of reports

}  // namespace

const char* CoordinateReason(geo::CoordinateFault fault) {
  switch (fault) {
    case geo::CoordinateFault::kNone:
      break;
    case geo::CoordinateFault::kNotANumber:
      return "the coordinates must be numbers";
    case geo::CoordinateFault::kSwapped:
      return "the axes look swapped: exchanged, the coordinates would lie near the municipality";
    case geo::CoordinateFault::kDegrees:
      return "the coordinates look like degrees; they must be meters of the declared system";
    case geo::CoordinateFault::kOutsideRegion:
      return "the position is not near the municipality";
  }
  return "";
}

bool LiesWithin(geo::PlanePoint point, const geo::StudyArea& area, double margin_m) {
  const double e = point.easting.value(), n = point.northing.value();
  const geo::PlanePoint low = area.south_west(), high = area.north_east();
  if (!(e >= low.easting.value() - margin_m && e <= high.easting.value() + margin_m &&
        n >= low.northing.value() - margin_m && n <= high.northing.value() + margin_m))
    return false;
  return area.contains(point) || area.distance_to_boundary(point).value() <= margin_m;
}

void RegisterPositions::Refuse(geo::CoordinateFault fault) {
  ++faults_[fault];
  throw RowFault("", CoordinateReason(fault));
}

bool RegisterPositions::NearMunicipality(geo::PlanePoint point) const {
  const geo::PlanePoint low = target_.area.south_west(), high = target_.area.north_east();
  const double e = point.easting.value(), n = point.northing.value();
  return e >= low.easting.value() - kNear_m && e <= high.easting.value() + kNear_m &&
         n >= low.northing.value() - kNear_m && n <= high.northing.value() + kNear_m;
}

geo::PlanePoint RegisterPositions::FromLayer(double x, double y, const Reprojection& into) {
  stated_ = into.source();
  if (!std::isfinite(x) || !std::isfinite(y)) Refuse(geo::CoordinateFault::kNotANumber);
  if (const auto point = into.Into(x, y); point && NearMunicipality(*point)) return *point;
  if (const auto turned = into.Into(y, x); turned && NearMunicipality(*turned))
    Refuse(geo::CoordinateFault::kSwapped);
  if (!into.from_degrees() && std::abs(x) <= 180 && std::abs(y) <= 180)
    Refuse(geo::CoordinateFault::kDegrees);
  Refuse(geo::CoordinateFault::kOutsideRegion);
}

geo::PlanePoint RegisterPositions::FromCells(std::string_view easting, std::string_view northing,
                                             geo::Epsg epsg) {
  stated_ = epsg;
  auto input = inputs_.find(epsg);
  if (input == inputs_.end())
    input = inputs_.emplace(epsg, geo::CoordinateInput(epsg, target_.crs, target_.area)).first;
  const geo::CoordinateResult read = input->second.Read(easting, northing);
  if (read.fault != geo::CoordinateFault::kNone) Refuse(read.fault);
  return read.position;
}

void RegisterPositions::RequireWithin(geo::PlanePoint point, double margin_m) {
  if (LiesWithin(point, target_.area, margin_m)) return;
  ++outside_;
  throw RowFault("", "the position lies outside the municipality");
}

std::string RegisterPositions::WhyNone(std::int64_t read) const {
  const auto most = [&](geo::CoordinateFault fault) {
    const auto found = faults_.find(fault);
    return found != faults_.end() && 2 * found->second > read;
  };
  const std::string all = std::to_string(read);
  if (most(geo::CoordinateFault::kSwapped))
    return "the axes look swapped: most of its " + all +
           " positions would lie near the municipality if easting (longitude) and northing (latitude) were "
           "exchanged";
  if (most(geo::CoordinateFault::kDegrees))
    return "most of its " + all + " positions are degrees; its system is EPSG:4326, not one of meters";
  if (most(geo::CoordinateFault::kOutsideRegion) || 2 * outside_ > read)
    return "its " + all + " positions do not lie in the municipality, read as EPSG:" +
           std::to_string(static_cast<int>(stated_)) +
           " into EPSG:" + std::to_string(static_cast<int>(target_.crs)) +
           "; is its coordinate system right, and is it this municipality's?";
  return {};
}

}  // namespace lagesbild::maps
