#include "maps/released_report.h"

#include <algorithm>
#include <utility>

#include "geo/errors.h"
#include "geo/released_density.h"
#include "maps/class_polygons.h"
#include "maps/markup.h"
#include "maps/released_findings_text.h"
#include "maps/released_guide.h"
#include "maps/released_layers.h"
#include "maps/released_symbols.h"
#include "maps/released_table.h"
#include "maps/released_text.h"
#include "maps/report_maps.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

constexpr std::size_t kMostMaps = 8;      ///< two rows of four
constexpr std::size_t kMostAreas = 6;     ///< with a sentence each; the rest stands in the GeoPackage
constexpr std::size_t kMostRows = 8;      ///< of the table of areas
constexpr std::size_t kMostFindings = 2;  ///< hot areas, and as many changes
constexpr std::size_t kMostNamed = 4;     ///< areas in one sentence of the summary
constexpr int kDensityCode = static_cast<int>(ReportCode::kDensityClass);

std::size_t ReleasedAreas(const geo::ReleasedLayer& layer) {
  return static_cast<std::size_t>(
      std::count_if(layer.areas.begin(), layer.areas.end(),
                    [](const geo::ReleasedArea& area) { return IsReleased(area.incidents); }));
}

std::string Number(const geo::Statistic& statistic) { return GroupedNumber(std::get<double>(statistic), 0); }

/// The released areas, most incidents first; of as many the first by name.
std::vector<const geo::ReleasedArea*> ByCount(const geo::ReleasedLayer& layer) {
  std::vector<const geo::ReleasedArea*> areas;
  for (const geo::ReleasedArea& area : layer.areas)
    if (IsReleased(area.incidents)) areas.push_back(&area);
  std::stable_sort(areas.begin(), areas.end(), [](const geo::ReleasedArea* a, const geo::ReleasedArea* b) {
    return std::get<double>(a->incidents) > std::get<double>(b->incidents);
  });
  return areas;
}

std::string GroupCount(const geo::ReleasedRow& row) {
  const auto count = static_cast<std::int64_t>(std::get<double>(row.incidents));
  const bool sensitive_left_out = row.categories == geo::CategoryClass::kNonSensitive;
  return Count(count, "händelse", "händelser") +
         (row.group.all ? " i alla åldrar" : " med någon " + row.group.label_sv) +
         (sensitive_left_out ? " (känsliga kategorier oräknade)" : "");
}

/// "I Heby rapporterades under tredje kvartalet 2026 (...) 39 händelser med någon 13–24 år.": a sentence per
/// length of period, the shortest first.
std::vector<std::string> MunicipalitySentences(const geo::ReleasedPicture& picture,
                                               const PictureMetadata& metadata) {
  std::vector<std::pair<geo::Period, std::vector<std::string>>> by_period;
  for (const geo::ReleasedRow& row : picture.rows) {
    if (row.level != geo::AreaLevel::kMunicipality || !IsReleased(row.incidents)) continue;
    auto found = std::find_if(by_period.begin(), by_period.end(),
                              [&](const auto& entry) { return entry.first == row.period; });
    if (found == by_period.end()) found = by_period.insert(by_period.end(), {row.period, {}});
    found->second.push_back(GroupCount(row));
  }
  std::stable_sort(by_period.begin(), by_period.end(),
                   [](const auto& a, const auto& b) { return a.first.quarters < b.first.quarters; });
  std::vector<std::string> sentences;
  for (const auto& [period, texts] : by_period)
    sentences.push_back("I " + metadata.municipality_name + " rapporterades under " + PeriodName(period) +
                        " (" + PeriodDates(period) + ") " + Listed(texts) + ".");
  if (sentences.empty())
    sentences.push_back("Alla antal för " + metadata.municipality_name +
                        " är skyddade: för få händelser har rapporterats för att kunna visas.");
  return sentences;
}

