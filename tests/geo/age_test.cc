#include "geo/age.h"

#include <gtest/gtest.h>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

const AgeGroup& Group(const AgeScheme& scheme, const std::string& code) {
  for (const AgeGroup& group : scheme.groups)
    if (group.code == code) return group;
  throw std::logic_error("no such group");
}

TEST(AgeScheme, DefaultPassesItsOwnCheck) { EXPECT_NO_THROW(CheckAgeScheme(DefaultAgeScheme())); }

TEST(AgeScheme, PutsEveryAgeInExactlyOneHeadlineGroup) {
  const AgeScheme scheme = DefaultAgeScheme();
  for (int age = 0; age <= 120; ++age) {
    int groups = 0;
    for (const AgeGroup& group : scheme.groups)
      if (group.kind == AgeGroupKind::kHeadline && InGroup(scheme, group, SpanOfAge(scheme, age))) ++groups;
    EXPECT_EQ(groups, 1) << "age " << age;
    EXPECT_FALSE(InGroup(scheme, Group(scheme, "OKAND"), SpanOfAge(scheme, age))) << "age " << age;
  }
}

TEST(AgeScheme, KeepsTheBordersOfTheHeadlineGroups) {
  const AgeScheme scheme = DefaultAgeScheme();
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "BARN"), SpanOfAge(scheme, 12)));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "UNGDOM"), SpanOfAge(scheme, 13)));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "UNGDOM"), SpanOfAge(scheme, 17)));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "UNG_VUXEN"), SpanOfAge(scheme, 18)));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "UNG_VUXEN"), SpanOfAge(scheme, 24)));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "VUXEN"), SpanOfAge(scheme, 25)));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "U18"), SpanOfAge(scheme, 17)));
  EXPECT_FALSE(InGroup(scheme, Group(scheme, "U18"), SpanOfAge(scheme, 18)));
}

TEST(AgeScheme, BuildsTheBandsOfOtherStatistics) {
  const AgeScheme scheme = DefaultAgeScheme();
  for (const auto& [first, last] :
       {std::pair{0, 6}, {15, 17}, {16, 19}, {20, 24}, {13, 19}, {13, 25}, {10, 14}, {0, 9}})
    EXPECT_EQ(SpanCode(scheme, SpanOfAges(scheme, first, last)),
              std::to_string(first) + "-" + std::to_string(last));
}

TEST(AgeScheme, CountsABandThatCrossesAHeadlineBorderAsUnknownButKeepsItsSubtotal) {
  const AgeScheme scheme = DefaultAgeScheme();
  const AgeSpan span = SpanOfAges(scheme, 10, 15);
  EXPECT_FALSE(InGroup(scheme, Group(scheme, "BARN"), span));
  EXPECT_FALSE(InGroup(scheme, Group(scheme, "UNGDOM"), span));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "OKAND"), span));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "U18"), span));
  EXPECT_TRUE(InGroup(scheme, Group(scheme, "ALLA"), span));
}

TEST(AgeScheme, WidensABandThatCutsAtomicBands) {
  const AgeScheme scheme = DefaultAgeScheme();
  EXPECT_EQ(SpanCode(scheme, SpanOfAges(scheme, 14, 16)), "13-17");
  EXPECT_EQ(SpanCode(scheme, SpanOfAges(scheme, 26, kOpenAge)), "26+");
}

TEST(AgeScheme, ReadsBackEverySpanCode) {
  const AgeScheme scheme = DefaultAgeScheme();
  const int bands = static_cast<int>(scheme.bands.size());
  for (int first = 0; first < bands; ++first)
    for (int last = first; last < bands; ++last) {
      const AgeSpan span{first, last};
      EXPECT_EQ(ParseSpanCode(scheme, SpanCode(scheme, span)), span);
    }
  EXPECT_EQ(ParseSpanCode(scheme, "UNKNOWN"), AgeSpan{});
}

TEST(AgeScheme, RefusesCodesThatAreNoRunOfBands) {
  const AgeScheme scheme = DefaultAgeScheme();
  for (const char* code : {"", "14", "12-14", "17-13", "x", "13-", "-17", "26", "13-17x"})
    EXPECT_EQ(ParseSpanCode(scheme, code), std::nullopt) << code;
}

TEST(AgeScheme, RefusesImpossibleAges) {
  const AgeScheme scheme = DefaultAgeScheme();
  EXPECT_THROW(SpanOfAge(scheme, -1), InvalidInput);
  EXPECT_THROW(SpanOfAge(scheme, 121), InvalidInput);
  EXPECT_THROW(SpanOfAges(scheme, 17, 13), InvalidInput);
}

TEST(AgeScheme, RefusesGapsCutBandsAndRepeatedSlugs) {
  AgeScheme gap = DefaultAgeScheme();
  gap.bands.erase(gap.bands.begin() + 3);
  EXPECT_THROW(CheckAgeScheme(gap), InvalidInput);
  AgeScheme cut = DefaultAgeScheme();
  cut.groups[1].last_age = 14;
  cut.groups[2].first_age = 14;
  EXPECT_THROW(CheckAgeScheme(cut), InvalidInput);
  AgeScheme slug = DefaultAgeScheme();
  slug.groups[1].slug = slug.groups[0].slug;
  EXPECT_THROW(CheckAgeScheme(slug), InvalidInput);
  AgeScheme uncovered = DefaultAgeScheme();
  uncovered.groups.erase(uncovered.groups.begin() + 3);
  EXPECT_THROW(CheckAgeScheme(uncovered), InvalidInput);
  EXPECT_THROW(CheckAgeScheme(AgeScheme{}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
