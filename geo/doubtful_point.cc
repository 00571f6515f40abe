#include "geo/doubtful_point.h"

#include <algorithm>
#include <cmath>

namespace lagesbild::geo {
namespace {

constexpr double kSamePointMeters = 1;

bool SamePoint(PlanePoint a, PlanePoint b) {
  return std::abs(a.easting.value() - b.easting.value()) <= kSamePointMeters &&
         std::abs(a.northing.value() - b.northing.value()) <= kSamePointMeters;
}

}  // namespace

std::vector<DoubtfulPoint> DoubtfulPointsOf(std::span<const PileUp> pile_ups,
                                            std::span<const Incident> incidents) {
  std::vector<DoubtfulPoint> points;
  for (const PileUp& pile : pile_ups) {
    if (pile.kind == PileUpKind::kRepeats) continue;
    const auto count = std::count_if(incidents.begin(), incidents.end(), [&](const Incident& incident) {
      return incident.place == PlaceKind::kPlaced && SamePoint(incident.position, pile.position);
    });
    if (count > 0) points.push_back({pile.kind, pile.position, pile.center_name, static_cast<int>(count)});
  }
  return points;
}

}  // namespace lagesbild::geo
