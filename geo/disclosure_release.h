#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/disclosure_audit.h"
#include "geo/disclosure_views.h"
#include "geo/released_picture.h"

namespace lagesbild::geo {

/// What one audience gets of one quarter, as cells.
struct QuarterRelease {
  struct Layer {
    int group = 0, quarters = 1;
    AreaLevel level = AreaLevel::kLeaf;
    std::vector<Cell> cells;
  };
  std::set<Cell> released;
  std::vector<Layer> layers;      ///< those of the chosen step first
  std::size_t chosen_layers = 0;  ///< how many of them the map's step has
  std::vector<Cell> rows;         ///< tried for the table: municipality first
  std::vector<CoarseningStep> steps;
};

/// The releases of a series, quarter by quarter, and what an attacker of each audience knows by then. The
/// public's attacker reads the public's releases, the partner's both.
class ReleaseSeries {
 public:
  /// All must outlive the series.
  ReleaseSeries(const Lattice& lattice, const DisclosureTable& table, const DisclosureRules& rules);

  /// Makes the release of a quarter (counted from the first of the series) on top of all before.
  QuarterRelease Release(Audience audience, int quarter, std::stop_token stop);

  /// Takes a value as published earlier.
  void Publish(Audience audience, const Cell& cell);
  /// Nothing that holds the cell or lies in it is released any more.
  void Block(const Cell& cell) { blocked_.push_back(cell); }

 private:
  struct Snapshot {
    DisclosureAudit open, both;
    std::set<Cell> released;
  };
  std::vector<Cell> Take(Audience audience, std::vector<Cell> cells, QuarterRelease& release,
                         std::stop_token stop);
  void TakeAnchors(Audience audience, int quarter, QuarterRelease& release, std::stop_token stop);
  void ChooseTable(Audience audience, int quarter, QuarterRelease& release, std::stop_token stop);
  void ChooseMap(Audience audience, int quarter, QuarterRelease& release, std::stop_token stop);
  void TakeDistricts(Audience audience, int quarter, QuarterRelease& release, std::stop_token stop);
  void TakeCoarserLayers(Audience audience, int quarter, QuarterRelease& release, std::stop_token stop);
  bool TakeGroup(Audience audience, int area, GroupPeriod part, int quarter, bool both_classes,
                 QuarterRelease& release, std::stop_token stop);
  std::vector<QuarterRelease::Layer> LayersOf(const ViewStep& step, LatticeGrain grain, int quarter) const;
  double ShareOf(const std::vector<QuarterRelease::Layer>& layers,
                 const std::function<bool(const Cell&)>& is_shown) const;
  double ShareReleased(const std::vector<QuarterRelease::Layer>& layers,
                       const std::set<Cell>& released) const;
  double ShareAtLeastK(const std::vector<QuarterRelease::Layer>& layers, int k) const;
  Snapshot Save(const QuarterRelease& release) const { return {open_, both_, release.released}; }
  void Restore(Snapshot snapshot, QuarterRelease& release);
  bool IsBlocked(const Cell& cell) const;

  const Lattice* lattice_;
  const DisclosureTable* table_;
  const DisclosureRules* rules_;
  DisclosureAudit open_, both_;
  std::map<Audience, std::set<Cell>> published_;
  std::vector<Cell> blocked_;
};

/// Incidents of a cell of the whole municipality whose place is known at least roughly.
int PlacedIncidents(const DisclosureTable& table, const Cell& municipality);

}  // namespace lagesbild::geo
