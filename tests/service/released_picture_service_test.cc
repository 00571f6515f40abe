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
