#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "geo/errors.h"
#include "maps/errors.h"
#include "tests/tools/bench_geocode_support.h"
#include "tools/bench_geocode/bench.h"
#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/hostile.h"
#include "tools/bench_geocode/interpolation.h"
#include "tools/bench_geocode/noise.h"
#include "tools/bench_geocode/score.h"
#include "tools/bench_geocode/speed.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

geo::PlanePoint At(double e, double n) { return {geo::Meters{e}, geo::Meters{n}}; }

geo::GeocodeMatch Placed(double e, geo::MatchLevel level, geo::MatchCategory category, double radius = 10) {
  geo::GeocodeMatch match;
  match.level = level;
  match.position = At(e, 0);
  match.category = category;
  match.accuracy_radius = geo::Meters{radius};
  return match;
}

geo::GeocodeMatch Unplaced(geo::UnplacedReason reason) {
  geo::GeocodeMatch match;
  match.reason = reason;
  return match;
}

BenchQuery Asked(const std::string& query_class, Expect expect) {
  BenchQuery query;
  query.query_class = query_class;
  query.expect = expect;
  if (expect == Expect::kPlace || expect == Expect::kPlaceOrAmbiguous) query.truths = {At(0, 0), At(1000, 0)};
  return query;
}

const auto kPoint = geo::MatchLevel::kAddressPoint;
const auto kA = geo::MatchCategory::kA, kB = geo::MatchCategory::kB, kC = geo::MatchCategory::kC;
const auto kAmbiguous = geo::UnplacedReason::kAmbiguous, kNotFound = geo::UnplacedReason::kNotFound;

TEST(Score, CountsAHandExample) {
  Score score;
  score.Add(Asked("a", Expect::kPlace), Placed(3, kPoint, kA));
  score.Add(Asked("a", Expect::kPlace), Placed(960, kPoint, kB));  // 40 m from the second truth
  score.Add(Asked("a", Expect::kPlace), Placed(500, kPoint, kB));  // sure and wrong
  score.Add(Asked("a", Expect::kPlace), Placed(300, kPoint, kC));  // wrong, and says so
  score.Add(Asked("a", Expect::kPlace), Unplaced(kAmbiguous));
  score.Add(Asked("a", Expect::kPlace), Unplaced(kNotFound));
  score.Add(Asked("b", Expect::kPlaceOrAmbiguous), Unplaced(kAmbiguous));
  score.Add(Asked("b", Expect::kAmbiguous), Unplaced(kAmbiguous));
  score.Add(Asked("b", Expect::kAmbiguous), Placed(0, kPoint, kA));  // a silent pick
  score.Add(Asked("b", Expect::kNothing), Unplaced(kNotFound));
  score.Add(Asked("b", Expect::kNothing), Placed(0, geo::MatchLevel::kStreet, kC, 500));
  ASSERT_EQ(score.classes.size(), 2u);
  const ClassScore &a = score.classes[0], &b = score.classes[1];
  EXPECT_THAT(a.outcomes, ElementsAre(2, 2, 1, 1, 0));
  EXPECT_EQ(a.confident_wrong, 1);
  EXPECT_EQ(a.queries(), 6);
  EXPECT_THAT(a.distances, ElementsAre(3, 40, 500, 300));
  EXPECT_THAT(b.outcomes, ElementsAre(3, 2, 0, 0, 0));
  EXPECT_EQ(b.confident_wrong, 1);
  EXPECT_EQ(b.open, 1);
  EXPECT_EQ(score.nothing_expected, 2);
  EXPECT_EQ(score.nothing_given, 1);
  EXPECT_EQ(score.all.queries(), 11);
  ASSERT_EQ(score.levels.size(), 1u);
  EXPECT_EQ(score.levels[0].placed, 4);
  EXPECT_EQ(score.levels[0].within, 1);
}

TEST(Score, CallsAnHonestlyCoarseAnswerCoarse) {
  const auto street = geo::MatchLevel::kStreet;
  EXPECT_EQ(Judge(Asked("a", Expect::kPlace), Placed(300, street, kC, 400)).outcome, Outcome::kCoarse);
  EXPECT_EQ(Judge(Asked("a", Expect::kPlace), Placed(300, street, kC, 200)).outcome, Outcome::kWrong);
  EXPECT_EQ(Judge(Asked("a", Expect::kPlace), Placed(300, street, kB, 400)).outcome, Outcome::kWrong);
}

TEST(Score, WantsAWholeStreetAsSuch) {
  BenchQuery query = Asked("a", Expect::kCoarse);
  query.truths = {At(0, 0), At(1000, 0)};
  EXPECT_EQ(Judge(query, Placed(500, geo::MatchLevel::kStreet, kC, 600)).outcome, Outcome::kRight);
  EXPECT_EQ(Judge(query, Placed(500, geo::MatchLevel::kStreet, kC, 400)).outcome, Outcome::kWrong);
  EXPECT_EQ(Judge(query, Placed(0, kPoint, kA)).outcome, Outcome::kWrong);
  EXPECT_EQ(Judge(query, Unplaced(kAmbiguous)).outcome, Outcome::kAmbiguous);
  EXPECT_EQ(Judge(query, Unplaced(kNotFound)).outcome, Outcome::kNone);
}

