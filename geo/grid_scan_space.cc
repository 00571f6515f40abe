#include "geo/grid_scan_space.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include "geo/errors.h"
#include "geo/scan_likelihood.h"

namespace lagesbild::geo {
namespace {

constexpr double kMostCylinders = 60e6;

void Check(const GridScanInput& input, const GridScanOptions& options) {
  if (input.grid.columns < 1 || input.grid.rows < 1 || input.periods < 1)
    throw InvalidInput("a grid scan needs at least one column, row and period");
  const std::size_t size = input.grid.cell_count() * static_cast<std::size_t>(input.periods);
  if (input.cases.size() != size || input.exposure.size() != size)
    throw InvalidInput("a grid scan of " + std::to_string(size) +
                       " cells and periods needs as many cases and exposures, got " +
                       std::to_string(input.cases.size()) + " and " + std::to_string(input.exposure.size()));
  long long total = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (input.cases[i] < 0 || !(input.exposure[i] >= 0) || std::isinf(input.exposure[i]))
      throw InvalidInput("cases and exposure of a grid scan must be finite and not negative");
    if (input.cases[i] > 0 && input.exposure[i] == 0)
      throw InvalidInput("a grid scan has cases in a cell without exposure: nothing can be expected there");
    total += input.cases[i];
  }
  if (total == 0) throw InvalidInput("a grid scan needs at least one case");
  if (total > 1'000'000'000) throw InvalidInput("a grid scan takes at most a billion cases");
  if (options.radii_cells.empty() || options.windows.empty())
    throw InvalidInput("a grid scan needs at least one radius and one window");
  double last = -1;
  for (const double radius : options.radii_cells) {
    if (!(radius > last) || radius > 1000)
      throw InvalidInput("radii of a grid scan must ascend from 0 or more to at most 1,000 cells");
    last = radius;
  }
  if (options.radii_cells.front() < 0) throw InvalidInput("radii of a grid scan must not be negative");
  for (const PeriodWindow& window : options.windows)
    if (window.first < 0 || window.last < window.first || window.last >= input.periods)
      throw InvalidInput("windows of a grid scan must lie within its " + std::to_string(input.periods) +
                         " periods");
  if (!(options.most_exposure_share > 0 && options.most_exposure_share <= 1))
    throw InvalidInput("the largest share of a scan must be above 0 and at most 1");
  if (options.simulations < 1 || options.threads < 1 || options.most_clusters < 1)
    throw InvalidInput("a grid scan needs at least 1 simulation, thread and cluster");
  const double cylinders = static_cast<double>(input.grid.cell_count()) *
                           static_cast<double>(options.radii_cells.size() * options.windows.size());
  if (cylinders > kMostCylinders)
    throw InvalidInput(
        "a grid scan takes at most 60 million cylinders; use larger cells, or fewer radii or windows");
}

const GridScanInput& Checked(const GridScanInput& input, const GridScanOptions& options) {
  Check(input, options);
  return input;
}

}  // namespace

GridScanSpace::GridScanSpace(const GridScanInput& input, const GridScanOptions& options)
    : shape_(Checked(input, options).grid.columns, input.grid.rows, options.radii_cells),
      windows_(options.windows) {
  total_ = static_cast<double>(std::accumulate(input.cases.begin(), input.cases.end(), 0LL));
  const double exposure = std::accumulate(input.exposure.begin(), input.exposure.end(), 0.0);
  const double most = options.most_exposure_share * exposure * (1 + 1e-12);
  expected_.resize(input.grid.cell_count() * shape_.radii() * windows_.size());
  const std::vector<double> until =
      SumsUntil<double, double>(shape_, std::span<const double>(input.exposure), input.periods);
  // Differences of running sums leave rounding where there is nothing.
  const double nothing = 1e-9 * exposure / static_cast<double>(input.exposure.size());
  ForEachRow(std::span<const double>(until),
             [&](std::size_t, std::size_t, std::size_t cylinder, std::span<const double> sums) {
               for (std::size_t i = 0; i < sums.size(); ++i) {
                 if (sums[i] <= nothing || sums[i] > most) continue;
                 expected_[cylinder + i] = total_ * sums[i] / exposure;
                 ++allowed_;
               }
             });
}

double GridScanSpace::Ratio(std::size_t cylinder, double observed) const {
  const double expected = expected_[cylinder];
  return expected > 0 ? PoissonLogRatio(observed, expected, total_) : 0;
}

template <class Count>
std::vector<Count> GridScanSpace::Thresholds(double least) const {
  std::vector<Count> thresholds(expected_.size(), std::numeric_limits<Count>::max());
  const double reached = least - 1e-6;  // a little early: who reaches it is evaluated anyhow
  for (std::size_t i = 0; i < expected_.size(); ++i) {
    const double expected = expected_[i];
    if (!(expected > 0)) continue;
    double count = std::floor(expected) + 1;
    if (least > 0) {
      // The ratio is about (count - expected)²/2 expected near it: from there by steps of one.
      count = std::max(count, std::floor(expected + std::sqrt(2 * expected * least)));
      count = std::min(count, total_);
      while (count - 1 > expected && PoissonLogRatio(count - 1, expected, total_) >= reached) count -= 1;
      while (count <= total_ && PoissonLogRatio(count, expected, total_) < reached) count += 1;
    }
    if (count <= total_) thresholds[i] = static_cast<Count>(count);
  }
  return thresholds;
}

template std::vector<std::int16_t> GridScanSpace::Thresholds<std::int16_t>(double) const;
template std::vector<std::int32_t> GridScanSpace::Thresholds<std::int32_t>(double) const;

}  // namespace lagesbild::geo
