#include "tools/bench_geocode/goals.h"

#include <cmath>

namespace lagesbild::tools::bench {
namespace {

/// A figure with its unit. JSON has the figure itself: shares as fractions.
ReportCell Value(const BenchReport& report, Unit unit, double value) {
  const auto with = [&](int decimals, double scale, const char* suffix) {
    return ReportCell{report.Number(scale * value, decimals).text + suffix, value};
  };
  switch (unit) {
    case Unit::kShare:
      return with(2, 100, " %");
    case Unit::kMeters:
      return with(1, 1, " m");
    case Unit::kRatio:
      return with(1, 1, "×");
    case Unit::kMilliseconds:
      return with(2, 1, " ms");
    case Unit::kSeconds:
      return with(2, 1, " s");
    case Unit::kMegabytes:
      return with(0, 1, " MB");
    case Unit::kCount:
      break;
  }
  return with(0, 1, "");
}

ReportCell Cell(const BenchReport& report, Unit unit, const std::optional<Bounds>& bounds) {
  if (!bounds) return {"–", nullptr};
  const ReportCell low = Value(report, unit, std::isfinite(bounds->low) ? bounds->low : 0),
                   high = Value(report, unit, std::isfinite(bounds->high) ? bounds->high : 0);
  if (!std::isfinite(bounds->high)) return {"≥ " + low.text, {{"at_least", low.value}}};
  if (!std::isfinite(bounds->low)) return {"≤ " + high.text, {{"at_most", high.value}}};
  return {low.text + "–" + high.text, {{"at_least", low.value}, {"at_most", high.value}}};
}

ReportCell Cell(const BenchReport& report, Reached reached) {
  const bool swedish = report.swedish();
  switch (reached) {
    case Reached::kGoal:
      return {swedish ? "mål" : "goal", "goal"};
    case Reached::kAtLeast:
      return {swedish ? "minst" : "at least", "at_least"};
    case Reached::kNo:
      return {swedish ? "NEJ" : "NO", "no"};
    case Reached::kNotMeasured:
      return {swedish ? "ej mätt" : "not measured", "not_measured"};
    case Reached::kNotJudged:
      break;
  }
  return {"–", nullptr};
}

}  // namespace

Reached ReachedOf(const Goal& goal) {
  if (!goal.measured) return Reached::kNotMeasured;
  if (!goal.at_least && !goal.goal) return Reached::kNotJudged;
  if (goal.goal && goal.goal->Hold(*goal.measured)) return Reached::kGoal;
  return goal.at_least && goal.at_least->Hold(*goal.measured) ? Reached::kAtLeast : Reached::kNo;
}

std::optional<double> GoalTable::Share(long long part, long long whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

void GoalTable::Print(BenchReport& report) const {
  report.Begin("goals", "Mål", "Goals",
               {{"what", "vad", "what"},
                {"bound_at_least", "minst", "at least"},
                {"bound_goal", "mål", "goal"},
                {"measured", "mätt", "measured"},
                {"reached", "nått", "reached"},
                {"code", "kod", "code"}});
  for (const Goal& goal : goals_)
    report.Row({{report.swedish() ? goal.sv : goal.en, goal.en},
                Cell(report, goal.unit, goal.at_least),
                Cell(report, goal.unit, goal.goal),
                goal.measured ? Value(report, goal.unit, *goal.measured) : ReportCell{"–", nullptr},
                Cell(report, ReachedOf(goal)),
                report.Text(goal.code)});
}

}  // namespace lagesbild::tools::bench
