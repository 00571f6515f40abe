#include "geo/density_surface.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <string>

#include "geo/binned_density.h"
#include "geo/density_arguments.h"
#include "geo/density_sources.h"
#include "geo/density_tile.h"
#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerKm2 = 1e6;  // from m⁻² to km⁻²
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Under so many cells a source touches so few that sums are faster, and polynomials over a tile of the least
// width would lose digits.
constexpr double kLeastRowRadius = 4;
// Wider tiles lose digits: a polynomial of degree 2 m in column / radius grows to width^(2 m).
constexpr double kTileRadii[] = {20, 20, 14, 8};  // per m
constexpr int kLeastTileColumns = 64, kMostTileColumns = 2048, kLeastTileRows = 8;
constexpr double kTileBytes = 1.5e6;
// The tail beyond the Gaussian's reach, all incidents together, against the least possible maximum.
constexpr double kGaussianTail = 1e-12;
constexpr std::size_t kSourcesPerLook = 4096;
constexpr double kCellsPerLook = 8e6;

/// How far the Gaussian reaches, in standard deviations.
double GaussianReach(const DensityIncidents& incidents) {
  double total = static_cast<double>(incidents.points.size()), largest = 1;
  if (!incidents.weights.empty()) {
    total = 0;
    largest = std::numeric_limits<double>::min();
    for (const double weight : incidents.weights) {
      total += weight;
      largest = std::max(largest, weight);
    }
  }
  double ratio = std::max(1.0, total / largest);
  if (!incidents.bandwidths_m.empty()) {
    const auto [least, most] =
        std::minmax_element(incidents.bandwidths_m.begin(), incidents.bandwidths_m.end());
    ratio *= (*most / *least) * (*most / *least);
  }
  return std::min(kGaussianReachSd, std::sqrt(2 * (std::log(ratio) - std::log(kGaussianTail))));
}

/// Buffers of one thread, on cache lines of their own.
class TileBuffers {
 public:
  void Prepare(std::size_t differences, std::size_t scratch, std::size_t marks) {
    if (marks_.size() < marks) marks_.assign(marks, 0);
    if (differences_.size() < differences + kLine) differences_.assign(differences + kLine, 0);
    if (scratch_.size() < scratch + kLine) scratch_.assign(scratch + kLine, 0);
  }
  double* differences() { return Aligned(differences_); }
  double* scratch() { return Aligned(scratch_); }
  std::uint8_t* marks() { return marks_.data(); }

 private:
  static constexpr std::size_t kLine = 64 / sizeof(double);
  static double* Aligned(std::vector<double>& values) {
    const std::size_t over = reinterpret_cast<std::uintptr_t>(values.data()) % 64;
    return values.data() + (64 - over) % 64 / sizeof(double);
  }
  std::vector<double> differences_, scratch_;
  std::vector<std::uint8_t> marks_;
};

/// One bandwidth (or one class of bandwidths) over the whole raster, cut into tiles.
struct Pass {
  double radius = 0;  ///< in cells; of the Gaussian the standard deviation
  double reach = 0;   ///< in cells
  bool row_differences = false;
  double factor = 0;  ///< from sums to incidents per km²
  int tile_columns = 0, tile_rows = 0, columns = 0, rows = 0;
};

Pass PlanPass(const GridSpec& grid, Kernel kernel, double radius, double reach_sd) {
  Pass pass;
  pass.radius = radius;
  pass.row_differences = PolynomialPower(kernel) >= 0 && radius >= kLeastRowRadius;
  pass.reach = kernel == Kernel::kGaussian ? radius * reach_sd : radius * (1 + 1e-9);
  pass.factor =
      KernelFunction(kernel, Meters{radius * grid.cell_size.value()}).AtSquaredDistance(0) * kPerKm2;
  const double widest =
      std::clamp(std::floor((pass.row_differences ? kTileRadii[PolynomialPower(kernel)] : 8.0) * radius),
                 1.0 * kLeastTileColumns, 1.0 * kMostTileColumns);
  pass.columns = std::max(1, static_cast<int>(std::ceil(grid.columns / widest)));
  const int even = (grid.columns + pass.columns - 1) / pass.columns;
  pass.tile_columns = std::max(kTileBlock, (even + kTileBlock - 1) / kTileBlock * kTileBlock);
  pass.columns = (grid.columns + pass.tile_columns - 1) / pass.tile_columns;
  const double bytes_per_row = 8.0 * static_cast<double>(DifferenceWidth(kernel)) * pass.tile_columns;
  pass.tile_rows = std::clamp(static_cast<int>(kTileBytes / bytes_per_row), kLeastTileRows, kMostTileRows);
  pass.rows = (grid.rows + pass.tile_rows - 1) / pass.tile_rows;
  return pass;
}

