#include "geo/disclosure_release.h"

#include <algorithm>
#include <bit>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr int kMunicipality = 0;

CellCategories SetOf(CategoryClass categories) {
  return categories == CategoryClass::kAll ? CellCategories::kAll : CellCategories::kNonSensitive;
}

LatticeGrain GrainOf(Audience audience) {
  return audience == Audience::kPublic ? LatticeGrain::kCoarse : LatticeGrain::kFine;
}

void AddRow(const Cell& cell, std::vector<Cell>& rows) {
  if (std::find(rows.begin(), rows.end(), cell) == rows.end()) rows.push_back(cell);
}

/// The coarsenings from the first step to the chosen one.
void AddSteps(CoarseningStep::View view, const std::vector<ViewStep>& steps, std::size_t chosen,
              const char* why_sv, std::vector<CoarseningStep>& taken) {
  for (std::size_t i = 1; i <= chosen && i < steps.size(); ++i)
    taken.push_back({view, steps[i - 1].label_sv, steps[i].label_sv, steps[i].coarser_sv + ": " + why_sv});
}

}  // namespace

int PlacedIncidents(const DisclosureTable& table, const Cell& municipality) {
  int placed = 0;
  table.ForEachAtom(municipality, [&](std::size_t atom) {
    if (static_cast<int>(table.LocationOf(atom)) < table.areas()) placed += table.count(atom);
  });
  return placed;
}

ReleaseSeries::ReleaseSeries(const Lattice& lattice, const DisclosureTable& table,
                             const DisclosureRules& rules)
    : lattice_(&lattice),
      table_(&table),
      rules_(&rules),
      open_(table, rules.open.k),
      both_(table, rules.partner.k) {}

void ReleaseSeries::Publish(Audience audience, const Cell& cell) {
  published_[audience].insert(cell);
  if (audience == Audience::kPublic) open_.TakeUpAnyway(cell);
  both_.TakeUpAnyway(cell);
}

bool ReleaseSeries::IsBlocked(const Cell& cell) const {
  return std::any_of(blocked_.begin(), blocked_.end(), [&](const Cell& blocked) {
    return table_->Contains(cell, blocked) || table_->Contains(blocked, cell);
  });
}

void ReleaseSeries::Restore(Snapshot snapshot, QuarterRelease& release) {
  open_ = std::move(snapshot.open);
  both_ = std::move(snapshot.both);
  release.released = std::move(snapshot.released);
}

/// Releases what may be released of the cells, in their order. The answer is what is released of them now.
std::vector<Cell> ReleaseSeries::Take(Audience audience, std::vector<Cell> cells, QuarterRelease& release,
                                      std::stop_token stop) {
  const std::set<Cell>& published = published_[audience];
  std::vector<Cell> taken, open;
  for (const Cell& cell : cells) {
    if (release.released.contains(cell) || published.contains(cell))
      taken.push_back(cell);
    else if (!IsBlocked(cell))
      open.push_back(cell);
  }
  std::vector<DisclosureAudit*> audits{&both_};
  if (audience == Audience::kPublic) audits.insert(audits.begin(), &open_);
  const int k = rules_->of(audience).k;
  std::erase_if(open, [&](const Cell& cell) { return table_->Value(cell) < k; });
  const std::vector<bool> passed = TakeUpInOrder(audits, open, stop);
  for (std::size_t i = 0; i < open.size(); ++i)
    if (passed[i]) taken.push_back(open[i]);
  release.released.insert(taken.begin(), taken.end());
  return taken;
}

/// A group of one area, all categories first, then those that are not sensitive: the first that may be
/// released, or both. Whether any was.
bool ReleaseSeries::TakeGroup(Audience audience, int area, GroupPeriod part, int quarter, bool both_classes,
                              QuarterRelease& release, std::stop_token stop) {
  const PublishedGroup& group = table_->groups()[static_cast<std::size_t>(part.group)];
  const AreaLevel level = lattice_->areas()[static_cast<std::size_t>(area)].level;
  bool any = false;
  for (const CategoryClass categories : {CategoryClass::kAll, CategoryClass::kNonSensitive}) {
    if (!MayBePublished(group, categories, part.quarters, level, rules_->of(audience))) continue;
    const Cell cell{area, part.group, SetOf(categories), quarter, part.quarters};
    AddRow(cell, release.rows);
    if (any && !both_classes) continue;
    any = !Take(audience, {cell}, release, stop).empty() || any;
  }
  return any;
}

