#include "geo/import_tally.h"

#include <algorithm>
#include <utility>

namespace lagesbild::geo {
namespace {

Tally Of(RowOutcome outcome, const Incident& incident, std::int64_t amount, Meters max_accuracy) {
  Tally tally;
  tally.read = amount;
  if (outcome == RowOutcome::kRejected) tally.rejected = amount;
  if (outcome == RowOutcome::kDuplicate) tally.duplicate = amount;
  if (outcome == RowOutcome::kRejected || outcome == RowOutcome::kDuplicate) return tally;
  tally.accepted = amount;
  if (outcome == RowOutcome::kCorrection) tally.corrected = amount;
  switch (incident.place) {
    case PlaceKind::kPlaced:
      tally.placed = amount;
      if (TooCoarse(incident, max_accuracy)) tally.too_coarse = amount;
      break;
    case PlaceKind::kUnplaced:
      tally.unplaced = amount;
      if (incident.reason == UnplacedReason::kOutside) tally.outside = amount;
      break;
    case PlaceKind::kDigital:
      tally.digital = amount;
      break;
  }
  return tally;
}

}  // namespace

ImportTally::ImportTally(AgeScheme scheme, Meters max_accuracy)
    : scheme_(std::move(scheme)), max_accuracy_(max_accuracy) {
  for (const AgeGroup& group : scheme_.groups) groups_.push_back({group.code, {}, {}});
}

void ImportTally::Add(RowOutcome outcome, const Incident& incident) {
  incidents_ += Of(outcome, incident, 1, max_accuracy_);
  persons_ += Of(outcome, incident, static_cast<std::int64_t>(incident.persons.size()), max_accuracy_);
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const AgeGroup& group = scheme_.groups[i];
    if (!CountsInGroup(incident, scheme_, group, RoleSelection::kAny)) continue;
    groups_[i].incidents += Of(outcome, incident, 1, max_accuracy_);
    groups_[i].persons +=
        Of(outcome, incident, PersonsInGroup(incident, scheme_, group, RoleSelection::kAny), max_accuracy_);
  }
}

bool ImportTally::Reconciles() const {
  if (!incidents_.Reconciles() || !persons_.Reconciles()) return false;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const GroupTally& group = groups_[i];
    if (!group.incidents.Reconciles() || !group.persons.Reconciles()) return false;
    if (scheme_.groups[i].kind == AgeGroupKind::kTotal &&
        (group.incidents != incidents_ || group.persons != persons_))
      return false;
  }
  return true;
}

}  // namespace lagesbild::geo
