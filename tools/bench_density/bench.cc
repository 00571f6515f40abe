#include "tools/bench_density/bench.h"

#include <algorithm>
#include <cstdio>
#include <type_traits>
#include <vector>

#include "geo/density_surface.h"
#include "geo/density_tile.h"
#include "geo/permutation_tail.h"
#include "geo/spatial_weights.h"
#include "tools/bench_density/measure.h"
#include "tools/bench_density/points.h"

namespace lagesbild::tools::bench {
namespace {

using geo::DensityIncidents;
using geo::DensityOptions;
using geo::DensityResult;
using geo::GridSpec;
using geo::Meters;
using geo::PlanePoint;

constexpr int kCheckedCells = 200;
constexpr double kMb = 1024.0 * 1024.0;

/// One line of the goals: some incidents, a raster, a radius.
struct Work {
  const char *sv, *en;
  std::size_t points;
  int columns, rows;
  double radius;  ///< cells
  int threads, groups;
};

/// A figure to be reached.
struct Goal {
  double least, goal;
  bool below = false;  ///< the figure must be below these, not above
  const char* Verdict(double figure, bool swedish) const {
    const auto reached = [&](double wanted) { return below ? figure <= wanted : figure >= wanted; };
    if (reached(goal)) return swedish ? "målet" : "goal";
    if (reached(least)) return swedish ? "minst" : "at least";
    return swedish ? "NEJ" : "NO";
  }
};

template <class Value>
struct Measured {
  Cost cost, fresh;  ///< with the output's memory given, and without
  double memory_mb = 0, deviation = 0;
  DensityResult<Value> result;
};

class Bench {
 public:
  Bench(ReportForm form, const DensityBenchOptions& options)
      : report_(form), swedish_(form.swedish), options_(options) {}

  void One() {
    BeginWorks();
    const Work work{"egna mått",   "own measures",        options_.points,  options_.columns,
                    options_.rows, options_.radius_cells, options_.threads, 1};
    if (options_.float_values)
      Row(work, Measure<float>(work));
    else
      Row(work, Measure<double>(work));
  }

