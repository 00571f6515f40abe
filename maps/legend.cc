#include "maps/legend.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>

#include "maps/markup.h"

namespace lagesbild::maps {
namespace {

// 1: first series. A change of breaks, colors or codes raises this number and is announced.
constexpr int kLegendVersion = 1;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The smallest number with one significant digit that is not under the value.
double RoundedUp(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  const double digit = std::ceil(value / power - 1e-9);
  // 7 * 0.1 is not 0.7 in binary: a break is what its label says.
  return power < 1 ? digit / std::round(1 / power) : digit * power;
}

std::vector<DensityClass> DensityClasses(double unit) {
  const auto text = [](double value) { return SwedishNumber(value); };
  const double lowest = unit / 10;
  return {
      {lowest, {255, 255, 255, 0}, "högst " + text(lowest) + ": ritas inte"},
      {unit,
       {254, 240, 217},
       text(lowest) + "–" + text(unit) + ": högst vad en ensam händelse ger inne i kommunen"},
      {2 * unit, {253, 204, 138}, text(unit) + "–" + text(2 * unit)},
      {4 * unit, {252, 141, 89}, text(2 * unit) + "–" + text(4 * unit)},
      {8 * unit, {227, 74, 51}, text(4 * unit) + "–" + text(8 * unit)},
      {kInfinity, {179, 0, 0}, "över " + text(8 * unit)},
  };
}

std::string HotLabel(double alpha) {
  return "Hotspot, " + SwedishNumber(100 * (1 - alpha)) + " % (q ≤ " + SwedishNumber(alpha) + " efter BH)";
}

std::vector<HotspotClass> HotspotClasses(const geo::HotspotTestOptions& test) {
  constexpr Color kDark{63, 0, 125};
  return {
      {LegendCode::kHot99, HotLabel(test.alpha_99), {84, 39, 143, 225}, kDark, 0.5, false},
      {LegendCode::kHot95, HotLabel(test.alpha_95), {128, 115, 194, 225}, kDark, 0.45, false},
      {LegendCode::kHot90, HotLabel(test.alpha_90), {203, 201, 226, 220}, kDark, 0.4, false},
      {LegendCode::kNotSignificant,
       "Händelser, men inte säkert fler än slumpen ger",
       {150, 150, 150, 90},
       {110, 110, 110, 200},
       0.15,
       false},
      {LegendCode::kTooFew,
       "Händelser; för få i åldersgruppen för att prövas",
       {110, 110, 110, 255},
       {110, 110, 110, 200},
       0.15,
       true},
      {LegendCode::kNobodyLives,
       "Händelser där ingen i gruppen bor; kan inte prövas",
       {110, 110, 110, 255},
       {110, 110, 110, 200},
       0.15,
       true},
      {LegendCode::kNoIncidents,
       "Bebodd ruta utan händelser",
       {255, 255, 255, 0},
       {120, 120, 120, 150},
       0.1,
       false},
  };
}

}  // namespace

std::string HexColor(Color color) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", color.red, color.green, color.blue);
  return text.data();
}

std::string RgbaColor(Color color) {
  return std::to_string(color.red) + "," + std::to_string(color.green) + "," + std::to_string(color.blue) +
         "," + std::to_string(color.alpha);
}

double LoneIncidentPeak(geo::Kernel kernel, geo::Meters bandwidth) {
  const double km2 = std::numbers::pi * bandwidth.value() * bandwidth.value() * 1e-6;
  switch (kernel) {
    case geo::Kernel::kQuartic:
      return 3 / km2;
    case geo::Kernel::kEpanechnikov:
      return 2 / km2;
    case geo::Kernel::kTriweight:
      return 4 / km2;
    case geo::Kernel::kTriangular:
      return 3 / km2;
    case geo::Kernel::kUniform:
      return 1 / km2;
    case geo::Kernel::kGaussian:
      return 1 / (2 * km2);
  }
  return kInfinity;
}

Legend MakeLegend(geo::Kernel kernel, geo::Meters bandwidth, const geo::HotspotTestOptions& test) {
  Legend legend;
  legend.version = kLegendVersion;
  legend.unit_sv = "händelser per km² och kvartal";
  legend.lone_incident_peak = LoneIncidentPeak(kernel, bandwidth);
  legend.density = DensityClasses(RoundedUp(legend.lone_incident_peak));
  legend.hotspots = HotspotClasses(test);
  return legend;
}

}  // namespace lagesbild::maps
