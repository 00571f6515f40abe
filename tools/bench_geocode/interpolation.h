#pragma once

#include <cstdint>
#include <vector>

#include "tools/bench_geocode/register.h"
#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {

/// Leave-one-out: how far missing numbers are placed from where they are.
struct InterpolationScore {
  int asked = 0, ambiguous = 0, none = 0, coarse = 0;  ///< coarse: street level or coarser, not in `levels`
  int outside = 0, confident_outside = 0;  ///< placed, the truth beyond the stated radius; category A or B
  std::vector<LevelScore> levels;          ///< interpolated, interpolated_end, and what else came
};

/// Takes each number out once (all its letters together), in `folds` (at least 3) registers, and asks for one
/// address of it, with letter and, for namesakes, place. Of a street's side every folds-th number is missing
/// from one register, from a seeded start, so that its neighbors always stand: leave-one-out at the cost of
/// `folds` indexes. Only numbers with another of their parity on the street are asked for.
InterpolationScore LeaveOneOut(const geo::Gazetteer& gazetteer, int folds, std::uint64_t seed);

}  // namespace lagesbild::tools::bench
