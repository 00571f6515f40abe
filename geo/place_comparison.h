#pragma once

#include <cstdint>
#include <vector>

#include "geo/geocoder.h"

namespace lagesbild::geo {

/// How far the places found by address text lie from the reporter's own coordinates.
struct PlaceComparison {
  std::int64_t compared = 0;  ///< reports with both a text and coordinates
  std::int64_t placed = 0;    ///< of these, texts that were placed
  std::int64_t coarse = 0;    ///< of the placed, those too coarse or too unsure for a density
  /// Of the placed that are not coarse: half and nine tenths lie within these distances (nearest rank). 0
  /// when there are none.
  Meters median, p90;
};

/// Collects one pair after the other. Order does not matter.
class PlaceComparer {
 public:
  /// `own` is the reporter's position, `text` what its text gave; both in one CRS.
  void Add(PlanePoint own, const GeocodeMatch& text);
  PlaceComparison Result() const;

 private:
  std::int64_t compared_ = 0, placed_ = 0;
  std::vector<double> distances_m_;
};

}  // namespace lagesbild::geo
