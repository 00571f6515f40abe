// Share of a kernel's mass inside a polygon, in closed form.
//
// With the boundary oriented so that the area lies to its left, the mass inside W around u is
//   e(u) = sum over edges of the signed integral of F(d / cos phi) d phi,   F(t) = integral from 0 to t of
//   k(r) r dr,
// d the distance from u to the edge's line and phi the angle from the perpendicular. F tends to 1/(2 pi), so
// e(u) is the winding number of the boundary around u minus the integrals of G = 1/(2 pi) - F, which vanish
// beyond the kernel's reach: only edges within it are visited, and a location further inside gets exactly 1.
#include <boost/math/special_functions/owens_t.hpp>
#include <cmath>
#include <numbers>

#include "geo/errors.h"
#include "geo/kernel.h"

namespace lagesbild::geo {
namespace {

constexpr double kPi = std::numbers::pi;
// Owen's T(h, a) is below exp(-h²/2) / 4: edges this many standard deviations away add less than 1e-17.
constexpr double kGaussianEdgeReachSd = 8.8;
// Not in long double, which takes four times as long for digits that no factor keeps.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Integrals over phi of q², q⁴, q⁶, q⁸ along an edge from its perpendicular's foot to s, at distance d; unit
/// bandwidth. q² = d² + s² and d phi = d / q² ds.
struct PowerIntegrals {
  double q2, q4, q6, q8;
};

PowerIntegrals IntegratePowers(double d, double s) {
  const double d2 = d * d, s2 = s * s;
  return {.q2 = d * s,
          .q4 = d * s * (d2 + s2 / 3),
          .q6 = d * s * (d2 * d2 + d2 * s2 * 2 / 3 + s2 * s2 / 5),
          .q8 = d * s * (d2 * d2 * d2 + d2 * d2 * s2 + d2 * s2 * s2 * 3 / 5 + s2 * s2 * s2 / 7)};
}

double IntegrateCube(double d, double s) {
  return d * (s * std::hypot(d, s) + d * d * std::asinh(s / d)) / 2;
}

/// Integral of F over phi from the foot of the perpendicular to s; |s| within the support; unit bandwidth.
double IntegrateMass(Kernel kernel, double d, double s) {
  const PowerIntegrals i = IntegratePowers(d, s);
  switch (kernel) {
    case Kernel::kUniform:
      return i.q2 / (2 * kPi);
    case Kernel::kEpanechnikov:
      return (i.q2 - i.q4 / 2) / kPi;
    case Kernel::kQuartic:
      return 3 / kPi * (i.q2 / 2 - i.q4 / 2 + i.q6 / 6);
    case Kernel::kTriweight:
      return 4 / kPi * (i.q2 / 2 - i.q4 * 3 / 4 + i.q6 / 2 - i.q8 / 8);
    case Kernel::kTriangular:
      return 3 / kPi * (i.q2 / 2 - IntegrateCube(d, s) / 3);
    case Kernel::kGaussian:
      break;  // not polynomial: see MissingMass
  }
  throw InvalidInput("unknown kernel");
}

/// Integral of G = 1/(2 pi) - F over phi from the foot to s; d > 0.
double MissingMass(Kernel kernel, double d, double s) {
  if (kernel == Kernel::kGaussian) return boost::math::owens_t(d, s / d, InDouble());
  if (d >= 1) return 0;
  const double rim = std::sqrt((1 - d) * (1 + d));
  const double inside = s > rim ? rim : s < -rim ? -rim : s;
  return std::atan2(inside, d) / (2 * kPi) - IntegrateMass(kernel, d, inside);
}

/// Signed mass that the kernel around u = (0, 0) loses beyond the edge from a to b; all in units of the
/// bandwidth. An edge whose line passes within `on_line` spans no angle.
double MassBeyondEdge(Kernel kernel, double ax, double ay, double bx, double by, double on_line) {
  const double ex = bx - ax, ey = by - ay;
  const double length = std::hypot(ex, ey);
  const double signed_distance = (ax * by - ay * bx) / length;
  const double d = std::abs(signed_distance);
  if (!(d > on_line)) return 0;
  const double from = (ax * ex + ay * ey) / length;
  const double to = from + length;
  const double lost = MissingMass(kernel, d, to) - MissingMass(kernel, d, from);
  return signed_distance > 0 ? lost : -lost;
}

/// For a location on the boundary: the share of the directions that lead inside.
double BoundaryWinding(PlanePoint location, const StudyArea& area, std::vector<StudyArea::Edge>& edges) {
  area.EdgesNear(location, Meters{HUGE_VAL}, edges);
  const double x = location.easting.value(), y = location.northing.value();
  double angle = 0;
  for (const StudyArea::Edge& edge : edges) {
    const double ax = edge.x0 - x, ay = edge.y0 - y, bx = edge.x1 - x, by = edge.y1 - y;
    const double cross = ax * by - ay * bx;
    // Rounding must not turn an edge through the location into half a turn.
    if (std::abs(cross) <= area.boundary_tolerance().value() * std::hypot(bx - ax, by - ay)) continue;
    angle += std::atan2(cross, ax * bx + ay * by);
  }
  return angle / (2 * kPi);
}

}  // namespace

Meters EdgeReach(Kernel kernel, Meters bandwidth) {
  return kernel == Kernel::kGaussian ? Meters{kGaussianEdgeReachSd * bandwidth.value()} : bandwidth;
}

double EdgeFactor(PlanePoint location, const StudyArea& area, Kernel kernel, Meters bandwidth) {
  const KernelFunction function(kernel, bandwidth);
  const double x = location.easting.value(), y = location.northing.value();
  if (!std::isfinite(x) || !std::isfinite(y)) throw InvalidInput("the location's coordinates must be finite");
  std::vector<StudyArea::Edge> edges;
  const bool on_boundary = area.distance_to_boundary(location) <= area.boundary_tolerance();
  const double winding =
      on_boundary ? BoundaryWinding(location, area, edges) : (area.contains(location) ? 1.0 : 0.0);
  const double scale = function.scale_m();
  area.EdgesNear(location, EdgeReach(kernel, bandwidth), edges);
  const double on_line = on_boundary ? area.boundary_tolerance().value() / scale : 0;
  double beyond = 0;
  for (const StudyArea::Edge& edge : edges)
    beyond += MassBeyondEdge(kernel, (edge.x0 - x) / scale, (edge.y0 - y) / scale, (edge.x1 - x) / scale,
                             (edge.y1 - y) / scale, on_line);
  return winding - beyond;
}

}  // namespace lagesbild::geo
