#pragma once

namespace lagesbild::geo {

/// P(X >= count), X Poisson with this mean: in the far tail too. 1 for count <= 0; NaN for a NaN mean.
/// Throws InvalidInput: mean negative or infinite. Relative error below 1e-11 for means up to a million.
/// Cost: O(|count - mean| + sqrt(mean)) terms. Peer: R ppois(lower = FALSE).
double PoissonUpperTail(long long count, double mean);

}  // namespace lagesbild::geo
