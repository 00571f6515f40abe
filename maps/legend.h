#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/hotspot_test.h"
#include "geo/kernel_density.h"

namespace lagesbild::maps {

struct Color {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
  friend bool operator==(Color, Color) = default;
};
std::string HexColor(Color color);   ///< "#b30000"
std::string RgbaColor(Color color);  ///< "179,0,0,255", as QGIS writes it

/// One class of density: values over the previous class's `upper`, up to and including `upper`.
struct DensityClass {
  double upper = 0;  ///< +infinity for the last
  Color color;       ///< alpha 0 = not drawn
  std::string label_sv;
};

/// How one cell of the hotspot map is drawn. Codes are never reused for another meaning.
enum class LegendCode : int {
  kNotSignificant = 0,  ///< incidents in the cell, not more than chance may give
  kHot90 = 1,
  kHot95 = 2,
  kHot99 = 3,
  kTooFew = 10,  ///< incidents in the cell, the layer has too few to be tested
  kNobodyLives =
      12,  ///< incidents in the cell, nobody of the group lives in it or next to it: no test possible
  kNoIncidents = 100,  ///< inhabited by the group, nothing reported, not hot
  kNote = 900,         ///< no cell: a line of text in the legend
};

struct HotspotClass {
  LegendCode code = LegendCode::kNotSignificant;
  std::string label_sv;
  Color fill, outline;
  double outline_mm = 0.1;
  bool hatched = false;
};

/// Class breaks and colors of a series. The same for every age group and quarter: a value has one color.
struct Legend {
  int version = 0;
  std::string unit_sv;
  double lone_incident_peak = 0;      ///< per km²: what one incident alone gives at its own place
  std::vector<DensityClass> density;  ///< ascending; the first is not drawn
  std::vector<HotspotClass> hotspots;
};

/// Breaks are 0.1, 1, 2, 4 and 8 times the density that one lone incident gives at its own place, rounded up
/// to one digit: the first drawn class never shows more than one incident's own trace (away from the border,
/// where edge correction raises it). Depends on nothing but kernel, bandwidth and levels. Colors: ColorBrewer
/// OrRd for density and Purples for tested cells, so that a description is not taken for a finding.
Legend MakeLegend(geo::Kernel kernel, geo::Meters bandwidth, const geo::HotspotTestOptions& test);

/// Density at the place of one incident far from the border, per km².
double LoneIncidentPeak(geo::Kernel kernel, geo::Meters bandwidth);

}  // namespace lagesbild::maps