void ReleaseSeries::TakeAnchors(Audience audience, int quarter, QuarterRelease& release,
                                std::stop_token stop) {
  for (const auto& alternatives : Anchors(table_->groups(), rules_->of(audience), quarter + 1))
    for (const GroupPeriod& part : alternatives)
      if (TakeGroup(audience, kMunicipality, part, quarter, false, release, stop)) break;
}

void ReleaseSeries::ChooseTable(Audience audience, int quarter, QuarterRelease& release,
                                std::stop_token stop) {
  const std::vector<ViewStep> steps = TableSteps(table_->groups(), rules_->of(audience), quarter + 1);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Snapshot before = Save(release);
    const std::vector<Cell> rows = release.rows;
    bool all = true;
    for (const GroupPeriod& part : steps[i].groups)
      all = all && TakeGroup(audience, kMunicipality, part, quarter, false, release, stop);
    if (all || i + 1 == steps.size()) {
      AddSteps(CoarseningStep::View::kTable, steps, i, "ett värde för hela kommunen fick inte visas",
               release.steps);
      return;
    }
    Restore(before, release);
    release.rows = rows;
  }
}

std::vector<QuarterRelease::Layer> ReleaseSeries::LayersOf(const ViewStep& step, LatticeGrain grain,
                                                           int quarter) const {
  std::vector<QuarterRelease::Layer> layers;
  for (const GroupPeriod& part : step.groups) {
    QuarterRelease::Layer& layer = layers.emplace_back();
    layer.group = part.group;
    layer.quarters = part.quarters;
    layer.level = step.level;
    for (const int area : AreasOfLevel(*lattice_, step.level, grain))
      layer.cells.push_back({area, part.group, CellCategories::kNonSensitive, quarter, part.quarters});
  }
  return layers;
}

double ReleaseSeries::ShareOf(const std::vector<QuarterRelease::Layer>& layers,
                              const std::function<bool(const Cell&)>& is_shown) const {
  int shown = 0, placed = 0;
  for (const QuarterRelease::Layer& layer : layers) {
    for (const Cell& cell : layer.cells)
      if (is_shown(cell)) shown += table_->Value(cell);
    Cell whole = layer.cells.front();
    whole.area = kMunicipality;
    placed += PlacedIncidents(*table_, whole);
  }
  return placed == 0 ? 0 : static_cast<double>(shown) / placed;
}

double ReleaseSeries::ShareReleased(const std::vector<QuarterRelease::Layer>& layers,
                                    const std::set<Cell>& released) const {
  return ShareOf(layers, [&](const Cell& cell) { return released.contains(cell); });
}

/// The most that could be released: saves the audit of a step that cannot show enough.
double ReleaseSeries::ShareAtLeastK(const std::vector<QuarterRelease::Layer>& layers, int k) const {
  return ShareOf(layers, [&](const Cell& cell) { return table_->Value(cell) >= k; });
}

void ReleaseSeries::ChooseMap(Audience audience, int quarter, QuarterRelease& release, std::stop_token stop) {
  const std::vector<ViewStep> steps = MapSteps(table_->groups(), quarter + 1);
  const Snapshot before = Save(release);
  const auto attempt = [&](std::size_t i) {
    std::vector<QuarterRelease::Layer> layers = LayersOf(steps[i], GrainOf(audience), quarter);
    std::vector<Cell> cells;
    for (const QuarterRelease::Layer& layer : layers)
      cells.insert(cells.end(), layer.cells.begin(), layer.cells.end());
    Take(audience, cells, release, stop);
    return layers;
  };
  const auto choose = [&](std::size_t i, std::vector<QuarterRelease::Layer> layers) {
    AddSteps(CoarseningStep::View::kMap, steps, i,
             "för liten del av händelserna låg i områden som fick visas", release.steps);
    release.chosen_layers = layers.size();
    release.layers = std::move(layers);
  };
  const DisclosureRule& rule = rules_->of(audience);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (ShareAtLeastK(LayersOf(steps[i], GrainOf(audience), quarter), rule.k) < rule.min_share) continue;
    std::vector<QuarterRelease::Layer> layers = attempt(i);
    const double share = ShareReleased(layers, release.released);
    if (share > 0 && share >= rule.min_share) return choose(i, std::move(layers));
    Restore(before, release);
  }
  // None shows enough: the coarsest that shows anything.
  for (std::size_t i = steps.size(); i-- > 0;) {
    std::vector<QuarterRelease::Layer> layers = attempt(i);
    if (ShareReleased(layers, release.released) > 0) return choose(i, std::move(layers));
    Restore(before, release);
  }
}

