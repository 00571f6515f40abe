#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "geo/kernel_density.h"

namespace lagesbild::geo {

/// What bandwidth selectors minimize or maximize, as functions of the standard deviation of the Gaussian
/// kernel. All treat every point with weight 1; densities are per m². `study_area` null means no edge
/// correction; with one, points outside it are ignored and the uniform correction is used.
struct ObjectiveOptions {
  const StudyArea* study_area = nullptr;
  std::stop_token stop = {};
};

/// Least-squares cross-validation, to be minimized: the integrated squared error less a constant.
///
/// Without study area (1/n²) sum over i, j of phi_{sqrt 2 h} - 2/(n (n-1)) sum over i != j of phi_h, exactly.
/// With study area the integral of f² over it less twice the mean of the leave-one-out f, both of the density
/// that integrates to 1 there; integrals are sums over cells of at most 0.7 h, or 1/128 of the larger side
/// where that is coarser. Infinite where a point has no other within the kernel's reach.
/// Throws TooFewIncidents with fewer than 2 points (inside); InvalidInput; Cancelled. Cost: O(n²).
/// Source: Bowman (1984). Peers: ks lscv.mat, sparr LSCV.density.
double LeastSquaresObjective(std::span<const PlanePoint> points, Meters sd, const ObjectiveOptions& options);

/// Likelihood cross-validation, to be maximized: the sum of the logarithms of the leave-one-out density.
/// Minus infinity where a point has no other within the kernel's reach. Otherwise as above.
/// Peer: spatstat.explore bw.ppl(shortcut = TRUE).
double LikelihoodObjective(std::span<const PlanePoint> points, Meters sd, const ObjectiveOptions& options);

/// Berman and Diggle's estimate of the mean squared error of the disc kernel's intensity, to be minimized, at
/// the radii step, 2 step, ... count · step. The standard deviation of the disc of radius h is h / 2.
///
/// M(h) = (1/lambda - 2 K(h)) / (pi h²) + J(h) / (pi h²)² with Ripley's isotropic K and
/// J(h) = 2 h² times the integral of acos(t/2h) - t/2h sqrt(1 - t²/4h²) over dK(t), t up to 2h. As in the
/// peer K is known at multiples of the step, and what it grows by counts at the start of its step; pairs at
/// distance 0 are in K but not in dK. Points outside the area are ignored. Throws TooFewIncidents with fewer
/// than 2 points inside; InvalidInput: step not positive and finite, count not from 1 to 10,000, no study
/// area; Cancelled. Cost: O(pairs within twice the largest radius) + O(count²). Source: Berman and Diggle
/// (1989). Peer: spatstat.explore bw.diggle.
std::vector<double> BermanDiggleObjective(std::span<const PlanePoint> points, Meters step, int count,
                                          const ObjectiveOptions& options);

}  // namespace lagesbild::geo
