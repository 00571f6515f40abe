#include "maps/markup.h"

#include <cpl_minixml.h>
#include <cpl_string.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace lagesbild::maps {
namespace {

TEST(XmlText, EscapesWhatMarkupIsMadeOf) {
  EXPECT_EQ(XmlText("<&\"'>]]>å"), "&lt;&amp;&quot;&apos;&gt;]]&gt;å");
}

TEST(XmlText, LeavesOutControlCharactersAndMarksWrongBytes) {
  EXPECT_EQ(XmlText(std::string("a\0b\x01\x1F\x7F\tc\n", 9)), "ab\tc\n");
  EXPECT_EQ(XmlText("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(XmlText("\xC3"), "\xEF\xBF\xBD");                          // cut
  EXPECT_EQ(XmlText("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // overlong '/'
  EXPECT_EQ(XmlText("\xED\xA0\x80").find("\xED"), std::string::npos);  // surrogate
}

TEST(XmlText, GivesWellFormedXmlForRandomBytes) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 500; ++i) {
    std::string bytes;
    for (std::uint64_t n = random() % 40; n > 0; --n) bytes += static_cast<char>(random() % 256);
    const std::string xml = "<a b=\"" + XmlText(bytes) + "\"/>";
    CPLXMLNode* tree = CPLParseXMLString(xml.c_str());
    ASSERT_NE(tree, nullptr) << i;
    EXPECT_EQ(CleanText(CPLGetXMLValue(tree, "b", "")), CleanText(bytes)) << i;
    CPLDestroyXMLNode(tree);
    EXPECT_TRUE(CPLIsUTF8(xml.c_str(), static_cast<int>(xml.size()))) << i;
  }
}

TEST(SqlText, DoublesQuotes) { EXPECT_EQ(SqlText("a'; DROP TABLE x;--"), "'a''; DROP TABLE x;--'"); }

TEST(AsciiSlug, WritesSwedishNamesInAscii) {
  EXPECT_EQ(AsciiSlug("Heby", 20, "x"), "heby");
  EXPECT_EQ(AsciiSlug("Östervåla–Ärla", 20, "x"), "ostervala_arla");
  EXPECT_EQ(AsciiSlug("Malé, Ü & Ñ", 20, "x"), "male_u_n");
}

TEST(AsciiSlug, KeepsToItsLengthAndNeverComesOutEmpty) {
  EXPECT_EQ(AsciiSlug("abc def", 4, "x"), "abc");
  EXPECT_EQ(AsciiSlug("../..", 20, "kommun"), "kommun");
  EXPECT_EQ(AsciiSlug("", 20, "kommun"), "kommun");
}

TEST(SwedishNumber, HasADecimalComma) {
  EXPECT_EQ(SwedishNumber(0.5, 1), "0,5");
  EXPECT_EQ(SwedishNumber(353.55, 0), "354");
  EXPECT_EQ(SwedishNumber(-1.25, 2), "−1,25");
  EXPECT_EQ(SwedishNumber(-0.001, 1), "0,0");
}

TEST(SwedishNumber, ChoosesDecimalsThatTellTheValue) {
  EXPECT_EQ(SwedishNumber(0.1), "0,1");
  EXPECT_EQ(SwedishNumber(99), "99");
  EXPECT_EQ(SwedishNumber(1000), "1000");
  EXPECT_EQ(SwedishNumber(0.000123456), "0,000123");
  EXPECT_EQ(SwedishNumber(0), "0");
}

TEST(SwedishProbability, DoesNotFeignPrecision) {
  EXPECT_EQ(SwedishProbability("q", 0.0123), "q = 0,0123");
  EXPECT_EQ(SwedishProbability("q", 0.001), "q = 0,001");
  EXPECT_EQ(SwedishProbability("q", 1e-30), "q < 0,001");
  EXPECT_EQ(SwedishProbability("p", 0), "p < 0,001");
  EXPECT_EQ(SwedishProbability("q", std::nan("")), "q = –");
}

TEST(SwedishNumber, IsADashWhenThereIsNoNumber) {
  EXPECT_EQ(SwedishNumber(std::nan("")), "–");
  EXPECT_EQ(SwedishNumber(std::numeric_limits<double>::infinity(), 2), "–");
}

}  // namespace
}  // namespace lagesbild::maps
