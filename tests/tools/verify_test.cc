#include "tools/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lagesbild::tools {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

/// A directory of cases that is removed with the test.
class Cases : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(::testing::TempDir()) / ("lagesbild_verify_" + std::string(test->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  /// One case of adjusted p-values 0.01, NA, 0.02 whose manifest entry has these columns.
  void WriteFdr(const std::string& columns, const std::string& expected, const std::string& more = "") {
    Write("manifest.json",
          R"({"cases":[{"id":"fdr_a","kind":"multiple_testing","params":{},"columns":{"expected_q.csv":{)" +
              columns + "}}" + more + "}]}");
    Write("fdr_a/input_p.csv", "id,p\n1,0.01\n2,NA\n3,0.02\n");
    Write("fdr_a/expected_q.csv", expected);
  }
  std::string Run(int expected_code, const std::string& prefix = "", const fs::path& dump = {}) {
    std::ostringstream out;
    EXPECT_EQ(RunVerify(folder_, prefix, dump, out), expected_code) << out.str();
    return out.str();
  }

  fs::path folder_;
};
using Verify = Cases;

constexpr char kId[] = R"("id":{"key":true},)";
constexpr char kHolm[] = R"("holm":{"tolerance":1e-12,"relative_to":"absolute"})";

TEST_F(Verify, PassesWhatAgrees) {
  WriteFdr(std::string(kId) + kHolm, "id,holm\n3,0.02\n2,NaN\n1,0.02\n");
  const std::string out = Run(0);
  EXPECT_THAT(out, HasSubstr("kind, case, file, column, max deviation, tolerance, result\n"));
  EXPECT_THAT(out, HasSubstr("multiple_testing, fdr_a, expected_q.csv, holm, 0, 1e-12, pass\n"));
  EXPECT_THAT(out, HasSubstr("\n1 passed, 0 failed, 0 skipped\n"));
}

TEST_F(Verify, FailsWhatDeviatesAndSaysWhere) {
  WriteFdr(std::string(kId) + kHolm, "id,holm\n1,0.02\n2,NaN\n3,0.0201\n");
  const std::string out = Run(1);
  EXPECT_THAT(out, HasSubstr("holm, 0.0001, 1e-12, FAIL\n"));
  EXPECT_THAT(out, HasSubstr("row 3 deviates"));
  EXPECT_THAT(out, HasSubstr("0 passed, 1 failed, 0 skipped"));
}

TEST_F(Verify, FailsWhenOtherRowsAreUndefined) {
  WriteFdr(std::string(kId) + kHolm, "id,holm\n1,0.02\n2,0.5\n3,0.02\n");
  EXPECT_THAT(Run(1), HasSubstr("row 2 should be defined"));
  WriteFdr(std::string(kId) + kHolm, "id,holm\n1,NA\n2,\n3,0.02\n");
  EXPECT_THAT(Run(1), HasSubstr("row 1 should be undefined"));
}

TEST_F(Verify, FailsWhenARowIsMissingUnlessItIsOptional) {
  const std::string expected = "id,holm\n1,0.02\n9,0.5\n";
  WriteFdr(std::string(kId) + kHolm, expected);
  EXPECT_THAT(Run(1), HasSubstr("row 2 was not computed"));
  WriteFdr(std::string(kId) + R"("holm":{"tolerance":1e-12,"optional_rows":{"id":[9]}})", expected);
  Run(0);
}

TEST_F(Verify, AppliesComputeAsWhereAndToleranceColumns) {
  WriteFdr(
      std::string(kId) +
          R"("peer":{"tolerance_column":"tol","relative_to":"value","compute_as":"holm","where":{"use":1}},)" +
          R"("use":{"informational":true},"tol":{"informational":true})",
      "id,peer,use,tol\n1,0.0201,1,0.1\n3,7,0,0.1\n");
  EXPECT_THAT(Run(0), HasSubstr("peer, 0.00498, tol, pass"));
}

TEST_F(Verify, MeasuresAgainstTheLargestMagnitudeOfTheColumn) {
  WriteFdr(std::string(kId) + R"("bonferroni":{"tolerance":0.3,"relative_to":"column_max"})",
           "id,bonferroni\n1,0.02\n3,0.05\n");
  EXPECT_THAT(Run(0), HasSubstr("bonferroni, 0.2, 0.3, pass"));
}

TEST_F(Verify, PrintsInformationAndUnsupportedWithoutJudging) {
  WriteFdr(std::string(kId) + R"("holm":{"tolerance":0,"informational":true},"sidak":{"tolerance":1})",
           "id,holm,sidak\n1,5,5\n");
  const std::string out = Run(0);
  EXPECT_THAT(out, HasSubstr("information\n"));
  EXPECT_THAT(out, HasSubstr("sidak, , , unsupported\n"));
  EXPECT_THAT(out, HasSubstr("0 passed, 0 failed, 1 skipped"));
}

TEST_F(Verify, NeverPassesAKindThatItDoesNotKnow) {
  Write("manifest.json",
        R"({"cases":[{"id":"x1","kind":"astrology","columns":{"e.csv":{"id":{"key":true},"v":{}}},
    "scalars":{"s":{"value":1}}}]})");
  const std::string out = Run(0);
  EXPECT_THAT(out, HasSubstr("astrology, x1, e.csv, v, , , unsupported"));
  EXPECT_THAT(out, HasSubstr("0 passed, 0 failed, 2 skipped"));
}

