#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

struct ClosePair {
  std::int32_t first = 0, second = 0;  ///< first < second
  double distance_m = 0;
};

/// All pairs of points no further apart than `limit` (inclusive), by first, then second. Coordinates finite,
/// limit >= 0. Cost: O(n log n + pairs within twice the limit).
std::vector<ClosePair> ClosePairs(std::span<const PlanePoint> points, double limit_m);

}  // namespace lagesbild::geo
