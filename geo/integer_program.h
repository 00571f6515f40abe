#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace lagesbild::geo {

/// Minimize cost · x subject to rows of equations, with whole numbers lower <= x <= upper.
struct IntegerProgram {
  static constexpr int kNoUpper = -1;
  struct Column {
    double cost = 0;
    int lower = 0, upper = kNoUpper;
    std::vector<std::pair<int, int>> entries;  ///< row, coefficient
  };
  std::vector<Column> columns;
  std::vector<int> right_side;  ///< one per row
};

/// A solution in whole numbers that satisfies every row and bound exactly, checked in integers: what is
/// returned is a solution whatever the solver's tolerances. It is optimal as far as the solver knows. Empty
/// when there is none, or none was found in `max_nodes` branches. Deterministic: one thread, no clock.
/// Solver: COIN-OR CLP, and CBC where the linear relaxation is not whole.
std::optional<std::vector<int>> SolveIntegerProgram(const IntegerProgram& program, int max_nodes = 2000);

}  // namespace lagesbild::geo
