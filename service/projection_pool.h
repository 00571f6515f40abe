#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "geo/projection.h"

namespace lagesbild::service {

/// Projections that are made once and lent to one call at a time: making one reads PROJ's database, and one
/// must not be used by two threads. Keeps at most `kKept` of a system. Thread safe.
class ProjectionPool {
 public:
  using Lent = std::unique_ptr<geo::Projection, std::function<void(geo::Projection*)>>;

  /// Comes back with the end of its life, which must be within the pool's. Throws geo::InvalidInput.
  Lent Lend(geo::Epsg crs) {
    std::unique_ptr<geo::Projection> projection;
    {
      const std::lock_guard lock(mutex_);
      if (auto& kept = kept_[crs]; !kept.empty()) {
        projection = std::move(kept.back());
        kept.pop_back();
      }
    }
    if (!projection) projection = std::make_unique<geo::Projection>(crs);
    return {projection.release(), [this](geo::Projection* back) { TakeBack(back); }};
  }

 private:
  static constexpr std::size_t kKept = 8, kSystems = 32;

  void TakeBack(geo::Projection* back) {
    std::unique_ptr<geo::Projection> projection(back);
    const std::lock_guard lock(mutex_);
    if (kept_.size() > kSystems) kept_.clear();  // a caller that tries every code there is
    if (auto& kept = kept_[projection->crs()]; kept.size() < kKept) kept.push_back(std::move(projection));
  }

  std::mutex mutex_;
  std::map<geo::Epsg, std::vector<std::unique_ptr<geo::Projection>>> kept_;
};

}  // namespace lagesbild::service
