#include "geo/density_surface.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "geo/binned_density.h"
#include "geo/density_arguments.h"
#include "geo/density_plan.h"
#include "geo/density_sources.h"
#include "geo/density_surface_checks.h"
#include "geo/density_tile.h"
#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kSourcesPerLook = 4096;
constexpr double kCellsPerLook = 8e6;

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
      // Bandwidths of one set differ by less than a factor of two.
      passes.push_back(PlanPass(grid_, options_.kernel, radius, own > 0 ? own / 2 : radius, reach_sd_));
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
      const DensityTile tile = TileAt(pass, index, grid_, options_.kernel, buffers_[slot]);
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
      if (last) SumMoments(moments, group, surfaces.size(), grid_, surface.checks);
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
      SumMoments({moments}, 0, 1, grid_, surface.checks);
      progress_->Advance();
    }
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

}  // namespace lagesbild::geo
