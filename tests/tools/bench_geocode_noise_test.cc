#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tools/bench_geocode/noise.h"
#include "tools/bench_geocode/phrases.h"
#include "tools/bench_geocode/text.h"
#include "tools/bench_geocode/wordings.h"

namespace lagesbild::tools::bench {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;

constexpr WritingLanguage kSv = WritingLanguage::kSwedish;
constexpr WritingLanguage kNo = WritingLanguage::kNorwegian;

std::u32string Joined(const std::string& text) {
  std::u32string plain = Plain(text);
  std::erase(plain, U' ');
  return plain;
}

TEST(EditDistance, CountsAnExchangeAsOneAndStopsBeyondTheMost) {
  EXPECT_EQ(EditDistance(U"storgatan", U"sotrgatan", 2), 1);
  EXPECT_EQ(EditDistance(U"storgatan", U"storgatan", 2), 0);
  EXPECT_EQ(EditDistance(U"storgatan", U"strgtan", 2), 2);
  EXPECT_EQ(EditDistance(U"ab", U"ba", 2), 1);
  EXPECT_EQ(EditDistance(U"storgatan", U"lillgatan", 2), 3);
  EXPECT_EQ(EditDistance(U"", U"ab", 2), 2);
}

TEST(PlainText, ForgetsMarksCaseAndPunctuation) {
  EXPECT_EQ(Utf8(Plain("S:t  Knuts-Väg, Åö É.")), "st knuts vag, ao e");
  EXPECT_EQ(Utf8(Letters("Åäö 😀")), "Åäö 😀");
}

TEST(Noise, DropsMarksAndWritesDigraphs) {
  EXPECT_EQ(MarksDropped("Törngatan"), "Torngatan");
  EXPECT_EQ(MarksDropped("Åvägen"), "Avagen");
  EXPECT_EQ(MarksDropped("Storgatan"), std::nullopt);
  EXPECT_EQ(Digraphs("Åkerö"), "Aakeroe");
  EXPECT_EQ(Digraphs("Storgatan"), std::nullopt);
}

TEST(Noise, DecomposesMarks) {
  EXPECT_EQ(Decomposed("Åö"), "A\xCC\x8Ao\xCC\x88");
  EXPECT_EQ(Decomposed("Storgatan"), std::nullopt);
}

TEST(Noise, ChangesNothingButTheCase) {
  Rng rng(1, "case");
  for (int i = 0; i < 100; ++i) {
    const auto text = OtherCase("Norra Vallgatan", rng);
    if (!text) continue;
    EXPECT_NE(*text, "Norra Vallgatan");
    EXPECT_EQ(LowerText(*text), "norra vallgatan");
  }
}

TEST(Noise, MakesExactlyTheEditsThatAreAskedFor) {
  Rng rng(1, "edits");
  int made = 0;
  for (int i = 0; i < 400; ++i)
    for (const char* name : {"Engelbrektsgatan", "Östra Hamngatan", "Björkhagsvägen", "Storgata"})
      for (const int edits : {1, 2})
        if (const auto text = Mistyped(name, edits, rng)) {
          EXPECT_EQ(EditDistance(Plain(name), Plain(*text), 5), edits) << name << " -> " << *text;
          ++made;
        }
  EXPECT_GT(made, 3000);
}

TEST(Noise, PutsAnyLetterForAnother) {
  Rng rng(1, "any letter");
  std::set<char32_t> put;
  for (int i = 0; i < 2000; ++i)
    if (const auto text = Misspelt("Engelbrektsgatan", 1, rng)) {
      EXPECT_EQ(EditDistance(Plain("Engelbrektsgatan"), Plain(*text), 5), 1) << *text;
      const std::u32string letters = Letters(*text);
      put.insert(letters.begin(), letters.end());
    }
  EXPECT_TRUE(put.contains(U'v'));
  EXPECT_TRUE(put.contains(U'ö'));
}

TEST(Noise, TakesOddStreetTypesToo) {
  Rng rng(1, "odd suffix");
  std::set<std::string> seen;
  for (int i = 0; i < 300; ++i)
    if (const auto text = OddSuffix("Engelbrektsgatan", kSv, rng)) seen.insert(*text);
  EXPECT_THAT(seen, Contains(Eq("Engelbrektsallén")));
  EXPECT_THAT(seen, ::testing::Not(Contains(Eq("Engelbrektsgata")))) << "the same type";
  EXPECT_EQ(OddSuffix("Stubben", kSv, rng), std::nullopt);
}

TEST(Wordings, AreNeverInBothSets) {
  for (const Wording kind : {Wording::kBefore, Wording::kBehind, Wording::kSentences, Wording::kPlaceless,
                             Wording::kCrossings, Wording::kStems})
    for (const WritingLanguage language : {kSv, kNo}) {
      const Wordings &dev = WordingsOf(kind, language, QuerySet::kDev),
                     &held = WordingsOf(kind, language, QuerySet::kHeldOut);
      EXPECT_GE(dev.size(), 2u);
      std::set<std::string> known(dev.begin(), dev.end());
      EXPECT_EQ(known.size(), dev.size()) << "one stands twice";
      for (const char* wording : held) EXPECT_FALSE(known.contains(wording)) << wording;
    }
}

TEST(Noise, ShortensFirstWordAndEndingAsPeopleDo) {
  EXPECT_THAT(WrittenForms("Norra Vallgatan", kSv), Contains(Eq("N. Vallg.")));
  EXPECT_THAT(WrittenForms("Bures gata", kSv), ElementsAre("Bures gata", "Bures g.", "Bures g"));
  EXPECT_THAT(WrittenForms("Gobakkvegen", kNo), ElementsAre("Gobakkvegen", "Gobakkv.", "Gobakkvn."));
  EXPECT_THAT(WrittenForms("Åvägen", kSv), ElementsAre("Åvägen"));
  Rng rng(1, "short");
  EXPECT_EQ(Abbreviated("Stubben", kSv, rng), std::nullopt);
}

TEST(Noise, SplitsAndJoinsCompoundsWithoutChangingALetter) {
  Rng rng(1, "compound");
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i)
    for (const char* name : {"Möllevångstorget", "Lilla torg", "Norra Vallgatan"})
      if (const auto text = CompoundMoved(name, kSv, rng)) {
        EXPECT_EQ(Joined(*text), Joined(name));
        EXPECT_NE(*text, name);
        seen.insert(*text);
      }
  EXPECT_THAT(seen, Contains(Eq("Möllevångs torget")));
  EXPECT_THAT(seen, Contains(Eq("Lillatorg")));
}

