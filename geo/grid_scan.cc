#include "geo/grid_scan.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <numeric>
#include <optional>
#include <thread>

#include "geo/errors.h"
#include "geo/grid_scan_space.h"
#include "geo/random_draw.h"
#include "geo/scan_statistic.h"

namespace lagesbild::geo {
namespace {

/// Simulations that are evaluated in full to find a bound for the others.
constexpr int kPilots = 4;

/// Draws cells and periods by exposure: a guide by thousands leads near the right entry.
class ExposureDraw {
 public:
  explicit ExposureDraw(std::span<const double> exposure) {
    double sum = 0;
    for (std::size_t i = 0; i < exposure.size(); ++i) {
      if (exposure[i] == 0) continue;
      until_.push_back(sum += exposure[i]);
      place_.push_back(static_cast<std::uint32_t>(i));
    }
    guide_.resize(until_.size() + 1);
    for (std::size_t g = 0, at = 0; g < guide_.size(); ++g) {
      const double target = sum * static_cast<double>(g) / static_cast<double>(guide_.size());
      while (at + 1 < until_.size() && until_[at] <= target) ++at;
      guide_[g] = static_cast<std::uint32_t>(at);
    }
  }

  std::size_t Draw(std::mt19937_64& random) const {
    const double uniform = DrawUniform(random);
    const double target = uniform * until_.back();
    std::size_t at = guide_[static_cast<std::size_t>(uniform * static_cast<double>(guide_.size()))];
    while (at > 0 && until_[at - 1] > target) --at;
    while (at + 1 < until_.size() && until_[at] <= target) ++at;
    return place_[at];
  }

 private:
  std::vector<double> until_;
  std::vector<std::uint32_t> place_, guide_;
};

template <class Count>
class Simulator {
 public:
  Simulator(const GridScanSpace& space, const GridScanInput& input, const GridScanOptions& options)
      : space_(space),
        input_(input),
        options_(options),
        draw_(input.exposure),
        any_(space.Thresholds<Count>(0)) {}

  std::vector<double> Maxima() {
    const auto simulations = static_cast<std::size_t>(options_.simulations);
    std::vector<double> maxima(simulations);
    const std::size_t pilots = std::min<std::size_t>(kPilots, simulations);
    Run(0, pilots, maxima);
    // Half of the lowest pilot is reached by nearly every simulation and by few cylinders.
    bound_ = 0.8 * *std::min_element(maxima.begin(), maxima.begin() + static_cast<std::ptrdiff_t>(pilots));
    if (simulations > pilots && bound_ > 0) high_ = space_.Thresholds<Count>(bound_);
    Run(pilots, simulations, maxima);
    return maxima;
  }

 private:
  /// Simulations of a range, shared among the threads: each has its own generator, so who computes it is
  /// nothing.
  void Run(std::size_t from, std::size_t to, std::vector<double>& maxima) {
    std::atomic<std::size_t> next{from};
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
    const auto work = [&] {
      try {
        for (std::size_t i = next++; i < to && !failed; i = next++) maxima[i] = Maximum(i);
      } catch (...) {
        if (!failed.exchange(true)) failure = std::current_exception();
      }
    };
    {
      std::vector<std::jthread> others;
      for (int t = 1; t < options_.threads && static_cast<std::size_t>(t) < to - from; ++t)
        others.emplace_back(work);
      work();
    }
    if (failure) std::rethrow_exception(failure);
  }

  double Maximum(std::size_t simulation) const {
    std::mt19937_64 random = ReplicateRandom(options_.seed, simulation);
    std::vector<Count> cases(input_.cases.size(), 0);
    for (double i = 0; i < space_.total_cases(); i += 1) ++cases[draw_.Draw(random)];
    const std::vector<Count> until =
        SumsUntil<Count, Count>(space_.shape(), std::span<const Count>(cases), input_.periods);
    if (!high_.empty())
      if (const double maximum = MaximumAbove(until, high_); maximum > 0) return maximum;
    return MaximumAbove(until, any_);
  }

  /// The largest ratio of the cylinders that reach their threshold; 0 when none does.
  double MaximumAbove(const std::vector<Count>& until, const std::vector<Count>& thresholds) const {
    double maximum = 0;
    space_.ForEachRow(std::span<const Count>(until), [&](std::size_t, std::size_t row, std::size_t cylinder,
                                                         std::span<const Count> sums) {
      if (row == 0 && options_.stop.stop_requested()) throw Cancelled();
      const Count* threshold = thresholds.data() + cylinder;
      // Without a branch in it, so that the compiler makes it a few instructions.
      int reached = 0;
      for (std::size_t i = 0; i < sums.size(); ++i) reached |= sums[i] >= threshold[i];
      if (reached == 0) return;
      for (std::size_t i = 0; i < sums.size(); ++i)
        if (sums[i] >= threshold[i])
          maximum = std::max(maximum, space_.Ratio(cylinder + i, static_cast<double>(sums[i])));
    });
    return maximum;
  }

