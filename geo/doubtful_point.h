#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/incident.h"
#include "geo/pile_up.h"

namespace lagesbild::geo {

/// A point where incidents lie that probably did not happen there: a default point, or the middle of an area.
struct DoubtfulPoint {
  PileUpKind kind = PileUpKind::kDefaultPoint;
  PlanePoint position;
  std::string center_name;  ///< of the area whose middle it is; else empty
  int incidents = 0;        ///< of those looked at, at least 1
};

/// The points in doubt among `pile_ups` that some of `incidents` lie at (within a meter along each axis), in
/// the order given. Repeats of one place are no doubt. Only placed incidents are looked at. Cost: O(pile
/// ups x incidents).
std::vector<DoubtfulPoint> DoubtfulPointsOf(std::span<const PileUp> pile_ups,
                                            std::span<const Incident> incidents);

}  // namespace lagesbild::geo
