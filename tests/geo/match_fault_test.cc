#include "geo/match_fault.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <string>

namespace lagesbild::geo {
namespace {

GeocodeMatch With(MatchLevel level, std::vector<std::string> faults) {
  GeocodeMatch match;
  match.level = level;
  match.faults = std::move(faults);
  Grade(match);
  return match;
}

TEST(MatchFaults, AreTheSameInTheCodeAndInTheDocumentation) {
  std::ifstream in(std::string(LAGESBILD_SOURCE_DIR) + "/geo/match_faults.md");
  std::vector<std::string> documented, coded;
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("| ") && !line.starts_with("| Code")) documented.push_back(line);
  for (const FaultRule& rule : FaultRules())
    coded.push_back("| " + std::string(rule.code) + " | " + std::string(rule.group) + " | " +
                    std::to_string(rule.penalty) + " | " + std::string(MatchCategoryCode(rule.best)) + " | " +
                    std::string(rule.meaning) + " |");
  EXPECT_EQ(documented, coded);
}

TEST(MatchFaults, HaveCodesOfTheirOwnAndNeutralOnesCostNothing) {
  std::set<std::string_view> codes;
  for (const FaultRule& rule : FaultRules()) {
    EXPECT_TRUE(codes.insert(rule.code).second) << rule.code;
    EXPECT_EQ(rule.group == "neutral", rule.best == MatchCategory::kA) << rule.code;
    EXPECT_EQ(rule.group == "neutral", rule.penalty == 0) << rule.code;
  }
}

TEST(MatchFaults, AreFoundWithTheirKinds) {
  ASSERT_NE(FindFaultRule("RELATION_WORD(mitt emot)"), nullptr);
  EXPECT_EQ(FindFaultRule("RELATION_WORD(mitt emot)")->code, "RELATION_WORD");
  EXPECT_EQ(FindFaultRule("NO_SUCH_FAULT"), nullptr);
  EXPECT_EQ(FaultPenalty("NO_SUCH_FAULT"), 0);
}

TEST(Grade, TakesTheWorstFaultAndTheLevel) {
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {}).category, MatchCategory::kA);
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {"FOLDED", "CLUTTER_REMOVED(remark)"}).category,
            MatchCategory::kA);
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {"FOLDED", "STREET_EDIT_1"}).category, MatchCategory::kB);
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {"STREET_EDIT_1", "FIRST_WORD_MISSING"}).category,
            MatchCategory::kC);
  EXPECT_EQ(With(MatchLevel::kStreet, {"NUMBER_MISSING"}).category, MatchCategory::kC);
  EXPECT_EQ(With(MatchLevel::kNone, {"STREET_NOT_FOUND"}).category, MatchCategory::kNone);
}

TEST(Grade, LowersByAConflictWithoutAVeto) {
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {"LOCALITY_CONFLICT"}).category, MatchCategory::kB);
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {"STREET_EDIT_1", "POSTCODE_CONFLICT"}).category,
            MatchCategory::kC);
}

TEST(Grade, TakesPenaltiesFromAHundred) {
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {}).score, 100);
  EXPECT_EQ(With(MatchLevel::kAddressPoint, {"STREET_EDIT_1"}).score, 100 - FaultPenalty("STREET_EDIT_1"));
  EXPECT_EQ(With(MatchLevel::kStreet, {"NUMBER_MISSING", "POSTCODE_ONLY", "STREET_EDIT_2"}).score, 0);
}

TEST(LevelToCount, LetsNothingThatNeedsALookIntoADensity) {
  EXPECT_EQ(LevelToCount(With(MatchLevel::kAddressPoint, {"STREET_EDIT_1"})), MatchLevel::kAddressPoint);
  EXPECT_EQ(LevelToCount(With(MatchLevel::kAddressPoint, {"FIRST_WORD_MISSING"})), MatchLevel::kStreet);
  EXPECT_EQ(LevelToCount(With(MatchLevel::kInterpolatedEnd, {"NUMBER_BEYOND_END"})),
            MatchLevel::kInterpolatedEnd);
  EXPECT_EQ(LevelToCount(With(MatchLevel::kLocality, {"LOCALITY_ONLY"})), MatchLevel::kLocality);
}

}  // namespace
}  // namespace lagesbild::geo
