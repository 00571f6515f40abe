#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/tools/bench_geocode_support.h"
#include "tools/bench_geocode/crossings.h"
#include "tools/bench_geocode/decoys.h"
#include "tools/bench_geocode/noise.h"
#include "tools/bench_geocode/phrases.h"
#include "tools/bench_geocode/queries.h"
#include "tools/bench_geocode/rivals.h"
#include "tools/bench_geocode/text.h"

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

std::string BytesOf(const std::vector<BenchQuery>& queries, const std::string& name) {
  const std::filesystem::path file = std::filesystem::path(::testing::TempDir()) / name;
  WriteQueries(queries, file);
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  std::filesystem::remove(file);
  return bytes.str();
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

class GeneratedQueries : public ::testing::Test {
 protected:
  std::vector<BenchQuery> Make(QuerySet set) {
    return MakeQueries(view_, left_out_,
                       {.code = "invented", .town = "Påhittköping", .set = set, .per_class = 20});
  }
  geo::Gazetteer gazetteer_ = InventedRegister();
  RegisterView view_{gazetteer_};
  LeftOut left_out_;
};

TEST_F(GeneratedQueries, AreTheSameBytesEveryTimeAndOthersInTheOtherSet) {
  const std::string dev = BytesOf(Make(QuerySet::kDev), "dev.csv");
  EXPECT_EQ(BytesOf(Make(QuerySet::kDev), "again.csv"), dev);
  EXPECT_NE(BytesOf(Make(QuerySet::kHeldOut), "held.csv"), dev);
}

TEST_F(GeneratedQueries, HaveATruthUnlessNothingIsThere) {
  std::map<std::string, int> classes;
  for (const BenchQuery& query : Make(QuerySet::kDev)) {
    ++classes[query.query_class];
    const bool place = query.expect != Expect::kAmbiguous && query.expect != Expect::kNothing;
    EXPECT_EQ(query.truths.empty(), !place) << query.query_class << ": " << query.address;
    EXPECT_FALSE(query.address.empty());
  }
  for (const char* code : {"exact", "edit_1", "edit_2", "abbreviation_edit", "clutter", "compound",
                           "first_word", "suffix", "sentence", "letter_missing", "range", "street_only",
                           "sentence_noisy", "crossing", "decoy_far", "decoy_near", "number_far"})
    EXPECT_GT(classes[code], 0) << code;
}

TEST_F(GeneratedQueries, AskForMissingLettersAndNumbersBeyondTheStreet) {
  for (const BenchQuery& query : Make(QuerySet::kDev)) {
    if (query.query_class == "letter_missing") {
      const int number = std::stoi(query.address.substr(query.address.find_last_of(' ') + 1));
      EXPECT_EQ(number % 7, 0) << query.address;
    }
    if (query.query_class == "number_far") {
      const int number = std::stoi(query.address.substr(query.address.find_last_of(' ') + 1));
      EXPECT_GE(number, 130) << query.address;
    }
  }
}

TEST_F(GeneratedQueries, LeaveOutNumbersWhoseNeighborsStay) {
  Rng rng(5, "left out");
  const LeftOut left = LeaveOutNumbers(view_, 0.3, rng);
  ASSERT_GT(left.numbers.size(), 20u);
  const geo::Gazetteer rest = Without(gazetteer_, left.addresses);
  EXPECT_EQ(rest.addresses.size() + left.addresses.size(), gazetteer_.addresses.size());
  const RegisterView known(rest);
  for (const LeftOutNumber& number : left.numbers) {
    const auto street = std::find_if(known.streets().begin(), known.streets().end(),
                                     [&](const BenchStreet& s) { return s.name == number.street; });
    ASSERT_NE(street, known.streets().end());
    EXPECT_FALSE(street->Holds(number.number));
    EXPECT_TRUE(street->Holds(number.number - 2));
    EXPECT_TRUE(street->Holds(number.number + 2));
  }
}

TEST_F(GeneratedQueries, CallInventedStreetsThatTheRegisterDoesNotHave) {
  const Rivals rivals(view_, kSv);
  const Decoys decoys(view_, rivals, kSv);
  Rng rng(1, "decoys");
  int far = 0, near = 0;
  for (int i = 0; i < 2000; ++i) {
    if (const auto decoy = decoys.Far(rng)) {
      ++far;
      for (const BenchStreet& street : view_.streets())
        EXPECT_GE(EditDistance(Plain(decoy->street), street.plain, 5), 3)
            << decoy->street << ", " << street.name;
    }
    if (const auto decoy = decoys.Near(rng)) {
      ++near;
      for (const BenchStreet& street : view_.streets()) {
        EXPECT_NE(street.plain, Plain(decoy->street));
        if (EditDistance(Plain(decoy->street), street.plain, 2) <= 2) {
          EXPECT_GT(decoy->number, street.last() + 20);
        }
      }
    }
  }
  EXPECT_GT(far, 20);
  EXPECT_GT(near, 20);
}

TEST(Rivals, CountWhatNoReaderCouldTellApart) {
  geo::Gazetteer gazetteer;
  gazetteer.addresses = {TestAddress("Adelgatan", 12, 0, 0), TestAddress("Apelgatan", 12, 4000, 0),
                         TestAddress("Algatan", 14, 0, 900)};
  const RegisterView view(gazetteer);
  const Rivals rivals(view, kSv);
  BenchQuery query;
  rivals.Judge(query, "Aelgatan", 0, WrittenAs::kName, false);
  EXPECT_EQ(query.expect, Expect::kPlaceOrAmbiguous);  // one edit from both
  EXPECT_EQ(query.truths.size(), 1u);
  rivals.Judge(query, "Adellgatan", 0, WrittenAs::kName, false);
  EXPECT_EQ(query.expect, Expect::kPlace);
  rivals.Judge(query, "Apelgatan", 0, WrittenAs::kName, false);  // became the other's name
  EXPECT_EQ(query.expect, Expect::kPlaceOrAmbiguous);
  EXPECT_EQ(query.truths.size(), 2u);
  EXPECT_EQ(rivals.Nearest("Algatan", 2), 0);
  EXPECT_EQ(rivals.Nearest("Kungsgatan", 2), 3);
}

TEST(StreetCrossings, LieWhereTheLinesOfAddressesMeet) {
  const geo::Gazetteer gazetteer = InventedRegister();
  const RegisterView view(gazetteer);
  const std::vector<StreetCrossing> crossings = StreetCrossings(view);
  ASSERT_FALSE(crossings.empty());
  for (const StreetCrossing& crossing : crossings) {
    // The grid's lines lie at multiples of 120 m.
    for (const double at :
         {crossing.position.easting.value() - 600'000, crossing.position.northing.value() - 6'600'000})
      EXPECT_LT(std::abs(at - 120 * std::round(at / 120)), 30)
          << view.street(crossing.a).name << " / " << view.street(crossing.b).name;
  }
  Rng rng(1, "apart");
  const auto [a, b] = StreetsApart(view, rng);
  ASSERT_GE(a, 0);
  EXPECT_NE(a, b);
}

}  // namespace
}  // namespace lagesbild::tools::bench