/// Rows must not lie a multiple of the cache's size apart: a source's columns would push each other out.
std::size_t StrideOf(int columns) {
  std::size_t stride = static_cast<std::size_t>(columns) + 2 * kTileBlock;
  while (stride % 64 != 9) ++stride;
  return stride;
}

/// Tells a growing fraction, one call at a time.
class Progress {
 public:
  Progress(const DensityOptions& options, std::size_t passes)
      : options_(options), passes_(static_cast<double>(passes)) {}
  void BeginPass(std::size_t steps) {
    steps_ = static_cast<double>(steps);
    if (steps == 0) ++whole_;
  }
  void Advance() {
    if (options_.stop.stop_requested()) throw Cancelled();
    const std::lock_guard lock(mutex_);
    if (++done_ == steps_) {
      ++whole_;
      done_ = 0;
    }
    if (options_.progress) options_.progress((whole_ + done_ / steps_) / passes_);
  }

 private:
  const DensityOptions& options_;
  double passes_, whole_ = 0, done_ = 0, steps_ = 1;
  std::mutex mutex_;
};

struct Moments {
  double mass = 0, x = 0, y = 0;
};

/// Sums of a stretch of one row.
template <class Value>
Moments MomentsOf(const Value* values, int columns, double first_column, double row) {
  double mass[kTileBlock] = {}, moment[kTileBlock] = {};
  SumRow(values, columns, mass, moment);
  Moments sums;
  for (int i = 0; i < kTileBlock; ++i) {
    sums.mass += mass[i];
    sums.x += moment[i];
  }
  sums.x += sums.mass * first_column;
  sums.y = sums.mass * row;
  return sums;
}

template <class Value>
class Computation {
 public:
  Computation(const DensityIncidents& incidents, const GridSpec& grid, const DensityOptions& options,
              DensityResult<Value> reuse)
      : incidents_(incidents), grid_(grid), options_(options), reuse_(std::move(reuse)) {}

  DensityResult<Value> Run() {
    if (options_.stop.stop_requested()) throw Cancelled();
    const double cell = grid_.cell_size.value();
    reach_sd_ = options_.kernel == Kernel::kGaussian ? GaussianReach(incidents_) : 1;
    const double widest = WidestBandwidth(incidents_, options_);
    DensitySources sources(incidents_, grid_, widest / cell * reach_sd_ * (1 + 1e-9), options_);
    result_.distinct_positions = sources.source_count();
    buffers_.resize(static_cast<std::size_t>(ThreadCount(options_.threads)));
    const std::size_t classes = sources.sets().size() / static_cast<std::size_t>(incidents_.group_count);
    progress_ = std::make_unique<Progress>(options_, options_.bandwidths.size() * classes);
    for (const Meters bandwidth : options_.bandwidths) {
      AddSurfaces(bandwidth, sources);
      Compute(bandwidth, sources);
    }
    return std::move(result_);
  }

 private:
  void AddSurfaces(Meters bandwidth, const DensitySources& sources) {
    for (int group = 0; group < incidents_.group_count; ++group) {
      DensitySurface<Value>& surface = result_.surfaces.emplace_back();
      surface.group = group;
      surface.bandwidth = BandwidthOf(options_.kernel, bandwidth);
      surface.density = NewGrid();
      surface.error_bound = std::is_same_v<Value, double> ? 1e-9 : 1e-6;
      surface.checks.incident_mass = sources.mass_of_group()[static_cast<std::size_t>(group)];
      surface.checks.incident_centroid = sources.centroid_of_group()[static_cast<std::size_t>(group)];
    }
  }

