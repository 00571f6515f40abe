#include "maps/hotspot_layer.h"

#include <algorithm>

#include "maps/doubtful_text.h"
#include "maps/markup.h"
#include "maps/picture_layers.h"
#include "maps/picture_text.h"
#include "maps/report_reporters.h"

namespace lagesbild::maps {
namespace {

const std::vector<Field>& Fields() {
  static const std::vector<Field> fields = {
      {"period_start", FieldType::kDateTime, "Periodens början"},
      {"period_end", FieldType::kDateTime, "Periodens slut"},
      {"quarter", FieldType::kText, "Kvartal"},
      {"cell_id", FieldType::kText, "Ruta (SCB:s rutid)"},
      {"incidents", FieldType::kInteger, "Händelser i rutan"},
      {"neighborhood_incidents", FieldType::kInteger, "Händelser i rutan och dess grannar"},
      {"tested_in_cell", FieldType::kInteger, "Händelser i testet, rutan (upprepningar en gång)"},
      {"neighborhood_tested", FieldType::kInteger,
       "Händelser i testet, rutan och grannar (upprepningar en gång)"},
      {"neighborhood_reporters", FieldType::kInteger, "Uppgiftslämnare bakom dem"},
      {"neighborhood_of_new", FieldType::kInteger, "Därav händelser från nya uppgiftslämnare"},
      {"inhabitants", FieldType::kReal, "Invånare i åldersgruppen, rutan"},
      {"neighborhood_inhabitants", FieldType::kReal, "Invånare i åldersgruppen, rutan och grannar"},
      {"expected", FieldType::kReal, "Väntat antal om händelserna följde invånarna"},
      {"binomial_p", FieldType::kReal, "p, binomialsvans"},
      {"q", FieldType::kReal, "q, efter Benjamini–Hochberg"},
      {"max_p", FieldType::kReal, "p, maximumstatistik"},
      {"class", FieldType::kInteger, "Klass, kod"},
      {"class_text", FieldType::kText, "Klass"},
      {"gi_z", FieldType::kReal, "Gi* z-värde (beskrivande)"},
      {"gi_p", FieldType::kReal, "Gi* p, exakt permutation (beskrivande)"},
      {"sentence", FieldType::kText, "I ord"},
      {"legend_class", FieldType::kInteger, "Teckenförklaring, kod"}};
  return fields;
}

geo::Polygon Square(const geo::GridSpec& grid, geo::CellIndex cell) {
  const double size = grid.cell_size.value();
  const double west = grid.origin.easting.value() + cell.column * size;
  const double south = grid.origin.northing.value() + cell.row * size;
  const auto point = [](double x, double y) { return geo::PlanePoint{geo::Meters{x}, geo::Meters{y}}; };
  return {{point(west, south), point(west + size, south), point(west + size, south + size),
           point(west, south + size)},
          {}};
}

/// A tested layer may hold cells that could not be: nobody of the group lives in the neighborhood.
bool Tested(const geo::PictureLayer& layer, const geo::PictureCell& cell) {
  return layer.tested && cell.test.exposure > 0;
}

int ClassOf(const geo::PictureLayer& layer, const geo::PictureCell& cell) {
  if (Tested(layer, cell)) return cell.test.hot_class;
  return static_cast<int>(layer.tested || layer.undefined ? LegendCode::kNobodyLives : LegendCode::kTooFew);
}

int LegendClassOf(const geo::PictureLayer& layer, const geo::PictureCell& cell) {
  const int code = ClassOf(layer, cell);
  const bool hot = code >= 1 && code <= 3;
  return hot || cell.incidents > 0 ? code : static_cast<int>(LegendCode::kNoIncidents);
}

std::string ClassText(const geo::HotspotTestOptions& test, int code) {
  const auto level = [](double alpha) { return "Hotspot " + SwedishNumber(100 * (1 - alpha)) + " %"; };
  switch (code) {
    case 1:
      return level(test.alpha_90);
    case 2:
      return level(test.alpha_95);
    case 3:
      return level(test.alpha_99);
    case static_cast<int>(LegendCode::kTooFew):
      return "Inte prövad: för få händelser i åldersgruppen";
    case static_cast<int>(LegendCode::kNobodyLives):
      return "Kan inte prövas: ingen i åldersgruppen bor i närheten";
    default:
      return "Inte säkert fler än slumpen ger";
  }
}

std::string Times(int count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Empty land beside an incident: nobody of the group lives there, nothing happened there, nothing was
/// tested.
bool SaysNothing(const geo::PictureCell& cell) {
  return cell.inhabitants <= 0 && cell.incidents == 0 && cell.test.hot_class == 0;
}

bool HasHotspot(const geo::PictureLayer& layer) {
  return layer.tested && std::any_of(layer.cells.begin(), layer.cells.end(),
                                     [](const geo::PictureCell& cell) { return cell.test.hot_class > 0; });
}

/// "7 åtskilda händelser (9 rapporterade)": the number that stands against the expected one comes first.
std::string TestedText(const geo::PictureCell& cell) {
  const int tested = cell.test.neighborhood_count, reported = cell.neighborhood_incidents;
  const std::string text = Times(tested, "åtskild händelse", "åtskilda händelser");
  return reported == tested ? text : text + " (" + Times(reported, "rapporterad", "rapporterade") + ")";
}

/// What a hot cell must say of the reporters that it rests on.
std::string WeaknessText(const geo::PictureCell& cell) {
  return (cell.neighborhood_reporters == 1
              ? " Med en enda uppgiftslämnare kan rutan visa vem som rapporterar."
              : "") +
         NewReportersText(cell.neighborhood_incidents, cell.neighborhood_of_new);
}

/// What stands after the figures where some of the incidents may have happened elsewhere.
std::string DoubtSentence(const geo::PictureCell& cell) {
  if (cell.neighborhood_doubtful == 0) return {};
  return " Obs: " + std::to_string(cell.neighborhood_doubtful) +
         " av händelserna ligger på en misstänkt standardpunkt och har kanske hänt någon annanstans.";
}

/// The figures in one plain sentence; empty where there is nothing to say.
std::string FiguresSentence(const geo::PictureLayer& layer, const geo::PictureCell& cell) {
  if (cell.neighborhood_incidents == 0) return {};
  const std::string where = " i rutan och dess grannar, från " +
                            Times(cell.neighborhood_reporters, "uppgiftslämnare", "uppgiftslämnare");
  const std::string reported = Times(cell.neighborhood_incidents, "händelse", "händelser") + where;
  if (layer.undefined)
    return reported + "; hur många i åldersgruppen som bor var är inte känt, så det kan inte prövas.";
  if (!layer.tested) return reported + "; för få i åldersgruppen för att prövas.";
  if (!Tested(layer, cell)) return reported + "; ingen i åldersgruppen bor här, så det kan inte prövas.";
  return TestedText(cell) + where + ", mot " + SwedishNumber(cell.test.expected) +
         (SwedishNumber(cell.test.expected) == "1" ? " väntad" : " väntade") +
         " om händelserna följde invånarna (" + SwedishProbability("q", cell.test.q_value) + "). " +
         (cell.test.hot_class > 0 ? "Fler än slumpen rimligen ger." : "Kan bero på slumpen.") +
         (cell.test.hot_class > 0 ? WeaknessText(cell) : std::string());
}

Value Sentence(const geo::PictureLayer& layer, const geo::PictureCell& cell) {
  const std::string figures = FiguresSentence(layer, cell);
  return figures.empty() ? Value{} : Value{figures + DoubtSentence(cell)};
}

Feature CellFeature(const geo::SituationPicture& picture, const geo::PictureLayer& layer,
                    const geo::PictureCell& cell) {
  const auto tested = [&](const Value& value) { return Tested(layer, cell) ? value : Value{}; };
  const int code = ClassOf(layer, cell);
  Feature feature;
  feature.geometry = Square(picture.grid, cell.test.cell);
  feature.values = {PeriodStart(picture.quarter),
                    PeriodEnd(picture.quarter),
                    picture.quarter.swedish_code(),
                    CellId(picture.grid, cell.test.cell),
                    std::int64_t{cell.incidents},
                    std::int64_t{cell.neighborhood_incidents},
                    tested(std::int64_t{cell.test.count}),
                    tested(std::int64_t{cell.test.neighborhood_count}),
                    std::int64_t{cell.neighborhood_reporters},
                    std::int64_t{cell.neighborhood_of_new},
                    cell.inhabitants,
                    tested(cell.test.exposure),
                    tested(cell.test.expected),
                    tested(cell.test.binomial_p),
                    tested(cell.test.q_value),
                    tested(cell.test.maximum_p),
                    std::int64_t{code},
                    ClassText(picture.options.test, code),
                    cell.gi_star_z,
                    cell.gi_star_exact_p,
                    Sentence(layer, cell),
                    std::int64_t{LegendClassOf(layer, cell)}};
  return feature;
}

/// Where no population is known at all, nobody can say who lives where.
std::string LabelOf(const HotspotClass& step, const geo::PictureLayer& layer) {
  if (layer.undefined && step.code == LegendCode::kNobodyLives)
    return "Händelser; hur många i gruppen som bor där är inte känt, så det kan inte prövas";
  if (layer.undefined && step.code == LegendCode::kNoIncidents) return "Ruta utan händelser";
  return step.label_sv;
}

VectorStyle Style(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                  const geo::PictureLayer& layer, const Legend& legend) {
  VectorStyle style;
  style.class_field = "legend_class";
  for (const HotspotClass& step : legend.hotspots)
    style.classes.push_back({static_cast<int>(step.code), LabelOf(step, layer), step.fill, step.outline,
                             step.hatched           ? FillPattern::kHatched
                             : step.fill.alpha == 0 ? FillPattern::kNone
                                                    : FillPattern::kSolid,
                             step.outline_mm});
  const geo::Tally& tally = layer.tally.incidents;
  style.notes_sv = {
      "n = " + std::to_string(layer.used_incidents) + " händelser på kartan av " +
          std::to_string(tally.accepted) + " godkända; " + std::to_string(tally.unplaced) + " oplacerade, " +
          std::to_string(tally.digital) + " digitala, " + std::to_string(tally.too_coarse) + " för grova",
      layer.tested ? "Rutan med sina åtta grannar prövas; " + FamilyText(layer)
                   : "Inte prövad: " + StatusText(picture, layer),
      picture.quarter.swedish_code() + ", " + std::string(geo::RoleSelectionLabelSv(picture.options.role)) +
          ", rutor om " + SwedishNumber(picture.options.cell.value(), 0) + " m" +
          (HasHotspot(layer) ? "; siffran i en hotspot är händelser i rutan" : ""),
      kOneGroupAtATime};
  if (!layer.doubtful_points.empty()) style.notes_sv.push_back("Obs: " + DoubtfulGroupText(layer));
  if (metadata.synthetic) style.notes_sv.push_back("SYNTETISKA DATA – ej verkliga händelser");
  style.label = LabelStyle{"CASE WHEN \"class\" IN (1, 2, 3) AND \"incidents\" > 0 THEN \"incidents\" END",
                           {40, 0, 80, 255},
                           8,
                           true,
                           false,
                           60000};
  style.label->priority = 10;
  style.label->always = true;
  style.label->in_corner = true;
  return style;
}

}  // namespace

VectorLayer MakeHotspotLayer(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                             const geo::PictureLayer& layer, const Legend& legend) {
  VectorLayer result;
  result.table = HotspotTable(layer.group);
  result.name_sv = "Hotspots: " + layer.group.label_sv;
  result.geometry = GeometryType::kPolygon;
  result.temporal = true;
  result.fields = Fields();
  for (const geo::PictureCell& cell : layer.cells)
    if (!SaysNothing(cell)) result.features.push_back(CellFeature(picture, layer, cell));
  result.style = Style(picture, metadata, layer, legend);
  result.metadata = MakeLayerMetadata(
      picture, metadata, result.table, Title(picture, metadata, "Hotspots", layer.group.label_sv),
      GroupAbstract(
          picture, metadata, layer,
          "Rutor där fler händelser rapporterats än invånarna i åldersgruppen förklarar.",
          std::string(kOneGroupAtATime) + ". " +
              std::string("En markerad ruta gäller rutan med dess åtta grannar. En ruta utan färg är inte "
                          "bevisat lugn. Gi* står bredvid som beskrivning och avgör ingen klass.") +
              (layer.group.kind == geo::AgeGroupKind::kUnknown ? " Okänd ålder jämförs med alla invånare."
                                                               : "")));
  return result;
}

}  // namespace lagesbild::maps
