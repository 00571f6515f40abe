#include "maps/how_to_read.h"

#include <gtest/gtest.h>

#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps {
namespace {

using testing::SyntheticPicture;

HowToRead Page(const SyntheticPicture& made) {
  const geo::PictureOptions& options = made.picture.options;
  return MakeHowToRead(made.picture, made.metadata,
                       MakeLegend(options.kernel, options.bandwidth, options.test));
}

std::string Topic(const HowToRead& page, const std::string& word) {
  for (const auto& [heading, text] : page.topics)
    if (heading.find(word) != std::string::npos) return text;
  return {};
}

TEST(MakeHowToRead, ExplainsEveryWordOfTheMap) {
  const HowToRead page = Page(testing::MakeSyntheticPicture());
  for (const char* word : {"Åldersgrupper", "inte risk", "Lila rutor", "slumpen", "För få", "Skyddat värde",
                           "ungefärlig plats", "Oplacerade", "Digitala", "Upprepade", "En teckenförklaring"})
    EXPECT_GT(Topic(page, word).size(), 50U) << word;
}

TEST(MakeHowToRead, TakesItsNumbersFromThePicture) {
  SyntheticPicture made = testing::MakeSyntheticPicture();
  made.picture.options.test.min_incidents = 17;
  made.picture.options.cell = geo::Meters{500};
  made.picture.options.max_accuracy = geo::Meters{750};
  const HowToRead page = Page(made);
  EXPECT_NE(Topic(page, "För få").find("färre än 17 åtskilda"), std::string::npos);
  EXPECT_NE(Topic(page, "Lila").find("1500 × 1500 m"), std::string::npos);
  EXPECT_NE(Topic(page, "Oplacerade").find("osäkrare än 750 m"), std::string::npos);
  EXPECT_NE(Topic(page, "Åldersgrupper").find("ungdomar 13–17 år"), std::string::npos);
}

TEST(HowToReadHtml, DrawsTheLegendAndEscapesNames) {
  const std::string html = HowToReadHtml(Page(testing::MakeHostilePicture()));
  EXPECT_NE(html.find("class=\"prov\""), std::string::npos);
  EXPECT_NE(html.find("&lt;&amp;&quot;&apos;%]]&gt;"), std::string::npos);
  EXPECT_EQ(html.find("<&\""), std::string::npos);
}

TEST(HowToReadTable, HasARowPerTopic) {
  const SyntheticPicture made = testing::MakeSyntheticPicture();
  const HowToRead page = Page(made);
  const VectorLayer table = HowToReadTable(page, made.picture, made.metadata);
  EXPECT_EQ(table.table, "lasanvisning");
  ASSERT_EQ(table.features.size(), page.topics.size());
  EXPECT_EQ(std::get<std::string>(table.features[0].values[0]), page.topics[0].first);
  EXPECT_EQ(std::get<std::string>(table.features[0].values[1]), page.topics[0].second);
}

}  // namespace
}  // namespace lagesbild::maps
