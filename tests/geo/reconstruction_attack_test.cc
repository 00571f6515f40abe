#include "geo/reconstruction_attack.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "geo/attack_score.h"
#include "geo/errors.h"
#include "geo/nonnegative_least_squares.h"

namespace lagesbild::geo {
namespace {

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
double Uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

TEST(NonnegativeLeastSquares, SolvesACaseWorkedByHand) {
  // Without the bound x = (2, -1): the second is held at 0, and the first is then 3 / 2.
  const std::vector<SparseColumn> columns = {{{0, 1}, {1, 1}}, {{1, 1}}};
  const std::vector<double> x = NonnegativeLeastSquares(columns, std::vector<double>{2, 1});
  ASSERT_EQ(x.size(), 2U);
  EXPECT_NEAR(x[0], 1.5, 1e-12);
  EXPECT_EQ(x[1], 0);
}

TEST(NonnegativeLeastSquares, MeetsTheConditionsOfAnOptimumOnRandomProblems) {
  // Karush, Kuhn and Tucker: x >= 0, the slope is 0 where x > 0 and never leads down where x = 0.
  std::mt19937_64 random(5);
  for (int round = 0; round < 20; ++round) {
    constexpr std::size_t kRows = 40, kColumns = 25;
    std::vector<SparseColumn> columns(kColumns);
    std::vector<double> right(kRows);
    for (SparseColumn& column : columns)
      for (std::size_t row = 0; row < kRows; ++row)
        if (Uniform(random) < 0.4) column.emplace_back(row, Uniform(random) - 0.3);
    for (double& value : right) value = Uniform(random) - 0.4;
    const std::vector<double> x = NonnegativeLeastSquares(columns, right);
    std::vector<double> residual = right;
    for (std::size_t j = 0; j < kColumns; ++j)
      for (const auto& [row, value] : columns[j]) residual[row] -= value * x[j];
    for (std::size_t j = 0; j < kColumns; ++j) {
      double slope = 0;
      for (const auto& [row, value] : columns[j]) slope += value * residual[row];
      EXPECT_GE(x[j], 0);
      if (x[j] > 0)
        EXPECT_NEAR(slope, 0, 1e-9);
      else
        EXPECT_LE(slope, 1e-9);
    }
  }
}

TEST(NonnegativeLeastSquares, GivesAllToTheFirstOfEqualColumnsAndNothingToEmptyOnes) {
  const SparseColumn column = {{0, 1}, {1, 2}};
  const std::vector<double> x =
      NonnegativeLeastSquares(std::vector<SparseColumn>{{}, column, column}, std::vector<double>{3, 6});
  EXPECT_EQ(x[0], 0);
  EXPECT_NEAR(x[1], 3, 1e-12);
  EXPECT_EQ(x[2], 0);
  EXPECT_TRUE(NonnegativeLeastSquares({}, std::vector<double>{1}).empty());
}

TEST(NonnegativeLeastSquares, RejectsWhatIsNoProblem) {
  const std::vector<SparseColumn> one = {{{0, 1}}}, beyond = {{{1, 1}}}, nan = {{{0, std::nan("")}}};
  const std::vector<double> right = {1}, bad = {std::nan("")};
  EXPECT_THROW(NonnegativeLeastSquares(beyond, right), InvalidInput);
  EXPECT_THROW(NonnegativeLeastSquares(nan, right), InvalidInput);
  EXPECT_THROW(NonnegativeLeastSquares(one, bad), InvalidInput);
  EXPECT_THROW(NonnegativeLeastSquares(one, right, 0), InvalidInput);
  EXPECT_THROW(NonnegativeLeastSquares(one, right, 1), InvalidInput);
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(NonnegativeLeastSquares(one, right, 1e-9, source.get_token()), Cancelled);
}

/// 200 addresses and 12 incidents, two of them at one address, in a square of 1 km; cells of 50 m.
class ReconstructionOf : public ::testing::Test {
 protected:
  ReconstructionOf() {
    std::mt19937_64 random(11);
    for (int i = 0; i < 200; ++i)
      addresses.push_back(P(600500 + 1000 * Uniform(random), 6650500 + 1000 * Uniform(random)));
    counts.assign(addresses.size(), 0);
    for (const std::size_t i : {3, 17, 17, 40, 62, 90, 111, 130, 155, 170, 188, 199}) {
      ++counts[i];
      incidents.push_back(addresses[i]);
    }
  }
  AttackScore Attack(const SurfaceForm& form) const {
    const Grid<double> surface = PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{500}, form);
    return ScoreEstimates(ReconstructCounts(surface, addresses, Kernel::kQuartic, Meters{500}), counts);
  }

