#include "geo/disclosure_rule.h"

#include <gmock/gmock.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Slugs(const std::vector<PublishedGroup>& groups) {
  std::vector<std::string> slugs;
  for (const PublishedGroup& group : groups) slugs.push_back(group.slug);
  return slugs;
}

TEST(DisclosureRule, StartsFromTheThresholdsOfThePage) {
  const DisclosureRule partner = DefaultRule(Audience::kPartner), open = DefaultRule(Audience::kPublic);
  EXPECT_EQ(partner.k, 5);
  EXPECT_EQ(partner.lattice, (LatticeThresholds{5, 12}));
  EXPECT_EQ(partner.protected_quarters, 1);
  EXPECT_EQ(open.k, 10);
  EXPECT_EQ(open.lattice, (LatticeThresholds{10, 25}));
  EXPECT_EQ(open.protected_quarters, 4);
  for (const DisclosureRule& rule : {partner, open}) {
    EXPECT_EQ(rule.protected_below_age, 13);
    EXPECT_EQ(rule.youth_last_age, 24);
    EXPECT_NO_THROW(CheckRule(rule));
  }
  EXPECT_NO_THROW(CheckRules({}));
}

struct Weakening {
  const char* field;
  void (*change)(DisclosureRule&);
};

class WeakerRule : public testing::TestWithParam<Weakening> {};

