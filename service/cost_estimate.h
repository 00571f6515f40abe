#pragma once

#include "geo/situation_picture.h"
#include "geo/study_area.h"
#include "service/convert.h"

namespace lagesbild::service {

/// What a picture with these options will cost. Adds a violation where the limits do not allow it: a grid of
/// more than 25 million cells, or more than 512 MiB. Takes well under a millisecond.
v1::CostEstimate EstimateCost(const geo::StudyArea& area, const geo::PictureOptions& options, int group_count,
                              Violations& violations);

/// What surfaces on the density's cells need besides. Adds a violation with what would be allowed where there
/// are more than 25 million cells, or more than 512 MiB of `bytes_per_cell`; `also` says in words what else
/// could be made smaller.
void CheckSurfaceMemory(const geo::StudyArea& area, geo::Meters cell, std::int64_t bytes_per_cell,
                        const std::string& also, Violations& violations);

/// Adds a violation where the cells with the kernel's reach around them are too many for the binned method.
void CheckBinnedPlane(const geo::StudyArea& area, const geo::PictureOptions& options, geo::Meters widest,
                      Violations& violations);

}  // namespace lagesbild::service
