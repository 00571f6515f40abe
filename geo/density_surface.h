#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "geo/grid.h"
#include "geo/kernel_density.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

class EdgeFactorCache;

/// How a surface was computed; every reply names it. The first two are exact: the sum over incidents in
/// double precision, to 1e-9 of the surface's maximum. kBinnedFft spreads incidents over cells first.
enum class DensityMethod { kRowDifferences, kDirect, kBinnedFft };
std::string_view DensityMethodCode(DensityMethod method);  ///< "row_differences", "direct", "binned_fft"

/// Incidents of one call. The spans are read during the call only.
struct DensityIncidents {
  std::span<const PlanePoint> points;
  /// Empty (all 1) or one finite weight >= 0 per point.
  std::span<const double> weights = {};
  /// Empty (all in group 0) or one group in [0, group_count) per point. A negative group takes no part.
  std::span<const int> groups = {};
  int group_count = 1;
  /// Adaptive bandwidths: empty, or one per point, as `Meters` of a bandwidth: radius or, Gaussian, standard
  /// deviation. Then `bandwidths` of the options is one global bandwidth that is reported and not used.
  std::span<const double> bandwidths_m = {};
};

struct DensityOptions {
  Kernel kernel = Kernel::kQuartic;
  std::vector<Meters> bandwidths = {
      Meters{1000}};  ///< one set of surfaces for each; one sort serves them all
  EdgeCorrection edge = EdgeCorrection::kNone;
  const StudyArea* study_area = nullptr;  ///< needed for an edge correction; cells outside it get NaN
  EdgeFactorCache* edge_cache = nullptr;  ///< keeps edge factors between calls; may be shared by threads
  bool binned = false;                    ///< the fast approximation, with its error bound in the result
  int threads = 0;                        ///< 0: as many as the machine has. The result is the same for any.
  std::stop_token stop = {};              ///< looked at at least every 50 ms
  /// Told a growing fraction in [0, 1], one call at a time, from any thread.
  std::function<void(double)> progress = {};
};

/// What a surface must add up to, and what it does.
struct SurfaceChecks {
  double mass = 0;               ///< sum over the cells (not NaN) of density x cell area, incidents
  double incident_mass = 0;      ///< sum of the weights of the incidents that took part and lie in the grid
  PlanePoint centroid;           ///< of the surface; NaN when it is 0 everywhere
  PlanePoint incident_centroid;  ///< weighted, of the same incidents; NaN without any
};

template <class Value>
struct DensitySurface {
  int group = 0;
  Bandwidth bandwidth;
  Grid<Value> density;  ///< incidents per km² at the center of every cell
  DensityMethod method = DensityMethod::kRowDifferences;
  /// No value is further from the exact sum than this share of the surface's maximum.
  double error_bound = 0;
  SurfaceChecks checks;
};

template <class Value>
struct DensityResult {
  /// For each bandwidth in the order given, each group.
  std::vector<DensitySurface<Value>> surfaces;
  /// Distinct positions among the incidents that took part; repeated ones are computed once.
  std::size_t distinct_positions = 0;
};

/// Kernel density of all groups of incidents, and of several bandwidths, in one pass over the incidents.
///
/// Exact at cell centers: 1e-9 of the surface's maximum with Value = double, 1e-6 with float; never negative;
/// exactly 0 where no incident is within the support (of the Gaussian: where the tail is below the bound).
/// Bits do not depend on the order of the incidents, on threads, or on the machine's vector width. Incidents
/// outside the study area are left out under an edge correction, as nothing is known there; with kNone all
/// count that reach the grid. No incidents: zeros.
/// A result no longer needed may be given as `reuse`: its memory is taken where the grid is the same, which
/// saves about 1 ns per cell. Throws InvalidInput: as KernelDensity, and for a group not below `group_count`,
/// no bandwidth, bandwidths per incident under EdgeCorrection::kUniform or with `binned`, or more than 2^32 -
/// 2 incidents; Cancelled. Cost: about 2 ns · n · rows within the support + 1 ns · cells · surfaces
/// (polynomial kernels), one thread. Memory beyond input and output: about 32 B per incident and 2 MB per
/// thread. Source: density.md, "The row-difference method"; Chan et al., SLAM (2022),
/// doi 10.1145/3514221.3517823 for the sweep along rows.
template <class Value>
DensityResult<Value> ComputeDensity(const DensityIncidents& incidents, const GridSpec& grid,
                                    const DensityOptions& options, DensityResult<Value> reuse = {});
extern template DensityResult<double> ComputeDensity(const DensityIncidents&, const GridSpec&,
                                                     const DensityOptions&, DensityResult<double>);
extern template DensityResult<float> ComputeDensity(const DensityIncidents&, const GridSpec&,
                                                    const DensityOptions&, DensityResult<float>);

/// The sum of the surfaces of all groups of one bandwidth: "all ages". NaN where they are.
template <class Value>
Grid<Value> SumOfGroups(const DensityResult<Value>& result, std::size_t bandwidth_index);

}  // namespace lagesbild::geo
