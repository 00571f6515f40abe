#pragma once

#include <span>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

using PlaneLine = std::vector<PlanePoint>;

/// A place where two streets meet, and how far the evidence for it is spread.
struct Crossing {
  PlanePoint position;
  double spread_m = 0;
};

/// How lines are taken to meet.
struct CrossingRule {
  double extend_m = 0;     ///< ends are drawn out so far: the last house stands before the corner
  double near_m = 15;      ///< ends and vertices so near each other meet though they do not cross
  double longest_m = 1e9;  ///< a longer piece joins what does not belong together
  double together_m = 60;  ///< crossings so near are one: a roundabout, two carriageways
};

/// Where any line of `a` meets any line of `b`: in order of easting, then northing. Where nothing crosses,
/// the nearest vertices if they are near enough. O(pieces of a × pieces of b), boxes first.
std::vector<Crossing> CrossingsOf(std::span<const PlaneLine> a, std::span<const PlaneLine> b,
                                  const CrossingRule& rule);

}  // namespace lagesbild::geo
