#pragma once

#include <ogrsf_frmts.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "geo/polygon.h"
#include "geo/units.h"

namespace lagesbild::maps {

/// One row cannot be used; its reader counts it as rejected. Says nothing of the row's values.
class RowFault : public std::runtime_error {
 public:
  RowFault(std::string at, std::string why)
      : std::runtime_error(why), column(std::move(at)), reason(std::move(why)) {}
  std::string column, reason;
};

/// Reads the fields of one feature by name. A field that the layer lacks reads as empty.
class FeatureReader {
 public:
  explicit FeatureReader(const OGRFeature& feature) : feature_(feature) {}
  /// Without blanks at its ends; empty when null.
  std::string Text(const char* field) const;
  std::optional<int> Integer(const char* field) const;
  /// Easting and northing. Throws RowFault: no point, or not finite.
  geo::PlanePoint Point() const;
  /// Curves are made straight. Throws RowFault: no polygon, or a ring of fewer than three points.
  geo::MultiPolygon Polygons() const;

 private:
  const OGRFeature& feature_;
};

/// Throws IoError when the file has no such layer.
OGRLayer& RequireLayer(GDALDataset& dataset, const std::string& file, const char* name);
/// Throws IoError naming every field that the layer lacks.
void RequireFields(OGRLayer& layer, const std::string& file, const std::vector<const char*>& fields);
/// The layer's CRS. Throws IoError when it has none, none of EPSG's, or one that is not projected in meters.
geo::Epsg ProjectedCrs(OGRLayer& layer, const std::string& file);

}  // namespace lagesbild::maps
