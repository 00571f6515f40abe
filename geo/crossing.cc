#include "geo/crossing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace lagesbild::geo {
namespace {

struct Piece {
  double x1, y1, x2, y2;
  double low_x, high_x, low_y, high_y;
};

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

void AddPieces(const PlaneLine& line, const CrossingRule& rule, std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    Piece p{line[i].easting.value(),
            line[i].northing.value(),
            line[i + 1].easting.value(),
            line[i + 1].northing.value(),
            0,
            0,
            0,
            0};
    const double length_m = std::hypot(p.x2 - p.x1, p.y2 - p.y1);
    if (length_m > rule.longest_m || length_m == 0) continue;
    const double dx = (p.x2 - p.x1) / length_m * rule.extend_m, dy = (p.y2 - p.y1) / length_m * rule.extend_m;
    if (i == 0) {
      p.x1 -= dx;
      p.y1 -= dy;
    }
    if (i + 2 == line.size()) {
      p.x2 += dx;
      p.y2 += dy;
    }
    p.low_x = std::min(p.x1, p.x2);
    p.high_x = std::max(p.x1, p.x2);
    p.low_y = std::min(p.y1, p.y2);
    p.high_y = std::max(p.y1, p.y2);
    pieces.push_back(p);
  }
}

std::optional<PlanePoint> Meet(const Piece& a, const Piece& b) {
  if (a.low_x > b.high_x || b.low_x > a.high_x || a.low_y > b.high_y || b.low_y > a.high_y)
    return std::nullopt;
  const double ax = a.x2 - a.x1, ay = a.y2 - a.y1, bx = b.x2 - b.x1, by = b.y2 - b.y1;
  const double cross = ax * by - ay * bx;
  if (cross == 0) return std::nullopt;
  const double t = ((b.x1 - a.x1) * by - (b.y1 - a.y1) * bx) / cross;
  const double u = ((b.x1 - a.x1) * ay - (b.y1 - a.y1) * ax) / cross;
  if (t < 0 || t > 1 || u < 0 || u > 1) return std::nullopt;
  return PlanePoint{Meters{a.x1 + t * ax}, Meters{a.y1 + t * ay}};
}

std::vector<PlanePoint> NearestVertices(std::span<const PlaneLine> a, std::span<const PlaneLine> b,
                                        double near_m) {
  double nearest_m = std::numeric_limits<double>::infinity();
  for (const PlaneLine& la : a)
    for (const PlanePoint p : la)
      for (const PlaneLine& lb : b)
        for (const PlanePoint q : lb) nearest_m = std::min(nearest_m, Distance(p, q));
  std::vector<PlanePoint> found;
  if (nearest_m > near_m) return found;
  for (const PlaneLine& la : a)
    for (const PlanePoint p : la)
      for (const PlaneLine& lb : b)
        for (const PlanePoint q : lb)
          if (Distance(p, q) <= nearest_m + 1)
            found.push_back({Meters{(p.easting.value() + q.easting.value()) / 2},
                             Meters{(p.northing.value() + q.northing.value()) / 2}});
  return found;
}

/// Chains of points no further from one of the chain than `together_m`, each as its middle.
std::vector<Crossing> Clustered(std::vector<PlanePoint> points, double together_m) {
  std::vector<Crossing> clusters;
  std::sort(points.begin(), points.end());
  std::vector<bool> used(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (used[i]) continue;
    std::vector<std::size_t> chain{i};
    used[i] = true;
    for (std::size_t k = 0; k < chain.size(); ++k)
      for (std::size_t j = 0; j < points.size(); ++j)
        if (!used[j] && Distance(points[chain[k]], points[j]) <= together_m) {
          used[j] = true;
          chain.push_back(j);
        }
    double east = 0, north = 0;
    for (const std::size_t k : chain) {
      east += points[k].easting.value();
      north += points[k].northing.value();
    }
    const auto n = static_cast<double>(chain.size());
    Crossing crossing{{Meters{east / n}, Meters{north / n}}, 0};
    for (const std::size_t k : chain)
      crossing.spread_m = std::max(crossing.spread_m, Distance(points[k], crossing.position));
    clusters.push_back(crossing);
  }
  return clusters;
}

}  // namespace

std::vector<Crossing> CrossingsOf(std::span<const PlaneLine> a, std::span<const PlaneLine> b,
                                  const CrossingRule& rule) {
  std::vector<Piece> of_a, of_b;
  for (const PlaneLine& line : a) AddPieces(line, rule, of_a);
  for (const PlaneLine& line : b) AddPieces(line, rule, of_b);
  std::vector<PlanePoint> points;
  constexpr std::size_t kMostPoints = 500;
  for (const Piece& pa : of_a)
    for (const Piece& pb : of_b)
      if (const auto at = Meet(pa, pb); at && points.size() < kMostPoints) points.push_back(*at);
  if (points.empty()) points = NearestVertices(a, b, rule.near_m);
  if (points.size() > kMostPoints) points.resize(kMostPoints);
  return Clustered(std::move(points), rule.together_m);
}

}  // namespace lagesbild::geo
