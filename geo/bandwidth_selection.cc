#include "geo/bandwidth_selection.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <utility>

#include "geo/bandwidth_objective.h"
#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kLowestScotts = 1.0 / 20, kHighestScotts = 3;
constexpr double kRelativePrecision = 1e-3;
constexpr int kDiggleNeighbors = 1000;
/// The peer has 512 radii from 0 to twice the longest; of these 255 up to the longest, and half a step.
constexpr double kDiggleSteps = 255.5;

constexpr std::array<std::pair<BandwidthSelector, std::string_view>, 6> kCodes = {{
    {BandwidthSelector::kScott, "scott"},
    {BandwidthSelector::kSilverman, "silverman"},
    {BandwidthSelector::kLeastSquares, "least_squares"},
    {BandwidthSelector::kLikelihood, "likelihood"},
    {BandwidthSelector::kDiggle, "diggle"},
    {BandwidthSelector::kArcgis, "arcgis"},
}};

bool Searches(BandwidthSelector selector) {
  return selector == BandwidthSelector::kLeastSquares || selector == BandwidthSelector::kLikelihood ||
         selector == BandwidthSelector::kDiggle;
}

std::vector<PlanePoint> Counted(std::span<const PlanePoint> points,
                                const BandwidthSelectionOptions& options) {
  if (options.study_area == nullptr) return {points.begin(), points.end()};
  std::vector<PlanePoint> inside;
  for (const PlanePoint& point : points)
    if (options.study_area->contains(point)) inside.push_back(point);
  return inside;
}

struct Range {
  double from, to;
};

/// The peer's longest distance for K is four times the largest radius h looked at, and sd = h / 2.
double DiggleSearchEnd(const PointSpread& spread, const StudyArea& area) {
  const PlanePoint a = area.south_west(), b = area.north_east();
  const double side =
      std::min(b.easting.value() - a.easting.value(), b.northing.value() - a.northing.value());
  const double crowd =
      std::sqrt(kDiggleNeighbors * area.area_km2() * 1e6 / (std::numbers::pi * spread.points));
  return std::min(side / 4, crowd) / 4;
}

Range SearchRange(const PointSpread& spread, const BandwidthSelectionOptions& options) {
  const bool diggle = options.selector == BandwidthSelector::kDiggle;
  const double end = diggle ? DiggleSearchEnd(spread, *options.study_area) : 0;
  // Where the points lie along an axis Scott's geometric mean is 0: their standard distance stands for it.
  const double sd = ScottSd(spread).value();
  const double scott = sd > 0 ? sd : ScottSd(spread.standard_distance, spread.points).value();
  Range range =
      diggle ? Range{end / kDiggleSteps, end} : Range{kLowestScotts * scott, kHighestScotts * scott};
  if (options.search_to) range.to = options.search_to->value();
  if (diggle) range.from = range.to / kDiggleSteps;
  if (options.search_from) range.from = options.search_from->value();
  if (!(range.from > 0) || !(range.to > range.from) || !std::isfinite(range.to))
    throw InvalidInput("the search range must go from a positive number of meters to a larger one, was " +
                       std::to_string(range.from) + " to " + std::to_string(range.to));
  return range;
}

using Objective = std::function<double(Meters)>;

/// Golden sections between the neighbors of the best point; `worse(a, b)` says that a is worse than b.
Meters Refine(const std::vector<ObjectivePoint>& curve, std::size_t best, const Objective& objective,
              double sign) {
  if (best == 0 || best + 1 == curve.size()) return curve[best].standard_deviation;
  const double ratio = (std::numbers::phi - 1);
  double a = curve[best - 1].standard_deviation.value(), b = curve[best + 1].standard_deviation.value();
  double left = b - ratio * (b - a), right = a + ratio * (b - a);
  double at_left = sign * objective(Meters{left}), at_right = sign * objective(Meters{right});
  while (b - a > kRelativePrecision * a) {
    if (at_left <= at_right) {
      b = right, right = left, at_right = at_left;
      left = b - ratio * (b - a);
      at_left = sign * objective(Meters{left});
    } else {
      a = left, left = right, at_left = at_right;
      right = a + ratio * (b - a);
      at_right = sign * objective(Meters{right});
    }
  }
  return Meters{(a + b) / 2};
}

