#include "geo/permutation_tail.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr long long kMaxStates = 10'000'000;

using Histogram = std::map<int, int>;  // count -> number of places with it

/// P(t of `draws` come from the first `group` of `total` places), for t from 0 to min(group, draws).
/// By ratios from the most likely t, then scaled to 1: products of binomials would overflow.
std::vector<double> Hypergeometric(int total, int group, int draws) {
  const int low = std::max(0, draws - (total - group)), high = std::min(group, draws);
  std::vector<double> p(static_cast<std::size_t>(high) + 1, 0.0);
  const double mode = (draws + 1.0) * (group + 1.0) / (total + 2.0);
  const int start = std::clamp(static_cast<int>(mode), low, high);
  p[static_cast<std::size_t>(start)] = 1;
  const auto ratio = [&](int t) {  // p(t + 1) / p(t)
    return (1.0 * group - t) * (draws - t) / ((t + 1.0) * (1.0 * total - group - draws + t + 1));
  };
  double sum = 1;
  for (int t = start; t < high; ++t)
    sum += p[static_cast<std::size_t>(t) + 1] = p[static_cast<std::size_t>(t)] * ratio(t);
  for (int t = start; t > low; --t)
    sum += p[static_cast<std::size_t>(t) - 1] = p[static_cast<std::size_t>(t)] / ratio(t - 1);
  for (double& value : p) value /= sum;
  return p;
}

/// Distribution of the sum of k draws without replacement: `at_least[s]` and `at_most[s]` for sums from
/// k·smallest.
struct SumDistribution {
  long long smallest_sum = 0;
  std::vector<double> at_least, at_most;
};

/// Takes the values in ascending order; the number of draws left after each value is the state, beside the
/// sum.
SumDistribution DistributeSum(const Histogram& histogram, int k) {
  const int smallest = histogram.begin()->first;
  const long long range = histogram.rbegin()->first - static_cast<long long>(smallest);
  if (k * range >= kMaxStates)
    throw InvalidInput("the counts are too large for the exact permutation tail: " + std::to_string(k) +
                       " neighbors with a range of " + std::to_string(range));
  const auto sums = static_cast<std::size_t>(k * range) + 1;
  const auto rows = static_cast<std::size_t>(k) + 1;
  std::vector<std::vector<double>> p(rows);  // by draws left; empty means impossible
  p[static_cast<std::size_t>(k)].assign(sums, 0.0);
  p[static_cast<std::size_t>(k)][0] = 1;
  int total = 0;
  for (const auto& [value, places] : histogram) total += places;
  for (const auto& [value, places] : histogram) {
    const auto step = static_cast<std::size_t>(value - smallest);
    std::vector<std::vector<double>> next(rows);
    for (std::size_t left = 0; left < rows; ++left) {
      if (p[left].empty()) continue;
      const std::vector<double> chance = Hypergeometric(total, places, static_cast<int>(left));
      for (std::size_t t = 0; t < chance.size(); ++t) {
        if (chance[t] == 0) continue;
        std::vector<double>& target = next[left - t];
        if (target.empty()) target.assign(sums, 0.0);
        for (std::size_t s = 0; s + t * step < sums; ++s) target[s + t * step] += chance[t] * p[left][s];
      }
    }
    p = std::move(next);
    total -= places;
  }
  SumDistribution result{static_cast<long long>(k) * smallest, p[0], p[0]};
  // Each tail is added from its own end, where the terms are small.
  for (std::size_t s = sums - 1; s > 0; --s) result.at_least[s - 1] += result.at_least[s];
  for (std::size_t s = 1; s < sums; ++s) result.at_most[s] += result.at_most[s - 1];
  for (double& value : result.at_least) value = std::min(value, 1.0);
  for (double& value : result.at_most) value = std::min(value, 1.0);
  return result;
}

}  // namespace

PermutationTails ExactPermutationTails(std::span<const int> counts, const SpatialWeights& weights) {
  if (counts.size() != static_cast<std::size_t>(weights.size()))
    throw InvalidInput("there are " + std::to_string(counts.size()) + " counts for " +
                       std::to_string(weights.size()) + " places; give one for each");
  if (counts.size() < 2) throw InvalidInput("the exact permutation tail needs at least 2 places");
  Histogram histogram;
  for (const int count : counts) ++histogram[count];
  std::map<std::pair<int, int>, SumDistribution> cache;  // by own count and number of neighbors
  PermutationTails tails;
  for (int i = 0; i < weights.size(); ++i) {
    long long lag = 0;
    for (const Neighbor& neighbor : weights.row(i))
      if (neighbor.index != i) lag += counts[static_cast<std::size_t>(neighbor.index)];
    tails.lag_sums.push_back(lag);
    const int k = weights.cardinality(i);
    if (k == 0) {
      tails.p_at_least.push_back(kNaN);
      tails.p_at_most.push_back(kNaN);
      continue;
    }
    const int own = counts[static_cast<std::size_t>(i)];
    const auto [entry, missing] = cache.try_emplace({own, k});
    if (missing) {
      Histogram others = histogram;
      if (--others[own] == 0) others.erase(own);
      entry->second = DistributeSum(others, k);
    }
    const SumDistribution& distribution = entry->second;
    const auto s = static_cast<std::size_t>(lag - distribution.smallest_sum);
    tails.p_at_least.push_back(distribution.at_least[s]);
    tails.p_at_most.push_back(distribution.at_most[s]);
  }
  return tails;
}

}  // namespace lagesbild::geo
