#pragma once

#include <span>
#include <vector>

namespace lagesbild::geo {

enum class Adjustment { kBenjaminiHochberg, kBenjaminiYekutieli, kHolm, kHochberg, kBonferroni };

/// Adjusted p-values of one family, in the order of the input.
///
/// NaN stays NaN and does not count in m. Never below the input, never above 1. Empty in, empty out.
/// Throws InvalidInput when a p-value is outside [0, 1].
/// Cost: O(m log m). Source: Benjamini and Hochberg (1995), Benjamini and Yekutieli (2001), Holm (1979),
/// Hochberg (1988). Peer: R p.adjust.
std::vector<double> AdjustPValues(std::span<const double> p_values, Adjustment adjustment);

}  // namespace lagesbild::geo
