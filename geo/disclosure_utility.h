#pragma once

#include <span>

#include "geo/disclosure_release.h"

namespace lagesbild::geo {

/// How much of the truth a release leaves; see DisclosureUtility. Reads withheld counts: for the controller
/// only.
DisclosureUtility UtilityOf(const Lattice& lattice, const DisclosureTable& table, Audience audience,
                            const QuarterRelease& release);

/// Spearman's rank correlation, ties with their mean rank. NaN for fewer than two values or when either does
/// not vary. Throws InvalidInput when the lengths differ. Cost: O(n log n).
double RankCorrelation(std::span<const double> a, std::span<const double> b);

}  // namespace lagesbild::geo