TEST(Noise, DropsTheFirstWordAndExchangesTheStreetType) {
  EXPECT_EQ(FirstWordDropped("Norra Vallgatan"), "Vallgatan");
  EXPECT_EQ(FirstWordDropped("Vallgatan"), std::nullopt);
  EXPECT_EQ(StreetSuffix("Bures gata", kSv), "gata");
  EXPECT_EQ(StreetSuffix("Stubben", kSv), "");
  Rng rng(1, "suffix");
  for (int i = 0; i < 50; ++i) {
    const auto text = OtherSuffix("Engelbrektsgatan", kSv, rng);
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->starts_with("Engelbrekts"));
    EXPECT_NE(*text, "Engelbrektsgatan");
  }
  EXPECT_EQ(OtherSuffix("Stubben", kSv, rng), std::nullopt);
}

TEST(Phrases, KeepTheAddressAndShareNoWordingBetweenTheSets) {
  std::map<QuerySet, std::set<std::string>> skeletons;
  for (const QuerySet set : {QuerySet::kDev, QuerySet::kHeldOut}) {
    Rng rng(1, "phrases");
    for (int i = 0; i < 500; ++i) {
      EXPECT_THAT(WithClutter("Törngatan 4B", kSv, set, rng), HasSubstr("Törngatan 4B"));
      EXPECT_NE(WithClutter("Törngatan 4B", kSv, set, rng), "Törngatan 4B");
      const std::string sentence = InSentence("Törngatan 4B", kSv, set, rng);
      EXPECT_THAT(sentence, HasSubstr("Törngatan 4B"));
      EXPECT_EQ(sentence.find('{'), std::string::npos);
      skeletons[set].insert(sentence.substr(0, 6) + sentence.substr(sentence.size() - 4));
      EXPECT_EQ(SentenceWithoutPlace(kNo, set, rng).find('{'), std::string::npos);
      EXPECT_THAT(AsCrossing("A-gatan", "B-gatan", kSv, set, rng), HasSubstr("B-gatan"));
    }
  }
  std::vector<std::string> both;
  std::set_intersection(skeletons[QuerySet::kDev].begin(), skeletons[QuerySet::kDev].end(),
                        skeletons[QuerySet::kHeldOut].begin(), skeletons[QuerySet::kHeldOut].end(),
                        std::back_inserter(both));
  EXPECT_THAT(both, ::testing::IsEmpty());
}

}  // namespace
}  // namespace lagesbild::tools::bench
