#include "service/gazetteer_cache.h"

#include "service/errors.h"

namespace lagesbild::service {

LoadedMunicipality::LoadedMunicipality(Municipality loaded)
    : municipality(std::move(loaded)), study_area(municipality.boundary), geocoder(municipality.gazetteer) {}

std::shared_ptr<const LoadedMunicipality> GazetteerCache::Get() {
  std::string versions;
  for (const RegisterVersion& version : store_.ListRegisters()) {
    versions += version.kind + " " + std::to_string(version.id) + " " + version.sha256 + "\n";
  }
  // Whoever comes while another loads waits for the same result.
  const std::lock_guard lock(mutex_);
  if (!loaded_ || versions != versions_) {
    auto municipality = store_.LoadMunicipality();
    if (!municipality) {
      throw NotReady(
          "NO_MUNICIPALITY",
          "no municipality is known; import its reference file first (register import --kind reference)");
    }
    loaded_ = std::make_shared<const LoadedMunicipality>(std::move(*municipality));
    versions_ = versions;
  }
  return loaded_;
}

}  // namespace lagesbild::service