  Grid<Value> NewGrid() {
    while (!reuse_.surfaces.empty()) {
      Grid<Value> old = std::move(reuse_.surfaces.back().density);
      reuse_.surfaces.pop_back();
      if (old.spec() == grid_) return old;
    }
    return Grid<Value>(grid_);
  }

  void Compute(Meters bandwidth, DensitySources& sources) {
    const auto groups = static_cast<std::size_t>(incidents_.group_count);
    const std::size_t classes = sources.sets().size() / groups;
    std::vector<Pass> passes;
    for (std::size_t i = 0; i < classes; ++i) {
      const double own = sources.sets()[i].radius;
      const double radius = own > 0 ? own : bandwidth.value() / grid_.cell_size.value();
      passes.push_back(PlanPass(grid_, options_.kernel, radius, reach_sd_));
    }
    if (options_.edge == EdgeCorrection::kDiggle) sources.DivideByEdgeFactors(grid_, bandwidth, options_);
    for (std::size_t set = 0; set < sources.sets().size(); ++set) {
      const Pass& pass = passes[set % classes];
      if (sources.sets()[set].radius > 0)
        sources.ScaleToSet(set, pass.row_differences ? 2.0 * PolynomialPower(options_.kernel) + 2 : 2.0);
    }
    PrepareEdge(bandwidth);
    const std::size_t first = result_.surfaces.size() - groups;
    if (options_.binned) return FillBinned(passes[0], sources, {&result_.surfaces[first], groups});
    for (std::size_t i = 0; i < classes; ++i)
      Sweep(passes[i], sources, i, classes, {&result_.surfaces[first], groups});
  }

  void PrepareEdge(Meters bandwidth) {
    edge_.reset();
    if (options_.edge == EdgeCorrection::kNone) return;
    const bool factors = options_.edge == EdgeCorrection::kUniform;
    if (options_.edge_cache != nullptr)
      edge_ = options_.edge_cache->Get(*options_.study_area, options_.kernel, bandwidth, grid_, factors,
                                       options_.threads, options_.stop);
    else
      edge_ = std::make_shared<const EdgeFactors>(*options_.study_area, options_.kernel, bandwidth, grid_,
                                                  factors, options_.threads, options_.stop);
  }

  void Sweep(const Pass& pass, const DensitySources& sources, std::size_t pass_index, std::size_t pass_count,
             std::span<DensitySurface<Value>> surfaces) {
    const auto tiles = static_cast<std::size_t>(pass.columns) * static_cast<std::size_t>(pass.rows);
    const bool last = pass_index + 1 == pass_count;
    std::vector<Moments> moments(tiles * surfaces.size());
    progress_->BeginPass(tiles);
    ParallelFor(options_.threads, tiles, [&](std::size_t index, std::size_t slot) {
      const DensityTile tile = TileAt(pass, index, buffers_[slot]);
      for (std::size_t group = 0; group < surfaces.size(); ++group) {
        const std::size_t set = group * pass_count + pass_index;
        FillTile(pass, tile, sources, set, pass_index > 0, surfaces[group].density);
        if (last) moments[index * surfaces.size() + group] = FinishTile(tile, surfaces[group].density);
      }
      progress_->Advance();
    });
    for (std::size_t group = 0; group < surfaces.size(); ++group) {
      DensitySurface<Value>& surface = surfaces[group];
      if (pass_index == 0 || pass.row_differences)
        surface.method = pass.row_differences ? DensityMethod::kRowDifferences : DensityMethod::kDirect;
      if (last) SumMoments(moments, group, surfaces.size(), surface.checks);
    }
  }

