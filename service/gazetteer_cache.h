#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "geo/area_finder.h"
#include "geo/geocoder.h"
#include "geo/study_area.h"
#include "service/log.h"
#include "service/store.h"

namespace lagesbild::service {

/// One version of the registers, ready for questions. Immutable.
struct LoadedMunicipality {
  LoadedMunicipality(Municipality loaded, geo::Geocoder ready);
  Municipality municipality;  ///< its gazetteer's addresses and places are those of `geocoder` too
  geo::StudyArea study_area;
  geo::AreaFinder localities, districts;
  geo::Geocoder geocoder;
};

/// Keeps the current municipality with its index, and loads it anew when a register was replaced. The index
/// is compiled once per state of the registers and mapped from its file after that. Thread safe.
class GazetteerCache {
 public:
  /// `folder`: where compiled indexes lie (OpenOrBuildIndex). `log` is told whether it was mapped or built.
  GazetteerCache(Store& store, std::filesystem::path folder, Log& log)
      : store_(store), folder_(std::move(folder)), log_(log) {}

  /// Throws NotReady("NO_MUNICIPALITY") until a reference file has been imported.
  std::shared_ptr<const LoadedMunicipality> Get();

 private:
  geo::Geocoder Index(const Municipality& municipality);

  Store& store_;
  const std::filesystem::path folder_;
  Log& log_;
  std::mutex mutex_;
  std::string versions_;
  std::shared_ptr<const LoadedMunicipality> loaded_;
};

}  // namespace lagesbild::service
