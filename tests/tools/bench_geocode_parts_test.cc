#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "geo/errors.h"
#include "tests/tools/bench_geocode_support.h"
#include "tools/bench_geocode/bench.h"
#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/compiled_size.h"
#include "tools/bench_geocode/coverage.h"
#include "tools/bench_geocode/hostile.h"
#include "tools/bench_geocode/interpolation.h"
#include "tools/bench_geocode/noise.h"
#include "tools/bench_geocode/queries.h"
#include "tools/bench_geocode/scan.h"
#include "tools/bench_geocode/size.h"
#include "tools/bench_geocode/speed.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

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
               ReadQueries(
                   folder / "philadelphia_geocode_pairs_dev_2019-2020.csv",
                   {blocks.gazetteer.crs, [](const std::string&) { return std::vector<geo::PlanePoint>(); }}))
          .All();
  EXPECT_EQ(score.asked, 3727);
  EXPECT_NEAR(100.0 * score.answered / score.asked, 85.0, 0.1);
  EXPECT_NEAR(100.0 * score.within_100 / score.asked, 49.9, 0.1);
  EXPECT_NEAR(100.0 * score.within_250 / score.asked, 65.0, 0.1);
}

TEST(BlockScore, AddsTiersUp) {
  PairScore score;
  score.tiers["a"].Add(80, 100, true);
  score.tiers["a"].Add(1200, 100, true);
  score.tiers["b"].Add(std::nullopt, 0, false);
  score.tiers["b"].Add(1200, 100, false);
  const BlockScore all = score.All();
  EXPECT_EQ(all.asked, 4);
  EXPECT_EQ(all.answered, 3);
  EXPECT_EQ(all.within_100, 1);
  EXPECT_EQ(all.within_250, 1);
  EXPECT_EQ(all.beyond_1000, 2);
  EXPECT_EQ(all.confident_beyond_1000, 1);
  EXPECT_EQ(all.within_radius, 1);
}

TEST(AskWithLess, CountsHowOftenTheAddressThatWasMeantLiesWithin) {
  const Score score = AskWithLess(geo::Geocoder(InventedRegister()), 1, 200);
  ASSERT_EQ(score.classes.size(), 2u);
  EXPECT_EQ(score.classes[0].query_class, "letter");
  EXPECT_EQ(score.classes[0].queries(), 200);
  EXPECT_EQ(score.classes[1].query_class, "street");
  const auto street = std::find_if(score.levels.begin(), score.levels.end(), [](const LevelScore& level) {
    return level.level == geo::MatchLevel::kStreet;
  });
  ASSERT_NE(street, score.levels.end());
  EXPECT_GT(street->within, street->placed / 2);
  EXPECT_GT(Quantile(street->distances, 0.5), 1) << "a street's middle is no address";
}

TEST(Throughput, ComparesRunByRun) {
  const SpeedScore none;
  EXPECT_EQ(none.Ratio(none.mixed, none.whole), std::nullopt);
  SpeedScore score;
  score.mixed.per_second = {100, 10, 300};
  score.whole.per_second = {10, 1, 100};
  EXPECT_EQ(score.Ratio(score.mixed, score.whole), 10);
  const geo::Gazetteer gazetteer = InventedRegister();
  const auto queries =
      MakeQueries(RegisterView(gazetteer), {}, {.code = "invented", .town = "", .per_class = 5});
  const SpeedScore measured = MeasureSpeed(geo::Geocoder(gazetteer), queries, 2, 2);
  EXPECT_EQ(measured.names, 22u);
  EXPECT_TRUE(measured.same_bytes);
  for (const SpeedRow* row :
       {&measured.whole, &measured.banded, &measured.mixed, &measured.exact, &measured.fuzzy}) {
    EXPECT_EQ(row->per_second.size(), 2u) << row->en;
    EXPECT_GT(row->queries, 0u) << row->en;
  }
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

TEST(EnlargedRegister, IsMeasuredBuiltAndCompiled) {
  const SizeScore built = MeasureSize(InventedRegister(), 5000);
  EXPECT_EQ(built.addresses, 5000u);
  EXPECT_GT(built.answer_us, 0);
  const CompiledSizeScore compiled = MeasureCompiledSize(ManyStreets(3000), 2);
  EXPECT_EQ(compiled.addresses, 3000u);
  EXPECT_EQ(compiled.streets, 3000u);
  EXPECT_TRUE(compiled.answered);
  EXPECT_GT(compiled.file_mb, 0.1);
  EXPECT_GT(compiled.warm_s, 0);
  EXPECT_FALSE(MeasureCompiledSize({}, 1).answered);
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
