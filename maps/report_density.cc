#include "maps/report_density.h"

#include <map>
#include <utility>

namespace lagesbild::maps {
namespace {

using Corner = std::pair<int, int>;  ///< row, column of a cell's south-west corner: ordered row-major

/// Sides between inside and outside, inside to the left, by the corner where they start.
using Sides = std::multimap<Corner, Corner>;

Sides FindSides(const geo::Grid<double>& grid, double lower) {
  const geo::GridSpec& spec = grid.spec();
  const auto inside = [&](int column, int row) {
    return column >= 0 && row >= 0 && column < spec.columns && row < spec.rows && grid[{column, row}] > lower;
  };
  Sides sides;
  for (int row = 0; row < spec.rows; ++row)
    for (int column = 0; column < spec.columns; ++column) {
      if (!inside(column, row)) continue;
      if (!inside(column, row - 1)) sides.emplace(Corner{row, column}, Corner{row, column + 1});
      if (!inside(column + 1, row)) sides.emplace(Corner{row, column + 1}, Corner{row + 1, column + 1});
      if (!inside(column, row + 1)) sides.emplace(Corner{row + 1, column + 1}, Corner{row + 1, column});
      if (!inside(column - 1, row)) sides.emplace(Corner{row + 1, column}, Corner{row, column});
    }
  return sides;
}

bool InLine(Corner a, Corner b, Corner c) {
  return (a.first == b.first && b.first == c.first) || (a.second == b.second && b.second == c.second);
}

}  // namespace

std::vector<geo::Ring> RingsAbove(const geo::Grid<double>& grid, double lower) {
  const geo::GridSpec& spec = grid.spec();
  const auto point = [&](Corner corner) {
    return geo::PlanePoint{geo::Meters{spec.origin.easting.value() + corner.second * spec.cell_size.value()},
                           geo::Meters{spec.origin.northing.value() + corner.first * spec.cell_size.value()}};
  };
  Sides sides = FindSides(grid, lower);
  std::vector<geo::Ring> rings;
  while (!sides.empty()) {
    std::vector<Corner> corners;
    for (auto side = sides.begin(); side != sides.end(); side = sides.find(corners.back())) {
      const Corner next = side->second;
      if (corners.empty()) corners.push_back(side->first);
      sides.erase(side);
      if (corners.size() >= 2 && InLine(corners[corners.size() - 2], corners.back(), next))
        corners.pop_back();
      corners.push_back(next);
    }
    corners
        .pop_back();  // the start again; it is the lowest and westernmost corner, where a ring always turns
    geo::Ring ring;
    for (const Corner& corner : corners) ring.push_back(point(corner));
    rings.push_back(std::move(ring));
  }
  return rings;
}

}  // namespace lagesbild::maps
