#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "geo/geocoder.h"

namespace lagesbild::geo {

/// What a named fault means for the match that carries it (geocoding.md 3.2 and 3.3).
struct FaultRule {
  std::string_view code;  ///< without the kind in brackets: "CLUTTER_REMOVED"
  std::string_view
      group;        ///< "neutral", "spelling", "structure", "number", "context", "source", "coordinates"
  int penalty = 0;  ///< points taken from a score of 100
  MatchCategory best = MatchCategory::kA;  ///< no match with this fault is better
  std::string_view meaning;                ///< one line, English; the same as in match_faults.md
};

/// All faults there are, group by group. The only place where penalties stand.
std::span<const FaultRule> FaultRules();
/// The rule of a fault with or without a kind: "RELATION_WORD(vid)". Null for an unknown one.
const FaultRule* FindFaultRule(std::string_view fault);
int FaultPenalty(std::string_view fault);

/// The level by which a match enters counts and maps. Category C is never part of a density, however fine its
/// level: what a person should look at counts no finer than a street.
MatchLevel LevelToCount(const GeocodeMatch& match);

/// Sets category, score from level and faults. A conflict with what is said of the
/// locality lowers a category that is B already. Matches that are not placed get neither.
void Grade(GeocodeMatch& match);

}  // namespace lagesbild::geo
