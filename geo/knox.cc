#include "geo/knox.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "geo/close_pairs.h"
#include "geo/errors.h"
#include "geo/poisson_tail.h"
#include "geo/random_draw.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostEvents = 200'000;

void CheckEvents(std::span<const KnoxEvent> events) {
  if (events.size() < 2 || events.size() > kMostEvents)
    throw InvalidInput("near repeats need 2 to " + std::to_string(kMostEvents) + " events, got " +
                       std::to_string(events.size()));
  for (const KnoxEvent& event : events)
    if (!std::isfinite(event.position.easting.value()) || !std::isfinite(event.position.northing.value()) ||
        !std::isfinite(event.day))
      throw InvalidInput("positions and days of events must be finite");
}

std::vector<PlanePoint> PositionsOf(std::span<const KnoxEvent> events) {
  std::vector<PlanePoint> positions;
  for (const KnoxEvent& event : events) positions.push_back(event.position);
  return positions;
}

std::vector<double> SortedDays(std::span<const KnoxEvent> events) {
  std::vector<double> days;
  for (const KnoxEvent& event : events) days.push_back(event.day);
  std::sort(days.begin(), days.end());
  return days;
}

/// Pairs, and pairs of pairs that share an event.
struct CloseCounts {
  double pairs = 0, sharing = 0;
};

CloseCounts CountsOf(std::span<const long long> degrees) {
  CloseCounts counts;
  for (const long long degree : degrees) {
    const auto d = static_cast<double>(degree);
    counts.pairs += d / 2;
    counts.sharing += d * (d - 1) / 2;
  }
  return counts;
}

/// Per event in order of time: how many others lie within `days`.
std::vector<long long> DegreesInTime(std::span<const double> sorted, double days) {
  std::vector<long long> degrees(sorted.size());
  std::size_t low = 0, high = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    while (sorted[i] - sorted[low] > days) ++low;
    high = std::max(high, i);
    while (high + 1 < sorted.size() && sorted[high + 1] - sorted[i] <= days) ++high;
    degrees[i] = static_cast<long long>(high - low);
  }
  return degrees;
}

/// Exact variance of the close pairs in both when times are permuted over events (statistics.md 3.12).
double PermutationVariance(double n, CloseCounts space, CloseCounts time, double expected) {
  if (n < 4) return kNaN;
  const double a = space.pairs, b = time.pairs, a2 = space.sharing, b2 = time.sharing;
  return expected + 4 * a2 * b2 / (n * (n - 1) * (n - 2)) +
         4 * (a * a - a - 2 * a2) * (b * b - b - 2 * b2) / (n * (n - 1) * (n - 2) * (n - 3)) -
         expected * expected;
}

}  // namespace

KnoxTest TestKnox(std::span<const KnoxEvent> events, Meters distance, double days) {
  CheckEvents(events);
  if (!(distance.value() >= 0 && std::isfinite(distance.value())) || !(days >= 0 && std::isfinite(days)))
    throw InvalidInput("limits of near repeats must be finite and not negative");
  const auto n = static_cast<double>(events.size());
  KnoxTest test;
  test.events = static_cast<long long>(events.size());
  test.pairs = test.events * (test.events - 1) / 2;
  std::vector<long long> degrees(events.size(), 0);
  for (const ClosePair& pair : ClosePairs(PositionsOf(events), distance.value())) {
    const auto first = static_cast<std::size_t>(pair.first), second = static_cast<std::size_t>(pair.second);
    ++degrees[first];
    ++degrees[second];
    ++test.close_in_space;
    test.observed += std::abs(events[first].day - events[second].day) <= days;
  }
  const CloseCounts space = CountsOf(degrees);
  const CloseCounts time = CountsOf(DegreesInTime(SortedDays(events), days));
  test.close_in_time = std::llrint(time.pairs);
  const double pairs = static_cast<double>(test.pairs);
  const auto seen = static_cast<double>(test.observed);
  test.expected = space.pairs * time.pairs / pairs;
  test.variance = PermutationVariance(n, space, time, test.expected);
  test.z_score = test.variance > 0 ? (seen - test.expected) / std::sqrt(test.variance) : kNaN;
  test.pair_variance =
      pairs > 1 ? test.expected * (pairs - space.pairs) / pairs * (pairs - time.pairs) / (pairs - 1) : kNaN;
  test.poisson_p_at_least = PoissonUpperTail(test.observed, test.expected);
  test.poisson_p_above = PoissonUpperTail(test.observed + 1, test.expected);
  return test;
}

namespace {

void CheckBands(std::span<const KnoxBand> bands, const char* what) {
  if (bands.empty()) throw InvalidInput(std::string("near repeats need bands of ") + what);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const KnoxBand& band = bands[i];
    const bool right =
        std::isfinite(band.high) && band.low >= 0 &&
        (i == 0 ? band.high >= band.low : band.high > band.low && band.low >= bands[i - 1].high);
    if (!right)
      throw InvalidInput("bands of " + std::string(what) +
                         " must ascend without overlap, from 0 or more to a finite end");
  }
}

/// Which band a value lies in; -1 = none.
int BandOf(std::span<const KnoxBand> bands, double value) {
  for (std::size_t i = 0; i < bands.size(); ++i)
    if (value <= bands[i].high)
      return value > bands[i].low || (i == 0 && value >= bands[i].low) ? static_cast<int>(i) : -1;
  return -1;
}

/// Pairs of events in each band of time, whatever their places.
std::vector<long long> PairsInTime(std::span<const double> sorted, std::span<const KnoxBand> bands) {
  const auto within = [&](double days) {
    const std::vector<long long> degrees = DegreesInTime(sorted, days);
    return std::accumulate(degrees.begin(), degrees.end(), 0LL) / 2;
  };
  std::vector<long long> pairs;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    long long below = 0;
    if (i > 0) {
      below = within(bands[i].low);
    } else if (bands[0].low > 0) {
      below = within(std::nextafter(bands[0].low, 0.0));
    }
    pairs.push_back(within(bands[i].high) - below);
  }
  return pairs;
}

