#include "tools/bench_hotspots/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <mutex>

#include "geo/cell_counts.h"
#include "geo/getis_ord.h"
#include "geo/grid_gi_star.h"
#include "geo/hotspot_test.h"
#include "geo/multiple_testing.h"
#include "geo/neighborhood.h"
#include "geo/parallel.h"
#include "geo/pile_up.h"
#include "geo/random_draw.h"

namespace lagesbild::tools::bench {
namespace {

constexpr double kAlpha = 0.05;

geo::Grid<int> Counts(const std::vector<geo::Incident>& incidents, const geo::GridSpec& grid) {
  std::vector<geo::PlanePoint> points;
  for (const geo::Incident& incident : incidents) points.push_back(incident.position);
  return geo::CountInCells(points, grid).counts;
}

std::vector<geo::Incident> Collapsed(const std::vector<geo::Incident>& incidents) {
  std::vector<geo::Incident> kept;
  for (const std::size_t i : geo::CollapseRepeats(incidents, {})) kept.push_back(incidents[i]);
  return kept;
}

geo::HotspotLayerResult Test(const std::vector<geo::Incident>& incidents, const geo::Grid<double>& exposure,
                             int redraws, std::uint64_t seed) {
  const geo::HotspotLayerInput layer{
      .group = "ALLA", .counts = Counts(incidents, exposure.spec()), .exposure = exposure};
  geo::HotspotTestOptions options;
  options.permutations = redraws;
  options.seed = seed;
  return geo::TestHotspots(std::span(&layer, 1), options).layers[0];
}

bool NearPlanted(geo::CellIndex cell, const geo::GridSpec& grid) {
  const geo::CellIndex planted = PlantedCell(grid);
  return cell.column >= planted.column - 1 && cell.column <= planted.column + 2 &&
         cell.row >= planted.row - 1 && cell.row <= planted.row + 2;
}

/// What a test found: anywhere, or at the planted place alone.
struct Found {
  bool adjusted = false, maximum = false;
};
Found FoundBy(const geo::HotspotLayerResult& result, const geo::GridSpec& grid, bool planted_only) {
  Found found;
  for (const geo::HotspotCell& cell : result.cells) {
    if (planted_only && !NearPlanted(cell.cell, grid)) continue;
    found.adjusted = found.adjusted || cell.hot_class >= 2;
    found.maximum = found.maximum || cell.maximum_p <= kAlpha;
  }
  return found;
}

/// Gi* with Benjamini-Hochberg: by normal theory, and by the exact tail.
struct GiStarFound {
  bool normal = false, exact = false;
};
GiStarFound FoundByGiStar(const std::vector<geo::Incident>& incidents, const geo::Grid<double>& exposure,
                          bool planted_only) {
  const geo::GridGiStar gi = geo::GiStarOnMaskedGrid(Counts(incidents, exposure.spec()), exposure);
  std::vector<double> normal;
  for (const double z : gi.z_scores.values()) normal.push_back(geo::TwoSidedNormalP(z));
  const auto normal_q = geo::AdjustPValues(normal, geo::Adjustment::kBenjaminiHochberg);
  const auto exact_q = geo::AdjustPValues(gi.exact_p_values.values(), geo::Adjustment::kBenjaminiHochberg);
  GiStarFound found;
  const auto columns = static_cast<std::size_t>(exposure.spec().columns);
  for (std::size_t i = 0; i < normal_q.size(); ++i) {
    const geo::CellIndex cell{static_cast<int>(i % columns), static_cast<int>(i / columns)};
    if (planted_only && !NearPlanted(cell, exposure.spec())) continue;
    const double z = gi.z_scores.values()[i];
    found.normal = found.normal || (normal_q[i] <= kAlpha && z > 0);
    found.exact = found.exact || (exact_q[i] <= kAlpha && z > 0);
  }
  return found;
}

/// Adds up what the runs say, whatever thread they ran in: sums of whole numbers do not depend on the order.
class Sums {
 public:
  explicit Sums(std::size_t size) : sums_(size, 0) {}
  void Add(const std::vector<bool>& found) {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < found.size(); ++i) sums_[i] += found[i];
  }
  double share(std::size_t i, int runs) const { return static_cast<double>(sums_[i]) / runs; }

