#include "maps/report_maps.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/errors.h"
#include "maps/report_density.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

constexpr double kMarginShare = 0.03;  ///< of the larger side, around the boundary
constexpr std::size_t kMostMaps = 6;   ///< two rows of three
constexpr double kEnlargedCell_mm = 1.5;
constexpr double kPlaceMapMeters = 4000;

int Code(ReportCode code) { return static_cast<int>(code); }
int Code(LegendCode code) { return static_cast<int>(code); }

SymbolClass Line(ReportCode code, const char* label, Color color, double width_mm) {
  return {Code(code), label, {}, color, FillPattern::kNone, width_mm};
}

std::vector<SymbolClass> DensityClasses(const Legend& legend) {
  std::vector<SymbolClass> classes;
  for (std::size_t i = 1; i < legend.density.size(); ++i)
    classes.push_back({Code(ReportCode::kDensityClass) + static_cast<int>(i), legend.density[i].label_sv,
                       legend.density[i].color, Color{120, 70, 40, 130}, FillPattern::kSolid, 0.06});
  return classes;
}

/// The legend's tested cells, with lines thin enough for a small map.
std::vector<SymbolClass> CellClasses(const Legend& legend) {
  std::vector<SymbolClass> classes;
  for (const HotspotClass& step : legend.hotspots) {
    if (step.code == LegendCode::kNoIncidents) continue;
    SymbolClass symbol{Code(step.code), step.label_sv, step.fill, step.outline,
                       step.hatched ? FillPattern::kHatched : FillPattern::kSolid};
    if (step.code != LegendCode::kNotSignificant) symbol.fill.alpha = 255;
    symbol.outline_mm = step.hatched ? 0.15 : 0.08;
    symbol.marker_mm = kEnlargedCell_mm;
    classes.push_back(std::move(symbol));
  }
  return classes;
}

void Append(std::vector<SymbolClass>& classes, const std::vector<SymbolClass>& more) {
  classes.insert(classes.end(), more.begin(), more.end());
}

geo::Ring Square(const geo::GridSpec& grid, geo::CellIndex cell) {
  const geo::PlanePoint center = grid.center(cell);
  const double half = grid.cell_size.value() / 2;
  const auto corner = [&](double dx, double dy) {
    return geo::PlanePoint{geo::Meters{center.easting.value() + dx},
                           geo::Meters{center.northing.value() + dy}};
  };
  return {corner(-half, -half), corner(half, -half), corner(half, half), corner(-half, half)};
}

void AddDensity(SvgMap& map, const geo::PictureLayer& layer, const Legend& legend) {
  if (!layer.density) return;
  // Each class is drawn over the one below it: what lies above its lower bound.
  for (std::size_t i = 1; i < legend.density.size(); ++i)
    map.areas.push_back({Code(ReportCode::kDensityClass) + static_cast<int>(i),
                         RingsAbove(*layer.density, legend.density[i - 1].upper)});
}

/// Incidents in a cell that is not hot: small on a map of the municipality, so drawn on a closer look only.
void AddQuietCells(SvgMap& map, const geo::SituationPicture& picture, const geo::PictureLayer& layer) {
  SvgArea area{Code(LegendCode::kNotSignificant), {}};
  for (const geo::PictureCell& cell : layer.cells)
    if (cell.test.hot_class == 0 && cell.incidents > 0)
      area.rings.push_back(Square(picture.grid, cell.test.cell));
  map.areas.push_back(std::move(area));
}

void AddCells(SvgMap& map, const geo::SituationPicture& picture, const geo::PictureLayer& layer) {
  for (int hot_class = 1; hot_class <= 3; ++hot_class) {
    SvgArea area{hot_class, {}};
    for (const geo::PictureCell& cell : layer.cells)
      if (layer.tested && cell.test.hot_class == hot_class)
        area.rings.push_back(Square(picture.grid, cell.test.cell));
    map.areas.push_back(std::move(area));
  }
  if (layer.tested) return;
  const LegendCode code = layer.undefined ? LegendCode::kNobodyLives : LegendCode::kTooFew;
  for (const geo::PictureCell& cell : layer.cells)
    if (cell.incidents > 0) map.marks.push_back({picture.grid.center(cell.test.cell), Code(code), false, {}});
}

void AddRings(SvgMap& map, const geo::PictureLayer& layer, const std::vector<NumberedPlace>& places) {
  for (const NumberedPlace& place : places)
    if (place.layer == &layer)
      map.marks.push_back({place.place.center, Code(ReportCode::kRing), true, std::to_string(place.number)});
}

