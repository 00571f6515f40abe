#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "geo/projection.h"
#include "maps/errors.h"
#include "tools/bench_geocode/query.h"

namespace lagesbild::tools::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

geo::PlanePoint At(double e, double n) { return {geo::Meters{e}, geo::Meters{n}}; }

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
  std::vector<BenchQuery> ReadBack(const std::string& text) {
    return ReadQueries(Write(text), {geo::Epsg{3006}, OneAddress});
  }
  std::filesystem::path file_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("queries_") + ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
};

TEST_F(QueryFile, ReadsPositionsAddressesAndNothing) {
  const auto queries = ReadBack(
      "query,noise_class,easting_3006,northing_3006,truth_address,tolerance_m\n"
      "\"Törng. 4, x\",short,5,6,,1\nTörngatan 4,exact,,,Törngatan 4,\nNix 1,decoy,,,,\n");
  ASSERT_EQ(queries.size(), 3u);
  EXPECT_EQ(queries[0].address, "Törng. 4, x");
  EXPECT_EQ(queries[0].query_class, "short");
  EXPECT_EQ(queries[0].tolerance_m, 1);
  EXPECT_EQ(queries[0].truths, std::vector{At(5, 6)});
  EXPECT_EQ(queries[1].truths, std::vector{At(7, 8)});
  EXPECT_EQ(queries[2].expect, Expect::kNothing);
}

TEST_F(QueryFile, ReadsTheFormOfGeocoderTesterWithAndWithoutHeader) {
  const geo::PlanePoint heby =
      geo::Projection(geo::Epsg{3006}).Forward({geo::Degrees{16.8622}, geo::Degrees{59.9381}});
  for (const char* text :
       {"query,lat,lon,expected_coordinate,comment\nTörng. 4,1,2,\"59.9381,16.8622,700\",x\n",
        "Törng. 4,\"59.9381, 16.8622, 700\"\n"}) {
    const auto queries = ReadBack(text);
    ASSERT_EQ(queries.size(), 1u) << text;
    EXPECT_EQ(queries[0].address, "Törng. 4");
    EXPECT_EQ(queries[0].truths, std::vector{heby}) << "lat and lon say where the search is centered";
    EXPECT_EQ(queries[0].tolerance_m, 700);
    EXPECT_EQ(queries[0].expect, Expect::kPlace);
  }
}

TEST_F(QueryFile, TakesDegreesWhereNothingElseIsTheTruth) {
  const auto queries = ReadBack("query_text,lat,lon,tier\n500 BLOCK S 52ND ST,59.9381,16.8622,exact_block\n");
  ASSERT_EQ(queries.size(), 1u);
  EXPECT_EQ(queries[0].query_class, "exact_block");
  EXPECT_NEAR(queries[0].truths.at(0).easting.value(), 604054, 1);
  EXPECT_NEAR(queries[0].truths.at(0).northing.value(), 6645981, 1);
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
  const auto read = ReadQueries(file_, {geo::Epsg{3006}, OneAddress});
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
    EXPECT_THAT([&] { ReadBack(text); }, ThrowsMessage<maps::IoError>(HasSubstr(why))) << text;
  };
  refuses("text,easting,northing\nA 1,1,2\n", "query");
  refuses("query,class\nA 1,x\n", "truth");
  refuses("query,easting,northing\nA 1,x,2\n", "line 2");
  refuses("query,truth_address\nA 1,Nix 1\n", "no address of the register");
  refuses("query,expected_coordinate\nA 1,\"59.9,16.9\"\n", "lat,lon,meters");
  refuses("query,expected_coordinate\nA 1,\"99.9,16.9,5\"\n", "lat,lon,meters");
  refuses("query,lat,lon\nA 1,59.9,x\n", "degrees");
  refuses("query,truths\nA 1,;\n", "easting and northing");
  refuses("query,truths,expect\nA 1,1 2,maybe\n", "expect must be");
  refuses("query,truths,expect\nA 1,,place\n", "no truth");
  refuses("query,truths,tolerance_m\nA 1,1 2,-3\n", "tolerance_m");
}

}  // namespace
}  // namespace lagesbild::tools::bench