  GridSpec grid{P(600000, 6650000), Meters{50}, 40, 40};
  std::vector<PlanePoint> addresses, incidents;
  std::vector<int> counts;
};

TEST_F(ReconstructionOf, FindsEveryIncidentInAnExactSurfaceAlsoWhereFewAreWithheld) {
  for (const int support : {1, 5}) {
    const AttackScore score = Attack({support});
    EXPECT_EQ(score.placed, 12);
    EXPECT_EQ(score.found, 12);
  }
}

TEST_F(ReconstructionOf, FindsLessTheMoreIsWithheld) {
  EXPECT_LT(Attack({1, 1.0}).found, 12);
  EXPECT_LE(Attack({1, 0, {2, 4, 8}}).found, 4);
  EXPECT_EQ(Attack({13}).placed, 0);  // more than there are: nothing can be read
}

TEST_F(ReconstructionOf, IsTheSameEveryTime) {
  const Grid<double> surface = PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{500}, {1, 0.5});
  EXPECT_EQ(ReconstructCounts(surface, addresses, Kernel::kQuartic, Meters{500}),
            ReconstructCounts(surface, addresses, Kernel::kQuartic, Meters{500}));
}

TEST_F(ReconstructionOf, HoldsThePublishedSurfaceToItsForm) {
  const Grid<double> exact = PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{500}, {});
  const Grid<double> cut = PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{500}, {4});
  const Grid<double> rounded = PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{500}, {1, 0.5});
  int withheld = 0;
  for (std::size_t i = 0; i < exact.values().size(); ++i) {
    const PlanePoint center =
        grid.center({static_cast<int>(i) % grid.columns, static_cast<int>(i) / grid.columns});
    const auto near = std::count_if(incidents.begin(), incidents.end(), [&](PlanePoint p) {
      return std::hypot(p.easting.value() - center.easting.value(),
                        p.northing.value() - center.northing.value()) <= 500;
    });
    EXPECT_EQ(std::isnan(exact.values()[i]), near < 1);
    EXPECT_EQ(std::isnan(cut.values()[i]), near < 4);
    withheld += std::isnan(cut.values()[i]) ? 1 : 0;
    if (std::isnan(exact.values()[i])) continue;
    EXPECT_EQ(exact.values()[i], static_cast<double>(static_cast<float>(exact.values()[i])));
    EXPECT_EQ(rounded.values()[i], std::round(exact.values()[i] * 2) / 2);
  }
  EXPECT_GT(withheld, 0);
}

TEST_F(ReconstructionOf, ReadsAClassMapAsTheMiddlesOfItsClasses) {
  Grid<std::int8_t> classes(GridSpec{P(0, 0), Meters{100}, 5, 1});
  classes.values() = {-2, -1, 0, 1, 2};
  const std::vector<double> upper = {1, 4};
  const Grid<double> surface = MiddlesOfClasses(classes, upper);
  EXPECT_TRUE(std::isnan(surface.values()[0]));
  EXPECT_TRUE(std::isnan(surface.values()[1]));
  EXPECT_EQ(surface.values()[2], 0);
  EXPECT_EQ(surface.values()[3], 2.5);
  EXPECT_EQ(surface.values()[4], 5);
  classes.values()[4] = 3;
  EXPECT_THROW(MiddlesOfClasses(classes, upper), InvalidInput);
  EXPECT_THROW(MiddlesOfClasses(classes, {}), InvalidInput);
}

