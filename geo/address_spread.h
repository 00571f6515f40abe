#pragma once

#include <vector>

#include "geo/register_index.h"

namespace lagesbild::geo {

/// How far addresses that are not told apart lie from their middle.
struct Extent {
  PlanePoint center;
  double farthest_m = 0;     ///< from the center to the farthest point
  double radius_m = 0;       ///< the same, each point's own radius included
  double nine_tenths_m = 0;  ///< from the center, of the points
};

/// `addresses` are indices into the register, at least one.
Extent ExtentOf(const RegisterIndex& index, const std::vector<int>& addresses);

}  // namespace lagesbild::geo
