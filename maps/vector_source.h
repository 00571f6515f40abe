#pragma once

#include <gdal_priv.h>

#include <filesystem>

namespace lagesbild::maps {

/// A folder of our own beside a file, mode 0700, that goes away with all that is in it.
class ScratchFolder {
 public:
  /// Throws IoError.
  explicit ScratchFolder(const std::filesystem::path& beside);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An opened vector file and, of a zipped one, what was taken out of it.
struct VectorSource {
  std::unique_ptr<ScratchFolder> scratch;  ///< outlives the dataset
  GDALDatasetUniquePtr dataset;
  bool geojson = false;
};

/// Opens a GeoPackage, a GeoJSON, a shapefile, or a zip that holds exactly one GeoPackage or one shapefile
/// (`layer` chooses among several shapefiles), with exactly that driver. Takes out at most 2 GiB. Throws
/// IoError.
VectorSource OpenVectorSource(const std::filesystem::path& file, const std::string& layer = {});

}  // namespace lagesbild::maps
