#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

/// The circles that a spatial scan looks at: around every location, growing from location to location. All
/// locations at one distance enter together. A circle ends where its weight would exceed the limit.
class ScanZones {
 public:
  /// `weights` >= 0, one per location, of which a circle may hold `most_weight_share` of the total, in (0,
  /// 1]. Throws InvalidInput: a coordinate or weight that is not finite, a negative weight, another number of
  /// weights, no weight at all, a share out of range, over 200 million steps of circles. Cost: O(n² log n);
  /// 4 bytes per step and 16 per circle.
  ScanZones(std::span<const PlanePoint> locations, std::span<const double> weights, double most_weight_share);

  struct Circle {
    std::int32_t size = 0;  ///< the first so many locations of the center's order
    double radius_m = 0;
  };
  std::size_t centers() const { return order_starts_.size() - 1; }
  /// Locations by distance from the center, as many as its largest circle holds. May be empty.
  std::span<const std::int32_t> Order(std::size_t center) const {
    return std::span(order_).subspan(order_starts_[center],
                                     order_starts_[center + 1] - order_starts_[center]);
  }
  /// The center's circles, growing.
  std::span<const Circle> Circles(std::size_t center) const {
    return std::span(circles_).subspan(circle_starts_[center],
                                       circle_starts_[center + 1] - circle_starts_[center]);
  }
  /// False for a circle that an earlier center has with the same members.
  bool IsFirst(std::size_t center, std::size_t circle) const {
    return first_[circle_starts_[center] + circle];
  }
  /// Circles with different members.
  std::size_t distinct() const { return distinct_; }
  /// Members of a circle, ascending.
  std::vector<int> Members(std::size_t center, std::size_t circle) const;

 private:
  void MarkFirst(std::size_t locations);

  std::vector<std::int32_t> order_;
  std::vector<Circle> circles_;
  std::vector<std::size_t> order_starts_{0}, circle_starts_{0};
  std::vector<bool> first_;
  std::size_t distinct_ = 0;
};

}  // namespace lagesbild::geo
