#include "geo/disclosure_views.h"

#include <algorithm>

namespace lagesbild::geo {
namespace {

std::vector<int> SingleGroups(const std::vector<PublishedGroup>& groups, bool unprotected_only) {
  std::vector<int> single;
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (groups[i].headline.size() == 1 && !(unprotected_only && groups[i].protected_ages))
      single.push_back(static_cast<int>(i));
  return single;
}

/// The widest group of those that are not "all": of every youth group, or of the unprotected ones.
int WidestGroup(const std::vector<PublishedGroup>& groups, bool unprotected_only) {
  int widest = -1;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].all || (unprotected_only && groups[i].protected_ages)) continue;
    if (widest < 0 || groups[i].headline.size() > groups[static_cast<std::size_t>(widest)].headline.size())
      widest = static_cast<int>(i);
  }
  return widest;
}

int AllAges(const std::vector<PublishedGroup>& groups) {
  return static_cast<int>(
      std::find_if(groups.begin(), groups.end(), [](const PublishedGroup& group) { return group.all; }) -
      groups.begin());
}

const char* PeriodSv(int quarters) {
  return quarters == 1 ? "per kvartal" : quarters == 2 ? "per halvår" : "över fyra kvartal";
}

const char* LevelSv(AreaLevel level) {
  switch (level) {
    case AreaLevel::kMunicipality:
      return "för hela kommunen";
    case AreaLevel::kDistrict:
      return "per distrikt";
    case AreaLevel::kLocality:
      return "per tätort och landsbygd";
    case AreaLevel::kLeaf:
      return "i små områden";
  }
  return "";
}

std::string LabelSv(const std::vector<PublishedGroup>& groups, const ViewStep& step) {
  std::string text;
  for (std::size_t i = 0; i < step.groups.size(); ++i) {
    if (i > 0) text += i + 1 == step.groups.size() ? " och " : ", ";
    text += groups[static_cast<std::size_t>(step.groups[i].group)].label_sv;
    const bool last_of_period =
        i + 1 == step.groups.size() || step.groups[i + 1].quarters != step.groups[i].quarters;
    if (last_of_period) text += std::string(" ") + PeriodSv(step.groups[i].quarters);
  }
  return text + ", " + LevelSv(step.level);
}

void AddStep(const std::vector<PublishedGroup>& groups, int known_quarters, ViewStep step,
             std::vector<ViewStep>& steps) {
  for (const GroupPeriod& part : step.groups)
    if (part.quarters > known_quarters) return;
  if (!steps.empty() && steps.back().groups == step.groups && steps.back().level == step.level) return;
  step.label_sv = LabelSv(groups, step);
  steps.push_back(std::move(step));
}

int QuartersFor(const PublishedGroup& group, const DisclosureRule& rule, int quarters) {
  return group.protected_ages ? std::max(quarters, rule.protected_quarters) : quarters;
}

}  // namespace

std::vector<ViewStep> MapSteps(const std::vector<PublishedGroup>& groups, int known_quarters) {
  std::vector<ViewStep> steps;
  ViewStep single;
  single.level = AreaLevel::kLeaf;
  for (const int group : SingleGroups(groups, true)) single.groups.push_back({group, 1});
  AddStep(groups, known_quarters, single, steps);
  const int united = WidestGroup(groups, true);
  const auto add = [&](int quarters, AreaLevel level, const char* coarser) {
    AddStep(groups, known_quarters, {{{united, quarters}}, level, "", coarser}, steps);
  };
  add(1, AreaLevel::kLeaf, "åldrarna slogs ihop");
  add(2, AreaLevel::kLeaf, "två kvartal räknades tillsammans");
  add(4, AreaLevel::kLeaf, "fyra kvartal räknades tillsammans");
  const int longest = known_quarters >= 4 ? 4 : known_quarters >= 2 ? 2 : 1;
  add(longest, AreaLevel::kLocality, "områdena slogs ihop till tätorter och landsbygd");
  add(longest, AreaLevel::kDistrict, "områdena slogs ihop till distrikt");
  add(longest, AreaLevel::kMunicipality, "områdena slogs ihop till hela kommunen");
  return steps;
}

