#include "maps/released_guide.h"

#include "maps/markup.h"
#include "maps/released_symbols.h"
#include "maps/released_text.h"
#include "maps/report.h"
#include "maps/report_maps.h"

namespace lagesbild::maps {
namespace {

using Topic = std::pair<std::string, std::string>;

std::vector<Topic> Topics(const ReleasedContent& content) {
  const geo::ReleasedPicture& picture = content.picture;
  const std::string k = std::to_string(picture.rule.k);
  return {
      {"Vad kartan visar",
       "Händelser som uppgiftslämnarna har rapporterat. Den visar inte allt som hänt: där ingen rapporterar "
       "syns inget, och fler uppgiftslämnare ger fler händelser utan att mer har hänt."},
      {"Utkast", "Bilden är ett " + std::string(kDraftNote) +
                     ". Den får spridas först när den är granskad och publicerad."},
      {"Skyddat värde (streckat)", "Ett antal som är " + SuppressedText(picture.rule) +
                                       " visas inte, så att ingen enskild kan kännas igen. Det ritas "
                                       "streckat och kallas skyddat. Skyddat "
                                       "är inte detsamma som noll: det kan vara noll, några få, eller ett "
                                       "större antal som annars gick att "
                                       "räkna ut ur andra tal."},
      {"Ungefärlig plats",
       "Händelser visas bara i områden, aldrig som punkter eller adresser. Områdena bygger på var människor "
       "bor, inte på "
       "var "
       "händelserna skett, och är desamma i hela serien. " +
           RuleText(picture) + "."},
      {"Siffror och färger i områdena",
       "Siffran är antalet rapporterade händelser i området under lagrets period. Färgen är en klass med "
       "fasta "
       "gränser, lika i alla kartor för målgruppen. Ett stort område eller ett med många invånare har ofta "
       "fler "
       "händelser: antalet är inte risk."},
      {"Täthet (gult till rött)",
       "Tätheten är räknad enbart på de antal som visas, utspridda där människor bor i området och utjämnade "
       "inom " +
           SwedishNumber(content.bandwidth.value(), 0) +
           " m. Enheten är händelser per km² och kvartal. Den säger inget om en enskild plats. Där antalet "
           "är "
           "skyddat är ytan streckad."},
      {"Flera kvartal tillsammans",
       "När ett kvartal har för få händelser räknas flera tillsammans. Då står alla kvartal i lagrets namn, "
       "titel och kolumnen Period. Jämför inte ett sådant antal med ett för ett kvartal."},
      {"Åldersgrupper",
       "Slå på en åldersgrupp i taget, lagren täcker varandra. En händelse med personer i två grupper räknas "
       "i "
       "båda, så grupperna kan tillsammans ge mer än alla åldrar."},
      {"Hur säkra antalen är",
       "Små antal varierar av slumpen. Vid varje antal som visas står vilken nivå som är rimlig: lika många "
       "rapporter kan komma också om inget har ändrats."},
      {"Jämfört med väntat (▲)",
       "Antalen i de områden som visas jämförs med varandra efter hur många som bor i dem, i samma ålder när "
       "det är känt. Fler än väntat (▲) eller tydligt fler (▲▲) betyder att slumpen ensam knappast ger så "
       "många just där. Bara antal som visas används, så orden säger inget om skyddade områden. Där bara två "
       "områden visas jämförs de med varandra. Stabilt: gäller också om vilket som helst av de andra "
       "områdena "
       "räknas bort. Flera rapporter om samma konflikt räknas var för sig och kan ensamma ge ett ord, och "
       "dit "
       "många reser (centrum, skola, station) blir det fler än de boende ger anledning att vänta."},
      {"Jämfört med föregående år",
       "Antalet jämförs med samma område, ålder och kategorier ett år tidigare, eller om det antalet inte "
       "visades då, med perioden närmast före. Perioder som går omlott jämförs aldrig. Fler eller färre står "
       "bara när slumpen knappast förklarar skillnaden. Att fler uppgiftslämnare har börjat rapportera kan "
       "också ge fler."},
      {"Vad som inte är med",
       "Digitala händelser och händelser utan användbar plats hör inte till något område och räknas bara i "
       "värden för hela kommunen. Känsliga kategorier visas aldrig under distriktsnivå. Antal under " +
           k + " visas aldrig."}};
}

}  // namespace

std::vector<ReportKeyGroup> ReleasedLegendKeys(const ReleasedContent& content) {
  const geo::DisclosureRule& rule = content.picture.rule;
  ReportKeyGroup counts{"Antal händelser i området under perioden", {}},
      density{"Täthet, händelser per km² och kvartal", {}}, base{"Övrigt", {}};
  for (const SymbolClass& symbol : CountClasses(rule))
    (symbol.pattern == FillPattern::kHatched ? base : counts)
        .keys.push_back({symbol, false, symbol.label_sv});
  for (const SymbolClass& symbol : ReleasedDensitySymbols(ReleasedLegend(content), rule))
    if (symbol.pattern == FillPattern::kSolid) density.keys.push_back({symbol, false, symbol.label_sv});
  for (const SymbolClass& symbol : OrientationClasses()) {
    const auto code = static_cast<ReportCode>(symbol.value);
    if (code == ReportCode::kBoundary || code == ReportCode::kDistrict || code == ReportCode::kLocality)
      base.keys.push_back({symbol, false, symbol.label_sv});
  }
  return {counts, density, base};
}

HowToRead MakeReleasedGuide(const ReleasedContent& content, const PictureMetadata& metadata) {
  HowToRead page;
  const geo::Period quarter{content.picture.quarter, content.picture.quarter, 1};
  page.title = "Så läser du kartan";
  page.introduction = metadata.municipality_name + ", " + PeriodCode(quarter) + " (" + PeriodDates(quarter) +
                      "). För " + std::string(geo::AudienceLabelSv(content.picture.rule.audience)) +
                      ". Hör till utgåva " + metadata.run_id + ".";
  page.banners = ReportBanners(metadata);
  page.topics = Topics(content);
  page.legend = ReleasedLegendKeys(content);
  return page;
}

}  // namespace lagesbild::maps
