#pragma once

#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

/// A closed ring without the repeated last point.
using Ring = std::vector<PlanePoint>;

/// Outer ring first, then holes; orientation does not matter.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};

using MultiPolygon = std::vector<Polygon>;

}  // namespace lagesbild::geo
