#include "maps/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>

#include "geo/hot_places.h"
#include "maps/picture_layers.h"
#include "maps/report_text.h"
#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps {
namespace {

using testing::MakeHostilePicture;
using testing::MakeSyntheticPicture;
using testing::SyntheticPicture;

Report Make(const SyntheticPicture& made) {
  const geo::PictureOptions& options = made.picture.options;
  return MakeInternalReport(made.picture, made.metadata, made.reference,
                            MakeLegend(options.kernel, options.bandwidth, options.test));
}

bool Holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

geo::PictureLayer& Group(SyntheticPicture& made, const std::string& code) {
  return *std::find_if(made.picture.layers.begin(), made.picture.layers.end(),
                       [&](const geo::PictureLayer& layer) { return layer.group.code == code; });
}

double Number(const ReportCell& cell) { return std::get<double>(std::get<geo::Statistic>(cell.content)); }

TEST(MakeInternalReport, HasTheNumbersOfThePictureInItsTable) {
  SyntheticPicture made = MakeSyntheticPicture();
  std::int64_t next = 100;  // each number another one
  for (geo::PictureLayer& layer : made.picture.layers)
    for (geo::Tally* tally : {&layer.tally.incidents, &layer.tally.persons})
      for (std::int64_t* value : {&tally->read, &tally->accepted, &tally->placed, &tally->too_coarse,
                                  &tally->unplaced, &tally->outside, &tally->digital})
        *value = next++;
  const ReportTable table = Make(made).tables.at(0);
  ASSERT_EQ(table.rows.size(), made.picture.layers.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const geo::PictureLayer& layer = made.picture.layers[i];
    const geo::Tally &incidents = layer.tally.incidents, &persons = layer.tally.persons;
    const std::vector<std::int64_t> expected = {incidents.read,       incidents.accepted, incidents.placed,
                                                incidents.too_coarse, incidents.unplaced, incidents.outside,
                                                incidents.digital,    persons.accepted,   persons.placed};
    ASSERT_EQ(table.rows[i].cells.size(), expected.size() + 1);
    EXPECT_EQ(table.rows[i].header, layer.group.label_sv);
    for (std::size_t column = 0; column < expected.size(); ++column)
      EXPECT_EQ(Number(table.rows[i].cells[column]), static_cast<double>(expected[column]))
          << table.columns[column].title;
    const geo::Statistic& places = std::get<geo::Statistic>(table.rows[i].cells.back().content);
    if (layer.tested)
      EXPECT_EQ(std::get<double>(places),
                static_cast<double>(geo::HotPlaces(layer, made.picture.grid).size()));
    else if (layer.undefined)
      EXPECT_TRUE(std::holds_alternative<geo::Undefined>(places));
    else
      EXPECT_EQ(std::get<geo::TooFew>(places), *layer.too_few);
  }
}

TEST(MakeInternalReport, SaysInFiveSentencesWhatAPersonReadsAloud) {
  const Report report = Make(MakeSyntheticPicture());
  ASSERT_EQ(report.sentences.size(), 5U);
  EXPECT_EQ(report.sentences[0],
            "41 händelser i Heby under tredje kvartalet 2026: 30 kunde placeras på kartan, 6 kunde inte "
            "placeras och "
            "5 är digitala och har ingen plats.");
  EXPECT_TRUE(Holds(report.sentences[1], "barn 0–12 år 17, ungdomar 13–17 år 31"));
  EXPECT_TRUE(Holds(report.sentences[2], "ungdomar 13–17 år: Östervåla (vid Östervåla skola)"));
  EXPECT_EQ(report.sentences[3],
            "För få händelser för att prövas: barn 0–12 år. Det behövs minst 10 åtskilda händelser i "
            "gruppen, och för "
            "få betyder inte att det är lugnt.");
  EXPECT_EQ(report.sentences[4],
            "På 2 platser har minst två händelser samma läge; flest är 4 händelser: Östervåla (vid Östervåla "
            "skola).");
}

TEST(MakeInternalReport, SaysThatNothingIsHot) {
  SyntheticPicture made = MakeSyntheticPicture();
  for (geo::PictureLayer& layer : made.picture.layers)
    for (geo::PictureCell& cell : layer.cells) cell.test.hot_class = 0;
  const Report report = Make(made);
  EXPECT_TRUE(Holds(report.sentences[2], "finns inga platser med fler händelser än slumpen rimligen ger"));
  EXPECT_TRUE(report.places.empty());
  ASSERT_FALSE(report.places_intro.paragraphs.empty());
  EXPECT_TRUE(Holds(report.places_intro.paragraphs[0], "inte ett bevis för att det är lugnt"));
  EXPECT_EQ(report.maps.size(), 6U);
}

TEST(MakeInternalReport, SaysThatNothingCouldBeTested) {
  SyntheticPicture made = MakeSyntheticPicture();
  for (geo::PictureLayer& layer : made.picture.layers) {
    layer.tested = false;
    layer.density.reset();
    layer.too_few = geo::TooFew{3, 10};
  }
  const Report report = Make(made);
  EXPECT_EQ(report.sentences[2], "Ingen enskild åldersgrupp har händelser nog för att prövas mot slumpen.");
  EXPECT_TRUE(Holds(report.places_intro.paragraphs.at(0), "ingen plats kan därför pekas ut"));
}

TEST(MakeInternalReport, RanksTheStrongestPlaceFirstAndNumbersItOnItsMap) {
  SyntheticPicture made = MakeSyntheticPicture();
  const Report report = Make(made);
  ASSERT_GE(report.places.size(), 2U);
  EXPECT_EQ(report.places[0].number, "1");
  EXPECT_TRUE(
      Holds(report.places[0].heading, "Östervåla (vid Östervåla skola) – ungdomar 13–17 år, hotspot 99 %"));
  const auto map = std::find_if(report.maps.begin(), report.maps.end(),
                                [](const ReportMap& m) { return m.title == "Ungdomar 13–17 år"; });
  ASSERT_NE(map, report.maps.end());
  const geo::HotPlace strongest = geo::HotPlaces(Group(made, "UNGDOM"), made.picture.grid).front();
  EXPECT_TRUE(std::any_of(map->map.marks.begin(), map->map.marks.end(), [&](const SvgMark& mark) {
    return mark.text == "1" && mark.position.easting == strongest.center.easting &&
           mark.position.northing == strongest.center.northing;
  }));
}

TEST(MakeInternalReport, GivesAPlaceOfAMergedGroupTheNumberThatItHas) {
  const Report report = Make(MakeSyntheticPicture());
  const auto all = std::find_if(report.maps.begin(), report.maps.end(),
                                [](const ReportMap& map) { return map.title == "Alla åldrar"; });
  ASSERT_NE(all, report.maps.end());
  EXPECT_TRUE(std::any_of(all->map.marks.begin(), all->map.marks.end(),
                          [](const SvgMark& mark) { return mark.text == "1"; }));
  for (std::size_t i = 0; i < report.places.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(report.places[i].number, report.places[j].number);
}

TEST(MakeInternalReport, NamesInTheSummaryWhatOnlyShowsWhenAgesAreMerged) {
  SyntheticPicture made = MakeSyntheticPicture();
  for (geo::PictureLayer& layer : made.picture.layers)
    if (layer.group.kind != geo::AgeGroupKind::kTotal)
      for (geo::PictureCell& cell : layer.cells) cell.test.hot_class = 0;
  const Report report = Make(made);
  ASSERT_FALSE(report.places.empty());
  EXPECT_TRUE(Holds(report.sentences[2],
                    "finns inga platser med fler händelser än slumpen rimligen ger. Läggs "
                    "åldrarna ihop syns dessutom "))
      << report.sentences[2];
}

TEST(MakeInternalReport, ListsSixPlacesAndSaysHowManyMore) {
  SyntheticPicture made = MakeSyntheticPicture();
  geo::PictureLayer& layer = Group(made, "UNGDOM");
  int hot = 0;
  for (geo::PictureCell& cell : layer.cells) {
    const bool farm = cell.inhabitants == 2 && cell.test.cell.column % 3 == 0;
    cell.test.hot_class = farm && hot < 9 ? 1 : 0;
    hot += cell.test.hot_class;
  }
  for (const char* code : {"UNG_VUXEN", "U25", "ALLA"})
    for (geo::PictureCell& cell : Group(made, code).cells) cell.test.hot_class = 0;
  const auto found = geo::HotPlaces(layer, made.picture.grid).size();
  ASSERT_GT(found, 6U);
  const Report report = Make(made);
  EXPECT_EQ(report.places.size(), 6U);
  ASSERT_EQ(report.places_intro.items.size(), 1U);
  EXPECT_EQ(report.places_intro.items[0].rfind(std::to_string(found - 6) + " plats", 0), 0U);
}

TEST(MakeInternalReport, HatchesTheCellsOfAGroupWithTooFew) {
  SyntheticPicture made = MakeSyntheticPicture();
  const ReportMap map = Make(made).maps.front();
  ASSERT_EQ(map.title, "Barn 0–12 år");
  EXPECT_EQ(map.status, "För få att pröva: 3 åtskilda, minst 10");
  const geo::PictureLayer& layer = Group(made, "BARN");
  const auto cells = std::count_if(layer.cells.begin(), layer.cells.end(),
                                   [](const geo::PictureCell& cell) { return cell.incidents > 0; });
  EXPECT_EQ(map.map.marks.size(), static_cast<std::size_t>(cells));
  for (const SvgMark& mark : map.map.marks) EXPECT_EQ(mark.code, static_cast<int>(LegendCode::kTooFew));
  for (const SvgArea& area : map.map.areas) EXPECT_LT(area.code, 2000);  // no density
}

TEST(MakeInternalReport, DrawsOneValueInOneColorOnEveryMap) {
  const Report report = Make(MakeSyntheticPicture());
  for (const ReportMap& map : report.maps)
    for (const SymbolClass& symbol : map.map.classes)
      for (const SymbolClass& first : report.maps.front().map.classes)
        EXPECT_TRUE(first.value != symbol.value || first.fill == symbol.fill) << symbol.label_sv;
}

TEST(MakeInternalReport, SaysWhatIsMissing) {
  SyntheticPicture made = MakeSyntheticPicture();
  made.picture.coverage = {{"BOST", geo::ReporterAnswer::kNoAnswer, 0},
                           {"POL", geo::ReporterAnswer::kAnswered, 40},
                           {"TYST", geo::ReporterAnswer::kNothingToReport, 0},
                           {"NY", geo::ReporterAnswer::kNotAsked, 0}};
  made.metadata.reporter_names = {{"BOST", "Bostadsbolaget"}, {"POL", "Polisen"}, {"TYST", "Tyst"}};
  std::string text;
  for (const ReportSection& section : Make(made).sections)
    if (section.heading == "Vad som saknas")
      for (const std::string& item : section.items) text += item + "\n";
  EXPECT_TRUE(Holds(text, "6 av 41 händelser kunde inte placeras, 1 av dem"));
  EXPECT_TRUE(Holds(text, "5 är digitala"));
  EXPECT_TRUE(Holds(text, "I 19 av 41 händelser är åldern okänd"));
  EXPECT_TRUE(Holds(
      text,
      "svarade: Polisen; inget att rapportera: Tyst; svarade inte: Bostadsbolaget; inte tillfrågad: NY"));
  EXPECT_TRUE(Holds(text, "Svarsfrekvens: 2 av 3"));
}

TEST(MakeInternalReport, LeadsWithTheChangeOnComparableReporters) {
  SyntheticPicture made = MakeSyntheticPicture();
  const std::vector<geo::PanelReporter> reporters = {
      {"A", geo::ReporterAnswer::kAnswered, geo::ReporterAnswer::kAnswered, 12, 11},
      {"D", geo::ReporterAnswer::kNotAsked, geo::ReporterAnswer::kAnswered, 0, 8}};
  made.picture.comparisons = {geo::CompareOnPanel({2026, 2}, {2026, 3}, reporters)};
  const Report report = Make(made);
  EXPECT_TRUE(Holds(report.sentences.at(1), "12 till 11 (−8 %), osäkert"));
  EXPECT_FALSE(Holds(report.sentences.at(1), "19"));
  EXPECT_EQ(report.sections.front().heading, "Förändring hos jämförbara uppgiftslämnare");
  EXPECT_TRUE(Holds(report.sections.front().items.at(0), "Mot K2 2026: 12 till 11 (−8 %), osäkert, hos A."));
  EXPECT_TRUE(Holds(report.sections.front().items.at(0), "Nya uppgiftslämnare: D med 8 händelser"));
  EXPECT_TRUE(Holds(report.sections.front().items.at(0), "19 mot 12 (+58 %): det visar vilka"));
}

TEST(PlaceSentence, SaysThatAPlaceRestsOnNewReporters) {
  geo::HotPlace place;
  place.incidents = place.tested = 4;
  place.reporters = 2;
  place.of_new = 2;
  EXPECT_TRUE(Holds(PlaceSentence(place, false), "2 av 4 kommer från nya uppgiftslämnare"));
  place.of_new = 1;
  EXPECT_FALSE(Holds(PlaceSentence(place, false), "nya uppgiftslämnare"));
}

TEST(MakeInternalReport, NamesRunDataAndProgram) {
  std::string text;
  for (const std::string& paragraph : Make(MakeSyntheticPicture()).method.paragraphs) text += paragraph;
  for (const char* part : {"stödradie 1000 m", "Benjamini–Hochberg", "999 omdragningar, frö 1",
                           "m = 1\u00a0234", "Körning 0123456789abcdef", "data feedc0de", "Lagesbild 0.1.0"})
    EXPECT_TRUE(Holds(text, part)) << part;
}

/// The `count` characters after each occurrence of `mark`.
std::vector<std::string> After(const std::string& text, const std::string& mark, std::size_t count) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += mark.size())
    found.push_back(text.substr(at + mark.size(), count));
  return found;
}

