#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/units.h"
#include "maps/layer.h"

namespace lagesbild::maps {

/// A density raster in a file of its own, in the same folder as the GeoPackage.
struct ProjectRaster {
  std::string table;      ///< how groups name it
  std::string file_name;  ///< "tathet_ungdom_13_17_2026K3_7c769d38.tif"
  std::string name_sv;
  std::string age_group;  ///< AgeGroup::code
  Legend legend;
  LayerMetadata metadata;  ///< with its period
};

/// A folder of the layer tree; without a name its layers stand in the tree itself.
struct ProjectGroup {
  std::string name_sv;
  std::vector<std::string> tables;  ///< of the GeoPackage, and rasters; top first
  bool checked = true;              ///< its layers are checked: drawn when the group is on
  bool expanded = false;
  /// Checking one layer or group inside unchecks the others. Of its layers the first is checked at first.
  bool one_at_a_time = false;
  bool on = true;                         ///< the group itself
  std::vector<ProjectGroup> groups = {};  ///< below its layers, top first
};

/// What a person meets who opens the project of a GeoPackage.
struct QgisProject {
  std::string name;                        ///< in the file: "Lägesbild 2026K3"
  std::string title_sv;                    ///< in the window's title
  Instant start, end;                      ///< the quarter
  geo::PlanePoint south_west, north_east;  ///< first view
  std::vector<ProjectGroup> groups;        ///< top first
  std::vector<ProjectRaster> rasters;      ///< that groups may name
  std::string abstract_sv;                 ///< in the project's properties
};

/// The project (.qgs) over the tables of the GeoPackage called `file_name` in the same folder, with the same
/// styles as the tables' own, and over the rasters beside it. Paths are relative. Tables that no group names
/// are left out; throws geo::InvalidInput when a group names neither a table nor a raster.
std::string ProjectXml(const QgisProject& project, const std::vector<VectorLayer>& layers,
                       const std::string& file_name, geo::Epsg crs);

/// The project as .qgz: a zip whose bytes depend on the project alone.
std::string ProjectZip(const std::string& project_xml);

/// Content for the table `qgis_projects`: the project as .qgz in lower-case hex.
std::string ProjectHex(const std::string& project_xml);

}  // namespace lagesbild::maps
