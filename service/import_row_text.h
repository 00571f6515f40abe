#pragma once

#include <string>

#include "geo/coordinate_input.h"
#include "geo/personal_data.h"
#include "maps/table_input.h"
#include "service/import_date.h"

namespace lagesbild::service {

// Words for messages about rejected rows. They never hold anything of the row's own.

std::string InSwedish(geo::PersonalDataKind kind);  ///< "ett personnummer"
/// What goes on from "Koordinaterna i kolumnerna … ".
std::string InSwedish(geo::CoordinateFault fault);
/// What goes on from "Klockslaget i kolumnen … ".
std::string InSwedish(ClockFault fault);
/// Why the row cannot be read and what would be right, as whole sentences.
std::string InSwedish(const maps::TableRow& row);

}  // namespace lagesbild::service
