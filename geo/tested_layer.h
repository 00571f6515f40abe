#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/hotspot_test.h"
#include "geo/neighborhood.h"

namespace lagesbild::geo {

/// One layer prepared for the test: its exposure by cell and the binomial chance of every neighborhood.
struct TestedLayer {
  GridSpec grid;
  int incidents = 0;  ///< N
  double min_expected = 0;
  std::vector<double> cumulative_exposure;  ///< by cell, row-major; the last is the total
  std::vector<double> chance;  ///< neighborhood's share of the exposure by cell, floored at min_expected / N;
                               ///< 0 outside the mask

  /// Binomial tail of a neighborhood count in a cell of the mask.
  double Tail(std::size_t cell, int neighborhood_count) const {
    return BinomialUpperTail(neighborhood_count, incidents, chance[cell]);
  }
};

/// The smallest tail over all layers and all neighborhoods with at least `min_cell_count` incidents, in each
/// of `permutations` redraws of every layer's incidents over its exposure; 1 where no neighborhood reaches
/// the minimum. Ascending. The same for one seed whatever else is tested: every layer and redraw has random
/// numbers of its own. Throws Cancelled.
std::vector<double> SimulateSmallestTails(const std::vector<const TestedLayer*>& layers,
                                          const HotspotTestOptions& options);

}  // namespace lagesbild::geo