std::vector<ViewStep> TableSteps(const std::vector<PublishedGroup>& groups, const DisclosureRule& rule,
                                 int known_quarters) {
  std::vector<ViewStep> steps;
  const auto period = [&](int group) {
    return GroupPeriod{group, QuartersFor(groups[static_cast<std::size_t>(group)], rule, 1)};
  };
  const std::vector<int> single = SingleGroups(groups, false);
  for (std::size_t united = 1; united <= single.size(); ++united) {
    ViewStep step;
    const std::vector<int>& first = groups[static_cast<std::size_t>(single[united - 1])].headline;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      // The union of the first `united` single groups: as many headline groups, beginning with the first.
      const PublishedGroup& group = groups[i];
      if (!group.all && group.headline.size() == united &&
          group.headline.front() == groups[static_cast<std::size_t>(single.front())].headline.front() &&
          group.headline.back() == first.front())
        step.groups.push_back(period(static_cast<int>(i)));
    }
    for (std::size_t i = united; i < single.size(); ++i) step.groups.push_back(period(single[i]));
    step.coarser_sv = united == 1 ? "" : "åldrarna slogs ihop";
    AddStep(groups, known_quarters, step, steps);
  }
  const int all = AllAges(groups);
  for (const int quarters : {1, 2, 4}) {
    const int longer = QuartersFor(groups[static_cast<std::size_t>(all)], rule, quarters);
    AddStep(groups, known_quarters,
            {{{all, longer}},
             AreaLevel::kMunicipality,
             "",
             quarters == 1   ? "alla åldrar räknades tillsammans"
             : quarters == 2 ? "två kvartal räknades tillsammans"
                             : "fyra kvartal räknades tillsammans"},
            steps);
  }
  return steps;
}

std::vector<std::vector<GroupPeriod>> Anchors(const std::vector<PublishedGroup>& groups,
                                              const DisclosureRule& rule, int known_quarters) {
  std::vector<std::vector<GroupPeriod>> anchors;
  for (const bool unprotected_only : {false, true}) {
    const int group = WidestGroup(groups, unprotected_only);
    std::vector<GroupPeriod> alternatives;
    for (const int quarters : {1, 2, 4}) {
      const GroupPeriod part{group, QuartersFor(groups[static_cast<std::size_t>(group)], rule, quarters)};
      if (part.quarters <= known_quarters && (alternatives.empty() || !(alternatives.back() == part)))
        alternatives.push_back(part);
    }
    if (anchors.empty() || anchors.back() != alternatives) anchors.push_back(alternatives);
  }
  return anchors;
}

bool MayBePublished(const PublishedGroup& group, CategoryClass categories, int quarters, AreaLevel level,
                    const DisclosureRule& rule) {
  const bool is_protected = group.protected_ages || categories == CategoryClass::kAll;
  const bool below_district = level == AreaLevel::kLocality || level == AreaLevel::kLeaf;
  if (is_protected && below_district) return false;
  return !is_protected || quarters >= rule.protected_quarters;
}

std::vector<int> AreasOfLevel(const Lattice& lattice, AreaLevel level, LatticeGrain grain) {
  if (level == AreaLevel::kLeaf) return lattice.Leaves(grain);
  std::vector<int> found;
  const std::vector<LatticeArea>& areas = lattice.areas();
  for (std::size_t i = 0; i < areas.size(); ++i) {
    // The last area of the level or above it on the way down: one that no child refines to the level.
    if (areas[i].level > level) continue;
    const bool refined = std::any_of(areas[i].children.begin(), areas[i].children.end(), [&](int child) {
      return areas[static_cast<std::size_t>(child)].level <= level;
    });
    if (!refined) found.push_back(static_cast<int>(i));
  }
  return found;
}

}  // namespace lagesbild::geo
