// f, g: edge-corrected kernel densities of cases and controls, each divided by its number and by its
// integral.
//   log ratio  log f - log g
//   z          log ratio / sqrt(variance), variance = c e2 / (h² e² pooled) (1/n1 + 1/n2) with fixed
//   bandwidths,
//              c the integral of the squared kernel of unit bandwidth, e2 the share of the squared kernel
//              inside
// Adaptive bandwidths (Davies and Hazelton 2010): variance = sum over both groups of
//   2.5 c e2 gamma² / (e² n h0²), e and e2 at the bandwidth that the location itself would get.
#include "geo/relative_risk.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/relative_risk_parts.h"

namespace lagesbild::geo {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void CheckOptions(const RelativeRiskOptions& options) {
  static_cast<void>(KernelFunction(options.kernel, options.bandwidth));
  if (options.study_area == nullptr) throw InvalidInput("relative risk needs a study area");
  if (options.kernel != Kernel::kGaussian && options.kernel != Kernel::kEpanechnikov &&
      options.kernel != Kernel::kUniform)
    throw InvalidInput("relative risk needs the gaussian, epanechnikov or uniform kernel, was " +
                       std::string(KernelCode(options.kernel)));
  if (options.smoothing != RiskSmoothing::kFixed && options.kernel != Kernel::kGaussian)
    throw InvalidInput("relative risk with adaptive bandwidths needs the gaussian kernel, was " +
                       std::string(KernelCode(options.kernel)));
  if (options.min_incidents < 1)
    throw InvalidInput("the fewest incidents of a group must be at least 1, was " +
                       std::to_string(options.min_incidents));
  if (!(options.min_pooled_share >= 0) || !(options.min_pooled_share <= 1))
    throw InvalidInput("the smallest share of the pooled peak must be from 0 to 1, was " +
                       std::to_string(options.min_pooled_share));
  if (options.normalizer_cells < 10 || options.normalizer_cells > 2000)
    throw InvalidInput("the normalizer needs 10 to 2000 cells along a side, was " +
                       std::to_string(options.normalizer_cells));
  if (options.permutations < 0 || options.threads < 0)
    throw InvalidInput("permutations and threads must be at least 0");
  if (options.permutations > 0 && options.smoothing == RiskSmoothing::kAdaptiveAsymmetric)
    throw InvalidInput(
        "permutations need bandwidths that do not depend on the labels: fixed, or adaptive from the pilot of "
        "both groups together");
}

std::vector<PlanePoint> InsideOf(std::span<const PlanePoint> points, const RelativeRiskOptions& options) {
  std::vector<PlanePoint> inside;
  for (const PlanePoint& point : points) {
    if (!std::isfinite(point.easting.value()) || !std::isfinite(point.northing.value()))
      throw InvalidInput("an incident has a coordinate that is not a finite number of meters");
    if (options.study_area->contains(point)) inside.push_back(point);
  }
  if (static_cast<int>(inside.size()) < options.min_incidents)
    throw TooFewIncidents(static_cast<int>(inside.size()), options.min_incidents);
  return inside;
}

GridSpec NormalizerGrid(const RelativeRiskOptions& options) {
  const PlanePoint from = options.study_area->south_west(), to = options.study_area->north_east();
  const double width = to.easting.value() - from.easting.value();
  const double height = to.northing.value() - from.northing.value();
  const double cell = std::max(width, height) / options.normalizer_cells;
  return {.origin = from,
          .cell_size = Meters{cell},
          .columns = static_cast<int>(std::ceil(width / cell)),
          .rows = static_cast<int>(std::ceil(height / cell))};
}

std::vector<PlanePoint> Centers(const GridSpec& grid) {
  std::vector<PlanePoint> centers;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) centers.push_back(grid.center({column, row}));
  return centers;
}

/// Integral of the squared kernel, times the squared bandwidth; and the kernel proportional to the square.
struct SquaredKernel {
  double integral;
  Kernel kernel;
  double scale;
};

SquaredKernel SquareOf(Kernel kernel) {
  if (kernel == Kernel::kEpanechnikov) return {4 / (3 * kPi), Kernel::kQuartic, 1};
  if (kernel == Kernel::kUniform) return {1 / kPi, Kernel::kUniform, 1};
  return {1 / (4 * kPi), Kernel::kGaussian, std::numbers::sqrt2 / 2};
}