std::string Status(const geo::PictureLayer& layer, std::size_t places) {
  const std::string shown = GroupedNumber(layer.used_incidents, 0) + " på kartan; ";
  if (layer.tested)
    return shown + (places == 0
                        ? "ingen plats över slumpen"
                        : Count(static_cast<std::int64_t>(places), "plats", "platser") + " över slumpen");
  if (layer.undefined) return shown + "kan inte prövas, då ingen befolkning i gruppen är känd";
  if (!layer.too_few) return shown + "kan inte prövas";
  return "För få att pröva: " + Count(layer.too_few->found, "åtskild", "åtskilda") + ", minst " +
         GroupedNumber(layer.too_few->minimum, 0);
}

}  // namespace

std::vector<SymbolClass> OrientationClasses() {
  SymbolClass ground{
      Code(ReportCode::kMunicipality), "Kommunen", {252, 252, 252, 255}, {}, FillPattern::kSolid, 0};
  SymbolClass district = Line(ReportCode::kDistrict, "Distrikt", {120, 120, 120, 255}, 0.12);
  district.dashed = true;
  SymbolClass ring = Line(ReportCode::kRing, "Plats med detta nummer i listan", {63, 0, 125, 255}, 0.4);
  ring.marker_mm = 3;
  SymbolClass place = Line(ReportCode::kPlace, "Känd plats (utsnitten)", {70, 70, 70, 255}, 0.2);
  place.marker_mm = 0.9;
  return {ground,   Line(ReportCode::kBoundary, "Kommungräns", {40, 40, 40, 255}, 0.3),
          district, Line(ReportCode::kLocality, "Tätort", {80, 80, 80, 255}, 0.15),
          place,    ring};
}

SvgMap StartMap(const ReferenceLayers& reference, const std::string& id) {
  SvgMap map;
  map.id = id;
  map.classes = OrientationClasses();
  bool first = true;
  double west = 0, south = 0, east = 0, north = 0;
  for (const geo::Polygon& polygon : reference.boundary)
    for (const geo::PlanePoint& point : polygon.outer) {
      const double x = point.easting.value(), y = point.northing.value();
      west = first ? x : std::min(west, x);
      east = first ? x : std::max(east, x);
      south = first ? y : std::min(south, y);
      north = first ? y : std::max(north, y);
      first = false;
    }
  if (first) throw geo::InvalidInput("a map of a municipality needs its boundary");
  const double margin = kMarginShare * std::max(east - west, north - south);
  map.south_west = {geo::Meters{west - margin}, geo::Meters{south - margin}};
  map.north_east = {geo::Meters{east + margin}, geo::Meters{north + margin}};
  map.areas.push_back({Code(ReportCode::kMunicipality), RingsOf(reference.boundary)});
  return map;
}

void AddOrientation(SvgMap& map, const ReferenceLayers& reference) {
  const auto add = [&](ReportCode code, const geo::MultiPolygon& polygons) {
    map.areas.push_back({Code(code), RingsOf(polygons)});
  };
  for (const geo::NamedArea& district : reference.districts) add(ReportCode::kDistrict, district.polygons);
  for (const geo::NamedArea& locality : reference.localities) {
    add(ReportCode::kLocality, locality.polygons);
    map.labels.push_back({geo::InnerPoint(locality.polygons), locality.name});
  }
  add(ReportCode::kBoundary, reference.boundary);
}

std::vector<const geo::PictureLayer*> ShownLayers(const geo::SituationPicture& picture) {
  std::vector<const geo::PictureLayer*> shown, merged;
  const geo::PictureLayer* widest = nullptr;
  for (const geo::PictureLayer& layer : picture.layers) {
    if (layer.group.kind == geo::AgeGroupKind::kHeadline) shown.push_back(&layer);
    if (layer.group.kind == geo::AgeGroupKind::kSubtotal) widest = &layer;
    if (layer.group.kind == geo::AgeGroupKind::kTotal) merged.push_back(&layer);
  }
  if (widest != nullptr) merged.insert(merged.begin(), widest);
  if (shown.size() + merged.size() > kMostMaps) shown.resize(kMostMaps - std::min(merged.size(), kMostMaps));
  shown.insert(shown.end(), merged.begin(), merged.end());
  return shown;
}

