#include "maps/how_to_read.h"

#include "maps/markup.h"
#include "maps/picture_text.h"
#include "maps/report_maps.h"
#include "maps/report_page.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

using Topic = std::pair<std::string, std::string>;

Topic AgeGroups(const geo::SituationPicture& picture) {
  std::vector<std::string> groups, merged;
  for (const geo::PictureLayer& layer : picture.layers)
    (layer.group.kind == geo::AgeGroupKind::kHeadline || layer.group.kind == geo::AgeGroupKind::kUnknown
         ? groups
         : merged)
        .push_back(InSentence(layer.group.label_sv));
  return {"Åldersgrupper", "Varje åldersgrupp har en egen karta: " + Listed(groups) +
                               (merged.empty() ? "" : ". Sammanslagna: " + Listed(merged)) +
                               ". En händelse med personer i två grupper räknas i båda, så grupperna kan "
                               "tillsammans ge mer än alla "
                               "åldrar. I QGIS: slå på en grupp i taget, lagren täcker varandra."};
}

Topic PurpleCells(const geo::SituationPicture& picture) {
  const geo::HotspotTestOptions& test = picture.options.test;
  const double cell = picture.options.cell.value();
  const auto level = [](double alpha) { return SwedishNumber(100 * (1 - alpha)); };
  return {"Lila rutor: hotspots",
          "En lila ruta har med sina åtta grannar (" + SwedishNumber(3 * cell, 0) + " × " +
              SwedishNumber(3 * cell, 0) +
              " m) fler händelser än slumpen rimligen ger, om händelserna följde var åldersgruppen bor. Ju "
              "mörkare, "
              "desto säkrare: " +
              level(test.alpha_90) + ", " + level(test.alpha_95) + " och " + level(test.alpha_99) +
              " %. Av rutorna som märks ut på en nivå väntas i genomsnitt högst " +
              SwedishNumber(100 * test.alpha_90) + ", " + SwedishNumber(100 * test.alpha_95) + " och " +
              SwedishNumber(100 * test.alpha_99) +
              " av 100 bero på slumpen. En ruta utan färg är inte bevisat lugn."};
}

Topic TooFew(const geo::SituationPicture& picture) {
  const geo::HotspotTestOptions& test = picture.options.test;
  return {
      "För få händelser (streckat)",
      "En åldersgrupp med färre än " + std::to_string(test.min_incidents) +
          " åtskilda händelser prövas inte och får ingen täthetskarta: ett par händelser kan ligga var som "
          "helst. "
          "Rutor med händelser är streckade. För få betyder inte noll och inte lugnt. En ruta med färre än " +
          std::to_string(test.min_cell_count) + " händelser omkring sig pekas aldrig ut."};
}

std::vector<Topic> Topics(const geo::SituationPicture& picture, const Legend& legend) {
  return {
      {"Vad kartan visar",
       "Händelser som uppgiftslämnarna har rapporterat under kvartalet. Den visar inte allt som hänt: där "
       "ingen "
       "rapporterar syns inget, och fler uppgiftslämnare ger fler händelser utan att mer har hänt."},
      AgeGroups(picture),
      {"Täthet (gult till rött) är inte risk",
       "Färgen säger hur många händelser som ligger nära, i " + legend.unit_sv +
           ". Där många bor händer mer; en täthetstopp är därför ingen hotspot och säger inget om risken för "
           "den som är "
           "där. Den ljusaste färgen är högst vad en enda händelse ger inne i kommunen."},
      PurpleCells(picture),
      {"Vad slumpen ger",
       "Också händelser som faller på måfå hamnar ibland tätt. Faller 30 händelser på måfå i 150 lika stora "
       "rutor får "
       "någon ruta två eller fler i 95 fall av 100. Därför prövas varje ruta, och därför räknas alla "
       "prövningar in. "
       "Rapporten säger för varje plats hur ofta slumpen ger något lika ovanligt."},
      TooFew(picture),
      {"Skyddat värde och ungefärlig plats",
       "I kartor för samverkan och allmänhet döljs små tal, så att ingen enskild kan kännas igen. Ett "
       "skyddat värde ritas "
       "streckat och är aldrig noll; platser visas då ungefärligt, som områden. Interna kartor visar exakta "
       "lägen och "
       "får inte lämnas vidare."},
      {"Oplacerade händelser",
       "En händelse utan användbar plats räknas i tabellerna men syns inte på kartan. Är läget osäkrare än " +
           SwedishNumber(picture.options.max_accuracy.value(), 0) +
           " m räknas händelsen i sitt distrikt men inte i täthet och rutor."},
      {"Digitala händelser",
       "Det som händer på nätet har ingen plats. Det räknas per åldersgrupp och ritas aldrig som en punkt."},
      {"Upprepade platser",
       "Flera händelser med samma läge räknas en gång i prövningen, annars skulle en enda konflikt eller en "
       "standardadress se ut som en hotspot. De visas som egna punkter med antal (endast internt)."},
      {"En teckenförklaring för alla",
       "Samma värde har samma färg i alla åldersgrupper och kvartal (version " +
           std::to_string(legend.version) +
           "). Kartor kan alltså läggas bredvid varandra. Ändras gränserna får de en ny version och det "
           "sägs."}};
}

}  // namespace

HowToRead MakeHowToRead(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                        const Legend& legend) {
  HowToRead page;
  page.title = "Så läser du kartan";
  page.introduction = metadata.municipality_name + ", " + picture.quarter.swedish_code() + " (" +
                      PeriodText(picture.quarter) + "). Hör till körning " + metadata.run_id + ".";
  page.banners = ReportBanners(metadata);
  page.topics = Topics(picture, legend);
  page.legend = GroupMapLegend(legend);
  return page;
}

std::string HowToReadHtml(const HowToRead& page) {
  std::string body = "<main>\n<div class=\"sida las\">\n<header>\n" + HtmlBanners(page.banners) +
                     HtmlElement("h1", page.title) + HtmlElement("p", page.introduction, "class=\"under\"") +
                     "</header>\n" + HtmlLegend(page.legend, "t");
  for (const auto& [heading, text] : page.topics)
    body += "<section>\n" + HtmlElement("h2", heading) + HtmlElement("p", text) + "</section>\n";
  return HtmlPage("sv", page.title, body + "</div>\n</main>\n");
}

VectorLayer HowToReadTable(const HowToRead& page, const geo::SituationPicture& picture,
                           const PictureMetadata& metadata) {
  VectorLayer table;
  table.table = kHowToReadTable;
  table.name_sv = "Så läser du kartan";
  table.fields = {{"rubrik", FieldType::kText, "Rubrik"}, {"text", FieldType::kText, "Text"}};
  for (const auto& [heading, text] : page.topics) table.features.push_back({{}, {heading, text}});
  table.metadata =
      MakeLayerMetadata(picture, metadata, table.table, Title(picture, metadata, "Så läser du kartan"),
                        "Vad färger, rutor och ord på kartan betyder. Öppna attributtabellen och läs "
                        "uppifrån.");
  return table;
}

}  // namespace lagesbild::maps
