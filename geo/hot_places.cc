#include "geo/hot_places.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace lagesbild::geo {
namespace {

/// Smaller is stronger.
auto StrengthOf(const PictureCell& cell) {
  return std::tuple(-cell.test.hot_class, cell.test.q_value, -cell.neighborhood_incidents, -cell.incidents,
                    cell.test.cell.row, cell.test.cell.column);
}

auto RankInPlace(const PictureCell& cell) {
  return std::tuple(-cell.test.hot_class, cell.incidents == 0, cell.test.q_value, -cell.incidents,
                    -cell.neighborhood_incidents, cell.test.cell.row, cell.test.cell.column);
}

/// Takes the cells that hang together with the first one out of `hot`.
std::vector<const PictureCell*> TakeComponent(std::map<CellIndex, const PictureCell*>& hot) {
  std::vector<const PictureCell*> component = {hot.begin()->second};
  hot.erase(hot.begin());
  for (std::size_t i = 0; i < component.size(); ++i) {
    const CellIndex cell = component[i]->test.cell;
    for (int row = -1; row <= 1; ++row)
      for (int column = -1; column <= 1; ++column)
        if (const auto found = hot.find({cell.column + column, cell.row + row}); found != hot.end()) {
          component.push_back(found->second);
          hot.erase(found);
        }
  }
  return component;
}

}  // namespace

std::vector<HotPlace> HotPlaces(const PictureLayer& layer, const GridSpec& grid) {
  std::map<CellIndex, const PictureCell*> hot;
  if (layer.tested)
    for (const PictureCell& cell : layer.cells)
      if (cell.test.hot_class > 0) hot.emplace(cell.test.cell, &cell);
  struct Component {
    const PictureCell* peak;
    int cells, doubtful;
  };
  std::vector<Component> components;
  while (!hot.empty()) {
    const auto cells = TakeComponent(hot);
    const PictureCell* peak = *std::min_element(cells.begin(), cells.end(), [](const auto* a, const auto* b) {
      return RankInPlace(*a) < RankInPlace(*b);
    });
    int doubtful = 0;
    for (const PictureCell* cell : cells) doubtful = std::max(doubtful, cell->neighborhood_doubtful);
    components.push_back({peak, static_cast<int>(cells.size()), doubtful});
  }
  std::sort(components.begin(), components.end(),
            [](const Component& a, const Component& b) { return StrengthOf(*a.peak) < StrengthOf(*b.peak); });
  std::vector<HotPlace> places;
  places.reserve(components.size());
  for (const auto& [peak, cells, doubtful] : components)
    places.push_back({peak->test.cell, grid.center(peak->test.cell), cells, peak->neighborhood_incidents,
                      peak->test.neighborhood_count, peak->neighborhood_reporters, peak->test.expected,
                      peak->test.q_value, peak->test.maximum_p, peak->test.hot_class, peak->test.binomial_p,
                      peak->neighborhood_of_new, doubtful});
  return places;
}

}  // namespace lagesbild::geo
