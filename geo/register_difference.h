#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/gazetteer.h"
#include "geo/units.h"

namespace lagesbild::geo {

/// What a register knows by an id of its own: an address or a named place.
struct RegisterPoint {
  std::string id;
  std::string name;  ///< as it is written; another one under the same id is a renaming
  PlanePoint position;
  Meters accuracy_radius;
};

std::vector<RegisterPoint> RegisterPoints(std::span<const Address> addresses);
std::vector<RegisterPoint> RegisterPoints(std::span<const Place> places);

/// Points that moved at most so far are taken as unmoved: registers are rounded anew now and then.
inline constexpr Meters kUnmoved{1};

/// Classes of distance that moves are counted in: up to 10 m, 50 m, 250 m, 1,000 m, and beyond.
inline constexpr std::array<double, 4> kMoveClassLimits_m{10, 50, 250, 1000};
using MoveCounts = std::array<std::int64_t, kMoveClassLimits_m.size() + 1>;
std::size_t MoveClassOf(Meters distance);
Meters DistanceBetween(PlanePoint a, PlanePoint b);

/// What became of one position of the earlier version, for whoever was placed there.
enum class PositionFate {
  kUnchanged,  ///< no point lay there, or one that lay there still does
  kMoved,      ///< all that lay there lie at one other position
  kGone,       ///< nothing that lay there is in the later version
  kUnclear,    ///< what lay there went different ways
};

/// How a later version of a register differs from an earlier one. Points are the same by their ids; points
/// without one are compared by name.
class RegisterDifference {
 public:
  RegisterDifference() = default;
  /// Cost: O(n log n).
  RegisterDifference(std::span<const RegisterPoint> before, std::span<const RegisterPoint> after);

  struct Outcome {
    PositionFate fate = PositionFate::kUnchanged;
    PlanePoint position;  ///< where to, when moved
    Meters accuracy_radius;
  };
  /// `position` must be exactly that of the earlier version.
  Outcome OutcomeOf(PlanePoint position) const;

  std::int64_t unchanged = 0, added = 0, removed = 0, renamed = 0;
  MoveCounts moved{};  ///< by distance; a point may be both moved and renamed

 private:
  std::map<std::pair<double, double>, Outcome> outcomes_;  ///< of positions that changed
};

}  // namespace lagesbild::geo
