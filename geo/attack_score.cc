#include "geo/attack_score.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <variant>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

void CheckEstimates(std::span<const double> estimates, std::span<const int> incidents) {
  if (estimates.size() != incidents.size())
    throw InvalidInput("there must be one estimate and one true count per address");
  for (const double estimate : estimates)
    if (!(estimate >= 0) || !std::isfinite(estimate))
      throw InvalidInput("estimates must be finite numbers of at least 0");
  for (const int count : incidents)
    if (count < 0) throw InvalidInput("true counts must be at least 0");
}

/// The addresses of every area, in order, and how many incidents are released there.
struct Area {
  std::vector<std::size_t> addresses;
  std::size_t placed = 0;
};

std::vector<Area> AreasOf(std::span<const int> incidents, const ReleasedCounts& released) {
  if (released.area_of_address.size() != incidents.size())
    throw InvalidInput("there must be one area and one true count per address");
  std::vector<Area> areas(released.counts.size());
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const int area = released.area_of_address[i];
    if (incidents[i] < 0 || area < -1 || area >= static_cast<int>(areas.size()))
      throw InvalidInput("true counts must be at least 0 and areas an index or -1");
    if (area >= 0) areas[static_cast<std::size_t>(area)].addresses.push_back(i);
  }
  for (std::size_t a = 0; a < areas.size(); ++a) {
    const double* count = std::get_if<double>(&released.counts[a]);
    if (count == nullptr) continue;
    if (!(*count >= 0) || *count != std::floor(*count) || *count > 1e9)
      throw InvalidInput("released counts must be whole numbers of at least 0");
    areas[a].placed = std::min(static_cast<std::size_t>(*count), areas[a].addresses.size());
  }
  return areas;
}

}  // namespace

AttackScore ScoreEstimates(std::span<const double> estimates, std::span<const int> incidents) {
  CheckEstimates(estimates, incidents);
  AttackScore score;
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const int placed = static_cast<int>(std::lround(std::min(estimates[i], 1e9)));
    score.placed += placed;
    score.found += std::min(placed, incidents[i]);
  }
  return score;
}

AttackScore ScoreWithReleasedCounts(std::span<const double> estimates, std::span<const int> incidents,
                                    const ReleasedCounts& released) {
  CheckEstimates(estimates, incidents);
  AttackScore score;
  for (Area& area : AreasOf(incidents, released)) {
    std::stable_sort(area.addresses.begin(), area.addresses.end(),
                     [&](std::size_t a, std::size_t b) { return estimates[a] > estimates[b]; });
    score.placed += static_cast<int>(area.placed);
    for (std::size_t i = 0; i < area.placed; ++i) score.found += incidents[area.addresses[i]] > 0 ? 1 : 0;
  }
  return score;
}

GuessOdds GuessByReleasedCounts(std::span<const int> incidents, const ReleasedCounts& released) {
  GuessOdds odds;
  for (const Area& area : AreasOf(incidents, released)) {
    if (area.placed == 0) continue;
    const auto hit = static_cast<double>(std::count_if(area.addresses.begin(), area.addresses.end(),
                                                       [&](std::size_t i) { return incidents[i] > 0; }));
    const auto size = static_cast<double>(area.addresses.size()), picks = static_cast<double>(area.placed);
    const double share = hit / size;
    odds.placed += static_cast<int>(area.placed);
    odds.mean += picks * share;
    if (size > 1) odds.variance += picks * share * (1 - share) * (size - picks) / (size - 1);
  }
  return odds;
}

}  // namespace lagesbild::geo
