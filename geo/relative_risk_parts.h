#pragma once

#include <span>
#include <vector>

#include "geo/adaptive_density.h"
#include "geo/relative_risk.h"

namespace lagesbild::geo {

/// One group's estimator: fixed or adaptive bandwidths, evaluated at locations or on a grid.
class RiskGroup {
 public:
  /// `pilot_points` are those whose density is the pilot. `options` must outlive it.
  RiskGroup(std::vector<PlanePoint> points, std::vector<PlanePoint> pilot_points,
            const RelativeRiskOptions& options);

  double count() const { return static_cast<double>(points_.size()); }
  /// Of each point; one alone where all are the same.
  std::vector<Meters> bandwidths() const;
  /// Sums of the kernels per m², no edge correction.
  std::vector<double> Raw(const std::vector<PlanePoint>& locations) const;
  std::vector<double> Raw(const GridSpec& grid) const;
  /// The bandwidths for which the locations' edge factors are taken.
  std::vector<Meters> BandwidthsAt(const std::vector<PlanePoint>& locations) const;
  /// Geometric mean of 1 / sqrt(pilot density), m; the pilot is divided by its integral over the grid.
  double Gamma(const GridSpec& grid) const;

 private:
  bool fixed() const { return options_.smoothing == RiskSmoothing::kFixed; }
  KernelDensityOptions Fixed() const;
  AdaptiveOptions Adaptive() const;

  std::vector<PlanePoint> points_, pilot_points_;
  const RelativeRiskOptions& options_;
  AdaptiveBandwidths pilot_, own_;
};

struct LabelPermutation {
  const std::vector<PlanePoint>& pooled;  ///< cases first
  const std::vector<Meters>& bandwidths;  ///< of each pooled incident, or one for all
  std::size_t case_count;
  const std::vector<PlanePoint>& locations;
  const std::vector<RiskValue>& values;  ///< of the locations: only those with a value are tested
  const RelativeRiskOptions& options;
};

/// Upper tail of the log ratio at every location when the labels are redrawn. Where all labels together are
/// given, and with them the pooled sum at a location, the ratio grows with the sum of the cases alone: only
/// that is compared. Equal sums count. NaN where there is no value. Cost: O(permutations · smaller group) per
/// location.
std::vector<double> LabelPermutationTails(const LabelPermutation& work);

}  // namespace lagesbild::geo
