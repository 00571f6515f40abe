#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "geo/scan_statistic.h"

namespace lagesbild::geo {
namespace {

/// Ratios of one table computed in another order differ by rounding; ties count as reached.
constexpr double kSameRatio = 1e-9;

}  // namespace

double RankTail(std::span<const double> maxima, double value) {
  const auto reached = std::count_if(maxima.begin(), maxima.end(), [value](double maximum) {
    return maximum >= value - kSameRatio * std::max(1.0, value);
  });
  return static_cast<double>(1 + reached) / static_cast<double>(maxima.size() + 1);
}

double GumbelTail(std::span<const double> maxima, double value) {
  if (maxima.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(maxima.size());
  double mean = 0, squares = 0;
  for (const double maximum : maxima) mean += maximum / n;
  for (const double maximum : maxima) squares += (maximum - mean) * (maximum - mean);
  const double scale = std::sqrt(6 * squares / (n - 1)) / std::numbers::pi;
  if (!(scale > 0)) return value > mean ? 0 : 1;
  const double location = mean - std::numbers::egamma * scale;
  return -std::expm1(-std::exp(-(value - location) / scale));
}

std::vector<ScanCluster> WithoutOverlap(std::span<const ScanCluster> clusters, std::size_t most) {
  std::vector<ScanCluster> kept;
  std::set<int> taken;
  for (const ScanCluster& cluster : clusters) {
    if (kept.size() >= most) break;
    if (std::any_of(cluster.members.begin(), cluster.members.end(),
                    [&](int member) { return taken.contains(member); }))
      continue;
    taken.insert(cluster.members.begin(), cluster.members.end());
    kept.push_back(cluster);
  }
  return kept;
}

}  // namespace lagesbild::geo
