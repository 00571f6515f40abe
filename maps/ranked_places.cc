#include "maps/ranked_places.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "maps/markup.h"
#include "maps/picture_layers.h"
#include "maps/picture_text.h"
#include "maps/report_maps.h"
#include "maps/report_places.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

constexpr double kNearStreetMeters = 200;
constexpr int kFewestAddresses = 5;  ///< of a street whose name may stand for a place

/// The nearest street that is no single home.
class StreetNames {
 public:
  explicit StreetNames(const ReferenceLayers& reference) : reference_(&reference) {
    for (const NamedPoint& address : reference.street_addresses) ++addresses_[address.name];
  }
  std::string Near(geo::PlanePoint point) const {
    std::string nearest;
    double least = kNearStreetMeters;
    for (const NamedPoint& address : reference_->street_addresses) {
      const double distance = std::hypot(address.position.easting.value() - point.easting.value(),
                                         address.position.northing.value() - point.northing.value());
      if (distance > least || addresses_.at(address.name) < kFewestAddresses) continue;
      // Of streets as near the first by name: the order of the register does not matter.
      if (distance == least && !nearest.empty() && nearest <= address.name) continue;
      least = distance;
      nearest = address.name;
    }
    return nearest;
  }

 private:
  const ReferenceLayers* reference_;
  std::map<std::string, int> addresses_;
};

std::string ReporterName(const PictureMetadata& metadata, const std::string& code) {
  for (const auto& [known, name] : metadata.reporters)
    if (known == code && !name.empty()) return name;
  return code;
}

const geo::ListedPlace* Find(const geo::PlaceList& list, const NumberedPlace& place) {
  for (const geo::ListedPlace& listed : list.places)
    if (listed.group == place.layer->group.code && listed.place.peak == place.place.peak) return &listed;
  return nullptr;
}

bool SeveralTested(const geo::SituationPicture& picture) {
  return std::count_if(picture.layers.begin(), picture.layers.end(), [](const geo::PictureLayer& layer) {
           return layer.tested && layer.group.kind != geo::AgeGroupKind::kSubtotal &&
                  layer.group.kind != geo::AgeGroupKind::kTotal;
         }) > 1;
}

std::string QuarterShare(const geo::ListedPlace& place) {
  if (place.tested_quarters == 0) return "–";
  return std::to_string(place.hot_quarters) + " av " + std::to_string(place.tested_quarters);
}

std::string IntervalText(const geo::PoissonInterval& interval) {
  return SwedishNumber(interval.lower, 1) + "–" + SwedishNumber(interval.upper, 1);
}

std::string PText(double p) { return p < 0.0001 ? "under 0,0001" : SwedishNumber(p, 4); }

/// "Ungdomar: en medelstor ruta med grannar märks ut från 6 händelser …".
std::string PowerText(const geo::LayerPower& power) {
  const geo::DetectableConcentration& now = power.at_this_number;
  std::string text;
  if (now.least_count == 0)
    text = "så få händelser att ingen medelstor plats kan märkas ut";
  else
    text = "en medelstor plats märks ut från " + Count(now.least_count, "händelse", "händelser") +
           " (väntat " + ExpectedText(now.expected) + "), och en som har " +
           SwedishNumber(now.detectable_ratio, 0) + " gånger fler än väntat hittas i fyra kvartal av fem";
  if (power.least_incidents > 0)
    text += "; " + SwedishNumber(power.asked_ratio, 0) + " gånger fler skulle synas från " +
            Count(power.least_incidents, "händelse", "händelser") + " i gruppen";
  return text;
}

std::string ConcentrationText(const geo::Concentration& concentration) {
  return "hälften av händelserna ligger i " + Count(concentration.places_with_half, "ruta", "rutor") +
         " av " + GroupedNumber(static_cast<double>(concentration.places), 0) + " (generaliserad Gini " +
         SwedishNumber(concentration.generalized_gini, 2) + ")";
}

}  // namespace

std::string LeansOnText(const geo::ListedPlace& place, const PictureMetadata& metadata) {
  std::string text;
  if (!place.leans_on.empty()) {
    std::vector<std::string> names;
    for (const std::string& code : place.leans_on) names.push_back(ReporterName(metadata, code));
    text = "vilar på " + Listed(names) +
           (names.size() == 1 ? ": utan den syns platsen inte" : ": utan någon av dem syns platsen inte");
  }
  const std::string between = text.empty() ? "" : "; ";
  if (place.pile_up)
    text += between + std::to_string(place.largest_repeat) +
            " händelser har samma läge (upphopning, kontrollera adressen)";
  else if (place.leans_on_repeats)
    text += between + "syns inte utan de lägen som upprepas";
  return text;
}

