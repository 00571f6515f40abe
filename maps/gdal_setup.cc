#include "maps/gdal_setup.h"

#include <cpl_conv.h>
#include <cpl_error.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <system_error>

#include "maps/errors.h"

namespace lagesbild::maps {
namespace {

constexpr std::array<std::string_view, 14> kDrivers = {
    "GTiff", "COG", "MEM",     "Memory", "GPKG", "GeoJSON", "FlatGeobuf",
    "CSV",   "MVT", "MBTiles", "PNG",    "XLSX", "OSM",     "ESRI Shapefile"};

void KeepOnlyOurDrivers() {
  GDALDriverManager* manager = GetGDALDriverManager();
  for (int i = manager->GetDriverCount() - 1; i >= 0; --i) {
    GDALDriver* driver = manager->GetDriver(i);
    if (std::find(kDrivers.begin(), kDrivers.end(), driver->GetDescription()) != kDrivers.end()) continue;
    manager->DeregisterDriver(driver);
    delete driver;
  }
}

bool StartsWithVsi(std::string_view name) {
  constexpr std::string_view kVsi = "/vsi";
  return name.size() >= kVsi.size() && std::equal(kVsi.begin(), kVsi.end(), name.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

/// "GPKG:x", "http://x": GDAL reads these as instructions, not as names.
bool HasConnectionPrefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon != std::string_view::npos && name.substr(0, colon).find('/') == std::string_view::npos;
}

}  // namespace

void SetUpGdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Formats that point at other files or at the network, also when the library is asked again later.
    CPLSetConfigOption("GDAL_SKIP", "VRT OGR_VRT WMS WMTS HTTP");
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");  // no code from folders beside the library
    // No .aux.xml, neither written beside our files nor believed when it lies beside someone else's.
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    GDALAllRegister();
    KeepOnlyOurDrivers();
  });
}

GdalErrors::GdalErrors() {
  CPLPushErrorHandlerEx(
      [](CPLErr severity, CPLErrorNum, const char* message) {
        if (severity != CE_Failure && severity != CE_Fatal) return;
        static_cast<GdalErrors*>(CPLGetErrorHandlerUserData())->failures_.emplace_back(message);
      },
      this);
}

GdalErrors::~GdalErrors() { CPLPopErrorHandler(); }

std::string GdalErrors::text(const std::string& otherwise) const {
  // The first say what happened; on a full disk dozens follow from them.
  constexpr std::size_t kTold = 3;
  if (failures_.empty()) return otherwise;
  std::string joined;
  for (std::size_t i = 0; i < std::min(kTold, failures_.size()); ++i)
    joined += (joined.empty() ? "" : "; ") + failures_[i];
  if (failures_.size() > kTold) joined += "; … and " + std::to_string(failures_.size() - kTold) + " more";
  return joined;
}

GDALDatasetUniquePtr OpenReadOnly(const std::filesystem::path& path, const char* driver) {
  SetUpGdal();
  std::error_code error;
  // The absolute name begins with '/', so that no text is taken for inline JSON or XML.
  const std::filesystem::path absolute = std::filesystem::absolute(path, error).lexically_normal();
  if (error || path.empty() || HasConnectionPrefix(path.string()) || StartsWithVsi(path.string()) ||
      StartsWithVsi(absolute.string()))
    throw IoError(path.string(), "is not the name of a local file");
  if (!std::filesystem::is_regular_file(absolute, error)) throw IoError(path.string(), "no such file");

  GdalErrors errors;
  const char* const allowed[] = {driver, nullptr};
  GDALDatasetUniquePtr dataset(GDALDataset::Open(
      absolute.c_str(), GDAL_OF_READONLY | GDAL_OF_VECTOR | GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR, allowed));
  if (!dataset)
    throw IoError(path.string(),
                  "cannot be opened as " + std::string(driver) + ": " + errors.text("not in that format"));
  return dataset;
}

}  // namespace lagesbild::maps
