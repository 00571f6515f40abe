#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "geo/grid.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

enum class Kernel { kQuartic, kEpanechnikov, kTriweight, kTriangular, kUniform, kGaussian };
enum class EdgeCorrection { kNone, kUniform, kDiggle };

std::string_view KernelCode(Kernel kernel);  ///< "quartic", ...
std::optional<Kernel> ParseKernel(std::string_view code);
std::string_view EdgeCorrectionCode(EdgeCorrection edge);  ///< "none", "uniform", "diggle"
std::optional<EdgeCorrection> ParseEdgeCorrection(std::string_view code);

/// Both forms of one bandwidth. The Gaussian has no support radius: `radius` is then empty.
struct Bandwidth {
  std::optional<Meters> radius;
  Meters standard_deviation;
};
/// Compact kernels: `radius` > 0 is the support radius. Gaussian: `radius` is taken as the standard
/// deviation.
Bandwidth BandwidthOf(Kernel kernel, Meters radius_or_sd);

struct KernelDensityOptions {
  Kernel kernel = Kernel::kQuartic;
  Meters bandwidth{1000};  ///< support radius of compact kernels, standard deviation of the Gaussian
  EdgeCorrection edge = EdgeCorrection::kNone;
  /// Needed for edge corrections other than kNone; cells whose center is outside it get NaN.
  const StudyArea* study_area = nullptr;
  std::stop_token stop = {};
};

/// Kernel density (intensity) at the center of every cell, incidents per km². See the .cc for definitions.
///
/// `weights` is empty (all 1) or one finite weight >= 0 per point. Points outside the study area are ignored
/// by the edge-corrected estimators, as nothing is known there; with kNone all points count.
/// An empty span gives zeros. Throws InvalidInput: bandwidth not positive and finite, coordinate or weight
/// not finite, wrong number of weights, edge correction without study area; Cancelled.
/// One surface of ComputeDensity (density_surface.h), which tells its exactness and cost.
/// Source: Diggle (1985), Jones (1993). Peer: spatstat.explore density.ppp / densityfun.
Grid<double> KernelDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                           const GridSpec& grid, const KernelDensityOptions& options);

/// The same at given locations. NaN outside the study area when an edge correction is asked for.
std::vector<double> KernelDensityAt(std::span<const PlanePoint> points, std::span<const double> weights,
                                    std::span<const PlanePoint> locations,
                                    const KernelDensityOptions& options);

/// Density at every point without the point itself: what the other incidents say about its place.
///
/// One value per point, in the order of the points; another point at the same position counts. kUniform
/// divides by the edge factor at the point, kDiggle each other point by its own. NaN at points outside the
/// study area when an edge correction is asked for. The single point of a data set gets 0. Throws as
/// KernelDensity. Peer: spatstat.explore density.ppp(at = "points", leaveoneout = TRUE).
std::vector<double> LeaveOneOutDensity(std::span<const PlanePoint> points, std::span<const double> weights,
                                       const KernelDensityOptions& options);

/// Share of the kernel's mass around `location` that lies inside the study area: exact, by a closed-form
/// line integral over the boundary (statistics.md 3.2). In (0, 1] for a location inside, in [0, 1) outside.
/// Throws InvalidInput: bandwidth not positive and finite, location not finite.
double EdgeFactor(PlanePoint location, const StudyArea& area, Kernel kernel, Meters bandwidth);

}  // namespace lagesbild::geo
