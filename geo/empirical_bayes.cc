#include "geo/empirical_bayes.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// Raw rates, overall rate and the population-weighted variance around it.
struct Rates {
  std::vector<double> raw;
  double overall = 0, variance = 0, mean_population = 0;
};

void CheckArguments(std::span<const double> cases, std::span<const double> populations) {
  if (cases.empty() || cases.size() != populations.size())
    throw InvalidInput("there are " + std::to_string(populations.size()) + " populations for " +
                       std::to_string(cases.size()) +
                       " counts of cases; give one for each of at least one area");
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!std::isfinite(cases[i]) || cases[i] < 0)
      throw InvalidInput("area " + std::to_string(i) + " has cases that are negative or not finite");
    if (!std::isfinite(populations[i]) || populations[i] <= 0)
      throw InvalidInput("area " + std::to_string(i) + " has a population that is not positive");
  }
}

Rates RatesOf(std::span<const double> cases, std::span<const double> populations) {
  CheckArguments(cases, populations);
  Rates rates;
  double all_cases = 0, people = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    all_cases += cases[i];
    people += populations[i];
    rates.raw.push_back(cases[i] / populations[i]);
  }
  rates.overall = all_cases / people;
  rates.mean_population = people / static_cast<double>(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double difference = rates.raw[i] - rates.overall;
    rates.variance += populations[i] * difference * difference / people;
  }
  return rates;
}

}  // namespace

EmpiricalBayes EmpiricalBayesPoisson(std::span<const double> cases, std::span<const double> populations) {
  const Rates rates = RatesOf(cases, populations);
  const double b = rates.overall, a = std::max(0.0, rates.variance - b / rates.mean_population);
  EmpiricalBayes result{.overall_rate = b, .variance = a, .raw = rates.raw, .estimates = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    // Without any case there is nothing to draw from: every rate is 0.
    const double share = b > 0 ? a / (a + b / populations[i]) : 0;
    result.estimates.push_back(b + share * (rates.raw[i] - b));
  }
  return result;
}

EmpiricalBayes EmpiricalBayesBinomial(std::span<const double> cases, std::span<const double> populations) {
  const Rates rates = RatesOf(cases, populations);
  const double b = rates.overall, chance = b * (1 - b), mean = rates.mean_population;
  EmpiricalBayes result{.overall_rate = b, .variance = rates.variance, .raw = rates.raw, .estimates = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double x = populations[i];
    const double between = x * rates.variance - x / mean * chance;
    const double total = (x - 1) * rates.variance + (mean - x) / mean * chance;
    const double share = between / total;
    result.estimates.push_back(share * rates.raw[i] + (1 - share) * b);
  }
  return result;
}

std::vector<double> EmpiricalBayesLocal(std::span<const double> cases, std::span<const double> populations,
                                        const SpatialWeights& weights, LocalVariance variance) {
  CheckArguments(cases, populations);
  if (static_cast<std::size_t>(weights.size()) != cases.size())
    throw InvalidInput("there are " + std::to_string(cases.size()) + " areas for weights of " +
                       std::to_string(weights.size()) + " places");
  const SpatialWeights neighborhoods = WithSelf(Binary(weights));
  const auto sum_over = [&](int i, auto value) {
    double sum = 0;
    for (const Neighbor& neighbor : neighborhoods.row(i))
      sum += value(static_cast<std::size_t>(neighbor.index));
    return sum;
  };
  std::vector<double> people, means;
  for (int i = 0; i < neighborhoods.size(); ++i) {
    people.push_back(sum_over(i, [&](std::size_t j) { return populations[j]; }));
    means.push_back(sum_over(i, [&](std::size_t j) { return cases[j]; }) / people.back());
  }
  std::vector<double> estimates;
  for (int i = 0; i < neighborhoods.size(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    const double squares = sum_over(i, [&](std::size_t j) {
      const double difference =
          cases[j] / populations[j] - (variance == LocalVariance::kOwnMeans ? means[j] : means[k]);
      return populations[j] * difference * difference;
    });
    const double mean_population = people[k] / static_cast<double>(neighborhoods.row(i).size());
    const double a = std::max(0.0, squares / people[k] - means[k] / mean_population);
    const double raw = cases[k] / populations[k];
    estimates.push_back(means[k] > 0 ? means[k] + (raw - means[k]) * a / (a + means[k] / populations[k])
                                     : std::numeric_limits<double>::quiet_NaN());
  }
  return estimates;
}

std::vector<double> ChoynowskiLowerTail(std::span<const double> cases, std::span<const double> populations) {
  const Rates rates = RatesOf(cases, populations);
  std::vector<double> tails;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double mean = rates.overall * populations[i];
    tails.push_back(mean > 0 ? boost::math::gamma_q(std::floor(cases[i]) + 1, mean) : 1);
  }
  return tails;
}

}  // namespace lagesbild::geo
