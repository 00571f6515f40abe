#include "maps/released_symbols.h"

#include <algorithm>
#include <array>

#include "geo/released_density.h"
#include "geo/situation_picture.h"
#include "maps/class_polygons.h"
#include "maps/released_text.h"

namespace lagesbild::maps {
namespace {

constexpr Color kHatch{110, 110, 110, 255};
constexpr Color kQuietLine{130, 130, 130, 255};

struct CountBand {
  ReleasedCode code;
  int first;  ///< the smallest count
  Color color;
};
constexpr std::array<CountBand, 5> kCountBands = {{{ReleasedCode::kUnder10, 1, {255, 255, 204, 255}},
                                                   {ReleasedCode::kUnder20, 10, {161, 218, 180, 255}},
                                                   {ReleasedCode::kUnder50, 20, {65, 182, 196, 255}},
                                                   {ReleasedCode::kUnder100, 50, {44, 127, 184, 255}},
                                                   {ReleasedCode::kFrom100, 100, {37, 52, 148, 255}}}};

SymbolClass SuppressedClass(int code, const geo::DisclosureRule& rule) {
  return {code, SuppressedText(rule), kHatch, kQuietLine, FillPattern::kHatched, 0.15};
}

}  // namespace

std::vector<SymbolClass> CountClasses(const geo::DisclosureRule& rule) {
  std::vector<SymbolClass> classes;
  for (std::size_t i = 0; i < kCountBands.size(); ++i) {
    const bool last = i + 1 == kCountBands.size();
    const int next = last ? 0 : kCountBands[i + 1].first;
    if (!last && next <= rule.k) continue;
    const int first = std::max(kCountBands[i].first, rule.k);
    classes.push_back({static_cast<int>(kCountBands[i].code),
                       last                ? std::to_string(first) + " eller fler"
                       : first == next - 1 ? std::to_string(first)
                                           : std::to_string(first) + "–" + std::to_string(next - 1),
                       kCountBands[i].color, kQuietLine, FillPattern::kSolid, 0.2});
  }
  classes.push_back(SuppressedClass(static_cast<int>(ReleasedCode::kSuppressed), rule));
  return classes;
}

int CountClassOf(const geo::Statistic& statistic) {
  if (!IsReleased(statistic)) return static_cast<int>(ReleasedCode::kSuppressed);
  ReleasedCode code = ReleasedCode::kUnder10;
  for (const CountBand& band : kCountBands)
    if (std::get<double>(statistic) >= band.first) code = band.code;
  return static_cast<int>(code);
}

std::vector<SymbolClass> ReleasedDensitySymbols(const Legend& legend, const geo::DisclosureRule& rule) {
  std::vector<SymbolClass> symbols;
  const std::vector<DensityClass> classes = ReleasedDensityClassesOf(legend);
  for (std::size_t i = 0; i < classes.size(); ++i)
    symbols.push_back({static_cast<int>(i), classes[i].label_sv, classes[i].color, Color{120, 70, 40, 130},
                       i == 0 ? FillPattern::kNone : FillPattern::kSolid, i == 0 ? 0 : 0.1});
  symbols.push_back(SuppressedClass(geo::kSuppressedClass, rule));
  symbols.back().outline_mm = 0;
  return symbols;
}

Legend ReleasedLegend(const ReleasedContent& content) {
  const geo::PictureOptions options;
  return MakeLegend(options.kernel, content.bandwidth, options.test);
}

}  // namespace lagesbild::maps
