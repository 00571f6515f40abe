#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/release_attack.h"
#include "service/store.h"

namespace lagesbild::service {

struct DensityAttackOfLayer {
  geo::PublishedGroup group;
  geo::AreaLevel level = geo::AreaLevel::kLeaf;
  geo::Period period;
  std::string not_tested_reason_sv;  ///< empty: tested
  int dwellings = 0, incidents = 0;
  geo::DensityAttack attack;
};

struct ReleaseAttack {
  PictureRecord release;
  std::vector<DensityAttackOfLayer> densities;
};

struct DifferencingOfAudience {
  geo::Audience audience = geo::Audience::kPublic;
  int k = 0;
  geo::DifferencingTest test;
};

struct ReleaseAttackReport {
  std::vector<ReleaseAttack> releases;  ///< oldest quarter first, partner before public
  std::vector<DifferencingOfAudience> differencing;
  int replaced_drafts = 0;
  bool leaks() const;
};

struct ReleaseAttackOptions {
  int pairs = 1000;
  std::uint64_t seed = 1;
};

/// The proof of disclosure control on the releases of a store: published ones, and of drafts the newest of
/// each audience and quarter. The densities are read off the files themselves, the counts off what their
/// audience reads; the truth is what is stored now. Nothing is changed. A release of other areas than today's
/// registers give is not attacked and says so.
///
/// Throws NotReady as MakeRelease, and ("OLD_PICTURE"); maps::IoError for a file that is gone;
/// geo::Cancelled. Cost: seconds per density with some thousand dwellings.
ReleaseAttackReport AttackReleases(Store& store, const std::filesystem::path& folder,
                                   const ReleaseAttackOptions& options, const std::stop_token& stop = {});

}  // namespace lagesbild::service
