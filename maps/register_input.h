#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/gazetteer.h"
#include "geo/situation_picture.h"
#include "geo/study_area.h"
#include "maps/register_findings.h"
#include "maps/register_layer.h"

namespace lagesbild::maps {

struct RejectedRow {
  std::int64_t row = 0;
  std::string column, reason;  ///< reason is a sentence without the row's own values
};

struct AddressRegisterFile {
  geo::Epsg crs{3006};
  std::vector<geo::Address> addresses;  ///< only those in force, with their object ids
  std::int64_t read = 0;
  std::int64_t not_in_force = 0;
  std::vector<RejectedRow> rejected;  ///< read = addresses + not_in_force + rejected
  /// Values of insamlingslage or adressplatstyp that are not of geocoding.md 6.1: the address is kept, its
  /// position taken as the least precise, its type as a street's.
  std::int64_t unknown_values = 0;
  std::string dated_on = {};  ///< newest versiongiltigfran in force, ISO date; empty without that column
  std::int64_t rejected_count = 0;  ///< of a reader that keeps no rows of them, beside `rejected`
  /// What is told of rows that `rejected` does not hold, or that are kept: unknown values, postcodes that are
  /// none, remarks.
  std::vector<RegisterFinding> findings = {};
  /// Names that people use of single addresses (popularnamn), at the address.
  std::vector<geo::Place> popular_names = {};
  std::string attribution = {};  ///< whose the data are, as must be said where they are shown
};

/// Reads layer `belagenhetsadress` of a Lantmäteriet Belägenhetsadress GeoPackage (geocoding.md 6.1).
/// With a target, positions are brought into its CRS from any other, 4326 too, and rows that lie more than
/// 10 km outside the municipality are rejected. Without one they stay in the file's own, projected CRS.
/// Throws IoError: not such a file, a required column is missing, CRS is not projected, or no row lies near
/// the municipality (with what the rows look like instead).
AddressRegisterFile ReadAddressRegister(const std::filesystem::path& geopackage,
                                        const RegisterTarget* target = nullptr);

struct ReferenceFile {
  geo::Epsg crs{3006};
  std::string municipality_code, municipality_name;
  geo::MultiPolygon boundary;              ///< layer `kommungrans`: kommunkod, kommunnamn
  std::vector<geo::NamedArea> districts;   ///< layer `distrikt`: distriktskod, distriktsnamn
  std::vector<geo::NamedArea> localities;  ///< layer `tatort`: tatortskod, tatort
  std::vector<geo::Place> places;  ///< layer `plats`: platsid, namn, alias (';' between), typ, tatort; points
  bool synthetic = false;          ///< the file says on its face that it is invented
};

/// Reads the reference layers of a municipality from one GeoPackage. `distrikt`, `tatort` and `plats` may be
/// absent.
ReferenceFile ReadReferenceLayers(const std::filesystem::path& geopackage);

struct PopulationRow {
  std::string address_id;  ///< objektidentitet
  int age = 0, count = 0;
};
struct PopulationFile {
  std::vector<PopulationRow> rows;
  std::int64_t read = 0;
  std::vector<RejectedRow> rejected;
  std::string dated_on = {};  ///< newest referenstid, ISO date; empty without that column
};

/// Reads a CSV with the columns objektidentitet, alder, antal (completed age 0 to 120, count >= 0) and, if
/// there is one, SCB's referenstid ("20251231", "2025-12-31" or "2025", which is the year's last day).
PopulationFile ReadPopulation(const std::filesystem::path& csv);

}  // namespace lagesbild::maps
