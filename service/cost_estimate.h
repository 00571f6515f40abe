#pragma once

#include "geo/situation_picture.h"
#include "geo/study_area.h"
#include "service/convert.h"

namespace lagesbild::service {

/// What a picture with these options will cost. Adds a violation where the limits do not allow it: a grid of
/// more than 25 million cells, or more than 512 MiB. Takes well under a millisecond.
v1::CostEstimate EstimateCost(const geo::StudyArea& area, const geo::PictureOptions& options, int group_count,
                              Violations& violations);

}  // namespace lagesbild::service
