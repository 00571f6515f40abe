#include "maps/released_report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "geo/errors.h"
#include "geo/released_hot_areas.h"
#include "maps/released_guide.h"
#include "maps/released_layers.h"
#include "maps/released_project.h"
#include "maps/released_text.h"
#include "tests/maps/synthetic_release.h"

namespace lagesbild::maps {
namespace {

using testing::MakeSilentRelease;
using testing::MakeSyntheticRelease;
using testing::SyntheticRelease;

Report Make(const SyntheticRelease& made) {
  return MakeReleasedReport(made.content, made.metadata, made.reference);
}

TEST(ReleasedReport, SaysInSentencesWhatIsReleased) {
  const Report report = Make(MakeSyntheticRelease());
  EXPECT_EQ(report.title, "Gemensam lägesbild: Heby, tredje kvartalet 2026");
  EXPECT_EQ(report.banners, (std::vector<std::string>{"SYNTETISKA DATA – ej verkliga händelser",
                                                      "Utkast, ej för publicering"}));
  ASSERT_GE(report.sentences.size(), 3U);
  EXPECT_LE(report.sentences.size(), 5U);
  EXPECT_EQ(
      report.sentences[0],
      "I Heby rapporterades under tredje kvartalet 2026 (1 juli–30 september 2026) 1\u00a0234 händelser i "
      "alla åldrar och 39 händelser med någon 13–24 år (känsliga kategorier oräknade).");
  EXPECT_EQ(
      report.sentences[1],
      "Kartan för 13–24 år under tredje kvartalet 2026, per tätort och landsbygd: antalet visas i 2 av 6 "
      "områden: Heby 12 och Östervåla 7. I övriga områden är antalen skyddade.");
  EXPECT_EQ(report.sentences[2],
            "Kartan för 13–24 år under fyra kvartal 2025K4–2026K3, per distrikt: antalet visas i 1 av 4 "
            "områden: Västerlövsta 47. I övriga områden är antalen skyddade.");
  EXPECT_NE(report.sentences.back().find("färre än 5"), std::string::npos);
}

TEST(ReleasedReport, DrawsEveryAreaAndHatchesTheSuppressedOnes) {
  const SyntheticRelease made = MakeSyntheticRelease();
  const Report report = Make(made);
  ASSERT_EQ(report.maps.size(), 5U);  // areas and density twice, and a layer without density
  const SvgMap& areas = report.maps[0].map;
  const auto drawn = [&](int code) {
    return std::count_if(areas.areas.begin(), areas.areas.end(),
                         [&](const SvgArea& area) { return area.code == code; });
  };
  EXPECT_EQ(drawn(90), 4);
  EXPECT_EQ(drawn(2), 1);
  EXPECT_EQ(drawn(1), 1);
  const auto suppressed = std::find_if(areas.classes.begin(), areas.classes.end(),
                                       [](const SymbolClass& one) { return one.value == 90; });
  ASSERT_NE(suppressed, areas.classes.end());
  EXPECT_EQ(suppressed->pattern, FillPattern::kHatched);
  EXPECT_EQ(areas.labels[0].text, "Heby: 12");
  EXPECT_NE(report.maps[3].status.find("medel över 4 kvartal"), std::string::npos);
  EXPECT_NE(report.maps[2].title.find("2025K4–2026K3"), std::string::npos);
}

TEST(ReleasedReport, HasNoBlankAndNoZeroInItsTable) {
  for (const SyntheticRelease& made : {MakeSyntheticRelease(), MakeSilentRelease()}) {
    const Report report = Make(made);
    ASSERT_GE(report.tables.size(), 1U);
    int suppressed = 0;
    for (const ReportTable& table : report.tables)
      for (const ReportRow& row : table.rows) {
        EXPECT_EQ(row.cells.size(), table.columns.size());
        for (const ReportCell& cell : row.cells) {
          const std::string text = CellText(cell, report.words);
          EXPECT_NE(text, "");
          EXPECT_NE(text, "0");
          suppressed += text == "skyddat";
        }
      }
    EXPECT_GT(suppressed, 0);
  }
}

TEST(ReleasedReport, NamesWhatIsSuppressedEverywhereInsteadOfAnEmptyColumn) {
  const ReportTable table = Make(MakeSyntheticRelease()).tables.at(0);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].title, "alla åldrar, alla kategorier");
  EXPECT_EQ(table.columns[1].title, "13–24 år, ej känsliga");
  EXPECT_EQ(table.notes, (std::vector<std::string>{
                             "Skyddat i alla områden, och därför utan kolumn: 0–12 år, alla kategorier, "
                             "2025K4–2026K3. Alla värden står i GeoPackage-filens tabell."}));
  EXPECT_EQ(Make(MakeSilentRelease()).tables.at(0).columns.size(), 1U);
}

