#include "geo/number_line.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace lagesbild::geo {
namespace {

/// How far beyond the last number a street may have grown since the register was made: so many numbers, or
/// this share of the numbers it has, but never more than the most.
constexpr int kBeyond = 6, kMostBeyond = 20;
constexpr double kBeyondShare = 0.2;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

PlanePoint Between(PlanePoint a, PlanePoint b, double share) {
  return {Meters{a.easting.value() + share * (b.easting.value() - a.easting.value())},
          Meters{a.northing.value() + share * (b.northing.value() - a.northing.value())}};
}

/// How far it is from one number to the next, number by number along a side near `number`; of both sides
/// where that side has but one. A road whose houses were numbered as they were built runs to and fro.
double PerNumber(std::span<const NumberPoint> line, int number) {
  constexpr int kSteps = 8;
  for (const bool one_side : {true, false}) {
    const auto at = std::lower_bound(line.begin(), line.end(), number,
                                     [](const NumberPoint& p, int n) { return p.number < n; });
    double way_m = 0;
    int numbers = 0;
    const auto walk = [&](auto i, auto end) {
      const NumberPoint* last = nullptr;
      for (int steps = 0; i != end && steps < kSteps; ++i) {
        if (i->number == number || (one_side && (i->number - number) % 2 != 0)) continue;
        if (last != nullptr) {
          way_m += Distance(last->position, i->position);
          numbers += std::abs(i->number - last->number);
          ++steps;
        }
        last = &*i;
      }
    };
    walk(at, line.end());
    walk(std::make_reverse_iterator(at), line.rend());
    if (numbers > 0) return way_m / numbers;
  }
  return 0;
}

}  // namespace

NumberEstimate EstimateNumber(std::span<const NumberPoint> line, int number) {
  NumberEstimate estimate;
  if (line.size() < 2) return estimate;
  const auto same_side = [&](const NumberPoint& p) { return (p.number - number) % 2 == 0; };
  const auto at = std::lower_bound(line.begin(), line.end(), number,
                                   [](const NumberPoint& p, int n) { return p.number < n; });
  const NumberPoint *below = nullptr, *above = nullptr;
  for (auto i = at; i != line.begin() && below == nullptr;)
    if (same_side(*--i)) below = &*i;
  for (auto i = at; i != line.end() && above == nullptr; ++i)
    if (i->number != number && same_side(*i)) above = &*i;
  if (below != nullptr && above != nullptr) {
    const double share = static_cast<double>(number - below->number) / (above->number - below->number);
    return {NumberEstimate::Kind::kBetween, Between(below->position, above->position, share), below->number,
            above->number, Distance(below->position, above->position)};
  }
  // A side without numbers: those of the other side lie across the street.
  const NumberPoint* near = below != nullptr ? below : above;
  if (near == nullptr) {
    if (at == line.begin() || at == line.end()) {
      near = at == line.begin() ? &line.front() : &line.back();
    } else {
      const NumberPoint &a = *(at - 1), &b = *at;
      const double share = static_cast<double>(number - a.number) / (b.number - a.number);
      return {NumberEstimate::Kind::kBetween, Between(a.position, b.position, share), a.number, b.number,
              Distance(a.position, b.position)};
    }
  }
  const int span = line.back().number - line.front().number;
  const int most = std::min(kMostBeyond, std::max(kBeyond, static_cast<int>(kBeyondShare * span)));
  const int beyond = std::abs(number - near->number);
  // Not past the ends but short of the other side's: the street does go there.
  const bool on_street = number >= line.front().number && number <= line.back().number;
  if (beyond > (on_street ? 2 * most : most)) return estimate;
  return {NumberEstimate::Kind::kBeyondEnd, near->position, near->number, near->number,
          PerNumber(line, number) * beyond};
}

}  // namespace lagesbild::geo