TEST_F(Verify, KeepsScalarsFromTheRunners) {
  // The raster's integral stands in params and scalars; a runner that read it there would agree with
  // anything.
  Write("manifest.json", R"({"cases":[{"id":"r1","kind":"density_raster",
    "params":{"kernel":"quartic","R_or_sigma":50,"integral_noedge_exact_pixel_sum":123},
    "grid":{"extent":[0,0,400,200],"nx":40,"ny":20,"row_order":"row 1 = south"},
    "columns":{"expected_raster.csv":{"col":{"key":true},"row":{"key":true},"noedge_exact":{"tolerance":1e-9}}},
    "scalars":{"integral_noedge_exact_pixel_sum":{"value":123,"tolerance":1e-3,"relative_to":"value"}}}]})");
  Write("r1/input_points.csv", "id,x,y\n1,105,105\n");
  Write("r1/input_window.geojson",
        R"({"type":"Polygon","coordinates":[[[0,0],[400,0],[400,200],[0,200],[0,0]]]})");
  // Column 11, row 11 has its center on the incident: 3 / (pi 50²).
  Write("r1/expected_raster.csv", "col,row,noedge_exact\n11,11,0.00038197186342054881\n40,1,0\n");
  const std::string out = Run(1);
  EXPECT_THAT(out, HasSubstr("noedge_exact, 0, 1e-09, pass"));
  EXPECT_THAT(out, HasSubstr("scalars, integral_noedge_exact_pixel_sum, 0.992, 0.001, FAIL"));
}

TEST_F(Verify, FollowsTheWeightsOfTheManifest) {
  Write("manifest.json", R"({"cases":[{"id":"g1","kind":"local_statistics","params":{},
    "columns":{"expected_local.csv":{"id":{"key":true},"card":{"relative_to":"exact","tolerance":0},
      "Gistar_z":{"tolerance":1e-12,"relative_to":"column_max"},"quadrant":{"relative_to":"exact"},
      "lagsum":{"relative_to":"exact"}}},
    "weights":{"Gi":"w as given","Gistar":"1 where w > 0, plus self weight 1, then rows divided by their sum",
      "lisa":"1 where w > 0, rows divided by their sum","lagsum":"1 where w > 0, without self"}}]})");
  Write("g1/input_values.csv", "id,value\nd,6\na,1\nb,2\nc,3\n");
  Write("g1/input_neighbours.csv", "i,j,w\na,b,5\nb,a,5\nb,c,2\nc,b,2\n");
  // The island d: (6 - 3) / sqrt(3.5).
  Write("g1/expected_local.csv",
        "id,card,Gistar_z,quadrant,lagsum\na,1,-1.3887301496588271,Low-Low,2\nb,2,-1.6035674514745464,Low-"
        "Low,4\n"
        "c,1,-0.46291004988627571,Low-Low,2\nd,0,1.6035674514745464,High-Low,0\n");
  const std::string out = Run(0);
  EXPECT_THAT(out, HasSubstr("card, 0, 0, pass"));
  EXPECT_THAT(out, HasSubstr("1e-12, pass"));
  EXPECT_THAT(out, HasSubstr("lagsum, 0, 0, pass"));
  EXPECT_THAT(out, HasSubstr("quadrant, 0, 0, pass"));
}

TEST_F(Verify, FailsEveryColumnOfACaseThatCannotRun) {
  WriteFdr(std::string(kId) + kHolm, "id,holm\n1,0.02\n");
  fs::remove(folder_ / "fdr_a/input_p.csv");
  const std::string out = Run(1);
  EXPECT_THAT(out, HasSubstr("holm, , , FAIL"));
  EXPECT_THAT(out, HasSubstr("input_p.csv cannot be read"));
}

TEST_F(Verify, RunsTheChosenCasesOnly) {
  WriteFdr(std::string(kId) + kHolm, "id,holm\n1,0.02\n");
  Run(0, "fdr");
  EXPECT_THAT(Run(3, "gi"), HasSubstr("no case"));
}

TEST_F(Verify, DumpsWhatItComputedUnderTheExpectedNames) {
  WriteFdr(std::string(kId) + R"("peer":{"tolerance":1,"compute_as":"holm"})", "id,peer\n1,0.02\n");
  Run(0, "", folder_ / "dump");
  std::ifstream file(folder_ / "dump/fdr_a/expected_q.csv");
  std::string header, first;
  std::getline(file, header);
  std::getline(file, first);
  EXPECT_THAT(header, ::testing::StartsWith("id,peer"));
  EXPECT_THAT(first, ::testing::StartsWith("1,0.02"));
}

TEST_F(Verify, SaysInOneLineThatTheManifestCannotBeRead) {
  EXPECT_THAT(Run(3), HasSubstr("manifest.json cannot be read"));
  Write("manifest.json", "not json");
  EXPECT_THAT(Run(3), HasSubstr("is not a manifest"));
  Write("manifest.json", R"({"cases":[{}]})");
  const std::string out = Run(3);
  EXPECT_THAT(out, HasSubstr("without an id"));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
}

TEST(VerifyCases, AgreeWithTheSharedOnes) {
  const fs::path cases = LAGESBILD_SOURCE_DIR "/../shared/cases";
  if (!fs::exists(cases)) GTEST_SKIP() << "../shared/cases not found: 1 test skipped";
  std::ostringstream out;
  EXPECT_EQ(RunVerify(cases, "", {}, out), 0) << out.str();
  EXPECT_THAT(out.str(), HasSubstr(" passed, 0 failed, "));
  EXPECT_THAT(out.str(), Not(HasSubstr("\n0 passed")));
}

}  // namespace
}  // namespace lagesbild::tools
