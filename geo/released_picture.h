#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "geo/disclosure_rule.h"
#include "geo/incident.h"
#include "geo/lattice.h"
#include "geo/released_findings.h"
#include "geo/statistic.h"

namespace lagesbild::geo {

/// What one series is made of: every accepted incident from its first quarter on.
struct DisclosureSeries {
  AgeScheme scheme;
  RoleSelection role = RoleSelection::kAny;
  /// Incidents placed more coarsely (TooCoarse) count only in the smallest area that surely holds them.
  Meters max_accuracy{500};
  CalendarQuarter first;  ///< of the series; a quarter before it takes no part
  /// Any order. Incidents after the wanted quarter take no part. Perceived unsafety is left out.
  std::vector<Incident> incidents;
  /// Public population figures by age, for hot areas (geo/released_hot_areas.h). Empty: all ages together are
  /// taken from the lattice.
  std::vector<Inhabitants> inhabitants = {};
};

/// One published count and its definition. What a ledger of releases keeps.
struct PublishedValue {
  Audience audience = Audience::kPublic;
  std::string area;   ///< LatticeArea::code
  std::string group;  ///< PublishedGroup::slug
  CategoryClass categories = CategoryClass::kAll;
  CalendarQuarter last;  ///< the period ends with it
  int quarters = 1;      ///< 1, 2 or 4
  int value = 0;         ///< incidents, each once
  friend bool operator==(const PublishedValue&, const PublishedValue&) = default;
};

/// A period of whole quarters that ends with `last`.
struct Period {
  CalendarQuarter first, last;
  int quarters = 1;
  friend bool operator==(const Period&, const Period&) = default;
};

struct ReleasedArea {
  std::string code, name_sv;
  AreaLevel level = AreaLevel::kLeaf;
  MultiPolygon geometry;
  std::vector<InhabitedSquare> inhabited;  ///< where people live in it: for a density from released counts
  int dwellings = 0, persons = 0;          ///< persons 0 when the lattice rests on addresses alone
  Statistic incidents = Suppressed{};      ///< a double, or Suppressed
  AreaFinding finding = {};                ///< against the layer's other released areas
  ChangeFinding change = {};               ///< against an earlier period
};

/// One map layer: every area of one level, released or suppressed.
struct ReleasedLayer {
  PublishedGroup group;
  CategoryClass categories = CategoryClass::kNonSensitive;
  Period period;
  AreaLevel level = AreaLevel::kLeaf;
  std::vector<ReleasedArea> areas;  ///< in the order of the lattice
  HotComparison comparison = {};    ///< what the areas' findings rest on
};

struct ReleasedRow {
  std::string area_code, area_name_sv;
  AreaLevel level = AreaLevel::kMunicipality;
  PublishedGroup group;
  CategoryClass categories = CategoryClass::kAll;
  Period period;
  Statistic incidents = Suppressed{};
  ChangeFinding change = {};
};

/// One step of coarsening that was needed, in words. Holds no count.
struct CoarseningStep {
  enum class View { kMap, kTable } view = View::kMap;
  std::string from_sv, to_sv;  ///< "13–17 år och 18–24 år, per kvartal, i rutor"
  std::string
      reason_sv;  ///< "åldrarna slogs ihop: färre än hälften av händelserna låg i områden som får visas"
};

struct LatticeSummary {
  int districts = 0, localities = 0, leaves = 0;  ///< of the audience's partition
  LatticeThresholds thresholds;
  bool rests_on_addresses_alone = false;
};

/// All that one audience may read of one quarter. Nothing in it is computed from a withheld value other than
/// through which values are released.
struct ReleasedPicture {
  DisclosureRule rule;  ///< audience, version, k, thresholds
  CalendarQuarter quarter;
  LatticeSummary lattice;
  bool map_shown = false, table_shown = false;  ///< false: nothing can be shown, honestly
  std::vector<ReleasedLayer> layers;   ///< the map's chosen step; then coarser ones that could be added
  std::vector<ReleasedRow> rows;       ///< municipality first, then districts
  std::vector<CoarseningStep> steps;   ///< in the order taken; empty when nothing was coarsened
  std::vector<PublishedValue> values;  ///< every count above once: append these to the ledger
};

/// How much of the truth is left. For the controller only: never part of a release.
struct DisclosureUtility {
  double share_in_released_areas = 0;  ///< of the map's incidents with a known place; NaN without any
  /// Spearman's rank correlation over the leaves between the internal counts and the released ones, an area's
  /// count spread over its leaves by dwellings. NaN when either does not vary.
  double rank_correlation = 0;
  int placed_incidents = 0, unplaced_incidents = 0;  ///< of the map's group and period
};

struct DisclosureResult {
  ReleasedPicture picture;
  DisclosureUtility utility;
  /// Ledger entries that the data no longer give (a correction, another lattice). No value that contains
  /// one of them, or lies in one, is released: old and new could be subtracted.
  std::vector<PublishedValue> contradicted;
};

/// The picture that `audience` may read of `quarter`.
///
/// Replays the series from its first quarter: in each quarter the public's release, then the partner's; a
/// candidate is released only when it is at least k and the audit (geo/disclosure_audit.h) of all releases so
/// far passes, for the public alone with the public's k, and for both together with the partner's. So an
/// earlier quarter's release does not change when a quarter is added.
///
/// With a ledger the replay is left out: exactly the ledger's values are taken as published before, and
/// values of this quarter and audience in it are published again as they are.
///
/// Deterministic; order of incidents does not matter. Throws InvalidInput (CheckRules; the lattice's
/// thresholds are lower than the rules'; a quarter before the series; over 40 quarters; an invalid scheme)
/// and Cancelled.
DisclosureResult MakeReleasedPicture(const DisclosureSeries& series, const Lattice& lattice,
                                     const DisclosureRules& rules, Audience audience, CalendarQuarter quarter,
                                     std::stop_token stop = {});
DisclosureResult MakeReleasedPicture(const DisclosureSeries& series, const Lattice& lattice,
                                     const DisclosureRules& rules, Audience audience, CalendarQuarter quarter,
                                     std::span<const PublishedValue> ledger, std::stop_token stop = {});

}  // namespace lagesbild::geo
