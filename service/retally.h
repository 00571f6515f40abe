#pragma once

#include <vector>

#include "geo/age.h"
#include "service/store.h"

namespace lagesbild::service {

/// The import's counts after its incidents changed places: placed, unplaced, digital, outside and too coarse
/// are counted anew per unit and age group; what was read, rejected and left out as duplicate stays.
/// So are the superseded. `in_use` and `superseded` are all that the import holds. Throws std::logic_error
/// when they are not as many as accepted.
void Retally(ImportBatch& batch, const std::vector<StoredIncident>& in_use,
             const std::vector<StoredIncident>& superseded, const geo::AgeScheme& scheme);

/// Whether `later` may take the place of `stored`: one reporter's two versions of one incident.
bool Corrects(const StoredIncident& later, const StoredIncident& stored);

}  // namespace lagesbild::service
