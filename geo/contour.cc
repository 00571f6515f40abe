#include "geo/contour.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// A connection of two neighboring centers: from a cell to the east (even) or to the north (odd).
using EdgeId = std::uint64_t;

/// Segments through the squares of four centers, each from one connection to another, larger values to the
/// left.
class Squares {
 public:
  Squares(const Grid<double>& surface, double level) : surface_(surface), level_(level) {
    for (int row = 0; row + 1 < surface.spec().rows; ++row)
      for (int column = 0; column + 1 < surface.spec().columns; ++column) AddSquare(column, row);
  }

  std::vector<Contour> Lines() {
    std::map<EdgeId, EdgeId> from = next_;
    std::vector<Contour> lines;
    // Open lines begin where no segment ends.
    std::map<EdgeId, bool> ended;
    for (const auto& [start, end] : next_) ended[end] = true;
    for (const auto& [start, end] : next_)
      if (!ended.contains(start)) lines.push_back(Follow(start, from));
    while (!from.empty()) lines.push_back(Follow(from.begin()->first, from));
    return lines;
  }

 private:
  EdgeId Id(int column, int row, bool north) const {
    return 2 * static_cast<EdgeId>(surface_.spec().index({column, row})) + (north ? 1 : 0);
  }

  void AddSquare(int column, int row) {
    // Counter-clockwise from the south-west.
    const double values[] = {surface_[{column, row}], surface_[{column + 1, row}],
                             surface_[{column + 1, row + 1}], surface_[{column, row + 1}]};
    double mean = 0;
    for (const double value : values) {
      if (!std::isfinite(value)) return;
      mean += value / 4;
    }
    const EdgeId edges[] = {Id(column, row, false), Id(column + 1, row, true), Id(column, row + 1, false),
                            Id(column, row, true)};
    // Going around counter-clockwise, a line enters where the values fall below the level, having them to the
    // left, and leaves where they rise again.
    std::vector<int> falls, rises;
    for (int i = 0; i < 4; ++i) {
      const bool above = values[i] >= level_, next_above = values[(i + 1) % 4] >= level_;
      if (above && !next_above) falls.push_back(i);
      if (!above && next_above) rises.push_back(i);
    }
    if (falls.size() == 1) next_[edges[falls[0]]] = edges[rises[0]];
    if (falls.size() != 2) return;
    // A saddle. The connection after a fall is a rise: joining them cuts off one low corner; where the middle
    // is low each fall is joined to the rise before it instead, which cuts off the high corners.
    for (const int fall : falls) next_[edges[fall]] = edges[mean >= level_ ? (fall + 1) % 4 : (fall + 3) % 4];
  }

  PlanePoint Place(EdgeId id) const {
    const auto columns = static_cast<EdgeId>(surface_.spec().columns);
    const CellIndex a{static_cast<int>(id / 2 % columns), static_cast<int>(id / 2 / columns)};
    const CellIndex b = id % 2 ? CellIndex{a.column, a.row + 1} : CellIndex{a.column + 1, a.row};
    const double t = (level_ - surface_[a]) / (surface_[b] - surface_[a]);
    const PlanePoint from = surface_.spec().center(a), to = surface_.spec().center(b);
    return {Meters{from.easting.value() + t * (to.easting.value() - from.easting.value())},
            Meters{from.northing.value() + t * (to.northing.value() - from.northing.value())}};
  }

  Contour Follow(EdgeId start, std::map<EdgeId, EdgeId>& from) const {
    Contour line;
    line.points.push_back(Place(start));
    for (EdgeId at = start; from.contains(at);) {
      const EdgeId next = from.at(at);
      from.erase(at);
      if (next == start) {
        line.closed = true;
        break;
      }
      line.points.push_back(Place(next));
      at = next;
    }
    return line;
  }

  const Grid<double>& surface_;
  double level_;
  std::map<EdgeId, EdgeId> next_;
};

}  // namespace

std::vector<Contour> ContoursOf(const Grid<double>& surface, double level) {
  if (!std::isfinite(level))
    throw InvalidInput("the level of a contour must be a finite number, was " + std::to_string(level));
  return Squares(surface, level).Lines();
}

}  // namespace lagesbild::geo
