#pragma once

#include "geo/released_picture.h"
#include "maps/report.h"

namespace lagesbild::maps {

/// The municipality and its districts by age group, set of categories and period: released counts, or
/// suppressed. Columns without a single released count are named below the table instead, unless there are no
/// others.
ReportTable ReleasedCountsTable(const geo::ReleasedPicture& picture);

/// The map's released areas, most incidents first within each layer: count, against what is expected, against
/// the year before. At most `most` rows; a note says how many more there are. No rows when nothing is
/// released.
ReportTable ReleasedAreasTable(const geo::ReleasedPicture& picture, std::size_t most);

}  // namespace lagesbild::maps
