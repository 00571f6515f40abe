#pragma once

#include <filesystem>
#include <string>

#include "geo/grid.h"

namespace lagesbild::maps {

/// The classes of a density as somebody reads them off a released GeoPackage: the code of the class polygon
/// that holds the center of each cell, geo::kOutsideClass where none does.
///
/// @param grid  the one that the density was made on, which everyone who knows the method can work out.
/// @throws  IoError  no such file or table, or a table that is no density.
/// Cost: O(cells · log corners).
geo::Grid<std::int8_t> ReadReleasedDensity(const std::filesystem::path& geopackage, const std::string& table,
                                           const geo::GridSpec& grid);

}  // namespace lagesbild::maps