  const GridScanSpace& space_;
  const GridScanInput& input_;
  const GridScanOptions& options_;
  ExposureDraw draw_;
  std::vector<Count> any_, high_;
  double bound_ = 0;
};

/// The cylinders of the data themselves.
class ClusterSearch {
 public:
  ClusterSearch(const GridScanSpace& space, const GridScanInput& input, const GridScanOptions& options)
      : space_(space),
        input_(input),
        options_(options),
        until_(SumsUntil<int, std::int32_t>(space.shape(), std::span<const int>(input.cases), input.periods)),
        taken_(input.grid.cell_count(), 0) {}

  std::vector<GridScanCluster> Clusters() {
    std::vector<GridScanCluster> clusters;
    while (clusters.size() < static_cast<std::size_t>(options_.most_clusters)) {
      if (options_.stop.stop_requested()) throw Cancelled();
      const auto best = Best();
      if (!best) break;
      clusters.push_back(Describe(*best));
      Take(*best);
    }
    return clusters;
  }

 private:
  struct Found {
    double ratio = 0;
    std::size_t cylinder = 0, window = 0, row = 0, radius = 0, column = 0;
    std::int32_t observed = 0;
  };

  /// The cylinder with the largest ratio of those that touch no cell taken; of equals the first in order.
  std::optional<Found> Best() const {
    const std::vector<std::int32_t> taken = TakenSums();
    std::vector<bool> open(space_.shape().rows() * space_.shape().radii() * space_.shape().columns());
    CircleSums<std::int32_t> circles(space_.shape());
    for (std::size_t row = 0; row < space_.shape().rows(); ++row) {
      std::size_t at = space_.First(0, row);
      circles.Row(std::span<const std::int32_t>(taken), row,
                  [&](std::size_t, std::span<const std::int32_t> sums) {
                    for (const std::int32_t sum : sums) open[at++] = sum == 0;
                  });
    }
    std::optional<Found> best;
    space_.ForEachRow(
        std::span<const std::int32_t>(until_),
        [&](std::size_t window, std::size_t row, std::size_t cylinder, std::span<const std::int32_t> sums) {
          const std::size_t in_window = cylinder - space_.First(window, 0);
          for (std::size_t i = 0; i < sums.size(); ++i) {
            if (!open[in_window + i]) continue;
            const double ratio = space_.Ratio(cylinder + i, sums[i]);
            if (!(ratio > (best ? best->ratio : 0))) continue;
            const std::size_t radius = (cylinder - space_.First(window, row)) / sums.size();
            best = Found{ratio, cylinder + i, window, row, radius, i, sums[i]};
          }
        });
    return best;
  }

  std::vector<std::int32_t> TakenSums() const {
    std::vector<std::int32_t> sums(space_.shape().table_size());
    RunningSums(space_.shape(), std::span<const char>(taken_), std::span(sums));
    return sums;
  }

  GridScanCluster Describe(const Found& found) const {
    GridScanCluster cluster;
    cluster.center = {static_cast<int>(found.column), static_cast<int>(found.row)};
    cluster.radius_m = options_.radii_cells[found.radius] * input_.grid.cell_size.value();
    cluster.window = space_.window(found.window);
    cluster.observed = found.observed;
    cluster.expected = space_.Expected(found.cylinder);
    const double outside =
        (space_.total_cases() - found.observed) / (space_.total_cases() - cluster.expected);
    cluster.relative_risk =
        outside > 0 ? found.observed / cluster.expected / outside : std::numeric_limits<double>::infinity();
    cluster.log_ratio = found.ratio;
    return cluster;
  }

  void Take(const Found& found) {
    const auto& halves = space_.shape().Halves(found.radius);
    const auto columns = static_cast<int>(space_.shape().columns()),
               rows = static_cast<int>(space_.shape().rows());
    const int reach = static_cast<int>(halves.size()) - 1;
    for (int dy = -reach; dy <= reach; ++dy) {
      const int row = static_cast<int>(found.row) + dy;
      if (row < 0 || row >= rows) continue;
      const auto half = static_cast<int>(halves[static_cast<std::size_t>(std::abs(dy))]);
      const int middle = static_cast<int>(found.column);
      for (int column = std::max(0, middle - half); column <= std::min(columns - 1, middle + half); ++column)
        taken_[input_.grid.index({column, row})] = 1;
    }
  }

  const GridScanSpace& space_;
  const GridScanInput& input_;
  const GridScanOptions& options_;
  std::vector<std::int32_t> until_;
  std::vector<char> taken_;
};

}  // namespace

GridScanResult ScanGrid(const GridScanInput& input, const GridScanOptions& options) {
  const GridScanSpace space(input, options);
  GridScanResult result;
  result.cylinders = space.allowed();
  result.clusters = ClusterSearch(space, input, options).Clusters();
  // Sixteen bits hold the counts of all but large data: twice as many fit an instruction.
  result.simulated_maxima = space.total_cases() < std::numeric_limits<std::int16_t>::max()
                                ? Simulator<std::int16_t>(space, input, options).Maxima()
                                : Simulator<std::int32_t>(space, input, options).Maxima();
  for (GridScanCluster& cluster : result.clusters) {
    cluster.p_value = RankTail(result.simulated_maxima, cluster.log_ratio);
    cluster.gumbel_p = GumbelTail(result.simulated_maxima, cluster.log_ratio);
  }
  return result;
}

}  // namespace lagesbild::geo