TEST(ReleasedReport, ComparesShownAreasWithEachOtherAndWithTheYearBefore) {
  const SyntheticRelease made = MakeSyntheticRelease();
  const Report report = Make(made);
  ASSERT_EQ(report.tables.size(), 2U);
  const ReportTable& areas = report.tables[1];
  ASSERT_FALSE(areas.rows.empty());
  EXPECT_EQ(areas.columns[2].title, "Jämfört med väntat");
  EXPECT_EQ(areas.rows[0].header, "Heby");
  EXPECT_EQ(CellText(areas.rows[0].cells[3], report.words), "färre än 2025K3") << "12 after 41";
  const std::vector<std::string>& items = report.sections[0].items;
  EXPECT_NE(std::find(items.begin(), items.end(), "Heby: färre än 2025K3 (13–24 år, 2026K3)."), items.end());
  EXPECT_EQ(MakeSilentRelease().content.picture.map_shown, false);
  EXPECT_EQ(Make(MakeSilentRelease()).tables.size(), 1U) << "nothing is shown, so nothing is compared";
}

TEST(ReleasedReport, SaysForEachShownAreaHowSureItIs) {
  const Report report = Make(MakeSyntheticRelease());
  EXPECT_EQ(report.places_intro.items,
            (std::vector<std::string>{
                "Heby, 13–24 år, 2026K3: antalet är 12, en nivå mellan 6 och 21 är rimlig (95 %).",
                "Östervåla, 13–24 år, 2026K3: antalet är 7, en nivå mellan 2 och 15 är rimlig (95 %).",
                "Västerlövsta, 13–24 år, 2025K4–2026K3: antalet är 47, en nivå mellan 34 och 63 är rimlig "
                "(95 %)."}));
}

TEST(ReleasedReport, DrawsFewMapsLargeUnlessTheMunicipalityIsTooHigh) {
  SyntheticRelease made = MakeSyntheticRelease();
  made.content.picture.layers.resize(1);
  made.content.density.resize(1);
  EXPECT_EQ(Make(made).maps_per_row, 2);
  for (geo::PlanePoint& point : made.reference.boundary[0].outer)
    point.northing = geo::Meters{6600000 + (point.northing.value() - 6600000) * 2};
  const Report report = Make(made);
  EXPECT_EQ(report.maps_per_row, 3);
  EXPECT_NEAR(report.maps[0].map.width_mm, (184.0 - 2 * 3) / 3, 1e-9);
}

TEST(ReleasedReport, SaysThatThereIsNothingToDraw) {
  const Report report = Make(MakeSilentRelease());
  EXPECT_TRUE(report.maps.empty());
  EXPECT_EQ(report.sentences[0],
            "Alla antal för Heby är skyddade: för få händelser har rapporterats för att kunna visas.");
  EXPECT_EQ(report.sentences[1],
            "Ingen karta kan visas: inget område har händelser nog för att antalet ska få visas. Tabellen "
            "säger det som kan sägas.");
  EXPECT_FALSE(ReportHtml(report).empty());
}

/// Heby against localities with ten times the inhabitants, and against a year before.
SyntheticRelease WithAHotArea() {
  SyntheticRelease made = MakeSyntheticRelease();
  geo::ReleasedLayer& layer = made.content.picture.layers[0];
  layer.areas[0].incidents = 40.0;
  layer.areas[0].persons = 9;
  layer.areas[2].incidents = 8.0;
  geo::AddFindings(made.content.picture, std::vector<geo::PublishedValue>{{geo::Audience::kPartner,
                                                                           layer.areas[0].code,
                                                                           "13_24",
                                                                           geo::CategoryClass::kNonSensitive,
                                                                           {2025, 3},
                                                                           1,
                                                                           11}});
  return made;
}

TEST(ReleasedReport, SaysWhereMoreHappenedThanExpectedAndWhatChanged) {
  const Report report = Make(WithAHotArea());
  EXPECT_EQ(report.sections[0].items.at(0),
            "Heby: tydligt fler händelser än invånarantalet ger anledning att vänta (13–24 år, 2026K3). "
            "Jämfört: de 3 områden vars antal visas, efter invånare i alla åldrar. Stabilt: gäller också om "
            "något av de andra områdena räknas bort.");
  EXPECT_EQ(report.sections[0].items.at(1), "Heby: fler än 2025K3 (13–24 år, 2026K3).");
  EXPECT_EQ(report.sentences.at(report.sentences.size() - 2), report.sections[0].items.at(0));
  EXPECT_EQ(report.maps[0].map.labels[0].text, "Heby: 40 ▲▲");
  const ReportTable& areas = report.tables.at(1);
  ASSERT_EQ(areas.rows.size(), 4U);
  EXPECT_EQ(CellText(areas.rows[0].cells[2], report.words), "tydligt fler än väntat (stabilt)");
  EXPECT_EQ(CellText(areas.rows[0].cells[3], report.words), "fler än 2025K3");
  EXPECT_EQ(CellText(areas.rows[3].cells[2], report.words), "för få områden att jämföra med");
}

