#include "service/convert.h"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>

#include <random>

#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

TEST(ToProtoStatistic, KeepsEveryKindApart) {
  EXPECT_EQ(ToProto(geo::Statistic{2.5}).value(), 2.5);
  EXPECT_EQ(ToProto(geo::Statistic{0.0}).kind_case(), v1::Statistic::kValue);
  EXPECT_EQ(ToProto(geo::Statistic{geo::Suppressed{}}).kind_case(), v1::Statistic::kSuppressed);
  EXPECT_EQ(ToProto(geo::Statistic{geo::Undefined{"ISLAND"}}).undefined().reason(), "ISLAND");
  EXPECT_EQ(ToProto(geo::Statistic{geo::TooFew{3, 10}}).too_few().minimum_count(), 10);
  EXPECT_EQ(ToProto(geo::Statistic{geo::NotCovered{}}).kind_case(), v1::Statistic::kNotCovered);
}

TEST(ToProtoPicture, TellsOnlyItsMakersThatItIsStale) {
  PictureRecord picture;
  picture.audience = "partner";
  picture.stale = true;
  EXPECT_TRUE(ToProto(picture, false, true).stale());
  EXPECT_FALSE(ToProto(picture, false, false).stale());
}

TEST(ToProtoCell, SaysTooFewWhenTheLayerIsNotTested) {
  geo::PictureLayer layer;
  layer.too_few = geo::TooFew{4, 10};
  layer.coarser_level = "U18";
  geo::PictureCell cell;
  cell.test.exposure = 5;
  const geo::GridSpec grid{At(600000, 6640000), geo::Meters{250}, 4, 4};
  const v1::HotspotCell result = ToProto(cell, layer, grid, geo::Projection(geo::Epsg{3006}));
  EXPECT_EQ(result.q_value().too_few().found_count(), 4);
  EXPECT_EQ(result.q_value().too_few().coarser_group_code(), "U18");
  EXPECT_EQ(result.hot_class(), v1::HOT_CLASS_NONE);
  EXPECT_EQ(result.incident_count().kind_case(), v1::Statistic::kValue);
}

TEST(ToProtoCell, SaysUndefinedWhereNobodyLivesAndWhereCountsAreAllTheSame) {
  geo::PictureLayer layer;
  layer.tested = true;
  geo::PictureCell cell;
  cell.test.exposure = 0;
  cell.gi_star_z = std::nan("");
  const geo::GridSpec grid{At(600000, 6640000), geo::Meters{250}, 4, 4};
  const v1::HotspotCell result = ToProto(cell, layer, grid, geo::Projection(geo::Epsg{3006}));
  EXPECT_EQ(result.q_value().undefined().reason(), "NO_EXPOSURE");
  EXPECT_EQ(result.gi_star_z().undefined().reason(), "ZERO_VARIANCE");
}

TEST(FromProtoParameters, FillsDefaultsThatTheReplyTells) {
  Violations violations;
  const v1::AnalysisParameters used = ToProto(FromProto(v1::AnalysisParameters{}, violations));
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(used.cell_size_m(), 250);
  EXPECT_EQ(used.density_cell_size_m(), 100);
  EXPECT_EQ(used.bandwidth_m(), 1000);
  EXPECT_EQ(used.max_accuracy_m(), 500);
  EXPECT_EQ(used.permutation_count(), 999);
  EXPECT_EQ(used.seed(), 1);
  EXPECT_EQ(used.kernel(), v1::KERNEL_QUARTIC);
  EXPECT_EQ(used.edge_correction(), v1::EDGE_CORRECTION_DIGGLE);
}

TEST(FromProtoParameters, TiesTheAccuracyToTheBandwidth) {
  v1::AnalysisParameters parameters;
  parameters.set_bandwidth_m(600);
  Violations violations;
  EXPECT_EQ(FromProto(parameters, violations).max_accuracy.value(), 300);
}

