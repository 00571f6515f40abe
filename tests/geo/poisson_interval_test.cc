#include "geo/poisson_interval.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

TEST(ExactPoissonInterval, AgreesWithTheChiSquareQuantiles) {
  // qchisq(0.025, 2 n) / 2 and qchisq(0.975, 2 n + 2) / 2.
  const struct {
    int count;
    double lower, upper;
  } known[] = {{0, 0, 3.688879}, {1, 0.02531781, 5.571643}, {10, 4.795389, 18.39036}};
  for (const auto& [count, lower, upper] : known) {
    const PoissonInterval interval = ExactPoissonInterval(count, 0.95);
    EXPECT_NEAR(interval.lower, lower, 1e-5) << count;
    EXPECT_NEAR(interval.upper, upper, 1e-5) << count;
  }
}

TEST(ExactPoissonInterval, LeavesHalfOfTheRestOnEitherSide) {
  for (const int count : {3, 40, 700}) {
    const PoissonInterval interval = ExactPoissonInterval(count, 0.9);
    double at_least = 1, at_most = 0;
    for (int i = 0; i <= count; ++i) {
      if (i < count)
        at_least -= std::exp(i * std::log(interval.lower) - std::lgamma(i + 1.0) - interval.lower);
      at_most += std::exp(i * std::log(interval.upper) - std::lgamma(i + 1.0) - interval.upper);
    }
    EXPECT_NEAR(at_least, 0.05, 1e-9) << count;
    EXPECT_NEAR(at_most, 0.05, 1e-9) << count;
  }
}

TEST(ExactPoissonInterval, ComesNearTheNormalOneForLargeCounts) {
  const PoissonInterval interval = ExactPoissonInterval(1'000'000, 0.95);
  EXPECT_NEAR(interval.lower, 1e6 - 1.96 * 1e3, 5);
  EXPECT_NEAR(interval.upper, 1e6 + 1.96 * 1e3, 5);
}

TEST(ExactPoissonInterval, RefusesWhatIsNoCountAndNoLevel) {
  EXPECT_THROW(ExactPoissonInterval(-1, 0.95), InvalidInput);
  EXPECT_THROW(ExactPoissonInterval(1'000'001, 0.95), InvalidInput);
  for (const double level : {0.0, 1.0, -0.5, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW(ExactPoissonInterval(3, level), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
