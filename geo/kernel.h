#pragma once

#include "geo/kernel_density.h"

namespace lagesbild::geo {

/// Beyond this many standard deviations exp(-q²/2) is 0 in double precision: cutting there changes nothing.
inline constexpr double kGaussianReachSd = 38.7;

/// A radially symmetric kernel in the plane that integrates to 1, with q = r / bandwidth (statistics.md 3.2).
class KernelFunction {
 public:
  /// Throws InvalidInput when the bandwidth is not a positive finite number of meters.
  KernelFunction(Kernel kernel, Meters bandwidth);

  Kernel kernel() const { return kernel_; }
  /// Support radius of compact kernels (the disc includes it), standard deviation of the Gaussian.
  double scale_m() const { return scale_m_; }
  /// Distance beyond which the density is exactly 0.
  double reach_m() const { return reach_m_; }
  /// Density per m² at a squared distance in m².
  double AtSquaredDistance(double r2) const;

 private:
  Kernel kernel_;
  double scale_m_, reach_m_;
  double inverse_scale2_, peak_;
};

/// Distance from the boundary beyond which the edge factor of a location inside is exactly 1.
Meters EdgeReach(Kernel kernel, Meters bandwidth);

}  // namespace lagesbild::geo
