#include "geo/relative_risk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/errors.h"
#include "geo/seeded_draw.h"

namespace lagesbild::geo {
namespace {

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
StudyArea Square() {
  return StudyArea(
      {{.outer = {P(600000, 6640000), P(604000, 6640000), P(604000, 6644000), P(600000, 6644000)},
        .holes = {}}});
}

std::vector<PlanePoint> Points(int n, double width, std::uint64_t seed) {
  SeededDraw random(seed, 0);
  std::vector<PlanePoint> points;
  for (int i = 0; i < n; ++i) {
    const double x = static_cast<double>(random.Below(100000)) * 1e-5 * width;
    points.push_back(P(600000 + x, 6640000 + static_cast<double>(random.Below(100000)) * 1e-5 * width));
  }
  return points;
}

RelativeRiskOptions Options(const StudyArea& area) {
  RelativeRiskOptions options;
  options.bandwidth = Meters{400};
  options.pilot_bandwidth = Meters{400};
  options.study_area = &area;
  options.normalizer_cells = 60;
  options.min_incidents = 1;
  return options;
}

GridSpec Cells(double cell) {
  return {.origin = P(600000, 6640000),
          .cell_size = Meters{cell},
          .columns = static_cast<int>(4000 / cell),
          .rows = static_cast<int>(4000 / cell)};
}

TEST(RelativeRisk, IsTheDifferenceOfSquaredDistancesByHand) {
  // One case and one control 1 km apart, far from the border: log f - log g = (d_g² - d_c²) / 2 h².
  const StudyArea area = Square();
  auto options = Options(area);
  options.bandwidth = Meters{200};
  options.normalizer_cells = 200;
  const auto risk = RelativeRiskAt(std::vector{P(601500, 6642000)}, std::vector{P(602500, 6642000)},
                                   std::vector{P(601900, 6642000)}, options);
  EXPECT_NEAR(risk.values[0].log_ratio, (600.0 * 600 - 400 * 400) / (2 * 200 * 200), 1e-6);
  // z = log ratio / sqrt(2 / (4 pi h² pooled)), pooled = (f + g) / 2.
  const double f = std::exp(-2.0) / (2 * std::numbers::pi * 4e4),
               g = std::exp(-4.5) / (2 * std::numbers::pi * 4e4);
  EXPECT_NEAR(risk.values[0].z, 2.5 / std::sqrt(2 / (4 * std::numbers::pi * 4e4 * (f + g) / 2)), 1e-4);
}

TEST(RelativeRisk, IsZeroWhereBothGroupsAreTheSame) {
  const StudyArea area = Square();
  const auto points = Points(40, 3000, 1);
  for (const auto smoothing :
       {RiskSmoothing::kFixed, RiskSmoothing::kAdaptiveSymmetric, RiskSmoothing::kAdaptiveAsymmetric}) {
    auto options = Options(area);
    options.smoothing = smoothing;
    const auto risk = RelativeRiskOnGrid(points, points, Cells(400), options);
    int values = 0;
    for (const RiskValue& value : risk.values) {
      if (value.status != RiskStatus::kValue) continue;
      ++values;
      EXPECT_NEAR(value.log_ratio, 0, 1e-6);
      EXPECT_NEAR(value.p_upper, 0.5, 1e-5);
    }
    EXPECT_GT(values, 20);
  }
}

TEST(RelativeRisk, TurnsItsSignWhenTheGroupsAreExchanged) {
  const StudyArea area = Square();
  const auto a = Points(30, 2000, 1), b = Points(90, 3900, 2);
  const auto options = Options(area);
  const auto forth = RelativeRiskOnGrid(a, b, Cells(400), options);
  const auto back = RelativeRiskOnGrid(b, a, Cells(400), options);
  for (std::size_t i = 0; i < forth.values.size(); ++i) {
    if (forth.values[i].status != RiskStatus::kValue) continue;
    EXPECT_NEAR(forth.values[i].log_ratio, -back.values[i].log_ratio, 1e-9);
    EXPECT_NEAR(forth.values[i].p_upper, 1 - back.values[i].p_upper, 1e-9);
  }
}

TEST(RelativeRisk, FindsWhereCasesAreInExcessByBothTails) {
  const StudyArea area = Square();
  auto options = Options(area);
  options.permutations = 199;
  options.seed = 4;
  const auto risk = RelativeRiskAt(Points(60, 900, 1), Points(200, 4000, 2),
                                   std::vector{P(600450, 6640450), P(603000, 6643000)}, options);
  EXPECT_LT(risk.values[0].p_upper, 0.001);
  EXPECT_DOUBLE_EQ(risk.p_monte_carlo[0], 1 / 200.0);
  EXPECT_GT(risk.p_monte_carlo[1], 0.5);
}

TEST(RelativeRisk, HasTheSameTailsForAnyThreadsAndOtherOnesForAnotherSeed) {
  const StudyArea area = Square();
  auto options = Options(area);
  options.permutations = 99;
  options.smoothing = RiskSmoothing::kAdaptiveSymmetric;
  const auto cases = Points(60, 3000, 1), controls = Points(50, 4000, 2);
  options.threads = 1;
  const auto one = RelativeRiskOnGrid(cases, controls, Cells(200), options).p_monte_carlo;
  options.threads = 3;
  const auto three = RelativeRiskOnGrid(cases, controls, Cells(200), options).p_monte_carlo;
  options.seed = 2;
  const auto other = RelativeRiskOnGrid(cases, controls, Cells(200), options).p_monte_carlo;
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  EXPECT_TRUE(std::equal(one.begin(), one.end(), three.begin(), same));
  EXPECT_FALSE(std::equal(one.begin(), one.end(), other.begin(), same));
}

TEST(RelativeRisk, SaysWhereTooFewAreNear) {
  const StudyArea area = Square();
  auto options = Options(area);
  options.min_pooled_share = 0.01;
  const auto points = Points(40, 800, 1);
  const auto risk =
      RelativeRiskAt(points, points, std::vector{P(603900, 6643900), P(600400, 6640400), P(0, 0)}, options);
  EXPECT_EQ(risk.values[0].status, RiskStatus::kTooFewNearby);
  EXPECT_TRUE(std::isnan(risk.values[0].log_ratio));
  EXPECT_EQ(risk.values[1].status, RiskStatus::kValue);
  EXPECT_EQ(risk.values[2].status, RiskStatus::kOutsideStudyArea);
  EXPECT_EQ(risk.locations_with_too_few, 1);
}

TEST(RelativeRisk, RefusesWhatItCannotDo) {
  const StudyArea area = Square();
  const auto points = Points(12, 3000, 1);
  const auto refuses = [&](auto change) {
    auto options = Options(area);
    change(options);
    EXPECT_THROW(RelativeRiskAt(points, points, points, options), InvalidInput);
  };
  refuses([](auto& o) { o.study_area = nullptr; });
  refuses([](auto& o) { o.bandwidth = Meters{0}; });
  refuses([](auto& o) { o.kernel = Kernel::kQuartic; });
  refuses([](auto& o) { o.kernel = Kernel::kUniform, o.smoothing = RiskSmoothing::kAdaptiveSymmetric; });
  refuses([](auto& o) { o.min_incidents = 0; });
  refuses([](auto& o) { o.min_pooled_share = 1.5; });
  refuses([](auto& o) { o.min_pooled_share = std::nan(""); });
  refuses([](auto& o) { o.normalizer_cells = 5; });
  refuses([](auto& o) { o.permutations = -1; });
  refuses([](auto& o) { o.threads = -1; });
  refuses([](auto& o) { o.permutations = 9, o.smoothing = RiskSmoothing::kAdaptiveAsymmetric; });
  auto options = Options(area);
  EXPECT_THROW(RelativeRiskAt(std::vector{P(std::nan(""), 0)}, points, points, options), InvalidInput);
  options.min_incidents = 13;
  EXPECT_THROW(RelativeRiskAt(points, points, points, options), TooFewIncidents);
}

TEST(RelativeRisk, StopsWhenAsked) {
  const StudyArea area = Square();
  std::stop_source stop;
  stop.request_stop();
  auto options = Options(area);
  options.stop = stop.get_token();
  const auto points = Points(12, 3000, 1);
  EXPECT_THROW(RelativeRiskOnGrid(points, points, Cells(400), options), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
