#include "geo/emerging_hotspot.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// z scores of ten steps: H hot, c cold, anything else neither; without a trend of their own.
EmergingHotspot Classify(const std::string& steps) {
  std::vector<double> z;
  for (const char step : steps) z.push_back(step == 'H' ? 2.5 : step == 'c' ? -2.5 : 0.0);
  return ClassifyEmergingHotspot(z, {}, {});
}

TEST(EmergingHotspot, NamesEachPatternByItsSteps) {
  EXPECT_EQ(Classify("..........").pattern, EmergingPattern::kNone);
  EXPECT_EQ(Classify(".........H").pattern, EmergingPattern::kNew);
  EXPECT_EQ(Classify(".......HHH").pattern, EmergingPattern::kConsecutive);
  EXPECT_EQ(Classify("HHHHHHHHHH").pattern, EmergingPattern::kPersistent);
  EXPECT_EQ(Classify("HHHHHHHHH.").pattern, EmergingPattern::kHistorical);
  EXPECT_EQ(Classify(".H..H....H").pattern, EmergingPattern::kSporadic);
  EXPECT_EQ(Classify("c.......HH").pattern, EmergingPattern::kOscillating);
  EXPECT_EQ(Classify("c...H.....").pattern, EmergingPattern::kNone);
}

TEST(EmergingHotspot, TellsRisingFromFallingWhereItIsAlwaysHot) {
  std::vector<double> rising, falling;
  for (int i = 0; i < 10; ++i) {
    rising.push_back(2.0 + i);
    falling.push_back(12.0 - i);
  }
  EXPECT_EQ(ClassifyEmergingHotspot(rising, {}, {}).pattern, EmergingPattern::kIntensifying);
  EXPECT_EQ(ClassifyEmergingHotspot(falling, {}, {}).pattern, EmergingPattern::kDiminishing);
}

TEST(EmergingHotspot, MirrorsEveryPatternForColdSpots) {
  for (const std::string steps :
       {".........H", ".......HHH", "HHHHHHHHHH", "HHHHHHHHH.", ".H..H....H", "c.......HH"}) {
    std::string turned;
    for (const char step : steps) turned += step == 'H' ? 'c' : step == 'c' ? 'H' : step;
    const auto hot = Classify(steps), cold = Classify(turned);
    EXPECT_EQ(cold.pattern, hot.pattern) << steps;
    EXPECT_FALSE(hot.cold) << steps;
    EXPECT_TRUE(cold.cold) << steps;
    EXPECT_EQ(cold.cold_steps, hot.hot_steps) << steps;
  }
  std::vector<double> sinking;
  for (int i = 0; i < 10; ++i) sinking.push_back(-2.0 - i);
  const auto colder = ClassifyEmergingHotspot(sinking, {}, {});
  EXPECT_EQ(colder.pattern, EmergingPattern::kIntensifying);
  EXPECT_TRUE(colder.cold);
}

TEST(EmergingHotspot, SaysWhereItsOwnOrderDecided) {
  EXPECT_TRUE(Classify("c........H").order_decides);
  EXPECT_EQ(Classify("c........H").pattern, EmergingPattern::kOscillating);
  EXPECT_TRUE(Classify(".H..H.....").order_decides);
  EXPECT_FALSE(Classify(".H..H....H").order_decides);
}

TEST(EmergingHotspot, NamesNoPatternOfAShortSeries) {
  const std::vector<double> seven(7, 3.0), eight(8, 3.0);
  EXPECT_EQ(ClassifyEmergingHotspot(seven, {}, {}).pattern, EmergingPattern::kTooFew);
  EXPECT_EQ(ClassifyEmergingHotspot(seven, {}, {}).hot_steps, 7);
  EXPECT_EQ(ClassifyEmergingHotspot(eight, {}, {}).pattern, EmergingPattern::kPersistent);
}

TEST(EmergingHotspot, TakesTheCallersVerdictsOverTheThreshold) {
  const std::vector<double> z(10, 3.0);
  std::vector<int> marks(10, 0);
  EXPECT_EQ(ClassifyEmergingHotspot(z, marks, {}).pattern, EmergingPattern::kNone);
  marks.back() = 1;
  EXPECT_EQ(ClassifyEmergingHotspot(z, marks, {}).pattern, EmergingPattern::kNew);
}

TEST(EmergingHotspot, RefusesWhatIsNoSeries) {
  const std::vector<double> z(10, 0.0);
  std::vector<double> undefined = z;
  undefined[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(ClassifyEmergingHotspot(undefined, {}, {}), InvalidInput);
  EXPECT_THROW(ClassifyEmergingHotspot(std::vector<double>{1}, {}, {}), InvalidInput);
  EXPECT_THROW(ClassifyEmergingHotspot(z, std::vector<int>(9, 0), {}), InvalidInput);
  EXPECT_THROW(ClassifyEmergingHotspot(z, std::vector<int>(10, 2), {}), InvalidInput);
  EXPECT_THROW(ClassifyEmergingHotspot(z, {}, {.z_threshold = 0}), InvalidInput);
  EXPECT_THROW(ClassifyEmergingHotspot(z, {}, {.alpha = 1}), InvalidInput);
  EXPECT_THROW(ClassifyEmergingHotspot(z, {}, {.nearly_always = 0.4}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
