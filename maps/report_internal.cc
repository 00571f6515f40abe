#include <algorithm>

#include "maps/doubtful_text.h"
#include "maps/markup.h"
#include "maps/picture_layers.h"
#include "maps/picture_text.h"
#include "maps/ranked_places.h"
#include "maps/report.h"
#include "maps/report_maps.h"
#include "maps/report_places.h"
#include "maps/report_reporters.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

constexpr std::size_t kMostPlaces = 6;  ///< what the second page has room for
constexpr std::size_t kMostRepeats = 4;
constexpr std::size_t kMostMaps = 8;  ///< two rows of four

std::string QuarterText(geo::CalendarQuarter quarter) {
  const char* ordinal = quarter.number == 1   ? "första"
                        : quarter.number == 2 ? "andra"
                        : quarter.number == 3 ? "tredje"
                                              : "fjärde";
  return std::string(ordinal) + " kvartalet " + std::to_string(quarter.year);
}

const geo::PictureLayer* Find(const geo::SituationPicture& picture, geo::AgeGroupKind kind) {
  const geo::PictureLayer* found = nullptr;  // the last: the widest subtotal
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.group.kind == kind) found = &layer;
  return found;
}

std::string CountsSentence(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  const geo::Tally& tally = TotalLayer(picture).tally.incidents;
  return Count(tally.accepted, "händelse", "händelser") + " i " + metadata.municipality_name + " under " +
         QuarterText(picture.quarter) + ": " + GroupedNumber(static_cast<double>(tally.placed), 0) +
         " kunde placeras på kartan, " + GroupedNumber(static_cast<double>(tally.unplaced), 0) +
         " kunde inte placeras och " + GroupedNumber(static_cast<double>(tally.digital), 0) +
         " är digitala och har ingen plats.";
}

std::string AgesSentence(const geo::SituationPicture& picture) {
  std::vector<std::string> texts;
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.group.kind == geo::AgeGroupKind::kHeadline)
      texts.push_back(InSentence(layer.group.label_sv) + " " +
                      GroupedNumber(static_cast<double>(layer.tally.incidents.accepted), 0));
  if (const geo::PictureLayer* unknown = Find(picture, geo::AgeGroupKind::kUnknown))
    texts.push_back(InSentence(unknown->group.label_sv) + " " +
                    GroupedNumber(static_cast<double>(unknown->tally.incidents.accepted), 0));
  return "Händelser per åldersgrupp: " + Listed(texts) + ". En händelse kan räknas i flera grupper.";
}

/// " Läggs åldrarna ihop syns …": places that no single group has. Empty when there is none.
std::string MergedText(const std::vector<NumberedPlace>& places) {
  std::vector<std::string> only;
  for (const NumberedPlace& place : places)
    if (place.listed && place.layer->group.kind != geo::AgeGroupKind::kHeadline) only.push_back(place.where);
  if (only.empty()) return {};
  if (only.size() > 2) only = {Count(static_cast<std::int64_t>(only.size()), "plats", "platser")};
  return " Läggs åldrarna ihop syns dessutom " + Listed(only) + ".";
}

/// What the tests of the headline groups found.
std::string PlacesSentence(const geo::SituationPicture& picture, const std::vector<NumberedPlace>& places) {
  std::vector<std::string> tested, found;
  for (const geo::PictureLayer& layer : picture.layers) {
    if (layer.group.kind != geo::AgeGroupKind::kHeadline || !layer.tested) continue;
    tested.push_back(InSentence(layer.group.label_sv));
    std::vector<std::string> here;
    for (const NumberedPlace& place : places)
      if (place.layer == &layer) here.push_back(place.where);
    if (here.empty()) continue;
    const std::size_t more = here.size() > 3 ? here.size() - 3 : 0;
    here.resize(here.size() - more);
    if (more > 0) here.push_back(Count(static_cast<std::int64_t>(more), "plats till", "platser till"));
    found.push_back(InSentence(layer.group.label_sv) + ": " + Listed(here));
  }
  const std::string merged = MergedText(places);
  if (tested.empty())
    return "Ingen enskild åldersgrupp har händelser nog för att prövas mot slumpen." + merged;
  if (found.empty())
    return "För " + Listed(tested) + " finns inga platser med fler händelser än slumpen rimligen ger." +
           merged;
  std::string text = "Fler händelser än slumpen rimligen ger finns för ";
  for (std::size_t i = 0; i < found.size(); ++i) text += (i == 0 ? "" : "; för ") + found[i];
  return text + "." + merged;
}

