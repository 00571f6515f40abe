#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>

#include "geo/address_clutter.h"
#include "geo/crossing.h"
#include "geo/road_search.h"

// The part of RoadSearch that knows where roads run.

namespace lagesbild::geo {
namespace {

constexpr double kStep_m = 25;  // between the points that stand for a road
constexpr double kLeastRadius_m = 250, kDetour = 1.15;
constexpr std::size_t kMostPoints = 40'000, kLongestName = 5;
/// A larger locality is a district, which a road does not pass but run through.
constexpr double kLargestTown_m = 3000;
/// A road passes a town that it comes so near.
constexpr double kPasses_m = 1000;
/// Roads that meet (geocoding.md 3.1), and how their lines are taken to meet.
constexpr double kMeeting_m = 30;
constexpr CrossingRule kRoads{0, 15, 1e9, 60};

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

template <class Keep>
std::vector<PlanePoint> Where(const std::vector<PlanePoint>& points, Keep&& keep) {
  std::vector<PlanePoint> kept;
  std::copy_if(points.begin(), points.end(), std::back_inserter(kept), keep);
  return kept;
}

}  // namespace

/// Points every 25 m along the lines.
std::vector<PlanePoint> RoadSearch::Sampled(int group) const {
  std::vector<PlanePoint> points;
  for (const int road : index_.road_groups[static_cast<std::size_t>(group)]) {
    const std::span<const PlanePoint> line = index_.gazetteer.roads[static_cast<std::size_t>(road)].line;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const double length_m = Distance(line[i], line[i + 1]);
      const auto steps = static_cast<std::size_t>(std::min(1e5, std::ceil(length_m / kStep_m)));
      for (std::size_t s = 0; s < steps && points.size() < kMostPoints; ++s) {
        const double share = (static_cast<double>(s) + 0.5) / static_cast<double>(steps);
        points.push_back({Meters{line[i].easting.value() +
                                 share * (line[i + 1].easting.value() - line[i].easting.value())},
                          Meters{line[i].northing.value() +
                                 share * (line[i + 1].northing.value() - line[i].northing.value())}});
      }
    }
  }
  return points;
}

/// What lies on the way from one place to the other, and beyond neither.
std::vector<PlanePoint> RoadSearch::Between(const std::vector<PlanePoint>& points, const Beside& a,
                                            const Beside& b) {
  const double apart_m = Distance(a.center, b.center);
  return Where(points, [&](PlanePoint p) {
    const double to_a = Distance(p, a.center), to_b = Distance(p, b.center);
    return to_a + to_b <= kDetour * apart_m && to_a <= apart_m && to_b <= apart_m;
  });
}

/// What leads to the place: nobody who is beyond the next town on the way says that the road leads there.
std::vector<PlanePoint> RoadSearch::Towards(const std::vector<PlanePoint>& points,
                                            const Beside& place) const {
  std::vector<Beside> passed;
  for (std::size_t i = 0; i < index_.gazetteer.localities.size(); ++i) {
    const Place& town = index_.gazetteer.localities[i];
    const double radius_m = town.accuracy_radius.value();
    if (radius_m > kLargestTown_m || Distance(town.position, place.center) <= place.reach_m + radius_m)
      continue;
    if (std::any_of(points.begin(), points.end(), [&](PlanePoint p) {
          return Distance(p, town.position) <= std::max(kPasses_m, radius_m);
        }))
      passed.push_back({town.position, radius_m, 0, 0});
  }
  std::vector<PlanePoint> kept = Where(points, [&](PlanePoint p) {
    const double way_m = Distance(p, place.center);
    return std::none_of(passed.begin(), passed.end(), [&](const Beside& town) {
      const double to_town_m = Distance(p, town.center);
      return to_town_m > town.reach_m && way_m > Distance(town.center, place.center) &&
             to_town_m + Distance(town.center, place.center) <= kDetour * way_m;
    });
  });
  return kept.empty() ? points : kept;
}

