#include "service/age_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace lagesbild::service {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Mapping MappingWithWords() {
  Mapping mapping;
  mapping.missing_words = {"", "-", "okänd", "uppgift saknas"};
  mapping.age_words = {{"högstadiet", {13, 15}}, {"vuxen", {18, 120}}};
  return mapping;
}

AgeReading Read(std::string_view cell) {
  static const Mapping mapping = MappingWithWords();
  static const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  return ReadAge(cell, mapping, scheme);
}

std::string Span(std::string_view cell) {
  const AgeReading reading = Read(cell);
  EXPECT_THAT(reading.error, IsEmpty()) << cell;
  EXPECT_FALSE(reading.missing) << cell;
  return geo::SpanCode(geo::DefaultAgeScheme(), reading.age);
}

TEST(AgeText, GivesTheBandOfAnAgeAndNeverTheAge) {
  EXPECT_EQ(Span("14"), "13-14");
  EXPECT_EQ(Span(" 14 "), "13-14");
  EXPECT_EQ(Span("14 år"), "13-14");
  EXPECT_EQ(Span("14 ÅR"), "13-14");
  EXPECT_EQ(Span("14år"), "13-14");
  EXPECT_EQ(Span("14.0"), "13-14");
  EXPECT_EQ(Span("14-åring"), "13-14");
  EXPECT_EQ(Span("15"), "15");
  EXPECT_EQ(Span("0"), "0-6");
  EXPECT_EQ(Span("120"), "26+");
}

TEST(AgeText, ReadsBands) {
  EXPECT_EQ(Span("13-17"), "13-17");
  EXPECT_EQ(Span("13–17 år"), "13-17");
  EXPECT_EQ(Span("13 - 17"), "13-17");
  EXPECT_EQ(Span("13 till 17 år"), "13-17");
  EXPECT_EQ(Span("mellan 13 och 17"), "13-17");
  EXPECT_EQ(Span("14-16"), "13-17") << "widened to whole bands";
}

TEST(AgeText, ReadsOpenBands) {
  for (const char* cell : {"26+", "26 +", "26 år och äldre", "26 eller äldre", "minst 26", "över 25",
                           "över 25 år", ">25", "> 25", ">= 26", "äldre än 25"})
    EXPECT_EQ(Span(cell), "26+") << cell;
  for (const char* cell : {"under 15", "under 15 år", "<15", "yngre än 15", "högst 14", "14 och yngre",
                           "14 år eller yngre", "upp till 14", "<= 14"})
    EXPECT_EQ(Span(cell), "0-14") << cell;
}

TEST(AgeText, MarksAnEstimate) {
  for (const char* cell :
       {"ca 15", "ca. 15 år", "c:a 15", "cirka 15", "ungefär 15 år", "~15", "15?", "i 15-årsåldern"}) {
    EXPECT_EQ(Span(cell), "15") << cell;
    EXPECT_TRUE(Read(cell).estimated) << cell;
  }
  EXPECT_FALSE(Read("15").estimated);
}

TEST(AgeText, ReadsTheMappingsWords) {
  EXPECT_EQ(Span("Högstadiet"), "13-15");
  EXPECT_EQ(Span("VUXEN "), "18+");
}

TEST(AgeText, KnowsWhatIsMissing) {
  for (const char* cell : {"", "  ", "-", "–", "Okänd", "uppgift  saknas"}) {
    const AgeReading reading = Read(cell);
    EXPECT_TRUE(reading.missing) << cell;
    EXPECT_FALSE(reading.age.known()) << cell;
    EXPECT_THAT(reading.error, IsEmpty()) << cell;
  }
}

TEST(AgeText, RejectsWhatIsNoAge) {
  for (const char* cell : {"17b",       "abc",   "14.5",       "14,5",        "1 4", "14 15", "13-",
                           "+26",       "år",    "2012-03-14", "14/15",       "--",  "?",     "under",
                           "mellan 13", "högst", "1e2",        "14 år 3 mån", "#",   "#-14",  "14 #"}) {
    const AgeReading reading = Read(cell);
    EXPECT_THAT(reading.error, HasSubstr("number, a band")) << cell;
    EXPECT_FALSE(reading.age.known()) << cell;
    EXPECT_FALSE(reading.estimated) << cell;
  }
}

TEST(AgeText, RejectsAgesOutsideALife) {
  for (const char* cell : {"150", "-3", "121", "9999", "130-140", "över 120", "under 0", "13-130"})
    EXPECT_THAT(Read(cell).error, HasSubstr("between 0 and 120")) << cell;
  EXPECT_THAT(Read("17-13").error, HasSubstr("ascend"));
}

TEST(AgeText, NeverRepeatsTheCell) {
  for (const char* cell : {"Anna 14", "150", "17-13"}) EXPECT_THAT(Read(cell).error, Not(HasSubstr(cell)));
}

TEST(AgeText, ReadsAnyBytes) {
  std::mt19937_64 random(11);
  const std::string alphabet = "0123456789-+<># .,?~åär caundermellan\xFF\xC3";
  for (int i = 0; i < 5000; ++i) {
    std::string cell;
    for (std::size_t n = random() % 80; n > 0; --n) cell += alphabet[random() % alphabet.size()];
    const AgeReading reading = Read(cell);
    EXPECT_EQ(reading.age.known(), reading.error.empty() && !reading.missing);
  }
}

}  // namespace
}  // namespace lagesbild::service
