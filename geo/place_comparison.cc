#include "geo/place_comparison.h"

#include <algorithm>
#include <cmath>

#include "geo/match_fault.h"

namespace lagesbild::geo {
namespace {

/// Coarser than interpolation, or in need of a look: it would not enter a density.
bool IsCoarse(MatchLevel level) {
  return level == MatchLevel::kInterpolatedEnd || level == MatchLevel::kStreet ||
         level == MatchLevel::kLocality || level == MatchLevel::kPostcode || level == MatchLevel::kRoadPlace;
}

/// The smallest distance within which at least this share lies.
Meters Rank(const std::vector<double>& ascending, double share) {
  if (ascending.empty()) return Meters{0};
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(ascending.size())));
  return Meters{ascending[std::max<std::size_t>(rank, 1) - 1]};
}

}  // namespace

void PlaceComparer::Add(PlanePoint own, const GeocodeMatch& text) {
  ++compared_;
  if (!text.placed()) return;
  ++placed_;
  if (IsCoarse(LevelToCount(text))) return;
  distances_m_.push_back(std::hypot(text.position.easting.value() - own.easting.value(),
                                    text.position.northing.value() - own.northing.value()));
}

PlaceComparison PlaceComparer::Result() const {
  std::vector<double> ascending = distances_m_;
  std::sort(ascending.begin(), ascending.end());
  return {compared_, placed_, placed_ - static_cast<std::int64_t>(ascending.size()), Rank(ascending, 0.5),
          Rank(ascending, 0.9)};
}

}  // namespace lagesbild::geo
