#include "geo/register_difference.h"

#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace lagesbild::geo {
namespace {

using PositionKey = std::pair<double, double>;
using PointsById = std::map<std::string_view, const RegisterPoint*>;
using Outcome = RegisterDifference::Outcome;

PositionKey KeyOf(PlanePoint position) { return {position.easting.value(), position.northing.value()}; }

std::string_view IdOf(const RegisterPoint& point) { return point.id.empty() ? point.name : point.id; }

PointsById ById(std::span<const RegisterPoint> points) {
  PointsById by_id;
  for (const RegisterPoint& point : points) by_id.emplace(IdOf(point), &point);
  return by_id;
}

/// What two points of one position mean for whoever was placed there.
Outcome Together(const Outcome& a, const Outcome& b) {
  if (a.fate == b.fate && (a.fate != PositionFate::kMoved || KeyOf(a.position) == KeyOf(b.position)))
    return a;
  const bool one_stays = a.fate == PositionFate::kUnchanged || b.fate == PositionFate::kUnchanged;
  const bool one_gone = a.fate == PositionFate::kGone || b.fate == PositionFate::kGone;
  return {one_stays && one_gone ? PositionFate::kUnchanged : PositionFate::kUnclear, {}, {}};
}

}  // namespace

std::vector<RegisterPoint> RegisterPoints(std::span<const Address> addresses) {
  std::vector<RegisterPoint> points;
  points.reserve(addresses.size());
  for (const Address& address : addresses)
    points.push_back({address.id,
                      address.area + " " + std::to_string(address.number) + address.letter + " " +
                          address.addition + " " + address.locality,
                      address.position, address.accuracy_radius});
  return points;
}

std::vector<RegisterPoint> RegisterPoints(std::span<const Place> places) {
  std::vector<RegisterPoint> points;
  points.reserve(places.size());
  for (const Place& place : places)
    points.push_back({place.id, place.name, place.position, place.accuracy_radius});
  return points;
}

Meters DistanceBetween(PlanePoint a, PlanePoint b) {
  return Meters{std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value())};
}

std::size_t MoveClassOf(Meters distance) {
  std::size_t index = 0;
  while (index < kMoveClassLimits_m.size() && distance.value() > kMoveClassLimits_m[index]) ++index;
  return index;
}

RegisterDifference::RegisterDifference(std::span<const RegisterPoint> before,
                                       std::span<const RegisterPoint> after) {
  const PointsById earlier = ById(before), later = ById(after);
  for (const auto& [id, point] : later) added += earlier.contains(id) ? 0 : 1;
  std::map<PositionKey, std::optional<Outcome>> outcomes;
  for (const auto& [id, point] : earlier) {
    Outcome outcome;
    if (const auto found = later.find(id); found == later.end()) {
      ++removed;
      outcome.fate = PositionFate::kGone;
    } else {
      const RegisterPoint& now = *found->second;
      const Meters distance = DistanceBetween(point->position, now.position);
      const bool has_moved = distance > kUnmoved, has_new_name = point->name != now.name;
      renamed += has_new_name ? 1 : 0;
      unchanged += has_moved || has_new_name ? 0 : 1;
      if (has_moved) {
        ++moved[MoveClassOf(distance)];
        outcome = {PositionFate::kMoved, now.position, now.accuracy_radius};
      }
    }
    std::optional<Outcome>& together = outcomes[KeyOf(point->position)];
    together = together ? Together(*together, outcome) : outcome;
  }
  for (const auto& [position, outcome] : outcomes)
    if (outcome->fate != PositionFate::kUnchanged) outcomes_.emplace(position, *outcome);
}

Outcome RegisterDifference::OutcomeOf(PlanePoint position) const {
  const auto found = outcomes_.find(KeyOf(position));
  return found == outcomes_.end() ? Outcome{} : found->second;
}

}  // namespace lagesbild::geo