std::string RestsOnSentence(const geo::ListedPlace& place, const PictureMetadata& metadata) {
  std::string text = "Kvar i " + std::to_string(place.hot_variants) + " av " +
                     Count(place.variants, "omdragning", "omdragningar");
  if (const std::string leans = LeansOnText(place, metadata); !leans.empty()) text += "; " + leans;
  text += place.tested_quarters == 0
              ? "; inget tidigare kvartal kunde prövas"
              : "; het i " + QuarterShare(place) + " tidigare kvartal som kunde prövas";
  return text + ".";
}

std::vector<RankedPlace> RankPlaces(const geo::SituationPicture& picture, const geo::PlaceList& list,
                                    const PictureMetadata& metadata, const ReferenceLayers& reference) {
  std::vector<RankedPlace> ranked;
  if (list.places.empty()) return ranked;
  const PlaceNames names(reference);
  const StreetNames streets(reference);
  const bool several = SeveralTested(picture);
  for (const NumberedPlace& place : NumberPlaces(picture, ShownLayers(picture), names)) {
    const geo::ListedPlace* listed = place.listed ? Find(list, place) : nullptr;
    if (listed == nullptr) continue;
    const std::string street = streets.Near(place.place.center);
    const bool merged = place.layer->group.kind == geo::AgeGroupKind::kSubtotal ||
                        place.layer->group.kind == geo::AgeGroupKind::kTotal;
    ranked.push_back({.rank = place.number,
                      .layer = place.layer,
                      .listed = *listed,
                      .name = Capitalized(place.where) + (street.empty() ? "" : ", " + street),
                      .sentence = PlaceSentence(place.place, several && !merged) + " " +
                                  RestsOnSentence(*listed, metadata)});
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const RankedPlace& a, const RankedPlace& b) { return a.rank < b.rank; });
  return ranked;
}

VectorLayer RankedPlacesLayer(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                              const geo::PlaceList& list, const std::vector<RankedPlace>& ranked) {
  VectorLayer layer;
  layer.table = kRankedPlacesTable;
  layer.name_sv = "Platser i rangordning";
  layer.geometry = GeometryType::kPoint;
  layer.fields = {{"rank", FieldType::kInteger, "Rang"},
                  {"name", FieldType::kText, "Plats"},
                  {"age_group", FieldType::kText, "Åldersgrupp"},
                  {"tested", FieldType::kInteger, "Åtskilda händelser"},
                  {"incidents", FieldType::kInteger, "Rapporterade händelser"},
                  {"expected", FieldType::kReal, "Väntat"},
                  {"interval_low", FieldType::kReal, "95 % intervall, från"},
                  {"interval_high", FieldType::kReal, "95 % intervall, till"},
                  {"p", FieldType::kReal, "p (binomial)"},
                  {"q", FieldType::kReal, "p efter BH"},
                  {"p_maximum", FieldType::kReal, "p för det största på kartan"},
                  {"redrawn_hot", FieldType::kInteger, "Kvar i så många omdragningar"},
                  {"redrawn", FieldType::kInteger, "Omdragningar"},
                  {"redrawn_share", FieldType::kReal, "Omdragningsandel (ingen sannolikhet)"},
                  {"reporters", FieldType::kInteger, "Uppgiftslämnare"},
                  {"leans_on", FieldType::kText, "Syns inte utan"},
                  {"largest_repeat", FieldType::kInteger, "Flest händelser på ett läge"},
                  {"pile_up", FieldType::kInteger, "Upphopning"},
                  {"quarters_hot", FieldType::kInteger, "Tidigare kvartal het"},
                  {"quarters_tested", FieldType::kInteger, "Tidigare kvartal prövade"},
                  {"sentence", FieldType::kText, "Med ord"}};
  const auto whole = [](int value) { return Value{std::int64_t{value}}; };
  for (const RankedPlace& place : ranked) {
    const geo::ListedPlace& listed = place.listed;
    layer.features.push_back({listed.place.center,
                              {whole(place.rank),
                               place.name,
                               place.layer->group.label_sv,
                               whole(listed.place.tested),
                               whole(listed.place.incidents),
                               listed.place.expected,
                               listed.interval.lower,
                               listed.interval.upper,
                               listed.place.binomial_p,
                               listed.place.q_value,
                               listed.place.maximum_p,
                               whole(listed.hot_variants),
                               whole(listed.variants),
                               listed.stability,
                               whole(listed.place.reporters),
                               Listed(listed.leans_on),
                               whole(listed.largest_repeat),
                               whole(listed.pile_up),
                               whole(listed.hot_quarters),
                               whole(listed.tested_quarters),
                               place.sentence}});
  }
  layer.style = VectorStyle{};
  SymbolClass symbol{0, "Plats med fler än slumpen ger (rang)", {255, 255, 255, 230}, {84, 39, 143, 255}};
  symbol.outline_mm = 0.5;
  symbol.marker_mm = 4;
  layer.style->classes = {symbol};
  layer.style->label = LabelStyle{"\"rank\" || ' ' || \"name\"", {84, 39, 143, 255}, 9, true};
  layer.metadata =
      MakeLayerMetadata(picture, metadata, layer.table, Title(picture, metadata, "Platser i rangordning"),
                        "Platser med fler händelser än invånarna förklarar, starkast först; punkten är "
                        "mitten av en ruta, inte en "
                        "adress. Varje plats har dragits om " +
                            Count(static_cast<std::int64_t>(list.variants.size()), "gång", "gånger") +
                            " med andra rutor och utan en uppgiftslämnare i taget; andelen säger hur mycket "
                            "platsen beror på valen "
                            "och är ingen sannolikhet. Får bara visas internt.");
  return layer;
}

