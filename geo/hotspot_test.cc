#include "geo/hotspot_test.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "geo/errors.h"
#include "geo/multiple_testing.h"
#include "geo/tested_layer.h"

namespace lagesbild::geo {
namespace {

void CheckArguments(std::span<const HotspotLayerInput> layers, const HotspotTestOptions& options) {
  if (options.permutations < 1)
    throw InvalidInput("the maximum statistic needs at least 1 permutation, got " +
                       std::to_string(options.permutations));
  if (!std::isfinite(options.min_expected) || options.min_expected < 0)
    throw InvalidInput("the minimum expected count must be a finite number of at least 0");
  for (const HotspotLayerInput& layer : layers) {
    if (layer.counts.spec() != layers.front().counts.spec() || layer.exposure.spec() != layer.counts.spec())
      throw InvalidInput("all counts and exposures must lie on one grid; layer " + layer.group + " differs");
    for (const int count : layer.counts.values())
      if (count < 0) throw InvalidInput("layer " + layer.group + " has a negative count");
    for (const double exposure : layer.exposure.values())
      if (!std::isfinite(exposure) || exposure < 0)
        throw InvalidInput("layer " + layer.group + " has an exposure that is negative or not finite");
  }
}

template <class T>
T NeighborhoodSum(const Grid<T>& grid, CellIndex cell) {
  T sum{};
  ForNeighborhood(grid.spec(), cell, [&](CellIndex neighbor) { sum += grid[neighbor]; });
  return sum;
}

/// The cells of the mask with counts and exposures of their neighborhoods, and what lies outside the mask.
HotspotLayerResult Collect(const HotspotLayerInput& input) {
  HotspotLayerResult result{.group = input.group, .cells = {}};
  const GridSpec& grid = input.counts.spec();
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const CellIndex cell{column, row};
      const int count = input.counts[cell];
      const double exposure = NeighborhoodSum(input.exposure, cell);
      if (!(exposure > 0)) {
        result.incidents_outside_mask += count;
        continue;
      }
      result.incidents_in_mask += count;
      if (count == 0 && !(input.exposure[cell] > 0)) continue;
      result.cells.push_back({.cell = cell,
                              .count = count,
                              .neighborhood_count = NeighborhoodSum(input.counts, cell),
                              .exposure = exposure});
    }
  return result;
}

TestedLayer Prepare(const HotspotLayerInput& input, const HotspotLayerResult& result, double min_expected) {
  TestedLayer layer{.grid = input.counts.spec(),
                    .incidents = result.incidents_in_mask,
                    .min_expected = min_expected,
                    .cumulative_exposure = {},
                    .chance = std::vector<double>(input.counts.spec().cell_count(), 0.0)};
  double total = 0;
  for (const double exposure : input.exposure.values())
    layer.cumulative_exposure.push_back(total += exposure);
  // The floor only makes small chances larger, and so the tail larger: conservative.
  const double floor = min_expected / layer.incidents;
  for (const HotspotCell& cell : result.cells)
    layer.chance[layer.grid.index(cell.cell)] = std::min(1.0, std::max(cell.exposure / total, floor));
  return layer;
}

void FillTails(HotspotLayerResult& result, const TestedLayer& layer) {
  const double total = layer.cumulative_exposure.back();
  for (HotspotCell& cell : result.cells) {
    cell.expected = layer.incidents * std::min(1.0, cell.exposure / total);
    cell.binomial_p = layer.Tail(layer.grid.index(cell.cell), cell.neighborhood_count);
  }
}

int HotClass(const HotspotCell& cell, const HotspotTestOptions& options) {
  if (cell.neighborhood_count < options.min_cell_count) return 0;
  if (cell.q_value <= options.alpha_99) return 3;
  if (cell.q_value <= options.alpha_95) return 2;
  return cell.q_value <= options.alpha_90 ? 1 : 0;
}

/// (1 + number of redraws whose smallest tail is at most p) / (M + 1).
double MaximumP(double p, const std::vector<double>& smallest_tails) {
  const auto at_most =
      std::upper_bound(smallest_tails.begin(), smallest_tails.end(), p) - smallest_tails.begin();
  return (1.0 + static_cast<double>(at_most)) / (1.0 + static_cast<double>(smallest_tails.size()));
}

/// Adjusts all cells of the layers as one family. Returns the number of tests.
std::int64_t AdjustFamily(const std::vector<HotspotLayerResult*>& results,
                          const std::vector<const TestedLayer*>& layers, const HotspotTestOptions& options) {
  std::vector<HotspotCell*> cells;
  std::vector<double> p_values;
  for (HotspotLayerResult* result : results)
    for (HotspotCell& cell : result->cells) {
      cells.push_back(&cell);
      p_values.push_back(cell.binomial_p);
    }
  if (cells.empty()) return 0;
  const std::vector<double> q_values = AdjustPValues(p_values, Adjustment::kBenjaminiHochberg);
  const std::vector<double> smallest_tails = SimulateSmallestTails(layers, options);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i]->q_value = q_values[i];
    // The statistic looks at neighborhoods that reach the minimum only; the others cannot be its maximum.
    if (cells[i]->neighborhood_count >= options.min_cell_count)
      cells[i]->maximum_p = MaximumP(p_values[i], smallest_tails);
    cells[i]->hot_class = HotClass(*cells[i], options);
  }
  for (HotspotLayerResult* result : results) result->family_size = static_cast<std::int64_t>(cells.size());
  return static_cast<std::int64_t>(cells.size());
}

}  // namespace

HotspotTestResult TestHotspots(std::span<const HotspotLayerInput> layers, const HotspotTestOptions& options) {
  CheckArguments(layers, options);
  HotspotTestResult result;
  result.layers.reserve(layers.size());
  std::vector<TestedLayer> prepared(layers.size());
  std::vector<HotspotLayerResult*> family_results;
  std::vector<const TestedLayer*> family_layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    HotspotLayerResult& layer = result.layers.emplace_back(Collect(layers[i]));
    // A layer without any incident has nothing to test, whatever the minimum is.
    layer.tested = layer.incidents_in_mask >= std::max(1, options.min_incidents);
    if (!layer.tested) {
      layer.cells.clear();
      continue;
    }
    prepared[i] = Prepare(layers[i], layer, options.min_expected);
    FillTails(layer, prepared[i]);
    if (layers[i].in_family) {
      family_results.push_back(&layer);
      family_layers.push_back(&prepared[i]);
    } else {
      AdjustFamily({&layer}, {&prepared[i]}, options);
    }
  }
  result.family_size = AdjustFamily(family_results, family_layers, options);
  return result;
}

}  // namespace lagesbild::geo
