#pragma once

#include <cstdint>
#include <vector>

#include "geo/gazetteer.h"

namespace lagesbild::tools {

/// Errors of one level of estimate, with the numbers asked for taken out of the register.
struct EstimateErrors {
  std::vector<double> error_m;          ///< to the middle of the number's own points
  int inside = 0;                       ///< within the stated 90 % radius
  double Quantile(double share) const;  ///< NaN when empty
  double InsideShare() const;           ///< NaN when empty
};

struct FoldErrors {
  EstimateErrors between, end;
  int asked = 0, elsewhere = 0;  ///< answered at another level, or not
};

/// Takes each house number out once, in `folds` (at least 3) registers; of a street's side every folds-th
/// number is missing from one, from a seeded start, so that its neighbors always stand: leave-one-out at the
/// cost of `folds` indexes. Sides of fewer than `folds` numbers too lose one at a time.
FoldErrors LeaveOutInFolds(const geo::Gazetteer& gazetteer, std::uint64_t seed, int folds);

}  // namespace lagesbild::tools
