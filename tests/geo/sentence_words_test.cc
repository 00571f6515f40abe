#include "geo/sentence_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  for (const std::string& word : SplitWords(CleanText(text))) words.push_back({word, LowerCase(word)});
  return words;
}

TEST(WhenLength, CountsTheWordsOfDaysAndTimes) {
  for (const char* text : {"2025-08-12", "2025/08/12", "28/6", "28/6-25", "24.12.2025", "251202", "20251202",
                           "20.30", "20:30", "0235", "22.45-tiden"})
    EXPECT_EQ(WhenLength(WordsOf(text), 0), 1U) << text;
  EXPECT_EQ(WhenLength(WordsOf("3 oktober"), 0), 2U);
  EXPECT_EQ(WhenLength(WordsOf("3:e oktober 2025"), 0), 3U);
  EXPECT_EQ(WhenLength(WordsOf("17. mai 2026"), 0), 3U);
  EXPECT_EQ(WhenLength(WordsOf("kl 1250"), 1), 1U);
}

TEST(WhenLength, IsNothingOfHouseNumbers) {
  for (const char* text :
       {"12", "12B", "1250", "31/13", "32/6", "2025-13-01", "25:61", "99.99", "12-14", "oktober", "251332"})
    EXPECT_EQ(WhenLength(WordsOf(text), 0), 0U) << text;
  EXPECT_EQ(WhenLength(WordsOf("Härsvägen 1250"), 1), 0U) << "a farm may have the number";
  EXPECT_EQ(WhenLength(WordsOf("12"), 1), 0U) << "beyond the text";
}

TEST(SkipWhen, GoesPastADayAndATime) {
  EXPECT_EQ(SkipWhen(WordsOf("2025-08-12 20.30 Storgatan 5"), 0), 2U);
  EXPECT_EQ(SkipWhen(WordsOf("Storgatan 5"), 0), 0U);
}

TEST(CountsSomethingElse, KnowsPersonsYearsAndLines) {
  for (const char* text : {"5 ungdomar", "17 år", "90 km", "500 kronor", "3 oktober", "12 gutter"})
    EXPECT_TRUE(CountsSomethingElse(WordsOf(text), 0, 1)) << text;
  for (const char* text : {"linje 865", "klockan 21", "den 3", "ärende 1234", "ca 50"})
    EXPECT_TRUE(CountsSomethingElse(WordsOf(text), 1, 2)) << text;
  EXPECT_FALSE(CountsSomethingElse(WordsOf("Storgatan 5"), 1, 2));
  EXPECT_FALSE(CountsSomethingElse(WordsOf("Storgatan 5 Heby"), 1, 2));
}

TEST(GoesOn, KnowsARowOfHouses) {
  EXPECT_TRUE(GoesOn(WordsOf("Storgatan 12 14"), 2));
  EXPECT_TRUE(GoesOn(WordsOf("Storgatan 12 och 14"), 2));
  EXPECT_FALSE(GoesOn(WordsOf("Storgatan 12 till 0235"), 2));
  EXPECT_FALSE(GoesOn(WordsOf("Storgatan 12 3 oktober"), 2));
  EXPECT_FALSE(GoesOn(WordsOf("Storgatan 12 Heby"), 2));
  EXPECT_FALSE(GoesOn(WordsOf("Storgatan 12"), 2));
  EXPECT_FALSE(GoesOn(WordsOf("Storgatan 12 och"), 2));
}

TEST(WordBeforeName, TellsWordsOfTheSentenceFromNames) {
  EXPECT_EQ(WordBeforeName(WordsOf("Storgatan"), 0), WordBefore::kNothing);
  EXPECT_EQ(WordBeforeName(WordsOf("på Storgatan"), 1), WordBefore::kNothing);
  EXPECT_EQ(WordBeforeName(WordsOf("Adress: Storgatan"), 1), WordBefore::kNothing);
  EXPECT_EQ(WordBeforeName(WordsOf("Cykelstöld Storgatan"), 1), WordBefore::kNothing) << "what happened";
  EXPECT_EQ(WordBeforeName(WordsOf("Anders Bergs gata"), 1), WordBefore::kCapital);
  EXPECT_EQ(WordBeforeName(WordsOf("anders bergs gata"), 1), WordBefore::kUnknown);
}

}  // namespace
}  // namespace lagesbild::geo
