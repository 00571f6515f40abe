#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "geo/deletion_index.h"
#include "geo/edit_distance.h"
#include "geo/name_index.h"
#include "geo/string_table.h"

namespace lagesbild::geo {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// The unrestricted distance by the book (Lowrance and Wagner 1975).
int ByTheBook(const std::string& a, const std::string& b) {
  const int far = static_cast<int>(a.size() + b.size());
  std::vector<std::vector<int>> d(a.size() + 2, std::vector<int>(b.size() + 2, far));
  std::array<std::size_t, 256> last_row{};
  for (std::size_t i = 0; i <= a.size(); ++i) d[i + 1][1] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[1][j + 1] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t last_match = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t row = last_row[static_cast<unsigned char>(b[j - 1])], column = last_match;
      const bool same = a[i - 1] == b[j - 1];
      if (same) last_match = j;
      const int exchanged =
          row > 0 && column > 0 ? d[row][column] + static_cast<int>(i - row - 1 + 1 + j - column - 1) : far;
      d[i + 1][j + 1] = std::min({d[i][j] + (same ? 0 : 1), d[i + 1][j] + 1, d[i][j + 1] + 1, exchanged});
    }
    last_row[static_cast<unsigned char>(a[i - 1])] = i;
  }
  return d[a.size() + 1][b.size() + 1];
}

std::string RandomText(std::mt19937_64& random, std::size_t longest) {
  std::string text;
  for (std::size_t n = random() % (longest + 1); n > 0; --n) text += static_cast<char>('a' + random() % 4);
  return text;
}

TEST(EditDistance, AgreesWithTheBookOnRandomTexts) {
  std::mt19937_64 random(331);
  for (int i = 0; i < 20000; ++i) {
    const std::string a = RandomText(random, 12), b = RandomText(random, 12);
    const int right = ByTheBook(a, b);
    const EditDistance distance(a);
    for (const int most : {0, 1, 2})
      ASSERT_EQ(distance.To(b, most), std::min(right, most + 1)) << a << " " << b << " " << most;
    // Above two edits the alignment's distance holds, which exchanges neighbors alone.
    ASSERT_GE(distance.To(b, 20), right) << a << " " << b;
  }
}

TEST(EditDistance, CountsAnExchangeAcrossALetterLeftOutAsTwo) {
  EXPECT_EQ(EditDistance("spannmalsgatan").To("spannlmsgatan", 2), 2);
  EXPECT_EQ(EditDistance("stora vargvatan").To("stora varvsgatan", 2), 2);
  EXPECT_EQ(EditDistance("abc").To("ca", 2), 2);
  EXPECT_EQ(EditDistance("ca").To("abc", 2), 2);
  EXPECT_EQ(EditDistance("ca").To("abc", 1), 2);
}

TEST(EditDistance, CountsAnExchangeOfNeighborsOnce) {
  EXPECT_EQ(EditDistance("engelbrekstgatan").To("engelbrektsgatan", 2), 1);
  EXPECT_EQ(EditDistance(std::string(64, 'a')).To(std::string(63, 'a') + "b", 2), 1);
}

TEST(DeletionIndex, MissesNothingThatIsNear) {
  std::mt19937_64 random(7);
  std::vector<std::string> names;
  DeletionIndex index;
  for (std::uint32_t i = 0; i < 400; ++i) {
    names.push_back(RandomText(random, 12) + "gatan");
    index.Add(names.back(), i);
  }
  index.Freeze();
  for (int q = 0; q < 400; ++q) {
    const std::string text = RandomText(random, 12) + "gatan";
    std::vector<std::uint32_t> found;
    index.Find(text, 2, found);
    for (std::uint32_t i = 0; i < names.size(); ++i)
      if (ByTheBook(text, names[i]) <= (names[i].size() < 8 ? 1 : 2)) {
        ASSERT_THAT(found, Contains(i)) << text;
      }
  }
}

TEST(StringTable, FindsEachTextsIdsInOrder) {
  StringTable table;
  table.Add("b", 3);
  table.Add("a", 2);
  table.Add("b", 1);
  table.Add("b", 3);
  table.Freeze();
  EXPECT_THAT(table.Find("b"), ElementsAre(1, 3));
  EXPECT_THAT(table.Find("a"), ElementsAre(2));
  EXPECT_THAT(table.Find("c"), IsEmpty());
  EXPECT_THAT(StringTable().Find("a"), IsEmpty());
}

/// Names by number.
NameIndex Names(const std::vector<const char*>& names) {
  NameIndex index;
  for (std::size_t i = 0; i < names.size(); ++i) index.Add(names[i], static_cast<int>(i));
  index.Freeze();
  return index;
}

std::vector<int> NearIds(const NameIndex& index, const std::vector<std::string>& words) {
  std::vector<int> ids;
  for (const NearName& near : index.Near(words)) ids.push_back(near.id);
  return ids;
}

TEST(NearNames, AllowOneLetterBelowEightAndTwoFromThere) {
  const NameIndex index = Names({"Algatan", "Engelbrektsgatan"});
  EXPECT_THAT(NearIds(index, {"algtan"}), ElementsAre(0));
  EXPECT_THAT(NearIds(index, {"algtn"}), IsEmpty());
  EXPECT_THAT(NearIds(index, {"engelbretsgatn"}), ElementsAre(1));
  EXPECT_THAT(NearIds(index, {"engelbetsgatn"}), IsEmpty());
}

