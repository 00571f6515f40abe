#pragma once

namespace lagesbild::geo {

/// Two-sided p of the exact conditional test that two Poisson counts have the same rate.
///
/// Given their sum n, the first count is Bin(n, share) when the rates are equal. p is the probability of all
/// outcomes at most as likely as the one seen (those within 1e-7 relative count as equally likely, as in R).
/// Conservative: the real level is at or below the nominal one. 1 when both counts are 0.
///
/// @param first, second  counts, >= 0.
/// @param share  of the first in the exposure of both (days, say), over 0 and under 1.
/// @throws  InvalidInput     a negative count, or a share out of range.
/// Cost: O(first + second). Source: Przyborowski and Wilenski (1940), Biometrika 31; Lehmann and Romano
/// (2005), 4.5. Peer: R poisson.test(c(first, second), c(share, 1 - share))$p.value and binom.test.
double PoissonComparisonPValue(int first, int second, double share);

}  // namespace lagesbild::geo