/// The table's counts under one assignment of times.
class BandTable {
 public:
  BandTable(std::span<const KnoxEvent> events, const NearRepeatOptions& options) : options_(options) {
    for (const KnoxEvent& event : events) days_.push_back(event.day);
    space_pairs_.assign(options.meters.size(), 0);
    for (const ClosePair& pair : ClosePairs(PositionsOf(events), options.meters.back().high)) {
      const int band = BandOf(options.meters, pair.distance_m);
      if (band < 0) continue;
      pairs_.push_back({pair.first, pair.second, band});
      ++space_pairs_[static_cast<std::size_t>(band)];
    }
  }

  const std::vector<long long>& space_pairs() const { return space_pairs_; }

  /// By time band, then space band.
  template <class EventOf>
  std::vector<long long> Count(EventOf event_of) const {
    std::vector<long long> counts(options_.days.size() * options_.meters.size(), 0);
    for (const Pair& pair : pairs_) {
      const int band =
          BandOf(options_.days, std::abs(days_[event_of(pair.first)] - days_[event_of(pair.second)]));
      if (band >= 0)
        ++counts[static_cast<std::size_t>(band) * options_.meters.size() +
                 static_cast<std::size_t>(pair.band)];
    }
    return counts;
  }

 private:
  struct Pair {
    std::int32_t first, second, band;
  };
  const NearRepeatOptions& options_;
  std::vector<double> days_;
  std::vector<Pair> pairs_;
  std::vector<long long> space_pairs_;
};

double MedianOf(std::vector<long long> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? static_cast<double>(values[middle])
                                : static_cast<double>(values[middle - 1] + values[middle]) / 2;
}

/// `permutation_of(i)` gives the i-th permutation.
template <class PermutationOf>
std::vector<NearRepeatCell> Table(std::span<const KnoxEvent> events, const NearRepeatOptions& options,
                                  std::size_t permutations, PermutationOf permutation_of) {
  CheckEvents(events);
  CheckBands(options.meters, "meters");
  CheckBands(options.days, "days");
  if (permutations < 1) throw InvalidInput("near repeats need at least 1 permutation");
  const BandTable table(events, options);
  const std::vector<long long> observed =
      table.Count([](std::int32_t i) { return static_cast<std::size_t>(i); });
  std::vector<std::vector<long long>> drawn(observed.size());
  for (std::size_t p = 0; p < permutations; ++p) {
    if (options.stop.stop_requested()) throw Cancelled();
    const std::vector<int>& permutation = permutation_of(p);
    const std::vector<long long> counts = table.Count(
        [&](std::int32_t i) { return static_cast<std::size_t>(permutation[static_cast<std::size_t>(i)]); });
    for (std::size_t cell = 0; cell < counts.size(); ++cell) drawn[cell].push_back(counts[cell]);
  }
  const std::vector<long long> in_time = PairsInTime(SortedDays(events), options.days);
  const double pairs = static_cast<double>(events.size()) * static_cast<double>(events.size() - 1) / 2;
  std::vector<NearRepeatCell> cells;
  for (std::size_t t = 0; t < options.days.size(); ++t) {
    for (std::size_t s = 0; s < options.meters.size(); ++s) {
      const std::size_t at = cells.size();
      NearRepeatCell cell{options.meters[s], options.days[t], observed[at]};
      cell.expected = static_cast<double>(table.space_pairs()[s]) * static_cast<double>(in_time[t]) / pairs;
      cell.mean = static_cast<double>(std::accumulate(drawn[at].begin(), drawn[at].end(), 0LL)) /
                  static_cast<double>(permutations);
      cell.median = MedianOf(drawn[at]);
      const auto at_least = std::count_if(drawn[at].begin(), drawn[at].end(),
                                          [&](long long count) { return count >= observed[at]; });
      cell.p_at_least = static_cast<double>(1 + at_least) / static_cast<double>(permutations + 1);
      cells.push_back(cell);
    }
  }
  return cells;
}

}  // namespace

std::vector<NearRepeatCell> NearRepeats(std::span<const KnoxEvent> events, const NearRepeatOptions& options) {
  std::vector<int> permutation(events.size());
  const auto draw = [&](std::size_t replicate) -> const std::vector<int>& {
    std::mt19937_64 random = ReplicateRandom(options.seed, replicate);
    std::iota(permutation.begin(), permutation.end(), 0);
    Shuffle(std::span(permutation), random);
    return permutation;
  };
  return Table(events, options, static_cast<std::size_t>(std::max(options.permutations, 0)), draw);
}

std::vector<NearRepeatCell> NearRepeatsUnder(std::span<const KnoxEvent> events,
                                             const NearRepeatOptions& options,
                                             std::span<const std::vector<int>> permutations) {
  for (const std::vector<int>& permutation : permutations) {
    std::vector<bool> seen(events.size(), false);
    bool right = permutation.size() == events.size();
    for (std::size_t i = 0; right && i < permutation.size(); ++i) {
      const int to = permutation[i];
      right = to >= 0 && static_cast<std::size_t>(to) < seen.size() && !seen[static_cast<std::size_t>(to)];
      if (right) seen[static_cast<std::size_t>(to)] = true;
    }
    if (!right) throw InvalidInput("a permutation must name every event once, from 0");
  }
  return Table(events, options, permutations.size(),
               [&](std::size_t i) -> const std::vector<int>& { return permutations[i]; });
}

}  // namespace lagesbild::geo
