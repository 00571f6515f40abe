#include "geo/disclosure_views.h"

#include <gmock/gmock.h>

#include "geo/disclosure_rule.h"

namespace lagesbild::geo {
namespace {

using testing::ElementsAre;

std::vector<PublishedGroup> Groups() {
  return PublishedGroups(DefaultAgeScheme(), DefaultRule(Audience::kPublic));
}

/// "13_17x1+18_24x1 leaf": groups, quarters and level of a step.
std::string Text(const ViewStep& step) {
  const std::vector<PublishedGroup> groups = Groups();
  std::string text;
  for (const GroupPeriod& part : step.groups)
    text += (text.empty() ? "" : "+") + groups[static_cast<std::size_t>(part.group)].slug + "x" +
            std::to_string(part.quarters);
  return text + " " + std::string(AreaLevelCode(step.level));
}

std::vector<std::string> Texts(const std::vector<ViewStep>& steps) {
  std::vector<std::string> texts;
  for (const ViewStep& step : steps) texts.push_back(Text(step));
  return texts;
}

TEST(MapSteps, CoarsenAgesThenTimeThenArea) {
  EXPECT_THAT(Texts(MapSteps(Groups(), 12)),
              ElementsAre("13_17x1+18_24x1 leaf", "13_24x1 leaf", "13_24x2 leaf", "13_24x4 leaf",
                          "13_24x4 locality", "13_24x4 district", "13_24x4 municipality"));
}

TEST(MapSteps, LeaveOutPeriodsLongerThanTheSeries) {
  EXPECT_THAT(Texts(MapSteps(Groups(), 1)),
              ElementsAre("13_17x1+18_24x1 leaf", "13_24x1 leaf", "13_24x1 locality", "13_24x1 district",
                          "13_24x1 municipality"));
  EXPECT_THAT(Texts(MapSteps(Groups(), 3)),
              ElementsAre("13_17x1+18_24x1 leaf", "13_24x1 leaf", "13_24x2 leaf", "13_24x2 locality",
                          "13_24x2 district", "13_24x2 municipality"));
}

TEST(MapSteps, NeverHoldChildrenUnder13) {
  const std::vector<PublishedGroup> groups = Groups();
  for (const ViewStep& step : MapSteps(groups, 12))
    for (const GroupPeriod& part : step.groups)
      EXPECT_FALSE(groups[static_cast<std::size_t>(part.group)].protected_ages) << Text(step);
}

TEST(TableSteps, UniteEverMoreAgesThenLengthenThePeriod) {
  EXPECT_THAT(
      Texts(TableSteps(Groups(), DefaultRule(Audience::kPartner), 12)),
      ElementsAre("0_12x1+13_17x1+18_24x1 municipality", "0_17x1+18_24x1 municipality", "0_24x1 municipality",
                  "allax1 municipality", "allax2 municipality", "allax4 municipality"));
}

TEST(TableSteps, ShowThePublicProtectedAgesOverFourQuartersOnly) {
  const std::vector<PublishedGroup> groups = Groups();
  const std::vector<ViewStep> steps = TableSteps(groups, DefaultRule(Audience::kPublic), 12);
  EXPECT_THAT(Texts(steps), ElementsAre("0_12x4+13_17x1+18_24x1 municipality", "0_17x4+18_24x1 municipality",
                                        "0_24x4 municipality", "allax4 municipality"));
  EXPECT_TRUE(TableSteps(groups, DefaultRule(Audience::kPublic), 3).empty())
      << "every step of the table holds protected ages, and there are no four quarters yet";
}

TEST(ViewSteps, SayWhatTheyShowAndWhatTheyDidInWords) {
  for (const std::vector<ViewStep>& steps :
       {MapSteps(Groups(), 12), TableSteps(Groups(), DefaultRule(Audience::kPartner), 12)})
    for (std::size_t i = 0; i < steps.size(); ++i) {
      EXPECT_FALSE(steps[i].label_sv.empty());
      EXPECT_EQ(steps[i].coarser_sv.empty(), i == 0) << Text(steps[i]);
    }
  EXPECT_EQ(MapSteps(Groups(), 12).front().label_sv, "13–17 år och 18–24 år per kvartal, i små områden");
}

TEST(Anchors, AskForAllYouthsAndForThoseFrom13OverTheShortestPeriod) {
  const std::vector<PublishedGroup> groups = Groups();
  const auto texts = [&](Audience audience, int known) {
    std::vector<std::string> answer;
    for (const auto& alternatives : Anchors(groups, DefaultRule(audience), known)) {
      std::string text;
      for (const GroupPeriod& part : alternatives)
        text += groups[static_cast<std::size_t>(part.group)].slug + "x" + std::to_string(part.quarters) + " ";
      answer.push_back(text);
    }
    return answer;
  };
  EXPECT_THAT(texts(Audience::kPartner, 12),
              ElementsAre("0_24x1 0_24x2 0_24x4 ", "13_24x1 13_24x2 13_24x4 "));
  EXPECT_THAT(texts(Audience::kPublic, 12), ElementsAre("0_24x4 ", "13_24x1 13_24x2 13_24x4 "));
  EXPECT_THAT(texts(Audience::kPublic, 2), ElementsAre("", "13_24x1 13_24x2 "));
}

TEST(MayBePublished, KeepsProtectedAgesAndSensitiveCategoriesFromBelowDistrict) {
  const std::vector<PublishedGroup> groups = Groups();
  for (const Audience audience : {Audience::kPartner, Audience::kPublic}) {
    const DisclosureRule rule = DefaultRule(audience);
    for (const PublishedGroup& group : groups)
      for (const CategoryClass categories : {CategoryClass::kNonSensitive, CategoryClass::kAll}) {
        const bool is_protected = group.protected_ages || categories == CategoryClass::kAll;
        for (const AreaLevel level : {AreaLevel::kLeaf, AreaLevel::kLocality})
          for (const int quarters : {1, 2, 4})
            EXPECT_EQ(MayBePublished(group, categories, quarters, level, rule), !is_protected)
                << group.slug << " below district";
        for (const AreaLevel level : {AreaLevel::kDistrict, AreaLevel::kMunicipality})
          for (const int quarters : {1, 2, 4})
            EXPECT_EQ(MayBePublished(group, categories, quarters, level, rule),
                      !is_protected || audience == Audience::kPartner || quarters == 4)
                << group.slug << " over " << quarters << " quarters for " << AudienceCode(audience);
      }
  }
}

MultiPolygon Box(double easting, double width) {
  const Meters x0{easting}, x1{easting + width}, y0{6640000}, y1{6650000};
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}}};
}

