#include "geo/scan_statistic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "geo/errors.h"
#include "geo/random_draw.h"
#include "geo/scan_likelihood.h"
#include "geo/scan_zones.h"

namespace lagesbild::geo {
namespace {

void CheckLocations(std::span<const ScanLocation> locations, const ScanOptions& options) {
  if (locations.empty()) throw InvalidInput("a scan needs at least one location");
  long long cases = 0;
  for (std::size_t i = 0; i < locations.size(); ++i) {
    const ScanLocation& location = locations[i];
    const std::string where = "location " + std::to_string(i + 1) + " of a scan ";
    if (location.cases < 0 || location.controls < 0) throw InvalidInput(where + "has a negative count");
    if (location.cases > 1'000'000'000 || location.controls > 1'000'000'000)
      throw InvalidInput(where + "has more than a billion cases or controls");
    if (options.model == ScanModel::kPoisson) {
      if (!(location.population >= 0) || std::isinf(location.population))
        throw InvalidInput(where + "has a population that is not finite or negative");
      if (location.cases > 0 && location.population == 0)
        throw InvalidInput(where + "has cases but no population: nothing can be expected there");
    }
    cases += location.cases;
  }
  if (cases == 0) throw InvalidInput("a scan needs at least one case");
}

/// Weight of a location in the size of circles and, up to a factor, in what is expected.
std::vector<double> WeightsOf(std::span<const ScanLocation> locations, ScanModel model) {
  std::vector<double> weights;
  for (const ScanLocation& location : locations)
    weights.push_back(model == ScanModel::kPoisson ? location.population
                                                   : static_cast<double>(location.cases + location.controls));
  return weights;
}

std::vector<PlanePoint> PositionsOf(std::span<const ScanLocation> locations) {
  std::vector<PlanePoint> positions;
  for (const ScanLocation& location : locations) positions.push_back(location.position);
  return positions;
}

/// The ratio of a circle by its cases: logarithms of what never changes are taken once.
class CircleRatios {
 public:
  CircleRatios(const ScanZones& zones, std::span<const double> weights, ScanModel model,
               long long total_cases)
      : zones_(zones),
        bernoulli_(model == ScanModel::kBernoulli),
        total_(static_cast<double>(total_cases)),
        all_(std::accumulate(weights.begin(), weights.end(), 0.0)) {
    for (std::size_t center = 0; center < zones.centers(); ++center) {
      double weight = 0;
      std::size_t member = 0;
      for (const ScanZones::Circle& circle : zones.Circles(center)) {
        for (; member < static_cast<std::size_t>(circle.size); ++member)
          weight += weights[static_cast<std::size_t>(zones.Order(center)[member])];
        weights_.push_back(weight);
        expected_.push_back(total_ * weight / all_);
      }
    }
  }

  double Expected(std::size_t circle) const { return expected_[circle]; }
  double Ratio(std::size_t circle, long long observed) const {
    const auto cases = static_cast<double>(observed);
    if (!(cases > expected_[circle])) return 0;
    return bernoulli_ ? BernoulliLogRatio(cases, weights_[circle], total_, all_)
                      : PoissonLogRatio(cases, expected_[circle], total_);
  }

  /// Calls `visit(center, circle of the center, circle of all, cases)` for every circle.
  template <class Visit>
  void ForEach(std::span<const long long> cases, Visit visit) const {
    std::size_t all = 0;
    for (std::size_t center = 0; center < zones_.centers(); ++center) {
      const auto order = zones_.Order(center);
      const auto circles = zones_.Circles(center);
      long long inside = 0;
      std::size_t member = 0;
      for (std::size_t circle = 0; circle < circles.size(); ++circle, ++all) {
        for (; member < static_cast<std::size_t>(circles[circle].size); ++member)
          inside += cases[static_cast<std::size_t>(order[member])];
        visit(center, circle, all, inside);
      }
    }
  }

  double Maximum(std::span<const long long> cases) const {
    double maximum = 0;
    ForEach(cases, [&](std::size_t, std::size_t, std::size_t circle, long long inside) {
      maximum = std::max(maximum, Ratio(circle, inside));
    });
    return maximum;
  }

 private:
  const ScanZones& zones_;
  bool bernoulli_;
  double total_, all_;
  std::vector<double> weights_, expected_;  // per circle
};

/// Redraws of the cases under the null: multinomial over the population, or labels shuffled over cases and
/// controls.
class CaseRedraw {
 public:
  CaseRedraw(std::span<const ScanLocation> locations, const ScanOptions& options, long long total)
      : options_(options), total_(total), drawn_(locations.size()) {
    if (options.model == ScanModel::kPoisson) {
      double sum = 0;
      for (const ScanLocation& location : locations) cumulative_.push_back(sum += location.population);
    } else {
      for (std::size_t i = 0; i < locations.size(); ++i)
        for (long long k = 0; k < locations[i].cases + locations[i].controls; ++k) labels_.push_back(i);
    }
  }

