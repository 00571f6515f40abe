#include "geo/grid_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "geo/circle_sums.h"
#include "geo/errors.h"
#include "geo/random_draw.h"
#include "geo/scan_likelihood.h"

namespace lagesbild::geo {
namespace {

GridScanInput EvenGrid(int columns, int rows, int periods) {
  GridScanInput input;
  input.grid = {{Meters{600'000}, Meters{6'640'000}}, Meters{250}, columns, rows};
  input.periods = periods;
  input.cases.assign(input.grid.cell_count() * static_cast<std::size_t>(periods), 0);
  input.exposure.assign(input.cases.size(), 1.0);
  return input;
}

GridScanOptions Options() {
  GridScanOptions options;
  options.radii_cells = {0, 1, 1.5, 2};
  options.windows = {{0, 0}, {0, 1}, {1, 2}, {2, 2}};
  options.simulations = 49;
  return options;
}

GridScanInput RandomCases(int cases, std::uint64_t seed) {
  GridScanInput input = EvenGrid(9, 7, 3);
  std::mt19937_64 random(seed);
  for (double& exposure : input.exposure) exposure = 0.2 + DrawUniform(random);
  for (int i = 0; i < cases; ++i)
    ++input.cases[static_cast<std::size_t>(DrawBelow(random, input.cases.size()))];
  return input;
}

/// The largest ratio by going through every cell of every cylinder.
double LargestByHand(const GridScanInput& input, const GridScanOptions& options) {
  double total = 0, exposure = 0, largest = 0;
  for (std::size_t i = 0; i < input.cases.size(); ++i) {
    total += input.cases[i];
    exposure += input.exposure[i];
  }
  for (const PeriodWindow& window : options.windows)
    for (const double radius : options.radii_cells)
      for (int y = 0; y < input.grid.rows; ++y)
        for (int x = 0; x < input.grid.columns; ++x) {
          double cases = 0, inside = 0;
          for (int p = window.first; p <= window.last; ++p)
            for (int v = 0; v < input.grid.rows; ++v)
              for (int u = 0; u < input.grid.columns; ++u) {
                if (std::hypot(u - x, v - y) > radius + 1e-9) continue;
                const std::size_t at =
                    static_cast<std::size_t>(p) * input.grid.cell_count() + input.grid.index({u, v});
                cases += input.cases[at];
                inside += input.exposure[at];
              }
          if (inside > options.most_exposure_share * exposure) continue;
          largest = std::max(largest, PoissonLogRatio(cases, total * inside / exposure, total));
        }
  return largest;
}

TEST(ScanGrid, FindsTheLargestRatioOfAllCylinders) {
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
    const GridScanInput input = RandomCases(60, seed);
    const GridScanResult result = ScanGrid(input, Options());
    ASSERT_FALSE(result.clusters.empty());
    EXPECT_NEAR(result.clusters.front().log_ratio, LargestByHand(input, Options()), 1e-10) << seed;
  }
}

TEST(ScanGrid, FindsAPlantedOutbreakWithItsTime) {
  GridScanInput input = EvenGrid(12, 12, 3);
  for (std::size_t i = 0; i < input.cases.size(); i += 7) input.cases[i] = 1;
  for (const CellIndex cell :
       {CellIndex{4, 4}, CellIndex{4, 5}, CellIndex{5, 4}, CellIndex{3, 4}, CellIndex{4, 3}})
    input.cases[2 * input.grid.cell_count() + input.grid.index(cell)] += 5;
  const GridScanResult result = ScanGrid(input, Options());
  const GridScanCluster& best = result.clusters.front();
  EXPECT_EQ(best.center, (CellIndex{4, 4}));
  EXPECT_EQ(best.radius_m, 250);
  EXPECT_EQ(best.window, (PeriodWindow{2, 2}));
  EXPECT_GE(best.observed, 25);
  EXPECT_DOUBLE_EQ(best.p_value, 0.02);
  EXPECT_LT(best.gumbel_p, 0.001);
}

TEST(ScanGrid, GivesTheSameBitsForAnyNumberOfThreads) {
  const GridScanInput input = RandomCases(80, 5);
  GridScanOptions options = Options();
  const GridScanResult one = ScanGrid(input, options);
  for (const int threads : {2, 3, 8}) {
    options.threads = threads;
    EXPECT_EQ(ScanGrid(input, options).simulated_maxima, one.simulated_maxima);
  }
}

TEST(ScanGrid, EvaluatesTheSameMaximaWithWideCounts) {
  // Over 32,767 cases sixteen bits no longer hold the counts.
  GridScanInput input = EvenGrid(5, 5, 1);
  for (int& cases : input.cases) cases = 2000;
  input.cases[12] = 2600;
  GridScanOptions options = Options();
  options.windows = {{0, 0}};
  const GridScanResult result = ScanGrid(input, options);
  EXPECT_EQ(result.clusters.front().center, (CellIndex{2, 2}));
  EXPECT_NEAR(result.clusters.front().log_ratio, LargestByHand(input, options), 1e-8);
  EXPECT_DOUBLE_EQ(result.clusters.front().p_value, 0.02);
}

TEST(ScanGrid, ListsClustersThatShareNoCell) {
  GridScanInput input = EvenGrid(15, 15, 1);
  for (std::size_t i = 0; i < input.cases.size(); i += 5) input.cases[i] = 1;
  input.cases[input.grid.index({2, 2})] = 12;
  input.cases[input.grid.index({12, 12})] = 9;
  GridScanOptions options = Options();
  options.windows = {{0, 0}};
  options.most_clusters = 2;
  const GridScanResult result = ScanGrid(input, options);
  ASSERT_EQ(result.clusters.size(), 2u);
  EXPECT_LE(std::abs(result.clusters[0].center.column - 2), 1);
  EXPECT_LE(std::abs(result.clusters[1].center.column - 12), 1);
  EXPECT_GE(result.clusters[0].log_ratio, result.clusters[1].log_ratio);
}

TEST(ScanGrid, LooksAtNoPlaceWithoutExposure) {
  GridScanInput input = EvenGrid(6, 6, 1);
  for (std::size_t i = 0; i < 18; ++i) input.exposure[i] = 0;
  input.cases[30] = 4;
  GridScanOptions options = Options();
  options.windows = {{0, 0}};
  options.radii_cells = {0};
  const GridScanResult result = ScanGrid(input, options);
  EXPECT_EQ(result.cylinders, 18);
  EXPECT_DOUBLE_EQ(result.clusters.front().expected, 4.0 / 18);
}

TEST(ScanGrid, RefusesWhatCannotBeScanned) {
  const auto with = [](auto change) {
    GridScanInput input = RandomCases(20, 1);
    GridScanOptions options = Options();
    change(input, options);
    return ScanGrid(input, options);
  };
  using Input = GridScanInput;
  using Opt = GridScanOptions;
  EXPECT_THROW(with([](Input& input, Opt&) { input.cases.pop_back(); }), InvalidInput);
  EXPECT_THROW(with([](Input& input, Opt&) { input.cases[0] = -1; }), InvalidInput);
  EXPECT_THROW(with([](Input& input, Opt&) { input.exposure[0] = std::numeric_limits<double>::quiet_NaN(); }),
               InvalidInput);
  EXPECT_THROW(with([](Input& input, Opt&) { input.cases[3] = 1, input.exposure[3] = 0; }), InvalidInput);
  EXPECT_THROW(with([](Input& input, Opt&) { std::fill(input.cases.begin(), input.cases.end(), 0); }),
               InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.radii_cells = {}; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.radii_cells = {-1}; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.radii_cells = {2, 1}; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.windows = {}; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.windows = {{1, 3}}; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.most_exposure_share = 0; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.simulations = 0; }), InvalidInput);
  EXPECT_THROW(with([](Input&, Opt& options) { options.threads = 0; }), InvalidInput);
  EXPECT_THROW(with([](Input& input, Opt&) { input.grid.columns = 0; }), InvalidInput);
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(with([&](Input&, Opt& options) { options.stop = source.get_token(); }), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
