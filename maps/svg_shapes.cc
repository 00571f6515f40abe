#include "maps/svg_shapes.h"

#include <cmath>
#include <cstdlib>

namespace lagesbild::maps {
namespace {

std::string Opacity(const char* name, Color color) {
  if (color.alpha == 255) return {};
  const int percent = (color.alpha * 100 + 127) / 255;
  return std::string(" ") + name + "=\"" + std::to_string(percent) + "%\"";
}

int Hundredths(double millimeters) { return static_cast<int>(std::lround(millimeters * 100)); }

std::string PatternId(const SymbolClass& symbol, const std::string& id) {
  return id + "-h" + std::to_string(symbol.value);
}

}  // namespace

std::string SvgRing(const std::vector<SvgPoint>& points) {
  constexpr int kNear = 3;
  std::string path;
  SvgPoint last;
  int count = 0;
  for (const SvgPoint& point : points) {
    const int dx = point.x - last.x, dy = point.y - last.y;
    if (count > 0 && std::abs(dx) < kNear && std::abs(dy) < kNear) continue;
    if (count == 0)
      path = "M" + std::to_string(point.x) + " " + std::to_string(point.y);
    else if (dy == 0)
      path += "h" + std::to_string(dx);
    else if (dx == 0)
      path += "v" + std::to_string(dy);
    else
      path += "l" + std::to_string(dx) + " " + std::to_string(dy);
    last = point;
    ++count;
  }
  return count < 3 ? std::string() : path + "z";
}

std::string SvgPaint(const SymbolClass& symbol, const std::string& id) {
  std::string text = " fill=\"none\"";
  if (symbol.pattern == FillPattern::kHatched)
    text = " fill=\"url(#" + PatternId(symbol, id) + ")\"";
  else if (symbol.pattern == FillPattern::kSolid && symbol.fill.alpha > 0)
    text = " fill=\"" + HexColor(symbol.fill) + "\"" + Opacity("fill-opacity", symbol.fill);
  if (symbol.outline_mm <= 0 || symbol.outline.alpha == 0) return text;
  return text + " stroke=\"" + HexColor(symbol.outline) + "\"" + Opacity("stroke-opacity", symbol.outline) +
         " stroke-width=\"" + std::to_string(Hundredths(symbol.outline_mm)) + "\" stroke-linejoin=\"round\"" +
         (symbol.dashed ? " stroke-dasharray=\"60 40\"" : "");
}

std::string SvgPattern(const SymbolClass& symbol, const std::string& id) {
  if (symbol.pattern != FillPattern::kHatched) return {};
  return "<pattern id=\"" + PatternId(symbol, id) +
         "\" patternUnits=\"userSpaceOnUse\" width=\"60\" height=\"60\" "
         "patternTransform=\"rotate(45)\"><path "
         "d=\"M0 0h60v60h-60z\" fill=\"#ffffff\"/><path d=\"M0 0v60\" stroke=\"" +
         HexColor(symbol.fill) + "\" stroke-width=\"44\"/></pattern>";
}

std::string SvgSymbol(SvgPoint center, const SymbolClass& symbol, const std::string& id, bool ring) {
  const int size = Hundredths(symbol.marker_mm), half = size / 2;
  if (!ring) {
    const std::string side = std::to_string(size);
    return "<path d=\"M" + std::to_string(center.x - half) + " " + std::to_string(center.y - half) + "h" +
           side + "v" + side + "h-" + side + "z\"" + SvgPaint(symbol, id) + "/>\n";
  }
  const std::string circle = "<circle cx=\"" + std::to_string(center.x) + "\" cy=\"" +
                             std::to_string(center.y) + "\" r=\"" + std::to_string(half) +
                             "\" fill=\"none\" stroke=\"";
  const int width = Hundredths(symbol.outline_mm);
  return circle + "#ffffff\" stroke-width=\"" + std::to_string(width + 45) + "\"/>" + circle +
         HexColor(symbol.outline) + "\" stroke-width=\"" + std::to_string(width) + "\"/>\n";
}

}  // namespace lagesbild::maps