TEST_P(WeakerRule, IsRefusedForBothAudiencesByName) {
  for (const Audience audience : {Audience::kPartner, Audience::kPublic}) {
    DisclosureRule rule = DefaultRule(audience);
    GetParam().change(rule);
    try {
      CheckRule(rule);
      ADD_FAILURE() << GetParam().field << " was taken for " << AudienceCode(audience);
    } catch (const InvalidInput& error) {
      EXPECT_THAT(error.what(), HasSubstr(GetParam().field));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Of, WeakerRule,
    testing::Values(Weakening{"version", [](DisclosureRule& rule) { rule.version = 0; }},
                    Weakening{"k", [](DisclosureRule& rule) { --rule.k; }},
                    Weakening{"min_dwellings", [](DisclosureRule& rule) { --rule.lattice.min_dwellings; }},
                    Weakening{"min_persons", [](DisclosureRule& rule) { --rule.lattice.min_persons; }},
                    Weakening{"protected_below_age",
                              [](DisclosureRule& rule) { --rule.protected_below_age; }},
                    Weakening{"youth_last_age", [](DisclosureRule& rule) { rule.youth_last_age = 12; }},
                    Weakening{"protected_quarters", [](DisclosureRule& rule) { --rule.protected_quarters; }},
                    Weakening{"min_share", [](DisclosureRule& rule) { rule.min_share = -0.1; }}),
    [](const auto& weakening) { return std::string(weakening.param.field); });

TEST(DisclosureRule, RefusesValuesThatMeanNothing) {
  const auto refuses = [](const auto& change) {
    DisclosureRule rule = DefaultRule(Audience::kPublic);
    change(rule);
    EXPECT_THROW(CheckRule(rule), InvalidInput);
  };
  refuses([](DisclosureRule& rule) { rule.min_share = 1.5; });
  refuses([](DisclosureRule& rule) { rule.min_share = NAN; });
  refuses([](DisclosureRule& rule) { rule.protected_quarters = 5; });
  refuses([](DisclosureRule& rule) { rule.youth_last_age = kOpenAge + 1; });
}

TEST(DisclosureRule, MayBeStricterInEveryField) {
  DisclosureRule rule = DefaultRule(Audience::kPublic);
  rule.k = 20;
  rule.lattice = {50, 120};
  rule.protected_below_age = 15;
  rule.min_share = 0.9;
  rule.version = 2;
  EXPECT_NO_THROW(CheckRule(rule));
}

TEST(DisclosureRule, RefusesTwoRulesThatDoNotBelongTogether) {
  const auto refuses = [](const auto& change) {
    DisclosureRules rules;
    change(rules);
    EXPECT_THROW(CheckRules(rules), InvalidInput);
  };
  refuses([](DisclosureRules& rules) { std::swap(rules.partner, rules.open); });
  refuses([](DisclosureRules& rules) { rules.partner.version = 2; });
  refuses([](DisclosureRules& rules) { rules.partner.protected_below_age = 14; });
  refuses([](DisclosureRules& rules) { rules.open.youth_last_age = 17; });
  // What the public reads the partner reads too: the partner's areas must nest in the public's.
  refuses([](DisclosureRules& rules) { rules.partner.k = 11; });
  refuses([](DisclosureRules& rules) { rules.partner.lattice.min_dwellings = 11; });
  refuses([](DisclosureRules& rules) { rules.partner.lattice.min_persons = 26; });
  refuses([](DisclosureRules& rules) { rules.open.k = 9; });
}

TEST(PublishedGroups, AreTheDefaultSchemesYouthGroupsTheirUnionsAndAll) {
  const std::vector<PublishedGroup> groups =
      PublishedGroups(DefaultAgeScheme(), DefaultRule(Audience::kPublic));
  EXPECT_THAT(Slugs(groups), ElementsAre("0_12", "13_17", "18_24", "13_24", "0_17", "0_24", "alla"));
  for (const PublishedGroup& group : groups) {
    EXPECT_EQ(group.protected_ages, group.first_age < 13) << group.slug << ": holds children under 13";
    EXPECT_EQ(group.all, group.slug == "alla");
    EXPECT_EQ(group.headline.empty(), group.all);
  }
  EXPECT_EQ(groups[3].label_sv, "13–24 år");
  EXPECT_EQ(groups[3].label_en, "ages 13–24");
  EXPECT_EQ(groups[3].headline, (std::vector<int>{1, 2}));
}

/// A scheme of other ages: 0-14, 15-20, 21 and older.
AgeScheme OtherScheme() {
  AgeScheme scheme;
  scheme.version = 7;
  scheme.bands = {{"0-14", 0, 14}, {"15-20", 15, 20}, {"21+", 21, kOpenAge}};
  scheme.groups = {{"A", "a", "0–14 år", "0–14", AgeGroupKind::kHeadline, 0, 14},
                   {"B", "b", "15–20 år", "15–20", AgeGroupKind::kHeadline, 15, 20},
                   {"C", "c", "21 år och äldre", "21+", AgeGroupKind::kHeadline, 21, kOpenAge}};
  return scheme;
}

TEST(PublishedGroups, FollowAnotherScheme) {
  const std::vector<PublishedGroup> groups = PublishedGroups(OtherScheme(), DefaultRule(Audience::kPartner));
  EXPECT_THAT(Slugs(groups), ElementsAre("0_14", "15_20", "0_20", "alla"));
  EXPECT_TRUE(groups[0].protected_ages) << "it holds children under 13";
  EXPECT_FALSE(groups[1].protected_ages);
  EXPECT_TRUE(groups[2].protected_ages);
}

TEST(PublishedGroups, DoNotDependOnTheOrderOfTheScheme) {
  AgeScheme scheme = OtherScheme();
  std::swap(scheme.groups[0], scheme.groups[1]);
  EXPECT_THAT(Slugs(PublishedGroups(scheme, DefaultRule(Audience::kPartner))),
              ElementsAre("0_14", "15_20", "0_20", "alla"));
}

TEST(PublishedGroups, RefuseASchemeOfWhichNothingCouldBePublished) {
  AgeScheme scheme = OtherScheme();
  scheme.groups.erase(scheme.groups.begin() + 1);
  EXPECT_THROW(PublishedGroups(scheme, DefaultRule(Audience::kPartner)), InvalidInput)
      << "every youth group holds children under 13";
  scheme = OtherScheme();
  DisclosureRule rule = DefaultRule(Audience::kPartner);
  rule.youth_last_age = 14;
  EXPECT_THROW(PublishedGroups(scheme, rule), InvalidInput);
  scheme.groups.clear();
  for (int age = 13; age < 18; ++age)
    scheme.groups.push_back(
        {"G" + std::to_string(age), "g" + std::to_string(age), "", "", AgeGroupKind::kHeadline, age, age});
  EXPECT_THROW(PublishedGroups(scheme, DefaultRule(Audience::kPartner)), InvalidInput)
      << "five youth groups are more than can be audited";
}

}  // namespace
}  // namespace lagesbild::geo
