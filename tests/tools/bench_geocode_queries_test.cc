#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/tools/bench_geocode_support.h"
#include "tools/bench_geocode/crossings.h"
#include "tools/bench_geocode/decoys.h"
#include "tools/bench_geocode/queries.h"
#include "tools/bench_geocode/rivals.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

constexpr WritingLanguage kSv = WritingLanguage::kSwedish;

std::string BytesOf(const std::vector<BenchQuery>& queries, const std::string& name) {
  const std::filesystem::path file = std::filesystem::path(::testing::TempDir()) / name;
  WriteQueries(queries, file);
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  std::filesystem::remove(file);
  return bytes.str();
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

TEST_F(GeneratedQueries, AreOthersForAnotherSeed) {
  const QueryPlan plan{.code = "invented", .town = "", .set = QuerySet::kHeldOut, .seed = 1, .per_class = 20};
  EXPECT_NE(BytesOf(MakeQueries(view_, left_out_, plan), "seed.csv"),
            BytesOf(Make(QuerySet::kHeldOut), "none.csv"));
}

TEST_F(GeneratedQueries, HaveATruthUnlessNothingIsThere) {
  std::map<std::string, int> classes;
  for (const BenchQuery& query : Make(QuerySet::kDev)) {
    ++classes[query.query_class];
    const bool place = query.expect != Expect::kAmbiguous && query.expect != Expect::kNothing;
    EXPECT_EQ(query.truths.empty(), !place) << query.query_class << ": " << query.address;
    EXPECT_FALSE(query.address.empty());
  }
  for (const char* code : {"exact",
                           "edit_1",
                           "edit_2",
                           "abbreviation_edit",
                           "clutter",
                           "compound",
                           "first_word",
                           "suffix",
                           "suffix_odd",
                           "edit_1_any_letter",
                           "edit_2_any_letter",
                           "decoy_invented",
                           "sentence",
                           "letter_missing",
                           "range",
                           "street_only",
                           "sentence_noisy",
                           "crossing",
                           "decoy_far",
                           "decoy_near",
                           "number_far"})
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
  int far = 0, near = 0, invented = 0;
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
  for (int i = 0; i < 200; ++i)
    if (const auto decoy = decoys.Invented(QuerySet::kDev, rng)) {
      ++invented;
      for (const BenchStreet& street : view_.streets())
        EXPECT_GE(EditDistance(Plain(decoy->street), street.plain, 9), 5) << decoy->street;
    }
  EXPECT_GT(invented, 100);
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