TEST_F(ReconstructionOf, RejectsFormsAndPositionsThatAreNone) {
  const auto publish = [&](const SurfaceForm& form) {
    return PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{500}, form);
  };
  EXPECT_THROW(publish({0}), InvalidInput);
  EXPECT_THROW(publish({1, -0.1}), InvalidInput);
  EXPECT_THROW(publish({1, std::nan("")}), InvalidInput);
  EXPECT_THROW(publish({1, 0, {2, 1}}), InvalidInput);
  EXPECT_THROW(PublishedSurface(incidents, grid, Kernel::kQuartic, Meters{0}, {}), InvalidInput);
  const Grid<double> surface = publish({});
  EXPECT_THROW(ReconstructCounts(surface, addresses, Kernel::kQuartic, Meters{-1}), InvalidInput);
  addresses[3] = P(std::nan(""), 0);
  EXPECT_THROW(ReconstructCounts(surface, addresses, Kernel::kQuartic, Meters{500}), InvalidInput);
}

TEST(AttackScore, CountsEachIncidentOnceAndRoundsToWholeOnes) {
  const AttackScore score =
      ScoreEstimates(std::vector<double>{0.4, 0.6, 2.7, 1.2}, std::vector<int>{1, 1, 2, 0});
  EXPECT_EQ(score.placed, 0 + 1 + 3 + 1);
  EXPECT_EQ(score.found, 0 + 1 + 2 + 0);
}

TEST(AttackScore, PlacesReleasedCountsWhereTheEstimatesAreLargest) {
  const ReleasedCounts released{{0, 0, 0, 1, 1, -1}, {2.0, Suppressed{}}};
  const std::vector<int> incidents = {1, 0, 1, 1, 0, 1};
  const AttackScore score =
      ScoreWithReleasedCounts(std::vector<double>{0.1, 0.3, 0.2, 9, 9, 9}, incidents, released);
  EXPECT_EQ(score.placed, 2);
  EXPECT_EQ(score.found, 1);
}

TEST(AttackScore, KnowsTheOddsOfAGuess) {
  // Two of five picked, three with incidents: the mean is 6/5, the variance 2 · 3/5 · 2/5 · 3/4.
  const ReleasedCounts released{{0, 0, 0, 0, 0, 1}, {2.0, Suppressed{}}};
  const GuessOdds odds = GuessByReleasedCounts(std::vector<int>{1, 0, 4, 0, 1, 1}, released);
  EXPECT_EQ(odds.placed, 2);
  EXPECT_NEAR(odds.mean, 1.2, 1e-12);
  EXPECT_NEAR(odds.variance, 0.36, 1e-12);
}

TEST(AttackScore, RejectsWhatDoesNotFitTogether) {
  const std::vector<int> two = {0, 1};
  EXPECT_THROW(ScoreEstimates(std::vector<double>{1}, two), InvalidInput);
  EXPECT_THROW(ScoreEstimates(std::vector<double>{1, -1}, two), InvalidInput);
  EXPECT_THROW(ScoreEstimates(std::vector<double>{1, std::nan("")}, two), InvalidInput);
  EXPECT_THROW(ScoreEstimates(std::vector<double>{1, 1}, std::vector<int>{0, -1}), InvalidInput);
  EXPECT_THROW(GuessByReleasedCounts(two, {{0}, {1.0}}), InvalidInput);
  EXPECT_THROW(GuessByReleasedCounts(two, {{0, 1}, {1.0}}), InvalidInput);
  EXPECT_THROW(GuessByReleasedCounts(two, {{0, 0}, {1.5}}), InvalidInput);
  EXPECT_THROW(GuessByReleasedCounts(two, {{0, 0}, {-1.0}}), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
