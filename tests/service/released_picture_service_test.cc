#include <tuple>

#include "lagesbild/v1/job_service.grpc.pb.h"
#include "lagesbild/v1/layer_service.grpc.pb.h"
#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "tests/service/released_support.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::Not;

class ReleasedPictureRpcs : public RunningServer {
 protected:
  void Prepare() override {
    FillReleaseRegisters(*store);
    AddYouthIncidents(*store, {{0, 24}, {1, 12}, {2, 3}});
  }
  void SetUp() override {
    RunningServer::SetUp();
    stub = v1::PictureService::NewStub(channel);
    request.mutable_selection()->mutable_first_quarter()->set_year(2026);
    request.mutable_selection()->mutable_first_quarter()->set_number(3);
  }

  v1::Job Ended(const std::string& name) {
    v1::WatchJobRequest watch;
    watch.set_name(name);
    const auto jobs = v1::JobService::NewStub(channel);
    const auto context = Internal();
    const auto reader = jobs->WatchJob(context.get(), watch);
    v1::Job last;
    for (v1::WatchJobResponse message; reader->Read(&message);) {
      last = message.job();
    }
    return last;
  }
  v1::Picture Make(v1::Audience audience) {
    request.set_audience(audience);
    v1::CreatePictureJobResponse created;
    const grpc::Status status = stub->CreatePictureJob(Internal().get(), request, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
    const v1::Job job = Ended(created.job().name());
    EXPECT_EQ(job.state(), v1::JOB_STATE_SUCCEEDED) << job.error().message();
    v1::GetPictureRequest get;
    get.set_name(job.result());
    v1::GetPictureResponse got;
    EXPECT_TRUE(stub->GetPicture(Internal().get(), get, &got).ok());
    return got.picture();
  }

  std::unique_ptr<v1::PictureService::Stub> stub;
  v1::CreatePictureJobRequest request;
};

TEST_F(ReleasedPictureRpcs, AreDraftsWhoseCountsAreValuesOrSuppressed) {
  for (const v1::Audience audience : {v1::AUDIENCE_PARTNER, v1::AUDIENCE_PUBLIC}) {
    const v1::Picture picture = Make(audience);
    EXPECT_EQ(picture.audience(), audience);
    EXPECT_FALSE(picture.published());
    EXPECT_FALSE(picture.has_numbers()) << "nothing internal in it";
    EXPECT_EQ(picture.data_version(), "") << "a hash of the data would let somebody try out what is withheld";
    const v1::ReleasedNumbers& numbers = picture.released();
    EXPECT_EQ(numbers.minimum_count(), audience == v1::AUDIENCE_PARTNER ? 5 : 10);
    ASSERT_GT(numbers.table_size(), 0);
    int values = 0;
    for (const auto* counts : {&numbers.table(), &numbers.map()}) {
      for (const v1::ReleasedCount& count : *counts) {
        if (count.incident_count().kind_case() == v1::Statistic::kValue) {
          EXPECT_GE(count.incident_count().value(), numbers.minimum_count()) << count.area_code();
          ++values;
        } else {
          EXPECT_EQ(count.incident_count().kind_case(), v1::Statistic::kSuppressed) << count.area_code();
        }
      }
    }
    EXPECT_GT(values, 0) << "something true is said";
  }
}

TEST_F(ReleasedPictureRpcs, SayInCoarseWordsHowShownAreasCompareAndNothingOfTheOthers) {
  const v1::ReleasedNumbers numbers = Make(v1::AUDIENCE_PARTNER).released();
  int shown = 0;
  for (const v1::ReleasedCount& count : numbers.map()) {
    if (count.incident_count().kind_case() == v1::Statistic::kValue) {
      EXPECT_GE(count.against_expected(), v1::AGAINST_EXPECTED_TOO_FEW_AREAS) << count.area_code();
      EXPECT_EQ(count.change(), v1::COUNT_CHANGE_NOT_COMPARABLE) << "there is no earlier quarter";
      EXPECT_EQ(count.exposure_basis(), v1::EXPOSURE_BASIS_GROUP_INHABITANTS);
      EXPECT_GT(count.compared_area_count(), 0);
      EXPECT_FALSE(count.has_change_period());
      ++shown;
    } else {
      EXPECT_EQ(count.against_expected(), v1::AGAINST_EXPECTED_NOT_RELEASED);
      EXPECT_EQ(count.stability(), v1::FINDING_STABILITY_UNSPECIFIED);
      EXPECT_EQ(count.change(), v1::COUNT_CHANGE_NOT_RELEASED);
    }
  }
  EXPECT_GT(shown, 0);
  for (const v1::ReleasedCount& row : numbers.table())
    EXPECT_EQ(row.against_expected(), v1::AGAINST_EXPECTED_UNSPECIFIED) << row.area_code();
}

TEST_F(ReleasedPictureRpcs, TakeNoSelectionAndNoParameters) {
  v1::CreatePictureJobResponse created;
  request.set_audience(v1::AUDIENCE_PUBLIC);
  request.mutable_selection()->add_category_codes("VANDALISM");
  EXPECT_THAT(ViolatedFields(stub->CreatePictureJob(Internal().get(), request, &created)),
              ElementsAre("audience"));
  request.mutable_selection()->clear_category_codes();
  request.mutable_parameters()->set_bandwidth_m(500);
  EXPECT_THAT(ViolatedFields(stub->CreatePictureJob(Internal().get(), request, &created)),
              ElementsAre("audience"));
  request.mutable_parameters()->clear_bandwidth_m();
  request.mutable_selection()->set_role(v1::ROLE_SELECTION_SUSPECT);
  EXPECT_THAT(ViolatedFields(stub->CreatePictureJob(Internal().get(), request, &created)),
              ElementsAre("audience"));
  request.mutable_selection()->set_role(v1::ROLE_SELECTION_ANY);
  request.set_audience(static_cast<v1::Audience>(9));
  EXPECT_THAT(ViolatedFields(stub->CreatePictureJob(Internal().get(), request, &created)),
              ElementsAre("audience"));
}

TEST_F(ReleasedPictureRpcs, AreAttackedForTheirMakersAlone) {
  Make(v1::AUDIENCE_PARTNER);
  Make(v1::AUDIENCE_PUBLIC);
  v1::AttackReleasesRequest attack;
  v1::AttackReleasesResponse report;
  const grpc::Status status = stub->AttackReleases(Internal().get(), attack, &report);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(report.releases_size(), 2);
  EXPECT_EQ(report.releases(0).audience(), v1::AUDIENCE_PARTNER);
  EXPECT_FALSE(report.leaks());
  EXPECT_EQ(report.differencing(0).minimum_count(), 5);
  EXPECT_EQ(report.differencing(1).minimum_count(), 10);
  for (const v1::ReleaseAttack& release : report.releases())
    for (const v1::DensityAttack& density : release.densities()) EXPECT_TRUE(density.follows_from_counts());
  for (const char* token : {kPartner, kPublic})
    EXPECT_EQ(stub->AttackReleases(As(token).get(), attack, &report).error_code(),
              grpc::StatusCode::PERMISSION_DENIED);
  attack.set_pair_count(100'001);
  EXPECT_EQ(stub->AttackReleases(Internal().get(), attack, &report).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(ReleasedPictureRpcs, StayInvisibleToTheirAudienceUntilTheyArePublished) {
  const v1::Picture partner = Make(v1::AUDIENCE_PARTNER), open = Make(v1::AUDIENCE_PUBLIC);
  const auto layers = v1::LayerService::NewStub(channel);
  for (const char* token : {kPartner, kPublic}) {
    v1::ListPicturesResponse listed;
    ASSERT_TRUE(stub->ListPictures(As(token).get(), {}, &listed).ok());
    EXPECT_EQ(listed.pictures_size(), 0);
    for (const v1::Picture& picture : {partner, open}) {
      v1::ReadLayerRequest read;
      read.set_name(picture.layers(0).name());
      const auto context = As(token);
      const auto reader = layers->ReadLayer(context.get(), read);
      v1::ReadLayerResponse message;
      EXPECT_FALSE(reader->Read(&message));
      EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
    }
  }
  v1::ListPicturesResponse listed;
  ASSERT_TRUE(stub->ListPictures(Internal().get(), {}, &listed).ok());
  EXPECT_EQ(listed.pictures_size(), 2) << "their makers see the drafts";
}

TEST_F(ReleasedPictureRpcs, AnswerAlikeForHiddenPicturesAndThoseThatAreNotThere) {
  const v1::Picture hidden = Make(v1::AUDIENCE_PUBLIC);
  const auto layers = v1::LayerService::NewStub(channel);
  for (const std::string& name : {hidden.name(), std::string("pictures/987654")}) {
    v1::ListLayersRequest list;
    list.set_parent(name);
    v1::ListLayersResponse listed;
    const grpc::Status status = layers->ListLayers(As(kPartner).get(), list, &listed);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
    EXPECT_EQ(status.error_message(), "no picture of that name") << name;
    v1::ReadLayerRequest read;
    read.set_name(name + "/layers/" + hidden.layers(0).file_name());
    const auto context = As(kPartner);
    const auto reader = layers->ReadLayer(context.get(), read);
    v1::ReadLayerResponse message;
    EXPECT_FALSE(reader->Read(&message));
    EXPECT_EQ(reader->Finish().error_message(), status.error_message());
  }
}

TEST_F(ReleasedPictureRpcs, TellAnotherAudienceNothingByAnyNameNotEvenByTheBytesOfTheStatus) {
  const v1::Picture draft = Make(v1::AUDIENCE_PARTNER);
  PictureRecord internal;
  internal.run_id = "0011223344556677";
  internal.quarter = "2026Q3";
  internal.audience = "internal";
  const std::string inside = "pictures/" + std::to_string(store->AddPicture(internal).id);
  const auto jobs = v1::JobService::NewStub(channel);
  const auto told = [&](const std::string& rpc, const google::protobuf::Message& asked, const char* token) {
    const grpc::Status status = CallAnything("/lagesbild.v1." + rpc, token, asked.SerializeAsString());
    EXPECT_FALSE(status.ok()) << rpc;
    return std::tuple(status.error_code(), status.error_message(), status.error_details());
  };
  for (const char* token : {kPartner, kPublic}) {
    v1::GetPictureRequest get;
    v1::ListLayersRequest list;
    v1::ReadLayerRequest read;
    get.set_name("pictures/987654");
    list.set_parent(get.name());
    read.set_name(get.name() + "/layers/x.gpkg");
    const auto no_picture = told("PictureService/GetPicture", get, token);
    const auto no_layers = told("LayerService/ListLayers", list, token);
    const auto no_layer = told("LayerService/ReadLayer", read, token);
    for (const std::string& name : {draft.name(), inside}) {
      get.set_name(name);
      list.set_parent(name);
      read.set_name(name + "/layers/" + draft.layers(0).file_name());
      EXPECT_EQ(told("PictureService/GetPicture", get, token), no_picture) << name;
      EXPECT_EQ(told("LayerService/ListLayers", list, token), no_layers) << name;
      EXPECT_EQ(told("LayerService/ReadLayer", read, token), no_layer) << name;
    }
    v1::GetJobRequest job;
    job.set_name("jobs/1");
    const auto made = told("JobService/GetJob", job, token);
    job.set_name("jobs/987654");
    EXPECT_EQ(told("JobService/GetJob", job, token), made);
  }
}

TEST_F(ReleasedPictureRpcs, GiveTheSameRunAgainForTheSameData) {
  EXPECT_EQ(Make(v1::AUDIENCE_PUBLIC).name(), Make(v1::AUDIENCE_PUBLIC).name());
  EXPECT_NE(Make(v1::AUDIENCE_PUBLIC).run_id(), Make(v1::AUDIENCE_PARTNER).run_id());
}

TEST_F(ReleasedPictureRpcs, HoldNoRaster) {
  const v1::Picture picture = Make(v1::AUDIENCE_PARTNER);
  for (const v1::Layer& layer : picture.layers()) {
    EXPECT_THAT(layer.file_name(), Not(testing::EndsWith(".tif")));
  }
}

}  // namespace
}  // namespace lagesbild::service
