#pragma once

#include <vector>

#include "geo/age.h"
#include "geo/incident.h"
#include "geo/reconciliation.h"

namespace lagesbild::geo {

/// A correction is an accepted row that takes the place of an earlier delivery's.
enum class RowOutcome { kAccepted, kCorrection, kRejected, kDuplicate };

/// Counts the rows of one delivery in both units, in all and per age group, all roles.
///
/// Every row is read exactly once: read = accepted + rejected + duplicate. A rejected or duplicate row counts
/// in the groups of the persons that could be read from it, in the unknown group when there were none.
/// Reports of perceived unsafety are rows like any other here; only situation pictures keep them apart from
/// incidents.
class ImportTally {
 public:
  /// Placed incidents that are TooCoarse for `max_accuracy` are counted as such.
  ImportTally(AgeScheme scheme, Meters max_accuracy);

  void Add(RowOutcome outcome, const Incident& incident);

  const Tally& incidents() const { return incidents_; }
  const Tally& persons() const { return persons_; }
  const std::vector<GroupTally>& groups() const { return groups_; }
  /// Whether all tallies add up and the group of everybody equals the whole.
  bool Reconciles() const;

 private:
  AgeScheme scheme_;
  Meters max_accuracy_;
  Tally incidents_, persons_;
  std::vector<GroupTally> groups_;
};

}  // namespace lagesbild::geo
