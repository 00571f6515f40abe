#pragma once

#include <utility>
#include <vector>

#include "tools/bench_geocode/register.h"
#include "tools/demo_data/random.h"

namespace lagesbild::tools::bench {

/// Two streets that meet, as far as their addresses tell: no register of ../shared/data holds the roads
/// themselves, so that the place is an estimate and says how near a crossing comes, not how right it is.
struct StreetCrossing {
  int a = 0, b = 0;  ///< streets of the view
  geo::PlanePoint position;
  bool several = false;  ///< they come near each other in more than one place
};

/// Pairs whose addresses come within 40 m of each other where the streets run across each other (35 degrees
/// or more): the point where the lines through the six nearest addresses of each meet, if within 60 m of that
/// place, else the middle of the two addresses. Namesakes are left out. O(addresses).
std::vector<StreetCrossing> StreetCrossings(const RegisterView& view);

/// Two streets, drawn until they are found further apart than 400 m everywhere.
std::pair<int, int> StreetsApart(const RegisterView& view, demo::Rng& rng);

}  // namespace lagesbild::tools::bench
