#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <variant>
#include <vector>

#include "geo/bandwidth_rules.h"
#include "geo/statistic.h"

namespace lagesbild::geo {

enum class BandwidthSelector { kScott, kSilverman, kLeastSquares, kLikelihood, kDiggle, kArcgis };

std::string_view BandwidthSelectorCode(BandwidthSelector selector);  ///< "scott", "least_squares", ...
std::optional<BandwidthSelector> ParseBandwidthSelector(std::string_view code);

/// Fewest points for rules of thumb, and for selectors that search an objective.
inline constexpr int kFewestPointsForRule = 2, kFewestPointsForSearch = 10;

struct BandwidthSelectionOptions {
  BandwidthSelector selector = BandwidthSelector::kLikelihood;
  Kernel kernel = Kernel::kQuartic;  ///< whose radius is told; what is selected is a standard deviation
  /// Points outside it are ignored. Needed by kDiggle; with it kLeastSquares and kLikelihood correct at the
  /// border. Null: no correction.
  const StudyArea* study_area = nullptr;
  /// Searched standard deviations. Empty: a twentieth of Scott's to three times it; kDiggle as its peer.
  std::optional<Meters> search_from, search_to;
  int curve_points = 60;  ///< of kLeastSquares and kLikelihood, 3 to 1,000
  std::stop_token stop = {};
};

struct ObjectivePoint {
  Meters standard_deviation;
  double value;  ///< may be infinite
};

struct BandwidthSelection {
  BandwidthSelector selector{};
  Bandwidth bandwidth;  ///< of the kernel asked for
  PointSpread spread;   ///< of the points that counted
  /// Of rules with one value per axis.
  std::optional<Meters> sd_easting, sd_northing;
  /// The objective over the search range, ascending; empty for rules. Minimized by kLeastSquares and kDiggle,
  /// maximized by kLikelihood.
  std::vector<ObjectivePoint> curve;
  bool maximized = false;
  /// Where the optimum is an end of the range it says nothing: search further, or another selector.
  bool at_lower_end = false, at_upper_end = false;
  /// What the same selector gives when every position counts once. Empty where no position is shared, or too
  /// few remain.
  std::optional<Bandwidth> each_position_once;
};

/// Selects one bandwidth for all incidents.
///
/// kLeastSquares and kLikelihood look at a geometric series of standard deviations and refine the best by
/// golden sections to 0.1 %. kDiggle takes the best of 255 evenly spaced ones up to a quarter of its peer's
/// longest distance for K (min(quarter of the shorter side, radius of 1000 expected points)); its objective
/// is a step function and is not refined. Positions shared by many pull every search towards 0:
/// `each_position_once` says how far.
/// Throws TooFewIncidents under the fewest points; InvalidInput: as SpreadOf, no study area for kDiggle, a
/// range or number of curve points that is not sensible, a rule that gives 0; Cancelled.
/// Cost: O(n²) per standard deviation tried.
BandwidthSelection SelectBandwidth(std::span<const PlanePoint> points,
                                   const BandwidthSelectionOptions& options);

/// A selected bandwidth, or why the incidents allow none.
using BandwidthOrAbsence = std::variant<BandwidthSelection, Undefined, TooFew>;

/// As SelectBandwidth, but what lies with the points is an answer and no error: TooFew, or
/// Undefined("NO_BANDWIDTH") where they have no spread, or the searched range is empty or reaches none.
/// Throws InvalidInput: a coordinate not finite, no study area for kDiggle, a number of curve points out of
/// range; Cancelled.
BandwidthOrAbsence SelectBandwidthOrAbsence(std::span<const PlanePoint> points,
                                            const BandwidthSelectionOptions& options);

}  // namespace lagesbild::geo
