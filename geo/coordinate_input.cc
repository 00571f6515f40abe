#include "geo/coordinate_input.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr Epsg kWgs84{4326};
constexpr double kRegionMarginM = 100'000;
constexpr double kFinestRadiusM = 10;
constexpr double kMetersPerDegree = 111'320;

/// Digits with at most one '.', after blanks are gone and a comma is a point.
std::string Cleaned(std::string_view text) {
  std::string cleaned;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    if (text.substr(i, 2) == "\xc2\xa0") {  // no-break space, as spreadsheets group thousands
      ++i;
      continue;
    }
    cleaned += text[i] == ',' ? '.' : text[i];
  }
  return cleaned;
}

std::optional<double> NumberOf(const std::string& cleaned) {
  double value = 0;
  const auto [end, error] = std::from_chars(cleaned.data(), cleaned.data() + cleaned.size(), value);
  if (error != std::errc{} || end != cleaned.data() + cleaned.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

/// The smallest step that the digits can express: "6650100" 100, "17.25" 0.01.
double StepOf(const std::string& cleaned) {
  const std::size_t point = cleaned.find('.');
  if (point != std::string::npos) return std::pow(10.0, -static_cast<double>(cleaned.size() - point - 1));
  const std::size_t last = cleaned.find_last_not_of('0');
  return last == std::string::npos ? 1 : std::pow(10.0, static_cast<double>(cleaned.size() - last - 1));
}

}  // namespace

CoordinateInput::CoordinateInput(Epsg declared, Epsg target, const StudyArea& area)
    : degrees_(declared == kWgs84), area_(area) {
  if (declared == target) return;
  if (!degrees_) declared_.emplace(declared);
  target_.emplace(target);
}

std::optional<PlanePoint> CoordinateInput::InRegion(double easting, double northing) const {
  PlanePoint point{Meters{easting}, Meters{northing}};
  try {
    if (degrees_)
      point = target_->Forward({Degrees{easting}, Degrees{northing}});
    else if (declared_)
      point = target_->Forward(declared_->Inverse(point));
  } catch (const InvalidInput&) {
    return std::nullopt;
  }
  const PlanePoint low = area_.south_west(), high = area_.north_east();
  const bool inside = point.easting.value() >= low.easting.value() - kRegionMarginM &&
                      point.easting.value() <= high.easting.value() + kRegionMarginM &&
                      point.northing.value() >= low.northing.value() - kRegionMarginM &&
                      point.northing.value() <= high.northing.value() + kRegionMarginM;
  return inside ? std::optional(point) : std::nullopt;
}

CoordinateResult CoordinateInput::Read(std::string_view easting, std::string_view northing) const {
  const std::string east_text = Cleaned(easting), north_text = Cleaned(northing);
  const auto east = NumberOf(east_text), north = NumberOf(north_text);
  CoordinateResult result;
  if (!east || !north) {
    result.fault = CoordinateFault::kNotANumber;
  } else if (const auto point = InRegion(*east, *north)) {
    result.position = *point;
    // The finer of the two: a round number may be exact by chance, two of them hardly.
    const double step = std::min(StepOf(east_text), StepOf(north_text)) * (degrees_ ? kMetersPerDegree : 1);
    result.accuracy_radius = Meters{std::max(kFinestRadiusM, step)};
  } else if (InRegion(*north, *east)) {
    result.fault = CoordinateFault::kSwapped;
  } else if (!degrees_ && std::abs(*east) <= 180 && std::abs(*north) <= 180) {
    result.fault = CoordinateFault::kDegrees;
  } else {
    result.fault = CoordinateFault::kOutsideRegion;
  }
  return result;
}

}  // namespace lagesbild::geo
