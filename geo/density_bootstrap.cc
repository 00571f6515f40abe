#include "geo/density_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "geo/errors.h"
#include "geo/parallel.h"
#include "geo/seeded_draw.h"
#include "geo/top_cells.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostValues = 4e8;
constexpr std::size_t kCellsPerBlock = 4096;

void CheckOptions(std::size_t points, const GridSpec& grid, const DensityOptions& density,
                  const BootstrapOptions& options) {
  if (options.resamples < 10 || options.resamples > 10000)
    throw InvalidInput("the resamples must be 10 to 10000, was " + std::to_string(options.resamples));
  if (!(options.level > 0 && options.level < 1))
    throw InvalidInput("the level of the band must be between 0 and 1, was " + std::to_string(options.level));
  if (!(options.top_share > 0 && options.top_share < 1))
    throw InvalidInput("the top share of cells must be between 0 and 1, was " +
                       std::to_string(options.top_share));
  if (density.bandwidths.size() != 1)
    throw InvalidInput("a bootstrap needs one bandwidth, was given " +
                       std::to_string(density.bandwidths.size()));
  if (static_cast<double>(grid.cell_count()) * options.resamples > kMostValues)
    throw InvalidInput("cells times resamples must be at most 400 million, was " +
                       std::to_string(static_cast<double>(grid.cell_count()) * options.resamples));
  if (points < 2) throw TooFewIncidents(static_cast<int>(points), 2);
}

/// How often each incident is drawn, times its weight.
std::vector<double> Redrawn(std::size_t count, std::span<const double> weights, std::uint64_t seed,
                            std::uint64_t resample) {
  SeededDraw random(seed, resample);
  std::vector<double> drawn(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto which = static_cast<std::size_t>(random.Below(count));
    drawn[which] += weights.empty() ? 1.0 : weights[which];
  }
  return drawn;
}

/// Quantile of sorted values, linear between neighbors (type 7 of Hyndman and Fan).
double Quantile(std::span<const float> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double low = static_cast<double>(sorted[below]);
  if (below + 1 == sorted.size()) return low;
  return low + (place - static_cast<double>(below)) * (static_cast<double>(sorted[below + 1]) - low);
}

}  // namespace

DensityBands BootstrapDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                              const GridSpec& grid, const DensityOptions& density,
                              const BootstrapOptions& options) {
  CheckOptions(points.size(), grid, density, options);
  DensityResult<double> whole =
      ComputeDensity<double>({.points = points, .weights = weights, .groups = {}}, grid, density);
  DensityBands bands;
  bands.bandwidth = whole.surfaces.at(0).bandwidth;
  bands.density = std::move(whole.surfaces[0].density);

  const auto count = static_cast<std::size_t>(options.resamples);
  const std::size_t cells = grid.cell_count();
  std::vector<std::vector<float>> surfaces(count);
  std::vector<float> thresholds(count);
  ParallelFor(density.threads, count, [&](std::size_t resample, std::size_t) {
    if (density.stop.stop_requested()) throw Cancelled();
    DensityOptions single = density;
    single.threads = 1;
    single.progress = {};
    const std::vector<double> drawn = Redrawn(points.size(), weights, options.seed, resample);
    DensityResult<float> result =
        ComputeDensity<float>({.points = points, .weights = drawn, .groups = {}}, grid, single);
    surfaces[resample] = std::move(result.surfaces.at(0).density.values());
    thresholds[resample] = TopThreshold<float>(surfaces[resample], options.top_share);
  });

  bands.lower = bands.upper = bands.share_in_top = Grid<double>(grid, kNaN);
  const std::size_t blocks = (cells + kCellsPerBlock - 1) / kCellsPerBlock;
  ParallelFor(density.threads, blocks, [&](std::size_t block, std::size_t) {
    if (density.stop.stop_requested()) throw Cancelled();
    std::vector<float> values(count);
    for (std::size_t cell = block * kCellsPerBlock; cell < std::min(cells, (block + 1) * kCellsPerBlock);
         ++cell) {
      if (std::isnan(bands.density.values()[cell])) continue;
      int in_top = 0;
      for (std::size_t i = 0; i < count; ++i) {
        values[i] = surfaces[i][cell];
        in_top += InTop(values[i], thresholds[i]);
      }
      std::sort(values.begin(), values.end());
      bands.lower.values()[cell] = Quantile(values, (1 - options.level) / 2);
      bands.upper.values()[cell] = Quantile(values, (1 + options.level) / 2);
      bands.share_in_top.values()[cell] = in_top / static_cast<double>(count);
    }
  });
  return bands;
}

}  // namespace lagesbild::geo
