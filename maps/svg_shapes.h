#pragma once

#include <string>
#include <vector>

#include "maps/layer.h"

namespace lagesbild::maps {

/// Whole hundredths of a millimeter on paper, y downward.
struct SvgPoint {
  int x = 0, y = 0;
  friend bool operator==(SvgPoint, SvgPoint) = default;
};

/// Path commands of one closed ring; points nearer than 0.03 mm to the one before are left out. Empty when
/// fewer than three remain.
std::string SvgRing(const std::vector<SvgPoint>& points);

/// Attributes fill and stroke of a class, with a leading space. A hatched class refers to SvgPattern.
std::string SvgPaint(const SymbolClass& symbol, const std::string& id);

/// The hatching of a class, for <defs>; empty when the class is not hatched.
std::string SvgPattern(const SymbolClass& symbol, const std::string& id);

/// A square or a ring of the class's `marker_mm` around `center`. A ring has a white line on either side, so
/// that it stands out from any color.
std::string SvgSymbol(SvgPoint center, const SymbolClass& symbol, const std::string& id, bool ring);

}  // namespace lagesbild::maps
