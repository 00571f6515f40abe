#include "service/retally.h"

#include <stdexcept>

#include "geo/import_tally.h"
#include "geo/situation_picture.h"

namespace lagesbild::service {
namespace {

void TakePlaces(geo::Tally& tally, const geo::Tally& counted) {
  if (tally.accepted != counted.accepted)
    throw std::logic_error("an import does not hold the incidents that it counted");
  tally.placed = counted.placed;
  tally.unplaced = counted.unplaced;
  tally.digital = counted.digital;
  tally.outside = counted.outside;
  tally.too_coarse = counted.too_coarse;
}

}  // namespace

void Retally(ImportBatch& batch, const std::vector<StoredIncident>& incidents, const geo::AgeScheme& scheme) {
  geo::ImportTally counted(scheme, geo::PictureOptions{}.max_accuracy);
  for (const StoredIncident& stored : incidents) counted.Add(geo::RowOutcome::kAccepted, stored.incident);
  TakePlaces(batch.incidents, counted.incidents());
  TakePlaces(batch.persons, counted.persons());
  for (geo::GroupTally& group : batch.groups)
    for (const geo::GroupTally& of : counted.groups()) {
      if (of.group != group.group) continue;
      TakePlaces(group.incidents, of.incidents);
      TakePlaces(group.persons, of.persons);
    }
}

}  // namespace lagesbild::service
