#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "geo/coordinate_text.h"
#include "geo/geocoder.h"
#include "geo/projection.h"

namespace lagesbild::geo {

/// Puts a pair of coordinates into one municipality's system by what fits: the systems that Swedish reports
/// use, each in either order, against the box of the register with a margin (geocoding.md section 8). Exactly
/// one must fit. Thread safe; transformations are made when first needed and shared.
class CoordinatePlace {
 public:
  /// Of a register in `crs` that reaches from `low` to `high`.
  CoordinatePlace(Epsg crs, PlanePoint low, PlanePoint high);

  /// Level COORDINATE with CRS_ASSUMED and AXES_SWAPPED as they apply; else none, with CRS_AMBIGUOUS or
  /// OUT_OF_ENVELOPE.
  GeocodeMatch Find(const CoordinatePair& pair) const;

 private:
  struct Fit {
    Epsg crs;
    bool first_is_north;
    PlanePoint position;
  };
  std::vector<Fit> FitsOf(const CoordinatePair& pair) const;
  const Projection& ProjectionTo(Epsg crs) const;

  Epsg crs_;
  PlanePoint low_, high_;
  mutable std::mutex mutex_;  // Projection is for one thread at a time
  mutable std::vector<std::unique_ptr<Projection>> projections_;
};

}  // namespace lagesbild::geo
