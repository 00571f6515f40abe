#include "geo/bandwidth_objective.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/edge_raster.h"
#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerM2 = 1e-6;  // from km⁻²
constexpr int kCellsAlongSide = 128;
constexpr double kCellPerSd = 0.7;
constexpr double kSureFactor = 0.1;

/// The points that count, by northing, then easting.
std::vector<PlanePoint> Counted(std::span<const PlanePoint> points, const ObjectiveOptions& options) {
  std::vector<PlanePoint> inside;
  for (const PlanePoint& point : points)
    if (options.study_area == nullptr || options.study_area->contains(point)) inside.push_back(point);
  if (inside.size() < 2) throw TooFewIncidents(static_cast<int>(inside.size()), 2);
  std::sort(inside.begin(), inside.end(), [](const PlanePoint& a, const PlanePoint& b) {
    return a.northing != b.northing ? a.northing < b.northing : a.easting < b.easting;
  });
  return inside;
}

KernelDensityOptions Gaussian(Meters sd, const ObjectiveOptions& options) {
  return {.kernel = Kernel::kGaussian,
          .bandwidth = sd,
          .edge = options.study_area ? EdgeCorrection::kUniform : EdgeCorrection::kNone,
          .study_area = options.study_area,
          .stop = options.stop};
}

double MeanLeaveOneOut(const std::vector<PlanePoint>& points, Meters sd, const ObjectiveOptions& options) {
  double sum = 0;
  for (const double density : LeaveOneOutDensity(points, {}, Gaussian(sd, options))) {
    if (!(density > 0) && options.study_area) return -std::numeric_limits<double>::infinity();
    sum += density * kPerM2;
  }
  return sum / static_cast<double>(points.size());
}

/// Integral of f² without edge correction: the Gaussian with itself is the Gaussian with sqrt 2 times the sd.
double SquareInPlane(const std::vector<PlanePoint>& points, Meters sd, const ObjectiveOptions& options) {
  double sum = 0;
  const Meters wider{std::numbers::sqrt2 * sd.value()};
  for (const double density : KernelDensityAt(points, {}, points, Gaussian(wider, options)))
    sum += density * kPerM2;
  const double n = static_cast<double>(points.size());
  return sum / (n * n);
}

struct Integrals {
  double density = 0, square = 0;
};

Integrals OverArea(const std::vector<PlanePoint>& points, Meters sd, const ObjectiveOptions& options) {
  const PlanePoint from = options.study_area->south_west(), to = options.study_area->north_east();
  const double width = to.easting.value() - from.easting.value();
  const double height = to.northing.value() - from.northing.value();
  const double side = std::max(width, height);
  const double cell = std::clamp(kCellPerSd * sd.value(), side / kCellsAlongSide, side / 24);
  const GridSpec grid{.origin = from,
                      .cell_size = Meters{cell},
                      .columns = static_cast<int>(std::ceil(width / cell)),
                      .rows = static_cast<int>(std::ceil(height / cell))};
  const Grid<double> raw =
      KernelDensity(points, {}, grid, {.kernel = Kernel::kGaussian, .bandwidth = sd, .stop = options.stop});
  const std::vector<double> factors = GaussianEdgeRaster(*options.study_area, sd, grid, options.stop);
  Integrals sums;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const CellIndex at{static_cast<int>(i % static_cast<std::size_t>(grid.columns)),
                       static_cast<int>(i / static_cast<std::size_t>(grid.columns))};
    if (raw.values()[i] == 0 || !options.study_area->contains(grid.center(at))) continue;
    // The raster is not sure of small factors: slivers of the area that lie between its slices.
    const double factor = factors[i] > kSureFactor
                              ? factors[i]
                              : EdgeFactor(grid.center(at), *options.study_area, Kernel::kGaussian, sd);
    const double per_m2 = raw.values()[i] * kPerM2 / factor;
    sums.density += per_m2 * cell * cell;
    sums.square += per_m2 * per_m2 * cell * cell;
  }
  return sums;
}

}  // namespace

double LeastSquaresObjective(std::span<const PlanePoint> points, Meters sd, const ObjectiveOptions& options) {
  const std::vector<PlanePoint> inside = Counted(points, options);
  const double n = static_cast<double>(inside.size());
  const double left_out = MeanLeaveOneOut(inside, sd, options);
  if (!options.study_area) return SquareInPlane(inside, sd, options) - 2 * left_out / (n - 1);
  if (!std::isfinite(left_out)) return std::numeric_limits<double>::infinity();
  const Integrals whole = OverArea(inside, sd, options);
  return whole.square / (whole.density * whole.density) - 2 * left_out / whole.density;
}

double LikelihoodObjective(std::span<const PlanePoint> points, Meters sd, const ObjectiveOptions& options) {
  double sum = 0;
  for (const double density : LeaveOneOutDensity(Counted(points, options), {}, Gaussian(sd, options)))
    sum += std::log(density * kPerM2);
  return sum;
}

}  // namespace lagesbild::geo
