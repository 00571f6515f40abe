#pragma once

#include <gdal_priv.h>

#include <filesystem>
#include <string>
#include <vector>

namespace lagesbild::maps {

/// Registers GDAL once and leaves only the drivers that we use. Called by every function of maps/ that needs
/// GDAL; cheap when done. Thread safe.
void SetUpGdal();

/// Collects what GDAL reports while it lives, errors at close included, on this thread.
class GdalErrors {
 public:
  GdalErrors();
  ~GdalErrors();
  GdalErrors(const GdalErrors&) = delete;
  GdalErrors& operator=(const GdalErrors&) = delete;
  /// Failures (not warnings and debug), oldest first.
  const std::vector<std::string>& failures() const { return failures_; }
  /// The first three failures joined and how many more there are, or `otherwise`.
  std::string text(const std::string& otherwise) const;

 private:
  std::vector<std::string> failures_;
};

/// Opens a local file with exactly one driver ("GPKG", "XLSX", "GeoJSON", "OSM", ...). Names that begin with
/// "/vsi" or look like "PREFIX:" are refused before GDAL sees them. Throws IoError.
GDALDatasetUniquePtr OpenReadOnly(const std::filesystem::path& path, const char* driver);

}  // namespace lagesbild::maps
