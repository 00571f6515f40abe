#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "geo/geocoder.h"
#include "geo/study_area.h"
#include "service/store.h"

namespace lagesbild::service {

/// One version of the registers, ready for questions. Immutable.
struct LoadedMunicipality {
  explicit LoadedMunicipality(Municipality loaded);
  Municipality municipality;  ///< its gazetteer's addresses and places are those of `geocoder` too
  geo::StudyArea study_area;
  geo::Geocoder geocoder;
};

/// Keeps the current municipality with its index, and loads it anew when a register was replaced. Thread
/// safe.
class GazetteerCache {
 public:
  explicit GazetteerCache(Store& store) : store_(store) {}

  /// Throws NotReady("NO_MUNICIPALITY") until a reference file has been imported.
  std::shared_ptr<const LoadedMunicipality> Get();

 private:
  Store& store_;
  std::mutex mutex_;
  std::string versions_;
  std::shared_ptr<const LoadedMunicipality> loaded_;
};

}  // namespace lagesbild::service
