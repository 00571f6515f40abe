#include "geo/address_spread.h"

#include <algorithm>
#include <cmath>

namespace lagesbild::geo {

Extent ExtentOf(const RegisterIndex& index, const std::vector<int>& addresses) {
  double east = 0, north = 0;
  for (const int i : addresses) {
    east += index.address(i).position.easting.value();
    north += index.address(i).position.northing.value();
  }
  const auto n = static_cast<double>(addresses.size());
  Extent extent{{Meters{east / n}, Meters{north / n}}};
  std::vector<double> distances_m;
  distances_m.reserve(addresses.size());
  for (const int i : addresses) {
    const double distance_m =
        std::hypot(index.address(i).position.easting.value() - extent.center.easting.value(),
                   index.address(i).position.northing.value() - extent.center.northing.value());
    distances_m.push_back(distance_m);
    extent.farthest_m = std::max(extent.farthest_m, distance_m);
    extent.radius_m = std::max(extent.radius_m, distance_m + index.address(i).accuracy_radius.value());
  }
  extent.nine_tenths_m = NineTenths(distances_m);
  return extent;
}

}  // namespace lagesbild::geo
