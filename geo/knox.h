#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

/// When and where something happened. Days from any fixed day; parts of days are welcome.
struct KnoxEvent {
  PlanePoint position;
  double day = 0;
};

/// Pairs of events that are near in space and in time, against what they would be if times had nothing to do
/// with places.
struct KnoxTest {
  long long events = 0, pairs = 0;
  long long close_in_space = 0, close_in_time = 0, observed = 0;  ///< pairs; observed = close in both
  double expected = 0;
  double variance = 0;       ///< exact, when times are permuted over events; NaN below 4 events
  double z_score = 0;        ///< NaN where the variance is 0 or undefined
  double pair_variance = 0;  ///< when pairs are permuted: too small, as pairs share events. For comparison.
  double poisson_p_above = 0,
         poisson_p_at_least = 0;  ///< P(X > observed), P(X >= observed); anti-conservative
};

/// Close means no further than `distance` and no further apart than `days`, both inclusive.
///
/// Throws InvalidInput: fewer than 2 events or more than 200,000, a value that is not finite, a negative
/// limit. Cost: O(n log n + close pairs). Source: Knox (1964); statistics.md 3.12. Peer: surveillance knox()
/// (permutes pairs).
KnoxTest TestKnox(std::span<const KnoxEvent> events, Meters distance, double days);

/// One band, in meters or days. The first of a list is closed [low, high], the others (low, high].
struct KnoxBand {
  double low = 0, high = 0;
};

/// One cell of the near-repeat table.
struct NearRepeatCell {
  KnoxBand meters, days;
  long long observed = 0;
  double expected = 0;          ///< pairs of the space band × pairs of the time band / pairs
  double mean = 0, median = 0;  ///< of the permutations
  double p_at_least = 1;        ///< (1 + permutations with at least as many) / (permutations + 1)
};

struct NearRepeatOptions {
  std::vector<KnoxBand> meters, days;
  int permutations = 999;
  std::uint64_t seed = 1;
  std::stop_token stop = {};
};

/// Pairs by band of distance and of time, space bands within time bands, against event times permuted. "The
/// same place" is a band of its own: {0, 0} first.
///
/// Throws InvalidInput: as TestKnox; no bands, bands that overlap or do not ascend, permutations < 1;
/// Cancelled. Cost: O(close pairs · permutations). Source: Johnson and others (2007). Deterministic.
std::vector<NearRepeatCell> NearRepeats(std::span<const KnoxEvent> events, const NearRepeatOptions& options);

/// The same with the caller's permutations: event i takes the time of event `permutation[i]`, from 0.
std::vector<NearRepeatCell> NearRepeatsUnder(std::span<const KnoxEvent> events,
                                             const NearRepeatOptions& options,
                                             std::span<const std::vector<int>> permutations);

}  // namespace lagesbild::geo
