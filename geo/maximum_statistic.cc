#include <algorithm>
#include <random>

#include "geo/errors.h"
#include "geo/random_draw.h"
#include "geo/tested_layer.h"

namespace lagesbild::geo {
namespace {

/// Redraws one layer. Keeps its buffers and the tails that it has computed from one redraw to the next.
class LayerRedraw {
 public:
  explicit LayerRedraw(const TestedLayer& layer)
      : layer_(layer), counts_(layer.chance.size(), 0), tails_(layer.chance.size()) {}

  double SmallestTail(std::mt19937_64 random, int min_cell_count) {
    for (int incident = 0; incident < layer_.incidents; ++incident) Place(Draw(random));
    double smallest = 1;
    for (const std::size_t cell : touched_) {
      // Neighborhoods of cells outside the mask are not looked at, here as on the map.
      if (layer_.chance[cell] > 0 && counts_[cell] >= min_cell_count)
        smallest = std::min(smallest, Tail(cell));
      counts_[cell] = 0;
    }
    touched_.clear();
    return smallest;
  }

 private:
  /// A cell with a chance that follows its exposure.
  std::size_t Draw(std::mt19937_64& random) const {
    const double uniform = DrawUniform(random);
    const std::vector<double>& cumulative = layer_.cumulative_exposure;
    const double target = uniform * cumulative.back();
    // The first cell above the target; rounding of the product must not lead past the last cell with
    // exposure.
    const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), target);
    if (found != cumulative.end()) return static_cast<std::size_t>(found - cumulative.begin());
    return static_cast<std::size_t>(
        std::lower_bound(cumulative.begin(), cumulative.end(), cumulative.back()) - cumulative.begin());
  }

  void Place(std::size_t cell) {
    const auto columns = static_cast<std::size_t>(layer_.grid.columns);
    const CellIndex index{static_cast<int>(cell % columns), static_cast<int>(cell / columns)};
    ForNeighborhood(layer_.grid, index, [&](CellIndex neighbor) {
      const std::size_t i = layer_.grid.index(neighbor);
      if (counts_[i]++ == 0) touched_.push_back(i);
    });
  }

  double Tail(std::size_t cell) {
    std::vector<double>& known = tails_[cell];
    const auto count = static_cast<std::size_t>(counts_[cell]);
    if (known.size() <= count) known.resize(count + 1, -1);
    if (known[count] < 0) known[count] = layer_.Tail(cell, counts_[cell]);
    return known[count];
  }

  const TestedLayer& layer_;
  std::vector<int> counts_;           // of neighborhoods
  std::vector<std::size_t> touched_;  // cells with a count
  std::vector<std::vector<double>> tails_;
};

}  // namespace

std::vector<double> SimulateSmallestTails(const std::vector<const TestedLayer*>& layers,
                                          const HotspotTestOptions& options) {
  std::vector<LayerRedraw> redraws;
  redraws.reserve(layers.size());
  for (const TestedLayer* layer : layers) redraws.emplace_back(*layer);
  std::vector<double> smallest;
  for (int permutation = 0; permutation < options.permutations; ++permutation) {
    if (options.stop.stop_requested()) throw Cancelled();
    double tail = 1;
    for (std::size_t i = 0; i < redraws.size(); ++i) {
      tail = std::min(tail, redraws[i].SmallestTail(
                                ReplicateRandom(options.seed + i, static_cast<std::uint64_t>(permutation)),
                                options.min_cell_count));
    }
    smallest.push_back(tail);
  }
  std::sort(smallest.begin(), smallest.end());
  return smallest;
}

}  // namespace lagesbild::geo