ReportMap MakeGroupMap(const geo::SituationPicture& picture, const geo::PictureLayer& layer,
                       const ReferenceLayers& reference, const Legend& legend,
                       const std::vector<NumberedPlace>& places, const std::string& municipality) {
  ReportMap result;
  result.title = layer.group.label_sv;
  std::vector<std::string> named;
  for (const NumberedPlace& place : places)
    if (place.layer == &layer) named.push_back(std::to_string(place.number) + " " + place.where);
  result.status = Status(layer, named.size());
  SvgMap& map = result.map;
  map = StartMap(reference, "k" + std::to_string(&layer - picture.layers.data()));
  Append(map.classes, DensityClasses(legend));
  Append(map.classes, CellClasses(legend));
  map.title = "Karta: " + layer.group.label_sv;
  map.description = municipality + ", " + picture.quarter.swedish_code() + ". " + result.status + "." +
                    (named.empty() ? "" : " Ringar: " + Listed(named) + ".") + " Talen står i tabellen.";
  AddDensity(map, layer, legend);
  AddOrientation(map, reference);
  AddCells(map, picture, layer);
  AddRings(map, layer, places);
  return result;
}

ReportMap MakePlaceMap(const geo::SituationPicture& picture, const NumberedPlace& place,
                       const ReferenceLayers& reference, const Legend& legend,
                       const std::string& municipality) {
  ReportMap result;
  const std::string number = std::to_string(place.number);
  result.title = "Utsnitt: plats " + number;
  result.status = place.where + "; " + InSentence(place.layer->group.label_sv);
  SvgMap& map = result.map;
  map = StartMap(reference, "u" + number);
  map.title = "Utsnitt kring plats " + number + ": " + place.where;
  map.description = municipality + ", " + picture.quarter.swedish_code() + ", " +
                    place.layer->group.label_sv +
                    ". Lila rutor har fler händelser än slumpen rimligen ger. Platsen beskrivs i listan.";
  // As high as the maps of the municipality, so that they stand in line.
  const double height = kPlaceMapMeters *
                        (map.north_east.northing.value() - map.south_west.northing.value()) /
                        (map.north_east.easting.value() - map.south_west.easting.value());
  const double x = place.place.center.easting.value(), y = place.place.center.northing.value();
  map.south_west = {geo::Meters{x - kPlaceMapMeters / 2}, geo::Meters{y - height / 2}};
  map.north_east = {geo::Meters{x + kPlaceMapMeters / 2}, geo::Meters{y + height / 2}};
  Append(map.classes, DensityClasses(legend));
  Append(map.classes, CellClasses(legend));
  AddDensity(map, *place.layer, legend);
  AddQuietCells(map, picture, *place.layer);
  AddCells(map, picture, *place.layer);
  AddOrientation(map, reference);
  std::vector<SvgLabel> localities;
  std::swap(localities, map.labels);
  for (const geo::Place& known : reference.places) {
    if (std::abs(known.position.easting.value() - x) > kPlaceMapMeters / 2 ||
        std::abs(known.position.northing.value() - y) > height / 2)
      continue;
    map.marks.push_back({known.position, Code(ReportCode::kPlace), true, {}});
    if (place.where.find(known.name) != std::string::npos) map.labels.push_back({known.position, known.name});
  }
  // The name of the locality that the place lies in stands above the map; in it, it would hide the cells.
  constexpr double kClear = 1200;
  for (SvgLabel& locality : localities)
    if (std::hypot(locality.position.easting.value() - x, locality.position.northing.value() - y) > kClear)
      map.labels.push_back(std::move(locality));
  return result;
}

std::vector<ReportKeyGroup> GroupMapLegend(const Legend& legend) {
  ReportKeyGroup density{"Täthet, " + legend.unit_sv, {}};
  for (const SymbolClass& symbol : DensityClasses(legend))
    density.keys.push_back({symbol, false, symbol.label_sv});
  ReportKeyGroup cells{"Rutor prövade mot slumpen", {}}, base{"Övrigt", {}};
  for (const SymbolClass& symbol : CellClasses(legend)) {
    const bool hatched = symbol.pattern == FillPattern::kHatched;
    if (symbol.value == Code(LegendCode::kNobodyLives)) continue;
    (hatched ? base : cells)
        .keys.push_back({symbol, false, symbol.label_sv + (hatched ? " (rutan är förstorad)" : "")});
  }
  for (const SymbolClass& symbol : OrientationClasses()) {
    if (symbol.value == Code(ReportCode::kMunicipality)) continue;
    const bool ring = symbol.value == Code(ReportCode::kRing);
    const bool mark = ring || symbol.value == Code(ReportCode::kPlace);
    (ring ? cells : base).keys.push_back({symbol, mark, symbol.label_sv});
  }
  return {density, cells, base};
}

}  // namespace lagesbild::maps
