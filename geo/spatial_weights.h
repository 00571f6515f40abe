#pragma once

#include <span>
#include <vector>

#include "geo/grid.h"

namespace lagesbild::geo {

/// One non-zero weight of a row.
struct Neighbor {
  int index = 0;
  double weight = 1;
  friend bool operator==(Neighbor, Neighbor) = default;
};

/// Sparse spatial weights: for each of n places its neighbors in ascending order, each once. Need not be
/// symmetric. A place without neighbors is an island. A place may be its own neighbor (for Gi*).
class SpatialWeights {
 public:
  SpatialWeights() = default;
  /// `rows[i]` are the neighbors of place i, in any order; places with weight 0 are dropped.
  /// Throws InvalidInput: an index outside 0..n-1, a neighbor named twice in a row, a weight that is negative
  /// or not finite.
  explicit SpatialWeights(std::vector<std::vector<Neighbor>> rows);

  int size() const { return static_cast<int>(begin_.size()) - 1; }
  std::span<const Neighbor> row(int i) const {
    const auto k = static_cast<std::size_t>(i);
    return std::span(entries_).subspan(begin_[k], begin_[k + 1] - begin_[k]);
  }
  /// Number of neighbors, the place itself not counted.
  int cardinality(int i) const;
  bool is_island(int i) const { return cardinality(i) == 0; }
  bool has_self(int i) const;

 private:
  std::vector<std::size_t> begin_ = {0};
  std::vector<Neighbor> entries_;
};

/// Every weight 1.
SpatialWeights Binary(const SpatialWeights& weights);
/// Every row divided by its sum; islands stay islands.
SpatialWeights RowStandardized(const SpatialWeights& weights);
/// The place itself as a neighbor with this weight, in place of one that is there. Weight > 0.
SpatialWeights WithSelf(const SpatialWeights& weights, double self_weight = 1);

enum class Contiguity { kRook, kQueen };

struct MaskedGridWeights {
  std::vector<CellIndex>
      cells;               ///< the cells inside the mask, row-major from the south-west: place i is cells[i]
  SpatialWeights weights;  ///< binary
};

/// Contiguity of the cells inside the mask (non-zero); cells outside neither have nor are neighbors, nor
/// count in n.
MaskedGridWeights ContiguityWeights(const Grid<char>& mask, Contiguity contiguity);

}  // namespace lagesbild::geo