std::string TooFewSentence(const geo::SituationPicture& picture) {
  std::vector<std::string> few;
  int minimum = 0;
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.group.kind == geo::AgeGroupKind::kHeadline && layer.too_few) {
      few.push_back(InSentence(layer.group.label_sv));
      minimum = layer.too_few->minimum;
    }
  if (few.empty()) return {};
  return "För få händelser för att prövas: " + Listed(few) + ". Det behövs minst " + std::to_string(minimum) +
         " åtskilda händelser i gruppen, och för få betyder inte att det är lugnt.";
}

std::string RepeatSentence(const geo::SituationPicture& picture, const PlaceNames& names) {
  const std::vector<geo::RepeatPlace>& repeats = TotalLayer(picture).repeats;
  const auto count = std::count_if(repeats.begin(), repeats.end(),
                                   [](const geo::RepeatPlace& repeat) { return repeat.incidents >= 2; });
  if (count == 0) return {};
  const std::string where = names.Of(repeats.front().position), places = Count(count, "plats", "platser");
  if (repeats.front().incidents == 2)
    return "På " + places + " har två händelser samma läge" + (count == 1 ? ": " : ", bland annat ") + where +
           ".";
  return "På " + places + " har minst två händelser samma läge; flest är " +
         GroupedNumber(repeats.front().incidents, 0) + " händelser: " + where + ".";
}

geo::Statistic Number(std::int64_t value) { return static_cast<double>(value); }

ReportRow TallyRow(const geo::SituationPicture& picture, const geo::PictureLayer& layer, bool apart) {
  const geo::Tally &incidents = layer.tally.incidents, &persons = layer.tally.persons;
  geo::Statistic places;
  if (layer.tested)
    places = Number(static_cast<std::int64_t>(geo::HotPlaces(layer, picture.grid).size()));
  else if (layer.undefined || !layer.too_few)
    places = layer.undefined.value_or(geo::Undefined{"NOT_TESTED"});
  else
    places = *layer.too_few;
  ReportRow row{layer.group.label_sv, {}, apart};
  for (const std::int64_t value :
       {incidents.read, incidents.accepted, incidents.placed, incidents.too_coarse, incidents.unplaced,
        incidents.outside, incidents.digital, persons.accepted, persons.placed})
    row.cells.push_back({Number(value), 0});
  row.cells.push_back({places, 0});
  return row;
}

ReportTable TallyTable(const geo::SituationPicture& picture) {
  ReportTable table;
  table.caption =
      "Godkända = placerade + oplacerade + digitala. En händelse med personer i två åldersgrupper räknas i "
      "båda, så grupperna kan ge mer än summan. Lästa är rader som tagits emot; stoppade rader och "
      "dubbletter räknas per leverans, inte per åldersgrupp.";
  table.row_title = "Åldersgrupp";
  table.columns = {{"Lästa", "Händelser"},      {"Godkända", "Händelser"},
                   {"Placerade", "Händelser"},  {"därav för grovt", "Händelser"},
                   {"Oplacerade", "Händelser"}, {"därav utanför", "Händelser"},
                   {"Digitala", "Händelser"},   {"Godkända", "Personer"},
                   {"Placerade", "Personer"},   {"Platser över slumpen", "Prövning"}};
  geo::AgeGroupKind last = geo::AgeGroupKind::kHeadline;
  for (const geo::PictureLayer& layer : picture.layers) {
    table.rows.push_back(TallyRow(picture, layer, layer.group.kind != last));
    last = layer.group.kind;
  }
  return table;
}

