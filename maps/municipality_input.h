#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "geo/units.h"
#include "maps/register_input.h"

namespace lagesbild::maps {

/// One layer of a vector file. Names of columns; empty = none.
struct LayerSource {
  std::string layer;                  ///< empty = the file's only layer
  std::optional<geo::Epsg> crs;       ///< where the file states none, or is a GeoJSON that is not in WGS 84
  std::string code, name;             ///< of areas and places
  std::string where, equals;          ///< only features whose column `where` holds `equals`; empty = all
  std::string alias, kind, locality;  ///< of places
  std::string default_kind;           ///< of places without a column of kinds: "school"
};

/// What a municipality is made of, where its files do not have the standard layers. The code and name are
/// given here, whatever the files say.
struct MunicipalitySource {
  std::string code, name;
  geo::Epsg crs{3006};  ///< of the analysis: everything is reprojected into it
  bool synthetic = false;
  LayerSource boundary;
  std::optional<LayerSource> districts, localities, places;
};

/// Reads boundary and other layers from one GeoPackage or GeoJSON, each in any CRS, into the analysis CRS.
///
/// Throws IoError: no such file, layer or column, no polygon, no CRS stated, a layer that does not lie where
/// the analysis CRS is meant for (axes swapped, meters in a GeoJSON that must be degrees). Throws
/// geo::InvalidInput for an unknown CRS.
ReferenceFile ReadMunicipality(const std::filesystem::path& file, const MunicipalitySource& source);

}  // namespace lagesbild::maps
