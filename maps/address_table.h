#pragma once

#include <filesystem>
#include <string>

#include "geo/address_style.h"
#include "geo/study_area.h"
#include "geo/units.h"
#include "maps/register_input.h"
#include "maps/table_input.h"

namespace lagesbild::maps {

/// How a table of addresses is read. Names of columns; empty = the table has none.
struct AddressTable {
  TableOptions table;
  std::string id;      ///< stable id of an address; without it one is made of the address itself
  std::string street;  ///< required
  std::string number;  ///< required: "12", "12 B", "11A U1", or the first number of a block
  std::string letter, addition, postcode, postal_town, locality, district;
  std::string easting, northing;  ///< required; longitude and latitude where `coordinates` is EPSG:4326
  geo::Epsg coordinates{3006};
  geo::Meters accuracy_radius{25};  ///< of every address: within it lie 90 % of the true places
  int block_size = 0;               ///< of the address style: above 0, a number may be 0
  std::string municipality_code;
};

/// Reads a register of addresses from a CSV or XLSX table into `target`, the CRS of `area`. A row without
/// street or number, or whose coordinates cannot be meant, is rejected and counted; a number that is none
/// ("12-14") is kept as the whole designation.
///
/// Throws IoError: not such a file, a column is missing, or not one row lies near the municipality, with what
/// the rows look like instead (axes swapped, degrees, another CRS). Throws geo::InvalidInput for an unknown
/// CRS.
///
/// `style` tells how many digits a postcode has; another is left out.
AddressRegisterFile ReadAddressTable(const std::filesystem::path& file, const AddressTable& mapping,
                                     geo::Epsg target, const geo::StudyArea& area,
                                     const geo::AddressStyle& style = geo::SwedishAddressStyle());

}  // namespace lagesbild::maps