TEST(Score, TakesTheSmallestValueThatTheShareDoesNotExceed) {
  EXPECT_EQ(Quantile({}, 0.5), -1);
  EXPECT_EQ(Quantile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(Quantile({4, 1, 3, 2}, 0.95), 4);
  EXPECT_EQ(Quantile({7}, 0.5), 7);
}

class QueryFile : public ::testing::Test {
 protected:
  std::filesystem::path Write(const std::string& text) {
    std::ofstream(file_, std::ios::binary) << text;
    return file_;
  }
  void TearDown() override { std::filesystem::remove(file_); }
  static std::vector<geo::PlanePoint> OneAddress(const std::string& text) {
    return text == "Törngatan 4" ? std::vector{At(7, 8)} : std::vector<geo::PlanePoint>();
  }
  std::filesystem::path file_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("queries_") + ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
};

TEST_F(QueryFile, ReadsPositionsAddressesAndNothing) {
  const auto queries =
      ReadQueries(Write("query,noise_class,easting_3006,northing_3006,truth_address,tolerance_m\n"
                        "\"Törng. 4, x\",short,5,6,,1\nTörngatan 4,exact,,,Törngatan 4,\nNix 1,decoy,,,,\n"),
                  OneAddress);
  ASSERT_EQ(queries.size(), 3u);
  EXPECT_EQ(queries[0].address, "Törng. 4, x");
  EXPECT_EQ(queries[0].query_class, "short");
  EXPECT_EQ(queries[0].tolerance_m, 1);
  EXPECT_EQ(queries[0].truths, std::vector{At(5, 6)});
  EXPECT_EQ(queries[1].truths, std::vector{At(7, 8)});
  EXPECT_EQ(queries[2].expect, Expect::kNothing);
}

TEST_F(QueryFile, ReadsWhatItWrote) {
  BenchQuery query;
  query.query_class = "clutter";
  query.address = "Törngatan 4, \"lgh 1101\"; port";
  query.locality = "Påhittköping";
  query.postcode = "74499";
  query.expect = Expect::kPlaceOrAmbiguous;
  query.truths = {At(600'000.25, 6'600'000.5), At(1, 2)};
  query.tolerance_m = 75;
  WriteQueries({query}, file_);
  const auto read = ReadQueries(file_, OneAddress);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].address, query.address);
  EXPECT_EQ(read[0].locality, query.locality);
  EXPECT_EQ(read[0].postcode, query.postcode);
  EXPECT_EQ(read[0].expect, query.expect);
  EXPECT_EQ(read[0].truths, query.truths);
  EXPECT_EQ(read[0].tolerance_m, 75);
}

TEST_F(QueryFile, IsRefusedWithWhatIsWrongInIt) {
  const auto refuses = [&](const std::string& text, const std::string& why) {
    EXPECT_THAT([&] { ReadQueries(Write(text), OneAddress); }, ThrowsMessage<maps::IoError>(HasSubstr(why)))
        << text;
  };
  refuses("text,easting,northing\nA 1,1,2\n", "query");
  refuses("query,class\nA 1,x\n", "truth");
  refuses("query,easting,northing\nA 1,x,2\n", "line 2");
  refuses("query,truth_address\nA 1,Nix 1\n", "no address of the register");
  refuses("query,truths,expect\nA 1,1 2,maybe\n", "expect must be");
  refuses("query,truths,expect\nA 1,,place\n", "no truth");
  refuses("query,truths,tolerance_m\nA 1,1 2,-3\n", "tolerance_m");
}

TEST(LeaveOneOut, FindsEvenlySpacedNumbersAgain) {
  const InterpolationScore score = LeaveOneOut(InventedRegister(), 10, 1);
  EXPECT_GT(score.asked, 500);
  const auto between = std::find_if(score.levels.begin(), score.levels.end(), [](const LevelScore& level) {
    return level.level == geo::MatchLevel::kInterpolated;
  });
  ASSERT_NE(between, score.levels.end());
  EXPECT_GT(between->placed, 400);
  EXPECT_LT(Quantile(between->distances, 0.5), 1);
}

TEST(NaiveBlocks, LooksUpInterpolatesAndClamps) {
  geo::Gazetteer gazetteer;
  for (const auto& [block, e] : {std::pair{100, 0.0}, {500, 400.0}}) {
    gazetteer.addresses.push_back(TestAddress("N BROAD ST", block, e, 0));
  }
  const NaiveBlocks naive(gazetteer);
  const auto easting = [&](const std::string& text) {
    const auto found = naive.Find(text);
    return found ? found->easting.value() - 600'000 : -1;
  };
  EXPECT_EQ(easting("100 BLOCK N BROAD ST"), 0);
  EXPECT_EQ(easting("300 Block of North Broad Street"), 200);
  EXPECT_EQ(easting("900 BLOCK N BROAD ST"), 400);
  EXPECT_EQ(easting("0 BLOCK N BROAD ST"), 0);
  EXPECT_EQ(easting("100 BLOCK S BROAD ST"), -1);
  EXPECT_EQ(easting("N BROAD ST & X ST"), -1);
}

TEST(NaiveBlocks, ReachWhatWasPublishedForPhiladelphia) {
  const std::filesystem::path folder = LAGESBILD_SOURCE_DIR "/../shared/data/philadelphia";
  if (!std::filesystem::exists(folder / "philadelphia_gazetteer_2015-2018.csv"))
    GTEST_SKIP() << "../shared/data/philadelphia not found: 1 test skipped";
  const BenchRegister blocks =
      ReadBenchTable(folder / "philadelphia_gazetteer_2015-2018.csv", PhiladelphiaTable());
  const BlockScore score =
      AskNaive(NaiveBlocks(blocks.gazetteer),
               ReadPairs(folder / "philadelphia_geocode_pairs_dev_2019-2020.csv", blocks.gazetteer.crs));
  EXPECT_EQ(score.asked, 3727);
  EXPECT_NEAR(100.0 * score.answered / score.asked, 85.0, 0.1);
  EXPECT_NEAR(100.0 * score.within_100 / score.asked, 49.9, 0.1);
  EXPECT_NEAR(100.0 * score.within_250 / score.asked, 65.0, 0.1);
}

TEST(LinearScan, CountsTheNamesWithinTwoEdits) {
  const geo::Gazetteer gazetteer = InventedRegister();
  const LinearScan scan(gazetteer);
  const RegisterView view(gazetteer);
  EXPECT_EQ(scan.names(), view.streets().size());
  Rng rng(1, "scan");
  for (int i = 0; i < 300; ++i) {
    const std::string& name = rng.Pick(view.streets()).name;
    const std::string text = Mistyped(name, rng.Int(1, 2), rng).value_or(name);
    std::size_t near = 0;
    for (const BenchStreet& street : view.streets())
      near += EditDistance(Plain(text), street.plain, 2) <= 2 ? 1 : 0;
    EXPECT_EQ(scan.Count(LinearScan::NameOf(text + " 12")), near) << text;
    EXPECT_EQ(scan.CountByWholeTables(LinearScan::NameOf(text + " 12")), near) << text;
  }
}

TEST(AnswersAsBytes, AreTheSameOnAnyNumberOfThreads) {
  const geo::Gazetteer gazetteer = InventedRegister();
  const RegisterView view(gazetteer);
  const auto queries = MakeQueries(view, {}, {.code = "invented", .town = "", .per_class = 10});
  const geo::Geocoder geocoder(gazetteer);
  const std::string alone = AnswersAsBytes(geocoder, queries, 1);
  EXPECT_FALSE(alone.empty());
  EXPECT_EQ(AnswersAsBytes(geocoder, queries, 3), alone);
}

TEST(HostileTexts, AreManyAndNamePlacesNowhere) {
  const geo::Gazetteer gazetteer = InventedRegister();
  const auto texts = HostileTexts(gazetteer);
  const HostileScore score = AskHostile(geo::Geocoder(gazetteer), texts, 1);
  EXPECT_GT(score.texts, 400);
  EXPECT_EQ(score.placed, 0);
  EXPECT_EQ(score.without_fault, 0);
}

TEST(EnlargedRegister, HasTheSizeAskedForAndStreetsOfItsOwn) {
  const geo::Gazetteer small = InventedRegister();
  const geo::Gazetteer large = Scaled(small, 5000);
  EXPECT_EQ(large.addresses.size(), 5000u);
  EXPECT_GT(RegisterView(large).streets().size(), 4 * RegisterView(small).streets().size());
}

TEST(GeocodeBench, SaysWhichFilesItLacks) {
  GeocodeBenchOptions options;
  options.data = ::testing::TempDir() + "nowhere";
  EXPECT_THAT([&] { RunGeocodeBench({}, options); }, ThrowsMessage<geo::InvalidInput>(HasSubstr("--data")));
  options.only = {"noisy"};
  EXPECT_THAT([&] { RunGeocodeBench({}, options); },
              ThrowsMessage<geo::InvalidInput>(HasSubstr("malmo_noisy_queries.csv not found")));
  options.register_file = options.data + ".csv";
  options.only = {"generated"};
  EXPECT_THAT([&] { RunGeocodeBench({}, options); },
              ThrowsMessage<geo::InvalidInput>(HasSubstr("--register")));
}

}  // namespace
}  // namespace lagesbild::tools::bench
