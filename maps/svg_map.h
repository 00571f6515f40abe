#pragma once

#include <string>
#include <vector>

#include "geo/polygon.h"
#include "maps/layer.h"

namespace lagesbild::maps {

/// An area in the color of its class. Inside is what an odd number of rings surrounds, so that outer rings
/// and holes may come in any order and orientation.
struct SvgArea {
  int code = 0;  ///< SymbolClass::value
  std::vector<geo::Ring> rings;
};

/// A symbol of fixed size, larger than what it stands for.
struct SvgMark {
  geo::PlanePoint position;
  int code = 0;  ///< SymbolClass::value; its marker_mm is the side of a square or the diameter of a ring
  bool ring = false;
  std::string text;  ///< stands beside a ring: its number in the list
};

/// A name beside a point; left out where it would cover a mark or another name.
struct SvgLabel {
  geo::PlanePoint position;
  std::string text;
};

/// A small map as a value: polygons and symbols of classes, whatever the classes mean. Density in classes,
/// released areas, single cells and suppressed areas are drawn alike.
struct SvgMap {
  std::string id;                  ///< ASCII letters, digits and '-'; unique in its page
  std::string title, description;  ///< for those who do not see it
  geo::PlanePoint south_west, north_east;
  double width_mm = 43;
  std::vector<SymbolClass> classes;  ///< of every code below
  std::vector<SvgArea> areas;        ///< painted in this order
  std::vector<SvgMark> marks;        ///< above all areas
  std::vector<SvgLabel> labels;      ///< the first ones win the room
};

/// The rings of all polygons.
std::vector<geo::Ring> RingsOf(const geo::MultiPolygon& polygons);

/// An <svg> element of its own, cut at the extent, with scale bar and north arrow below the map. Coordinates
/// are whole hundredths of a millimeter, so that the text depends on no locale. Refers to nothing outside
/// itself. Throws geo::InvalidInput when a code has no class or the extent is empty.
std::string SvgText(const SvgMap& map);

/// A sample of one class for a legend, 6 x 4 mm; `id` as in SvgMap.
std::string SvgSwatch(const SymbolClass& symbol, const std::string& id, bool ring = false);

}  // namespace lagesbild::maps
