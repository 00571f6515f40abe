#pragma once

#include <compare>

namespace lagesbild::geo {

/// A double that knows its unit: `Meters{500}`. Comparison only; arithmetic is done on `.value()`.
template <class Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double value) : value_(value) {}
  constexpr double value() const { return value_; }
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

 private:
  double value_ = 0;
};

using Meters = Quantity<struct MeterUnit>;
using Degrees = Quantity<struct DegreeUnit>;

/// Code of a coordinate reference system in the EPSG register, e.g. `Epsg{3006}` (SWEREF 99 TM).
enum class Epsg : int {};

/// Geographic position, WGS 84, longitude first.
struct LonLat {
  Degrees lon, lat;
  friend constexpr bool operator==(LonLat, LonLat) = default;
};

/// Position in a projected CRS whose code the data set carries once. Easting first, whatever the
/// authority's axis order is (EPSG:3006 is northing, easting by authority).
struct PlanePoint {
  Meters easting, northing;
  friend constexpr auto operator<=>(PlanePoint, PlanePoint) = default;
};

}  // namespace lagesbild::geo
