#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <tuple>

#include "geo/calendar.h"
#include "geo/errors.h"
#include "geo/hotspot_test.h"

namespace lagesbild::geo {
namespace {

/// Union-find over positions of a list.
class Components {
 public:
  explicit Components(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

double SquaredDistance(PlanePoint a, PlanePoint b) {
  const double dx = a.easting.value() - b.easting.value(), dy = a.northing.value() - b.northing.value();
  return dx * dx + dy * dy;
}

}  // namespace

std::vector<std::size_t> CollapseRepeats(std::span<const Incident> incidents, const RepeatOptions& options) {
  const double distance_m = options.distance.value(), same_place_m = options.same_place.value();
  if (!(distance_m >= 0) || !std::isfinite(distance_m) || !(same_place_m >= 0) ||
      !std::isfinite(same_place_m) || options.days < 0)
    throw InvalidInput("repeats need distances and days of at least 0, got " + std::to_string(same_place_m) +
                       " m for one place, " + std::to_string(distance_m) + " m and " +
                       std::to_string(options.days) + " days");
  std::vector<std::size_t> placed;
  for (std::size_t i = 0; i < incidents.size(); ++i)
    if (incidents[i].place == PlaceKind::kPlaced) placed.push_back(i);
  Components components(incidents.size());

  std::sort(placed.begin(), placed.end(),
            [&](std::size_t a, std::size_t b) { return incidents[a].position < incidents[b].position; });
  for (std::size_t k = 0; k < placed.size(); ++k)
    for (std::size_t next = k + 1; next < placed.size(); ++next) {
      const PlanePoint a = incidents[placed[k]].position, b = incidents[placed[next]].position;
      if (b.easting.value() - a.easting.value() > same_place_m) break;
      if (SquaredDistance(a, b) <= same_place_m * same_place_m) components.join(placed[k], placed[next]);
    }

  const auto by_date = [&](std::size_t i) {
    return std::tuple(incidents[i].date, incidents[i].position, incidents[i].id, i);
  };
  std::sort(placed.begin(), placed.end(),
            [&](std::size_t a, std::size_t b) { return by_date(a) < by_date(b); });
  for (std::size_t k = 0; k < placed.size(); ++k)
    for (std::size_t later = k + 1; later < placed.size(); ++later) {
      const Incident &a = incidents[placed[k]], &b = incidents[placed[later]];
      if (DaysBetween(a.date, b.date) > options.days) break;
      if (a.category == b.category && SquaredDistance(a.position, b.position) <= distance_m * distance_m)
        components.join(placed[k], placed[later]);
    }

  // In order of date the first of a component stands for it.
  std::vector<char> seen(incidents.size(), 0);
  std::vector<std::size_t> representatives;
  for (const std::size_t i : placed) {
    char& component_seen = seen[components.root(i)];
    if (component_seen == 0) representatives.push_back(i);
    component_seen = 1;
  }
  std::sort(representatives.begin(), representatives.end());
  return representatives;
}

}  // namespace lagesbild::geo
