#pragma once

#include <span>
#include <vector>

#include "geo/statistic.h"

namespace lagesbild::geo {

/// What an attacker's answer is worth. A placed incident is found when its address had one.
struct AttackScore {
  int placed = 0;  ///< incidents that the attacker put at addresses
  int found = 0;   ///< of them, at exactly the address of an incident; each incident once
};

/// Estimates rounded to whole incidents per address, against the true counts (as many, in the same order).
AttackScore ScoreEstimates(std::span<const double> estimates, std::span<const int> incidents);

/// What everyone reads anyway: a partition of the addresses and one released count, or none, per area.
struct ReleasedCounts {
  std::vector<int> area_of_address;  ///< index into `counts`, -1 for an address in none
  std::vector<Statistic> counts;     ///< whole numbers; anything else is not released
};

/// The attacker's best use of both: in every area with a released count c, one incident at each of the c
/// addresses with the largest estimates (of equal ones the first; all of them when there are fewer).
/// Compares with Guess: the same number of addresses, picked blindly.
AttackScore ScoreWithReleasedCounts(std::span<const double> estimates, std::span<const int> incidents,
                                    const ReleasedCounts& released);

/// Picking c of the m addresses of every released area at random: the number found is a sum of independent
/// hypergeometric numbers.
struct GuessOdds {
  int placed = 0;
  double mean = 0, variance = 0;  ///< of the number found
};
GuessOdds GuessByReleasedCounts(std::span<const int> incidents, const ReleasedCounts& released);

// All throw InvalidInput when the lengths differ, an estimate is not finite or negative, a count is negative
// or not whole, or an area index is out of range.

}  // namespace lagesbild::geo
