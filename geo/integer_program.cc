#include "geo/integer_program.h"

#include <CbcModel.hpp>
#include <ClpSimplex.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>

namespace lagesbild::geo {
namespace {

bool Solves(const IntegerProgram& program, const std::vector<int>& values) {
  std::vector<long> sums(program.right_side.size(), 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const IntegerProgram::Column& column = program.columns[i];
    if (values[i] < column.lower) return false;
    if (column.upper != IntegerProgram::kNoUpper && values[i] > column.upper) return false;
    for (const auto& [row, coefficient] : column.entries)
      sums[static_cast<std::size_t>(row)] += static_cast<long>(coefficient) * values[i];
  }
  for (std::size_t row = 0; row < sums.size(); ++row)
    if (sums[row] != program.right_side[row]) return false;
  return true;
}

std::optional<std::vector<int>> Rounded(const IntegerProgram& program, const double* solution) {
  std::vector<int> values;
  for (std::size_t i = 0; i < program.columns.size(); ++i) {
    if (!(std::abs(solution[i]) < 1e9)) return std::nullopt;
    values.push_back(static_cast<int>(std::lround(solution[i])));
  }
  if (!Solves(program, values)) return std::nullopt;
  return values;
}

void Load(const IntegerProgram& program, ClpSimplex& solver) {
  const int columns = static_cast<int>(program.columns.size());
  const int rows = static_cast<int>(program.right_side.size());
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> indices;
  std::vector<double> elements, lower, upper, cost;
  for (const IntegerProgram::Column& column : program.columns) {
    for (const auto& [row, coefficient] : column.entries) {
      indices.push_back(row);
      elements.push_back(coefficient);
    }
    starts.push_back(static_cast<CoinBigIndex>(indices.size()));
    lower.push_back(column.lower);
    upper.push_back(column.upper == IntegerProgram::kNoUpper ? COIN_DBL_MAX : column.upper);
    cost.push_back(column.cost);
  }
  const std::vector<double> right_side(program.right_side.begin(), program.right_side.end());
  solver.loadProblem(columns, rows, starts.data(), indices.data(), elements.data(), lower.data(),
                     upper.data(), cost.data(), right_side.data(), right_side.data());
}

/// The linear relaxation, without presolve: the programmes are small and begin near their solution. The dual
/// method where no column pays for itself, since zero is then optimal but for the rows; else the primal.
bool Relax(const IntegerProgram& program, ClpSimplex& solver) {
  const bool none_pays = std::none_of(program.columns.begin(), program.columns.end(),
                                      [](const IntegerProgram::Column& column) { return column.cost < 0; });
  if (none_pays)
    solver.dual();
  else
    solver.primal();
  return solver.isProvenOptimal();
}

std::optional<std::vector<int>> Branch(const IntegerProgram& program, ClpSimplex& relaxed, int max_nodes) {
  OsiClpSolverInterface solver(&relaxed);
  solver.messageHandler()->setLogLevel(0);
  for (int i = 0; i < static_cast<int>(program.columns.size()); ++i) solver.setInteger(i);
  CbcModel model(solver);
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.setMaximumNodes(max_nodes);
  model.branchAndBound();
  if (model.bestSolution() == nullptr) return std::nullopt;
  return Rounded(program, model.bestSolution());
}

}  // namespace

std::optional<std::vector<int>> SolveIntegerProgram(const IntegerProgram& program, int max_nodes) {
  if (program.columns.empty()) {
    for (const int value : program.right_side)
      if (value != 0) return std::nullopt;
    return std::vector<int>{};
  }
  ClpSimplex solver;
  solver.setLogLevel(0);
  Load(program, solver);
  if (!Relax(program, solver)) return std::nullopt;
  if (auto values = Rounded(program, solver.primalColumnSolution())) return values;
  return Branch(program, solver, max_nodes);
}

}  // namespace lagesbild::geo
