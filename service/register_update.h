#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/register_difference.h"
#include "maps/register_findings.h"
#include "service/store.h"

namespace lagesbild::service {

/// What a new register means for the incidents of one quarter. Counts only: which incident lies at which
/// address is told nowhere.
struct QuarterMoves {
  geo::MoveCounts moved{};   ///< follow an address or place that lies elsewhere now, by distance
  std::int64_t gone = 0;     ///< placed at an address or place that is gone: they keep their position
  std::int64_t unclear = 0;  ///< at a position whose addresses went different ways: they keep it
  std::int64_t found = 0;    ///< waited with a text that the new register knows
  std::int64_t now_inside = 0, now_outside = 0;  ///< of the boundary, moved or not
  bool any() const;
};

/// The difference between the current register and a new version, and what it does to stored incidents.
struct RegisterUpdate {
  geo::RegisterDifference points;  ///< addresses, or a reference file's named places; nothing of population
  std::map<std::string, QuarterMoves> quarters;  ///< by code, those with any
  PlaceChanges changes;                          ///< all that incidents go through
};

/// Compares. `before` and `after` are the municipality with the current and with the new register, of `kind`
/// "addresses", "reference" or a layer's. An incident moves when it was placed at an address point or number
/// (or, by a reference file, at a named place) whose id lies elsewhere now, never when it has coordinates of
/// its own; it is then inside or outside the boundary anew. Every text that still waits is tried again. The
/// earlier version of a corrected incident follows too, uncounted, so that undoing the correction leaves none
/// behind; a text of its own is tried at the next update. Cost: all incidents, and one geocoding per waiting
/// text.
RegisterUpdate PlanUpdate(Store& store, const Municipality& before, const Municipality& after,
                          const std::string& kind);

struct RegisterRequest {
  std::string kind;            ///< "addresses", "reference", "population", or one of IsLayerKind
  std::filesystem::path file;  ///< on the server's disk
  std::string now;             ///< UTC, ISO
  std::string mapping_toml;
  bool validate_only = false;  ///< reads and compares everything, changes nothing
  std::string part = {};       ///< of a layer: which part of its kind is replaced
};

struct RegisterOutcome {
  RegisterVersion version;  ///< id 0 when validate_only
  bool repeated = false;    ///< the same bytes and mapping are current: nothing changed
  RegisterUpdate update;
  std::vector<maps::RegisterFinding> findings;  ///< what is the matter with entries; empty when repeated
};

/// Makes a register file the current version of its kind, as ImportRegister, and moves the incidents that it
/// concerns in the same transaction; all pictures are stale afterwards. The same file again changes nothing.
/// No import runs meanwhile. Throws as ImportRegister,
/// geo::Cancelled.
RegisterOutcome UpdateRegister(Store& store, const RegisterRequest& request,
                               const std::stop_token& stop = {});

}  // namespace lagesbild::service