TEST(ReportHtml, HasNoScriptAndAsksForNothing) {
  for (const SyntheticPicture& made : {MakeSyntheticPicture(), MakeHostilePicture()}) {
    const std::string html = ReportHtml(Make(made));
    for (const char* part : {"<script", "javascript:", "src=", "<link", "@import", "<iframe", "<img"})
      EXPECT_FALSE(Holds(html, part)) << part;
    for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos; ++at)
      EXPECT_FALSE(Holds(html.substr(at, html.find('>', at) - at), " on")) << "an event handler in a tag";
    std::string rest = html;  // the namespace of SVG is a name, not an address
    for (std::size_t at; (at = rest.find("http://www.w3.org/2000/svg")) != std::string::npos;)
      rest.erase(at, 26);
    EXPECT_FALSE(Holds(rest, "://"));
    EXPECT_TRUE(Holds(html, "default-src 'none'"));
  }
}

TEST(ReportHtml, EscapesHostileNamesEverywhere) {
  const std::string html = ReportHtml(Make(MakeHostilePicture()));
  EXPECT_FALSE(Holds(html, "<&"));
  EXPECT_FALSE(Holds(html, "\x01"));
  EXPECT_FALSE(Holds(html, "\xFF"));
  EXPECT_TRUE(Holds(html, "&lt;&amp;&quot;&apos;%]]&gt;{}\\;--å"));
}

