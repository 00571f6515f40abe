#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

/// A house number of a street and where it lies: the middle of its letters.
struct NumberPoint {
  using AllBytesAreValues = void;  ///< lies in a compiled index as it is
  constexpr NumberPoint() = default;
  constexpr NumberPoint(int of, PlanePoint at) : number(of), position(at) {}
  std::int32_t number = 0;
  std::int32_t reserved = 0;
  PlanePoint position;
};
static_assert(sizeof(NumberPoint) == 24);

/// Where a number that the register does not have should lie.
struct NumberEstimate {
  enum class Kind {
    kBetween,     ///< between two numbers of its side
    kBeyondEnd,   ///< just beyond the last number of its side: at that number
    kOutOfRange,  ///< too far from any number, or too few to say
  };
  Kind kind = Kind::kOutOfRange;
  PlanePoint position;
  int below = 0, above = 0;  ///< the neighbors it lies between; equal at an end
  double gap_m = 0;          ///< between the neighbors; at an end a typical distance for as many numbers
};

/// Odd and even numbers lie on either side of a street: the estimate runs straight from the next lower to the
/// next higher number of the same side, in proportion to the numbers (geocoding.md 4.6). `line` is one
/// stretch of a street by number, each once. O(log n).
NumberEstimate EstimateNumber(std::span<const NumberPoint> line, int number);

}  // namespace lagesbild::geo
