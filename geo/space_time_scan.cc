#include "geo/space_time_scan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "geo/errors.h"
#include "geo/random_draw.h"
#include "geo/scan_likelihood.h"
#include "geo/scan_statistic.h"
#include "geo/scan_zones.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMostEvents = 100'000;
constexpr int kMostPeriods = 10'000;

void CheckEvents(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options) {
  if (events.size() < 2 || events.size() > kMostEvents)
    throw InvalidInput("a scan in space and time needs 2 to " + std::to_string(kMostEvents) +
                       " events, got " + std::to_string(events.size()));
  int first = events.front().period, last = first;
  for (const PeriodEvent& event : events) {
    if (!std::isfinite(event.position.easting.value()) || !std::isfinite(event.position.northing.value()))
      throw InvalidInput("positions of events must be finite");
    first = std::min(first, event.period);
    last = std::max(last, event.period);
  }
  if (static_cast<long long>(last) - first >= kMostPeriods)
    throw InvalidInput("a scan in space and time takes at most " + std::to_string(kMostPeriods) + " periods");
  if (options.most_periods < 1) throw InvalidInput("a cylinder lasts at least 1 period");
}

/// Events by location and period, and the cylinders over them.
class Cylinders {
 public:
  Cylinders(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options, SpaceTimeScan& scan)
      : options_(options), total_(static_cast<double>(events.size())) {
    std::map<PlanePoint, std::size_t> known;
    first_period_ = events.front().period;
    int last_period = first_period_;
    for (const PeriodEvent& event : events) {
      const auto [at, is_new] = known.emplace(event.position, scan.locations.size());
      if (is_new) scan.locations.push_back(event.position);
      location_of_.push_back(at->second);
      first_period_ = std::min(first_period_, event.period);
      last_period = std::max(last_period, event.period);
    }
    periods_ = static_cast<std::size_t>(last_period - first_period_) + 1;
    events_at_.assign(scan.locations.size(), 0);
    for (const std::size_t location : location_of_) events_at_[location] += 1;
    events_until_.assign(periods_ + 1, 0);
    for (const PeriodEvent& event : events) events_until_[PeriodOf(event.period) + 1] += 1;
    for (std::size_t p = 0; p < periods_; ++p) events_until_[p + 1] += events_until_[p];
    zones_.emplace_back(scan.locations, events_at_, options.most_case_share);
  }

  const ScanZones& zones() const { return zones_.front(); }
  int first_period() const { return first_period_; }
  std::size_t PeriodOf(int period) const { return static_cast<std::size_t>(period - first_period_); }
  bool Holds(int period) const {
    return period >= first_period_ && static_cast<std::size_t>(period - first_period_) < periods_;
  }

  struct Cylinder {
    std::size_t center, circle, first, last;  ///< periods from 0, inclusive
    int observed;
    double expected, ratio;
  };

  /// Calls `visit` for every cylinder with more events than expected.
  template <class PeriodOfEvent, class Visit>
  void ForEach(PeriodOfEvent period_of, Visit visit) const {
    std::vector<int> table(events_at_.size() * periods_, 0);
    for (std::size_t i = 0; i < location_of_.size(); ++i) ++table[location_of_[i] * periods_ + period_of(i)];
    std::vector<int> inside(periods_);
    for (std::size_t center = 0; center < zones().centers(); ++center) {
      std::fill(inside.begin(), inside.end(), 0);
      double events = 0;
      std::size_t member = 0;
      const auto order = zones().Order(center);
      const auto circles = zones().Circles(center);
      for (std::size_t circle = 0; circle < circles.size(); ++circle) {
        for (; member < static_cast<std::size_t>(circles[circle].size); ++member) {
          const auto location = static_cast<std::size_t>(order[member]);
          events += events_at_[location];
          for (std::size_t p = 0; p < periods_; ++p) inside[p] += table[location * periods_ + p];
        }
        Windows(center, circle, inside, events, visit);
      }
    }
  }

 private:
  template <class Visit>
  void Windows(std::size_t center, std::size_t circle, const std::vector<int>& inside, double events,
               Visit& visit) const {
    for (std::size_t first = 0; first < periods_; ++first) {
      int observed = 0;
      const std::size_t end = std::min(periods_, first + static_cast<std::size_t>(options_.most_periods));
      for (std::size_t last = first; last < end; ++last) {
        observed += inside[last];
        const double expected = events * (events_until_[last + 1] - events_until_[first]) / total_;
        if (!(observed > expected)) continue;
        visit(Cylinder{center, circle, first, last, observed, expected,
                       PoissonLogRatio(observed, expected, total_)});
      }
    }
  }