Finding RoadSearch::Stretch(const Mention& road, const std::vector<PlanePoint>& all,
                            std::vector<PlanePoint> points) const {
  Finding finding;
  if (points.empty() || all.empty()) return finding;
  double east = 0, north = 0;
  for (const PlanePoint p : points) {
    east += p.easting.value();
    north += p.northing.value();
  }
  const auto n = static_cast<double>(points.size());
  const PlanePoint middle{Meters{east / n}, Meters{north / n}};
  // On the road itself, nearest to the middle of the stretch.
  const PlanePoint at = *std::min_element(points.begin(), points.end(), [&](PlanePoint a, PlanePoint b) {
    const double da = Distance(a, middle), db = Distance(b, middle);
    return da != db ? da < db : a < b;
  });
  finding.rank = Rank::kPlaced;
  finding.match.level = MatchLevel::kRoadPlace;
  finding.match.position = at;
  // Half the stretch, or where it bends as far as any of it lies.
  double farthest_m = 0;
  for (const PlanePoint p : points) farthest_m = std::max(farthest_m, Distance(p, at) + kStep_m / 2);
  finding.match.accuracy_radius = Meters{std::max(kLeastRadius_m, std::min(n * kStep_m / 2, farthest_m))};
  finding.match.matched = index_.road_labels[static_cast<std::size_t>(road.group)];
  AddFault(finding.match.faults, "ROAD_STRETCH");
  return finding;
}

/// A road by name or number that the words from `from` to `to` are, none of them left; -1 for none.
int RoadSearch::RoadOf(const std::vector<Word>& words, std::size_t from, std::size_t to) const {
  const std::vector<Word> own(words.begin() + static_cast<std::ptrdiff_t>(from),
                              words.begin() + static_cast<std::ptrdiff_t>(to));
  if (const auto road = FindRoad(own, 0); road && road->from == 0 && road->to == own.size())
    return road->group;
  // "väg 56/72"
  if (own.size() == 1 && from > 0 && words[from - 1].lower == "/")
    if (const auto numbered = index_.road_numbers.Find(own.front().lower); !numbered.empty())
      return numbered.front();
  const std::vector<int> groups = index_.road_names.FindAny(LowerWords(own, 0, own.size()));
  return groups.size() == 1 ? groups.front() : -1;
}

/// The road that the text says this one meets: "/ lv 272", "och Storgatan"; -1 for none. "Mellan väg 56 och
/// väg 72" says another thing.
int RoadSearch::OtherRoad(const std::vector<Word>& words, const Mention& road) const {
  constexpr std::array<std::string_view, 10> kJoins{"/", "&",     "+",      "och", "x",
                                                    "-", "möter", "korsar", "med", "ansluter"};
  const auto is_join = [&](std::size_t at) {
    return std::find(kJoins.begin(), kJoins.end(), words[at].lower) != kJoins.end();
  };
  if (road.from > 0 && words[road.from - 1].lower == "mellan") return -1;
  if (road.to < words.size() && is_join(road.to))
    for (std::size_t end = std::min(words.size(), road.to + 1 + kLongestName); end > road.to + 1; --end)
      if (const int other = RoadOf(words, road.to + 1, end); other >= 0 && other != road.group) return other;
  if (road.from > 1 && is_join(road.from - 1))
    for (std::size_t begin = road.from - 1 > kLongestName ? road.from - 1 - kLongestName : 0;
         begin + 1 < road.from; ++begin)
      if (const int other = RoadOf(words, begin, road.from - 1); other >= 0 && other != road.group)
        return other;
  return -1;
}

Finding RoadSearch::Meeting(const std::vector<Word>& words, const Mention& road) const {
  const int other = OtherRoad(words, road);
  if (other < 0) return {};
  const auto lines = [&](int group) {
    std::vector<PlaneLine> found;
    for (const int piece : index_.road_groups[static_cast<std::size_t>(group)]) {
      const std::span<const PlanePoint> line = index_.gazetteer.roads[static_cast<std::size_t>(piece)].line;
      found.emplace_back(line.begin(), line.end());
    }
    return found;
  };
  const std::vector<Crossing> crossings = CrossingsOf(lines(road.group), lines(other), kRoads);
  if (crossings.size() != 1) return {};
  const std::string a(index_.road_labels[static_cast<std::size_t>(road.group)]),
      b(index_.road_labels[static_cast<std::size_t>(other)]);
  Finding finding;
  finding.rank = Rank::kPlaced;
  finding.match.level = MatchLevel::kIntersection;
  finding.match.position = crossings.front().position;
  finding.match.accuracy_radius = Meters{std::max(kMeeting_m, crossings.front().spread_m)};
  finding.match.matched = std::min(a, b) + " / " + std::max(a, b);
  finding.name = SpanOf(words, road.from, road.to);
  return finding;
}

}  // namespace lagesbild::geo
