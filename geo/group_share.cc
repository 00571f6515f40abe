#include "geo/group_share.h"

#include <algorithm>
#include <limits>

#include "geo/errors.h"
#include "geo/hypergeometric.h"

namespace lagesbild::geo {
namespace {

double Share(long long part, long long whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

GroupShare CompareGroupShare(const GroupShareCounts& counts) {
  const long long group_elsewhere = counts.group_everywhere - counts.group_here;
  const long long all_elsewhere = counts.all_everywhere - counts.all_here;
  const bool nested = counts.group_here >= 0 && counts.group_here <= counts.all_here &&
                      group_elsewhere >= 0 && group_elsewhere <= all_elsewhere;
  if (!nested)
    throw InvalidInput(
        "a group must be part of all, and a place part of everywhere; counts must not be negative");
  GroupShare result;
  result.share_here = Share(counts.group_here, counts.all_here);
  result.share_elsewhere = Share(group_elsewhere, all_elsewhere);
  const double others_here = static_cast<double>(counts.all_here - counts.group_here);
  const double others_elsewhere = static_cast<double>(all_elsewhere - group_elsewhere);
  const double across = others_here * static_cast<double>(group_elsewhere);
  const double along = static_cast<double>(counts.group_here) * others_elsewhere;
  result.odds_ratio = across > 0  ? along / across
                      : along > 0 ? std::numeric_limits<double>::infinity()
                                  : std::numeric_limits<double>::quiet_NaN();
  result.p_higher = HypergeometricUpperTail(counts.group_here, counts.all_everywhere, counts.group_everywhere,
                                            counts.all_here);
  result.p_two_sided =
      FisherTwoSided(counts.group_here, counts.all_everywhere, counts.group_everywhere, counts.all_here);
  return result;
}

}  // namespace lagesbild::geo
