#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/lattice.h"

namespace lagesbild::geo {

/// Parts of MakeLattice: the squares of one place.

inline constexpr int kLargestSquareM = 8000;
inline constexpr int kSmallestSquareM = 250;

/// A square aligned with SCB's: corners at multiples of its size.
struct LatticeSquare {
  int size_m = kLargestSquareM;
  std::int64_t column = 0, row = 0;
  friend auto operator<=>(const LatticeSquare&, const LatticeSquare&) = default;
};
LatticeSquare SquareOf(PlanePoint point, int size_m);
/// "500mN6648500E617000".
std::string SquareCode(const LatticeSquare& square);
/// The square as a polygon.
MultiPolygon SquarePolygon(const LatticeSquare& square);
/// Squared distance from the point to the square, 0 inside, m².
double SquaredDistance(PlanePoint point, const LatticeSquare& square);

/// Dwellings and persons at one position.
struct LatticeUnit {
  PlanePoint position;
  int dwellings = 0, persons = 0;
};

struct LatticeNode {
  LatticeSquare square;  ///< what it was made from
  bool coarse_leaf = false;
  int dwellings = 0, persons = 0;
  MultiPolygon geometry;
  std::vector<LatticeNode> children;   ///< none or at least two
  std::vector<LatticeSquare> squares;  ///< without children: all of its squares, in order
  std::vector<LatticeUnit> units;      ///< without children: who lives in it
};

/// The partition of one place into squares: one node, or several at the coarse level, each perhaps divided
/// further at the fine level. `units` is everyone of the place; its sum satisfies `coarse`.
std::vector<LatticeNode> DividePlace(const MultiPolygon& place, const std::vector<LatticeUnit>& units,
                                     LatticeThresholds coarse, LatticeThresholds fine);

}  // namespace lagesbild::geo