/// A point with several incidents has a line of its own; those with one or two share one.
void AddDoubtfulPoints(ReportSection& section, const geo::SituationPicture& picture,
                       const PlaceNames& names) {
  constexpr int kOfItsOwn = 3;
  std::vector<std::string> small;
  for (const geo::DoubtfulPoint& point : picture.doubtful_points) {
    if (point.incidents >= kOfItsOwn)
      section.items.push_back(DoubtfulPointText(point, names.Of(point.position)));
    else
      small.push_back(names.Of(point.position));
  }
  std::string text = DoubtfulGroupText(TotalLayer(picture));
  if (!text.empty()) text = "I täthet och rutor för alla åldrar: " + text + ".";
  if (!small.empty())
    text += std::string(text.empty() ? "" : " ") + "Högst två händelser vardera ligger på " + Listed(small) +
            ": kanske adresser som skrivs in när platsen inte är känd.";
  if (!text.empty()) section.items.push_back(text);
}

ReportSection MissingSection(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                             const PlaceNames& names) {
  ReportSection section{"Vad som saknas", {}, {}};
  const geo::Tally& tally = TotalLayer(picture).tally.incidents;
  const std::string accepted = GroupedNumber(static_cast<double>(tally.accepted), 0);
  section.items.push_back(
      GroupedNumber(static_cast<double>(tally.unplaced), 0) + " av " + accepted +
      " händelser kunde inte placeras, " + GroupedNumber(static_cast<double>(tally.outside), 0) +
      " av dem för att de ligger utanför gränsen. " + Count(tally.digital, "är digital", "är digitala") +
      ": de räknas men ritas aldrig som punkter.");
  section.items.push_back(Count(tally.too_coarse, "placerad händelse har", "placerade händelser har") +
                          " ett läge osäkrare än " + SwedishNumber(picture.options.max_accuracy.value(), 0) +
                          " m: de räknas i distrikten men syns inte i täthet och rutor.");
  AddDoubtfulPoints(section, picture, names);
  if (const geo::PictureLayer* unknown = Find(picture, geo::AgeGroupKind::kUnknown))
    section.items.push_back("I " + GroupedNumber(static_cast<double>(unknown->tally.incidents.accepted), 0) +
                            " av " + accepted +
                            " händelser är åldern okänd: åldersgruppernas antal kan vara för låga.");
  if (const std::string coverage = CoverageSentence(picture, metadata); !coverage.empty())
    section.items.push_back(coverage);
  section.items.push_back(
      "Bilden visar det som rapporterats, inte allt som hänt; fler uppgiftslämnare ger fler händelser. "
      "Upplevd otrygghet (" +
      GroupedNumber(picture.perceived_unsafety, 0) + " rapporter) räknas för sig.");
  section.items.insert(section.items.end(), metadata.warnings_sv.begin(), metadata.warnings_sv.end());
  return section;
}

ReportSection MethodSection(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                            const Legend& legend) {
  ReportSection section{"Så är bilden gjord", {}, {}};
  section.paragraphs = {
      "Täthet: " + BandwidthText(picture) + ", cellstorlek " +
          SwedishNumber(picture.options.density_cell.value(), 0) + " m; " + legend.unit_sv +
          "; en ensam händelse ger högst " + SwedishNumber(legend.lone_incident_peak) +
          " inne i kommunen. Prövning: " +
          TestText(picture, "Benjamini–Hochberg (BH) över åldersgruppernas rutor som en familj, m = " +
                                GroupedNumber(static_cast<double>(picture.family_size), 0) +
                                "; sammanslagna grupper är egna familjer") +
          ".",
      "Nivåerna 90, 95 och 99 %: av rutor som märks ut väntas högst 10, 5 och 1 av 100 bero på slumpen. "
      "Antalet kartor av 100 kommer från maximumstatistiken.",
      "Körning " + metadata.run_id + ", data " + metadata.data_version + ", program Lagesbild " +
          metadata.program_version + ", teckenförklaring version " + std::to_string(legend.version) +
          ", EPSG:" + std::to_string(static_cast<int>(metadata.crs)) + "."};
  return section;
}