std::string LayerSentence(const geo::ReleasedLayer& layer) {
  const std::vector<const geo::ReleasedArea*> areas = ByCount(layer);
  std::string text = "Kartan för " + layer.group.label_sv + " under " + PeriodName(layer.period) + ", " +
                     AreaLevelPhraseSv(layer.level) + ": antalet visas i " +
                     (areas.empty() ? "inget" : GroupedNumber(static_cast<double>(areas.size()), 0)) +
                     " av " + Count(static_cast<std::int64_t>(layer.areas.size()), "område", "områden");
  if (areas.empty()) return text + "; alla är skyddade.";
  std::vector<std::string> named;
  for (const geo::ReleasedArea* area : areas)
    if (named.size() < kMostNamed) named.push_back(area->name_sv + " " + Number(area->incidents));
  text += areas.size() > kMostNamed ? ", flest i " : ": ";
  text += Listed(named);
  return text + (areas.size() == layer.areas.size() ? "." : ". I övriga områden är antalen skyddade.");
}

std::vector<std::string> Summary(const geo::ReleasedPicture& picture, const PictureMetadata& metadata) {
  std::vector<std::string> sentences = MunicipalitySentences(picture, metadata);
  constexpr std::size_t kMost = 3;
  if (!picture.map_shown)
    sentences.push_back(
        "Ingen karta kan visas: inget område har händelser nog för att antalet ska få visas. Tabellen säger "
        "det som kan sägas.");
  for (const geo::ReleasedLayer& layer : picture.layers)
    if (sentences.size() < kMost) sentences.push_back(LayerSentence(layer));
  if (picture.map_shown) sentences.push_back(HotSummary(picture));
  sentences.push_back("Skyddat betyder färre än " + std::to_string(picture.rule.k) +
                      " händelser, eller ett antal som skulle avslöja ett sådant. Det är inte detsamma som "
                      "noll. Kartorna visar ungefärliga platser.");
  return sentences;
}

void AddClasses(SvgMap& map, const std::vector<SymbolClass>& classes, int offset) {
  for (SymbolClass symbol : classes) {
    symbol.value += offset;
    symbol.outline_mm = std::min(symbol.outline_mm, 0.08);
    map.classes.push_back(std::move(symbol));
  }
}

std::string MapTitle(const geo::ReleasedLayer& layer) {
  return layer.group.label_sv + ", " + PeriodCode(layer.period);
}

/// The released counts beside the names of their localities, or in the middle of areas that have no name on
/// the map; numbers win the room over names.
void AddCounts(SvgMap& map, const geo::ReleasedLayer& layer) {
  std::vector<SvgLabel> numbers;
  for (const geo::ReleasedArea* area : ByCount(layer)) {
    const auto named = std::find_if(map.labels.begin(), map.labels.end(),
                                    [&](const SvgLabel& label) { return label.text == area->name_sv; });
    if (named == map.labels.end()) {
      numbers.push_back({geo::InnerPoint(area->geometry), Number(area->incidents) + HotMark(area->finding)});
    } else {
      numbers.push_back(
          {named->position, named->text + ": " + Number(area->incidents) + HotMark(area->finding)});
      map.labels.erase(named);
    }
  }
  map.labels.insert(map.labels.begin(), numbers.begin(), numbers.end());
}

/// Few maps are drawn larger: two, three or four side by side, as long as they fit on the page.
void SizeMaps(Report& report) {
  if (report.maps.empty()) return;
  constexpr double kWidth_mm = 184, kGap_mm = 3, kHeading_mm = 12, kHeight_mm = 150;
  const SvgMap& map = report.maps.front().map;  // all have the same extent
  const double aspect = (map.north_east.northing.value() - map.south_west.northing.value()) /
                        (map.north_east.easting.value() - map.south_west.easting.value());
  const int count = static_cast<int>(report.maps.size());
  const auto width = [&](int columns) { return (kWidth_mm - kGap_mm * (columns - 1)) / columns; };
  const auto fits = [&](int columns) {
    const int rows = (count + columns - 1) / columns;
    return rows * (width(columns) * aspect + kHeading_mm) <= kHeight_mm;
  };
  report.maps_per_row = std::clamp(count, 2, 4);
  while (report.maps_per_row < 4 && !fits(report.maps_per_row)) ++report.maps_per_row;
  for (ReportMap& each : report.maps) each.map.width_mm = width(report.maps_per_row);
}

