#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace lagesbild::tools::demo {

/// A position in SWEREF 99 TM (EPSG:3006), meters.
struct Xy {
  double e = 0, n = 0;
};
using Outline = std::vector<Xy>;  ///< closed ring without the repeated last point

inline double Distance(Xy a, Xy b) { return std::hypot(a.e - b.e, a.n - b.n); }

/// As a register gives positions: whole centimeters.
inline Xy Rounded(Xy p) { return {std::round(p.e * 100) / 100, std::round(p.n * 100) / 100}; }

inline bool Inside(const Outline& ring, Xy p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Xy a = ring[i], b = ring[j];
    if ((a.n > p.n) != (b.n > p.n) && p.e < (b.e - a.e) * (p.n - a.n) / (b.n - a.n) + a.e) inside = !inside;
  }
  return inside;
}

inline double DistanceToOutline(const Outline& ring, Xy p) {
  double nearest = INFINITY;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Xy a = ring[j], b = ring[i];
    const double de = b.e - a.e, dn = b.n - a.n;
    double t = ((p.e - a.e) * de + (p.n - a.n) * dn) / (de * de + dn * dn);
    t = t < 0 ? 0 : (t > 1 ? 1 : t);
    nearest = std::fmin(nearest, Distance(p, {a.e + t * de, a.n + t * dn}));
  }
  return nearest;
}

/// Square meters.
inline double Area(const Outline& ring) {
  double twice = 0;
  const Xy o = ring.front();
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
    twice += (ring[j].e - o.e) * (ring[i].n - o.n) - (ring[i].e - o.e) * (ring[j].n - o.n);
  return std::abs(twice) / 2;
}

}  // namespace lagesbild::tools::demo
