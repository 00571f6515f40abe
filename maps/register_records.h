#pragma once

#include <ogrsf_frmts.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "maps/register_layer.h"
#include "maps/register_position.h"

namespace lagesbild::maps {

/// A column that a reader looks for, under the names that it has in the standard layouts.
struct RoleColumn {
  const char* role;
  std::vector<const char*> names;  ///< compared without regard to case; the first that is there is taken
  bool required = false;
};

/// One entry of a register file, a row of a table or a feature of a layer.
struct RegisterRecord {
  std::int64_t row = 0;  ///< as a person counts it: features from 1, a table's header is 1
  std::map<std::string, std::string, std::less<>> cells;  ///< by role, without blanks at their ends
  const OGRGeometry* geometry = nullptr;                  ///< of a layer; may be null
  const Reprojection* into = nullptr;                     ///< of a layer
  geo::Epsg epsg{0};                                      ///< of a table's cells easting and northing

  const std::string& Text(std::string_view role) const {
    static const std::string kNone;
    const auto cell = cells.find(role);
    return cell == cells.end() ? kNone : cell->second;
  }
};

/// Where an entry lies: its point, or a point inside its polygon. Throws RowFault.
geo::PlanePoint PositionOf(const RegisterRecord& record, RegisterPositions& positions);
/// Its polygons in the analysis CRS. Throws RowFault.
geo::MultiPolygon PolygonsOf(const RegisterRecord& record, RegisterPositions& positions);

/// Gives every entry of a CSV, XLSX, GeoPackage, GeoJSON or (zipped) shapefile to `use`, which may throw
/// RowFault: it is counted in `result`. `layers` are the standard layers to look for. Fills read, rejected,
/// findings, attribution, synthetic. Throws IoError, also when none of the entries can be used because of
/// where they lie.
void ReadRecords(const std::filesystem::path& file, const LayerMapping& mapping, const RegisterTarget& target,
                 const std::vector<RoleColumn>& roles, const std::vector<const char*>& layers,
                 RegisterLayerFile& result, FindingTally& tally, RegisterPositions& positions,
                 const std::function<void(const RegisterRecord&)>& use);

/// Whether it is read as an OSM extract: .osm or .pbf.
bool IsOsmExtract(const std::filesystem::path& file);

}  // namespace lagesbild::maps