TEST(FromProtoSelection, MeansTheSameInAnyOrder) {
  const std::vector<Reporter> known = {{"a", "A", ReporterKind::kSchool, "", ""},
                                       {"b", "B", ReporterKind::kSchool, "", ""}};
  v1::IncidentSelection one, other;
  for (v1::IncidentSelection* selection : {&one, &other}) {
    selection->mutable_first_quarter()->set_year(2026);
    selection->mutable_first_quarter()->set_number(3);
  }
  for (const char* code : {"a", "b"}) {
    one.add_reporter_codes(code);
  }
  for (const char* code : {"b", "a", "b"}) {
    other.add_reporter_codes(code);
  }
  Violations violations;
  EXPECT_EQ(FromProto(one, known, 1, violations).reporters, FromProto(other, known, 1, violations).reporters);
  EXPECT_TRUE(violations.empty());
}

TEST(FromProtoSelection, LimitsTheQuarters) {
  v1::IncidentSelection selection;
  selection.mutable_first_quarter()->set_year(2020);
  selection.mutable_first_quarter()->set_number(1);
  selection.mutable_last_quarter()->set_year(2029);
  selection.mutable_last_quarter()->set_number(4);
  Violations inside, over;
  FromProto(selection, {}, 40, inside);
  FromProto(selection, {}, 39, over);
  EXPECT_TRUE(inside.empty());
  EXPECT_FALSE(over.empty());
}

/// Bytes at random, and a valid message with some bytes changed: nothing but InvalidRequest may come of them.
TEST(FromProto, SurvivesRandomBytes) {
  const google::protobuf::LogSilencer silence;  // it tells of every text that is no UTF-8
  std::mt19937_64 random(331);
  v1::CreatePictureJobRequest valid;
  valid.mutable_selection()->mutable_first_quarter()->set_year(2026);
  valid.mutable_selection()->mutable_first_quarter()->set_number(3);
  valid.mutable_selection()->add_category_codes("VANDALISM");
  valid.mutable_parameters()->set_bandwidth_m(800);
  valid.mutable_parameters()->set_seed(5);
  const std::string bytes = valid.SerializeAsString();
  int parsed = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string mutated = bytes;
    for (int change = 0; change < 1 + round % 4; ++change) {
      mutated[random() % mutated.size()] = static_cast<char>(random());
    }
    v1::CreatePictureJobRequest request;
    if (!request.ParseFromString(mutated)) {
      continue;
    }
    ++parsed;
    Violations violations;
    const PictureRequest result = PictureRequestFromProto(request, {}, violations);
    EXPECT_GE(result.options.bandwidth.value(), 10);
    EXPECT_LE(result.options.bandwidth.value(), 5000);
    EXPECT_GE(result.options.cell.value(), 10);
    CheckRequestId(request.request_id(), violations);
  }
  EXPECT_GT(parsed, 1000);
}

TEST(IdOfName, TakesNumbersOfItsCollectionOnly) {
  EXPECT_EQ(IdOfName("jobs/12", "jobs", "name"), 12);
  for (const char* name :
       {"", "jobs", "jobs/", "jobs/0", "jobs/-3", "jobs/1a", "jobs/99999999999999999999", "job/1", "12"}) {
    EXPECT_THROW(IdOfName(name, "jobs", "name"), InvalidRequest) << name;
  }
}

TEST(CheckRequestId, TakesUuidsOfVersionFour) {
  Violations good;
  CheckRequestId("", good);
  CheckRequestId("C0FFEE00-0000-4000-B000-00000000000F", good);
  CheckRequestId("c0ffee00-0000-4000-8000-000000000001", good);
  EXPECT_TRUE(good.empty());
  for (const char* wrong : {"c0ffee00-0000-1000-8000-000000000001", "c0ffee00-0000-4000-c000-000000000001",
                            "c0ffee00-0000-4000-8000-00000000000", "c0ffee00-0000-4000-8000-0000000000011",
                            "c0ffee00000040008000000000000001", "g0ffee00-0000-4000-8000-000000000001"}) {
    Violations bad;
    CheckRequestId(wrong, bad);
    EXPECT_FALSE(bad.empty()) << wrong;
  }
}

}  // namespace
}  // namespace lagesbild::service
