#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/units.h"
#include "maps/layer.h"

namespace lagesbild::maps {

/// A folder of the layer tree; without a name its layers stand in the tree itself.
struct ProjectGroup {
  std::string name_sv;
  std::vector<std::string> tables;  ///< top first
  bool checked = true;              ///< its layers are drawn when the project opens; the group itself is on
  bool expanded = false;
  bool one_at_a_time = false;  ///< checking one layer unchecks the others
};

/// What a person meets who opens the project of a GeoPackage.
struct QgisProject {
  std::string name;                        ///< in the file: "Lägesbild 2026K3"
  std::string title_sv;                    ///< in the window's title
  Instant start, end;                      ///< the quarter
  geo::PlanePoint south_west, north_east;  ///< first view
  std::vector<ProjectGroup> groups;        ///< top first
};

/// The project (.qgs) over the tables of the GeoPackage called `file_name` in the same folder, with the same
/// styles as the tables' own. Paths are relative. Tables that no group names are left out; throws
/// geo::InvalidInput when a group names a table that does not exist.
std::string ProjectXml(const QgisProject& project, const std::vector<VectorLayer>& layers,
                       const std::string& file_name, geo::Epsg crs);

/// Content for the table `qgis_projects`: the project as .qgz in lower-case hex.
std::string ProjectHex(const std::string& project_xml);

}  // namespace lagesbild::maps
