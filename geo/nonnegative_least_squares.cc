#include "geo/nonnegative_least_squares.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

void CheckInput(std::span<const SparseColumn> columns, std::span<const double> right_side, double tolerance) {
  if (!(tolerance > 0 && tolerance < 1)) throw InvalidInput("the tolerance must lie between 0 and 1");
  for (const double value : right_side)
    if (!std::isfinite(value)) throw InvalidInput("every value of the right side must be finite");
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (const auto& [row, value] : columns[j])
      if (row >= right_side.size() || !std::isfinite(value))
        throw InvalidInput("column " + std::to_string(j) +
                           " must have finite values in rows of the right side");
}

/// State of the active set method. `used_` are the columns that may be over 0, in the order they came.
class Solver {
 public:
  Solver(std::span<const SparseColumn> columns, std::span<const double> right_side)
      : columns_(columns), right_side_(right_side), x_(columns.size()), work_(right_side.size()) {
    for (const SparseColumn& column : columns) {
      double sum = 0;
      for (const auto& entry : column) sum += entry.second * entry.second;
      norms_.push_back(std::sqrt(sum));
    }
    for (const double value : right_side) size_ += value * value;
    size_ = std::sqrt(size_);
  }

  std::vector<double> Solve(double tolerance, const std::stop_token& stop) {
    std::vector<bool> barred(columns_.size());
    for (std::size_t step = 0; step < 3 * columns_.size(); ++step) {
      if (stop.stop_requested()) throw Cancelled();
      const std::size_t best = SteepestUnused(barred, tolerance);
      if (best == columns_.size()) break;
      Use(best);
      Eigen::VectorXd wanted = Unconstrained();
      // Rounding can promise a descent that is none: without this the method would go in circles.
      if (wanted(wanted.size() - 1) <= 0) {
        Drop(used_.size() - 1);
        barred[best] = true;
        continue;
      }
      StepTowards(std::move(wanted));
      std::fill(barred.begin(), barred.end(), false);
    }
    return x_;
  }

 private:
  /// b - A x.
  void Residual(std::vector<double>& residual) const {
    residual.assign(right_side_.begin(), right_side_.end());
    for (const std::size_t j : used_)
      for (const auto& [row, value] : columns_[j]) residual[row] -= value * x_[j];
  }

  static double Dot(const SparseColumn& column, const std::vector<double>& dense) {
    double sum = 0;
    for (const auto& [row, value] : column) sum += value * dense[row];
    return sum;
  }

  /// The unused column along which the error falls most; columns_.size() when it falls along none.
  std::size_t SteepestUnused(const std::vector<bool>& barred, double tolerance) {
    Residual(work_);
    std::vector<bool> skipped = barred;
    for (const std::size_t j : used_) skipped[j] = true;
    std::size_t best = columns_.size();
    double steepest = tolerance * size_;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      if (skipped[j] || norms_[j] == 0) continue;
      const double slope = Dot(columns_[j], work_) / norms_[j];
      if (slope > steepest) {
        steepest = slope;
        best = j;
      }
    }
    return best;
  }

  void Use(std::size_t column) {
    used_.push_back(column);
    std::fill(work_.begin(), work_.end(), 0.0);
    for (const auto& [row, value] : columns_[column]) work_[row] = value;
    const auto size = static_cast<Eigen::Index>(used_.size());
    gram_.conservativeResize(size, size);
    for (Eigen::Index i = 0; i < size; ++i)
      gram_(i, size - 1) = gram_(size - 1, i) = Dot(columns_[used_[static_cast<std::size_t>(i)]], work_);
  }

  void Drop(std::size_t position) {
    x_[used_[position]] = 0;
    used_.erase(used_.begin() + static_cast<std::ptrdiff_t>(position));
    const Eigen::Index last = gram_.rows() - 1, at = static_cast<Eigen::Index>(position);
    gram_.middleRows(at, last - at) = gram_.bottomRows(last - at).eval();
    gram_.middleCols(at, last - at) = gram_.rightCols(last - at).eval();
    gram_.conservativeResize(last, last);
  }

  /// The least squares solution over the used columns, of any sign.
  Eigen::VectorXd Unconstrained() {
    const Eigen::LDLT<Eigen::MatrixXd> factor(gram_);
    const auto size = static_cast<Eigen::Index>(used_.size());
    Eigen::VectorXd solution = Eigen::VectorXd::Zero(size);
    for (int round = 0; round < 2; ++round) {  // the second refines
      work_.assign(right_side_.begin(), right_side_.end());
      for (Eigen::Index i = 0; i < size; ++i)
        for (const auto& [row, value] : columns_[used_[static_cast<std::size_t>(i)]])
          work_[row] -= value * solution(i);
      Eigen::VectorXd slope(size);
      for (Eigen::Index i = 0; i < size; ++i)
        slope(i) = Dot(columns_[used_[static_cast<std::size_t>(i)]], work_);
      solution += factor.solve(slope);
    }
    return solution;
  }

  /// Goes to the wanted solution as far as nothing becomes negative, drops what became 0, and again.
  void StepTowards(Eigen::VectorXd wanted) {
    while (!used_.empty()) {
      double share = 1;
      for (std::size_t i = 0; i < used_.size(); ++i) {
        const double from = x_[used_[i]], to = wanted(static_cast<Eigen::Index>(i));
        if (to <= 0) share = std::min(share, from / (from - to));
      }
      const bool whole = share >= 1 && wanted.minCoeff() > 0;
      for (std::size_t i = 0; i < used_.size(); ++i) {
        const double to = wanted(static_cast<Eigen::Index>(i));
        x_[used_[i]] = whole ? to : x_[used_[i]] + share * (to - x_[used_[i]]);
      }
      if (whole) return;
      // At least the one that limited the step goes, so this ends.
      std::size_t smallest = 0;
      for (std::size_t i = 0; i < used_.size(); ++i)
        if (wanted(static_cast<Eigen::Index>(i)) <= 0 &&
            (wanted(static_cast<Eigen::Index>(smallest)) > 0 || x_[used_[i]] < x_[used_[smallest]]))
          smallest = i;
      x_[used_[smallest]] = 0;
      for (std::size_t i = used_.size(); i-- > 0;)
        if (x_[used_[i]] <= 0) Drop(i);
      if (used_.empty()) return;
      wanted = Unconstrained();
    }
  }

  std::span<const SparseColumn> columns_;
  std::span<const double> right_side_;
  std::vector<double> norms_, x_, work_;
  double size_ = 0;
  std::vector<std::size_t> used_;
  Eigen::MatrixXd gram_;
};

}  // namespace

std::vector<double> NonnegativeLeastSquares(std::span<const SparseColumn> columns,
                                            std::span<const double> right_side, double tolerance,
                                            std::stop_token stop) {
  CheckInput(columns, right_side, tolerance);
  return Solver(columns, right_side).Solve(tolerance, stop);
}

}  // namespace lagesbild::geo
