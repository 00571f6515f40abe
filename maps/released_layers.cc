#include "maps/released_layers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "geo/errors.h"
#include "geo/released_density.h"
#include "geo/situation_picture.h"
#include "maps/class_polygons.h"
#include "maps/markup.h"
#include "maps/picture_text.h"
#include "maps/reference_layers.h"
#include "maps/released_findings_text.h"
#include "maps/released_guide.h"
#include "maps/released_symbols.h"
#include "maps/released_text.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

std::string LevelSlug(geo::AreaLevel level) {
  switch (level) {
    case geo::AreaLevel::kMunicipality:
      return "kommun";
    case geo::AreaLevel::kDistrict:
      return "distrikt";
    case geo::AreaLevel::kLocality:
      return "tatort";
    case geo::AreaLevel::kLeaf:
      return "omrade";
  }
  return {};
}

std::string LayerSlug(const geo::ReleasedLayer& layer) {
  return AsciiSlug(layer.group.slug, 20, "grupp") + "_" + LevelSlug(layer.level) + "_" +
         std::to_string(layer.period.quarters) + "kv" +
         (layer.categories == geo::CategoryClass::kAll ? "_alla_kategorier" : "");
}

/// Number of the layer among those of the same slug, so that tables are unique whatever the input.
std::string UniqueSlug(const geo::ReleasedPicture& picture, std::size_t index) {
  const std::string slug = LayerSlug(picture.layers.at(index));
  std::size_t before = 0;
  for (std::size_t i = 0; i < index; ++i) before += LayerSlug(picture.layers[i]) == slug ? 1U : 0U;
  return before == 0 ? slug : slug + "_" + std::to_string(before + 1);
}

/// What every row of every layer says of itself: it may be cut out and passed on alone.
const std::vector<Field>& CommonFields() {
  static const std::vector<Field> fields = {{"period_start", FieldType::kDateTime, "Periodens början"},
                                            {"period_end", FieldType::kDateTime, "Periodens slut"},
                                            {"period", FieldType::kText, "Period"},
                                            {"quarters", FieldType::kInteger, "Antal kvartal"},
                                            {"age_group", FieldType::kText, "Åldersgrupp"},
                                            {"categories", FieldType::kText, "Kategorier"},
                                            {"min_count", FieldType::kInteger, "Minsta antal som visas (k)"},
                                            {"rule_version", FieldType::kInteger, "Röjanderegelns version"},
                                            {"coarsening", FieldType::kText, "Förgrovning och varför"},
                                            {"place_note", FieldType::kText, "Plats"},
                                            {"draft_note", FieldType::kText, "Status för publicering"}};
  return fields;
}

std::vector<Value> CommonValues(const geo::ReleasedPicture& picture, const geo::Period& period,
                                const geo::PublishedGroup& group, geo::CategoryClass categories,
                                geo::CoarseningStep::View view) {
  return {PeriodStart(period),
          PeriodEnd(period),
          PeriodCode(period),
          std::int64_t{period.quarters},
          group.label_sv,
          std::string(geo::CategoryClassLabelSv(categories)),
          std::int64_t{picture.rule.k},
          std::int64_t{picture.rule.version},
          CoarseningText(picture, view),
          std::string(kApproximatePlace),
          std::string(kDraftNote)};
}

