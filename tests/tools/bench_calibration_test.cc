#include <gtest/gtest.h>

#include "geo/errors.h"
#include "tools/bench_hotspots/calibration.h"

namespace lagesbild::tools::bench {
namespace {

CalibrationOptions Few() {
  CalibrationOptions options;
  options.runs = 60;
  options.redraws = 99;
  options.gi_star = true;
  return options;
}

TEST(BenchIncidents, FollowTheNullAndTheSeed) {
  const geo::Grid<double> exposure = BenchExposure(20, Null::kRepeats);
  std::mt19937_64 one(5), same(5);
  const auto incidents = BenchIncidents(exposure, Null::kRepeats, 200, one);
  const auto again = BenchIncidents(exposure, Null::kRepeats, 200, same);
  int repeated = 0;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    EXPECT_EQ(incidents[i].position, again[i].position);
    for (std::size_t j = 0; j < i; ++j)
      if (incidents[i].position == incidents[j].position) {
        ++repeated;
        break;
      }
  }
  EXPECT_NEAR(repeated / 200.0, 0.3, 0.1);
}

TEST(MeasureFalseShares, FindsNoMoreThanTheLevelInRandomMaps) {
  const FalseShares shares = MeasureFalseShares(Null::kPopulation, 10, 40, Few());
  EXPECT_LE(shares.binomial_bh, HighestAllowed(60));
  EXPECT_LE(shares.maximum, HighestAllowed(60));
  EXPECT_GT(shares.gi_star_exact, 0.3);  // cells are not exchangeable where people cluster
  EXPECT_EQ(shares.too_few, 0);
}

TEST(MeasureFalseShares, IsTheSameForAnyNumberOfThreads) {
  CalibrationOptions options = Few();
  const FalseShares one = MeasureFalseShares(Null::kRepeats, 10, 40, options);
  options.threads = 2;
  const FalseShares two = MeasureFalseShares(Null::kRepeats, 10, 40, options);
  EXPECT_EQ(one.binomial_bh, two.binomial_bh);
  EXPECT_EQ(one.maximum, two.maximum);
  EXPECT_EQ(one.uncollapsed, two.uncollapsed);
}

TEST(MeasurePower, FindsTheLargerPlantedPlaceMoreOften) {
  const PowerShares six = MeasurePower(20, 40, 6, Few()), twelve = MeasurePower(20, 40, 12, Few());
  EXPECT_GE(twelve.binomial_bh, six.binomial_bh);
  EXPECT_GE(twelve.binomial_bh, 0.95);
  EXPECT_GE(twelve.largest_count, 0.95);
}

TEST(PileUpShare, FlagsFiveReportsAtOneAddressAlways) {
  EXPECT_EQ(PileUpShare(Few()), 1);
  EXPECT_LE(PileUpHotShare(Few()), HighestAllowed(60));
}

}  // namespace
}  // namespace lagesbild::tools::bench
