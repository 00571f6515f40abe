#include "maps/picture_layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "geo/errors.h"
#include "maps/hotspot_layer.h"
#include "maps/how_to_read.h"
#include "maps/markup.h"
#include "maps/picture_text.h"
#include "maps/reference_layers.h"

namespace lagesbild::maps {
namespace {

std::string Slug(const geo::AgeGroup& group) { return AsciiSlug(group.slug, 40, "grupp"); }

Geometry DistrictGeometry(const ReferenceLayers& reference, const std::string& code) {
  for (const geo::NamedArea& area : reference.districts)
    if (area.code == code) return area.polygons;
  return {};
}

VectorLayer DistrictCountsLayer(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                                const ReferenceLayers& reference) {
  VectorLayer layer;
  layer.table = "distrikt_antal";
  layer.name_sv = "Antal per distrikt, alla åldrar";
  layer.geometry = GeometryType::kMultiPolygon;
  layer.temporal = true;
  layer.fields = {{"period_start", FieldType::kDateTime, "Periodens början"},
                  {"period_end", FieldType::kDateTime, "Periodens slut"},
                  {"quarter", FieldType::kText, "Kvartal"},
                  {"code", FieldType::kText, "Distriktskod"},
                  {"name", FieldType::kText, "Distrikt"}};
  for (const geo::PictureLayer& group : picture.layers) {
    layer.fields.push_back(
        {"n_" + Slug(group.group), FieldType::kInteger, "Händelser: " + group.group.label_sv});
    layer.fields.push_back(
        {"inv_" + Slug(group.group), FieldType::kInteger, "Invånare: " + group.group.label_sv});
  }
  const geo::PictureLayer& total = TotalLayer(picture);
  for (const geo::DistrictCounts& district : total.districts) {
    Feature feature;
    feature.geometry = DistrictGeometry(reference, district.code);
    feature.values = {PeriodStart(picture.quarter), PeriodEnd(picture.quarter),
                      picture.quarter.swedish_code(), district.code, district.name};
    for (const geo::PictureLayer& group : picture.layers) {
      const auto found = std::find_if(group.districts.begin(), group.districts.end(),
                                      [&](const geo::DistrictCounts& d) { return d.code == district.code; });
      const bool known = found != group.districts.end();
      feature.values.push_back(known ? Value{std::int64_t{found->incidents}} : Value{});
      // Nobody is of unknown age in the population register: no number, not zero inhabitants.
      const bool counted = known && group.group.kind != geo::AgeGroupKind::kUnknown;
      feature.values.push_back(counted ? Value{std::int64_t{found->inhabitants}} : Value{});
    }
    layer.features.push_back(std::move(feature));
  }
  layer.style = VectorStyle{};
  layer.style->classes = {
      {0, "Placerade händelser per distrikt (siffran)", {}, {90, 90, 90, 255}, FillPattern::kNone, 0.3}};
  layer.style->label =
      LabelStyle{"\"name\" || ': ' || \"n_" + Slug(total.group) + "\"", {40, 40, 40, 255}, 10, true};
  layer.style->label->priority = 10;
  layer.style->label->always = true;
  layer.metadata = MakeLayerMetadata(
      picture, metadata, layer.table, Title(picture, metadata, "Antal per distrikt"),
      GroupAbstract(picture, metadata, total,
                    "Placerade händelser per distrikt och åldersgrupp, de för grovt placerade medräknade.",
                    "En händelse med personer i två åldersgrupper räknas i båda; grupperna kan ge mer än "
                    "summan. Antal är "
                    "inte andel av invånarna."));
  return layer;
}

VectorLayer RepeatPlacesLayer(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  const geo::PictureLayer& total = TotalLayer(picture);
  VectorLayer layer;
  layer.table = "upprepade_platser";
  layer.name_sv = "Upprepade platser, alla åldrar";
  layer.geometry = GeometryType::kPoint;
  layer.temporal = true;
  layer.fields = {{"period_start", FieldType::kDateTime, "Periodens början"},
                  {"period_end", FieldType::kDateTime, "Periodens slut"},
                  {"quarter", FieldType::kText, "Kvartal"},
                  {"age_group", FieldType::kText, "Åldersgrupp"},
                  {"incidents", FieldType::kInteger, "Händelser på platsen"},
                  {"reporters", FieldType::kInteger, "Uppgiftslämnare bakom dem"}};
  for (const geo::RepeatPlace& place : total.repeats) {
    if (place.incidents < 2) continue;
    layer.features.push_back(
        {place.position,
         {PeriodStart(picture.quarter), PeriodEnd(picture.quarter), picture.quarter.swedish_code(),
          total.group.label_sv, std::int64_t{place.incidents}, std::int64_t{place.reporters}}});
  }
  layer.style = VectorStyle{};
  SymbolClass symbol{0, "Plats med minst två händelser (siffran)", {255, 255, 255, 220}, {20, 20, 20, 255}};
  symbol.outline_mm = 0.4;
  symbol.marker_mm = 2.6;
  layer.style->classes = {symbol};
  layer.style->label = LabelStyle{"\"incidents\"", {20, 20, 20, 255}, 8, true, false, 120000};
  layer.metadata = MakeLayerMetadata(
      picture, metadata, layer.table, Title(picture, metadata, "Upprepade platser", total.group.label_sv),
      GroupAbstract(
          picture, metadata, total, "Platser där minst två händelser har samma läge.",
          "Lägena är exakta och får bara visas internt. En adress som många rapporter hamnar på kan vara ett "
          "standardval hos uppgiftslämnaren."));
  return layer;
}

std::vector<Value> TallyValues(const geo::PictureLayer& layer, const char* unit, const geo::Tally& tally) {
  return {
      layer.group.code, layer.group.label_sv, HotspotTable(layer.group), std::string(unit), tally.read,
      tally.accepted,   tally.rejected,       tally.duplicate,           tally.placed,      tally.unplaced,
      tally.digital,    tally.outside,        tally.too_coarse};
}

VectorLayer SummaryTable(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  VectorLayer table;
  table.table = "sammanstallning";
  table.name_sv = "Sammanställning";
  table.fields = {{"group_code", FieldType::kText, "Åldersgrupp, kod"},
                  {"age_group", FieldType::kText, "Åldersgrupp"},
                  {"layer", FieldType::kText, "Lager i filen"},
                  {"unit", FieldType::kText, "Enhet"},
                  {"read", FieldType::kInteger, "Lästa"},
                  {"accepted", FieldType::kInteger, "Godkända"},
                  {"rejected", FieldType::kInteger, "Stoppade"},
                  {"duplicate", FieldType::kInteger, "Dubbletter"},
                  {"placed", FieldType::kInteger, "Placerade"},
                  {"unplaced", FieldType::kInteger, "Oplacerade"},
                  {"digital", FieldType::kInteger, "Digitala"},
                  {"outside", FieldType::kInteger, "Av oplacerade: utanför gränsen"},
                  {"too_coarse", FieldType::kInteger, "Av placerade: för grovt placerade"},
                  {"used", FieldType::kInteger, "Använda i täthet och rutor"},
                  {"used_after_collapse", FieldType::kInteger, "Använda i testet (upprepningar en gång)"},
                  {"outside_mask", FieldType::kInteger, "Av dem: där ingen i gruppen bor i närheten"},
                  {"density_mass", FieldType::kReal, "Täthetens summa (jämför använda)"},
                  {"density_peak", FieldType::kReal, "Största täthet, händelser per km² och kvartal"},
                  {"hot_cells", FieldType::kInteger, "Rutor som är hotspot"},
                  {"family_size", FieldType::kInteger, "Prövningar som q är justerat för (m)"},
                  {"family", FieldType::kText, "Familj för q"},
                  {"density_text", FieldType::kText, "Täthetskarta"},
                  {"status", FieldType::kText, "Status"}};
  for (const geo::PictureLayer& layer : picture.layers) {
    const auto hot = std::count_if(layer.cells.begin(), layer.cells.end(),
                                   [](const geo::PictureCell& cell) { return cell.test.hot_class > 0; });
    std::vector<Value> incidents = TallyValues(layer, "händelser", layer.tally.incidents);
    const bool density = layer.density.has_value();
    incidents.insert(incidents.end(),
                     {std::int64_t{layer.used_incidents}, std::int64_t{layer.used_after_collapse},
                      std::int64_t{layer.outside_mask}, density ? Value{layer.density_mass} : Value{},
                      density ? Value{layer.density_peak} : Value{},
                      layer.tested ? Value{static_cast<std::int64_t>(hot)} : Value{},
                      layer.tested ? Value{layer.family_size} : Value{},
                      layer.tested ? Value{FamilyKindText(layer)} : Value{},
                      std::string(density ? "finns" : "ingen: " + StatusText(picture, layer)),
                      StatusText(picture, layer)});
    table.features.push_back({{}, std::move(incidents)});
    std::vector<Value> persons = TallyValues(layer, "personer", layer.tally.persons);
    persons.resize(table.fields.size());
    table.features.push_back({{}, std::move(persons)});
  }
  table.metadata = MakeLayerMetadata(
      picture, metadata, table.table, Title(picture, metadata, "Sammanställning"),
      "Räkningen per åldersgrupp i båda enheterna: lästa = godkända + stoppade + dubbletter, "
      "godkända = placerade + oplacerade + digitala. En händelse med personer i två grupper "
      "räknas i båda, så grupperna kan ge mer än summan.");
  return table;
}

VectorLayer AboutTable(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                       const Legend& legend) {
  VectorLayer table;
  table.table = "om_lagesbilden";
  table.name_sv = "Om lägesbilden";
  table.fields = {{"key", FieldType::kText, "Uppgift"}, {"value", FieldType::kText, "Innehåll"}};
  for (const auto& [key, value] : AboutPicture(picture, metadata, legend))
    table.features.push_back({{}, {key, value}});
  table.metadata =
      MakeLayerMetadata(picture, metadata, table.table, Title(picture, metadata, "Om lägesbilden"),
                        "Vad lägesbilden bygger på och hur den är gjord.");
  return table;
}

}  // namespace

std::string HotspotTable(const geo::AgeGroup& group) { return "hotspot_" + Slug(group); }

std::string CellId(const geo::GridSpec& grid, geo::CellIndex cell) {
  const double size = grid.cell_size.value();
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%06lld%07lld",
                std::llround(grid.origin.easting.value() + cell.column * size),
                std::llround(grid.origin.northing.value() + cell.row * size));
  return text.data();
}

