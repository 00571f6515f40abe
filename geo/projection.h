#pragma once

#include <memory>

#include "geo/units.h"

namespace lagesbild::geo {

/// WGS 84 <-> one projected CRS. Easting, northing order whatever the authority says. The only file with
/// proj.h. Not thread safe: one per thread.
class Projection {
 public:
  /// Throws InvalidInput when the code is unknown or not a projected CRS in meters.
  explicit Projection(Epsg crs);
  ~Projection();
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;

  Epsg crs() const { return crs_; }
  /// Throws InvalidInput outside the area of use (a margin of one degree is allowed) or when not finite.
  PlanePoint Forward(LonLat position) const;
  LonLat Inverse(PlanePoint position) const;

 private:
  struct Impl;
  Epsg crs_;
  std::unique_ptr<Impl> impl_;
};

/// From one projected CRS to another, by way of WGS 84. Easting first on both sides. Not thread safe.
class PlaneTransform {
 public:
  /// Throws InvalidInput when a code is unknown or not a projected CRS in meters.
  PlaneTransform(Epsg from, Epsg to);
  /// Throws InvalidInput outside the area of use of either. The same point when both are one CRS.
  PlanePoint operator()(PlanePoint position) const;

 private:
  Projection from_, to_;
};

}  // namespace lagesbild::geo
