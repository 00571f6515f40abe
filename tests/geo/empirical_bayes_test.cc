#include "geo/empirical_bayes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

const std::vector<double> kCases = {1, 9};
const std::vector<double> kPeople = {100, 100};

TEST(EmpiricalBayes, FollowsTheFormulaByHand) {
  // b = 0.05, s² = 0.0016, a = 0.0016 - 0.05/100 = 0.0011; share 0.0011 / (0.0011 + 0.0005) = 0.6875.
  const auto result = EmpiricalBayesPoisson(kCases, kPeople);
  EXPECT_NEAR(result.overall_rate, 0.05, 1e-16);
  EXPECT_NEAR(result.variance, 0.0011, 1e-16);
  EXPECT_NEAR(result.estimates[0], 0.05 - 0.6875 * 0.04, 1e-15);
  EXPECT_NEAR(result.estimates[1], 0.05 + 0.6875 * 0.04, 1e-15);
}

TEST(EmpiricalBayes, OfSharesFollowsTheFormulaByHand) {
  // between = 100 · 0.0016 - 0.0475 = 0.1125; total = 99 · 0.0016 = 0.1584.
  const auto result = EmpiricalBayesBinomial(kCases, kPeople);
  EXPECT_NEAR(result.estimates[0], 0.05 - 0.1125 / 0.1584 * 0.04, 1e-15);
}

TEST(EmpiricalBayes, GivesTheOverallRateWhereCountsVaryNoMoreThanByChance) {
  const std::vector<double> cases = {4, 5}, people = {100, 100};
  EXPECT_EQ(EmpiricalBayesPoisson(cases, people).variance, 0);
  EXPECT_DOUBLE_EQ(EmpiricalBayesPoisson(cases, people).estimates[0], 0.045);
  const std::vector<double> none = {0, 0};
  EXPECT_EQ(EmpiricalBayesPoisson(none, people).estimates[1], 0);
}

TEST(EmpiricalBayes, IsLocalOverTheNeighborhood) {
  // Everyone neighbors everyone: the same as the global estimate.
  const SpatialWeights pair({{{1, 0.5}}, {{0, 1}}});
  for (const LocalVariance variance : {LocalVariance::kOwnMeans, LocalVariance::kFocalMean})
    EXPECT_NEAR(EmpiricalBayesLocal(kCases, kPeople, pair, variance)[0], 0.05 - 0.6875 * 0.04, 1e-15);
}

TEST(EmpiricalBayes, IsUndefinedWhereAWholeNeighborhoodHasNoCase) {
  const std::vector<double> cases = {0, 3}, people = {10, 20};
  const auto local = EmpiricalBayesLocal(cases, people, SpatialWeights({{}, {}}), LocalVariance::kOwnMeans);
  EXPECT_TRUE(std::isnan(local[0]));
  EXPECT_DOUBLE_EQ(local[1], 0.15);
}

TEST(ChoynowskiLowerTail, SumsPoissonProbabilities) {
  // Mean 5 in both areas: P(X <= 1) = 6 e⁻⁵.
  EXPECT_NEAR(ChoynowskiLowerTail(kCases, kPeople)[0], 6 * std::exp(-5.0), 1e-15);
  const std::vector<double> none = {0, 0};
  EXPECT_EQ(ChoynowskiLowerTail(none, kPeople)[0], 1);
}

TEST(EmpiricalBayes, RejectsWhatItCannotUse) {
  const std::vector<double> zero = {0, 100}, one = {1}, negative = {-1, 1};
  EXPECT_THROW(EmpiricalBayesPoisson(kCases, zero), InvalidInput);
  EXPECT_THROW(EmpiricalBayesPoisson(kCases, one), InvalidInput);
  EXPECT_THROW(EmpiricalBayesBinomial(negative, kPeople), InvalidInput);
  EXPECT_THROW(EmpiricalBayesPoisson({}, {}), InvalidInput);
  EXPECT_THROW(EmpiricalBayesLocal(kCases, kPeople, SpatialWeights(), LocalVariance::kOwnMeans),
               InvalidInput);
  EXPECT_THROW(ChoynowskiLowerTail(kCases, zero), InvalidInput);
}

}  // namespace
}  // namespace lagesbild::geo
