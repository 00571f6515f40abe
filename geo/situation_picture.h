#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "geo/comparable_panel.h"
#include "geo/doubtful_point.h"
#include "geo/hotspot_test.h"
#include "geo/incident.h"
#include "geo/kernel_density.h"
#include "geo/reconciliation.h"
#include "geo/statistic.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

/// Inhabitants of one completed age at one dwelling or address.
struct Inhabitants {
  PlanePoint position;
  int age = 0;
  int count = 0;
};

struct PictureInput {
  CalendarQuarter quarter;
  AgeScheme scheme;
  std::vector<Incident> incidents;  ///< the selection: one quarter, all place kinds, buffer included
  const StudyArea* study_area = nullptr;
  std::vector<NamedArea> districts;
  std::vector<Inhabitants> inhabitants;
  std::vector<std::string> new_reporters = {};  ///< codes of those who joined since the quarter before began
  /// Of all incidents known by the quarter's end, not of this quarter alone: what is a default point shows in
  /// the long run.
  std::vector<PileUp> pile_ups;
};

struct PictureOptions {
  RoleSelection role = RoleSelection::kAny;
  Meters cell{250};
  Meters density_cell{100};
  Kernel kernel = Kernel::kQuartic;
  Meters bandwidth{1000};
  EdgeCorrection edge = EdgeCorrection::kDiggle;
  HotspotTestOptions test;
  RepeatOptions repeats;
  /// Incidents placed more coarsely stay out of density and grid, and are counted. Half the bandwidth.
  Meters max_accuracy{500};
};

/// What one reporter did in the picture's quarter.
struct ReporterStanding {
  std::string code;
  ReporterAnswer answer = ReporterAnswer::kNotAsked;
  int incidents = 0;
};

/// A place where several incidents share one position: a finding of its own.
struct RepeatPlace {
  PlanePoint position;
  int incidents = 0;
  int reporters = 0;
};

struct PictureCell {
  HotspotCell test;   ///< test.* are meaningless (1, 0) when the layer is not tested
  int incidents = 0;  ///< in the cell, repeats not collapsed
  int neighborhood_incidents = 0;
  int neighborhood_reporters = 0;  ///< distinct reporters behind the neighborhood's incidents
  int neighborhood_of_new = 0;     ///< of the neighborhood's incidents, from newly joined reporters
  int neighborhood_doubtful = 0;   ///< of the neighborhood's incidents: at a point in doubt
  double inhabitants = 0;          ///< of the group in the cell
  double gi_star_z = 0;            ///< descriptive; NaN when undefined
  double gi_star_exact_p = 0;      ///< exact conditional permutation tail (>=); NaN when undefined
};

struct DistrictCounts {
  std::string code, name;
  int incidents = 0;  ///< placed, the too coarse included
  int inhabitants = 0;
};

struct PictureLayer {
  AgeGroup group;
  GroupTally tally;
  bool tested = false;
  std::int64_t family_size = 0;  ///< m that the layer's q values are adjusted for; its own for totals
  std::optional<Undefined>
      undefined;                  ///< enough incidents, but nobody of the group is known to live anywhere
  std::optional<TooFew> too_few;  ///< why it is not tested
  std::string coarser_level;      ///< group code of the next coarser level that has enough, or empty
  int used_incidents = 0;         ///< placed precisely enough and inside
  int used_after_collapse = 0;
  int outside_mask = 0;            ///< after collapse, where nobody of the group lives nearby
  std::vector<PictureCell> cells;  ///< cells with inhabitants of the group or incidents in the neighborhood
  std::optional<Grid<double>> density;  ///< per km² and quarter; NaN outside the study area; absent when too
                                        ///< few, but there when only inhabitants are lacking for the test
  double density_mass = 0;              ///< sum x cell area: compare with used_incidents
  double density_peak = 0;              ///< largest finite value
  std::vector<DistrictCounts> districts;
  std::vector<RepeatPlace> repeats;            ///< most incidents first
  std::vector<DoubtfulPoint> doubtful_points;  ///< that used incidents lie at, most known incidents first
};

/// Everything that one quarter's picture says, before any file or audience. Pure value.
struct SituationPicture {
  CalendarQuarter quarter;
  PictureOptions options;
  Bandwidth bandwidth;
  GridSpec grid, density_grid;
  std::int64_t family_size = 0;
  std::vector<PictureLayer> layers;    ///< in the order of the scheme's groups
  std::vector<std::string> reporters;  ///< codes of reporters with incidents, sorted
  int perceived_unsafety = 0;          ///< reports of that kind, never summed with incidents
  int in_buffer = 0;                   ///< outside the boundary but with a position
  /// Filled by whoever knows the answers: what each reporter of the selection did in the quarter, by code,
  /// and the change against earlier quarters on those present in both.
  std::vector<ReporterStanding> coverage = {};
  std::vector<ComparablePanel> comparisons = {};
  std::vector<DoubtfulPoint> doubtful_points = {};  ///< that placed incidents lie at, the too coarse included
};

/// `progress` gets a fraction from 0 to 1 and a stage name. Deterministic; order of incidents does not
/// matter. Throws InvalidInput (no study area, bandwidth under the density cell size, bad grids) and
/// Cancelled.
SituationPicture MakeSituationPicture(const PictureInput& input, const PictureOptions& options,
                                      std::stop_token stop = {},
                                      const std::function<void(double, const char*)>& progress = {});

}  // namespace lagesbild::geo
