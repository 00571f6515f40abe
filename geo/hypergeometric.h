#pragma once

namespace lagesbild::geo {

/// X successes among `draws` taken without replacement from `total`, of which `marked` are successes.
/// All functions: 0 <= marked, draws <= total; throws InvalidInput otherwise. Exact to about 1e-12 relative.

/// P(X = x); 0 outside the support. O(support).
double HypergeometricChance(long long x, long long total, long long marked, long long draws);
/// Smallest x with P(X <= x) >= p, p in [0, 1]; sums that miss p by rounding count as reaching it, as in R.
/// O(support). Peer: R qhyper.
long long HypergeometricQuantile(double p, long long total, long long marked, long long draws);
/// P(X >= x). O(support).
double HypergeometricUpperTail(long long x, long long total, long long marked, long long draws);
/// Two-sided p of Fisher's exact test: all tables no likelier than the one with x. O(support).
/// Peer: R fisher.test (the same relative slack of 1e-7).
double FisherTwoSided(long long x, long long total, long long marked, long long draws);

}  // namespace lagesbild::geo
