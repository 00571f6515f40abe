#include "geo/comparable_panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr CalendarQuarter kFirst{2026, 1}, kSecond{2026, 2};
constexpr auto kAnswered = ReporterAnswer::kAnswered;
constexpr auto kNothing = ReporterAnswer::kNothingToReport;
constexpr auto kSilent = ReporterAnswer::kNoAnswer;
constexpr auto kNotAsked = ReporterAnswer::kNotAsked;

/// Story D-3 of domain.md with its numbers.
std::vector<PanelReporter> StoryD3() {
  return {{"a", kAnswered, kAnswered, 4, 4},
          {"b", kAnswered, kAnswered, 3, 3},
          {"c", kAnswered, kAnswered, 5, 4},
          {"d", kNotAsked, kAnswered, 0, 5, "2026-04-01"},
          {"e", kNotAsked, kAnswered, 0, 3, "2026-05-15"}};
}

TEST(ComparablePanel, LeadsWithElevenAgainstTwelveAndNotWithNineteen) {
  const ComparablePanel panel = CompareOnPanel(kFirst, kSecond, StoryD3());
  EXPECT_EQ(panel.change.earlier, 12);
  EXPECT_EQ(panel.change.later, 11);
  EXPECT_EQ(ChangeTextSv(panel.change), "12 till 11 (−8 %), osäkert");
  EXPECT_EQ(ChangeTextEn(panel.change), "12 to 11 (−8 %), uncertain");
  EXPECT_THAT(panel.comparable, ElementsAre("a", "b", "c"));
  EXPECT_THAT(panel.joined, ElementsAre("d", "e"));
  EXPECT_EQ(panel.joined_incidents, 8);
  EXPECT_EQ(panel.all_later, 19);
  EXPECT_EQ(PercentText(CompareCounts(panel.all_earlier, panel.all_later)), " (+58 %)");
}

TEST(ComparablePanel, TellsCountsAloneOnASmallBase) {
  const std::vector<PanelReporter> reporters = {{"a", kAnswered, kAnswered, 3, 6}};
  EXPECT_EQ(ChangeTextSv(CompareOnPanel(kFirst, kSecond, reporters).change), "3 till 6, osäkert");
  EXPECT_EQ(PercentText(CompareCounts(3, 6)), "");
  EXPECT_EQ(ChangeTextSv(CompareCounts(20, 20)), "20 till 20 (±0 %), osäkert");
  EXPECT_EQ(ChangeTextSv(CompareCounts(20, 60)), "20 till 60 (+200 %)");
}

TEST(ComparablePanel, CountsNothingToReportAsPresentAndSilenceAsAbsent) {
  const std::vector<PanelReporter> reporters = {
      {"a", kAnswered, kNothing, 4, 0}, {"b", kAnswered, kSilent, 7, 0}, {"c", kSilent, kSilent, 0, 0}};
  const ComparablePanel panel = CompareOnPanel(kFirst, kSecond, reporters);
  EXPECT_THAT(panel.comparable, ElementsAre("a"));
  EXPECT_EQ(panel.change.earlier, 4);
  EXPECT_EQ(panel.change.later, 0);
  EXPECT_THAT(panel.lost, ElementsAre("b"));
  EXPECT_EQ(panel.lost_incidents, 7);
  EXPECT_THAT(panel.joined, IsEmpty());
}

TEST(ComparablePanel, KeepsWhoJoinedOrLeftWithinTheQuartersOutOfTheChange) {
  const std::vector<PanelReporter> reporters = {
      {"from_the_first_day", kAnswered, kAnswered, 2, 2, "2026-01-01"},
      {"joined_in_the_earlier", kAnswered, kAnswered, 1, 6, "2026-02-15"},
      {"left_in_the_later", kAnswered, kAnswered, 5, 1, "", "2026-06-01"},
      {"leaves_after_both", kAnswered, kAnswered, 3, 3, "", "2026-07-01"}};
  const ComparablePanel panel = CompareOnPanel(kFirst, kSecond, reporters);
  EXPECT_THAT(panel.comparable, ElementsAre("from_the_first_day", "leaves_after_both"));
  EXPECT_THAT(panel.joined, ElementsAre("joined_in_the_earlier"));
  EXPECT_THAT(panel.lost, ElementsAre("left_in_the_later"));
  EXPECT_EQ(panel.change.earlier, 5);
  EXPECT_EQ(panel.change.later, 5);
  EXPECT_EQ(panel.all_earlier, 11);
  EXPECT_EQ(panel.all_later, 12);
}

