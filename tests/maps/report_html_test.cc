#include <gtest/gtest.h>

#include <limits>

#include "geo/errors.h"
#include "maps/report.h"
#include "maps/report_text.h"
#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps {
namespace {

bool Holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A report as somebody else may make it: areas with counts, of which one is suppressed.
Report ReleasedReport() {
  const auto at = [](double x, double y) { return geo::PlanePoint{geo::Meters{x}, geo::Meters{y}}; };
  Report report;
  report.title = "T";
  report.words.suppressed = "färre än 10";
  ReportMap map;
  map.map.id = "a";
  map.map.south_west = at(0, 0);
  map.map.north_east = at(1000, 1000);
  map.map.classes = {{1, "10–19", {200, 0, 0, 255}, {}, FillPattern::kSolid, 0},
                     {0, "skyddat värde", {90, 90, 90, 255}, {0, 0, 0, 255}, FillPattern::kHatched, 0.1}};
  map.map.areas = {{1, {{at(0, 0), at(500, 0), at(500, 500), at(0, 500)}}},
                   {0, {{at(500, 0), at(1000, 0), at(1000, 500), at(500, 500)}}}};
  report.maps = {map};
  report.legend = {{"Antal", {{map.map.classes[1], false, "skyddat värde"}}}};
  ReportTable table;
  table.columns = {{"n", ""}, {"m", ""}};
  table.rows = {{"A", {{geo::Statistic{1234.0}, 0}, {geo::Statistic{geo::Suppressed{}}, 0}}},
                {"B", {{geo::Statistic{geo::NotCovered{}}, 0}, {geo::Statistic{geo::TooFew{3, 10}}, 0}}}};
  report.tables = {table};
  return report;
}

TEST(CellText, WritesNumbersInSwedish) {
  const StatisticWords words;
  EXPECT_EQ(CellText({geo::Statistic{1234567.0}, 0}, words), "1\u00a0234\u00a0567");
  EXPECT_EQ(CellText({geo::Statistic{1234.56}, 1}, words), "1\u00a0234,6");
  EXPECT_EQ(CellText({geo::Statistic{-1234.0}, 0}, words), "−1\u00a0234");
  EXPECT_EQ(CellText({geo::Statistic{999.0}, 0}, words), "999");
  EXPECT_EQ(CellText({geo::Statistic{0.0}, 0}, words), "0");
  EXPECT_EQ(CellText({std::string("ord"), 0}, words), "ord");
}

TEST(CellText, NeverWritesNothingOrZeroForWhatIsNoValue) {
  StatisticWords words;
  for (const geo::Statistic& statistic :
       {geo::Statistic{geo::Suppressed{}}, geo::Statistic{geo::Undefined{"X"}},
        geo::Statistic{geo::TooFew{0, 10}}, geo::Statistic{geo::NotCovered{}},
        geo::Statistic{std::numeric_limits<double>::quiet_NaN()}}) {
    const std::string text = CellText({statistic, 0}, words);
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.find('0'), std::string::npos) << text;
  }
}

TEST(CellText, TellsTheCountBehindTooFewOnlyWhereItMay) {
  StatisticWords words;
  EXPECT_EQ(CellText({geo::Statistic{geo::TooFew{7, 10}}, 0}, words), "för få");
  words.tells_counts = true;
  EXPECT_EQ(CellText({geo::Statistic{geo::TooFew{7, 10}}, 0}, words), "för få (7, minst 10)");
}

TEST(ReportHtml, WritesSuppressedInTheCallersWordsAndHatched) {
  const std::string html = ReportHtml(ReleasedReport());
  EXPECT_TRUE(Holds(html, "<td class=\"skyddad\">färre än 10</td>")) << html;
  EXPECT_TRUE(Holds(html, "<td class=\"saknas\">ingen uppgift</td>"));
  EXPECT_TRUE(Holds(html, "<td class=\"saknas\">för få</td>"));
  EXPECT_FALSE(Holds(html, "<td></td>"));
  EXPECT_TRUE(Holds(html, "fill=\"url(#a-h0)\""));    // on the map
  EXPECT_TRUE(Holds(html, "fill=\"url(#t-1-h0)\""));  // in the legend
}

