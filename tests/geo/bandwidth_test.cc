#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/bandwidth_objective.h"
#include "geo/bandwidth_selection.h"
#include "geo/errors.h"
#include "geo/seeded_draw.h"

namespace lagesbild::geo {
namespace {

constexpr BandwidthSelector kSelectors[] = {BandwidthSelector::kScott,        BandwidthSelector::kSilverman,
                                            BandwidthSelector::kLeastSquares, BandwidthSelector::kLikelihood,
                                            BandwidthSelector::kDiggle,       BandwidthSelector::kArcgis};

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }

StudyArea Square() {
  return StudyArea(
      {{.outer = {P(600000, 6640000), P(604000, 6640000), P(604000, 6644000), P(600000, 6644000)},
        .holes = {}}});
}

/// Half in three clusters, half anywhere in the square.
std::vector<PlanePoint> Clustered(int n, std::uint64_t seed) {
  SeededDraw random(seed, 0);
  const auto within = [&](double width) { return static_cast<double>(random.Below(1000000)) * 1e-6 * width; };
  std::vector<PlanePoint> points;
  for (int i = 0; i < n; ++i) {
    const double x = i % 2 ? 500 + 1200 * (i % 3) + within(300) : within(4000);
    const double y = i % 2 ? 700 + 900 * (i % 3) + within(300) : within(4000);
    points.push_back(P(600000 + x, 6640000 + y));
  }
  return points;
}

BandwidthSelection Select(const std::vector<PlanePoint>& points, BandwidthSelector selector,
                          const StudyArea* area = nullptr) {
  BandwidthSelectionOptions options;
  options.selector = selector;
  options.study_area = area;
  options.curve_points = 30;
  return SelectBandwidth(points, options);
}

TEST(SpreadOf, MeasuresASquareByHand) {
  const auto spread = SpreadOf(std::vector{P(0, 0), P(60, 0), P(60, 80), P(0, 80), P(0, 80)});
  EXPECT_EQ(spread.points, 5);
  EXPECT_EQ(spread.positions, 4);
  EXPECT_EQ(spread.smallest_gap, Meters{60});
  // Eastings 0 60 60 0 0: mean 24, squares 3 · 576 + 2 · 1296 = 4320. Northings: mean 48, squares 7680.
  EXPECT_NEAR(spread.sd_easting.value(), std::sqrt(4320 / 4.0), 1e-12);
  EXPECT_NEAR(spread.standard_distance.value(), std::sqrt(12000 / 5.0), 1e-12);
  // Distances: hypot(24, 48), hypot(36, 48), hypot(36, 32), twice hypot(24, 32) = 40.
  EXPECT_NEAR(spread.median_distance.value(), std::hypot(36, 32), 1e-12);
}

TEST(ScottSd, IsTheGeometricMeanOfTheAxes) {
  const auto spread = SpreadOf(std::vector{P(0, 0), P(60, 0), P(60, 80), P(0, 80)});
  const double x = std::sqrt(3600 / 3.0), y = std::sqrt(6400 / 3.0), factor = std::pow(4, -1.0 / 6);
  EXPECT_NEAR(ScottSd(spread).value(), factor * std::sqrt(x * y), 1e-12);
}

TEST(ArcgisRadius, TakesTheSmallerOfDistanceAndMedian) {
  const auto spread = SpreadOf(std::vector{P(0, 0), P(60, 0), P(60, 80), P(0, 80)});
  // All four 50 m from the middle: the standard distance 50 is below 50 sqrt(1 / ln 2).
  EXPECT_NEAR(ArcgisRadius(spread).value(), 0.9 * 50 * std::pow(4, -0.2), 1e-12);
}

TEST(BandwidthWithSd, GivesTheRadiusOfTheKernel) {
  const Bandwidth quartic = BandwidthWithSd(Kernel::kQuartic, Meters{100});
  EXPECT_NEAR(quartic.radius->value(), 100 * std::sqrt(8.0), 1e-9);
  EXPECT_FALSE(BandwidthWithSd(Kernel::kGaussian, Meters{100}).radius);
  for (const double sd : {0.0, -1.0, std::nan(""), 1.0 * HUGE_VAL})
    EXPECT_THROW(BandwidthWithSd(Kernel::kQuartic, Meters{sd}), InvalidInput);
}

TEST(LeastSquaresObjective, MatchesTwoPointsByHand) {
  // Two points d apart: (2 phi(0) + 2 phi(d)) / 4 with sd h sqrt 2, less 2 phi_h(d).
  const double h = 30, d = 50, pi = std::numbers::pi;
  const auto phi = [&](double sd, double r) { return std::exp(-r * r / (2 * sd * sd)) / (2 * pi * sd * sd); };
  const double wide = h * std::numbers::sqrt2;
  EXPECT_NEAR(LeastSquaresObjective(std::vector{P(600000, 6640000), P(600030, 6640040)}, Meters{h}, {}),
              (phi(wide, 0) + phi(wide, d)) / 2 - 2 * phi(h, d), 1e-17);
}

TEST(LikelihoodObjective, MatchesTwoPointsByHand) {
  const double h = 30, density = std::exp(-2500 / 1800.0) / (2 * std::numbers::pi * h * h);
  EXPECT_NEAR(LikelihoodObjective(std::vector{P(600000, 6640000), P(600030, 6640040)}, Meters{h}, {}),
              2 * std::log(density), 1e-9);
}

TEST(BermanDiggleObjective, MatchesTwoPointsByHand) {
  // Far from the border: K jumps by 2 area / 2 = the area at 50 m; the jump counts where its step begins.
  const StudyArea area = Square();
  const ObjectiveOptions options{.study_area = &area, .stop = {}};
  const auto objective =
      BermanDiggleObjective(std::vector{P(602000, 6642000), P(602030, 6642040)}, Meters{20}, 4, options);
  const double pi = std::numbers::pi, a = 16e6;
  ASSERT_EQ(objective.size(), 4u);
  EXPECT_NEAR(objective[0], a / 2 / (pi * 400), 1e-6);  // neither K nor J reaches 50 m
  const double t = 40 / 80.0, weight = std::acos(t) - t * std::sqrt(1 - t * t);
  EXPECT_NEAR(objective[1] / (a / 2 / (pi * 1600) + 2 * 1600 * weight * a / std::pow(pi * 1600, 2)), 1,
              1e-12);
}

TEST(SelectBandwidth, ScalesWithTheCoordinatesAndIgnoresTheirOrder) {
  auto points = Clustered(60, 3);
  std::vector<PlanePoint> doubled;
  for (const PlanePoint& p : points)
    doubled.push_back(P((p.easting.value() - 600000) * 2, (p.northing.value() - 6640000) * 2));
  for (const auto selector : {BandwidthSelector::kScott, BandwidthSelector::kLeastSquares,
                              BandwidthSelector::kLikelihood, BandwidthSelector::kArcgis}) {
    const double sd = Select(points, selector).bandwidth.standard_deviation.value();
    EXPECT_NEAR(Select(doubled, selector).bandwidth.standard_deviation.value() / sd, 2, 2e-3);
    auto turned = points;
    std::reverse(turned.begin(), turned.end());
    EXPECT_EQ(Select(turned, selector).bandwidth.standard_deviation.value(), sd);
  }
}

TEST(SelectBandwidth, FindsTheBestOfItsCurve) {
  const StudyArea area = Square();
  const auto points = Clustered(60, 5);
  for (const auto selector :
       {BandwidthSelector::kLeastSquares, BandwidthSelector::kLikelihood, BandwidthSelector::kDiggle}) {
    const auto selection = Select(points, selector, &area);
    const double sign = selection.maximized ? -1 : 1;
    ASSERT_GE(selection.curve.size(), 30u);
    const auto best = std::min_element(
        selection.curve.begin(), selection.curve.end(),
        [&](const ObjectivePoint& a, const ObjectivePoint& b) { return sign * a.value < sign * b.value; });
    EXPECT_FALSE(selection.at_lower_end || selection.at_upper_end);
    const double sd = selection.bandwidth.standard_deviation.value();
    EXPECT_GE(sd, std::prev(best)->standard_deviation.value());
    EXPECT_LE(sd, std::next(best)->standard_deviation.value());
  }
}

TEST(SelectBandwidth, TellsWhenTheOptimumIsAnEndOfTheRange) {
  BandwidthSelectionOptions options;
  options.selector = BandwidthSelector::kLikelihood;
  options.search_from = Meters{1500};
  options.search_to = Meters{3000};
  options.curve_points = 5;
  const auto low = SelectBandwidth(Clustered(60, 5), options);
  EXPECT_TRUE(low.at_lower_end);
  EXPECT_NEAR(low.bandwidth.standard_deviation.value(), 1500, 1e-9);
  options.search_from = Meters{40};
  options.search_to = Meters{50};
  EXPECT_TRUE(SelectBandwidth(Clustered(60, 5), options).at_upper_end);
}

TEST(SelectBandwidth, TellsWhatSharedPositionsDo) {
  auto points = Clustered(40, 9);
  EXPECT_FALSE(Select(points, BandwidthSelector::kLikelihood).each_position_once);
  points.insert(points.end(), 30, points.front());
  const auto piled = Select(points, BandwidthSelector::kLikelihood);
  ASSERT_TRUE(piled.each_position_once);
  EXPECT_EQ(piled.spread.positions, 40);
  EXPECT_LT(piled.bandwidth.standard_deviation, piled.each_position_once->standard_deviation);
}

TEST(SelectBandwidth, RefusesTooFewPointsWithTheSmallestNumber) {
  const StudyArea area = Square();
  for (const auto selector : kSelectors) {
    const bool searches = selector == BandwidthSelector::kLeastSquares ||
                          selector == BandwidthSelector::kLikelihood ||
                          selector == BandwidthSelector::kDiggle;
    const int fewest = searches ? kFewestPointsForSearch : kFewestPointsForRule;
    try {
      Select(Clustered(fewest - 1, 1), selector, &area);
      ADD_FAILURE() << BandwidthSelectorCode(selector);
    } catch (const TooFewIncidents& error) {
      EXPECT_EQ(error.minimum, fewest);
      EXPECT_EQ(error.found, fewest - 1);
    }
  }
}

TEST(SelectBandwidth, RefusesWhatGivesNoBandwidth) {
  EXPECT_THROW(Select(std::vector<PlanePoint>(20, P(1, 1)), BandwidthSelector::kScott), InvalidInput);
  EXPECT_THROW(Select({P(0, 0), P(0, 10), P(0, 20)}, BandwidthSelector::kScott), InvalidInput);
  EXPECT_THROW(Select({P(0, 0), P(std::nan(""), 10)}, BandwidthSelector::kScott), InvalidInput);
  EXPECT_THROW(Select(Clustered(40, 1), BandwidthSelector::kDiggle), InvalidInput);
  BandwidthSelectionOptions options;
  options.curve_points = 2;
  EXPECT_THROW(SelectBandwidth(Clustered(40, 1), options), InvalidInput);
  options.curve_points = 10;
  options.search_from = Meters{100};
  options.search_to = Meters{50};
  EXPECT_THROW(SelectBandwidth(Clustered(40, 1), options), InvalidInput);
  const StudyArea area = Square();
  const ObjectiveOptions inside{.study_area = &area, .stop = {}};
  EXPECT_THROW(BermanDiggleObjective(Clustered(40, 1), Meters{0}, 3, inside), InvalidInput);
  EXPECT_THROW(BermanDiggleObjective(Clustered(40, 1), Meters{10}, 0, inside), InvalidInput);
  EXPECT_THROW(LikelihoodObjective(std::vector{P(0, 0)}, Meters{10}, {}), TooFewIncidents);
}

TEST(SelectBandwidth, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  BandwidthSelectionOptions options;
  options.stop = stop.get_token();
  EXPECT_THROW(SelectBandwidth(Clustered(40, 1), options), Cancelled);
}

TEST(BandwidthSelectorCode, IsReadBack) {
  for (const auto selector : kSelectors)
    EXPECT_EQ(ParseBandwidthSelector(BandwidthSelectorCode(selector)), selector);
  EXPECT_FALSE(ParseBandwidthSelector("best"));
}

}  // namespace
}  // namespace lagesbild::geo
