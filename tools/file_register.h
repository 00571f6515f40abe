#pragma once

#include <filesystem>
#include <string>

#include "geo/geocoder.h"

namespace lagesbild::tools {

/// A register that lies in a file, and how it is read.
struct FileRegister {
  std::filesystem::path file;  ///< compiled index, Lantmäteriet GeoPackage, or a table of addresses
  /// Of a table: "street=gata,number=nr,x=lon,y=lat"; also letter, addition, postcode, postal_town, locality,
  /// district, id. Or the text of a mapping file.
  std::string columns, mapping_toml;
  std::string crs;    ///< of a table's coordinates, "EPSG:4326"; empty: 3006, or the mapping's
  std::string plane;  ///< to measure in; empty: that of the coordinates; for degrees 3006 in Sweden, else UTM
  std::string style;  ///< "sv", "no", "us-block"; empty: "sv"
  std::string municipality;  ///< code; empty: all that the file holds
};

/// Reads or maps the register. Throws maps::IoError (not such a file, a column is missing), geo::InvalidInput
/// (a code or option that is none, no address of that municipality).
geo::Geocoder OpenFileRegister(const FileRegister& source);

/// "EPSG:3006" or "3006". Throws geo::InvalidInput.
geo::Epsg ParseEpsg(const std::string& text);

}  // namespace lagesbild::tools
