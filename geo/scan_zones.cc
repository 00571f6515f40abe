#include "geo/scan_zones.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <unordered_set>
#include <utility>

#include "geo/errors.h"
#include "geo/random_draw.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMostSteps = 200'000'000;
/// Distances that differ by less than this share are one: rounding of coordinates must not part a ring.
constexpr double kSameDistance = 1e-9;

void CheckScan(std::span<const PlanePoint> locations, std::span<const double> weights, double share) {
  if (weights.size() != locations.size())
    throw InvalidInput("a scan of " + std::to_string(locations.size()) +
                       " locations needs as many weights, got " + std::to_string(weights.size()));
  double sum = 0;
  for (std::size_t i = 0; i < locations.size(); ++i) {
    if (!std::isfinite(locations[i].easting.value()) || !std::isfinite(locations[i].northing.value()))
      throw InvalidInput("location " + std::to_string(i + 1) + " of a scan has no finite position");
    if (!(weights[i] >= 0) || std::isinf(weights[i]))
      throw InvalidInput("location " + std::to_string(i + 1) +
                         " of a scan has a weight that is not finite or negative");
    sum += weights[i];
  }
  if (!(sum > 0)) throw InvalidInput("a scan needs locations with weight; all of them have none");
  if (!(share > 0 && share <= 1))
    throw InvalidInput("the largest share of a scan must be above 0 and at most 1");
}

struct Neighbor {
  double distance;
  std::int32_t location;
  friend auto operator<=>(const Neighbor&, const Neighbor&) = default;
};

bool SameDistance(double nearer, double farther) { return farther - nearer <= kSameDistance * farther; }

}  // namespace

ScanZones::ScanZones(std::span<const PlanePoint> locations, std::span<const double> weights,
                     double most_weight_share) {
  CheckScan(locations, weights, most_weight_share);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  // A circle of exactly the share is allowed however its sum was rounded.
  const double most = most_weight_share * total * (1 + 1e-12);
  std::vector<Neighbor> neighbors(locations.size());
  for (const PlanePoint& center : locations) {
    for (std::size_t i = 0; i < locations.size(); ++i)
      neighbors[i] = {std::hypot(locations[i].easting.value() - center.easting.value(),
                                 locations[i].northing.value() - center.northing.value()),
                      static_cast<std::int32_t>(i)};
    std::sort(neighbors.begin(), neighbors.end());
    double weight = 0;
    std::size_t i = 0;
    while (i < neighbors.size()) {
      std::size_t end = i;
      double ring = 0;
      for (; end < neighbors.size() && SameDistance(neighbors[i].distance, neighbors[end].distance); ++end)
        ring += weights[static_cast<std::size_t>(neighbors[end].location)];
      if (weight + ring > most) break;
      weight += ring;
      for (; i < end; ++i) order_.push_back(neighbors[i].location);
      circles_.push_back({static_cast<std::int32_t>(end), neighbors[end - 1].distance});
    }
    if (order_.size() > kMostSteps)
      throw InvalidInput("a scan by circles around " + std::to_string(locations.size()) +
                         " locations is too large: lower the largest share, or scan a grid");
    order_starts_.push_back(order_.size());
    circle_starts_.push_back(circles_.size());
  }
  MarkFirst(locations.size());
}

void ScanZones::MarkFirst(std::size_t locations) {
  // Members as a sum of random 128-bit numbers: equal sums mean equal sets but for one chance in 2^64 and
  // more.
  struct Key {
    std::uint64_t a, b;
    bool operator==(const Key&) const = default;
  };
  const auto hash = [](const Key& key) { return static_cast<std::size_t>(key.a); };
  std::unordered_set<Key, decltype(hash)> seen(circles_.size(), hash);
  first_.reserve(circles_.size());
  std::vector<Key> of(locations);
  for (std::size_t i = 0; i < locations; ++i) of[i] = {SpreadSeed(2 * i + 1), SpreadSeed(~(2 * i))};
  for (std::size_t center = 0; center < centers(); ++center) {
    Key key{0, 0};
    std::size_t member = 0;
    const auto order = Order(center);
    for (const Circle& circle : Circles(center)) {
      for (; member < static_cast<std::size_t>(circle.size); ++member) {
        const Key& one = of[static_cast<std::size_t>(order[member])];
        key = {key.a + one.a, key.b + one.b};
      }
      first_.push_back(seen.insert(key).second);
    }
  }
  distinct_ = seen.size();
}

std::vector<int> ScanZones::Members(std::size_t center, std::size_t circle) const {
  const auto order = Order(center).first(static_cast<std::size_t>(Circles(center)[circle].size));
  std::vector<int> members(order.begin(), order.end());
  std::sort(members.begin(), members.end());
  return members;
}

}  // namespace lagesbild::geo