  void FillBinned(const Pass& pass, const DensitySources& sources,
                  std::span<DensitySurface<Value>> surfaces) {
    progress_->BeginPass(surfaces.size());
    const std::vector<BinnedDensity> binned = ComputeBinned(sources, grid_, options_.kernel, pass.radius,
                                                            reach_sd_, options_.threads, options_.stop);
    DensityTile all;
    all.columns = grid_.columns;
    all.rows = grid_.rows;
    for (std::size_t group = 0; group < surfaces.size(); ++group) {
      DensitySurface<Value>& surface = surfaces[group];
      std::transform(binned[group].values.begin(), binned[group].values.end(),
                     surface.density.values().begin(),
                     [](double value) { return static_cast<Value>(value); });
      surface.method = DensityMethod::kBinnedFft;
      surface.error_bound = binned[group].error_bound + surface.error_bound;
      const Moments moments = all.columns > 0 && all.rows > 0 ? FinishTile(all, surface.density) : Moments{};
      SumMoments({moments}, 0, 1, surface.checks);
      progress_->Advance();
    }
  }

  DensityTile TileAt(const Pass& pass, std::size_t index, TileBuffers& buffers) const {
    DensityTile tile;
    const int column = static_cast<int>(index % static_cast<std::size_t>(pass.columns));
    const int row = static_cast<int>(index / static_cast<std::size_t>(pass.columns));
    tile.first_column = column * pass.tile_columns;
    tile.first_row = row * pass.tile_rows;
    tile.columns = std::min(pass.tile_columns, grid_.columns - tile.first_column);
    tile.rows = std::min(pass.tile_rows, grid_.rows - tile.first_row);
    tile.stride = StrideOf(pass.tile_columns);
    tile.scale = pass.radius;
    const std::size_t cells = tile.stride * static_cast<std::size_t>(pass.tile_rows);
    buffers.Prepare(DifferenceWidth(options_.kernel) * cells, tile.stride,
                    (tile.stride / kTileBlock + 1) * static_cast<std::size_t>(pass.tile_rows));
    tile.differences = buffers.differences();
    tile.scratch = buffers.scratch();
    tile.marks = buffers.marks();
    return tile;
  }

  void FillTile(const Pass& pass, DensityTile tile, const DensitySources& sources, std::size_t set, bool add,
                Grid<Value>& density) const {
    const int power = PolynomialPower(options_.kernel);
    const double x0 = tile.first_column - pass.reach, x1 = tile.first_column + tile.columns - 1 + pass.reach;
    const double y0 = tile.first_row - pass.reach, y1 = tile.first_row + tile.rows - 1 + pass.reach;
    std::size_t work = 0, count = 0;
    sources.ForEachBin(set, x0, y0, x1, y1, [&](const SourceSpan& span) { count += span.count; });
    const bool any = count > 0;
    if (8 * count > static_cast<std::size_t>(tile.columns))
      tile.marks = nullptr;  // few blocks without a mark
    sources.ForEachBin(set, x0, y0, x1, y1, [&](SourceSpan span) {
      while (span.count > 0) {
        SourceSpan part = span;
        part.count = std::min(span.count, pass.row_differences ? kSourcesPerLook : SourcesPerLook(tile));
        work += part.count;
        if (work >= kSourcesPerLook || !pass.row_differences) {
          if (options_.stop.stop_requested()) throw Cancelled();
          work = 0;
        }
        if (pass.row_differences)
          AddRowDifferences(power, tile, part, pass.radius);
        else
          AddDirect(options_.kernel, tile, part, pass.radius, reach_sd_);
        span = span.From(part.count);
      }
    });
    if (!any && add) return;
    for (int row = 0; row < tile.rows; ++row) {
      Value* values = RowOf(tile, row, density);
      if (!any)
        std::fill(values, values + tile.columns, Value{0});
      else if (pass.row_differences)
        EvaluateRow(power, tile, row, pass.factor, add, values);
      else
        TakeRow(tile, row, pass.factor, add, values);
    }
  }

