#include <cmath>
#include <utility>

#include "geo/relative_risk_parts.h"

namespace lagesbild::geo {
namespace {

constexpr double kPerM2 = 1e-6;

}  // namespace

RiskGroup::RiskGroup(std::vector<PlanePoint> points, std::vector<PlanePoint> pilot_points,
                     const RelativeRiskOptions& options)
    : points_(std::move(points)), pilot_points_(std::move(pilot_points)), options_(options) {
  if (fixed()) return;
  pilot_ = AbramsonBandwidths(pilot_points_, {}, Adaptive());
  own_.bandwidths = AbramsonBandwidthsAt(points_, pilot_points_, {}, pilot_, Adaptive());
  own_.log_gamma = pilot_.log_gamma;
}

std::vector<Meters> RiskGroup::bandwidths() const {
  return fixed() ? std::vector<Meters>{options_.bandwidth} : own_.bandwidths;
}

std::vector<double> RiskGroup::Raw(const std::vector<PlanePoint>& locations) const {
  std::vector<double> raw = fixed() ? KernelDensityAt(points_, {}, locations, Fixed())
                                    : AdaptiveDensityAt(points_, {}, own_, locations, Adaptive());
  for (double& value : raw) value *= kPerM2;
  return raw;
}

std::vector<double> RiskGroup::Raw(const GridSpec& grid) const {
  Grid<double> raw = fixed() ? KernelDensity(points_, {}, grid, Fixed())
                             : AdaptiveDensity(points_, {}, own_, grid, Adaptive());
  for (double& value : raw.values()) value *= kPerM2;
  return std::move(raw.values());
}

std::vector<Meters> RiskGroup::BandwidthsAt(const std::vector<PlanePoint>& locations) const {
  if (fixed()) return std::vector<Meters>(locations.size(), options_.bandwidth);
  return AbramsonBandwidthsAt(locations, pilot_points_, {}, pilot_, Adaptive());
}

double RiskGroup::Gamma(const GridSpec& grid) const {
  const Grid<double> pilot = KernelDensity(pilot_points_, {}, grid,
                                           {.kernel = Kernel::kGaussian,
                                            .bandwidth = options_.pilot_bandwidth,
                                            .edge = EdgeCorrection::kUniform,
                                            .study_area = options_.study_area,
                                            .stop = options_.stop});
  double incidents = 0;
  for (const double value : pilot.values())
    if (!std::isnan(value)) incidents += value * grid.cell_area_km2();
  return std::exp(pilot_.log_gamma - 0.5 * std::log(kPerM2 / incidents));
}

KernelDensityOptions RiskGroup::Fixed() const {
  return {.kernel = options_.kernel, .bandwidth = options_.bandwidth, .stop = options_.stop};
}

AdaptiveOptions RiskGroup::Adaptive() const {
  return {.kernel = options_.kernel,
          .bandwidth = options_.bandwidth,
          .pilot_bandwidth = options_.pilot_bandwidth,
          .trim = options_.trim,
          .edge = AdaptiveEdge::kNone,
          .study_area = options_.study_area,
          .stop = options_.stop};
}

}  // namespace lagesbild::geo
