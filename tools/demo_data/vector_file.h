#pragma once

#include <ogrsf_frmts.h>

#include <filesystem>
#include <string>
#include <vector>

#include "maps/gdal_setup.h"
#include "tools/demo_data/plane.h"

namespace lagesbild::tools::demo {

struct VectorField {
  const char* name;
  OGRFieldType type = OFTString;
  OGRFieldSubType subtype = OFSTNone;
};

/// A GeoPackage in EPSG:3006 with equal bytes for equal content: every timestamp in it is a fixed one.
/// Throws maps::IoError. One at a time per process, as GDAL's clock is a global option.
class VectorFile {
 public:
  explicit VectorFile(const std::filesystem::path& path);
  ~VectorFile();
  VectorFile(const VectorFile&) = delete;
  VectorFile& operator=(const VectorFile&) = delete;

  OGRLayer& AddLayer(const char* name, const char* description, OGRwkbGeometryType type,
                     const char* geometry_column, const std::vector<VectorField>& fields);
  void Add(OGRLayer& layer, OGRFeature& feature);
  void Close();  ///< writes what is left; needed

 private:
  void Check(bool good) const;

  std::filesystem::path path_;
  maps::GdalErrors errors_;
  OGRSpatialReference sweref_;
  GDALDatasetUniquePtr file_;
};

OGRPoint OgrPoint(Xy p);
OGRPolygon OgrPolygon(const Outline& ring);
OGRMultiPolygon OgrMultiPolygon(const std::vector<Outline>& rings);

}  // namespace lagesbild::tools::demo
