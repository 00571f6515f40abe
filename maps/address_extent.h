#pragma once

#include <filesystem>

#include "geo/study_area.h"
#include "geo/units.h"
#include "maps/address_table.h"

namespace lagesbild::maps {

/// The box around a table's positions in `plane`, a kilometer wider: stands for the municipality where no
/// boundary is known. One pass over the file; rows without a position are passed over. Throws IoError: not
/// such a file, a column is missing, not one position; geo::InvalidInput when they do not lie in the plane.
geo::StudyArea ReadAddressExtent(const std::filesystem::path& file, const AddressTable& mapping,
                                 geo::Epsg plane);

}  // namespace lagesbild::maps