  static std::size_t SourcesPerLook(const DensityTile& tile) {
    return static_cast<std::size_t>(std::max(1.0, kCellsPerLook / (1.0 * tile.columns * tile.rows)));
  }

  Value* RowOf(const DensityTile& tile, int row, Grid<Value>& density) const {
    return &density.values()[grid_.index({tile.first_column, tile.first_row + row})];
  }

  Moments FinishTile(const DensityTile& tile, Grid<Value>& density) const {
    Moments sums;
    for (int row = 0; row < tile.rows; ++row) {
      Value* values = RowOf(tile, row, density);
      if (edge_ != nullptr) edge_->Apply(tile.first_row + row, tile.first_column, tile.columns, values);
      const Moments part = MomentsOf(values, tile.columns, tile.first_column, tile.first_row + row);
      sums.mass += part.mass;
      sums.x += part.x;
      sums.y += part.y;
    }
    return sums;
  }

  void SumMoments(const std::vector<Moments>& moments, std::size_t group, std::size_t groups,
                  SurfaceChecks& checks) const {
    Moments sums;
    for (std::size_t i = group; i < moments.size(); i += groups) {
      sums.mass += moments[i].mass;
      sums.x += moments[i].x;
      sums.y += moments[i].y;
    }
    const double cell = grid_.cell_size.value();
    checks.mass = sums.mass * grid_.cell_area_km2();
    checks.centroid = {Meters{kNaN}, Meters{kNaN}};
    if (sums.mass > 0)
      checks.centroid = {Meters{grid_.origin.easting.value() + (sums.x / sums.mass + 0.5) * cell},
                         Meters{grid_.origin.northing.value() + (sums.y / sums.mass + 0.5) * cell}};
  }

  const DensityIncidents& incidents_;
  const GridSpec& grid_;
  const DensityOptions& options_;
  double reach_sd_ = 1;
  std::shared_ptr<const EdgeFactors> edge_;
  std::vector<TileBuffers> buffers_;
  std::unique_ptr<Progress> progress_;
  DensityResult<Value> reuse_;
  DensityResult<Value> result_;
};

}  // namespace

std::string_view DensityMethodCode(DensityMethod method) {
  switch (method) {
    case DensityMethod::kRowDifferences:
      return "row_differences";
    case DensityMethod::kDirect:
      return "direct";
    case DensityMethod::kBinnedFft:
      return "binned_fft";
  }
  return {};
}

template <class Value>
DensityResult<Value> ComputeDensity(const DensityIncidents& incidents, const GridSpec& grid,
                                    const DensityOptions& options, DensityResult<Value> reuse) {
  CheckDensityArguments(incidents, options);
  if (!(grid.cell_size.value() > 0) || !std::isfinite(grid.cell_size.value()) || grid.columns < 0 ||
      grid.rows < 0)
    throw InvalidInput("the grid needs cells of a positive finite size");
  return Computation<Value>(incidents, grid, options, std::move(reuse)).Run();
}
template DensityResult<double> ComputeDensity(const DensityIncidents&, const GridSpec&, const DensityOptions&,
                                              DensityResult<double>);
template DensityResult<float> ComputeDensity(const DensityIncidents&, const GridSpec&, const DensityOptions&,
                                             DensityResult<float>);

template <class Value>
Grid<Value> SumOfGroups(const DensityResult<Value>& result, std::size_t bandwidth_index) {
  std::size_t groups = 0;
  while (groups < result.surfaces.size() && result.surfaces[groups].group == static_cast<int>(groups))
    ++groups;
  Grid<Value> sum = result.surfaces.at(bandwidth_index * groups).density;
  for (std::size_t group = 1; group < groups; ++group) {
    const std::vector<Value>& values = result.surfaces[bandwidth_index * groups + group].density.values();
    for (std::size_t i = 0; i < values.size(); ++i) sum.values()[i] += values[i];
  }
  return sum;
}
template Grid<double> SumOfGroups(const DensityResult<double>&, std::size_t);
template Grid<float> SumOfGroups(const DensityResult<float>&, std::size_t);

}  // namespace lagesbild::geo
