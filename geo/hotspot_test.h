#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/grid.h"
#include "geo/incident.h"

namespace lagesbild::geo {

/// Which cells of one group are tested, and against what.
struct HotspotLayerInput {
  std::string group;      ///< AgeGroup::code; only carried through
  bool in_family = true;  ///< disjoint headline groups; totals are exploratory and outside the family
  Grid<int> counts;       ///< incidents per cell, repeats collapsed
  Grid<double> exposure;  ///< inhabitants of the group per cell, >= 0; 0 and outside the mask alike
};

struct HotspotTestOptions {
  int min_incidents = 10;      ///< a layer with fewer is "too few" and is not tested
  int min_cell_count = 3;      ///< a neighborhood with fewer is never called hot
  double min_expected = 0.05;  ///< floor of the expected neighborhood count: a place where hardly anyone
                               ///< lives must not turn hot by a single visitor
  double alpha_90 = 0.10, alpha_95 = 0.05, alpha_99 = 0.01;  ///< levels of the BH-adjusted p
  int permutations = 999;                                    ///< redraws of the maximum statistic
  std::uint64_t seed = 1;
  std::stop_token stop = {};
};

/// One tested cell. "Neighborhood" is the cell and its eight neighbors (queen, self included).
struct HotspotCell {
  CellIndex cell;
  int count = 0;  ///< in the cell
  int neighborhood_count = 0;
  double exposure = 0;    ///< inhabitants of the group in the neighborhood
  double expected = 0;    ///< incidents in the neighborhood if all followed the exposure
  double binomial_p = 1;  ///< P(Y >= neighborhood_count)
  double q_value = 1;     ///< Benjamini-Hochberg over the family; the headline
  /// Family-wise p of the maximum statistic (smallest binomial tail over the family's neighborhoods with at
  /// least min_cell_count incidents); 1 for a neighborhood with fewer.
  double maximum_p = 1;
  int hot_class = 0;  ///< 0 not significant, 1/2/3 = hot at 90/95/99 % after BH
};

struct HotspotLayerResult {
  std::string group;
  bool tested = false;  ///< false: too few incidents in the mask
  int incidents_in_mask = 0;
  /// In cells whose neighborhood has no exposure: cannot be tested, never dropped silently.
  int incidents_outside_mask = 0;
  std::int64_t family_size = 0;  ///< m of the Benjamini-Hochberg adjustment that these cells were in
  std::vector<HotspotCell>
      cells;  ///< every cell of the mask, row-major from the south-west; empty when not tested
};

struct HotspotTestResult {
  std::vector<HotspotLayerResult> layers;  ///< in the order of the input
  std::int64_t family_size = 0;            ///< m of Benjamini-Hochberg over the family's layers
};

/// Tests for places with more incidents than the exposure explains: exact binomial tail per neighborhood,
/// Benjamini-Hochberg over all cells of all family layers, and the Monte Carlo maximum statistic.
///
/// One-sided (high). The mask of a layer are the cells where someone of the group lives, and those with
/// incidents and exposure in their neighborhood (visited): empty land would inflate m and say nothing. N of a
/// layer is its incidents in the mask. `min_expected` is a floor of the expected neighborhood count inside
/// the binomial tail, in the observed map and in the redraws alike; it makes tails larger, never smaller, so
/// it is conservative. `expected` is told without it. Layers outside the family are adjusted as a family of
/// their own and say so by `in_family` of the input. Same seed, same result, whatever the thread count. All
/// grids must have one GridSpec.
///
/// Throws InvalidInput: grids of different shape, negative or non-finite exposure, negative counts, a
/// negative min_expected, permutations < 1; Cancelled.
///
/// Source: statistics.md 2 and 3.7; Benjamini and Hochberg (1995). Peer of the tail: R pbinom.
HotspotTestResult TestHotspots(std::span<const HotspotLayerInput> layers, const HotspotTestOptions& options);

/// Upper tail P(Y >= y), Y ~ Bin(n, p). Exact to about 1e-14 relative, in the far tail too. 1 for y <= 0, 0
/// for y > n, NaN for NaN. Cost: O(sqrt(n)) terms. Peer: R pbinom, scipy binom.sf.
double BinomialUpperTail(int y, int n, double p);

/// How near two incidents must be to count as one event.
struct RepeatOptions {
  Meters same_place{10};  ///< whatever the category and the day
  Meters distance{150};   ///< of one category, within `days`
  int days = 2;
};

/// Representatives after collapsing repeats: incidents at the same place (within `same_place`: one reporter's
/// coordinates and another's address of one house differ by some meters), or within `distance` and `days` of
/// each other with the same category, are one for the test (connected components). Returns indices into
/// `incidents`, one per component (the earliest date, then the westernmost, southernmost position, then the
/// lowest id), ascending; only placed incidents. Neither the order of the incidents nor, where positions
/// differ, their ids matter. Throws InvalidInput: negative distance or days.
std::vector<std::size_t> CollapseRepeats(std::span<const Incident> incidents, const RepeatOptions& options);

}  // namespace lagesbild::geo