TEST(ComparablePanel, TellsWhoReturnedApartFromWhoIsNew) {
  const std::vector<PanelReporter> reporters = {{"old", kSilent, kAnswered, 0, 4, "2024-01-01"},
                                                {"undated", kNotAsked, kAnswered, 0, 2}};
  const ComparablePanel panel = CompareOnPanel(kFirst, kSecond, reporters);
  EXPECT_THAT(panel.returned, ElementsAre("old"));
  EXPECT_EQ(panel.returned_incidents, 4);
  EXPECT_THAT(panel.joined, ElementsAre("undated"));
  EXPECT_FALSE(panel.possible());
}

TEST(ComparablePanel, DoesNotDependOnTheOrder) {
  std::vector<PanelReporter> reporters = StoryD3();
  std::reverse(reporters.begin(), reporters.end());
  const ComparablePanel panel = CompareOnPanel(kFirst, kSecond, reporters);
  EXPECT_THAT(panel.comparable, ElementsAre("a", "b", "c"));
  EXPECT_THAT(panel.joined, ElementsAre("d", "e"));
}

TEST(ComparablePanel, RefusesWhatIsNoPairOfQuartersOrCounts) {
  EXPECT_THROW(CompareOnPanel(kSecond, kFirst, StoryD3()), InvalidInput);
  EXPECT_THROW(CompareOnPanel(kFirst, kFirst, StoryD3()), InvalidInput);
  const std::vector<PanelReporter> negative = {{"a", kAnswered, kAnswered, -1, 2}};
  EXPECT_THROW(CompareOnPanel(kFirst, kSecond, negative), InvalidInput);
  std::vector<PanelReporter> twice = StoryD3();
  twice.push_back(twice.front());
  EXPECT_THROW(CompareOnPanel(kFirst, kSecond, twice), InvalidInput);
}

TEST(IncidentsByReporter, LeavesPerceivedUnsafetyOut) {
  std::vector<Incident> incidents(3);
  incidents[0].reporter = incidents[1].reporter = "a";
  incidents[2].reporter = "b";
  incidents[2].category = Category::kPerceivedUnsafety;
  EXPECT_THAT(IncidentsByReporter(incidents), ElementsAre(testing::Pair("a", 2)));
}

TEST(RestsOnNew, IsHalfOrMore) {
  EXPECT_TRUE(RestsOnNew(4, 2));
  EXPECT_FALSE(RestsOnNew(5, 2));
  EXPECT_FALSE(RestsOnNew(0, 0));
}

TEST(ReporterAnswer, KeepsFourValuesApart) {
  EXPECT_EQ(AnswerOf(false, false, false), kNotAsked);
  EXPECT_EQ(AnswerOf(true, false, false), kSilent);
  EXPECT_EQ(AnswerOf(true, true, false), kNothing);
  EXPECT_EQ(AnswerOf(true, true, true), kAnswered);
  EXPECT_EQ(AnswerOf(false, false, true), kAnswered);
  EXPECT_EQ(ReporterAnswerLabelSv(kNothing), "inget att rapportera");
  EXPECT_EQ(ReporterAnswerLabelSv(kSilent), "svarade inte");
  EXPECT_EQ(ReporterAnswerCode(kNotAsked), "NOT_ASKED");
}

TEST(ResponseRate, IsOfThoseAskedOrHeardFrom) {
  const std::vector<ReporterAnswer> answers = {kAnswered, kNothing, kSilent, kNotAsked, kSilent};
  const AnswerTally tally = TallyAnswers(answers);
  EXPECT_EQ(tally, (AnswerTally{1, 1, 2, 1}));
  EXPECT_EQ(std::get<double>(ResponseRate(tally)), 0.5);
  EXPECT_EQ(std::get<Undefined>(ResponseRate({0, 0, 0, 3})).reason, "NOBODY_ASKED");
}

}  // namespace
}  // namespace lagesbild::geo
