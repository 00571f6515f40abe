#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "geo/attack_score.h"
#include "geo/released_picture.h"
#include "tools/attack_setup.h"

namespace lagesbild::tools {

/// One way a surface made from points could have been published, attacked.
struct SurfaceAttack {
  std::string code;  ///< "exact_k5", ...
  std::string label_sv, label_en;
  double readable_share = 0;  ///< of the cells within reach of an incident
  geo::AttackScore score;
};

/// The setup of disclosure control's "Who attacks": quartic kernel with radius 500 m, cells of 50 m, 32-bit
/// floats; cut at 5 and at 10, rounded to 0.1, and in seven classes.
std::vector<SurfaceAttack> AttackSurfaces(const AttackSetup& setup, std::stop_token stop = {});

/// One attack that may use the released counts too, against picking blindly by them.
struct AgainstGuess {
  std::string code, label_sv, label_en;
  geo::AttackScore score;  ///< incidents placed by released counts at the addresses that the surface favors
  int rounded_found = 0;   ///< found by the estimates alone, without the counts
  geo::GuessOdds guess;
  /// How many standard deviations the attack is above guessing; 0 when there is nothing to guess.
  double z() const;
  void Add(const AgainstGuess& other);
};

/// The same attacker on what partner and public get: squares of 1 km with at least 10 addresses, a count
/// under k withheld, quartic kernel with radius 1000 m, cells of 100 m. In this order: the class map that is
/// released, the surface under it (which is not), and, to see that the test can tell, the surface of the
/// points themselves cut at k.
std::vector<AgainstGuess> AttackRelease(const AttackSetup& setup, int k, std::stop_token stop = {});

/// The release that AttackRelease attacks: one area per square, with its inhabited squares.
std::vector<geo::ReleasedArea> SquareRelease(const AttackSetup& setup, int k,
                                             std::vector<int>& area_of_address);

}  // namespace lagesbild::tools