struct Optimum {
  Meters sd;
  std::vector<ObjectivePoint> curve;
  bool at_lower_end, at_upper_end;
};

/// The first of the best points of a curve. NaN is never best.
std::size_t BestOf(const std::vector<ObjectivePoint>& curve, double sign) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < curve.size(); ++i)
    if (sign * curve[i].value < sign * curve[best].value || std::isnan(curve[best].value)) best = i;
  return best;
}

Optimum SearchDiggle(std::span<const PlanePoint> points, const Range& range,
                     const BandwidthSelectionOptions& options) {
  const Meters step{2 * range.to / kDiggleSteps};
  const auto values = BermanDiggleObjective(points, step, static_cast<int>(kDiggleSteps),
                                            {.study_area = options.study_area, .stop = options.stop});
  Optimum optimum{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double sd = static_cast<double>(i + 1) * step.value() / 2;
    if (sd >= range.from * (1 - 1e-12)) optimum.curve.push_back({Meters{sd}, values[i]});
  }
  const std::size_t best = BestOf(optimum.curve, 1);
  optimum.sd = optimum.curve[best].standard_deviation;
  optimum.at_lower_end = best == 0;
  optimum.at_upper_end = best + 1 == optimum.curve.size();
  return optimum;
}

Optimum SearchSeries(std::span<const PlanePoint> points, const Range& range,
                     const BandwidthSelectionOptions& options) {
  const bool likelihood = options.selector == BandwidthSelector::kLikelihood;
  const double sign = likelihood ? -1 : 1;
  const ObjectiveOptions with{.study_area = options.study_area, .stop = options.stop};
  const Objective objective = [&](Meters sd) {
    return likelihood ? LikelihoodObjective(points, sd, with) : LeastSquaresObjective(points, sd, with);
  };
  Optimum optimum{};
  const double step = std::log(range.to / range.from) / (options.curve_points - 1);
  for (int i = 0; i < options.curve_points; ++i) {
    const Meters sd{i + 1 == options.curve_points ? range.to : range.from * std::exp(i * step)};
    optimum.curve.push_back({sd, objective(sd)});
  }
  const std::size_t best = BestOf(optimum.curve, sign);
  if (!std::isfinite(optimum.curve[best].value) && sign * optimum.curve[best].value > 0)
    throw InvalidInput(
        "no bandwidth of the search range reaches from every point to another; search further");
  optimum.sd = Refine(optimum.curve, best, objective, sign);
  optimum.at_lower_end = best == 0;
  optimum.at_upper_end = best + 1 == optimum.curve.size();
  return optimum;
}

Optimum Search(std::span<const PlanePoint> points, const PointSpread& spread,
               const BandwidthSelectionOptions& options) {
  const Range range = SearchRange(spread, options);
  return options.selector == BandwidthSelector::kDiggle ? SearchDiggle(points, range, options)
                                                        : SearchSeries(points, range, options);
}

/// The standard deviation that a rule gives. ArcGIS's radius is one of the quartic kernel.
Meters RuleSd(const PointSpread& spread, BandwidthSelector selector) {
  if (selector != BandwidthSelector::kArcgis) return ScottSd(spread);
  return BandwidthOf(Kernel::kQuartic, ArcgisRadius(spread)).standard_deviation;
}

Meters SelectedSd(std::span<const PlanePoint> points, const PointSpread& spread,
                  const BandwidthSelectionOptions& options, BandwidthSelection& selection) {
  if (!Searches(options.selector)) return RuleSd(spread, options.selector);
  Optimum optimum = Search(points, spread, options);
  selection.curve = std::move(optimum.curve);
  selection.at_lower_end = optimum.at_lower_end;
  selection.at_upper_end = optimum.at_upper_end;
  selection.maximized = options.selector == BandwidthSelector::kLikelihood;
  return optimum.sd;
}

