#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/incident.h"

namespace lagesbild::geo {

/// Counts that must add up: read = accepted + rejected + duplicate, accepted = placed + unplaced + digital.
struct Tally {
  std::int64_t read = 0, accepted = 0, rejected = 0, duplicate = 0;
  std::int64_t placed = 0, unplaced = 0, digital = 0;
  std::int64_t outside = 0;     ///< of unplaced: outside the boundary
  std::int64_t too_coarse = 0;  ///< of placed: too coarse for density and grid statistics
  std::int64_t corrected = 0;   ///< of accepted: corrects what an earlier delivery said
  std::int64_t superseded = 0;  ///< of accepted: a later delivery has corrected it, it is no longer in use

  bool Reconciles() const {
    return read == accepted + rejected + duplicate && accepted == placed + unplaced + digital &&
           outside <= unplaced && too_coarse <= placed && corrected <= accepted && superseded <= accepted;
  }
  Tally& operator+=(const Tally& other);
  friend bool operator==(const Tally&, const Tally&) = default;
};

/// One age group's counts in both units. An incident with persons in two groups counts in both, so groups
/// may sum to more than the total; an incident without a known age counts in OKAND.
struct GroupTally {
  std::string group;  ///< AgeGroup::code
  Tally incidents, persons;
};

/// Counts of accepted incidents per group of the scheme, in its order. `accepted` is also put into `read`
/// (nothing was rejected among stored incidents). Placed incidents that are TooCoarse for
/// `max_accuracy` count as too coarse. Incidents of a category that is no incident (perceived unsafety) are
/// left out.
std::vector<GroupTally> TallyIncidents(std::span<const Incident> incidents, const AgeScheme& scheme,
                                       RoleSelection role, Meters max_accuracy);

}  // namespace lagesbild::geo