TEST(NearNames, ReadAbbreviationsWithLettersWrong) {
  const NameIndex index = Names({"Norra Vallgatan", "Södra Vallgatan"});
  EXPECT_THAT(NearIds(index, {"n.", "valg."}), ElementsAre(0));
  EXPECT_TRUE(index.Near({"n.", "valg."}).front().expanded);
}

TEST(NearNames, CountWordsOfCompounds) {
  const NameIndex index = Names({"Möllevångstorget", "Lilla torg"});
  EXPECT_EQ(index.Near({"möllevångs", "torget"}).front().words_more, 1);
  EXPECT_EQ(index.Near({"lillatorg"}).front().words_more, -1);
  EXPECT_EQ(index.Near({"möllevångs", "tporget"}).front().edits, 1);
}

TEST(NearNames, NeverExchangeWordsThatMeanSomething) {
  const NameIndex index =
      Names({"Östra Förstadsgatan", "Björngatan", "Björkvägen", "Tolfte gatan 1", "Ågatan"});
  EXPECT_THAT(NearIds(index, {"västra", "förstadsgatan"}), IsEmpty()) << "another direction";
  EXPECT_THAT(NearIds(index, {"björkgatan"}), IsEmpty()) << "björk is the stem of another name";
  EXPECT_THAT(NearIds(index, {"björmgatan"}), ElementsAre(1));
  EXPECT_THAT(NearIds(index, {"tolfte", "gatan", "2"}), IsEmpty()) << "another figure";
  EXPECT_THAT(NearIds(index, {"ögatan"}), IsEmpty()) << "no stem is left";
  EXPECT_THAT(NearIds(index, {"förstadsgatan"}), IsEmpty()) << "the end of a name: see WithoutFirstWord";
}

TEST(NearNames, TakeNoCommonWordForASlip) {
  const NameIndex index = Names({"Ripgatan", "Industrigatan", "Varvsgatan"});
  EXPECT_THAT(NearIds(index, {"ridgatan"}), IsEmpty()) << "rid is a word";
  EXPECT_THAT(NearIds(index, {"rigpatan"}), Not(IsEmpty()));
  EXPECT_THAT(NearIds(index, {"vargsgatan"}), IsEmpty()) << "so is its genitive";
  EXPECT_THAT(index.OtherType({"industrivägen"}).ids, ElementsAre(1)) << "for a look, where the house is";
}

TEST(AddressStyle, HasItsWordsInOrder) {
  const AddressStyle& style = SwedishAddressStyle();
  EXPECT_TRUE(std::is_sorted(style.words.begin(), style.words.end()));
  EXPECT_TRUE(IsStreetWord("bjork", style));
  EXPECT_TRUE(IsStreetWord("kungs", style));
  EXPECT_FALSE(IsStreetWord("engelbrekts", style));
  EXPECT_FALSE(IsStreetWord("bjork", *FindAddressStyle("no")));
}

TEST(NearNames, TakeTheWritersMarksSeriously) {
  const NameIndex index = Names({"Bäcklundagatan"});
  EXPECT_THAT(NearIds(index, {"bäcklndagatan"}), ElementsAre(0));
  EXPECT_THAT(NearIds(index, {"backlndagatan"}), ElementsAre(0)) << "no marks at all, and a letter wrong";
  EXPECT_THAT(NearIds(index, {"böcklndagåtan"}), IsEmpty());
}

TEST(NameIndex, ReadsAnAbbreviationWithALetterOfItsOwnWrong) {
  const NameIndex index = Names({"Konsultgatan", "Konsultvägen", "Bunkeflovägen", "Lindgatan"});
  EXPECT_THAT(index.SlippedAbbreviations({"konsultga."}), ElementsAre(0));
  EXPECT_THAT(index.SlippedAbbreviations({"konsultgt."}), ElementsAre(0));
  EXPECT_THAT(index.SlippedAbbreviations({"konsultväh."}), ElementsAre(1));
  EXPECT_THAT(index.SlippedAbbreviations({"konsultvä"}), ElementsAre(1))
      << "without a dot two letters at least";
  EXPECT_THAT(index.SlippedAbbreviations({"konsult"}), IsEmpty());
  EXPECT_THAT(index.SlippedAbbreviations({"lindga"}), IsEmpty()) << "lind is a common word";
  EXPECT_THAT(index.SlippedAbbreviations({"bunkeflos", "väg"}), IsEmpty()) << "a type written out";
}

TEST(NameIndex, TakesAnotherTypeAndAnotherReadingOfAaForTwoRepairs) {
  const NameIndex index = Names({"Kulladalstorget"});
  EXPECT_THAT(index.OtherType({"kulladalsplatsen"}).ids, ElementsAre(0));
  EXPECT_THAT(index.OtherType({"kullaedalsplatsen"}).ids, IsEmpty());
}

TEST(NameIndex, FindsNamesWithoutTheirFirstWordAndOfAnotherType) {
  const NameIndex index = Names({"Norra Grängesbergsgatan", "Södra Grängesbergsgatan", "Engelbrektsgatan"});
  EXPECT_THAT(index.WithoutFirstWord({"grängesbergsgatan"}).ids, ElementsAre(0, 1));
  EXPECT_THAT(index.OtherType({"engelbrektsvägen"}).ids, ElementsAre(2));
  EXPECT_THAT(index.OtherType({"engelbrektsgatan"}).ids, IsEmpty()) << "the same type";
  EXPECT_THAT(index.OtherType({"engelbrekts"}).ids, IsEmpty());
}

}  // namespace
}  // namespace lagesbild::geo
