#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/gazetteer.h"
#include "geo/study_area.h"
#include "maps/register_findings.h"
#include "maps/table_input.h"

namespace lagesbild::maps {

/// Where what is read must lie: the municipality, in the CRS of the analysis.
struct RegisterTarget {
  geo::Epsg crs{3006};
  const geo::StudyArea& area;
  std::string municipality_name = {};
};

/// How a file of places, roads, properties or neighbors is read. Left empty, the reader looks for the columns
/// of the standard layouts that its function names.
struct LayerMapping {
  TableOptions table;                 ///< of CSV and XLSX
  std::string layer;                  ///< of a vector file; empty = its only layer, or the standard one
  std::string where, equals;          ///< only entries whose column `where` holds `equals`; empty = all
  std::optional<geo::Epsg> crs;       ///< of a table's coordinates; of a layer, where its file states none
  std::optional<geo::Meters> radius;  ///< of every place without one of its own
  std::map<std::string, std::string> columns;  ///< by role: "name", "number", "easting", ...
  std::map<std::string, std::string> kinds;    ///< the file's own kinds, in lower case: ours
  std::string default_kind, attribution;
};

/// What one file adds to the gazetteer, in the CRS of the analysis.
struct RegisterLayerFile {
  std::vector<geo::Place> places;  ///< those of kind "locality" are found as localities
  std::vector<geo::Road> roads;
  std::vector<geo::Property> properties;
  std::vector<std::string> neighbors;
  std::int64_t read = 0;      ///< entries; read = accepted + rejected
  std::int64_t accepted = 0;  ///< entries used; one may give several items, several may give one
  std::int64_t rejected = 0;
  std::vector<RegisterFinding> findings;
  std::string attribution;  ///< whose the data are, as must be said where they are shown; may be empty
  std::string dated_on;     ///< newest date in the file, ISO; may be empty
  bool synthetic = false;   ///< the file says that it is invented
};

/// Schools, meeting places, shops, stations and other names that people use, and localities (kind
/// "locality"): CSV or XLSX (columns name, aliases, kind, locality, easting, northing or lon, lat, epsg,
/// radius_m, valid_from, valid_to, source, in English or Swedish), GeoPackage, zipped GeoPackage or
/// shapefile, GeoJSON, OSM extract. Aliases are parted by ';' or '|'. A place outside the municipality is
/// rejected.
///
/// As all four: throws IoError when the file cannot be read, lacks a layer or column, or lies altogether
/// elsewhere, with what it looks like instead (axes swapped, degrees, another system). Single bad entries are
/// rejected and counted. Memory grows with what is used, not with the file.
RegisterLayerFile ReadPlaces(const std::filesystem::path& file, const LayerMapping& mapping,
                             const RegisterTarget& target);

/// Named and numbered roads: NVDB "homogeniserad" (Gatunamn/Namn, Vägnummer/Huvudnummer), Lantmäteriet's
/// vaglinje (gatunamn, vardvagnummer), OSM extract, or a mapping. A line of several parts gives as many
/// roads.
RegisterLayerFile ReadRoads(const std::filesystem::path& file, const LayerMapping& mapping,
                            const RegisterTarget& target);

/// Properties: Lantmäteriet's registerenhetsomradesyta (kommunnamn, trakt, etikett), or a mapping. The parts
/// of one property count as one: its point lies inside the largest, its area is that of all.
RegisterLayerFile ReadProperties(const std::filesystem::path& file, const LayerMapping& mapping,
                                 const RegisterTarget& target);

/// Names of municipalities and localities around, beyond the boundary and within 60 km: polygons or points
/// with a name (kom_namn, kommunnamn, tatort, namn or name), a table, an OSM extract. What lies inside the
/// municipality is no neighbor and is left out.
RegisterLayerFile ReadNeighbors(const std::filesystem::path& file, const LayerMapping& mapping,
                                const RegisterTarget& target);

}  // namespace lagesbild::maps
