#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "geo/grid.h"

namespace lagesbild::geo {

/// Cases on a raster over periods, and what they are measured against. Both by period, then cell (row-major
/// from the south-west).
struct GridScanInput {
  GridSpec grid;
  int periods = 1;
  std::vector<int> cases;
  std::vector<double> exposure;  ///< inhabitants, addresses, ...: >= 0; a cell without any is no place
};

/// Periods from `first` to `last`, inclusive, from 0.
struct PeriodWindow {
  int first = 0, last = 0;
  friend bool operator==(const PeriodWindow&, const PeriodWindow&) = default;
};

struct GridScanOptions {
  std::vector<double> radii_cells;  ///< ascending, >= 0; 0 is the cell alone
  std::vector<PeriodWindow> windows;
  double most_exposure_share = 0.25;  ///< of all exposure that a cylinder may hold
  int simulations = 999;
  std::uint64_t seed = 1;
  int threads = 1;  ///< changes nothing but the time
  int most_clusters = 5;
  std::stop_token stop = {};
};

struct GridScanCluster {
  CellIndex center;
  double radius_m = 0;
  PeriodWindow window;
  long long observed = 0;
  double expected = 0;
  double relative_risk = 0;
  double log_ratio = 0;
  double p_value = 1, gumbel_p = 1;  ///< as ScanCluster
};

struct GridScanResult {
  std::int64_t cylinders = 0;             ///< that were looked at, within the largest share
  std::vector<GridScanCluster> clusters;  ///< the best first; none shares a cell with a better one
  std::vector<double> simulated_maxima;
};

/// Kulldorff's Poisson scan in space and time over a raster: circles around every cell, over every window.
/// One period and one window make it a scan in space alone.
///
/// The same bits for any number of threads. In a simulation only cylinders that beat a bound found in the
/// first ones are evaluated; where none does, all are, so the maximum is always exact. Throws InvalidInput:
/// sizes that do not fit, negative cases or exposure, no case, cases where there is no exposure, radii or
/// windows that are none, over 60 million cylinders; Cancelled. Cost: O(simulations · cells · windows · sum
/// of radii); 10 bytes per cylinder. Source: Kulldorff (1997, 2001). Peer: SaTScan.
GridScanResult ScanGrid(const GridScanInput& input, const GridScanOptions& options);

}  // namespace lagesbild::geo
