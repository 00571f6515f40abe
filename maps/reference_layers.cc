#include "maps/reference_layers.h"

#include <array>
#include <utility>

#include "maps/picture_text.h"

namespace lagesbild::maps {
namespace {

VectorLayer AreaLayer(const std::string& table, const std::vector<geo::NamedArea>& areas, SymbolClass symbol,
                      LabelStyle label) {
  VectorLayer layer;
  layer.table = table;
  layer.geometry = GeometryType::kMultiPolygon;
  layer.fields = {{"code", FieldType::kText, "Kod"}, {"name", FieldType::kText, "Namn"}};
  for (const geo::NamedArea& area : areas) layer.features.push_back({area.polygons, {area.code, area.name}});
  layer.style = VectorStyle{};
  layer.style->classes = {std::move(symbol)};
  layer.style->label = std::move(label);
  return layer;
}

std::string PlaceKindText(const std::string& kind) {
  constexpr std::array<std::pair<const char*, const char*>, 6> kKinds = {{{"school", "skola"},
                                                                          {"meeting_place", "mötesplats"},
                                                                          {"station", "station"},
                                                                          {"shop", "butik"},
                                                                          {"library", "bibliotek"},
                                                                          {"sports", "idrottsplats"}}};
  for (const auto& [code, text] : kKinds)
    if (kind == code) return text;
  return kind;
}

VectorLayer BoundaryLayer(const PictureMetadata& metadata, const ReferenceLayers& reference) {
  VectorLayer layer;
  layer.table = "kommungrans";
  layer.geometry = GeometryType::kMultiPolygon;
  layer.fields = {{"code", FieldType::kText, "Kommunkod"}, {"name", FieldType::kText, "Kommun"}};
  layer.features = {{reference.boundary, {metadata.municipality_code, metadata.municipality_name}}};
  layer.style = VectorStyle{};
  layer.style->classes = {{0, "Kommungräns", {}, {60, 60, 60, 255}, FillPattern::kNone, 0.6}};
  return layer;
}

VectorLayer PlacesLayer(const ReferenceLayers& reference) {
  VectorLayer layer;
  layer.table = "platser";
  layer.geometry = GeometryType::kPoint;
  layer.fields = {{"code", FieldType::kText, "Kod"},
                  {"name", FieldType::kText, "Namn"},
                  {"kind", FieldType::kText, "Slag"},
                  {"locality", FieldType::kText, "Tätort"}};
  for (const geo::Place& place : reference.places)
    layer.features.push_back(
        {place.position, {place.id, place.name, PlaceKindText(place.kind), place.locality}});
  SymbolClass symbol{0, "Skola, mötesplats eller annan känd plats", {255, 255, 255, 255}, {70, 70, 70, 255}};
  symbol.outline_mm = 0.3;
  symbol.marker_mm = 1.6;
  layer.style = VectorStyle{};
  layer.style->classes = {symbol};
  layer.style->label = LabelStyle{"\"name\"", {70, 70, 70, 255}, 8, false, true, 40000};
  layer.style->label->priority = 2;
  layer.style->largest_denominator = 150000;
  return layer;
}

}  // namespace

std::vector<VectorLayer> MakeReferenceTables(const PictureMetadata& metadata,
                                             const ReferenceLayers& reference) {
  SymbolClass district{0, "Distrikt", {}, {130, 130, 130, 255}, FillPattern::kNone, 0.25};
  district.dashed = true;
  const SymbolClass locality{0,   "Tätort", {120, 120, 120, 40}, {110, 110, 110, 160}, FillPattern::kSolid,
                             0.15};
  std::vector<VectorLayer> layers;
  layers.push_back(BoundaryLayer(metadata, reference));
  LabelStyle district_name{"\"name\"", {130, 130, 130, 255}, 9, false, true};
  district_name.shown = false;  // distrikt_antal has the names, with the counts
  LabelStyle locality_name{"\"name\"", {80, 80, 80, 255}, 9};
  locality_name.outside = true;
  locality_name.priority = 3;
  layers.push_back(AreaLayer("distrikt", reference.districts, district, district_name));
  layers.push_back(AreaLayer("tatorter", reference.localities, locality, locality_name));
  layers.push_back(PlacesLayer(reference));
  const std::array<const char*, 4> names = {"Kommungräns", "Distrikt", "Tätorter", "Kända platser"};
  for (std::size_t i = 0; i < layers.size(); ++i) layers[i].name_sv = names[i];
  return layers;
}

std::vector<VectorLayer> MakeReferenceLayers(const geo::SituationPicture& picture,
                                             const PictureMetadata& metadata,
                                             const ReferenceLayers& reference) {
  std::vector<VectorLayer> layers = MakeReferenceTables(metadata, reference);
  for (VectorLayer& layer : layers) {
    const std::string title = metadata.municipality_name + " – " + layer.name_sv +
                              " (karta för orientering)" + (metadata.synthetic ? " – SYNTETISKA DATA" : "");
    layer.metadata = MakeLayerMetadata(picture, metadata, layer.table, title, kOrientationAbstract);
  }
  return layers;
}

}  // namespace lagesbild::maps
