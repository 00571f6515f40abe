#pragma once

namespace lagesbild::geo {

/// Incidents of an age group among all, at a place and elsewhere.
struct GroupShareCounts {
  long long group_here = 0, all_here = 0;
  long long group_everywhere = 0, all_everywhere = 0;  ///< the place included
};

struct GroupShare {
  double share_here = 0, share_elsewhere = 0;  ///< NaN where there are no incidents
  double odds_ratio = 0;                       ///< of the sample; infinite or NaN where a cell is empty
  double p_higher = 1;                         ///< exact: so many of the group here or more, margins fixed
  double p_two_sided = 1;                      ///< Fisher's exact test
};

/// Is the share of youths among a place's incidents higher than elsewhere? Answers what a map of youth
/// incidents cannot: whether the place is one of youths or one of people.
///
/// Ages that nobody knows must be left out of both, and counted beside: they are not missing by chance.
/// Throws InvalidInput: negative counts, a group larger than all, a place larger than everywhere. Cost:
/// O(incidents of the place). Source: Fisher (1935). Peer: R fisher.test.
GroupShare CompareGroupShare(const GroupShareCounts& counts);

}  // namespace lagesbild::geo