/// Adds what a listed place cannot be seen without; the table above tells the rest.
void AddWhatTheyRestOn(Report& report, const std::vector<RankedPlace>& ranked,
                       const PictureMetadata& metadata) {
  for (ReportPlace& place : report.places)
    for (const RankedPlace& known : ranked)
      if (place.number == std::to_string(known.rank))
        if (const std::string leans = LeansOnText(known.listed, metadata); !leans.empty())
          place.sentence += " " + Capitalized(leans) + ".";
}

}  // namespace

std::vector<std::string> ReportBanners(const PictureMetadata& metadata) {
  std::vector<std::string> banners;
  if (metadata.synthetic) banners.push_back("SYNTETISKA DATA – ej verkliga händelser");
  banners.push_back(metadata.audience == "internal" ? "INTERN – får inte lämnas vidare"
                                                    : "Utkast, ej för publicering");
  return banners;
}

Report MakeInternalReport(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                          const ReferenceLayers& reference, const Legend& legend,
                          const geo::PlaceList& list) {
  const PlaceNames names(reference);
  const std::vector<const geo::PictureLayer*> shown = ShownLayers(picture);
  const std::vector<NumberedPlace> places = NumberPlaces(picture, shown, names);
  Report report;
  report.title = "Gemensam lägesbild: " + metadata.municipality_name + ", " + QuarterText(picture.quarter);
  report.subtitle =
      PeriodText(picture.quarter) +
      ". Roll: " + std::string(geo::RoleSelectionLabelSv(picture.options.role)) + ". Urval: " +
      (metadata.category_labels_sv.empty() ? "alla kategorier" : Listed(metadata.category_labels_sv)) +
      ". Målgrupp: intern.";
  report.banners = ReportBanners(metadata);
  report.summary_heading = "Vad bilden säger";
  for (const std::string& sentence :
       {CountsSentence(picture, metadata), ChangeSentence(picture), AgesSentence(picture),
        PlacesSentence(picture, places), TooFewSentence(picture), RepeatSentence(picture, names)})
    if (!sentence.empty()) report.sentences.push_back(sentence);
  report.maps_heading = "Kartor, en per åldersgrupp";
  for (const geo::PictureLayer* layer : shown)
    report.maps.push_back(
        MakeGroupMap(picture, *layer, reference, legend, places, metadata.municipality_name));
  for (const NumberedPlace& place : places)
    if (place.listed && report.maps.size() < kMostMaps)
      report.maps.push_back(MakePlaceMap(picture, place, reference, legend, metadata.municipality_name));
  report.legend = GroupMapLegend(legend);
  report.map_notes = {
      "Samma färger i alla kartor och kvartal. Tätheten visar var händelser ligger, inte var risken är "
      "störst. En vit yta är inte bevisat lugn."};
  report.table_heading = "Antal per åldersgrupp";
  report.tables = {TallyTable(picture)};
  FillPlaces(report, picture, places, kMostPlaces);
  const std::vector<RankedPlace> ranked = RankPlaces(picture, list, metadata, reference);
  AddWhatTheyRestOn(report, ranked, metadata);
  if (!ranked.empty()) report.tables.push_back(RankedPlacesTable(list, ranked));
  report.sections = {PowerSection(picture, list), RepeatsSection(TotalLayer(picture), names, kMostRepeats),
                     MissingSection(picture, metadata, names)};
  if (!picture.comparisons.empty())
    report.sections.insert(report.sections.begin(), ChangeSection(picture, metadata));
  report.method = MethodSection(picture, metadata, legend);
  report.words.undefined = "kan inte prövas";
  report.words.tells_counts = true;
  return report;
}

}  // namespace lagesbild::maps
