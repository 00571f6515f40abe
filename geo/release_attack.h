#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/attack_score.h"
#include "geo/grid.h"
#include "geo/kernel_density.h"
#include "geo/released_picture.h"

namespace lagesbild::geo {

// The proof of disclosure control on releases that were made: what an attacker who knows every dwelling, the
// method and the releases gets out of them. For the controller only: it reads the truth.

/// An attack this many standard deviations above guessing by the released counts has succeeded.
inline constexpr double kAttackSucceedsAt = 3;

struct DensityAttack {
  AttackScore score;  ///< incidents placed by the released counts at the dwellings that the classes favor
  GuessOdds guess;    ///< the same number, picked blindly
  /// The classes are exactly what the released counts give: whoever reads the counts can draw the map, so it
  /// tells nothing more, however well the counts and the dwellings together let somebody guess.
  bool follows_from_counts = false;
  /// Standard deviations above guessing; Undefined "NOTHING_TO_GUESS" where no count was released.
  Statistic z = Undefined{"NOTHING_TO_GUESS"};
  bool succeeded = false;  ///< z at kAttackSucceedsAt or more, and the map does not follow from the counts
};

/// Non-negative least squares over all dwellings on a released class map, then the released counts, against
/// guessing by these counts alone.
///
/// Dwellings that the squares give equally much are ranked by the class around them.
///
/// @param classes    of a released density as it was read from the release, codes of geo/released_density.h.
/// @param recomputed  the map that the released counts give (ReleasedDensityClasses); another shape is
/// another
///                    map.
/// @param upper      breaks between the classes.
/// @param dwellings  distinct positions; `incidents` and `released.area_of_address` have one entry for each.
/// @throws  InvalidInput  as ReconstructCounts, MiddlesOfClasses and ScoreWithReleasedCounts; Cancelled.
/// Cost: of ReconstructCounts.
DensityAttack AttackReleasedClasses(const Grid<std::int8_t>& classes, const Grid<std::int8_t>& recomputed,
                                    std::span<const double> upper, Kernel kernel, Meters bandwidth,
                                    std::span<const PlanePoint> dwellings, std::span<const int> incidents,
                                    const ReleasedCounts& released, std::stop_token stop = {});

struct DifferencingTest {
  int values = 0;                 ///< that the audience may read, each once
  int unknown_values = 0;         ///< of an area or group that the lattice and scheme no longer have
  int values_under_k = 0;         ///< 1 to k - 1 themselves
  std::int64_t nested_pairs = 0;  ///< pairs of which one contains the other
  int tested_pairs = 0;           ///< of them, drawn at random
  int differences_under_k = 0;    ///< 1 to k - 1, or two values of one and the same cell that differ
  int differences_of_zero = 0;    ///< told, not a fault: the audit decides where a zero identifies
  bool succeeded() const { return values_under_k > 0 || differences_under_k > 0; }
};

/// Subtracts random pairs of all that an audience may read where one value contains the other: an area that
/// lies in the other, ages, categories and quarters likewise.
///
/// Deterministic: order of values does not matter, the seed does. Throws InvalidInput: k or pairs under 1.
/// Cost: O(values²).
DifferencingTest SubtractReleases(std::span<const PublishedValue> values, const Lattice& lattice,
                                  std::span<const PublishedGroup> groups, int k, int pairs,
                                  std::uint64_t seed, std::stop_token stop = {});

}  // namespace lagesbild::geo
