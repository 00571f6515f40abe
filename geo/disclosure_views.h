#pragma once

#include <string>
#include <vector>

#include "geo/disclosure_cells.h"

namespace lagesbild::geo {

/// What is tried for a picture, in the fixed order of coarsening (`disclosure.md` rule 5). Depends on the
/// scheme, the rule and how many quarters there are; never on a count.

/// One age group over one length of period.
struct GroupPeriod {
  int group = 0;  ///< index into the published groups
  int quarters = 1;
  friend bool operator==(GroupPeriod, GroupPeriod) = default;
};

struct ViewStep {
  std::vector<GroupPeriod> groups;
  AreaLevel level = AreaLevel::kMunicipality;
  std::string label_sv;    ///< "13–17 år och 18–24 år per kvartal, i rutor"
  std::string coarser_sv;  ///< what this step did to the one before: "åldrarna slogs ihop"
};

/// The youth map below district: single unprotected groups per quarter in leaves, their union per quarter,
/// half-year and four quarters, then localities, districts, the municipality. Periods longer than
/// `known_quarters` are left out.
std::vector<ViewStep> MapSteps(const std::vector<PublishedGroup>& groups, int known_quarters);

/// The table of municipality and districts: single groups, then ever more of them united, then all ages; then
/// all ages over half-years and four quarters. Protected groups at once over as many quarters as the rule
/// wants.
std::vector<ViewStep> TableSteps(const std::vector<PublishedGroup>& groups, const DisclosureRule& rule,
                                 int known_quarters);

/// What every picture shall say of the municipality before anything finer: all youth groups united, and the
/// unprotected ones united, each over the shortest period that can be released (alternatives in order).
std::vector<std::vector<GroupPeriod>> Anchors(const std::vector<PublishedGroup>& groups,
                                              const DisclosureRule& rule, int known_quarters);

/// Whether the rule lets an audience read such a cell at all, whatever its count: below district level only
/// unprotected groups and categories that are not sensitive, and protected ones over enough quarters.
bool MayBePublished(const PublishedGroup& group, CategoryClass categories, int quarters, AreaLevel level,
                    const DisclosureRule& rule);

/// The lattice's areas that stand for a level in an audience's map: its leaves; its places, a district
/// without places for itself; its districts, or the municipality without any.
std::vector<int> AreasOfLevel(const Lattice& lattice, AreaLevel level, LatticeGrain grain);

}  // namespace lagesbild::geo
