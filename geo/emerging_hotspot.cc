#include "geo/emerging_hotspot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

std::vector<int> MarksOf(std::span<const double> z_scores, std::span<const int> marks,
                         const EmergingOptions& options) {
  if (!(options.z_threshold > 0) || !(options.alpha > 0 && options.alpha < 1) ||
      !(options.nearly_always > 0.5 && options.nearly_always <= 1) || options.min_steps < 2)
    throw InvalidInput(
        "emerging hotspots need a z threshold above 0, alpha between 0 and 1, a share above 0.5 and at most "
        "1, "
        "and at least 2 steps");
  if (z_scores.size() < 2)
    throw InvalidInput("a series needs at least 2 steps, got " + std::to_string(z_scores.size()));
  if (!std::all_of(z_scores.begin(), z_scores.end(), [](double z) { return std::isfinite(z); }))
    throw InvalidInput("z scores of a series must be finite");
  std::vector<int> all(marks.begin(), marks.end());
  if (all.empty())
    for (const double z : z_scores)
      all.push_back(z >= options.z_threshold ? 1 : z <= -options.z_threshold ? -1 : 0);
  if (all.size() != z_scores.size())
    throw InvalidInput("a series of " + std::to_string(z_scores.size()) + " steps needs as many marks, got " +
                       std::to_string(all.size()));
  if (std::any_of(all.begin(), all.end(), [](int mark) { return mark < -1 || mark > 1; }))
    throw InvalidInput("a step is marked 1 (hot), 0 or -1 (cold)");
  return all;
}

/// Whether all steps of `mark` are the last ones.
bool OnlyFinalRun(const std::vector<int>& marks, int mark) {
  const auto first = std::find(marks.begin(), marks.end(), mark);
  return std::all_of(first, marks.end(), [mark](int other) { return other == mark; });
}

/// The rules for steps of `mark`, whose trend upwards is `slope` > 0. kNone when none applies.
EmergingPattern PatternOf(const std::vector<int>& marks, int mark, double slope, bool significant,
                          double nearly_always) {
  const auto same = std::count(marks.begin(), marks.end(), mark);
  const auto opposite = std::count(marks.begin(), marks.end(), -mark);
  const bool last = marks.back() == mark;
  if (same == 0) return EmergingPattern::kNone;
  if (last && same == 1 && opposite == 0) return EmergingPattern::kNew;
  if (static_cast<double>(same) >= nearly_always * static_cast<double>(marks.size())) {
    if (!last) return EmergingPattern::kHistorical;
    if (!significant) return EmergingPattern::kPersistent;
    return slope > 0 ? EmergingPattern::kIntensifying : EmergingPattern::kDiminishing;
  }
  if (last && opposite > 0) return EmergingPattern::kOscillating;
  if (last && same >= 2 && OnlyFinalRun(marks, mark)) return EmergingPattern::kConsecutive;
  return opposite == 0 ? EmergingPattern::kSporadic : EmergingPattern::kNone;
}

}  // namespace

std::string_view EmergingPatternCode(EmergingPattern pattern) {
  switch (pattern) {
    case EmergingPattern::kNone:
      return "none";
    case EmergingPattern::kNew:
      return "new";
    case EmergingPattern::kConsecutive:
      return "consecutive";
    case EmergingPattern::kIntensifying:
      return "intensifying";
    case EmergingPattern::kPersistent:
      return "persistent";
    case EmergingPattern::kDiminishing:
      return "diminishing";
    case EmergingPattern::kSporadic:
      return "sporadic";
    case EmergingPattern::kOscillating:
      return "oscillating";
    case EmergingPattern::kHistorical:
      return "historical";
    case EmergingPattern::kTooFew:
      return "too_few";
  }
  return "";
}

EmergingHotspot ClassifyEmergingHotspot(std::span<const double> z_scores, std::span<const int> marks,
                                        const EmergingOptions& options) {
  const std::vector<int> steps = MarksOf(z_scores, marks, options);
  EmergingHotspot result;
  result.hot_steps = static_cast<int>(std::count(steps.begin(), steps.end(), 1));
  result.cold_steps = static_cast<int>(std::count(steps.begin(), steps.end(), -1));
  std::vector<double> times;
  for (std::size_t i = 0; i < steps.size(); ++i) times.push_back(static_cast<double>(i));
  result.trend = MannKendallTrend(times, z_scores);
  if (static_cast<int>(steps.size()) < options.min_steps) {
    result.pattern = EmergingPattern::kTooFew;
    return result;
  }
  const bool significant = result.trend.p_value < options.alpha;
  const auto slope = static_cast<double>(result.trend.s);
  for (const int mark : {1, -1}) {
    result.pattern = PatternOf(steps, mark, mark * slope, significant, options.nearly_always);
    result.cold = mark < 0 && result.pattern != EmergingPattern::kNone;
    if (result.pattern != EmergingPattern::kNone) break;
  }
  const int mark = result.cold ? -1 : 1;
  const bool first_at_the_end = steps.back() == mark && std::count(steps.begin(), steps.end(), mark) == 1;
  result.order_decides = (result.pattern == EmergingPattern::kOscillating && first_at_the_end) ||
                         (result.pattern == EmergingPattern::kSporadic && steps.back() != mark);
  return result;
}

}  // namespace lagesbild::geo
