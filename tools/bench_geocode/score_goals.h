#pragma once

#include <string>
#include <vector>

#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/compiled_size.h"
#include "tools/bench_geocode/goals.h"
#include "tools/bench_geocode/hostile.h"
#include "tools/bench_geocode/score.h"
#include "tools/bench_geocode/speed.h"

namespace lagesbild::tools::bench {

// The goals of the project (docs: bench geocode), each from what a part of the benchmark measured. `code` is
// the register's and ends the goal's code.

/// A prepared set: right, wrong, sure among the wrong, error of what was placed at an address.
void AddPreparedGoals(GoalTable& goals, const std::string& code, const Score& score);
/// Generated queries: the harder classes together, class by class, and what must be refused.
void AddGeneratedGoals(GoalTable& goals, const std::string& code, const Score& score);
/// Numbers left out: `most_p50_m` and `most_p95_m` at least, and the goals.
struct EstimateGoals {
  double least_p50_m, least_p95_m, goal_p50_m, goal_p95_m;
};
void AddEstimateGoals(GoalTable& goals, const std::string& code, const std::vector<LevelScore>& levels,
                      const EstimateGoals& of);
/// 85 to 95 % of the truths within the stated radius, level by level, where 100 or more were placed.
void AddRadiusGoals(GoalTable& goals, const std::string& code, const std::vector<LevelScore>& levels);
void AddBlockGoals(GoalTable& goals, const BlockScore& score);
void AddSpeedGoals(GoalTable& goals, const SpeedScore& score);
void AddHostileGoals(GoalTable& goals, const HostileScore& score);
/// Compiled registers: memory (file and process, the larger), seconds to the first answer.
void AddSizeGoals(GoalTable& goals, const std::vector<CompiledSizeScore>& scores);

}  // namespace lagesbild::tools::bench
