#pragma once

#include <span>

#include "geo/kernel_density.h"

namespace lagesbild::geo {

/// How points lie, as far as rules of thumb for a bandwidth look at it.
struct PointSpread {
  int points = 0;
  int positions = 0;  ///< distinct ones: fewer than `points` where points share one
  /// Standard deviation of each coordinate, with n - 1.
  Meters sd_easting, sd_northing;
  /// Root of the mean squared distance to the mean center (with n), and the median distance to it.
  Meters standard_distance, median_distance;
  /// Smallest distance between two distinct positions.
  Meters smallest_gap;
};

/// Throws TooFewIncidents with fewer than 2 points; InvalidInput: a coordinate not finite, or all points at
/// one position. Cost: O(n log n) on average.
PointSpread SpreadOf(std::span<const PlanePoint> points);

/// The bandwidth of `kernel` with the given standard deviation of one coordinate, in both forms.
/// Throws InvalidInput unless the deviation is a positive finite number of meters.
Bandwidth BandwidthWithSd(Kernel kernel, Meters standard_deviation);

/// Scott's rule for one axis: sd n^(-1/6). In the plane Silverman's rule has the same factor.
/// Source: Scott (1992). Peers: spatstat.explore bw.scott, scipy gaussian_kde.
Meters ScottSd(Meters sd_of_axis, int points);
/// Factor n^(-1/6) of Scott and of Silverman in the plane.
double ScottFactor(int points);
/// One value for both axes: the geometric mean. 0 where all points lie on a line along an axis.
Meters ScottSd(const PointSpread& spread);

/// ArcGIS's default, a radius of the quartic kernel: 0.9 min(SD, sqrt(1 / ln 2) Dm) n^(-0.2) with the
/// standard distance SD and the median distance Dm. 0 where more than half of the points lie at the mean
/// center. Source: Esri, "How kernel density works".
Meters ArcgisRadius(const PointSpread& spread);

}  // namespace lagesbild::geo