double UpperTail(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

/// Both groups, at one set of locations.
class Comparison {
 public:
  Comparison(const RiskGroup& cases, const RiskGroup& controls, const RelativeRiskOptions& options)
      : cases_(cases), controls_(controls), options_(options), square_(SquareOf(options.kernel)) {}

  /// Densities before normalization. The raw sums are consumed.
  std::vector<RiskValue> Densities(const std::vector<PlanePoint>& locations, const std::vector<double>& f,
                                   const std::vector<double>& g) const {
    const std::vector<Meters> case_h = cases_.BandwidthsAt(locations);
    const std::vector<Meters> control_h = controls_.BandwidthsAt(locations);
    std::vector<RiskValue> values(locations.size());
    for (std::size_t i = 0; i < locations.size(); ++i) {
      if (options_.stop.stop_requested()) throw Cancelled();
      RiskValue& value = values[i];
      value = {.case_density = kNaN,
               .control_density = kNaN,
               .pooled_density = kNaN,
               .edge = kNaN,
               .squared_edge = kNaN,
               .log_ratio_unnormalized = kNaN,
               .log_ratio = kNaN,
               .z = kNaN,
               .p_upper = kNaN};
      if (!options_.study_area->contains(locations[i])) continue;
      value.status = RiskStatus::kValue;
      value.edge = EdgeFactor(locations[i], *options_.study_area, options_.kernel, case_h[i]);
      const double control_edge = control_h[i] == case_h[i] ? value.edge
                                                            : EdgeFactor(locations[i], *options_.study_area,
                                                                         options_.kernel, control_h[i]);
      value.case_density = f[i] / cases_.count() / value.edge;
      value.control_density = g[i] / controls_.count() / control_edge;
      value.log_ratio_unnormalized = std::log(value.case_density) - std::log(value.control_density);
    }
    return values;
  }

  double SquaredEdge(PlanePoint location, Meters bandwidth) const {
    return EdgeFactor(location, *options_.study_area, square_.kernel,
                      Meters{square_.scale * bandwidth.value()});
  }

  double VarianceOfFixed(const RiskValue& value) const {
    const double h = options_.bandwidth.value();
    return square_.integral * value.squared_edge / (value.edge * value.edge) *
           (1 / cases_.count() + 1 / controls_.count()) / (h * h * value.pooled_density);
  }

 private:
  const RiskGroup& cases_;
  const RiskGroup& controls_;
  const RelativeRiskOptions& options_;
  SquaredKernel square_;
};

struct Sums {
  double cases = 0, controls = 0;
};

Sums Integrals(const std::vector<RiskValue>& values, double cell_area) {
  Sums sums;
  for (const RiskValue& value : values) {
    if (value.status != RiskStatus::kValue) continue;
    sums.cases += value.case_density * cell_area;
    sums.controls += value.control_density * cell_area;
  }
  return sums;
}

/// 2.5 c e2 gamma² / (e² n h0²) of one group.
double VarianceOfAdaptive(double edge, double squared_edge, double gamma, double count,
                          const RelativeRiskOptions& options) {
  const double h0 = options.bandwidth.value();
  return 2.5 * squared_edge / (4 * kPi) / (edge * edge) * gamma * gamma / (count * h0 * h0);
}

using RawAt = std::function<std::vector<double>(const RiskGroup&)>;

RelativeRisk Compare(std::span<const PlanePoint> cases, std::span<const PlanePoint> controls,
                     const std::vector<PlanePoint>& locations, const RawAt& raw_at,
                     const RelativeRiskOptions& options) {
  CheckOptions(options);
  const std::vector<PlanePoint> case_points = InsideOf(cases, options);
  const std::vector<PlanePoint> control_points = InsideOf(controls, options);
  std::vector<PlanePoint> pooled = case_points;
  pooled.insert(pooled.end(), control_points.begin(), control_points.end());
  const bool own_pilots = options.smoothing == RiskSmoothing::kAdaptiveAsymmetric;
  const RiskGroup first(case_points, own_pilots ? case_points : pooled, options);
  const RiskGroup second(control_points, own_pilots ? control_points : pooled, options);
  const Comparison comparison(first, second, options);
  const bool fixed = options.smoothing == RiskSmoothing::kFixed;

  RelativeRisk risk;
  risk.cases = static_cast<int>(case_points.size());
  risk.controls = static_cast<int>(control_points.size());
  const GridSpec grid = NormalizerGrid(options);
  const Sums integrals = Integrals(comparison.Densities(Centers(grid), first.Raw(grid), second.Raw(grid)),
                                   grid.cell_size.value() * grid.cell_size.value());
  const double n = first.count() + second.count();
  risk.case_integral = integrals.cases;
  risk.control_integral = integrals.controls;
  risk.pooled_integral = (first.count() * integrals.cases + second.count() * integrals.controls) / n;

  const std::vector<double> case_raw = raw_at(first), control_raw = raw_at(second);
  risk.values = comparison.Densities(locations, case_raw, control_raw);
  for (RiskValue& value : risk.values) {
    if (value.status != RiskStatus::kValue) continue;
    value.pooled_density = (first.count() * value.case_density + second.count() * value.control_density) / n /
                           risk.pooled_integral;
    risk.peak_pooled_density = std::max(risk.peak_pooled_density, value.pooled_density);
  }
  const double shift = std::log(risk.case_integral) - std::log(risk.control_integral);
  const double case_gamma = fixed ? 0 : first.Gamma(grid);
  const double control_gamma = fixed ? 0 : second.Gamma(grid);
  const std::vector<Meters> case_h = first.BandwidthsAt(locations),
                            control_h = second.BandwidthsAt(locations);
  for (std::size_t i = 0; i < risk.values.size(); ++i) {
    if (options.stop.stop_requested()) throw Cancelled();
    RiskValue& value = risk.values[i];
    if (value.status != RiskStatus::kValue) continue;
    value.squared_edge = comparison.SquaredEdge(locations[i], case_h[i]);
    if (!(value.pooled_density > 0) ||
        value.pooled_density < options.min_pooled_share * risk.peak_pooled_density) {
      value.status = RiskStatus::kTooFewNearby;
      ++risk.locations_with_too_few;
      continue;
    }
    value.log_ratio = value.log_ratio_unnormalized - shift;
    double variance = comparison.VarianceOfFixed(value);
    if (!fixed) {
      const double control_edge = EdgeFactor(locations[i], *options.study_area, options.kernel, control_h[i]);
      variance = VarianceOfAdaptive(value.edge, value.squared_edge, case_gamma, first.count(), options) +
                 VarianceOfAdaptive(control_edge, comparison.SquaredEdge(locations[i], control_h[i]),
                                    control_gamma, second.count(), options);
    }
    value.z = value.log_ratio / std::sqrt(variance);
    value.p_upper = UpperTail(value.z);
  }
  if (options.permutations > 0) {
    std::vector<Meters> bandwidths = first.bandwidths();
    if (!fixed) {
      const std::vector<Meters> more = second.bandwidths();
      bandwidths.insert(bandwidths.end(), more.begin(), more.end());
    }
    risk.p_monte_carlo = LabelPermutationTails({.pooled = pooled,
                                                .bandwidths = bandwidths,
                                                .case_count = case_points.size(),
                                                .locations = locations,
                                                .values = risk.values,
                                                .options = options});
  }
  return risk;
}

}  // namespace

RelativeRisk RelativeRiskAt(std::span<const PlanePoint> cases, std::span<const PlanePoint> controls,
                            std::span<const PlanePoint> locations, const RelativeRiskOptions& options) {
  const std::vector<PlanePoint> wanted(locations.begin(), locations.end());
  return Compare(
      cases, controls, wanted, [&](const RiskGroup& group) { return group.Raw(wanted); }, options);
}

RelativeRisk RelativeRiskOnGrid(std::span<const PlanePoint> cases, std::span<const PlanePoint> controls,
                                const GridSpec& grid, const RelativeRiskOptions& options) {
  return Compare(
      cases, controls, Centers(grid), [&](const RiskGroup& group) { return group.Raw(grid); }, options);
}

}  // namespace lagesbild::geo
