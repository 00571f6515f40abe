#include "geo/place_retest.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "geo/picture_parts.h"

namespace lagesbild::geo {

HotspotTestResult RetestPicture(const PictureInput& input, std::vector<Incident> incidents,
                                const PictureOptions& options, const GridSpec& grid, std::stop_token stop) {
  PictureInput changed;
  changed.quarter = input.quarter;
  changed.scheme = input.scheme;
  changed.incidents = std::move(incidents);
  std::vector<HotspotLayerInput> layers;
  for (const AgeGroup& group : input.scheme.groups) {
    layers.push_back(PrepareGroup(changed, options, group, grid).input);
    layers.back().exposure = InhabitantsPerCell(input.inhabitants, group, grid);
  }
  HotspotTestOptions test = options.test;
  test.permutations = 1;
  test.stop = std::move(stop);
  return TestHotspots(layers, test);
}

bool IsHotAt(const HotspotLayerResult& layer, const GridSpec& grid, PlanePoint point) {
  const auto cell = grid.cell_of(point);
  if (!cell || !layer.tested) return false;
  return std::any_of(layer.cells.begin(), layer.cells.end(), [&](const HotspotCell& tested) {
    return tested.hot_class > 0 && std::abs(tested.cell.column - cell->column) <= 1 &&
           std::abs(tested.cell.row - cell->row) <= 1;
  });
}

}  // namespace lagesbild::geo
