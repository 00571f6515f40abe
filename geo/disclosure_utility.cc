#include "geo/disclosure_utility.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<double> Ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    const double mean = static_cast<double>(first + last - 1) / 2;
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = mean;
    first = last;
  }
  return ranks;
}

/// Released counts of a layer spread over the leaves by dwellings. 0 where nothing is released.
std::vector<double> SpreadOverLeaves(const Lattice& lattice, const DisclosureTable& table,
                                     const QuarterRelease::Layer& layer, const std::set<Cell>& released,
                                     const std::vector<int>& leaves) {
  std::vector<double> spread(leaves.size(), 0);
  for (const Cell& cell : layer.cells) {
    if (!released.contains(cell)) continue;
    const auto [first, last] = lattice.Span(cell.area);
    const double dwellings = lattice.areas()[static_cast<std::size_t>(cell.area)].dwellings;
    for (std::size_t i = 0; i < leaves.size(); ++i)
      if (leaves[i] >= first && leaves[i] < last && dwellings > 0)
        spread[i] =
            table.Value(cell) * lattice.areas()[static_cast<std::size_t>(leaves[i])].dwellings / dwellings;
  }
  return spread;
}

}  // namespace

double RankCorrelation(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) throw InvalidInput("a rank correlation needs two series of the same length");
  const std::vector<double> x = Ranks(a), y = Ranks(b);
  const double mean = (static_cast<double>(a.size()) - 1) / 2;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
    xy += (x[i] - mean) * (y[i] - mean);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : kNaN;
}

DisclosureUtility UtilityOf(const Lattice& lattice, const DisclosureTable& table, Audience audience,
                            const QuarterRelease& release) {
  DisclosureUtility utility{.share_in_released_areas = kNaN, .rank_correlation = kNaN};
  if (release.layers.empty()) return utility;
  const LatticeGrain grain = audience == Audience::kPublic ? LatticeGrain::kCoarse : LatticeGrain::kFine;
  const std::vector<int> leaves = lattice.Leaves(grain);
  std::vector<double> truth(leaves.size(), 0), shown(leaves.size(), 0);
  int in_released = 0;
  for (std::size_t l = 0; l < release.chosen_layers; ++l) {
    const QuarterRelease::Layer& layer = release.layers[l];
    Cell whole = layer.cells.front();
    whole.area = 0;
    const int placed = PlacedIncidents(table, whole);
    utility.placed_incidents += placed;
    utility.unplaced_incidents += table.Value(whole) - placed;
    for (const Cell& cell : layer.cells)
      if (release.released.contains(cell)) in_released += cell.area == 0 ? placed : table.Value(cell);
    const std::vector<double> spread = SpreadOverLeaves(lattice, table, layer, release.released, leaves);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      Cell leaf = layer.cells.front();
      leaf.area = leaves[i];
      truth[i] += table.Value(leaf);
      shown[i] += spread[i];
    }
  }
  if (utility.placed_incidents > 0)
    utility.share_in_released_areas = static_cast<double>(in_released) / utility.placed_incidents;
  utility.rank_correlation = RankCorrelation(truth, shown);
  return utility;
}

}  // namespace lagesbild::geo
