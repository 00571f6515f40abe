#include "maps/svg_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include "geo/errors.h"
#include "maps/markup.h"
#include "maps/svg_shapes.h"

namespace lagesbild::maps {
namespace {

constexpr int kFooter = 520;    ///< strip below the map, in hundredths of a millimeter
constexpr int kFontSize = 235;  ///< names
constexpr int kRingFontSize = 300;

/// From meters to the drawing: x to the right, y downward, whole hundredths of a millimeter.
class Frame {
 public:
  explicit Frame(const SvgMap& map)
      : west_(map.south_west.easting.value()), north_(map.north_east.northing.value()) {
    const double width_m = map.north_east.easting.value() - west_;
    const double height_m = north_ - map.south_west.northing.value();
    if (!(width_m > 0) || !(height_m > 0) || !(map.width_mm > 0))
      throw geo::InvalidInput("a map needs an extent and a width above 0");
    units_per_meter_ = map.width_mm * 100 / width_m;
    width_ = static_cast<int>(std::lround(map.width_mm * 100));
    height_ = static_cast<int>(std::lround(height_m * units_per_meter_));
  }
  SvgPoint Place(geo::PlanePoint point) const {
    return {static_cast<int>(std::lround((point.easting.value() - west_) * units_per_meter_)),
            static_cast<int>(std::lround((north_ - point.northing.value()) * units_per_meter_))};
  }
  int Length(double meters) const { return static_cast<int>(std::lround(meters * units_per_meter_)); }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  double west_, north_, units_per_meter_ = 0;
  int width_ = 0, height_ = 0;
};

const SymbolClass& ClassOf(const SvgMap& map, int code) {
  const auto found = std::find_if(map.classes.begin(), map.classes.end(),
                                  [&](const SymbolClass& symbol) { return symbol.value == code; });
  if (found == map.classes.end())
    throw geo::InvalidInput("a map draws the code " + std::to_string(code) + ", which has no class");
  return *found;
}

/// Whether any of it lies in the drawing.
bool Touches(const std::vector<SvgPoint>& points, const Frame& frame) {
  const auto x = std::minmax_element(points.begin(), points.end(), [](auto a, auto b) { return a.x < b.x; });
  const auto y = std::minmax_element(points.begin(), points.end(), [](auto a, auto b) { return a.y < b.y; });
  return !points.empty() && x.second->x >= 0 && x.first->x <= frame.width() && y.second->y >= 0 &&
         y.first->y <= frame.height();
}

std::string Areas(const SvgMap& map, const Frame& frame) {
  std::string text;
  for (const SvgArea& area : map.areas) {
    std::string path;
    for (const geo::Ring& ring : area.rings) {
      std::vector<SvgPoint> points;
      for (const geo::PlanePoint& point : ring) points.push_back(frame.Place(point));
      if (Touches(points, frame)) path += SvgRing(points);
    }
    if (path.empty()) continue;
    const SymbolClass& symbol = ClassOf(map, area.code);
    text += "<path d=\"" + path + "\" fill-rule=\"evenodd\"" + SvgPaint(symbol, map.id) + "/>\n";
  }
  return text;
}

std::string Text(SvgPoint at, int size, const char* anchor, bool bold, const std::string& text) {
  return "<text x=\"" + std::to_string(at.x) + "\" y=\"" + std::to_string(at.y) + "\" font-size=\"" +
         std::to_string(size) + "\" text-anchor=\"" + anchor + "\"" + (bold ? " font-weight=\"bold\"" : "") +
         " fill=\"#1a1a1a\" stroke=\"#ffffff\" stroke-width=\"55\" stroke-linejoin=\"round\" "
         "paint-order=\"stroke\">" +
         XmlText(text) + "</text>\n";
}

struct Box {
  int left, top, right, bottom;
  bool Meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

/// Letters in the text, for an estimate of its width.
int Letters(const std::string& text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

struct PlacedText {
  Box box;
  SvgPoint at;
  const char* anchor;
};

/// Where a text may stand around a point: right, left, above, below.
std::array<PlacedText, 4> Positions(SvgPoint point, int gap, int size, int letters) {
  const int width = letters * size * 58 / 100, rise = size * 75 / 100, drop = size / 4;
  const int middle = point.y + size * 3 / 10, above = point.y - gap, below = point.y + gap + rise;
  return {
      {{{point.x + gap, middle - rise, point.x + gap + width, middle + drop},
        {point.x + gap, middle},
        "start"},
       {{point.x - gap - width, middle - rise, point.x - gap, middle + drop}, {point.x - gap, middle}, "end"},
       {{point.x - width / 2, above - rise, point.x + width / 2, above + drop}, {point.x, above}, "middle"},
       {{point.x - width / 2, below - rise, point.x + width / 2, below + drop}, {point.x, below}, "middle"}}};
}

/// Texts that keep clear of each other and of the edge.
class Texts {
 public:
  explicit Texts(const Frame& frame) : room_{0, 0, frame.width(), frame.height()} {}
  void Occupy(const Box& box) { taken_.push_back(box); }
  /// Drawn at the first free position; when none is free, at the first one inside, or not at all.
  std::string Add(SvgPoint point, int gap, int size, bool bold, bool must, const std::string& text) {
    std::optional<PlacedText> inside;
    for (const int distance : {gap, 3 * gap})
      for (const PlacedText& position : Positions(point, distance, size, Letters(text))) {
        if (position.box.left < room_.left || position.box.right > room_.right ||
            position.box.top < room_.top || position.box.bottom > room_.bottom)
          continue;
        if (!inside) inside = position;
        if (std::none_of(taken_.begin(), taken_.end(),
                         [&](const Box& box) { return box.Meets(position.box); }))
          return Draw(position, size, bold, text);
      }
    return must && inside ? Draw(*inside, size, bold, text) : std::string();
  }

 private:
  std::string Draw(const PlacedText& position, int size, bool bold, const std::string& text) {
    taken_.push_back(position.box);
    return Text(position.at, size, position.anchor, bold, text);
  }
  Box room_;
  std::vector<Box> taken_;
};

std::string MarksAndLabels(const SvgMap& map, const Frame& frame) {
  std::string symbols, texts;
  Texts room(frame);
  for (const SvgMark& mark : map.marks) {
    const SymbolClass& symbol = ClassOf(map, mark.code);
    const SvgPoint center = frame.Place(mark.position);
    const int half = static_cast<int>(std::lround(symbol.marker_mm * 50));
    room.Occupy({center.x - half, center.y - half, center.x + half, center.y + half});
    symbols += SvgSymbol(center, symbol, map.id, mark.ring);
  }
  for (const SvgMark& mark : map.marks)
    if (!mark.text.empty()) {
      const int half = static_cast<int>(std::lround(ClassOf(map, mark.code).marker_mm * 50));
      texts += room.Add(frame.Place(mark.position), half + 40, kRingFontSize, true, true, mark.text);
    }
  for (const SvgLabel& label : map.labels)
    texts += room.Add(frame.Place(label.position), 60, kFontSize, false, false, label.text);
  return symbols + texts;
}

/// The longest of 1, 2, 5, 10, ... that takes at most a third of the map's width.
double ScaleBarMeters(const SvgMap& map) {
  const double third = (map.north_east.easting.value() - map.south_west.easting.value()) / 3;
  const double power = std::pow(10.0, std::floor(std::log10(third)));
  return third >= 5 * power ? 5 * power : third >= 2 * power ? 2 * power : power;
}

std::string ScaleAndNorth(const SvgMap& map, const Frame& frame) {
  const double meters = ScaleBarMeters(map);
  const std::string label =
      meters >= 1000 ? SwedishNumber(meters / 1000) + " km" : SwedishNumber(meters) + " m";
  const int left = 60, y = frame.height() + 330, right = left + frame.Length(meters);
  const std::string line =
      "M" + std::to_string(left) + " " + std::to_string(y - 70) + "v70H" + std::to_string(right) + "v-70";
  const int x = frame.width() - 180, top = frame.height() + 60;
  const std::string arrow =
      "M" + std::to_string(x) + " " + std::to_string(top) + "l110 340l-110 -90l-110 90z";
  return "<path d=\"" + line + "\" fill=\"none\" stroke=\"#1a1a1a\" stroke-width=\"20\"/>\n" +
         Text({right + 70, y}, kFontSize, "start", false, label) + "<path d=\"" + arrow +
         "\" fill=\"#1a1a1a\"/>\n" + Text({x - 170, y}, kFontSize, "end", false, "N");
}

}  // namespace

std::vector<geo::Ring> RingsOf(const geo::MultiPolygon& polygons) {
  std::vector<geo::Ring> rings;
  for (const geo::Polygon& polygon : polygons) {
    rings.push_back(polygon.outer);
    rings.insert(rings.end(), polygon.holes.begin(), polygon.holes.end());
  }
  return rings;
}

std::string SvgText(const SvgMap& map) {
  const Frame frame(map);
  std::string patterns;
  for (const SymbolClass& symbol : map.classes) patterns += SvgPattern(symbol, map.id);
  const std::string title_id = map.id + "-title", description_id = map.id + "-desc";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"" + title_id + " " +
         description_id + "\" viewBox=\"0 0 " + std::to_string(frame.width()) + " " +
         std::to_string(frame.height() + kFooter) + "\">\n<title id=\"" + title_id + "\">" +
         XmlText(map.title) + "</title>\n<desc id=\"" + description_id + "\">" + XmlText(map.description) +
         "</desc>\n" + (patterns.empty() ? "" : "<defs>" + patterns + "</defs>\n") + Areas(map, frame) +
         MarksAndLabels(map, frame) + ScaleAndNorth(map, frame) + "</svg>\n";
}

std::string SvgSwatch(const SymbolClass& symbol, const std::string& id, bool ring) {
  const std::string pattern = SvgPattern(symbol, id);
  const bool mark = ring || symbol.pattern == FillPattern::kHatched;
  const std::string sample = mark && ring ? SvgSymbol({300, 200}, symbol, id, true)
                                          : "<path d=\"M40 40h520v320h-520z\"" + SvgPaint(symbol, id) + "/>";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" class=\"prov\" viewBox=\"0 0 600 "
         "400\">" +
         (pattern.empty() ? "" : "<defs>" + pattern + "</defs>") + sample + "</svg>";
}

}  // namespace lagesbild::maps
