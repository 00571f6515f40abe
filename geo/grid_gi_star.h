#pragma once

#include "geo/grid.h"

namespace lagesbild::geo {

struct GridGiStar {
  Grid<double> z_scores;        ///< NaN outside the mask and when undefined
  Grid<double> exact_p_values;  ///< upper tail of the exact conditional permutation; NaN likewise
};

/// Gi* of counts on the cells that have exposure or a count (queen neighbors inside that mask, self included,
/// binary weights). A description where people are not evenly spread, not a test. All counts equal: NaN.
/// Source: Getis and Ord (1992), statistics.md 3.5 and 3.6.
GridGiStar GiStarOnMaskedGrid(const Grid<int>& counts, const Grid<double>& exposure);

}  // namespace lagesbild::geo
