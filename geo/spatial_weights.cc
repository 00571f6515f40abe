#include "geo/spatial_weights.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

void CheckRow(const std::vector<Neighbor>& row, int i, int n) {
  const std::string place = "place " + std::to_string(i);
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (row[k].index < 0 || row[k].index >= n)
      throw InvalidInput(place + " has neighbor " + std::to_string(row[k].index) +
                         "; neighbors lie between 0 and " + std::to_string(n - 1));
    if (!std::isfinite(row[k].weight) || row[k].weight < 0)
      throw InvalidInput(place + " has a weight that is negative or not finite");
    if (k > 0 && row[k].index == row[k - 1].index)
      throw InvalidInput(place + " has neighbor " + std::to_string(row[k].index) + " twice");
  }
}

/// The same neighbors with weights made by `weight(row, neighbor)`.
template <class Weight>
SpatialWeights Reweighted(const SpatialWeights& weights, Weight weight) {
  std::vector<std::vector<Neighbor>> rows(static_cast<std::size_t>(weights.size()));
  for (int i = 0; i < weights.size(); ++i)
    for (const Neighbor& neighbor : weights.row(i))
      rows[static_cast<std::size_t>(i)].push_back({neighbor.index, weight(i, neighbor)});
  return SpatialWeights(std::move(rows));
}

}  // namespace

SpatialWeights::SpatialWeights(std::vector<std::vector<Neighbor>> rows) {
  const int n = static_cast<int>(rows.size());
  for (int i = 0; i < n; ++i) {
    std::vector<Neighbor>& row = rows[static_cast<std::size_t>(i)];
    std::sort(row.begin(), row.end(), [](const Neighbor& a, const Neighbor& b) { return a.index < b.index; });
    CheckRow(row, i, n);
    std::erase_if(row, [](const Neighbor& neighbor) { return neighbor.weight == 0; });
    entries_.insert(entries_.end(), row.begin(), row.end());
    begin_.push_back(entries_.size());
  }
}

bool SpatialWeights::has_self(int i) const {
  const auto neighbors = row(i);
  return std::any_of(neighbors.begin(), neighbors.end(),
                     [i](const Neighbor& neighbor) { return neighbor.index == i; });
}

int SpatialWeights::cardinality(int i) const {
  return static_cast<int>(row(i).size()) - (has_self(i) ? 1 : 0);
}

SpatialWeights Binary(const SpatialWeights& weights) {
  return Reweighted(weights, [](int, const Neighbor&) { return 1.0; });
}

SpatialWeights RowStandardized(const SpatialWeights& weights) {
  std::vector<double> sums(static_cast<std::size_t>(weights.size()), 0.0);
  for (int i = 0; i < weights.size(); ++i)
    for (const Neighbor& neighbor : weights.row(i)) sums[static_cast<std::size_t>(i)] += neighbor.weight;
  return Reweighted(weights, [&](int i, const Neighbor& neighbor) {
    return neighbor.weight / sums[static_cast<std::size_t>(i)];
  });
}

SpatialWeights WithSelf(const SpatialWeights& weights, double self_weight) {
  std::vector<std::vector<Neighbor>> rows(static_cast<std::size_t>(weights.size()));
  for (int i = 0; i < weights.size(); ++i) {
    std::vector<Neighbor>& row = rows[static_cast<std::size_t>(i)];
    for (const Neighbor& neighbor : weights.row(i))
      if (neighbor.index != i) row.push_back(neighbor);
    row.push_back({i, self_weight});
  }
  return SpatialWeights(std::move(rows));
}

MaskedGridWeights ContiguityWeights(const Grid<char>& mask, Contiguity contiguity) {
  const GridSpec& grid = mask.spec();
  MaskedGridWeights result;
  Grid<int> place(grid, -1);
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column)
      if (mask[{column, row}] != 0) {
        place[{column, row}] = static_cast<int>(result.cells.size());
        result.cells.push_back({column, row});
      }
  std::vector<std::vector<Neighbor>> rows(result.cells.size());
  for (std::size_t i = 0; i < result.cells.size(); ++i)
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) {
        const int steps = std::abs(dx) + std::abs(dy);
        if (steps == 0 || (contiguity == Contiguity::kRook && steps == 2)) continue;
        const CellIndex cell{result.cells[i].column + dx, result.cells[i].row + dy};
        if (cell.column < 0 || cell.column >= grid.columns || cell.row < 0 || cell.row >= grid.rows) continue;
        if (place[cell] >= 0) rows[i].push_back({place[cell], 1.0});
      }
  result.weights = SpatialWeights(std::move(rows));
  return result;
}

}  // namespace lagesbild::geo
