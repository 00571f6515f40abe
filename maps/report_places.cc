#include "maps/report_places.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "maps/markup.h"

namespace lagesbild::maps {
namespace {

bool Merged(const geo::PictureLayer& layer) {
  return layer.group.kind == geo::AgeGroupKind::kSubtotal || layer.group.kind == geo::AgeGroupKind::kTotal;
}

/// Smaller is stronger.
auto StrengthOf(const NumberedPlace& place) {
  return std::tuple(-place.place.hot_class, place.place.q_value, -place.place.incidents);
}

/// Neighborhoods of three cells side by side that touch or overlap are one place to a person.
bool SamePlace(const geo::HotPlace& a, const geo::HotPlace& b) {
  return std::abs(a.peak.column - b.peak.column) <= 3 && std::abs(a.peak.row - b.peak.row) <= 3;
}

bool SeveralMaps(const geo::SituationPicture& picture, const geo::PictureLayer& layer) {
  if (Merged(layer)) return false;
  return std::count_if(picture.layers.begin(), picture.layers.end(),
                       [](const geo::PictureLayer& other) { return other.tested && !Merged(other); }) > 1;
}

}  // namespace

std::vector<NumberedPlace> NumberPlaces(const geo::SituationPicture& picture,
                                        const std::vector<const geo::PictureLayer*>& shown,
                                        const PlaceNames& names) {
  std::vector<NumberedPlace> places, merged;
  for (const geo::PictureLayer* layer : shown)
    for (const geo::HotPlace& hot : geo::HotPlaces(*layer, picture.grid))
      (Merged(*layer) ? merged : places).push_back({0, layer, hot, names.Of(hot.center), true});
  std::stable_sort(places.begin(), places.end(), [](const NumberedPlace& a, const NumberedPlace& b) {
    return StrengthOf(a) < StrengthOf(b);
  });
  int number = 0;
  for (NumberedPlace& place : places) place.number = ++number;
  for (NumberedPlace& place : merged) {
    const auto known = std::find_if(places.begin(), places.end(), [&](const NumberedPlace& other) {
      return SamePlace(other.place, place.place);
    });
    place.listed = known == places.end();
    place.number = place.listed ? ++number : known->number;
    places.push_back(place);
  }
  return places;
}

std::string LevelText(const geo::HotspotTestOptions& test, int hot_class) {
  const double alpha = hot_class == 3 ? test.alpha_99 : hot_class == 2 ? test.alpha_95 : test.alpha_90;
  return "hotspot " + SwedishNumber(100 * (1 - alpha)) + " %";
}

void FillPlaces(Report& report, const geo::SituationPicture& picture,
                const std::vector<NumberedPlace>& places, std::size_t longest) {
  const double cell = picture.options.cell.value();
  report.places_intro.heading = "Platser med fler händelser än slumpen rimligen ger";
  std::size_t listed = 0;
  for (const NumberedPlace& place : places) {
    if (!place.listed || ++listed > longest) continue;
    const geo::AgeGroup& group = place.layer->group;
    report.places.push_back(
        {std::to_string(place.number),
         Capitalized(place.where) + " – " + InSentence(group.label_sv) + ", " +
             LevelText(picture.options.test, place.place.hot_class) +
             (Merged(*place.layer) ? " (visar sig när åldrarna läggs ihop; utforskande)" : "") + ". ",
         PlaceSentence(place.place, SeveralMaps(picture, *place.layer))});
  }
  if (listed == 0) {
    const bool any = std::any_of(picture.layers.begin(), picture.layers.end(),
                                 [](const geo::PictureLayer& layer) { return layer.tested; });
    report.places_intro.paragraphs = {
        any ? "Inga platser har fler händelser än slumpen rimligen ger. Det är ett resultat av prövningen, "
              "inte ett bevis för att det är lugnt."
            : "Ingen åldersgrupp har händelser nog för att prövas; ingen plats kan därför pekas ut."};
    return;
  }
  report.places_intro.paragraphs = {"En plats är en ruta om " + SwedishNumber(cell, 0) +
                                    " m med sina åtta grannar (" + SwedishNumber(3 * cell, 0) + " × " +
                                    SwedishNumber(3 * cell, 0) +
                                    " m). Väntat är antalet om händelserna bara följde var åldersgruppen "
                                    "bor. Upprepningar räknas en gång."};
  if (listed > longest)
    report.places_intro.items = {
        Count(static_cast<std::int64_t>(listed - longest), "plats till finns", "platser till finns") +
        " i kartfilen (GeoPackage)."};
}

ReportSection RepeatsSection(const geo::PictureLayer& layer, const PlaceNames& names, std::size_t longest) {
  ReportSection section{"Upprepade platser", {}, {}};
  std::vector<const geo::RepeatPlace*> repeats;
  for (const geo::RepeatPlace& repeat : layer.repeats)
    if (repeat.incidents >= 2) repeats.push_back(&repeat);
  if (repeats.empty()) {
    section.paragraphs = {"Inga händelser delar läge."};
    return section;
  }
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(longest, repeats.size()); ++i)
    texts.push_back(names.Of(repeats[i]->position) + " (" +
                    Count(repeats[i]->incidents, "händelse", "händelser") + " från " +
                    Count(repeats[i]->reporters, "uppgiftslämnare", "uppgiftslämnare") + ")");
  std::string text = "På " + Count(static_cast<std::int64_t>(repeats.size()), "plats", "platser") +
                     " har minst två händelser samma läge: " + Listed(texts);
  if (repeats.size() > longest)
    text +=
        " samt " + Count(static_cast<std::int64_t>(repeats.size() - longest), "plats till", "platser till");
  section.paragraphs = {
      text +
      ". Det är ett fynd i sig och kan ha en enkel orsak, som en adress som väljs när den rätta inte är "
      "känd."};
  return section;
}

}  // namespace lagesbild::maps
