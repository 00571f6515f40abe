#include "service/gazetteer_cache.h"

#include <chrono>

#include "service/errors.h"
#include "service/register_index_cache.h"

namespace lagesbild::service {

LoadedMunicipality::LoadedMunicipality(Municipality loaded, geo::Geocoder ready)
    : municipality(std::move(loaded)),
      study_area(municipality.boundary),
      localities(municipality.localities),
      districts(municipality.districts),
      geocoder(std::move(ready)) {}

geo::Geocoder GazetteerCache::Index(const Municipality& municipality) {
  const auto begin = std::chrono::steady_clock::now();
  CachedIndex index = OpenOrBuildIndex(folder_, municipality);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  log_.Info("register_index", {{"how", index.built ? "built" : "mapped"},
                               {"milliseconds", std::to_string(static_cast<long long>(took.count()))}});
  if (!index.refusal.empty()) log_.Info("register_index_refused", {{"what", index.refusal}});
  if (!index.unsaved.empty()) log_.Error("register_index_not_saved", {{"what", index.unsaved}});
  return std::move(index.geocoder);
}

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
    geo::Geocoder geocoder = Index(*municipality);
    loaded_ = std::make_shared<const LoadedMunicipality>(std::move(*municipality), std::move(geocoder));
    versions_ = versions;
  }
  return loaded_;
}

}  // namespace lagesbild::service
