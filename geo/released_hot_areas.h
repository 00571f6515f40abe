#pragma once

#include <span>
#include <vector>

#include "geo/released_picture.h"

namespace lagesbild::geo {

// Rule 7 of disclosure control: hot areas and change for partner and public.
//
// The principle: everything here is computed from ONE audience's released counts and public population
// figures, never from points or withheld values. It is post-processing: whoever reads the counts can compute
// it, so it tells nothing new. Areas have the names of localities and districts; no dwelling, no school.

/// A comparison needs so many released areas with inhabitants. With two, one is compared with the other.
inline constexpr int kMinComparedAreas = 2;

/// P(Y >= count) of each area, Y ~ Bin(total, share), given the total of the counts.
///
/// Conditional on the total: whether the whole has few or many incidents does not matter, only how they lie.
/// @param counts    one per area, >= 0.
/// @param exposure  inhabitants of each, >= 0; an area with 0 gets NaN and its count is not in the total.
/// @return  in the order of the input; 1 for every area when there is only one with exposure.
/// @throws  InvalidInput     lengths differ, a negative count, exposure negative or not finite.
/// Source: statistics.md 3.7. Peer: R binom.test(count, total, share, "greater").
std::vector<double> HotAreaPValues(std::span<const int> counts, std::span<const double> exposure);

/// Findings of the areas of a layer, in their order: the released areas against each other by inhabitants.
///
/// One-sided (more). Benjamini-Hochberg over all areas of the layer in which somebody lives, a suppressed one
/// taken as p = 1: areas are released because they have many, and the family must count those that were not.
/// The rate that is expected is that of the released areas, which is over the whole's; both make the words
/// rarer, not commoner. Repeats of one conflict cannot be told from counts and are counted each: the words
/// are exact only where incidents are independent, and the guide says so.
///
/// Stability: over the same areas with any one of the others left out, in turn. Not assessed with two areas.
///
/// @param exposure  inhabitants per area of the layer, suppressed ones too; of the group, or of all.
/// @throws  InvalidInput     one exposure per area is missing, or is negative or not finite; a released count
///                           that is negative or not whole.
/// Cost: O(released² · log). Source: Benjamini and Hochberg (1995). Peer: R p.adjust(, "BH").
std::vector<AreaFinding> FindHotAreas(std::span<const ReleasedArea> areas, std::span<const double> exposure);

/// Whether a released count differs from the one of the same area, ages, categories and length that the same
/// audience could read of the period one year before, or, when that was not released, of the period just
/// before. Periods never overlap. The exact test of geo/poisson_comparison.h with the periods' days.
struct CountOfPeriod {
  std::string area, group;  ///< LatticeArea::code, PublishedGroup::slug
  CategoryClass categories = CategoryClass::kAll;
  Period period;
  Statistic incidents = Suppressed{};
};
/// Findings in the order of `counts`, which are one family of Benjamini-Hochberg; `earlier` in any order.
/// Throws InvalidInput when a count is negative or not whole, or a period has under 1 or over 4 quarters.
std::vector<ChangeFinding> FindChanges(std::span<const CountOfPeriod> counts,
                                       std::span<const PublishedValue> earlier);

/// Fills the findings of every layer, area and row of the picture. Each layer is a family of its own, for
/// hot areas and for change; so are the rows of one group, set of categories and period.
///
/// @param inhabitants  by age: those of the group are compared. Empty: all inhabitants of the areas
///                     (ReleasedArea::persons) are.
/// @param earlier      what the same audience could read of earlier quarters.
void AddFindings(ReleasedPicture& picture, const Lattice& lattice, std::span<const Inhabitants> inhabitants,
                 std::span<const PublishedValue> earlier);
/// The same without ages and lattice.
void AddFindings(ReleasedPicture& picture, std::span<const PublishedValue> earlier);

/// The period that a comparison was made with.
Period ComparedPeriod(const Period& period, const ChangeFinding& finding);

}  // namespace lagesbild::geo
