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

}  // namespace lagesbild::geo
