#pragma once

#include "geo/released_picture.h"
#include "maps/report.h"

namespace lagesbild::maps {

/// The municipality and its districts by age group, set of categories and period: released counts, or
/// suppressed. Columns without a single released count are named below the table instead, unless there are no
/// others.
ReportTable ReleasedCountsTable(const geo::ReleasedPicture& picture);

}  // namespace lagesbild::maps
