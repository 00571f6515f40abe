#pragma once

#include <cstdint>
#include <vector>

#include "tools/geocode_bench/register.h"
#include "tools/geocode_bench/score.h"

namespace lagesbild::tools::bench {

/// Leave-one-out: how far missing numbers are placed from where they are.
struct InterpolationScore {
  int asked = 0, ambiguous = 0, none = 0, coarse = 0;  ///< coarse: street level or coarser, not in `levels`
  std::vector<LevelScore> levels;                      ///< interpolated, interpolated_end, and what else came
};

/// Numbers are dealt into `folds` at random. For each fold the geocoder is built without its numbers (all
/// letters of a number together) and asked for one address of each, with letter and, for namesakes, place.
/// Only numbers with another of their parity on the street are asked for. With `most_folds` below `folds`
/// only so many are run. O(folds * building the geocoder).
InterpolationScore LeaveOneOut(const geo::Gazetteer& gazetteer, int folds, int most_folds,
                               std::uint64_t seed);

}  // namespace lagesbild::tools::bench
