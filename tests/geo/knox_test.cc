#include "geo/knox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "geo/close_pairs.h"
#include "geo/errors.h"
#include "geo/random_draw.h"

namespace lagesbild::geo {
namespace {

KnoxEvent Event(double x, double y, double day) { return {{Meters{x}, Meters{y}}, day}; }

std::vector<KnoxEvent> RandomEvents(std::size_t n, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<KnoxEvent> events;
  for (std::size_t i = 0; i < n; ++i)
    events.push_back(Event(600'000 + 1000 * DrawUniform(random), 6'640'000 + 1000 * DrawUniform(random),
                           std::floor(90 * DrawUniform(random))));
  return events;
}

TEST(TestKnox, CountsPairsByHand) {
  // Three near each other on days 0, 1, 9; one far away on day 1.
  const std::vector<KnoxEvent> events = {Event(0, 0, 0), Event(50, 0, 1), Event(0, 50, 9), Event(5000, 0, 1)};
  const KnoxTest test = TestKnox(events, Meters{100}, 2);
  EXPECT_EQ(test.pairs, 6);
  EXPECT_EQ(test.close_in_space, 3);
  EXPECT_EQ(test.close_in_time, 3);
  EXPECT_EQ(test.observed, 1);
  EXPECT_DOUBLE_EQ(test.expected, 1.5);
}

TEST(TestKnox, IsCloseAtExactlyTheLimits) {
  const std::vector<KnoxEvent> events = {Event(0, 0, 0), Event(100, 0, 7)};
  EXPECT_EQ(TestKnox(events, Meters{100}, 7).observed, 1);
  EXPECT_EQ(TestKnox(events, Meters{99.999}, 7).observed, 0);
  EXPECT_EQ(TestKnox(events, Meters{100}, 6.999).observed, 0);
}

TEST(TestKnox, HasTheMeanAndVarianceOfEveryOrderOfTimes) {
  std::vector<KnoxEvent> events = RandomEvents(7, 5);
  const KnoxTest test = TestKnox(events, Meters{450}, 25);
  std::vector<double> days;
  for (const KnoxEvent& event : events) days.push_back(event.day);
  std::vector<std::size_t> order(events.size());
  std::iota(order.begin(), order.end(), 0);
  double sum = 0, squares = 0, orders = 0;
  do {
    for (std::size_t i = 0; i < events.size(); ++i) events[i].day = days[order[i]];
    const auto observed = static_cast<double>(TestKnox(events, Meters{450}, 25).observed);
    sum += observed;
    squares += observed * observed;
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_NEAR(test.expected, sum / orders, 1e-12);
  EXPECT_NEAR(test.variance, squares / orders - sum / orders * (sum / orders), 1e-10);
  EXPECT_GT(test.variance, 0);
}

TEST(TestKnox, FollowsNeitherOrderNorOriginOfTheEvents) {
  std::vector<KnoxEvent> events = RandomEvents(60, 8);
  const KnoxTest test = TestKnox(events, Meters{120}, 5);
  std::reverse(events.begin(), events.end());
  for (KnoxEvent& event : events) event.day += 4096;
  const KnoxTest other = TestKnox(events, Meters{120}, 5);
  EXPECT_EQ(test.observed, other.observed);
  EXPECT_DOUBLE_EQ(test.variance, other.variance);
  EXPECT_EQ(test.poisson_p_at_least, other.poisson_p_at_least);
  EXPECT_LE(test.poisson_p_above, test.poisson_p_at_least);
}

TEST(TestKnox, LeavesTheVarianceOfThreeEventsUndefined) {
  const KnoxTest test = TestKnox(RandomEvents(3, 1), Meters{500}, 30);
  EXPECT_TRUE(std::isnan(test.variance));
  EXPECT_TRUE(std::isnan(test.z_score));
}

TEST(TestKnox, RefusesWhatAreNoEvents) {
  EXPECT_THROW(TestKnox(RandomEvents(1, 1), Meters{10}, 1), InvalidInput);
  EXPECT_THROW(TestKnox(RandomEvents(5, 1), Meters{-1}, 1), InvalidInput);
  EXPECT_THROW(TestKnox(RandomEvents(5, 1), Meters{1}, -1), InvalidInput);
  std::vector<KnoxEvent> events = RandomEvents(5, 1);
  events[2].day = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(TestKnox(events, Meters{1}, 1), InvalidInput);
}

NearRepeatOptions Bands() {
  NearRepeatOptions options;
  options.meters = {{0, 0}, {0, 100}, {100, 300}};
  options.days = {{0, 2}, {2, 14}};
  options.permutations = 99;
  options.seed = 3;
  return options;
}

TEST(NearRepeats, TellTheSamePlaceFromANearOne) {
  const std::vector<KnoxEvent> events = {Event(0, 0, 0), Event(0, 0, 1), Event(100, 0, 3),
                                         Event(1000, 0, 50)};
  const auto cells = NearRepeats(events, Bands());
  ASSERT_EQ(cells.size(), 6u);
  EXPECT_EQ(cells[0].observed, 1);  // same place, up to 2 days
  EXPECT_EQ(cells[1].observed, 1);  // up to 100 m, up to 2 days
  EXPECT_EQ(cells[2].observed, 0);
  EXPECT_EQ(cells[3].observed, 0);
  EXPECT_EQ(cells[4].observed, 1);  // up to 100 m, 3 days
  EXPECT_DOUBLE_EQ(cells[1].expected, 2.0 * 2 / 6);
}

TEST(NearRepeats, FindWhatIsRepeated) {
  std::vector<KnoxEvent> events = RandomEvents(60, 21);
  for (std::size_t i = 0; i < 20; ++i) {
    KnoxEvent repeat = events[i];
    repeat.position.easting = Meters{repeat.position.easting.value() + 10};
    repeat.day += 1;
    events.push_back(repeat);
  }
  NearRepeatOptions options = Bands();
  options.permutations = 199;
  const auto cells = NearRepeats(events, options);
  EXPECT_DOUBLE_EQ(cells[1].p_at_least, 1.0 / 200);
  EXPECT_GE(cells[1].observed, 20);
  EXPECT_LT(cells[1].mean, 12);
}

TEST(NearRepeats, AreTheSameForTheSameSeed) {
  const std::vector<KnoxEvent> events = RandomEvents(40, 4);
  const auto first = NearRepeats(events, Bands()), second = NearRepeats(events, Bands());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].mean, second[i].mean);
    EXPECT_EQ(first[i].p_at_least, second[i].p_at_least);
  }
}

