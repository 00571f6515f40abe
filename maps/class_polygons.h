#pragma once

#include <cstdint>
#include <vector>

#include "geo/grid.h"
#include "geo/study_area.h"
#include "maps/legend.h"

namespace lagesbild::maps {

struct ClassPolygons {
  int code = 0;  ///< as in the class grid
  geo::MultiPolygon polygons;
};

/// One multipolygon per code of the grid, dissolved: parts share no side, only corners. Codes ascend; a code
/// without cells has no entry, and cells of `left_out` belong to none. Without `clip` the areas are exactly
/// the cells; with it they end at its boundary, and a part of it whose cells have their center outside stays
/// uncovered.
///
/// The same grid gives the same bytes. An empty grid gives nothing. Throws IoError when GDAL fails,
/// geo::InvalidInput when the clip fails. Cost: O(cells + corners · log corners).
std::vector<ClassPolygons> PolygonsOfClasses(const geo::Grid<std::int8_t>& classes, std::int8_t left_out,
                                             const geo::StudyArea* clip = nullptr);

/// The series' classes for partner and public: the two highest are one, so that at most five are left.
/// Labels hold no word about a single incident's trace, since the values come from whole areas. `upper` of
/// all but the last are the breaks for geo::ReleasedDensityClasses.
std::vector<DensityClass> ReleasedDensityClassesOf(const Legend& legend);

/// The breaks between them, ascending.
std::vector<double> BreaksOf(const std::vector<DensityClass>& classes);

}  // namespace lagesbild::maps
