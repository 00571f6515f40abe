#include "geo/pile_up.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr int kLeastAtCenter = 2;

void Check(std::span<const PileUpIncident> incidents, const PileUpOptions& options) {
  if (options.min_incidents < 2 || options.min_categories < 1 || !(options.same_point.value() > 0) ||
      !(options.center_distance.value() >= 0) || !(options.min_day_share > 0 && options.min_day_share <= 1) ||
      !(options.min_reporter_share > 0 && options.min_reporter_share <= 1) || options.min_coordinates < 1 ||
      options.many_days < 1 || !(options.max_point_share > 0 && options.max_point_share <= 1))
    throw InvalidInput(
        "pile-ups need at least 2 incidents, 1 category, distances above 0 and shares of at most 1");
  for (const PileUpIncident& incident : incidents)
    if (!std::isfinite(incident.position.easting.value()) ||
        !std::isfinite(incident.position.northing.value()))
      throw InvalidInput("positions of incidents must be finite");
}

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

const AreaCenter* CenterNear(std::span<const AreaCenter> centers, PlanePoint point, Meters limit) {
  const AreaCenter* nearest = nullptr;
  for (const AreaCenter& center : centers) {
    const double distance = Distance(center.position, point);
    if (distance > limit.value()) continue;
    if (nearest == nullptr ||
        std::pair(distance, center.name) < std::pair(Distance(nearest->position, point), nearest->name))
      nearest = &center;
  }
  return nearest;
}

PileUp Summarize(const std::vector<const PileUpIncident*>& at,
                 const std::map<std::string, int>& by_reporter) {
  PileUp pile;
  pile.incidents = static_cast<int>(at.size());
  std::set<std::string> texts;
  std::map<std::string, int> reporters;
  std::set<Category> categories;
  std::set<std::chrono::sys_days> days;
  pile.position = at.front()->position;
  for (const PileUpIncident* incident : at) {
    if (!incident->place_key.empty()) texts.insert(incident->place_key);
    ++reporters[incident->reporter];
    categories.insert(incident->category);
    days.insert(incident->day);
    pile.position = std::min(pile.position, incident->position);
  }
  for (const auto& [reporter, count] : reporters)
    pile.reporter_share =
        std::max(pile.reporter_share, static_cast<double>(count) / by_reporter.at(reporter));
  pile.texts = static_cast<int>(texts.size());
  pile.reporters = static_cast<int>(reporters.size());
  pile.categories = static_cast<int>(categories.size());
  pile.days = static_cast<int>(days.size());
  return pile;
}

bool IsDefaultPoint(const PileUp& pile, bool of_few_points, const PileUpOptions& options) {
  return pile.categories >= options.min_categories &&
         pile.days >= std::min(options.min_day_share * pile.incidents, 1.0 * options.many_days) &&
         (pile.reporter_share >= options.min_reporter_share || of_few_points);
}

/// Reporters whose coordinates are of few points: a municipality's point for all that happened in it.
std::set<std::string> ReportersOfFewPoints(
    const std::map<std::pair<long long, long long>, std::vector<const PileUpIncident*>>& points,
    const PileUpOptions& options) {
  std::map<std::string, std::pair<int, int>> counts;  // incidents without text, points
  for (const auto& [square, at] : points) {
    std::set<std::string> here;
    for (const PileUpIncident* incident : at)
      if (incident->place_key.empty()) {
        ++counts[incident->reporter].first;
        here.insert(incident->reporter);
      }
    for (const std::string& reporter : here) ++counts[reporter].second;
  }
  std::set<std::string> few;
  for (const auto& [reporter, count] : counts)
    if (count.first >= options.min_coordinates && count.second <= options.max_point_share * count.first)
      few.insert(reporter);
  return few;
}

}  // namespace

std::string_view PileUpKindCode(PileUpKind kind) {
  switch (kind) {
    case PileUpKind::kDefaultPoint:
      return "default_point";
    case PileUpKind::kCentroid:
      return "centroid";
    case PileUpKind::kRepeats:
      return "repeats";
  }
  return "";
}

std::vector<PileUp> FindPileUps(std::span<const PileUpIncident> incidents,
                                std::span<const AreaCenter> centers, const PileUpOptions& options) {
  Check(incidents, options);
  const auto square = [&](double meters) {
    return static_cast<long long>(std::llround(meters / options.same_point.value()));
  };
  std::map<std::pair<long long, long long>, std::vector<const PileUpIncident*>> points;
  std::map<std::string, int> by_reporter;
  for (const PileUpIncident& incident : incidents) {
    points[{square(incident.position.easting.value()), square(incident.position.northing.value())}].push_back(
        &incident);
    ++by_reporter[incident.reporter];
  }
  const std::set<std::string> few_points = ReportersOfFewPoints(points, options);
  std::vector<PileUp> piles;
  for (const auto& [key, at] : points) {
    if (at.size() < kLeastAtCenter) continue;
    PileUp pile = Summarize(at, by_reporter);
    if (const AreaCenter* center =
            pile.texts == 0 ? CenterNear(centers, pile.position, options.center_distance) : nullptr) {
      pile.kind = PileUpKind::kCentroid;
      pile.center_name = center->name;
    } else if (pile.incidents < options.min_incidents) {
      continue;
    } else if (IsDefaultPoint(pile,
                              std::all_of(at.begin(), at.end(),
                                          [&](const PileUpIncident* incident) {
                                            return incident->place_key.empty() &&
                                                   few_points.contains(incident->reporter);
                                          }),
                              options)) {
      pile.kind = PileUpKind::kDefaultPoint;
    }
    piles.push_back(std::move(pile));
  }
  std::sort(piles.begin(), piles.end(), [](const PileUp& a, const PileUp& b) {
    const auto order = [](const PileUp& pile) {
      return std::tuple(pile.kind == PileUpKind::kRepeats, -pile.incidents, pile.position);
    };
    return order(a) < order(b);
  });
  return piles;
}

}  // namespace lagesbild::geo