TEST(ReportHtml, CanBeReadWithoutSeeing) {
  const std::string html = ReportHtml(Make(MakeSyntheticPicture()));
  EXPECT_TRUE(Holds(html, "<html lang=\"sv\">"));
  EXPECT_TRUE(Holds(html, "<th scope=\"col\">Åldersgrupp</th>"));
  EXPECT_TRUE(Holds(html, "<th scope=\"row\">Ungdomar 13–17 år</th>"));
  int level = 0;  // no level of headings is left out on the way down
  for (const std::string& next : After(html, "<h", 1)) {
    if (next < "1" || next > "6") continue;
    EXPECT_LE(std::stoi(next), level + 1);
    level = std::stoi(next);
  }
  std::vector<std::string> ids;
  for (const std::string& rest : After(html, "id=\"", 40)) ids.push_back(rest.substr(0, rest.find('"')));
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST(ReportHtml, WritesEveryNumberOfTheTable) {
  const Report report = Make(MakeSyntheticPicture());
  const std::string html = ReportHtml(report);
  for (const ReportRow& row : report.tables.at(0).rows) {
    const std::size_t at = html.find("<th scope=\"row\">" + row.header + "</th>");
    ASSERT_NE(at, std::string::npos);
    std::string line = html.substr(at, html.find("</tr>", at) - at);
    for (const ReportCell& cell : row.cells) {
      const std::string text = ">" + CellText(cell, report.words) + "</td>";
      const std::size_t found = line.find(text);
      ASSERT_NE(found, std::string::npos) << row.header << text;
      line.erase(0, found + text.size());
    }
  }
}

TEST(ReportHtml, GivesTheSameBytesInAnyLocale) {
  const std::string first = ReportHtml(Make(MakeSyntheticPicture()));
  const std::string old_locale = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "sv_SE.UTF-8");
  const std::string second = ReportHtml(Make(MakeSyntheticPicture()));
  std::setlocale(LC_ALL, old_locale.c_str());
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace lagesbild::maps