  const SpaceTimeScanOptions& options_;
  double total_;
  int first_period_ = 0;
  std::size_t periods_ = 0;
  std::vector<std::size_t> location_of_;  // per event
  std::vector<double> events_at_;         // per location
  std::vector<double> events_until_;      // before each period
  std::vector<ScanZones> zones_;          // one
};

std::vector<SpaceTimeCluster> ClustersOf(const Cylinders& cylinders, std::span<const PeriodEvent> events,
                                         const std::vector<PlanePoint>& locations, std::size_t most) {
  std::vector<Cylinders::Cylinder> found;
  cylinders.ForEach([&](std::size_t i) { return cylinders.PeriodOf(events[i].period); },
                    [&](const Cylinders::Cylinder& cylinder) {
                      if (cylinders.zones().IsFirst(cylinder.center, cylinder.circle))
                        found.push_back(cylinder);
                    });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.ratio > b.ratio; });
  if (found.size() > most) found.resize(most);
  std::vector<SpaceTimeCluster> clusters;
  for (const Cylinders::Cylinder& one : found) {
    SpaceTimeCluster cluster;
    cluster.center = locations[one.center];
    cluster.radius_m = cylinders.zones().Circles(one.center)[one.circle].radius_m;
    cluster.members = cylinders.zones().Members(one.center, one.circle);
    cluster.first_period = cylinders.first_period() + static_cast<int>(one.first);
    cluster.last_period = cylinders.first_period() + static_cast<int>(one.last);
    cluster.observed = one.observed;
    cluster.expected = one.expected;
    cluster.log_ratio = one.ratio;
    clusters.push_back(std::move(cluster));
  }
  return clusters;
}

/// `periods_of(i)` gives the periods of simulation i, from 0, in the order of the events.
template <class PeriodsOf>
SpaceTimeScan Scan(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options,
                   std::size_t simulations, std::size_t most, PeriodsOf periods_of) {
  SpaceTimeScan scan;
  const Cylinders cylinders(events, options, scan);
  scan.clusters = ClustersOf(cylinders, events, scan.locations, most);
  for (std::size_t s = 0; s < simulations; ++s) {
    if (options.stop.stop_requested()) throw Cancelled();
    const std::vector<int>& periods = periods_of(cylinders, s);
    double maximum = 0;
    cylinders.ForEach([&](std::size_t i) { return cylinders.PeriodOf(periods[i]); },
                      [&](const Cylinders::Cylinder& one) { maximum = std::max(maximum, one.ratio); });
    scan.simulated_maxima.push_back(maximum);
  }
  for (SpaceTimeCluster& cluster : scan.clusters) {
    cluster.p_value = RankTail(scan.simulated_maxima, cluster.log_ratio);
    cluster.gumbel_p = GumbelTail(scan.simulated_maxima, cluster.log_ratio);
  }
  return scan;
}

}  // namespace

SpaceTimeScan ScanSpaceTime(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options,
                            std::size_t most) {
  CheckEvents(events, options);
  if (options.simulations < 1) throw InvalidInput("a scan needs at least 1 simulation");
  std::vector<int> periods(events.size());
  return Scan(events, options, static_cast<std::size_t>(options.simulations), most,
              [&](const Cylinders&, std::size_t s) -> const std::vector<int>& {
                for (std::size_t i = 0; i < events.size(); ++i) periods[i] = events[i].period;
                std::mt19937_64 random = ReplicateRandom(options.seed, s);
                Shuffle(std::span(periods), random);
                return periods;
              });
}

SpaceTimeScan ScanSpaceTimeUnder(std::span<const PeriodEvent> events, const SpaceTimeScanOptions& options,
                                 std::span<const std::vector<int>> periods, std::size_t most) {
  CheckEvents(events, options);
  for (const std::vector<int>& row : periods)
    if (row.size() != events.size())
      throw InvalidInput("a simulation of " + std::to_string(row.size()) + " events does not fit a scan of " +
                         std::to_string(events.size()));
  return Scan(events, options, periods.size(), most,
              [&](const Cylinders& cylinders, std::size_t s) -> const std::vector<int>& {
                for (const int period : periods[s])
                  if (!cylinders.Holds(period))
                    throw InvalidInput("a simulation names period " + std::to_string(period) +
                                       ", which no event has");
                return periods[s];
              });
}

}  // namespace lagesbild::geo
