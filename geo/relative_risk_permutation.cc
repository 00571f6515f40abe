#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"
#include "geo/relative_risk_parts.h"
#include "geo/seeded_draw.h"

namespace lagesbild::geo {
namespace {

/// Sums of the same kernels in another order differ by rounding, and equal sums count as at least as large.
constexpr double kRounding = 1e-12;
constexpr std::size_t kKernelValuesPerBlock = 4'000'000;

using Draws = std::vector<std::vector<std::uint32_t>>;

/// Members of the smaller group in each redraw, ascending.
Draws DrawMembers(std::size_t total, std::size_t members, const RelativeRiskOptions& options) {
  Draws draws;
  std::vector<std::uint32_t> order(total);
  for (int i = 0; i < options.permutations; ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    SeededDraw random(options.seed, static_cast<std::uint64_t>(i));
    std::iota(order.begin(), order.end(), 0u);
    for (std::size_t k = 0; k < members; ++k)
      std::swap(order[k], order[k + static_cast<std::size_t>(random.Below(total - k))]);
    std::vector<std::uint32_t> drawn(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(members));
    std::sort(drawn.begin(), drawn.end());
    draws.push_back(std::move(drawn));
  }
  return draws;
}

/// Kernel of every incident at every location of a block: one row per incident.
std::vector<double> KernelRows(const LabelPermutation& work, const std::vector<KernelFunction>& kernels,
                               std::span<const std::size_t> block) {
  std::vector<double> rows(work.pooled.size() * block.size());
  double* value = rows.data();
  for (std::size_t i = 0; i < work.pooled.size(); ++i) {
    const KernelFunction& kernel = kernels.size() == 1 ? kernels[0] : kernels[i];
    for (const std::size_t location : block) {
      const double dx = work.pooled[i].easting.value() - work.locations[location].easting.value();
      const double dy = work.pooled[i].northing.value() - work.locations[location].northing.value();
      *value++ = kernel.AtSquaredDistance(dx * dx + dy * dy);
    }
  }
  return rows;
}

void AddRow(const double* row, std::vector<double>& sums) {
  for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += row[k];
}

}  // namespace

std::vector<double> LabelPermutationTails(const LabelPermutation& work) {
  std::vector<double> tails(work.locations.size(), std::numeric_limits<double>::quiet_NaN());
  std::vector<std::size_t> tested;
  for (std::size_t i = 0; i < work.values.size(); ++i)
    if (work.values[i].status == RiskStatus::kValue) tested.push_back(i);
  const std::size_t total = work.pooled.size();
  const bool cases_smaller = 2 * work.case_count <= total;
  const std::size_t members = cases_smaller ? work.case_count : total - work.case_count;
  const Draws draws = DrawMembers(total, members, work.options);
  std::vector<KernelFunction> kernels;
  for (const Meters bandwidth : work.bandwidths) kernels.emplace_back(work.options.kernel, bandwidth);
  const std::size_t width = std::clamp<std::size_t>(kKernelValuesPerBlock / total, 16, 4096);
  const std::size_t blocks = (tested.size() + width - 1) / width;

  ParallelFor(work.options.threads, blocks, [&](std::size_t number, std::size_t) {
    const std::size_t begin = number * width;
    const std::span<const std::size_t> block(tested.data() + begin, std::min(width, tested.size() - begin));
    const std::vector<double> rows = KernelRows(work, kernels, block);
    const auto row = [&](std::size_t i) { return rows.data() + i * block.size(); };
    // The observed sum of the smaller group, in the order of the pooled incidents, as in the redraws.
    std::vector<double> observed(block.size(), 0.0);
    for (std::size_t i = cases_smaller ? 0 : work.case_count; i < (cases_smaller ? work.case_count : total);
         ++i)
      AddRow(row(i), observed);
    std::vector<int> reached(block.size(), 0);
    std::vector<double> sums(block.size());
    for (const auto& drawn : draws) {
      if (work.options.stop.stop_requested()) throw Cancelled();
      std::fill(sums.begin(), sums.end(), 0.0);
      for (const std::uint32_t i : drawn) AddRow(row(i), sums);
      // Few cases there are many controls there: with controls the tail is turned.
      for (std::size_t k = 0; k < sums.size(); ++k)
        reached[k] += cases_smaller ? sums[k] >= observed[k] * (1 - kRounding)
                                    : sums[k] <= observed[k] * (1 + kRounding);
    }
    for (std::size_t k = 0; k < block.size(); ++k)
      tails[block[k]] = (1.0 + reached[k]) / (work.options.permutations + 1.0);
  });
  return tails;
}

}  // namespace lagesbild::geo
