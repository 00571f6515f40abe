#include <limits>

#include "tools/hotspot_files.h"

namespace lagesbild::tools {
namespace {

geo::HotspotTestOptions TestOptions(const HotspotsCommand& command) {
  geo::HotspotTestOptions options;
  options.min_incidents = command.min_incidents;
  options.min_cell_count = command.min_cell_count;
  options.alpha_95 = command.fdr;
  options.permutations = command.permutations;
  options.seed = command.seed;
  return options;
}

void AddRows(const HotspotsCommand& command, const HotspotGroup& group, const geo::HotspotLayerResult& result,
             std::vector<HotspotRow>& rows) {
  for (const geo::HotspotCell& cell : result.cells) {
    HotspotRow row;
    row.group = group.label;
    row.cell = cell.cell;
    row.reported = group.reported[cell.cell];
    row.count = cell.count;
    row.neighborhood_count = cell.neighborhood_count;
    row.exposure = cell.exposure;
    row.expected = cell.expected;
    row.value = cell.neighborhood_count;
    row.z = std::numeric_limits<double>::quiet_NaN();
    row.p = cell.binomial_p;
    row.q = cell.q_value;
    row.maximum_p = cell.maximum_p;
    const double decides = command.inference == "permutation" ? cell.maximum_p : cell.q_value;
    row.hot = decides <= command.fdr && cell.neighborhood_count >= command.min_cell_count;
    rows.push_back(row);
  }
}

double Total(const geo::Grid<double>& exposure) {
  double total = 0;
  for (const double value : exposure.values()) total += value;
  return total;
}

}  // namespace

HotspotAnswer TestCounts(const HotspotsCommand& command, const HotspotGrid& grid) {
  std::vector<geo::HotspotLayerInput> layers;
  for (const HotspotGroup& group : grid.groups)
    layers.push_back({.group = group.label, .counts = group.counts, .exposure = grid.exposure});
  const geo::HotspotTestOptions options = TestOptions(command);
  const geo::HotspotTestResult result = geo::TestHotspots(layers, options);
  HotspotAnswer answer;
  answer.settings = {.side = "high",
                     .family = result.family_size,
                     .correction = command.inference == "permutation" ? "max" : "bh",
                     .seed = command.seed,
                     .draws = command.permutations};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const geo::HotspotLayerResult& layer = result.layers[i];
    if (!layer.tested) {
      answer.too_few.emplace_back(layer.group, layer.incidents_in_mask);
      continue;
    }
    AddRows(command, grid.groups[i], layer, answer.rows);
    if (answer.power) continue;
    std::vector<double> exposures;
    for (const geo::HotspotCell& cell : layer.cells) exposures.push_back(cell.exposure);
    answer.power = geo::MeasureLayerPower(layer.incidents_in_mask, exposures, Total(grid.exposure),
                                          result.family_size, options);
  }
  return answer;
}

}  // namespace lagesbild::tools
