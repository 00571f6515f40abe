// The benchmark's own honesty: noise does what it says, and the scorer counts as one counts by hand.
#include "tools/bench_geocoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "geo/errors.h"
#include "tools/bench_geocoder_json.h"
#include "tools/bench_geocoder_registers.h"
#include "tools/noise_classes.h"
#include "tools/noise_clutter.h"
#include "tools/noise_decoys.h"
#include "tools/noise_edits.h"
#include "tools/noise_names.h"
#include "tools/noise_numbers.h"
#include "tools/noise_text.h"
#include "tools/noise_words.h"

namespace lagesbild::tools {
namespace {

geo::Address At(const char* street, int number, const char* letter, double easting, const char* postcode) {
  geo::Address a;
  a.area = street;
  a.number = number;
  a.letter = letter;
  a.postcode = postcode;
  a.position = {geo::Meters{easting}, geo::Meters{6600000}};
  return a;
}

/// An invented town: streets 10 km apart, numbers 20 m.
geo::Gazetteer Town() {
  geo::Gazetteer town;
  double easting = 400000;
  const char* postcode = "74430";
  for (const char* street : {"Norra Kvarngatan", "Södra Kvarngatan", "Storgatan", "Lilla torg",
                             "Hästskovägen", "Engelbrektsgatan", "Rådhustorget", "Norra Smedjegatan"}) {
    for (int number = 1; number <= 24; ++number)
      town.addresses.push_back(At(street, number, "", easting + 20 * number, postcode));
    for (const char* letter : {"A", "B"})
      town.addresses.push_back(At(street, 30, letter, easting + 600, postcode));
    easting += 10000;
    postcode = postcode == std::string("74430") ? "74431" : "74430";
  }
  return town;
}

class MadeUpNoise : public testing::Test {
 protected:
  static std::string StreetOf(const std::string& text) {
    std::string folded = FoldedText(text);
    folded.resize(std::min(folded.size(), folded.find_first_of("0123456789")));
    while (folded.ends_with(' ')) folded.pop_back();
    return folded;
  }
  std::string TruthOf(const NoisyQuery& query) const {
    for (const geo::Address& a : town_.addresses)
      if (DistanceMeters(a.position, query.truths.at(0)) == 0) return FoldedText(a.area);
    return {};
  }
  std::vector<NoisyQuery> Make(const std::string& code, std::uint64_t seed = 1) const {
    for (const NoiseClass& noise : NoiseClasses())
      if (noise.code == code) return MakeQueries(noise, places_, words_, seed, 60);
    ADD_FAILURE() << "no class " << code;
    return {};
  }
  const geo::Gazetteer town_ = Town();
  const NoiseRegister places_{town_};
  const NoiseVocabulary words_ = WordsOf("sv", false, "Heby");
};

TEST_F(MadeUpNoise, IsTheSameForTheSameSeedAndAnotherForAnother) {
  for (const NoiseClass& noise : NoiseClasses()) {
    SCOPED_TRACE(noise.code);
    std::array<std::string, 3> texts;
    for (std::size_t i = 0; i < texts.size(); ++i)
      for (const NoisyQuery& q : Make(std::string(noise.code), i == 2 ? 2 : 1)) texts[i] += q.text + "\n";
    EXPECT_FALSE(texts[0].empty());
    EXPECT_EQ(texts[0], texts[1]);
    EXPECT_NE(texts[0], texts[2]);
  }
}

TEST_F(MadeUpNoise, EditsAsOftenAsItSays) {
  for (const auto& [code, edits] : {std::pair{"one_edit", 1}, {"two_edits", 2}})
    for (const NoisyQuery& q : Make(code))
      EXPECT_EQ(EditDistance(StreetOf(q.text), TruthOf(q), 5), edits) << q.text;
}

TEST_F(MadeUpNoise, ShortensTheStreetTypeAndEditsTheRest) {
  for (const NoisyQuery& q : Make("abbreviation_edit")) {
    EXPECT_NE(q.text.find('.'), std::string::npos) << q.text;
    EXPECT_EQ(q.text.find("gatan"), std::string::npos) << q.text;
  }
}

TEST_F(MadeUpNoise, KeepsTheAddressWholeWithinClutterAndSentences) {
  for (const char* code : {"clutter", "free_text"})
    for (const NoisyQuery& q : Make(code)) {
      const bool whole =
          std::any_of(town_.addresses.begin(), town_.addresses.end(), [&](const geo::Address& a) {
            return DistanceMeters(a.position, q.truths.at(0)) == 0 &&
                   q.text.find(AddressText(a)) != std::string::npos;
          });
      EXPECT_TRUE(whole) << q.text;
      EXPECT_EQ(q.text.find("{}"), std::string::npos);
    }
}

TEST_F(MadeUpNoise, MovesNothingButSpacesWhereItSplitsAndJoins) {
  for (const NoisyQuery& q : Make("split_join")) {
    EXPECT_NE(StreetOf(q.text), TruthOf(q));
    EXPECT_EQ(WithoutSpaces(StreetOf(q.text)), WithoutSpaces(TruthOf(q)));
  }
}

TEST_F(MadeUpNoise, CallsADroppedFirstWordEqualWhereBothStreetsHaveTheNumber) {
  bool seen_equal = false, seen_alone = false;
  for (const NoisyQuery& q : Make("first_word_dropped")) {
    EXPECT_TRUE(TruthOf(q).ends_with(" " + StreetOf(q.text))) << q.text;
    const bool both = StreetOf(q.text) == "kvarngatan";
    EXPECT_EQ(q.has_equal, both) << q.text;
    (both ? seen_equal : seen_alone) = true;
  }
  EXPECT_TRUE(seen_equal && seen_alone);
}

TEST_F(MadeUpNoise, ChangesTheTypeAloneWhereTheSuffixIsWrong) {
  for (const char* code : {"wrong_suffix", "odd_suffix"})
    for (const NoisyQuery& q : Make(code)) {
      EXPECT_FALSE(places_.HasFolded(StreetOf(q.text))) << q.text;
      EXPECT_EQ(StreetOf(q.text).substr(0, 4), TruthOf(q).substr(0, 4)) << q.text;
    }
}

TEST_F(MadeUpNoise, WritesAPostcodeThatTheStreetDoesNotHave) {
  for (const NoisyQuery& q : Make("wrong_postcode")) {
    std::string digits;
    for (const char c : q.text.substr(q.text.find(',')))
      digits += c >= '0' && c <= '9' ? std::string(1, c) : "";
    EXPECT_TRUE(digits == "74430" || digits == "74431") << q.text;
    for (const geo::Address& a : town_.addresses)
      if (FoldedText(a.area) == TruthOf(q)) {
        EXPECT_NE(a.postcode, digits) << q.text;
      }
  }
}

TEST_F(MadeUpNoise, LeavesTheLetterOutWhereNoBareNumberExists) {
  for (const NoisyQuery& q : Make("missing_letter")) {
    EXPECT_TRUE(q.text.ends_with(" 30")) << q.text;
    EXPECT_EQ(q.truths.size(), 3U) << "A, B and their middle";
  }
}

TEST_F(MadeUpNoise, InventsStreetsThatDoNotExistAtTheStatedDistance) {
  for (const auto& [code, distance] : {std::pair{"decoy", 3}, {"decoy_far", 5}})
    for (const NoisyQuery& q : Make(code)) {
      EXPECT_TRUE(q.truths.empty());
      for (const auto& street : places_.streets())
        EXPECT_GE(EditDistance(street.folded, StreetOf(q.text), 9), distance) << q.text;
    }
}

TEST_F(MadeUpNoise, AsksForNumbersFarBeyondTheHighest) {
  for (const NoisyQuery& q : Make("far_number")) {
    EXPECT_TRUE(q.truths.empty());
    EXPECT_GE(std::stoi(q.text.substr(q.text.rfind(' '))), 3 * 30 + 200) << q.text;
  }
}

TEST_F(MadeUpNoise, LeavesOutNumbersWhoseNeighborsStay) {
  NoiseRandom random(1, "test");
  const LeftOutNumbers left_out = LeaveOutNumbers(places_, 20, random);
  ASSERT_EQ(left_out.queries.size(), 20U);
  std::set<std::string> rest;
  for (const geo::Address& a : left_out.rest.addresses) rest.insert(a.area + " " + std::to_string(a.number));
  for (const NoisyQuery& q : left_out.queries) {
    EXPECT_TRUE(q.estimated);
    EXPECT_FALSE(rest.contains(q.text));
    const std::size_t space = q.text.rfind(' ');
    const int number = std::stoi(q.text.substr(space));
    EXPECT_TRUE(rest.contains(q.text.substr(0, space + 1) + std::to_string(number - 2))) << q.text;
    EXPECT_TRUE(rest.contains(q.text.substr(0, space + 1) + std::to_string(number == 24 ? 30 : number + 2)));
  }
}

TEST(NoiseWords, ShareNoWordingBetweenTheSets) {
  for (const char* style : {"sv", "no"}) {
    const NoiseVocabulary dev = WordsOf(style, false, ""), held = WordsOf(style, true, "");
    for (const auto texts : {&NoiseVocabulary::clutter, &NoiseVocabulary::sentences}) {
      EXPECT_GE((dev.*texts).size(), 4U);
      EXPECT_NE(dev.stem_begin, held.stem_begin);
      for (const std::string_view text : dev.*texts) {
        EXPECT_EQ(std::count((held.*texts).begin(), (held.*texts).end(), text), 0) << text;
        EXPECT_NE(text.find("{}"), std::string_view::npos) << text;
      }
    }
  }
}

/// Without a band, row by row.
int PlainDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

TEST(EditDistanceOfTheScan, EqualsThePlainOneWithinItsLimit) {
  NoiseRandom random(7, "distance");
  for (int i = 0; i < 20000; ++i) {
    std::string a, b;
    for (std::size_t n = random.Below(9); n > 0; --n) a += static_cast<char>('a' + random.Below(3));
    for (std::size_t n = random.Below(9); n > 0; --n) b += static_cast<char>('a' + random.Below(3));
    for (const int limit : {0, 1, 2, 4})
      ASSERT_EQ(EditDistance(a, b, limit), std::min(PlainDistance(a, b), limit + 1)) << a << " " << b;
  }
}

TEST(LinearScanOfNames, FindsTheNearestNameWithinTwoEdits) {
  const LinearScan scan(Town());
  EXPECT_EQ(scan.size(), 8U);
  EXPECT_EQ(scan.name(scan.Nearest("Storgaten 12")), "storgatan");
  EXPECT_EQ(scan.name(scan.Nearest("Engelbrekstgatn 4 B")), "engelbrektsgatan");
  EXPECT_EQ(scan.Nearest("Plommonlundsvägen 3"), scan.size());
  EXPECT_EQ(scan.CountWithin("Storgatan 3"), 1U);
  EXPECT_EQ(scan.CountWithin("Plommonlundsvägen 3"), 0U);
}

geo::GeocodeMatch Placed(geo::MatchLevel level, double easting, geo::MatchCategory category,
                         double radius = 10) {
  geo::GeocodeMatch match;
  match.level = level;
  match.position = {geo::Meters{easting}, geo::Meters{0}};
  match.accuracy_radius = geo::Meters{radius};
  match.category = category;
  return match;
}

geo::GeocodeMatch Unplaced(geo::UnplacedReason reason) {
  geo::GeocodeMatch match;
  match.reason = reason;
  return match;
}

TEST(NoiseScorer, JudgesEachAnswerAsByHand) {
  using geo::MatchCategory;
  using geo::MatchLevel;
  const NoisyQuery sure{.text = "", .truths = {{geo::Meters{0}, geo::Meters{0}}}};
  NoisyQuery equal = sure, estimated = sure;
  equal.has_equal = true;
  estimated.estimated = true;
  const auto point = [](double easting) {
    return Placed(MatchLevel::kAddressPoint, easting, MatchCategory::kA);
  };
  const auto between = [](double easting, double radius) {
    return Placed(MatchLevel::kInterpolated, easting, MatchCategory::kB, radius);
  };
  const auto ambiguous = Unplaced(geo::UnplacedReason::kAmbiguous),
             none = Unplaced(geo::UnplacedReason::kNotFound);
  EXPECT_EQ(OutcomeOf(point(50), sure), Outcome::kRight);
  EXPECT_EQ(OutcomeOf(point(51), sure), Outcome::kWrong);
  EXPECT_EQ(OutcomeOf(ambiguous, sure), Outcome::kAmbiguous);
  EXPECT_EQ(OutcomeOf(ambiguous, equal), Outcome::kRight);
  EXPECT_EQ(OutcomeOf(point(51), equal), Outcome::kWrong) << "a silent pick";
  EXPECT_EQ(OutcomeOf(none, sure), Outcome::kNone);
  EXPECT_EQ(OutcomeOf(none, equal), Outcome::kNone);
  EXPECT_EQ(OutcomeOf(Placed(MatchLevel::kStreet, 10, MatchCategory::kC), sure), Outcome::kCoarse);
  EXPECT_EQ(OutcomeOf(between(80, 100), estimated), Outcome::kRight);
  EXPECT_EQ(OutcomeOf(between(80, 70), estimated), Outcome::kOutside);
  EXPECT_EQ(OutcomeOf(between(80, 100), sure), Outcome::kCoarse) << "the address itself was there";
  EXPECT_EQ(OutcomeOf(none, NoisyQuery{}), Outcome::kRight);
  EXPECT_EQ(OutcomeOf(Placed(MatchLevel::kStreet, 10, MatchCategory::kC), NoisyQuery{}), Outcome::kWrong);
}

TEST(NoiseScorer, KeepsAsManyExamplesOfWhatWasNotRightAsAskedFor) {
  const geo::Geocoder geocoder(Town());
  const NoisyQuery known{.text = "Storgatan 3", .truths = {{geo::Meters{420060}, geo::Meters{6600000}}}};
  const NoisyQuery unknown{.text = "Plommonlundsvägen 3", .truths = known.truths};
  const ClassScore score = ScoreQueries(geocoder, {known, unknown, unknown}, 1);
  EXPECT_EQ(score.right, 1);
  EXPECT_EQ(score.none, 2);
  EXPECT_EQ(score.examples, std::vector<std::string>{"none: Plommonlundsvägen 3"});
  EXPECT_TRUE(ScoreQueries(geocoder, {unknown}).examples.empty());
}

TEST(NoiseScorer, CountsConfidentWrongAnswersAndAddsClasses) {
  ClassScore a, b;
  a.Count(Outcome::kWrong, Placed(geo::MatchLevel::kAddressPoint, 0, geo::MatchCategory::kB));
  a.Count(Outcome::kWrong, Placed(geo::MatchLevel::kAddressPoint, 0, geo::MatchCategory::kC));
  a.Count(Outcome::kRight, Placed(geo::MatchLevel::kAddressPoint, 0, geo::MatchCategory::kA));
  b.Count(Outcome::kNone, Unplaced(geo::UnplacedReason::kNotFound));
  b.Count(Outcome::kOutside, Placed(geo::MatchLevel::kInterpolated, 0, geo::MatchCategory::kB));
  a.Add(b);
  EXPECT_EQ(a.asked, 5);
  EXPECT_EQ(a.wrong, 2);
  EXPECT_EQ(a.wrong_confident, 1);
  EXPECT_EQ(a.right, 1);
  EXPECT_EQ(a.none, 1);
  EXPECT_EQ(a.outside, 1);
  EXPECT_EQ(a.coarse + a.ambiguous + a.right_ambiguous + a.wrong_nearer, 0);
}

TEST(LeaveOneOutFolds, AskForEachNumberOnceAndFindThemOnAStraightLine) {
  const FoldErrors errors = LeaveOutInFolds(Town(), 1, 5);
  EXPECT_EQ(errors.asked, 8 * 25);
  EXPECT_EQ(errors.asked,
            static_cast<int>(errors.between.error_m.size() + errors.end.error_m.size()) + errors.elsewhere);
  ASSERT_FALSE(errors.between.error_m.empty());
  EXPECT_LT(errors.between.Quantile(0.5), 0.01) << "numbers lie evenly";
}

TEST(LeaveOneOutFolds, TakeQuantilesAndSharesAsByHand) {
  EstimateErrors errors;
  EXPECT_TRUE(std::isnan(errors.Quantile(0.5)));
  EXPECT_TRUE(std::isnan(errors.InsideShare()));
  errors.error_m = {40, 10, 30, 20, 50};
  errors.inside = 4;
  EXPECT_EQ(errors.Quantile(0.5), 30);
  EXPECT_EQ(errors.Quantile(1), 50);
  EXPECT_DOUBLE_EQ(errors.InsideShare(), 0.8);
}

TEST(AdversarialInputs, ReachTheLongestTextThatIsPromised) {
  std::size_t longest = 0;
  const std::vector<std::string> inputs = AdversarialInputs(Town());
  for (const std::string& input : inputs) longest = std::max(longest, input.size());
  EXPECT_GE(longest, 10000U);
  EXPECT_TRUE(inputs.front().empty());
}

TEST(GeocoderBenchData, IsRefusedWhenTheFolderIsMissing) {
  try {
    CheckBenchData("no_such_folder");
    FAIL() << "a missing folder was taken";
  } catch (const geo::InvalidInput& e) {
    EXPECT_NE(std::string(e.what()).find("no_such_folder"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("--data"), std::string::npos);
  }
}

}  // namespace
}  // namespace lagesbild::tools