void Append(std::vector<Value>& values, std::vector<Value> more) {
  values.insert(values.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Value CountValue(const geo::Statistic& statistic) {
  if (!IsReleased(statistic)) return {};
  return static_cast<std::int64_t>(std::get<double>(statistic));
}

std::string AreaSentence(const geo::ReleasedPicture& picture, const geo::ReleasedLayer& layer,
                         const geo::Statistic& incidents) {
  if (!IsReleased(incidents))
    return "Antalet är " + SuppressedText(picture.rule) + "; det är inte detsamma som noll.";
  return UncertaintySentence(static_cast<int>(std::get<double>(incidents)), layer.period);
}

std::vector<std::string> LegendNotes(const geo::ReleasedPicture& picture, const PictureMetadata& metadata,
                                     const geo::ReleasedLayer& layer, const std::string& unit) {
  std::vector<std::string> notes = {
      layer.group.label_sv + ", " + std::string(geo::CategoryClassLabelSv(layer.categories)) + ", " +
          PeriodCode(layer.period) +
          (layer.period.quarters > 1
               ? " (" + std::to_string(layer.period.quarters) + " kvartal räknade tillsammans)"
               : ""),
      unit + "; " + kApproximatePlace,
      "Röjanderegel version " + std::to_string(picture.rule.version) + ", k = " +
          std::to_string(picture.rule.k) + ", " + std::string(geo::AudienceLabelSv(picture.rule.audience)),
      std::string(kOneGroupAtATime), kDraftTitle};
  if (metadata.synthetic) notes.emplace_back(kSyntheticWarning);
  return notes;
}

/// The count with HotMark behind it; NULL, so no label, where the count is suppressed.
constexpr const char* kCountLabel =
    "\"incidents\" || CASE WHEN \"hot_class\" = 2 THEN ' ▲▲' WHEN \"hot_class\" = 1 THEN ' ▲' ELSE '' END";

VectorLayer AreaLayer(const ReleasedContent& content, const PictureMetadata& metadata, std::size_t index) {
  const geo::ReleasedPicture& picture = content.picture;
  const geo::ReleasedLayer& released = picture.layers[index];
  const std::string what = "Antal " + AreaLevelPhraseSv(released.level);
  VectorLayer layer;
  layer.table = AreaTable(picture, index);
  layer.name_sv = what + ": " + released.group.label_sv + ", " + PeriodCode(released.period);
  layer.geometry = GeometryType::kMultiPolygon;
  layer.temporal = true;
  layer.fields = {{"code", FieldType::kText, "Områdeskod"},
                  {"name", FieldType::kText, "Område"},
                  {"level", FieldType::kText, "Slag av område"},
                  {"incidents", FieldType::kInteger, "Händelser (tomt när antalet är skyddat)"},
                  {"visning", FieldType::kText, "Antal, eller skyddat"},
                  {"status", FieldType::kText, "Status"},
                  {"sentence", FieldType::kText, "I ord"},
                  {"against_expected", FieldType::kText, "Jämfört med väntat"},
                  {"comparison", FieldType::kText, "Vad som jämförs"},
                  {"hot_class", FieldType::kInteger, "Fler än väntat, kod"},
                  {"change", FieldType::kText, "Jämfört med föregående år"},
                  {"class", FieldType::kInteger, "Teckenförklaring, kod"}};
  layer.fields.insert(layer.fields.end(), CommonFields().begin(), CommonFields().end());
  for (const geo::ReleasedArea& area : released.areas) {
    Feature feature{area.geometry,
                    {area.code, area.name_sv, AreaLevelLabelSv(area.level), CountValue(area.incidents),
                     DisplayText(area.incidents), StatusText(picture.rule, area.incidents),
                     AreaSentence(picture, released, area.incidents), AgainstExpectedText(area.finding),
                     ComparisonText(released), HotCode(area.finding),
                     ChangeText(area.change, released.period), std::int64_t{CountClassOf(area.incidents)}}};
    Append(feature.values, CommonValues(picture, released.period, released.group, released.categories,
                                        geo::CoarseningStep::View::kMap));
    layer.features.push_back(std::move(feature));
  }
  layer.style = VectorStyle{};
  layer.style->class_field = "class";
  layer.style->classes = CountClasses(picture.rule);
  layer.style->notes_sv = LegendNotes(picture, metadata, released, "Siffran: " + CountUnit(released.period));
  layer.style->notes_sv.insert(layer.style->notes_sv.begin() + 2, kHotMarkNote);
  layer.style->label = LabelStyle{kCountLabel, {20, 20, 60, 255}, 9, true};
  layer.style->label->priority = 10;
  layer.style->label->always = true;
  layer.metadata =
      ReleasedMetadata(picture, metadata, layer.table,
                       ReleasedTitle(metadata, PeriodCode(released.period), what, released.group.label_sv),
                       "Händelser " + AreaLevelPhraseSv(released.level) + ", " + released.group.label_sv +
                           ", " + std::string(geo::CategoryClassLabelSv(released.categories)) +
                           "; enhet: " + CountUnit(released.period) +
                           ". Områdena bygger på var människor bor och är desamma i hela serien. Ett skyddat "
                           "antal är streckat "
                           "och är inte detsamma som noll.",
                       released.period);
  return layer;
}

std::string DensityUnit(const geo::Period& period) {
  return "händelser per km² och kvartal" +
         (period.quarters == 1 ? std::string()
                               : ", medel över " + std::to_string(period.quarters) + " kvartal");
}

VectorLayer DensityLayer(const ReleasedContent& content, const PictureMetadata& metadata,
                         const geo::StudyArea& boundary, std::size_t index) {
  const geo::ReleasedPicture& picture = content.picture;
  const geo::ReleasedLayer& released = picture.layers[index];
  const std::vector<SymbolClass> symbols = ReleasedDensitySymbols(ReleasedLegend(content), picture.rule);
  const std::string unit = DensityUnit(released.period);
  VectorLayer layer;
  layer.table = DensityTable(picture, index);
  layer.name_sv = "Täthet " + AreaLevelPhraseSv(released.level) + ": " + released.group.label_sv + ", " +
                  PeriodCode(released.period);
  layer.geometry = GeometryType::kMultiPolygon;
  layer.temporal = true;
  layer.fields = {{"class", FieldType::kInteger, "Klass, kod"},
                  {"class_text", FieldType::kText, "Klass, eller skyddat"},
                  {"unit", FieldType::kText, "Enhet"}};
  layer.fields.insert(layer.fields.end(), CommonFields().begin(), CommonFields().end());
  for (ClassPolygons& shape : PolygonsOfClasses(content.density[index], geo::kOutsideClass, &boundary)) {
    const auto symbol = std::find_if(symbols.begin(), symbols.end(),
                                     [&](const SymbolClass& one) { return one.value == shape.code; });
    if (symbol == symbols.end())
      throw geo::InvalidInput("a density of a released picture holds the class " +
                              std::to_string(shape.code) + ", which the legend does not have");
    Feature feature{std::move(shape.polygons), {std::int64_t{shape.code}, symbol->label_sv, unit}};
    Append(feature.values, CommonValues(picture, released.period, released.group, released.categories,
                                        geo::CoarseningStep::View::kMap));
    layer.features.push_back(std::move(feature));
  }
  layer.style = VectorStyle{};
  layer.style->class_field = "class";
  layer.style->classes = symbols;
  layer.style->notes_sv = LegendNotes(picture, metadata, released, unit);
  layer.style->notes_sv.insert(layer.style->notes_sv.begin(),
                               "Räknad på områdenas visade antal, inte på händelsernas platser");
  layer.metadata = ReleasedMetadata(
      picture, metadata, layer.table,
      ReleasedTitle(metadata, PeriodCode(released.period), "Täthet " + AreaLevelPhraseSv(released.level),
                    released.group.label_sv),
      "Täthet i fasta klasser, " + unit + ". Räknad enbart på de antal som visas " +
          AreaLevelPhraseSv(released.level) + ", utspridda där människor bor och utjämnade inom " +
          SwedishNumber(content.bandwidth.value(), 0) +
          " m. Den säger inget om en enskild plats och inget om risk. Områden vars antal är skyddade är "
          "streckade.",
      released.period);
  return layer;
}

VectorLayer CountsTable(const geo::ReleasedPicture& picture, const PictureMetadata& metadata) {
  VectorLayer table;
  table.table = kReleasedCountsTable;
  table.name_sv = "Antal per åldersgrupp";
  table.fields = {{"area_code", FieldType::kText, "Områdeskod"},
                  {"area", FieldType::kText, "Område"},
                  {"level", FieldType::kText, "Slag av område"},
                  {"incidents", FieldType::kInteger, "Händelser (tomt när antalet är skyddat)"},
                  {"visning", FieldType::kText, "Antal, eller skyddat"},
                  {"status", FieldType::kText, "Status"},
                  {"unit", FieldType::kText, "Enhet"},
                  {"change", FieldType::kText, "Jämfört med föregående år"}};
  table.fields.insert(table.fields.end(), CommonFields().begin(), CommonFields().end());
  for (const geo::ReleasedRow& row : picture.rows) {
    Feature feature{{},
                    {row.area_code, row.area_name_sv, AreaLevelLabelSv(row.level), CountValue(row.incidents),
                     DisplayText(row.incidents), StatusText(picture.rule, row.incidents),
                     CountUnit(row.period), ChangeText(row.change, row.period)}};
    Append(feature.values,
           CommonValues(picture, row.period, row.group, row.categories, geo::CoarseningStep::View::kTable));
    table.features.push_back(std::move(feature));
  }
  table.metadata = ReleasedMetadata(
      picture, metadata, table.table, ReleasedTitle(metadata, picture.quarter.swedish_code(), table.name_sv),
      "Antal händelser för kommunen och dess distrikt per åldersgrupp, eller att antalet är skyddat. En "
      "händelse med personer i två åldersgrupper räknas i båda.",
      {picture.quarter, picture.quarter, 1});
  return table;
}

VectorLayer TextTable(const ReleasedContent& content, const PictureMetadata& metadata, const char* name,
                      const std::string& title, std::vector<Field> fields,
                      const std::vector<std::pair<std::string, std::string>>& rows) {
  const geo::ReleasedPicture& picture = content.picture;
  VectorLayer table;
  table.table = name;
  table.name_sv = title;
  table.fields = std::move(fields);
  for (const auto& [key, value] : rows) table.features.push_back({{}, {key, value}});
  table.metadata = ReleasedMetadata(
      picture, metadata, name, ReleasedTitle(metadata, picture.quarter.swedish_code(), title),
      title + ": öppna attributtabellen och läs uppifrån.", {picture.quarter, picture.quarter, 1});
  return table;
}

void AddReferenceLayers(const ReleasedContent& content, const PictureMetadata& metadata,
                        const ReferenceLayers& reference, std::vector<VectorLayer>& layers) {
  const geo::ReleasedPicture& picture = content.picture;
  for (VectorLayer& layer : MakeReferenceTables(metadata, reference)) {
    layer.metadata = ReleasedMetadata(
        picture, metadata, layer.table,
        ReleasedTitle(metadata, picture.quarter.swedish_code(), layer.name_sv + " (karta för orientering)"),
        kOrientationAbstract, {picture.quarter, picture.quarter, 1});
    layers.push_back(std::move(layer));
  }
}

/// A GeoPackage names every table by its title once only.
void MakeTitlesUnique(std::vector<VectorLayer>& layers) {
  std::set<std::string> taken;
  for (VectorLayer& layer : layers)
    if (!taken.insert(layer.metadata.title_sv).second)
      taken.insert(layer.metadata.title_sv += " – " + layer.table);
}

}  // namespace

std::string AreaTable(const geo::ReleasedPicture& picture, std::size_t layer) {
  return "antal_" + UniqueSlug(picture, layer);
}

std::string DensityTable(const geo::ReleasedPicture& picture, std::size_t layer) {
  return "tathet_" + UniqueSlug(picture, layer);
}

bool HasDensity(const ReleasedContent& content, std::size_t layer) {
  return !content.density.at(layer).values().empty();
}

std::vector<VectorLayer> MakeReleasedLayers(const ReleasedContent& content, const PictureMetadata& metadata,
                                            const ReferenceLayers& reference) {
  const geo::ReleasedPicture& picture = content.picture;
  if (content.density.size() != picture.layers.size())
    throw geo::InvalidInput("a released picture has " + std::to_string(picture.layers.size()) +
                            " layers and " + std::to_string(content.density.size()) +
                            " densities; there must be one, empty or not, for each layer");
  const geo::StudyArea boundary(reference.boundary);
  std::vector<VectorLayer> layers;
  for (std::size_t i = 0; i < picture.layers.size(); ++i) {
    layers.push_back(AreaLayer(content, metadata, i));
    if (HasDensity(content, i)) layers.push_back(DensityLayer(content, metadata, boundary, i));
  }
  AddReferenceLayers(content, metadata, reference, layers);
  layers.push_back(CountsTable(picture, metadata));
  layers.push_back(TextTable(content, metadata, kAboutTable, "Om lägesbilden",
                             {{"key", FieldType::kText, "Uppgift"}, {"value", FieldType::kText, "Innehåll"}},
                             AboutReleasedPicture(picture, metadata)));
  layers.push_back(TextTable(content, metadata, kHowToReadTable, "Så läser du kartan",
                             {{"rubrik", FieldType::kText, "Rubrik"}, {"text", FieldType::kText, "Text"}},
                             MakeReleasedGuide(content, metadata).topics));
  MakeTitlesUnique(layers);
  return layers;
}

}  // namespace lagesbild::maps