const geo::PictureLayer& TotalLayer(const geo::SituationPicture& picture) {
  if (picture.layers.empty()) throw geo::InvalidInput("a situation picture needs at least one age layer");
  const auto total = std::find_if(
      picture.layers.begin(), picture.layers.end(),
      [](const geo::PictureLayer& layer) { return layer.group.kind == geo::AgeGroupKind::kTotal; });
  return total == picture.layers.end() ? picture.layers.back() : *total;
}

std::vector<VectorLayer> MakePictureLayers(const geo::SituationPicture& picture,
                                           const PictureMetadata& metadata, const ReferenceLayers& reference,
                                           const Legend& legend) {
  std::vector<VectorLayer> layers;
  for (const geo::PictureLayer& layer : picture.layers)
    layers.push_back(MakeHotspotLayer(picture, metadata, layer, legend));
  layers.push_back(DistrictCountsLayer(picture, metadata, reference));
  layers.push_back(RepeatPlacesLayer(picture, metadata));
  for (VectorLayer& layer : MakeReferenceLayers(picture, metadata, reference))
    layers.push_back(std::move(layer));
  layers.push_back(SummaryTable(picture, metadata));
  layers.push_back(AboutTable(picture, metadata, legend));
  layers.push_back(HowToReadTable(MakeHowToRead(picture, metadata, legend), picture, metadata));
  return layers;
}

}  // namespace lagesbild::maps
