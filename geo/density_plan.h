#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "geo/density_surface.h"
#include "geo/density_tile.h"
#include "geo/errors.h"

namespace lagesbild::geo {

/// How far the Gaussian reaches, in standard deviations: the tail beyond adds less than 1e-12 of the maximum.
double GaussianReach(const DensityIncidents& incidents);

/// One bandwidth (or one class of bandwidths) over the whole raster, cut into tiles.
struct Pass {
  double radius = 0;  ///< in cells; of the Gaussian the standard deviation
  double reach = 0;   ///< in cells
  bool row_differences = false;
  double factor = 0;  ///< from sums to incidents per km²
  int tile_columns = 0, tile_rows = 0, columns = 0, rows = 0;
};

/// `radius` in cells, of the Gaussian the standard deviation, which reaches `reach_sd` of those. `narrowest`
/// is the least radius of any source: it decides how wide tiles may be, as digits are lost in radii of a
/// source.
Pass PlanPass(const GridSpec& grid, Kernel kernel, double radius, double narrowest, double reach_sd);

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

/// One of the tiles of a pass, by rows from the south-west, with the buffers of the thread that fills it.
DensityTile TileAt(const Pass& pass, std::size_t index, const GridSpec& grid, Kernel kernel,
                   TileBuffers& buffers);

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

}  // namespace lagesbild::geo
