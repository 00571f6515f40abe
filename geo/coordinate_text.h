#pragma once

#include <optional>
#include <string_view>

#include "geo/units.h"

namespace lagesbild::geo {

/// Two coordinates as a text gives them, in its order; nothing is known yet of axes or system but what it
/// says.
struct CoordinatePair {
  double first = 0, second = 0;
  double step_first = 1, step_second = 1;  ///< the smallest step that the digits can express
  bool degrees = false;                    ///< written in degrees, or too small for anything else
  /// What letters beside them say: 'N' or 'E' of the first; 0 = nothing.
  char first_axis = 0;
  std::optional<Epsg> declared;  ///< "SWEREF 99 16 30", "RT 90", "WGS 84"
};

/// Reads a text that is a pair of coordinates and nothing else but labels: "6645981, 604054", "6 645 981 604
/// 054", "N 59,9381 E 16,8622", "59°56'17.2\"N 16°51'44\"E", "59 56.286 N 16 51.732 E", "RT 90: 6647017
/// 1559093". Decimal comma or point. Expects CleanText. Empty for anything else: a single number, words.
/// O(length).
std::optional<CoordinatePair> ReadCoordinateText(std::string_view clean);

}  // namespace lagesbild::geo