ReportMap AreaMap(const ReleasedContent& content, std::size_t index, const ReferenceLayers& reference) {
  const geo::ReleasedLayer& layer = content.picture.layers[index];
  ReportMap result;
  result.title = MapTitle(layer);
  result.status = "Antal " + AreaLevelPhraseSv(layer.level) + "; " + std::to_string(ReleasedAreas(layer)) +
                  " av " + std::to_string(layer.areas.size()) + " visas, övriga skyddade";
  result.map = StartMap(reference, "a" + std::to_string(index));
  result.map.title = "Karta: antal händelser, " + result.title;
  result.map.description = LayerSentence(layer);
  AddClasses(result.map, CountClasses(content.picture.rule), 0);
  for (const geo::ReleasedArea& area : layer.areas)
    result.map.areas.push_back({CountClassOf(area.incidents), RingsOf(area.geometry)});
  AddOrientation(result.map, reference);
  AddCounts(result.map, layer);
  return result;
}

ReportMap DensityMap(const ReleasedContent& content, std::size_t index, const ReferenceLayers& reference) {
  const geo::ReleasedLayer& layer = content.picture.layers[index];
  ReportMap result;
  result.title = MapTitle(layer);
  result.status =
      "Täthet av antalen " + AreaLevelPhraseSv(layer.level) + ", händelser per km² och kvartal" +
      (layer.period.quarters > 1 ? " (medel över " + std::to_string(layer.period.quarters) + " kvartal)"
                                 : std::string());
  result.map = StartMap(reference, "t" + std::to_string(index));
  result.map.title = "Karta: täthet, " + result.title;
  result.map.description =
      "Räknad enbart på de antal som visas. Streckade områden är skyddade. Antalen står i sammanfattningen.";
  AddClasses(result.map, ReleasedDensitySymbols(ReleasedLegend(content), content.picture.rule), kDensityCode);
  const geo::StudyArea boundary(reference.boundary);
  for (const ClassPolygons& shape : PolygonsOfClasses(content.density[index], geo::kOutsideClass, &boundary))
    result.map.areas.push_back({kDensityCode + shape.code, RingsOf(shape.polygons)});
  AddOrientation(result.map, reference);
  return result;
}

ReportSection UncertaintySection(const geo::ReleasedPicture& picture) {
  ReportSection section{"Hur säkra är antalen?", {}, {}};
  section.paragraphs = {
      "Små antal varierar av slumpen, också om inget har ändrats. För varje område som visas står vilken "
      "nivå "
      "som är rimlig, räknad på det visade antalet."};
  std::size_t more = 0;
  for (const geo::ReleasedLayer& layer : picture.layers)
    for (const geo::ReleasedArea* area : ByCount(layer)) {
      if (section.items.size() >= kMostAreas) {
        ++more;
        continue;
      }
      section.items.push_back(area->name_sv + ", " + layer.group.label_sv + ", " + PeriodCode(layer.period) +
                              ": " + UncertaintyPhrase(static_cast<int>(std::get<double>(area->incidents))) +
                              ".");
    }
  if (more > 0)
    section.items.push_back("Ytterligare " + Count(static_cast<std::int64_t>(more), "område", "områden") +
                            " har sin mening i GeoPackage-filen (kolumnen I ord).");
  if (section.items.empty())
    section.items.push_back("Inget område på kartan kan visas, så det finns inget antal att bedöma.");
  return section;
}

/// Hot areas and changes in words; the rest stands in the table and in the GeoPackage. Empty where there is
/// neither: then the table's note says so.
ReportSection FindingsSection(const geo::ReleasedPicture& picture) {
  ReportSection section{"Fler än väntat, och förändring", {}, {}};
  for (std::vector<std::string> sentences : {HotSentences(picture), ChangeSentences(picture)}) {
    const std::size_t all = sentences.size();
    if (all > kMostFindings) {
      sentences.resize(kMostFindings);
      sentences.push_back("Ytterligare " +
                          Count(static_cast<std::int64_t>(all - kMostFindings), "område", "områden") +
                          " står i GeoPackage-filen.");
    }
    section.items.insert(section.items.end(), sentences.begin(), sentences.end());
  }
  return section;
}

