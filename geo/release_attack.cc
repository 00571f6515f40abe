#include "geo/release_attack.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "geo/errors.h"
#include "geo/reconstruction_attack.h"

namespace lagesbild::geo {
namespace {

/// A published value as ranges that can be compared.
struct Range {
  int first_area = 0, last_area = 0;  ///< depth first: [first, last)
  std::set<int> headline;
  bool all_ages = false, all_categories = false;
  int first_quarter = 0, last_quarter = 0;
  int value = 0;

  auto cell() const {
    return std::tie(first_area, last_area, all_ages, headline, all_categories, first_quarter, last_quarter);
  }
  bool Contains(const Range& inner) const {
    return first_area <= inner.first_area && last_area >= inner.last_area &&
           first_quarter <= inner.first_quarter && last_quarter >= inner.last_quarter &&
           (all_categories || !inner.all_categories) &&
           (all_ages || (!inner.all_ages && std::includes(headline.begin(), headline.end(),
                                                          inner.headline.begin(), inner.headline.end())));
  }
};

bool UnderK(int value, int k) { return value >= 1 && value < k; }

/// Values with a place in lattice and groups, each once, in an order of their own.
std::vector<Range> RangesOf(std::span<const PublishedValue> values, const Lattice& lattice,
                            std::span<const PublishedGroup> groups, DifferencingTest& test) {
  std::map<std::string, std::pair<int, int>> spans;
  for (std::size_t i = 0; i < lattice.areas().size(); ++i)
    spans[lattice.areas()[i].code] = lattice.Span(static_cast<int>(i));
  std::vector<Range> ranges;
  for (const PublishedValue& value : values) {
    const auto span = spans.find(value.area);
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const PublishedGroup& candidate) {
      return candidate.slug == value.group;
    });
    if (span == spans.end() || group == groups.end()) {
      ++test.unknown_values;
      continue;
    }
    const int last = value.last.year * 4 + value.last.number;
    ranges.push_back({span->second.first,
                      span->second.second,
                      {group->headline.begin(), group->headline.end()},
                      group->all,
                      value.categories == CategoryClass::kAll,
                      last - value.quarters + 1,
                      last,
                      value.value});
  }
  const auto key = [](const Range& range) { return std::tuple_cat(range.cell(), std::tie(range.value)); };
  std::sort(ranges.begin(), ranges.end(), [&](const Range& a, const Range& b) { return key(a) < key(b); });
  ranges.erase(std::unique(ranges.begin(), ranges.end(),
                           [&](const Range& a, const Range& b) { return key(a) == key(b); }),
               ranges.end());
  return ranges;
}

/// Least squares explain a map by few dwellings; the others are ranked by what the map shows around them.
void RankTies(const Grid<double>& surface, std::span<const PlanePoint> dwellings,
              std::vector<double>& estimates) {
  constexpr double kSmall = 1e-9;
  for (std::size_t i = 0; i < dwellings.size(); ++i) {
    const auto cell = surface.spec().cell_of(dwellings[i]);
    if (cell && std::isfinite(surface[*cell])) estimates[i] += kSmall * surface[*cell];
  }
}

/// Keeps `size` of all that are offered, each with the same chance (Vitter 1985, algorithm R).
class Reservoir {
 public:
  Reservoir(int size, std::uint64_t seed) : size_(static_cast<std::size_t>(size)), random_(seed) {}
  void Offer(std::pair<std::size_t, std::size_t> pair) {
    ++offered_;
    if (kept_.size() < size_) {
      kept_.push_back(pair);
      return;
    }
    const std::uint64_t at = random_() % offered_;  // the bias is offered / 2^64
    if (at < size_) kept_[static_cast<std::size_t>(at)] = pair;
  }
  std::uint64_t offered() const { return offered_; }
  const std::vector<std::pair<std::size_t, std::size_t>>& kept() const { return kept_; }

 private:
  std::size_t size_;
  std::mt19937_64 random_;
  std::uint64_t offered_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> kept_;
};

}  // namespace

DensityAttack AttackReleasedClasses(const Grid<std::int8_t>& classes, const Grid<std::int8_t>& recomputed,
                                    std::span<const double> upper, Kernel kernel, Meters bandwidth,
                                    std::span<const PlanePoint> dwellings, std::span<const int> incidents,
                                    const ReleasedCounts& released, std::stop_token stop) {
  const Grid<double> surface = MiddlesOfClasses(classes, upper);
  std::vector<double> estimates = ReconstructCounts(surface, dwellings, kernel, bandwidth, std::move(stop));
  RankTies(surface, dwellings, estimates);
  DensityAttack attack;
  attack.score = ScoreWithReleasedCounts(estimates, incidents, released);
  attack.guess = GuessByReleasedCounts(incidents, released);
  attack.follows_from_counts = classes.values() == recomputed.values();
  if (!(attack.guess.variance > 0)) return attack;
  const double z = (attack.score.found - attack.guess.mean) / std::sqrt(attack.guess.variance);
  attack.z = z;
  attack.succeeded = z >= kAttackSucceedsAt && !attack.follows_from_counts;
  return attack;
}

DifferencingTest SubtractReleases(std::span<const PublishedValue> values, const Lattice& lattice,
                                  std::span<const PublishedGroup> groups, int k, int pairs,
                                  std::uint64_t seed, std::stop_token stop) {
  if (k < 1 || pairs < 1)
    throw InvalidInput("the differencing test takes k and a number of pairs of at least 1");
  DifferencingTest test;
  const std::vector<Range> ranges = RangesOf(values, lattice, groups, test);
  test.values = static_cast<int>(ranges.size());
  for (const Range& range : ranges) test.values_under_k += UnderK(range.value, k) ? 1 : 0;
  Reservoir reservoir(pairs, seed);
  for (std::size_t outer = 0; outer < ranges.size(); ++outer) {
    if (stop.stop_requested()) throw Cancelled();
    for (std::size_t inner = 0; inner < ranges.size(); ++inner) {
      if (inner == outer || !ranges[outer].Contains(ranges[inner])) continue;
      // Two values of one cell contain each other: one pair.
      if (inner < outer && ranges[inner].cell() == ranges[outer].cell()) continue;
      reservoir.Offer({outer, inner});
    }
  }
  test.nested_pairs = static_cast<std::int64_t>(reservoir.offered());
  test.tested_pairs = static_cast<int>(reservoir.kept().size());
  for (const auto& [outer, inner] : reservoir.kept()) {
    const bool same_cell = ranges[outer].cell() == ranges[inner].cell();
    const int difference = std::abs(ranges[outer].value - ranges[inner].value);
    test.differences_under_k += same_cell || UnderK(difference, k) ? 1 : 0;
    test.differences_of_zero += difference == 0 ? 1 : 0;
  }
  return test;
}

}  // namespace lagesbild::geo