ReportTable RankedPlacesTable(const geo::PlaceList& list, const std::vector<RankedPlace>& ranked) {
  ReportTable table;
  table.caption = "Platser i rangordning, starkast först";
  table.row_title = "Plats";
  table.columns = {{"Åldersgrupp", ""},
                   {"Antal", ""},
                   {"Väntat", ""},
                   {"95 % intervall", ""},
                   {"p", ""},
                   {"p efter BH", ""},
                   {"Omdragningar", "Kvar i"},
                   {"Tidigare kvartal", "Kvar i"},
                   {"Uppgiftslämnare", ""}};
  for (const RankedPlace& place : ranked) {
    const geo::ListedPlace& listed = place.listed;
    ReportRow row{std::to_string(place.rank) + ". " + place.name, {}, false};
    for (const std::string& text :
         {place.layer->group.label_sv, std::to_string(listed.place.tested),
          ExpectedText(listed.place.expected), IntervalText(listed.interval), PText(listed.place.binomial_p),
          PText(listed.place.q_value),
          std::to_string(listed.hot_variants) + " av " + std::to_string(listed.variants),
          QuarterShare(listed), std::to_string(listed.place.reporters)})
      row.cells.push_back({text, 0});
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "Omdragningar: samma prövning med andra rutor, utan upprepade lägen och utan en uppgiftslämnare i "
      "taget; ingen sannolikhet. Tidigare kvartal (av " +
      std::to_string(list.earlier.size()) +
      "): med de uppgiftslämnare som rapporterar nu; för få händelser prövas inte."};
  return table;
}

ReportSection PowerSection(const geo::SituationPicture& picture, const geo::PlaceList& list) {
  ReportSection section{"Vad prövningen kunde se", {}, {}};
  bool any_headline = false;
  for (std::size_t i = 0; i < list.groups.size() && i < picture.layers.size(); ++i)
    any_headline = any_headline || (list.groups[i].power && list.groups[i].concentration &&
                                    picture.layers[i].group.kind == geo::AgeGroupKind::kHeadline);
  for (std::size_t i = 0; i < list.groups.size() && i < picture.layers.size(); ++i) {
    const geo::GroupSpread& spread = list.groups[i];
    if (!spread.power || !spread.concentration) continue;
    // Sums of groups are left to the API: two pages are for what is decided on.
    if (any_headline && picture.layers[i].group.kind != geo::AgeGroupKind::kHeadline) continue;
    section.items.push_back(picture.layers[i].group.label_sv + ": " + PowerText(*spread.power) + ". " +
                            Capitalized(ConcentrationText(*spread.concentration)) + ".");
  }
  if (section.items.empty()) return section;
  section.paragraphs = {
      "Räknat ur antalet händelser och var gruppen bor, innan någon ser kartan: det som är svagare än så kan "
      "finnas utan att synas."};
  return section;
}

}  // namespace lagesbild::maps