TEST(NearRepeats, CountEachGivenPermutation) {
  const std::vector<KnoxEvent> events = {Event(0, 0, 0), Event(10, 0, 1), Event(1000, 0, 30)};
  NearRepeatOptions options;
  options.meters = {{0, 50}};
  options.days = {{0, 2}};
  const std::vector<std::vector<int>> permutations = {{0, 1, 2}, {0, 2, 1}, {2, 1, 0}};
  const auto cells = NearRepeatsUnder(events, options, permutations);
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_DOUBLE_EQ(cells[0].mean, 1.0 / 3);
  EXPECT_DOUBLE_EQ(cells[0].median, 0);
  EXPECT_DOUBLE_EQ(cells[0].p_at_least, 2.0 / 4);
}

TEST(NearRepeats, RefuseBandsThatAreNone) {
  const std::vector<KnoxEvent> events = RandomEvents(5, 1);
  const auto with = [&](std::vector<KnoxBand> meters, std::vector<KnoxBand> days, int permutations) {
    NearRepeatOptions options;
    options.meters = std::move(meters);
    options.days = std::move(days);
    options.permutations = permutations;
    return NearRepeats(events, options);
  };
  EXPECT_THROW(with({}, {{0, 1}}, 9), InvalidInput);
  EXPECT_THROW(with({{0, 1}}, {}, 9), InvalidInput);
  EXPECT_THROW(with({{5, 1}}, {{0, 1}}, 9), InvalidInput);
  EXPECT_THROW(with({{0, 10}, {5, 20}}, {{0, 1}}, 9), InvalidInput);
  EXPECT_THROW(with({{0, 10}}, {{0, HUGE_VAL}}, 9), InvalidInput);
  EXPECT_THROW(with({{0, 10}}, {{0, 1}}, 0), InvalidInput);
  EXPECT_THROW(NearRepeatsUnder(events, Bands(), std::vector<std::vector<int>>{{0, 1, 2, 3, 3}}),
               InvalidInput);
  NearRepeatOptions stopped = Bands();
  std::stop_source source;
  source.request_stop();
  stopped.stop = source.get_token();
  EXPECT_THROW(NearRepeats(events, stopped), Cancelled);
}

TEST(ClosePairs, FindWhatAllPairsHold) {
  std::mt19937_64 random(11);
  for (const double limit : {0.0, 3.0, 40.0, 2000.0}) {
    std::vector<PlanePoint> points;
    for (int i = 0; i < 120; ++i)
      points.push_back({Meters{600'000 + std::floor(100 * DrawUniform(random))},
                        Meters{6'640'000 + std::floor(100 * DrawUniform(random))}});
    std::size_t expected = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
      for (std::size_t j = i + 1; j < points.size(); ++j)
        expected += std::hypot(points[i].easting.value() - points[j].easting.value(),
                               points[i].northing.value() - points[j].northing.value()) <= limit;
    const auto pairs = ClosePairs(points, limit);
    EXPECT_EQ(pairs.size(), expected) << limit;
    EXPECT_TRUE(std::is_sorted(pairs.begin(), pairs.end(), [](const ClosePair& a, const ClosePair& b) {
      return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    }));
  }
}

}  // namespace
}  // namespace lagesbild::geo