void ReleaseSeries::TakeDistricts(Audience audience, int quarter, QuarterRelease& release,
                                  std::stop_token stop) {
  // The groups and periods of which the municipality's own value is shown, the widest groups first.
  std::vector<GroupPeriod> shown;
  for (const Cell& row : release.rows)
    if (release.released.contains(row)) {
      const GroupPeriod part{row.group, row.quarters};
      if (std::find(shown.begin(), shown.end(), part) == shown.end()) shown.push_back(part);
    }
  std::stable_sort(shown.begin(), shown.end(), [&](GroupPeriod a, GroupPeriod b) {
    return std::popcount(table_->AgeTypes(a.group)) > std::popcount(table_->AgeTypes(b.group));
  });
  for (const GroupPeriod part : shown) TakeGroup(audience, kMunicipality, part, quarter, true, release, stop);
  const std::vector<LatticeArea>& areas = lattice_->areas();
  for (const GroupPeriod part : shown)
    for (const CategoryClass categories : {CategoryClass::kAll, CategoryClass::kNonSensitive}) {
      const PublishedGroup& group = table_->groups()[static_cast<std::size_t>(part.group)];
      if (!MayBePublished(group, categories, part.quarters, AreaLevel::kDistrict, rules_->of(audience)))
        continue;
      std::vector<Cell> cells;
      for (std::size_t i = 0; i < areas.size(); ++i)
        if (areas[i].level == AreaLevel::kDistrict)
          cells.push_back({static_cast<int>(i), part.group, SetOf(categories), quarter, part.quarters});
      for (const Cell& cell : cells) AddRow(cell, release.rows);
      Take(audience, cells, release, stop);
    }
}

/// The map's group and period once more in coarser areas, where that adds something.
void ReleaseSeries::TakeCoarserLayers(Audience audience, int quarter, QuarterRelease& release,
                                      std::stop_token stop) {
  if (release.layers.empty()) return;
  const QuarterRelease::Layer chosen = release.layers.front();
  const int group = MapSteps(table_->groups(), quarter + 1).back().groups.front().group;
  for (const AreaLevel level : {AreaLevel::kDistrict, AreaLevel::kLocality}) {
    if (level >= chosen.level) continue;
    const ViewStep step{{{group, chosen.quarters}}, level, "", ""};
    for (QuarterRelease::Layer& layer : LayersOf(step, GrainOf(audience), quarter))
      if (!Take(audience, layer.cells, release, stop).empty()) release.layers.push_back(std::move(layer));
  }
}

QuarterRelease ReleaseSeries::Release(Audience audience, int quarter, std::stop_token stop) {
  QuarterRelease release;
  for (const Cell& cell : published_[audience])
    if (cell.last == quarter) release.released.insert(cell);
  TakeAnchors(audience, quarter, release, stop);
  ChooseTable(audience, quarter, release, stop);
  ChooseMap(audience, quarter, release, stop);
  TakeDistricts(audience, quarter, release, stop);
  TakeCoarserLayers(audience, quarter, release, stop);
  // Municipality first, districts in the lattice's order; within one the order of trial.
  std::stable_sort(release.rows.begin(), release.rows.end(),
                   [](const Cell& a, const Cell& b) { return a.area < b.area; });
  published_[audience].insert(release.released.begin(), release.released.end());
  return release;
}

}  // namespace lagesbild::geo
