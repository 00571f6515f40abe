#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

/// An event in a numbered period: a day, a week, a quarter.
struct PeriodEvent {
  PlanePoint position;
  int period = 0;
};

struct SpaceTimeScanOptions {
  double most_case_share = 0.5;  ///< of all events that a circle may hold
  int most_periods = 4;          ///< that a cylinder may last
  int simulations = 999;
  std::uint64_t seed = 1;
  std::stop_token stop = {};
};

/// A circle over some periods with more events than its place and its time explain.
struct SpaceTimeCluster {
  PlanePoint center;
  double radius_m = 0;
  std::vector<int> members;  ///< locations, ascending: indices into SpaceTimeScan::locations
  int first_period = 0, last_period = 0;
  long long observed = 0;
  double expected = 0;
  double log_ratio = 0;
  double p_value = 1, gumbel_p = 1;  ///< as ScanCluster
};

struct SpaceTimeScan {
  std::vector<PlanePoint> locations;  ///< different positions, in order of their first event
  /// Every cylinder with a positive ratio, the largest first; at most the `most` asked for.
  std::vector<SpaceTimeCluster> clusters;
  std::vector<double> simulated_maxima;
};

/// Space-time permutation scan: needs no population. What is expected in a circle over some periods is its
/// events times the periods' share of all events; times are shuffled over places for the p-value. Looks at
/// every start and end (retrospective), not only at what lasts until now.
///
/// Same seed, same result. Throws InvalidInput: fewer than 2 events or more than 100,000, a position that is
/// not finite, periods that span more than 10,000, options out of range; Cancelled. Cost: O(simulations ·
/// circle steps · periods · most_periods). Source: Kulldorff and others (2005). Peer: SaTScan.
SpaceTimeScan ScanSpaceTime(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options,
                            std::size_t most = 1000);
/// The same with the caller's shuffled periods, one row per simulation, in the order of the events.
SpaceTimeScan ScanSpaceTimeUnder(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options,
                                 std::span<const std::vector<int>> periods, std::size_t most = 1000);

}  // namespace lagesbild::geo
