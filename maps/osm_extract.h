#pragma once

#include <ogrsf_frmts.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "maps/register_position.h"

namespace lagesbild::maps {

/// One object of an OSM extract: a node, a way, or an area of ways.
class OsmObject {
 public:
  OsmObject(const OGRFeature& feature, bool area) : feature_(feature), area_(area) {}
  /// The tag's value without blanks at its ends; empty when it has none.
  std::string Tag(const char* key) const;
  bool Has(const char* key) const { return !Tag(key).empty(); }
  /// "node/12", "way/34", "relation/56".
  std::string Id() const;
  std::int64_t Number() const;
  bool is_area() const { return area_; }
  const OGRGeometry* geometry() const { return feature_.GetGeometryRef(); }

 private:
  const OGRFeature& feature_;
  bool area_;
};

/// Reads the layers ("points", "lines", "multipolygons") of an extract, one object after the other, with the
/// tags that readers of registers ask for. Throws IoError: no extract, or damaged.
void ReadOsm(const std::filesystem::path& file, const std::string& layers,
             const std::function<void(const OsmObject&, const Reprojection&)>& use, geo::Epsg target);

/// A node's point, or a point inside an area. Throws RowFault.
geo::PlanePoint OsmPosition(const OsmObject& object, RegisterPositions& positions, const Reprojection& into);
/// The area's size, m²; 0 for a node.
double OsmAreaSquareMeters(const OsmObject& object, const Reprojection& into);

/// The parts of "a;b" without blanks.
std::vector<std::string> SplitTag(std::string_view text, char at);

}  // namespace lagesbild::maps