TEST(ReportHtml, RejectsARowThatDoesNotFitItsTable) {
  Report report = ReleasedReport();
  report.tables[0].rows[0].cells.pop_back();
  EXPECT_THROW(ReportHtml(report), geo::InvalidInput);
}

TEST(ReportHtml, RejectsAMapWithACodeWithoutAClass) {
  Report report = ReleasedReport();
  report.maps[0].map.areas[0].code = 77;
  EXPECT_THROW(ReportHtml(report), geo::InvalidInput);
}

TEST(ReportBanners, WarnOfInventedDataAndOfDrafts) {
  PictureMetadata metadata;
  EXPECT_EQ(ReportBanners(metadata), std::vector<std::string>{"INTERN – får inte lämnas vidare"});
  metadata.synthetic = true;
  for (const char* audience : {"partner", "public"}) {
    metadata.audience = audience;
    EXPECT_EQ(ReportBanners(metadata), (std::vector<std::string>{"SYNTETISKA DATA – ej verkliga händelser",
                                                                 "Utkast, ej för publicering"}));
  }
}

TEST(ChanceText, SaysHowOftenChanceGivesAsMuch) {
  EXPECT_TRUE(Holds(ChanceText(0.001, false), "i färre än 1 av 100 kartor."));
  EXPECT_TRUE(Holds(ChanceText(0.021, false), "i ungefär 2 av 100 kartor."));
  EXPECT_TRUE(Holds(ChanceText(0.05, true), "i ungefär 5 av 100 lägesbilder."));
  EXPECT_FALSE(Holds(ChanceText(0.05, true), "försiktighet"));
  EXPECT_TRUE(Holds(ChanceText(0.35, true), "i ungefär 35 av 100 lägesbilder. Slumpen ger det så ofta"));
}

TEST(PlaceSentence, PutsTheTestedCountAgainstTheExpectedOne) {
  geo::HotPlace place;
  place.incidents = 14;
  place.tested = 12;
  place.reporters = 3;
  place.expected = 3.14;
  place.maximum_p = 0.02;
  EXPECT_EQ(
      PlaceSentence(place, false)
          .rfind("12 åtskilda händelser (14 rapporterade) från 3 uppgiftslämnare, där 3,1 väntades. Om ", 0),
      0U)
      << PlaceSentence(place, false);
  place.reporters = 1;
  EXPECT_TRUE(Holds(PlaceSentence(place, false), "kan platsen visa vem som rapporterar"));
}

TEST(ExpectedText, NeverSaysThatNothingWasExpected) {
  EXPECT_EQ(ExpectedText(0.0001), "under 0,01");
  EXPECT_EQ(ExpectedText(0.4), "0,40");
  EXPECT_EQ(ExpectedText(1.06), "1,1");
}

TEST(PlaceNames, NameLocalityAndPublicPlaceOrDistanceAndDirection) {
  const testing::SyntheticPicture made = testing::MakeSyntheticPicture();
  const PlaceNames names(made.reference);
  const auto of = [&](double x, double y) { return names.Of({geo::Meters{x}, geo::Meters{y}}); };
  EXPECT_EQ(of(628600, 6675100), "Östervåla (vid Östervåla skola)");
  EXPECT_EQ(of(596500, 6645000), "Heby");
  EXPECT_EQ(of(628000, 6667000), "3 km norr om Harbo");
  EXPECT_EQ(of(608500, 6643500), "3 km väster om Vittinge");
  EXPECT_EQ(PlaceNames(ReferenceLayers{}).Of({}), "okänt namn");
}

}  // namespace
}  // namespace lagesbild::maps
