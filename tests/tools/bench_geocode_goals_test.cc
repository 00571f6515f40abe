#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tools/bench_geocode/goals.h"
#include "tools/bench_geocode/score_goals.h"

namespace lagesbild::tools::bench {
namespace {

const Goal& Named(const GoalTable& goals, const std::string& code) {
  const auto found = std::find_if(goals.goals().begin(), goals.goals().end(),
                                  [&](const Goal& goal) { return goal.code == code; });
  if (found == goals.goals().end()) throw std::out_of_range(code);
  return *found;
}

void Answer(Score& score, const std::string& query_class, Expect expect, double error_m, int times) {
  BenchQuery query;
  query.query_class = query_class;
  query.expect = expect;
  if (expect == Expect::kPlace) query.truths = {{geo::Meters{0}, geo::Meters{0}}};
  geo::GeocodeMatch match;
  if (error_m >= 0) {
    match.level = geo::MatchLevel::kAddressPoint;
    match.position = {geo::Meters{error_m}, geo::Meters{0}};
    match.category = geo::MatchCategory::kB;
    match.accuracy_radius = geo::Meters{10};
  }
  for (int i = 0; i < times; ++i) score.Add(query, match);
}

TEST(Goals, AreReachedAtTheirBoundsAndNotBeyond) {
  Goal goal{"code", "", "", Unit::kShare, AtLeast(0.9), AtLeast(0.95), {}};
  EXPECT_EQ(ReachedOf(goal), Reached::kNotMeasured);
  const auto reached = [&](double measured) {
    goal.measured = measured;
    return ReachedOf(goal);
  };
  EXPECT_EQ(reached(0.95), Reached::kGoal);
  EXPECT_EQ(reached(0.9499999), Reached::kAtLeast) << "what is printed as 95,00 % is not";
  EXPECT_EQ(reached(0.9), Reached::kAtLeast);
  EXPECT_EQ(reached(0.8999999), Reached::kNo);
  goal.at_least = AtMost(2), goal.goal = AtMost(1);
  EXPECT_EQ(reached(1), Reached::kGoal);
  EXPECT_EQ(reached(2), Reached::kAtLeast);
  EXPECT_EQ(reached(2.1), Reached::kNo);
  goal.at_least = Bounds{0.85, 0.95}, goal.goal = Bounds{0.88, 0.92};
  EXPECT_EQ(reached(0.9), Reached::kGoal);
  EXPECT_EQ(reached(0.93), Reached::kAtLeast);
  EXPECT_EQ(reached(0.96), Reached::kNo) << "a radius may be too wide";
  goal.at_least = goal.goal = std::nullopt;
  EXPECT_EQ(reached(0.5), Reached::kNotJudged);
  EXPECT_EQ(GoalTable::Share(1, 0), std::nullopt);
}

TEST(Goals, CountAPreparedSetByHand) {
  Score score;
  Answer(score, "a", Expect::kPlace, 0, 997);
  Answer(score, "a", Expect::kPlace, 80, 1);  // wrong and sure
  Answer(score, "b", Expect::kPlace, -1, 2);
  GoalTable goals;
  AddPreparedGoals(goals, "town", score);
  EXPECT_DOUBLE_EQ(*Named(goals, "prepared_right_town").measured, 0.997);
  EXPECT_EQ(ReachedOf(Named(goals, "prepared_right_town")), Reached::kAtLeast);
  EXPECT_DOUBLE_EQ(*Named(goals, "prepared_wrong_town").measured, 0.001);
  EXPECT_EQ(ReachedOf(Named(goals, "prepared_wrong_town")), Reached::kAtLeast);
  EXPECT_EQ(Named(goals, "prepared_sure_wrong_town").measured, 1);
  EXPECT_EQ(Named(goals, "prepared_point_p95_town").measured, 0);
}

TEST(Goals, TakeTheHarderClassesAndWhatMustBeRefused) {
  Score score;
  Answer(score, "exact", Expect::kPlace, -1, 1000);  // none of them
  Answer(score, "abbreviation_edit", Expect::kPlace, 0, 80);
  Answer(score, "abbreviation_edit_anywhere", Expect::kPlace, -1, 10);
  Answer(score, "decoy_near", Expect::kNothing, -1, 9);
  Answer(score, "decoy_person", Expect::kNothing, 0, 1);
  Answer(score, "number_far", Expect::kNothing, -1, 90);
  GoalTable goals;
  AddGeneratedGoals(goals, "town", score);
  EXPECT_DOUBLE_EQ(*Named(goals, "hard_right_town").measured, 0.89);
  EXPECT_DOUBLE_EQ(*Named(goals, "hard_wrong_town").measured, 0.01);
  EXPECT_DOUBLE_EQ(*Named(goals, "refused_town").measured, 0.99);
  EXPECT_EQ(ReachedOf(Named(goals, "refused_town")), Reached::kAtLeast);
  EXPECT_EQ(Named(goals, "class_abbreviation_edit_town").measured, 1) << "without those shortened anyhow";
}

TEST(Goals, JudgeRadiiOfLevelsThatWereUsedOften) {
  GoalTable goals;
  AddRadiusGoals(
      goals, "town",
      {{geo::MatchLevel::kAddressNumber, 99, 1, {}}, {geo::MatchLevel::kInterpolated, 100, 90, {}}});
  ASSERT_EQ(goals.goals().size(), 1u);
  EXPECT_EQ(ReachedOf(Named(goals, "radius_interpolated_town")), Reached::kGoal);
}

TEST(Goals, SayWhatIsNotMeasured) {
  GoalTable goals;
  AddEstimateGoals(goals, "town", {}, {10, 45, 5, 35});
  EXPECT_EQ(ReachedOf(Named(goals, "interpolated_p95_town")), Reached::kNotMeasured);
}

TEST(Goals, TakeTheLargerOfFileAndProcessAsMemory) {
  CompiledSizeScore small, silent;
  small.code = "small", small.answered = true;
  small.file_mb = 40, small.resident_mb = 301, small.warm_s = 0.1;
  silent.code = "silent";
  GoalTable goals;
  AddSizeGoals(goals, {small, silent});
  EXPECT_EQ(goals.goals().size(), 3u) << "what does not answer is not measured";
  EXPECT_EQ(ReachedOf(Named(goals, "size_memory_small")), Reached::kNo);
  EXPECT_EQ(ReachedOf(Named(goals, "size_load_small")), Reached::kGoal);
}

TEST(GoalTable, IsToldAsTextAndAsJson) {
  GoalTable goals;
  goals.Add({"a_right", "a, rätt", "a, right", Unit::kShare, AtLeast(0.9), AtLeast(0.95), 0.9326});
  goals.Add({"a_sure", "a, säkra", "a, sure", Unit::kShare, {}, {}, 0.5});
  goals.Add({"load", "inläsning", "load", Unit::kSeconds, AtMost(0.2), AtMost(0.2), {}});
  testing::internal::CaptureStdout();
  BenchReport text({.swedish = true, .json = false});
  goals.Print(text);
  text.End();
  const std::string printed = testing::internal::GetCapturedStdout();
  EXPECT_THAT(printed, testing::HasSubstr("≥ 90,00 %"));
  EXPECT_THAT(printed, testing::HasSubstr("93,26 %"));
  EXPECT_THAT(printed, testing::HasSubstr("minst"));
  EXPECT_THAT(printed, testing::HasSubstr("ej mätt"));
  testing::internal::CaptureStdout();
  BenchReport document({.swedish = false, .json = true});
  goals.Print(document);
  document.End();
  const auto json = nlohmann::json::parse(testing::internal::GetCapturedStdout());
  EXPECT_EQ(json["goals"][0]["measured"], 0.9326);
  EXPECT_EQ(json["goals"][0]["bound_at_least"]["at_least"], 0.9);
  EXPECT_EQ(json["goals"][0]["reached"], "at_least");
  EXPECT_TRUE(json["goals"][1]["reached"].is_null());
  EXPECT_TRUE(json["goals"][2]["measured"].is_null());
  EXPECT_EQ(json["goals"][2]["reached"], "not_measured");
}

}  // namespace
}  // namespace lagesbild::tools::bench
