#include "geo/close_pairs.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace lagesbild::geo {
namespace {

/// Points from west to east in strips as high as the limit: a pair lies in one strip or in two that touch.
struct Strips {
  struct Point {
    long long strip;
    double x, y;
    std::int32_t index;
  };
  std::vector<Point> points;

  Strips(std::span<const PlanePoint> given, double limit) {
    // A strip of no height would not bring equal points together.
    const double height = std::max(limit, 1e-9);
    const double x0 = given.empty() ? 0 : given.front().easting.value();
    const double y0 = given.empty() ? 0 : given.front().northing.value();
    for (std::size_t i = 0; i < given.size(); ++i) {
      const double x = given[i].easting.value() - x0, y = given[i].northing.value() - y0;
      points.push_back({static_cast<long long>(std::floor(std::clamp(y / height, -4e18, 4e18))), x, y,
                        static_cast<std::int32_t>(i)});
    }
    std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) {
      return std::tie(a.strip, a.x, a.index) < std::tie(b.strip, b.x, b.index);
    });
  }
};

}  // namespace

std::vector<ClosePair> ClosePairs(std::span<const PlanePoint> points, double limit_m) {
  const Strips strips(points, limit_m);
  std::vector<ClosePair> pairs;
  const auto& all = strips.points;
  const auto consider = [&](const Strips::Point& a, const Strips::Point& b) {
    const double distance = std::hypot(a.x - b.x, a.y - b.y);
    if (distance <= limit_m)
      pairs.push_back({std::min(a.index, b.index), std::max(a.index, b.index), distance});
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size() && all[j].strip == all[i].strip; ++j) {
      if (all[j].x - all[i].x > limit_m) break;
      consider(all[i], all[j]);
    }
    const Strips::Point from{all[i].strip + 1, all[i].x - limit_m, 0, 0};
    auto next = std::lower_bound(all.begin() + static_cast<std::ptrdiff_t>(i), all.end(), from,
                                 [](const Strips::Point& a, const Strips::Point& b) {
                                   return std::tie(a.strip, a.x) < std::tie(b.strip, b.x);
                                 });
    for (; next != all.end() && next->strip == all[i].strip + 1 && next->x - all[i].x <= limit_m; ++next)
      consider(all[i], *next);
  }
  std::sort(pairs.begin(), pairs.end(), [](const ClosePair& a, const ClosePair& b) {
    return std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  return pairs;
}

}  // namespace lagesbild::geo
