#pragma once

#include "geo/study_area.h"

namespace lagesbild::geo {

/// Share of the circle around `center` whose points lie inside the study area, in [0, 1]: exact, by the
/// angles at which the circle crosses the boundary. 1 over it is Ripley's isotropic edge weight of a pair.
///
/// Throws InvalidInput unless the radius is a positive finite number of meters and the center is finite.
/// Cost: O(edges near the circle), and one test of a point per crossing.
/// Source: Ripley (1977). Peer: spatstat.explore edge.Ripley.
double CircleShare(PlanePoint center, Meters radius, const StudyArea& area);

}  // namespace lagesbild::geo