  void Goals() {
    BeginWorks();
    const Work million{"1M, r=50", "1M, r=50", 1'000'000, 1280, 960, 50, 1, 1};
    const auto one = Measure<double>(million);
    Row(million, one);
    const Work small{"10k, r=50", "10k, r=50", 10'000, 1280, 960, 50, 1, 1};
    const auto ten = Measure<double>(small);
    Row(small, ten);
    const Work middle{"100k, r=50", "100k, r=50", 100'000, 1280, 960, 50, 1, 1};
    const auto hundred = Measure<double>(middle);
    Row(middle, hundred);
    const Work narrow{"1M, r=10", "1M, r=10", 1'000'000, 1280, 960, 10, 1, 1};
    const auto near = Measure<double>(narrow);
    Row(narrow, near);
    const Work wide{"100k, r=200", "100k, r=200", 100'000, 1280, 960, 200, 1, 1};
    Row(wide, Measure<double>(wide));
    const Work two_threads{"1M, r=50, två trådar", "1M, r=50, two threads", 1'000'000, 1280, 960, 50, 2, 1};
    const auto two = Measure<double>(two_threads);
    Row(two_threads, two);
    const Work large{
        "4096x4096, 100k, r=50, f32", "4096x4096, 100k, r=50, f32", 100'000, 4096, 4096, 50, 1, 1};
    const auto plane = Measure<float>(large);
    Row(large, plane);
    const Work ages{"1M i fem åldersgrupper", "1M in five age groups", 1'000'000, 1280, 960, 50, 1, 5};
    const auto five = Measure<double>(ages);
    Row(ages, five);
    const Work quarter{"kommunens kvartal: 10k, 8 lager, f32",
                       "municipal quarter: 10k, 8 layers, f32",
                       10'000,
                       1280,
                       960,
                       50,
                       1,
                       8};
    const auto eight = Measure<float>(quarter);
    Row(quarter, eight);

    report_.Begin("goals", "Mål (density.md; jämförelser med andra program: tools/bench/peers)",
                  "Goals (density.md; comparisons with other programs: tools/bench/peers)",
                  {{"what", "vad", "what"},
                   {"figure", "utfall", "figure"},
                   {"at_least", "minst", "at least"},
                   {"goal", "mål", "goal"},
                   {"reached", "nått", "reached"}});
    // The peers' seconds of density.md were measured on another machine: the ratios are a hint.
    Elsewhere("1M, r=50: SLAM 24.6 s", 24.6 / one.cost.cpu_s, {45, 100});
    Elsewhere("10k, r=50: SLAM 0.136 s", 0.136 / ten.cost.cpu_s, {15, 30});
    Elsewhere("100k, r=50: SLAM 0.894 s", 0.894 / hundred.cost.cpu_s, {15, 30});
    Elsewhere("1M, r=10: SLAM 9.1 s", 9.1 / near.cost.cpu_s, {60, 120});
    Elsewhere("1M, r=50, LIBKDV 25.9 s", 25.9 / two.cost.wall_s, {100, 200});
    Judge("två trådar mot en, väggtid", "two threads against one, wall", one.cost.wall_s / two.cost.wall_s,
          {1.8, 1.9}, 2);
    const bool same = one.result.surfaces[0].density.values() == two.result.surfaces[0].density.values();
    Judge("två trådar: samma bitar", "two threads: same bits", same ? 1 : 0, {1, 1}, 0);
    Judge("fem åldersgrupper mot ett lager, CPU", "five age groups against one layer, CPU",
          five.cost.cpu_s / one.cost.cpu_s, {1.15, 1.05, true}, 3);
    Judge("kommunens kvartal, ms CPU", "municipal quarter, ms CPU", 1000 * eight.cost.cpu_s, {25, 12, true},
          1);
    Judge("minne utöver in- och utdata vid 1M, MB", "memory beyond input and output at 1M, MB", one.memory_mb,
          {64 + 16e6 / kMb, 32, true}, 1);
    Judge("4096x4096: minne med in- och utdata, MB", "4096x4096: memory with input and output, MB",
          plane.memory_mb + (4.0 * 4096 * 4096 + 16e5) / kMb, {200, 200, true}, 1);
    Judge("exakta p för Gi*, 500x500 celler, ms CPU", "exact p of Gi*, 500x500 cells, ms CPU", GiStarMs(),
          {10, 3, true}, 1);
    Judge("avbrott, längsta väntan ms", "cancellation, longest wait ms", StopMs(), {50, 50, true}, 1);
    Judge("största avvikelse i f64 (av maximum)", "largest deviation in f64 (of the maximum)", largest_f64_,
          {1e-9, 1e-9, true}, 14);
    Judge("största avvikelse i f32 (av maximum)", "largest deviation in f32 (of the maximum)", largest_f32_,
          {1e-6, 1e-6, true}, 10);
  }

  void End() { report_.End(); }

 private:
  void BeginWorks() {
    const std::string target = geo::VectorTarget();
    report_.Begin("density",
                  "Täthet, kvartisk, exakt (" + target + "; minst av " + std::to_string(options_.runs) + ")",
                  "Density, quartic, exact (" + target + "; least of " + std::to_string(options_.runs) + ")",
                  {{"what", "vad", "what"},
                   {"cpu_s", "CPU s", "CPU s"},
                   {"wall_s", "vägg s", "wall s"},
                   {"cpu_fresh_s", "CPU s, nytt minne", "CPU s, fresh memory"},
                   {"memory_mb", "minne MB utöver", "memory MB beyond"},
                   {"ratio_to_direct", "mot direkt summa", "to direct sums"},
                   {"deviation", "största avvikelse", "largest deviation"}});
  }

  template <class Value>
  Measured<Value> Measure(const Work& work) {
    const GridSpec grid = BenchGrid(work.columns, work.rows);
    const std::vector<PlanePoint> points = BenchPoints(work.points, grid, options_.seed);
    std::vector<int> groups;
    for (std::size_t i = 0; work.groups > 1 && i < points.size(); ++i)
      groups.push_back(static_cast<int>(i / 2) % work.groups);
    const DensityIncidents incidents{.points = points, .groups = groups, .group_count = work.groups};
    const double radius_m = work.radius * grid.cell_size.value();
    const DensityOptions options{.bandwidths = {Meters{radius_m}}, .threads = work.threads};
    Measured<Value> measured;
    const double output_mb = static_cast<double>(grid.cell_count() * sizeof(Value)) * work.groups / kMb;
    measured.memory_mb =
        PeakMemoryMb([&] { measured.result = geo::ComputeDensity<Value>(incidents, grid, options); }) -
        output_mb;
    measured.fresh = LeastOf(options_.runs, [&] { geo::ComputeDensity<Value>(incidents, grid, options); });
    measured.cost = LeastOf(options_.runs, [&] {
      measured.result = geo::ComputeDensity<Value>(incidents, grid, options, std::move(measured.result));
    });
    std::vector<PlanePoint> first;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (groups.empty() || groups[i] == 0) first.push_back(points[i]);
    measured.deviation =
        LargestDeviation(measured.result.surfaces[0].density, first, radius_m, kCheckedCells, options_.seed);
    double& largest = std::is_same_v<Value, double> ? largest_f64_ : largest_f32_;
    largest = std::max(largest, measured.deviation);
    direct_s_ = DirectSeconds(points, grid, radius_m);
    return measured;
  }

  template <class Value>
  void Row(const Work& work, const Measured<Value>& measured) {
    char deviation[32];
    std::snprintf(deviation, sizeof deviation, "%.1e", measured.deviation);
    report_.Row({{swedish_ ? work.sv : work.en, work.en},
                 report_.Number(measured.cost.cpu_s, 4),
                 report_.Number(measured.cost.wall_s, 4),
                 report_.Number(measured.fresh.cpu_s, 4),
                 report_.Number(measured.memory_mb, 1),
                 report_.Number(direct_s_ / measured.cost.cpu_s, 0),
                 {deviation, measured.deviation}});
  }

  void Judge(const char* sv, const char* en, double figure, const Goal& goal, int decimals) {
    report_.Row({{swedish_ ? sv : en, en},
                 report_.Number(figure, decimals),
                 report_.Number(goal.least, decimals),
                 report_.Number(goal.goal, decimals),
                 {goal.Verdict(figure, swedish_), goal.Verdict(figure, false)}});
  }

  /// A peer that Debian does not have.
  void Elsewhere(const std::string& what, double ratio, const Goal& goal) {
    const char* sv = "prövas på annat håll";
    const char* en = "checked elsewhere";
    report_.Row({{what + (swedish_ ? " på en annan maskin" : " on another machine"), what},
                 report_.Number(ratio, 1),
                 report_.Number(goal.least, 0),
                 report_.Number(goal.goal, 0),
                 {swedish_ ? sv : en, en}});
  }

  double GiStarMs() const {
    const GridSpec grid = BenchGrid(500, 500);
    std::vector<int> counts(grid.cell_count());
    for (const PlanePoint& point : BenchPoints(200'000, grid, options_.seed))
      if (const auto cell = grid.cell_of(point)) ++counts[grid.index(*cell)];
    const geo::SpatialWeights weights =
        geo::ContiguityWeights(geo::Grid<char>(grid, 1), geo::Contiguity::kQueen).weights;
    return 1000 * LeastOf(options_.runs, [&] { (void)geo::ExactPermutationTails(counts, weights); }).cpu_s;
  }

  double StopMs() const {
    const GridSpec grid = BenchGrid(1280, 960);
    const std::vector<PlanePoint> points = BenchPoints(1'000'000, grid, options_.seed);
    return LongestStopMs({.points = points}, grid, {.bandwidths = {Meters{500}}, .threads = 1});
  }

  BenchReport report_;
  bool swedish_;
  const DensityBenchOptions& options_;
  double largest_f64_ = 0, largest_f32_ = 0, direct_s_ = 0;
};

}  // namespace

void RunDensityBench(ReportForm form, const DensityBenchOptions& options) {
  if (!options.points_file.empty()) {
    WritePoints(BenchPoints(options.points, BenchGrid(options.columns, options.rows), options.seed),
                options.points_file);
    return;
  }
  Bench bench(form, options);
  if (options.radius_cells > 0)
    bench.One();
  else
    bench.Goals();
  bench.End();
}

}  // namespace lagesbild::tools::bench
