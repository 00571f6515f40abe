#include "geo/local_permutation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "geo/errors.h"
#include "geo/random_draw.h"

namespace lagesbild::geo {
namespace {

constexpr double kTie = 1e-12;

/// The first entries of a random order of 0 .. n-1, drawn anew for each replicate and put back.
class PartialOrder {
 public:
  PartialOrder(std::size_t n, std::size_t first) : order_(n), swapped_(first) {
    std::iota(order_.begin(), order_.end(), 0);
  }
  const std::vector<std::int32_t>& Draw(std::mt19937_64 random) {
    for (std::size_t i = 0; i < drawn_; ++i)
      std::swap(order_[drawn_ - 1 - i], order_[swapped_[drawn_ - 1 - i]]);
    drawn_ = swapped_.size();
    for (std::size_t i = 0; i < drawn_; ++i) {
      swapped_[i] = i + static_cast<std::size_t>(DrawBelow(random, order_.size() - i));
      std::swap(order_[i], order_[swapped_[i]]);
    }
    return order_;
  }

 private:
  std::vector<std::int32_t> order_;
  std::vector<std::size_t> swapped_;
  std::size_t drawn_ = 0;
};

/// Weights of a place without the one on itself.
std::vector<std::vector<double>> OtherWeights(const SpatialWeights& weights) {
  std::vector<std::vector<double>> others(static_cast<std::size_t>(weights.size()));
  for (int i = 0; i < weights.size(); ++i)
    for (const Neighbor& neighbor : weights.row(i))
      if (neighbor.index != i) others[static_cast<std::size_t>(i)].push_back(neighbor.weight);
  return others;
}

void Check(std::span<const double> values, const SpatialWeights& weights, int permutations) {
  if (values.size() != static_cast<std::size_t>(weights.size()))
    throw InvalidInput("local permutations of " + std::to_string(weights.size()) +
                       " places need as many values, got " + std::to_string(values.size()));
  if (values.size() < 3) throw InvalidInput("local permutations need at least 3 places");
  if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
    throw InvalidInput("values of places must be finite");
  if (permutations < 1) throw InvalidInput("local permutations need at least 1 redraw");
}

}  // namespace

LocalPermutationTails PermuteLocally(std::span<const double> values, const SpatialWeights& weights,
                                     const LocalPermutationOptions& options) {
  Check(values, weights, options.permutations);
  const std::size_t n = values.size();
  const std::vector<std::vector<double>> others = OtherWeights(weights);
  LocalPermutationTails tails{std::vector<double>(n, 0.0), std::vector<double>(n), std::vector<double>(n)};
  std::size_t most = 0;
  double scale = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double magnitude = 0;
    for (const Neighbor& neighbor : weights.row(static_cast<int>(i))) {
      if (neighbor.index == static_cast<int>(i)) continue;
      const double part = neighbor.weight * values[static_cast<std::size_t>(neighbor.index)];
      tails.lag_sums[i] += part;
      magnitude += std::abs(part);
    }
    scale = std::max(scale, magnitude);
    most = std::max(most, others[i].size());
  }
  std::vector<int> at_least(n, 0), at_most(n, 0);
  PartialOrder order(n - 1, most);
  const double tie = kTie * scale;
  for (int r = 0; r < options.permutations; ++r) {
    if (options.stop.stop_requested()) throw Cancelled();
    const auto& drawn = order.Draw(ReplicateRandom(options.seed, static_cast<std::uint64_t>(r)));
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < others[i].size(); ++k) {
        const auto at = static_cast<std::size_t>(drawn[k]);
        sum += others[i][k] * values[at + (at >= i)];  // the others, without the place itself
      }
      at_least[i] += sum >= tails.lag_sums[i] - tie;
      at_most[i] += sum <= tails.lag_sums[i] + tie;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const bool island = others[i].empty();
    const double all = options.permutations + 1;
    tails.p_at_least[i] = island ? std::numeric_limits<double>::quiet_NaN() : (1 + at_least[i]) / all;
    tails.p_at_most[i] = island ? std::numeric_limits<double>::quiet_NaN() : (1 + at_most[i]) / all;
  }
  return tails;
}

}  // namespace lagesbild::geo
