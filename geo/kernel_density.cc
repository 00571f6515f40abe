#include "geo/kernel_density.h"

#include <utility>

#include "geo/density_at.h"
#include "geo/density_surface.h"

namespace lagesbild::geo {
namespace {

DensityOptions ManyOf(const KernelDensityOptions& options) {
  return {.kernel = options.kernel,
          .bandwidths = {options.bandwidth},
          .edge = options.edge,
          .study_area = options.study_area,
          .stop = options.stop};
}

}  // namespace

Grid<double> KernelDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                           const GridSpec& grid, const KernelDensityOptions& options) {
  DensityResult<double> result =
      ComputeDensity<double>({.points = points, .weights = weights}, grid, ManyOf(options));
  return std::move(result.surfaces.front().density);
}

std::vector<double> KernelDensityAt(std::span<const PlanePoint> points, std::span<const double> weights,
                                    std::span<const PlanePoint> locations,
                                    const KernelDensityOptions& options) {
  return std::move(
      ComputeDensityAt({.points = points, .weights = weights}, locations, ManyOf(options)).front());
}

std::vector<double> LeaveOneOutDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                                       const KernelDensityOptions& options) {
  return std::move(ComputeLeaveOneOut({.points = points, .weights = weights}, ManyOf(options)).front());
}

}  // namespace lagesbild::geo
