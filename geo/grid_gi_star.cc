#include "geo/grid_gi_star.h"

#include <limits>
#include <vector>

#include "geo/getis_ord.h"
#include "geo/permutation_tail.h"
#include "geo/spatial_weights.h"

namespace lagesbild::geo {
namespace {

constexpr int kFewestCells = 3;  // GetisOrdGStar needs as many

}  // namespace

GridGiStar GiStarOnMaskedGrid(const Grid<int>& counts, const Grid<double>& exposure) {
  const GridSpec& grid = counts.spec();
  Grid<char> mask(grid, 0);
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column)
      mask[{column, row}] = exposure[{column, row}] > 0 || counts[{column, row}] > 0 ? 1 : 0;

  const double nan = std::numeric_limits<double>::quiet_NaN();
  GridGiStar answer{Grid<double>(grid, nan), Grid<double>(grid, nan)};
  const MaskedGridWeights masked = ContiguityWeights(mask, Contiguity::kQueen);
  if (masked.cells.size() < kFewestCells) return answer;

  std::vector<double> values;
  std::vector<int> integers;
  for (const CellIndex cell : masked.cells) {
    values.push_back(counts[cell]);
    integers.push_back(counts[cell]);
  }
  const GetisOrd gi = GetisOrdGStar(values, WithSelf(masked.weights));
  const PermutationTails tails = ExactPermutationTails(integers, masked.weights);
  for (std::size_t i = 0; i < masked.cells.size(); ++i) {
    answer.z_scores[masked.cells[i]] = gi.z_scores[i];
    answer.exact_p_values[masked.cells[i]] = tails.p_at_least[i];
  }
  return answer;
}

}  // namespace lagesbild::geo
