#include "geo/street_meeting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace lagesbild::geo {
namespace {

/// Houses of two streets so near each other stand at a corner, those hardly further apart at the same one.
constexpr double kCorner_m = 60, kAtSame_m = 15;
/// Corners so near are one; pairs strung along more than this are gardens back to back.
constexpr double kTogether_m = 120, kSideBySide_m = 120;
/// The last house stands before the corner, and a gap of 400 m is no street between two of them.
constexpr CrossingRule kSides{40, 0, 400, kTogether_m};
/// Of several places those count whose houses stand no more than so many times as far as the nearest.
constexpr double kAsGood = 2, kLeast_m = 30;
constexpr double kAcross_rad = 0.5, kElongated = 0.6, kFarthest_m = 60;
constexpr std::size_t kPointsOfAxis = 6, kFewest = 4, kMostPairs = 2000;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

struct Axis {
  double east = 0, north = 0, angle = 0;
};

/// The direction of the houses nearest to a point; none when they stand in a heap.
std::optional<Axis> AxisNear(const std::vector<PlanePoint>& houses, PlanePoint at) {
  if (houses.size() < kFewest) return std::nullopt;
  std::vector<std::pair<double, PlanePoint>> nearest;
  nearest.reserve(houses.size());
  for (const PlanePoint p : houses) nearest.emplace_back(Distance(p, at), p);
  const std::size_t count = std::min(kPointsOfAxis, nearest.size());
  std::partial_sort(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(count), nearest.end());
  nearest.resize(count);
  Axis axis;
  for (const auto& [distance, p] : nearest) {
    axis.east += p.easting.value() / static_cast<double>(count);
    axis.north += p.northing.value() / static_cast<double>(count);
  }
  double ee = 0, en = 0, nn = 0;
  for (const auto& [distance, p] : nearest) {
    const double e = p.easting.value() - axis.east, n = p.northing.value() - axis.north;
    ee += e * e;
    en += e * n;
    nn += n * n;
  }
  if (std::hypot(ee - nn, 2 * en) < kElongated * (ee + nn)) return std::nullopt;
  axis.angle = 0.5 * std::atan2(2 * en, ee - nn);
  return axis;
}

/// Where the streets' directions near a corner cross, if not far from it.
std::optional<PlanePoint> AxesMeet(const StreetHouses& a, const StreetHouses& b, PlanePoint corner) {
  const auto one = AxisNear(a.houses, corner), other = AxisNear(b.houses, corner);
  if (!one || !other) return std::nullopt;
  const double across = std::sin(other->angle - one->angle);
  if (std::abs(across) < std::sin(kAcross_rad)) return std::nullopt;
  const double along = ((other->east - one->east) * std::sin(other->angle) -
                        (other->north - one->north) * std::cos(other->angle)) /
                       across;
  const PlanePoint meeting{Meters{one->east + along * std::cos(one->angle)},
                           Meters{one->north + along * std::sin(one->angle)}};
  return Distance(meeting, corner) <= kFarthest_m ? std::optional(meeting) : std::nullopt;
}

struct Pair {
  PlanePoint middle;
  double apart_m;
};

/// Houses of both streets that stand nearest each other.
std::vector<Pair> Corners(const StreetHouses& a, const StreetHouses& b) {
  double least_m = kCorner_m;
  for (const PlanePoint p : a.houses)
    for (const PlanePoint q : b.houses) least_m = std::min(least_m, Distance(p, q));
  std::vector<Pair> pairs;
  if (least_m >= kCorner_m) return pairs;
  for (const PlanePoint p : a.houses)
    for (const PlanePoint q : b.houses)
      if (const double apart_m = Distance(p, q);
          apart_m <= std::min(kCorner_m, least_m + kAtSame_m) && pairs.size() < kMostPairs)
        pairs.push_back({{Meters{(p.easting.value() + q.easting.value()) / 2},
                          Meters{(p.northing.value() + q.northing.value()) / 2}},
                         apart_m});
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
    return x.apart_m != y.apart_m ? x.apart_m < y.apart_m : x.middle < y.middle;
  });
  return pairs;
}

double NearestHouse(const StreetHouses& street, PlanePoint at) {
  double least_m = std::numeric_limits<double>::infinity();
  for (const PlanePoint p : street.houses) least_m = std::min(least_m, Distance(p, at));
  return least_m;
}

}  // namespace

std::vector<Crossing> EstimateCrossings(const StreetHouses& a, const StreetHouses& b) {
  std::vector<Crossing> found = CrossingsOf(a.sides, b.sides, kSides);
  const std::size_t across = found.size();
  const auto known = [&](PlanePoint at, std::size_t from) {
    return std::any_of(found.begin() + static_cast<std::ptrdiff_t>(from), found.end(),
                       [&](const Crossing& c) { return Distance(c.position, at) <= kTogether_m; });
  };
  const std::vector<Pair> corners = Corners(a, b);
  double strung_m = 0;
  for (const Pair& corner : corners)
    strung_m = std::max(strung_m, Distance(corner.middle, corners.front().middle));
  if (strung_m <= kSideBySide_m || across > 0)
    for (const Pair& corner : corners)
      if (!known(corner.middle, 0))
        found.push_back({AxesMeet(a, b, corner.middle).value_or(corner.middle), corner.apart_m});
  double best_m = std::numeric_limits<double>::infinity();
  for (Crossing& c : found) {
    c.spread_m = std::max({c.spread_m, NearestHouse(a, c.position), NearestHouse(b, c.position)});
    best_m = std::min(best_m, c.spread_m);
  }
  std::erase_if(found, [&](const Crossing& c) { return c.spread_m > kAsGood * std::max(kLeast_m, best_m); });
  std::sort(found.begin(), found.end(),
            [](const Crossing& x, const Crossing& y) { return x.position < y.position; });
  return found;
}

}  // namespace lagesbild::geo
