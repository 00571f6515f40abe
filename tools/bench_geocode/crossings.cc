#include "tools/bench_geocode/crossings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace lagesbild::tools::bench {
namespace {

constexpr double kNear = 40, kCell = 60, kAcross = 35.0 / 180 * 3.14159265358979323846;
constexpr double kMeetsWithin = 60, kOnePlace = 120, kApart = 400;

/// A square is no line: nothing crosses it.
bool IsSquare(const std::u32string& plain) {
  for (const char32_t* ending : {U"torg", U"torget", U"plats", U"platsen", U"plan", U"plass", U"parken"})
    if (plain.ends_with(ending)) return true;
  return false;
}

struct Line {
  double e = 0, n = 0, angle = 0;
};

/// Through the six addresses of the street that lie nearest to a point.
std::optional<Line> LineNear(const RegisterView& view, const BenchStreet& street, geo::PlanePoint point) {
  std::vector<std::pair<double, geo::PlanePoint>> nearest;
  for (const auto& [number, bearers] : street.numbers) {
    const geo::PlanePoint position = view.address(bearers.front()).position;
    nearest.emplace_back(Distance(point, position), position);
  }
  constexpr std::size_t kPoints = 6, kFewest = 4;
  if (nearest.size() < kFewest) return std::nullopt;
  std::sort(nearest.begin(), nearest.end());
  nearest.resize(std::min(nearest.size(), kPoints));
  Line line;
  for (const auto& [distance, p] : nearest) line.e += p.easting.value(), line.n += p.northing.value();
  line.e /= static_cast<double>(nearest.size()), line.n /= static_cast<double>(nearest.size());
  double ee = 0, en = 0, nn = 0;
  for (const auto& [distance, p] : nearest) {
    const double x = p.easting.value() - line.e, y = p.northing.value() - line.n;
    ee += x * x, en += x * y, nn += y * y;
  }
  // A heap of addresses has no direction.
  const double spread = std::hypot(ee - nn, 2 * en);
  if (spread < 0.6 * (ee + nn)) return std::nullopt;
  line.angle = 0.5 * std::atan2(2 * en, ee - nn);
  return line;
}

geo::PlanePoint Between(geo::PlanePoint a, geo::PlanePoint b) {
  return {geo::Meters{(a.easting.value() + b.easting.value()) / 2},
          geo::Meters{(a.northing.value() + b.northing.value()) / 2}};
}

/// Where two streets run across each other near a place.
std::optional<geo::PlanePoint> Meeting(const RegisterView& view, int a, int b, geo::PlanePoint place) {
  const auto one = LineNear(view, view.street(a), place), other = LineNear(view, view.street(b), place);
  if (!one || !other) return std::nullopt;
  const double cross = std::sin(other->angle - one->angle);
  if (std::abs(cross) < std::sin(kAcross)) return std::nullopt;
  const double along =
      ((other->e - one->e) * std::sin(other->angle) - (other->n - one->n) * std::cos(other->angle)) / cross;
  const geo::PlanePoint meeting{geo::Meters{one->e + along * std::cos(one->angle)},
                                geo::Meters{one->n + along * std::sin(one->angle)}};
  return Distance(meeting, place) <= kMeetsWithin ? meeting : place;
}

}  // namespace

std::vector<StreetCrossing> StreetCrossings(const RegisterView& view) {
  std::map<std::pair<int, int>, std::vector<int>> cells;
  const auto cell = [](geo::PlanePoint p) {
    return std::pair{static_cast<int>(std::floor(p.easting.value() / kCell)),
                     static_cast<int>(std::floor(p.northing.value() / kCell))};
  };
  for (const int i : view.numbered()) cells[cell(view.address(i).position)].push_back(i);
  struct Near {
    double distance = kNear;
    geo::PlanePoint place;
    std::vector<geo::PlanePoint> places;
  };
  std::map<std::pair<int, int>, Near> pairs;
  for (const int i : view.numbered()) {
    const geo::PlanePoint here = view.address(i).position;
    const auto [column, row] = cell(here);
    for (int x = column - 1; x <= column + 1; ++x)
      for (int y = row - 1; y <= row + 1; ++y) {
        const auto found = cells.find({x, y});
        if (found == cells.end()) continue;
        for (const int j : found->second) {
          const int a = view.street_of(i), b = view.street_of(j);
          if (a >= b || view.street(a).has_namesake || view.street(b).has_namesake ||
              IsSquare(view.street(a).plain) || IsSquare(view.street(b).plain))
            continue;
          const double distance = Distance(here, view.address(j).position);
          if (distance > kNear) continue;
          Near& near = pairs[{a, b}];
          const geo::PlanePoint place = Between(here, view.address(j).position);
          near.places.push_back(place);
          if (near.places.size() == 1 || distance < near.distance)
            near.distance = distance, near.place = place;
        }
      }
  }
  std::vector<StreetCrossing> crossings;
  for (const auto& [streets, near] : pairs) {
    const auto meeting = Meeting(view, streets.first, streets.second, near.place);
    if (!meeting) continue;
    const bool several = std::any_of(near.places.begin(), near.places.end(),
                                     [&](geo::PlanePoint p) { return Distance(p, near.place) > kOnePlace; });
    crossings.push_back({streets.first, streets.second, *meeting, several});
  }
  return crossings;
}

std::pair<int, int> StreetsApart(const RegisterView& view, demo::Rng& rng) {
  const std::size_t count = view.streets().size();
  constexpr int kTries = 200;
  for (int attempt = 0; attempt < kTries && count > 1; ++attempt) {
    const int a = static_cast<int>(rng.Index(count)), b = static_cast<int>(rng.Index(count));
    if (a == b || view.street(a).plain == view.street(b).plain) continue;
    bool apart = !view.street(a).has_namesake && !view.street(b).has_namesake;
    for (const auto& [number, ones] : view.street(a).numbers)
      for (const auto& [other_number, others] : view.street(b).numbers)
        apart = apart &&
                Distance(view.address(ones.front()).position, view.address(others.front()).position) > kApart;
    if (apart) return {a, b};
  }
  return {-1, -1};
}

}  // namespace lagesbild::tools::bench