TEST(ReleasedReport, SaysThatNothingIsHotAndNothingOfWhatIsNotShown) {
  const Report report = Make(MakeSyntheticRelease());
  EXPECT_EQ(report.sections[0].items,
            (std::vector<std::string>{"Heby: färre än 2025K3 (13–24 år, 2026K3)."}));
  EXPECT_EQ(report.tables.at(1).notes,
            (std::vector<std::string>{
                "Inget område har tydligt fler händelser än invånarantalet ger anledning att vänta."}));
  EXPECT_EQ(report.sentences.at(report.sentences.size() - 2), report.tables.at(1).notes[0]);
  EXPECT_EQ(CellText(report.tables.at(1).rows.at(0).cells[2], report.words), "inget tydligt");
  EXPECT_EQ(CellText(report.tables.at(1).rows.at(1).cells[3], report.words), "kan inte jämföras");
  EXPECT_TRUE(Make(MakeSilentRelease()).sections[0].items.empty());
}

TEST(ReleasedReport, TellsEveryStepOfCoarsening) {
  const Report report = Make(MakeSyntheticRelease());
  ASSERT_EQ(report.sections.size(), 3U);
  EXPECT_EQ(
      report.sections[1].items,
      (std::vector<std::string>{
          "Kartan: från 13–17 år och 18–24 år per kvartal, i små områden till 13–24 år per kvartal, per "
          "tätort och landsbygd: åldrarna slogs ihop och områdena slogs ihop (för liten del av händelserna "
          "låg i områden som fick visas).",
          "Tabellen: ingen grövre indelning behövdes."}));
}

TEST(ReleasedReport, EndsWhatIsMissingWithTheWarnings) {
  SyntheticRelease made = MakeSyntheticRelease();
  made.metadata.warnings_sv = {"Adressregistret är äldre än ett år."};
  EXPECT_EQ(Make(made).sections.back().items.back(), "Adressregistret är äldre än ett år.");
}

TEST(ReleasedReport, RefusesAPictureWithoutADensityPerLayer) {
  SyntheticRelease made = MakeSyntheticRelease();
  made.content.density.clear();
  EXPECT_THROW(Make(made), geo::InvalidInput);
}

TEST(ReleasedGuide, ExplainsSuppressedWithTheRulesNumber) {
  const SyntheticRelease made = MakeSilentRelease();
  const HowToRead guide = MakeReleasedGuide(made.content, made.metadata);
  const auto topic = std::find_if(guide.topics.begin(), guide.topics.end(),
                                  [](const auto& one) { return one.first == "Skyddat värde (streckat)"; });
  ASSERT_NE(topic, guide.topics.end());
  EXPECT_NE(topic->second.find("färre än 10"), std::string::npos);
  EXPECT_NE(topic->second.find("inte detsamma som noll"), std::string::npos);
}

TEST(ReleasedProject, ShowsOneAgeGroupAtATime) {
  const SyntheticRelease made = MakeSyntheticRelease();
  const QgisProject project = MakeReleasedProject(made.content, made.metadata, made.reference);
  EXPECT_EQ(project.title_sv.rfind("UTKAST, ej för publicering", 0), 0U);
  EXPECT_EQ(project.start.text(), "2025-10-01T00:00:00Z");  // of the layer of four quarters
  EXPECT_EQ(project.end.text(), "2026-09-30T23:59:59Z");
  const ProjectGroup& ages = project.groups.at(1);
  EXPECT_TRUE(ages.one_at_a_time);
  ASSERT_EQ(ages.groups.size(), 2U);
  EXPECT_TRUE(ages.groups[0].on);
  EXPECT_FALSE(ages.groups[1].on);
  EXPECT_TRUE(ages.groups[0].one_at_a_time);
  EXPECT_EQ(ages.groups[0].tables,
            (std::vector<std::string>{"antal_13_24_tatort_1kv", "tathet_13_24_tatort_1kv",
                                      "antal_13_24_distrikt_4kv", "tathet_13_24_distrikt_4kv"}));
  EXPECT_EQ(ages.groups[1].tables, std::vector<std::string>{"antal_18_24_tatort_1kv"});
}

TEST(ReleasedProject, HasNoAgeGroupsWhenNothingIsReleased) {
  const SyntheticRelease made = MakeSilentRelease();
  for (const ProjectGroup& group : MakeReleasedProject(made.content, made.metadata, made.reference).groups)
    EXPECT_FALSE(group.one_at_a_time);
}

TEST(PeriodDates, NamesTheYearOfTheFirstDayWhenItIsAnother) {
  const geo::Period half{{2026, 2}, {2026, 3}, 2}, year{{2025, 4}, {2026, 3}, 4};
  EXPECT_EQ(PeriodDates(half), "1 april–30 september 2026");
  EXPECT_EQ(PeriodDates(year), "1 oktober 2025–30 september 2026");
  EXPECT_EQ(PeriodName(half), "två kvartal 2026K2–2026K3");
}

}  // namespace
}  // namespace lagesbild::maps
