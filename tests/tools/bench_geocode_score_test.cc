#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/bench_geocode_support.h"
#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

geo::PlanePoint At(double e, double n) { return {geo::Meters{e}, geo::Meters{n}}; }

geo::GeocodeMatch Placed(double e, geo::MatchLevel level, geo::MatchCategory category, double radius = 10) {
  geo::GeocodeMatch match;
  match.level = level;
  match.position = At(e, 0);
  match.category = category;
  match.accuracy_radius = geo::Meters{radius};
  return match;
}

geo::GeocodeMatch Unplaced(geo::UnplacedReason reason) {
  geo::GeocodeMatch match;
  match.reason = reason;
  return match;
}

BenchQuery Asked(const std::string& query_class, Expect expect) {
  BenchQuery query;
  query.query_class = query_class;
  query.expect = expect;
  if (expect == Expect::kPlace || expect == Expect::kPlaceOrAmbiguous) query.truths = {At(0, 0), At(1000, 0)};
  return query;
}

const auto kPoint = geo::MatchLevel::kAddressPoint;
const auto kA = geo::MatchCategory::kA, kB = geo::MatchCategory::kB, kC = geo::MatchCategory::kC;
const auto kAmbiguous = geo::UnplacedReason::kAmbiguous, kNotFound = geo::UnplacedReason::kNotFound;

TEST(Score, CountsAHandExample) {
  Score score;
  score.Add(Asked("a", Expect::kPlace), Placed(3, kPoint, kA));
  score.Add(Asked("a", Expect::kPlace), Placed(960, kPoint, kB));  // 40 m from the second truth
  score.Add(Asked("a", Expect::kPlace), Placed(500, kPoint, kB));  // sure and wrong
  score.Add(Asked("a", Expect::kPlace), Placed(300, kPoint, kC));  // wrong, and says so
  score.Add(Asked("a", Expect::kPlace), Unplaced(kAmbiguous));
  score.Add(Asked("a", Expect::kPlace), Unplaced(kNotFound));
  score.Add(Asked("b", Expect::kPlaceOrAmbiguous), Unplaced(kAmbiguous));
  score.Add(Asked("b", Expect::kAmbiguous), Unplaced(kAmbiguous));
  score.Add(Asked("b", Expect::kAmbiguous), Placed(0, kPoint, kA));  // a silent pick
  score.Add(Asked("b", Expect::kNothing), Unplaced(kNotFound));
  score.Add(Asked("b", Expect::kNothing), Placed(0, geo::MatchLevel::kStreet, kC, 500));
  ASSERT_EQ(score.classes.size(), 2u);
  const ClassScore &a = score.classes[0], &b = score.classes[1];
  EXPECT_THAT(a.outcomes, ElementsAre(2, 2, 1, 1, 0));
  EXPECT_EQ(a.confident_wrong, 1);
  EXPECT_EQ(a.queries(), 6);
  EXPECT_THAT(a.distances, ElementsAre(3, 40, 500, 300));
  EXPECT_THAT(b.outcomes, ElementsAre(3, 2, 0, 0, 0));
  EXPECT_EQ(b.confident_wrong, 1);
  EXPECT_EQ(b.open, 1);
  EXPECT_EQ(score.nothing_expected, 2);
  EXPECT_EQ(score.nothing_given, 1);
  EXPECT_EQ(score.all.queries(), 11);
  ASSERT_EQ(score.levels.size(), 1u);
  EXPECT_EQ(score.levels[0].placed, 4);
  EXPECT_EQ(score.levels[0].within, 1);
}

TEST(Score, CallsAnHonestlyCoarseAnswerCoarse) {
  const auto street = geo::MatchLevel::kStreet;
  EXPECT_EQ(Judge(Asked("a", Expect::kPlace), Placed(300, street, kC, 400)).outcome, Outcome::kCoarse);
  EXPECT_EQ(Judge(Asked("a", Expect::kPlace), Placed(300, street, kC, 200)).outcome, Outcome::kWrong);
  EXPECT_EQ(Judge(Asked("a", Expect::kPlace), Placed(300, street, kB, 400)).outcome, Outcome::kWrong);
}

TEST(Score, WantsAWholeStreetAsSuch) {
  BenchQuery query = Asked("a", Expect::kCoarse);
  query.truths = {At(0, 0), At(1000, 0)};
  EXPECT_EQ(Judge(query, Placed(500, geo::MatchLevel::kStreet, kC, 600)).outcome, Outcome::kRight);
  EXPECT_EQ(Judge(query, Placed(500, geo::MatchLevel::kStreet, kC, 400)).outcome, Outcome::kWrong);
  EXPECT_EQ(Judge(query, Placed(0, kPoint, kA)).outcome, Outcome::kWrong);
  EXPECT_EQ(Judge(query, Unplaced(kAmbiguous)).outcome, Outcome::kAmbiguous);
  EXPECT_EQ(Judge(query, Unplaced(kNotFound)).outcome, Outcome::kNone);
}

TEST(Score, TakesTheSmallestValueThatTheShareDoesNotExceed) {
  EXPECT_EQ(Quantile({}, 0.5), -1);
  EXPECT_EQ(Quantile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(Quantile({4, 1, 3, 2}, 0.95), 4);
  EXPECT_EQ(Quantile({7}, 0.5), 7);
}

TEST(Misses, TellWhatWasAnsweredInstead) {
  const geo::Geocoder geocoder(InventedRegister());
  BenchQuery known = Asked("a", Expect::kPlace), unknown = Asked("b", Expect::kPlace);
  known.address = "Storgatan 3";
  unknown.address = "Plommonlundsvägen 3";
  std::vector<Miss> misses;
  Ask(geocoder, {known, unknown}, &misses);
  ASSERT_EQ(misses.size(), 2u);  // the known one lies elsewhere
  EXPECT_STREQ(OutcomeCode(misses[0].outcome), "wrong");
  EXPECT_TRUE(misses[0].confident);
  EXPECT_THAT(misses[0].matched, HasSubstr("Storgatan 3"));
  EXPECT_EQ(misses[1].query, 1u);
  EXPECT_STREQ(OutcomeCode(misses[1].outcome), "none");
}

}  // namespace
}  // namespace lagesbild::tools::bench
