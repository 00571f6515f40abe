#include "geo/distance_weights.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "geo/close_pairs.h"
#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

void CheckFinite(std::span<const PlanePoint> places) {
  for (const PlanePoint& place : places)
    if (!std::isfinite(place.easting.value()) || !std::isfinite(place.northing.value()))
      throw InvalidInput("a place of the neighborhood has a coordinate that is not finite");
}

/// Both directions of every close pair, with a weight by its distance.
template <class Weight>
SpatialWeights PairWeights(std::span<const PlanePoint> places, Meters distance, Weight weight) {
  CheckFinite(places);
  if (!(distance.value() >= 0) || !std::isfinite(distance.value()))
    throw InvalidInput("the distance of the neighborhood must be 0 m or more");
  std::vector<std::vector<Neighbor>> rows(places.size());
  for (const ClosePair& pair : ClosePairs(places, distance.value())) {
    const double value = weight(pair.distance_m);
    rows[static_cast<std::size_t>(pair.first)].push_back({pair.second, value});
    rows[static_cast<std::size_t>(pair.second)].push_back({pair.first, value});
  }
  return SpatialWeights(std::move(rows));
}

}  // namespace

SpatialWeights DistanceBandWeights(std::span<const PlanePoint> places, Meters distance) {
  return PairWeights(places, distance, [](double) { return 1.0; });
}

SpatialWeights InverseDistanceWeights(std::span<const PlanePoint> places, Meters distance) {
  return PairWeights(places, distance, [](double meters) {
    if (meters == 0)
      throw InvalidInput("two places share a position: by inverse distance their weight would be infinite");
    return 1 / meters;
  });
}

SpatialWeights NearestWeights(std::span<const PlanePoint> places, int k) {
  CheckFinite(places);
  if (k < 1 || static_cast<std::size_t>(k) >= places.size())
    throw InvalidInput("each place needs " + std::to_string(k) + " nearest others of " +
                       std::to_string(places.size()) + " places; ask for at least 1 and for fewer");
  std::vector<std::vector<Neighbor>> rows(places.size());
  std::vector<std::pair<double, int>> others;
  for (std::size_t i = 0; i < places.size(); ++i) {
    others.clear();
    for (std::size_t j = 0; j < places.size(); ++j)
      if (j != i)
        others.emplace_back(std::hypot(places[j].easting.value() - places[i].easting.value(),
                                       places[j].northing.value() - places[i].northing.value()),
                            static_cast<int>(j));
    std::partial_sort(others.begin(), others.begin() + k, others.end());
    for (int rank = 0; rank < k; ++rank)
      rows[i].push_back({others[static_cast<std::size_t>(rank)].second, 1});
  }
  return SpatialWeights(std::move(rows));
}

}  // namespace lagesbild::geo