void CheckOptions(const BandwidthSelectionOptions& options) {
  if (options.selector == BandwidthSelector::kDiggle && options.study_area == nullptr)
    throw InvalidInput("Diggle's selector needs a study area");
  if (options.curve_points < 3 || options.curve_points > 1000)
    throw InvalidInput("the objective's curve must have 3 to 1000 points, was " +
                       std::to_string(options.curve_points));
}

/// What each position once would give, over the same range.
std::optional<Bandwidth> EachPositionOnce(std::vector<PlanePoint> points,
                                          const BandwidthSelectionOptions& options,
                                          const BandwidthSelection& selection) {
  std::sort(points.begin(), points.end());
  const auto end = std::unique(points.begin(), points.end());
  if (end == points.end()) return std::nullopt;
  points.erase(end, points.end());
  const int fewest = Searches(options.selector) ? kFewestPointsForSearch : kFewestPointsForRule;
  if (static_cast<int>(points.size()) < fewest) return std::nullopt;
  BandwidthSelectionOptions same = options;
  if (!selection.curve.empty()) {
    same.search_from = selection.curve.front().standard_deviation;
    same.search_to = selection.curve.back().standard_deviation;
  }
  BandwidthSelection unused;
  const Meters sd = SelectedSd(points, SpreadOf(points), same, unused);
  if (!(sd.value() > 0)) return std::nullopt;
  return BandwidthWithSd(options.kernel, sd);
}

}  // namespace

std::string_view BandwidthSelectorCode(BandwidthSelector selector) {
  for (const auto& [entry, code] : kCodes)
    if (entry == selector) return code;
  return {};
}

std::optional<BandwidthSelector> ParseBandwidthSelector(std::string_view code) {
  for (const auto& [selector, name] : kCodes)
    if (name == code) return selector;
  return std::nullopt;
}

BandwidthSelection SelectBandwidth(std::span<const PlanePoint> points,
                                   const BandwidthSelectionOptions& options) {
  CheckOptions(options);
  const std::vector<PlanePoint> counted = Counted(points, options);
  const int fewest = Searches(options.selector) ? kFewestPointsForSearch : kFewestPointsForRule;
  if (static_cast<int>(counted.size()) < fewest)
    throw TooFewIncidents(static_cast<int>(counted.size()), fewest);
  BandwidthSelection selection;
  selection.selector = options.selector;
  selection.spread = SpreadOf(counted);
  const Meters sd = SelectedSd(counted, selection.spread, options, selection);
  if (!(sd.value() > 0))
    throw InvalidInput("the rule gives a bandwidth of 0 because the points have no spread; give a bandwidth");
  selection.bandwidth = BandwidthWithSd(options.kernel, sd);
  if (options.selector == BandwidthSelector::kScott || options.selector == BandwidthSelector::kSilverman) {
    selection.sd_easting = ScottSd(selection.spread.sd_easting, selection.spread.points);
    selection.sd_northing = ScottSd(selection.spread.sd_northing, selection.spread.points);
  }
  selection.each_position_once = EachPositionOnce(counted, options, selection);
  return selection;
}

BandwidthOrAbsence SelectBandwidthOrAbsence(std::span<const PlanePoint> points,
                                            const BandwidthSelectionOptions& options) {
  CheckOptions(options);
  for (const PlanePoint& point : points)
    if (!std::isfinite(point.easting.value()) || !std::isfinite(point.northing.value()))
      throw InvalidInput("a coordinate is not a finite number of meters");
  try {
    return SelectBandwidth(points, options);
  } catch (const TooFewIncidents& few) {
    return TooFew{few.found, few.minimum};
  } catch (const InvalidInput&) {
    // Everything else that a caller could do wrong was looked at above.
    return Undefined{"NO_BANDWIDTH"};
  }
}

}  // namespace lagesbild::geo