  std::span<const long long> Draw(std::uint64_t replicate) {
    std::mt19937_64 random = ReplicateRandom(options_.seed, replicate);
    std::fill(drawn_.begin(), drawn_.end(), 0);
    if (labels_.empty()) {
      for (long long i = 0; i < total_; ++i) ++drawn_[OneOf(DrawUniform(random) * cumulative_.back())];
    } else {
      std::vector<std::size_t> labels = labels_;
      for (std::size_t i = 0; i < static_cast<std::size_t>(total_); ++i) {
        std::swap(labels[i], labels[i + static_cast<std::size_t>(DrawBelow(random, labels.size() - i))]);
        ++drawn_[labels[i]];
      }
    }
    return drawn_;
  }

 private:
  std::size_t OneOf(double target) const {
    const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), target);
    // Rounding must not lead past the last location with population.
    const auto at = found != cumulative_.end()
                        ? found
                        : std::lower_bound(cumulative_.begin(), cumulative_.end(), cumulative_.back());
    return static_cast<std::size_t>(at - cumulative_.begin());
  }

  const ScanOptions& options_;
  long long total_;
  std::vector<long long> drawn_;
  std::vector<double> cumulative_;
  std::vector<std::size_t> labels_;
};

double RelativeRisk(double observed, double expected, double total) {
  const double outside = (total - observed) / (total - expected);
  return outside > 0 ? observed / expected / outside : std::numeric_limits<double>::infinity();
}

std::vector<ScanCluster> ClustersOf(const ScanZones& zones, const CircleRatios& ratios,
                                    std::span<const long long> cases, double total) {
  struct Found {
    double ratio;
    std::size_t center, circle, all;
    long long inside;
  };
  std::vector<Found> found;
  ratios.ForEach(cases, [&](std::size_t center, std::size_t circle, std::size_t all, long long inside) {
    if (!zones.IsFirst(center, circle)) return;
    if (const double ratio = ratios.Ratio(all, inside); ratio > 0)
      found.push_back({ratio, center, circle, all, inside});
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.ratio > b.ratio; });
  std::vector<ScanCluster> clusters;
  for (const Found& one : found) {
    ScanCluster cluster;
    cluster.center = static_cast<int>(one.center);
    cluster.radius_m = zones.Circles(one.center)[one.circle].radius_m;
    cluster.members = zones.Members(one.center, one.circle);
    cluster.observed = one.inside;
    cluster.expected = ratios.Expected(one.all);
    cluster.relative_risk = RelativeRisk(static_cast<double>(one.inside), cluster.expected, total);
    cluster.log_ratio = one.ratio;
    clusters.push_back(std::move(cluster));
  }
  return clusters;
}

/// `simulated(i)` gives the cases of simulation i.
template <class Simulated>
ScanResult Scan(std::span<const ScanLocation> locations, const ScanOptions& options, std::size_t simulations,
                Simulated simulated) {
  const std::vector<double> weights = WeightsOf(locations, options.model);
  const ScanZones zones(PositionsOf(locations), weights, options.most_population_share);
  std::vector<long long> cases;
  for (const ScanLocation& location : locations) cases.push_back(location.cases);
  ScanResult result;
  result.total_cases = std::accumulate(cases.begin(), cases.end(), 0LL);
  result.distinct_circles = zones.distinct();
  const CircleRatios ratios(zones, weights, options.model, result.total_cases);
  result.clusters = ClustersOf(zones, ratios, cases, static_cast<double>(result.total_cases));
  for (std::size_t i = 0; i < simulations; ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    result.simulated_maxima.push_back(ratios.Maximum(simulated(i)));
  }
  for (ScanCluster& cluster : result.clusters) {
    cluster.p_value = RankTail(result.simulated_maxima, cluster.log_ratio);
    cluster.gumbel_p = GumbelTail(result.simulated_maxima, cluster.log_ratio);
  }
  return result;
}

}  // namespace

ScanResult ScanCircles(std::span<const ScanLocation> locations, const ScanOptions& options) {
  CheckLocations(locations, options);
  if (options.simulations < 1) throw InvalidInput("a scan needs at least 1 simulation");
  long long total = 0;
  for (const ScanLocation& location : locations) total += location.cases;
  CaseRedraw redraw(locations, options, total);
  return Scan(locations, options, static_cast<std::size_t>(options.simulations),
              [&](std::size_t i) { return redraw.Draw(i); });
}

ScanResult ScanCirclesUnder(std::span<const ScanLocation> locations, const ScanOptions& options,
                            std::span<const std::vector<long long>> simulated) {
  CheckLocations(locations, options);
  for (const std::vector<long long>& cases : simulated)
    if (cases.size() != locations.size())
      throw InvalidInput("a simulation of " + std::to_string(cases.size()) +
                         " locations does not fit a scan of " + std::to_string(locations.size()));
  return Scan(locations, options, simulated.size(),
              [&](std::size_t i) { return std::span<const long long>(simulated[i]); });
}

}  // namespace lagesbild::geo
