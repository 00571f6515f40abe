#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

namespace lagesbild::geo {

/// The non-zero entries of one column: row (ascending) and value.
using SparseColumn = std::vector<std::pair<std::size_t, double>>;

/// The x >= 0 that makes |A x - b| smallest; one value per column.
///
/// Active set of Lawson and Hanson (1974), on the Gram matrix of the columns in use (Bro and de Jong 1997)
/// with one step of refinement by the residual, so that the digits of `b` are not lost to the squared
/// condition. Of equal columns the first gets all. Ends when no gradient is over `tolerance` relative to the
/// column and b, or after 3 steps per column with what it has: the result is then feasible, but not the best.
/// Throws InvalidInput: a row outside `right_side`, a value not finite, tolerance not in (0, 1); Cancelled.
/// Cost: per step O(non-zeros + columns in use³). Peer: scipy.optimize.nnls.
std::vector<double> NonnegativeLeastSquares(std::span<const SparseColumn> columns,
                                            std::span<const double> right_side, double tolerance = 1e-11,
                                            std::stop_token stop = {});

}  // namespace lagesbild::geo
