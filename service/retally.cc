#include "service/retally.h"

#include <stdexcept>

#include "geo/import_tally.h"
#include "geo/situation_picture.h"

namespace lagesbild::service {
namespace {

using geo::ImportTally;

void TakePlaces(geo::Tally& tally, const geo::Tally& all, const geo::Tally& superseded) {
  if (tally.accepted != all.accepted)
    throw std::logic_error("an import does not hold the incidents that it counted");
  tally.placed = all.placed;
  tally.unplaced = all.unplaced;
  tally.digital = all.digital;
  tally.outside = all.outside;
  tally.too_coarse = all.too_coarse;
  tally.superseded = superseded.accepted;
}

}  // namespace

void Retally(ImportBatch& batch, const std::vector<StoredIncident>& in_use,
             const std::vector<StoredIncident>& superseded, const geo::AgeScheme& scheme) {
  ImportTally all(scheme, geo::PictureOptions{}.max_accuracy);
  ImportTally gone(scheme, geo::PictureOptions{}.max_accuracy);
  for (const StoredIncident& stored : in_use) all.Add(geo::RowOutcome::kAccepted, stored.incident);
  for (const StoredIncident& stored : superseded) {
    all.Add(geo::RowOutcome::kAccepted, stored.incident);
    gone.Add(geo::RowOutcome::kAccepted, stored.incident);
  }
  TakePlaces(batch.incidents, all.incidents(), gone.incidents());
  TakePlaces(batch.persons, all.persons(), gone.persons());
  for (geo::GroupTally& group : batch.groups)
    for (std::size_t i = 0; i < all.groups().size(); ++i) {
      if (all.groups()[i].group != group.group) continue;
      TakePlaces(group.incidents, all.groups()[i].incidents, gone.groups()[i].incidents);
      TakePlaces(group.persons, all.groups()[i].persons, gone.groups()[i].persons);
    }
}

bool Corrects(const StoredIncident& later, const StoredIncident& stored) {
  return later.incident_key == stored.incident_key && later.incident.reporter == stored.incident.reporter &&
         !stored.content_key.empty() && later.content_key != stored.content_key;
}

}  // namespace lagesbild::service