TEST(AreasOfLevel, CoverTheMunicipalityOnceAtEveryLevel) {
  const StudyArea boundary(Box(600000, 20000));
  LatticeInput input;
  input.boundary = &boundary;
  input.districts = {{"D1", "Väster", Box(600000, 10000)}, {"D2", "Öster", Box(610000, 10000)}};
  input.localities = {{"T1", "Staden", Box(602000, 2000)}};
  for (int i = 0; i < 900; ++i)
    input.dwellings.push_back(
        {Meters{600000 + (i * 37 % 2000) * 10.0 + 1}, Meters{6640000 + (i * 91 % 1000) * 10.0 + 1}});
  const Lattice lattice = MakeLattice(input);
  const int all = lattice.areas().front().dwellings;
  for (const AreaLevel level :
       {AreaLevel::kMunicipality, AreaLevel::kDistrict, AreaLevel::kLocality, AreaLevel::kLeaf})
    for (const LatticeGrain grain : {LatticeGrain::kCoarse, LatticeGrain::kFine}) {
      int dwellings = 0;
      for (const int area : AreasOfLevel(lattice, level, grain))
        dwellings += lattice.areas()[static_cast<std::size_t>(area)].dwellings;
      EXPECT_EQ(dwellings, all) << AreaLevelCode(level);
    }
  EXPECT_EQ(AreasOfLevel(lattice, AreaLevel::kDistrict, LatticeGrain::kCoarse).size(), 2U);
  EXPECT_EQ(AreasOfLevel(lattice, AreaLevel::kLocality, LatticeGrain::kCoarse).size(), 3U)
      << "the town, the country around it, and the other district for itself";
}

}  // namespace
}  // namespace lagesbild::geo
