#include "geo/lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/lattice_quadtree.h"

namespace lagesbild::geo {
namespace {

bool InDistrict(const std::vector<std::shared_ptr<const StudyArea>>& parts, PlanePoint point) {
  return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part->contains(point); });
}

double DistanceToDistrict(const std::vector<std::shared_ptr<const StudyArea>>& parts, PlanePoint point) {
  double best = std::numeric_limits<double>::infinity();
  for (const auto& part : parts) best = std::min(best, part->distance_to_boundary(point).value());
  return best;
}

/// Whether one polygon holds the whole circle.
bool HoldsCircle(const StudyArea& area, PlanePoint point, Meters radius) {
  return area.contains(point) && area.distance_to_boundary(point) >= radius;
}

}  // namespace

std::string_view AreaLevelCode(AreaLevel level) {
  switch (level) {
    case AreaLevel::kMunicipality:
      return "municipality";
    case AreaLevel::kDistrict:
      return "district";
    case AreaLevel::kLocality:
      return "locality";
    case AreaLevel::kLeaf:
      return "leaf";
  }
  return "leaf";
}

std::optional<std::pair<int, int>> Lattice::DistrictAndPlaceOf(PlanePoint point) const {
  if (!boundary_->contains(point)) return std::nullopt;
  std::size_t district = 0;
  while (district < districts_.size() && !districts_[district].parts.empty() &&
         !InDistrict(districts_[district].parts, point))
    ++district;
  if (district == districts_.size()) {
    district = 0;
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < districts_.size(); ++i) {
      const double distance = DistanceToDistrict(districts_[i].parts, point);
      if (distance < best) best = distance, district = i;
    }
  }
  for (const auto& [polygon, place] : districts_[district].localities)
    if (polygon->contains(point)) return std::pair{static_cast<int>(district), place};
  return std::pair{static_cast<int>(district), districts_[district].countryside};
}

std::optional<int> Lattice::LeafOf(PlanePoint point, LatticeGrain grain) const {
  const auto found = DistrictAndPlaceOf(point);
  if (!found) return std::nullopt;
  const int place = found->second;
  int leaf = -1;
  for (int size = kLargestSquareM; size >= kSmallestSquareM && leaf < 0; size /= 2) {
    const LatticeSquare square = SquareOf(point, size);
    const auto entry = leaf_of_square_.find({place, size, square.column, square.row});
    if (entry != leaf_of_square_.end()) leaf = entry->second;
  }
  if (leaf < 0) {
    // A sliver in no district can lie in a square that the place does not reach: the nearest square holds it.
    double best = std::numeric_limits<double>::infinity();
    const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    for (auto entry = leaf_of_square_.lower_bound({place, 0, lowest, lowest});
         entry != leaf_of_square_.end() && std::get<0>(entry->first) == place; ++entry) {
      const auto& [of_place, size, column, row] = entry->first;
      const double distance = SquaredDistance(point, {size, column, row});
      if (distance < best) best = distance, leaf = entry->second;
    }
  }
  while (grain == LatticeGrain::kCoarse && !areas_[static_cast<std::size_t>(leaf)].coarse_leaf)
    leaf = areas_[static_cast<std::size_t>(leaf)].parent;
  return leaf;
}

std::optional<Lattice::PlaceAt> Lattice::PlaceOf(PlanePoint point) const {
  const auto found = DistrictAndPlaceOf(point);
  if (!found) return std::nullopt;
  const Place& place = places_[static_cast<std::size_t>(found->second)];
  return PlaceAt{place.area, place.is_locality};
}

std::optional<int> Lattice::SurelyIn(PlanePoint point, Meters radius) const {
  const auto found = DistrictAndPlaceOf(point);
  if (!found) return std::nullopt;
  const District& district = districts_[static_cast<std::size_t>(found->first)];
  const bool in_district = district.parts.empty() ||
                           std::any_of(district.parts.begin(), district.parts.end(),
                                       [&](const auto& part) { return HoldsCircle(*part, point, radius); });
  if (!in_district) return 0;
  const Place& place = places_[static_cast<std::size_t>(found->second)];
  // Inside one locality, or clear of every locality; across the line only the district is sure.
  const bool in_place =
      std::all_of(district.localities.begin(), district.localities.end(), [&](const auto& locality) {
        return locality.second == found->second && place.is_locality
                   ? !locality.first->contains(point) || HoldsCircle(*locality.first, point, radius)
                   : locality.first->distance_to_boundary(point) >= radius;
      });
  return in_place ? place.area : district.area;
}

std::vector<int> Lattice::Leaves(LatticeGrain grain) const {
  std::vector<int> leaves;
  for (std::size_t i = 0; i < areas_.size(); ++i)
    if (areas_[i].is_leaf(grain)) leaves.push_back(static_cast<int>(i));
  return leaves;
}

std::vector<InhabitedSquare> Lattice::InhabitedPart(int area) const {
  std::map<std::pair<Meters, Meters>, InhabitedSquare> squares;
  const auto [first, last] = Span(area);
  for (int i = first; i < last; ++i)
    for (const InhabitedSquare& part : areas_[static_cast<std::size_t>(i)].inhabited) {
      InhabitedSquare& square = squares[{part.south_west.northing, part.south_west.easting}];
      square.south_west = part.south_west;
      square.dwellings += part.dwellings;
      square.persons += part.persons;
    }
  std::vector<InhabitedSquare> answer;
  answer.reserve(squares.size());
  for (const auto& [corner, square] : squares) answer.push_back(square);
  return answer;
}

}  // namespace lagesbild::geo
