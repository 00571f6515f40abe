#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "tools/bench_geocode/report.h"

namespace lagesbild::tools::bench {

/// What a figure must lie within, both ends included.
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool Hold(double value) const { return low <= value && value <= high; }
};
inline Bounds AtLeast(double value) { return {.low = value}; }
inline Bounds AtMost(double value) { return {.high = value}; }

enum class Unit { kShare, kMeters, kRatio, kMilliseconds, kSeconds, kMegabytes, kCount };

/// One line of the goals: what, at least, goal, measured. Empty bounds: told, not judged. No figure: not
/// measured yet.
struct Goal {
  std::string code, sv, en;
  Unit unit = Unit::kShare;
  std::optional<Bounds> at_least, goal;
  std::optional<double> measured;
};

enum class Reached { kGoal, kAtLeast, kNo, kNotMeasured, kNotJudged };
/// Judged by the figure as measured, not as it is printed.
Reached ReachedOf(const Goal& goal);

/// The goals of a run, in the order in which their figures came.
class GoalTable {
 public:
  void Add(Goal goal) { goals_.push_back(std::move(goal)); }
  /// Part of a whole; of nothing nothing is measured.
  static std::optional<double> Share(long long part, long long whole);
  void Print(BenchReport& report) const;
  const std::vector<Goal>& goals() const { return goals_; }

 private:
  std::vector<Goal> goals_;
};

}  // namespace lagesbild::tools::bench
