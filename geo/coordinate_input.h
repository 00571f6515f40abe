#pragma once

#include <optional>
#include <string_view>

#include "geo/projection.h"
#include "geo/study_area.h"
#include "geo/units.h"

namespace lagesbild::geo {

enum class CoordinateFault {
  kNone,
  kNotANumber,
  kSwapped,        ///< exchanged they would lie in the region
  kDegrees,        ///< look like longitude and latitude though a plane system is declared
  kOutsideRegion,  ///< nowhere near, in either order
};

struct CoordinateResult {
  CoordinateFault fault = CoordinateFault::kNone;
  PlanePoint position;     ///< in the study area's CRS; meaningful without fault
  Meters accuracy_radius;  ///< from the number of digits written, at least 10 m
};

/// Reads coordinates as a reporter wrote them, declared in one CRS, into the study area's CRS. A coordinate
/// that cannot be meant is told apart and never silently mended. The region is the study area's box with 100
/// km around.
class CoordinateInput {
 public:
  /// `declared` is a projected CRS, or Epsg{4326} (easting = longitude, northing = latitude).
  /// `area` must outlive this. Throws InvalidInput when a code is unknown.
  CoordinateInput(Epsg declared, Epsg target, const StudyArea& area);

  /// Decimal point or comma, blanks between digits allowed.
  CoordinateResult Read(std::string_view easting, std::string_view northing) const;

 private:
  std::optional<PlanePoint> InRegion(double easting, double northing) const;

  bool degrees_;
  std::optional<Projection> declared_;  ///< empty when coordinates need no plane-to-plane change
  std::optional<Projection> target_;
  const StudyArea& area_;
};

}  // namespace lagesbild::geo