ReportSection CoarseningSection(const geo::ReleasedPicture& picture) {
  ReportSection section{"Så grov är bilden, och varför", {}, {}};
  using View = geo::CoarseningStep::View;
  section.items = {"Kartan: " + CoarseningText(picture, View::kMap) + ".",
                   "Tabellen: " + CoarseningText(picture, View::kTable) + "."};
  if (picture.lattice.rests_on_addresses_alone)
    section.items.push_back("Områdena vilar på adresser ensamt: ingen befolkning är inläst.");
  return section;
}

ReportSection MethodSection(const ReleasedContent& content, const PictureMetadata& metadata) {
  ReportSection section{"Så är bilden gjord", {}, {}};
  section.paragraphs = {
      RuleText(content.picture) +
          ". Områdena bygger på bostäder och invånare, aldrig på händelser, och är desamma i hela serien. "
          "Tätheten är räknad enbart på de antal som visas, utspridda där människor bor och utjämnade inom " +
          SwedishNumber(content.bandwidth.value(), 0) +
          " m. Nivåerna är exakta 95-procentsintervall för ett Poissonfördelat antal.",
      "Utgåva " + metadata.run_id + ", program Lagesbild " + metadata.program_version +
          ", EPSG:" + std::to_string(static_cast<int>(metadata.crs)) + ". " + kDraftTitle + "."};
  return section;
}

}  // namespace

Report MakeReleasedReport(const ReleasedContent& content, const PictureMetadata& metadata,
                          const ReferenceLayers& reference) {
  const geo::ReleasedPicture& picture = content.picture;
  if (content.density.size() != picture.layers.size())
    throw geo::InvalidInput("a released picture needs one density, empty or not, for each layer");
  const geo::Period quarter{picture.quarter, picture.quarter, 1};
  Report report;
  report.title = "Gemensam lägesbild: " + metadata.municipality_name + ", " + PeriodName(quarter);
  report.subtitle = PeriodDates(quarter) +
                    ". Målgrupp: " + std::string(geo::AudienceLabelSv(picture.rule.audience)) +
                    ". Ungefärlig plats.";
  report.banners = ReportBanners(metadata);
  report.summary_heading = "Vad bilden säger";
  report.sentences = Summary(picture, metadata);
  report.maps_heading = "Kartor";
  for (std::size_t i = 0; i < picture.layers.size() && report.maps.size() < kMostMaps; ++i) {
    report.maps.push_back(AreaMap(content, i, reference));
    if (HasDensity(content, i) && report.maps.size() < kMostMaps)
      report.maps.push_back(DensityMap(content, i, reference));
  }
  SizeMaps(report);
  report.legend = ReleasedLegendKeys(content);
  report.map_notes = {
      "Samma klasser i alla kartor för målgruppen. Streckat är skyddat, inte noll. Antal är inte risk: där "
      "fler "
      "bor händer mer.",
      kHotMarkNote};
  report.table_heading = "Antal per åldersgrupp";
  if (!picture.rows.empty()) report.tables = {ReleasedCountsTable(picture)};
  ReportTable areas = ReleasedAreasTable(picture, kMostRows);
  if (!areas.rows.empty()) report.tables.push_back(std::move(areas));
  report.places_intro = UncertaintySection(picture);
  report.sections = {FindingsSection(picture),
                     CoarseningSection(picture),
                     {"Vad som saknas", {}, MissingTexts(picture, metadata)}};
  std::vector<std::string>& missing = report.sections.back().items;
  missing.insert(missing.end(), metadata.warnings_sv.begin(), metadata.warnings_sv.end());
  report.method = MethodSection(content, metadata);
  report.words.suppressed = kSuppressedWord;
  report.words.undefined = report.words.too_few = report.words.not_covered = kSuppressedWord;
  return report;
}

}  // namespace lagesbild::maps
