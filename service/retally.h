#pragma once

#include <vector>

#include "geo/age.h"
#include "service/store.h"

namespace lagesbild::service {

/// The import's counts after its incidents changed places: placed, unplaced, digital, outside and too coarse
/// are counted anew per unit and age group; what was read, rejected and left out as duplicate stays.
/// `incidents` are all that the import holds. Throws std::logic_error when they are not as many as accepted.
void Retally(ImportBatch& batch, const std::vector<StoredIncident>& incidents, const geo::AgeScheme& scheme);

}  // namespace lagesbild::service
