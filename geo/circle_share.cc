#include "geo/circle_share.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

/// Adds the angles in [0, 2 pi) at which the unit circle crosses the edge from a to b.
void AddCrossings(double ax, double ay, double bx, double by, std::vector<double>& angles) {
  const double ex = bx - ax, ey = by - ay;
  const double length2 = ex * ex + ey * ey;
  const double along = ax * ex + ay * ey;
  const double discriminant = along * along - length2 * (ax * ax + ay * ay - 1);
  if (!(discriminant > 0)) return;
  const double root = std::sqrt(discriminant);
  for (const double t : {(-along - root) / length2, (-along + root) / length2}) {
    if (t < 0 || t > 1) continue;
    const double angle = std::atan2(ay + t * ey, ax + t * ex);
    angles.push_back(angle < 0 ? angle + kTurn : angle);
  }
}

}  // namespace

double CircleShare(PlanePoint center, Meters radius, const StudyArea& area) {
  const double r = radius.value(), x = center.easting.value(), y = center.northing.value();
  if (!(r > 0) || !std::isfinite(r))
    throw InvalidInput("the circle's radius must be a positive finite number of meters, was " +
                       std::to_string(r));
  if (!std::isfinite(x) || !std::isfinite(y)) throw InvalidInput("the circle's center must be finite");
  std::vector<StudyArea::Edge> edges;
  area.EdgesNear(center, radius, edges);
  std::vector<double> angles;
  for (const StudyArea::Edge& edge : edges)
    AddCrossings((edge.x0 - x) / r, (edge.y0 - y) / r, (edge.x1 - x) / r, (edge.y1 - y) / r, angles);
  const auto inside = [&](double angle) {
    return area.contains({Meters{x + r * std::cos(angle)}, Meters{y + r * std::sin(angle)}});
  };
  if (angles.empty()) return inside(0) ? 1 : 0;
  std::sort(angles.begin(), angles.end());
  double within = 0;
  for (std::size_t i = 0; i < angles.size(); ++i) {
    const double from = angles[i], to = i + 1 < angles.size() ? angles[i + 1] : angles[0] + kTurn;
    if (to > from && inside((from + to) / 2)) within += to - from;
  }
  return std::min(1.0, within / kTurn);
}

}  // namespace lagesbild::geo
