// What is done with sources once they are sorted: Diggle's correction, bandwidths of their own, sums of
// groups.
#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/density_sources.h"
#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {

void DensitySources::DivideByEdgeFactors(const GridSpec& grid, Meters bandwidth,
                                         const DensityOptions& options) {
  if (given_weight_.empty())
    given_weight_.assign(weight_.begin(), weight_.end());
  else
    std::copy(given_weight_.begin(), given_weight_.end(), weight_.begin());
  ParallelFor(options.threads, count_.size(), [&](std::size_t bin, std::size_t) {
    if (count_[bin] == 0) return;
    if (options.stop.stop_requested()) throw Cancelled();
    if (radius_.empty() &&
        options.study_area->distance_to_boundary(MiddleOf(bin, grid)).value() >
            EdgeReach(options.kernel, bandwidth).value() + 0.75 * side_ * grid.cell_size.value())
      return;  // all factors are 1
    for (std::size_t i = begin_[bin]; i < begin_[bin] + count_[bin]; ++i) {
      const Meters own = radius_.empty() ? bandwidth : Meters{radius_[i] * grid.cell_size.value()};
      weight_[i] /= EdgeFactor(PlaceOf(x_[i], y_[i], grid), *options.study_area, options.kernel, own);
    }
  });
}

void DensitySources::ScaleToSet(std::size_t set, double power) {
  const std::size_t per_set = BinsPerSet();
  for (std::size_t bin = set * per_set; bin < (set + 1) * per_set; ++bin)
    for (std::size_t i = begin_[bin]; i < begin_[bin] + count_[bin]; ++i)
      weight_[i] *= std::pow(sets_[set].radius / radius_[i], power);
}

void DensitySources::SumGroups(const GridSpec& grid, const DensityIncidents& incidents,
                               const DensityOptions& options) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  struct Moments {
    double mass = 0, x = 0, y = 0;
  };
  // Row by row of bins, so that the order of the sums does not depend on the threads.
  std::vector<Moments> rows(static_cast<std::size_t>(rows_) * sets_.size());
  ParallelFor(options.threads, rows.size(), [&](std::size_t row, std::size_t) {
    const std::size_t first = row * static_cast<std::size_t>(columns_);
    for (std::size_t bin = first; bin < first + static_cast<std::size_t>(columns_); ++bin)
      for (std::size_t i = begin_[bin]; i < begin_[bin] + count_[bin]; ++i) {
        if (!(x_[i] >= -0.5 && x_[i] < grid.columns - 0.5 && y_[i] >= -0.5 && y_[i] < grid.rows - 0.5))
          continue;
        rows[row].mass += weight_[i];
        rows[row].x += weight_[i] * x_[i];
        rows[row].y += weight_[i] * y_[i];
      }
  });
  std::vector<Moments> groups(static_cast<std::size_t>(incidents.group_count));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Moments& group = groups[static_cast<std::size_t>(sets_[row / static_cast<std::size_t>(rows_)].group)];
    group.mass += rows[row].mass;
    group.x += rows[row].x;
    group.y += rows[row].y;
  }
  for (const Moments& group : groups) {
    mass_.push_back(group.mass);
    centroid_.push_back(group.mass > 0 ? PlaceOf(group.x / group.mass, group.y / group.mass, grid)
                                       : PlanePoint{Meters{kNaN}, Meters{kNaN}});
  }
}

}  // namespace lagesbild::geo