 private:
  std::mutex mutex_;
  std::vector<int> sums_;
};

std::mt19937_64 RandomOf(const CalibrationOptions& options, int a, int b, int c, std::size_t run) {
  const std::uint64_t cell = geo::SpreadSeed(options.seed) ^
                             geo::SpreadSeed(static_cast<std::uint64_t>(a * 1'000'000 + b * 1'000 + c));
  return geo::ReplicateRandom(cell, run);
}

int LargestNeighborhood(const geo::Grid<int>& counts, bool planted_only) {
  const geo::GridSpec& grid = counts.spec();
  int largest = 0;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      if (planted_only && !NearPlanted({column, row}, grid)) continue;
      int sum = 0;
      geo::ForNeighborhood(grid, {column, row}, [&](geo::CellIndex cell) { sum += counts[cell]; });
      largest = std::max(largest, sum);
    }
  return largest;
}

/// Least largest count that at most one redraw in twenty reaches.
int CriticalCount(const geo::Grid<double>& exposure, int incidents, const CalibrationOptions& options) {
  constexpr int kRedraws = 999;
  std::vector<int> largest;
  for (int i = 0; i < kRedraws; ++i) {
    std::mt19937_64 random =
        RandomOf(options, 9, exposure.spec().columns, incidents, static_cast<std::size_t>(i));
    largest.push_back(LargestNeighborhood(
        Counts(BenchIncidents(exposure, Null::kPopulation, incidents, random), exposure.spec()), false));
  }
  std::sort(largest.begin(), largest.end());
  // (1 + redraws that reach it) / (redraws + 1) <= 0.05 leaves 49 of 999.
  return largest[static_cast<std::size_t>(kRedraws - 50)] + 1;
}

struct PiledRun {
  bool flagged = false, hot = false;
};
PiledRun RunPile(const CalibrationOptions& options, std::size_t run) {
  std::mt19937_64 random = RandomOf(options, 7, 20, 40, run);
  const geo::Grid<double> exposure = BenchExposure(20, Null::kPopulation);
  std::vector<geo::Incident> incidents = BenchIncidents(exposure, Null::kPopulation, 40, random);
  const geo::PlanePoint address = incidents.back().position;
  for (std::size_t i = 0; i < 5; ++i) incidents[incidents.size() - 1 - i].position = address;
  std::vector<geo::PileUpIncident> told;
  for (const geo::Incident& incident : incidents)
    told.push_back({.position = incident.position,
                    .reporter = incident.reporter,
                    .category = incident.category,
                    .day = std::chrono::sys_days{incident.date},
                    .place_key = {}});
  PiledRun result;
  for (const geo::PileUp& pile : geo::FindPileUps(told, {}))
    if (std::hypot(pile.position.easting.value() - address.easting.value(),
                   pile.position.northing.value() - address.northing.value()) <= 2)
      result.flagged = true;
  const auto tested = Test(Collapsed(incidents), exposure, 1, run + 1);
  const auto cell = exposure.spec().cell_of(address);
  for (const geo::HotspotCell& hot : tested.cells)
    result.hot = result.hot || (cell && hot.cell == *cell && hot.hot_class >= 2);
  return result;
}

}  // namespace

double HighestAllowed(int runs) { return kAlpha + 3 * std::sqrt(kAlpha * (1 - kAlpha) / runs); }

FalseShares MeasureFalseShares(Null null, int side, int incidents, const CalibrationOptions& options) {
  const geo::Grid<double> exposure = BenchExposure(side, null);
  Sums sums(6);
  geo::ParallelFor(
      options.threads, static_cast<std::size_t>(options.runs), [&](std::size_t run, std::size_t) {
        std::mt19937_64 random = RandomOf(options, static_cast<int>(null), side, incidents, run);
        const std::vector<geo::Incident> all = BenchIncidents(exposure, null, incidents, random);
        const std::vector<geo::Incident> once = Collapsed(all);
        const auto tested = Test(once, exposure, options.redraws, run + 1);
        const Found found = FoundBy(tested, exposure.spec(), false);
        const bool raw = FoundBy(Test(all, exposure, 1, run + 1), exposure.spec(), false).adjusted;
        GiStarFound gi;
        if (options.gi_star) gi = FoundByGiStar(once, exposure, false);
        sums.Add({found.adjusted, found.maximum, raw, !tested.tested, gi.normal, gi.exact});
      });
  FalseShares shares{.null = null, .side = side, .incidents = incidents, .runs = options.runs};
  shares.binomial_bh = sums.share(0, options.runs);
  shares.maximum = sums.share(1, options.runs);
  shares.uncollapsed = sums.share(2, options.runs);
  shares.too_few = sums.share(3, options.runs);
  if (options.gi_star) {
    shares.gi_star_normal = sums.share(4, options.runs);
    shares.gi_star_exact = sums.share(5, options.runs);
  }
  return shares;
}

PowerShares MeasurePower(int side, int incidents, int planted, const CalibrationOptions& options) {
  geo::Grid<double> exposure = BenchExposure(side, Null::kPopulation);
  // The table of statistics.md: every cell alike.
  std::fill(exposure.values().begin(), exposure.values().end(), 1.0);
  const int critical = CriticalCount(exposure, incidents, options);
  Sums sums(4);
  geo::ParallelFor(
      options.threads, static_cast<std::size_t>(options.runs), [&](std::size_t run, std::size_t) {
        std::mt19937_64 random = RandomOf(options, 20 + planted, side, incidents, run);
        const std::vector<geo::Incident> all = PlantedIncidents(exposure, incidents, planted, random);
        const Found found = FoundBy(Test(all, exposure, options.redraws, run + 1), exposure.spec(), true);
        const bool largest = LargestNeighborhood(Counts(all, exposure.spec()), true) >= critical;
        sums.Add({found.adjusted, found.maximum, largest, FoundByGiStar(all, exposure, true).exact});
      });
  return {.side = side,
          .incidents = incidents,
          .planted = planted,
          .runs = options.runs,
          .binomial_bh = sums.share(0, options.runs),
          .maximum = sums.share(1, options.runs),
          .largest_count = sums.share(2, options.runs),
          .gi_star_exact = sums.share(3, options.runs)};
}

double PileUpShare(const CalibrationOptions& options) {
  Sums sums(1);
  geo::ParallelFor(options.threads, static_cast<std::size_t>(options.runs),
                   [&](std::size_t run, std::size_t) { sums.Add({RunPile(options, run).flagged}); });
  return sums.share(0, options.runs);
}

double PileUpHotShare(const CalibrationOptions& options) {
  Sums sums(1);
  geo::ParallelFor(options.threads, static_cast<std::size_t>(options.runs),
                   [&](std::size_t run, std::size_t) { sums.Add({RunPile(options, run).hot}); });
  return sums.share(0, options.runs);
}

}  // namespace lagesbild::tools::bench
