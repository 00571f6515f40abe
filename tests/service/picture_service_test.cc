#include <chrono>
#include <cmath>
#include <limits>

#include "lagesbild/v1/analysis_service.grpc.pb.h"
#include "lagesbild/v1/job_service.grpc.pb.h"
#include "lagesbild/v1/layer_service.grpc.pb.h"
#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "service/hashing.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class PictureRpcs : public RunningServer {
 protected:
  /// A longer street, so that enough incidents are left once those of one address are taken as one.
  void Prepare() override {
    std::vector<geo::Address> addresses = TestAddresses();
    std::vector<Store::PopulationEntry> population;
    for (int number = 1; number <= 15; ++number) {
      if (number > 9) {
        addresses.push_back(addresses.front());
      }
      addresses[static_cast<std::size_t>(number) - 1].id = "A" + std::to_string(number);
      addresses[static_cast<std::size_t>(number) - 1].number = number;
      addresses[static_cast<std::size_t>(number) - 1].position = At(604000 + 200 * number, 6650000);
      population.push_back({"A" + std::to_string(number), 14, 3});
    }
    store->PutAddresses(Version("long"), geo::Epsg{3006}, addresses);
    store->PutPopulation(Version("long"), population);
  }
  void SetUp() override {
    RunningServer::SetUp();
    v1::ImportIncidentsResponse response;
    const grpc::Status status = RunningServer::Import(PoliceHeader(), PoliceCsv(24, 15), &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    stub = v1::PictureService::NewStub(channel);
    request.mutable_selection()->mutable_first_quarter()->set_year(2026);
    request.mutable_selection()->mutable_first_quarter()->set_number(3);
    request.mutable_parameters()->set_permutation_count(99);
    request.mutable_parameters()->set_density_cell_size_m(250);
  }

  v1::Job Watch(const std::string& name) {
    v1::WatchJobRequest watch;
    watch.set_name(name);
    const auto jobs = v1::JobService::NewStub(channel);
    const auto context = Internal();
    const auto reader = jobs->WatchJob(context.get(), watch);
    v1::Job last;
    double before = 0;
    for (v1::WatchJobResponse message; reader->Read(&message);) {
      EXPECT_GE(message.job().progress_fraction(), before);
      before = message.job().progress_fraction();
      last = message.job();
    }
    EXPECT_TRUE(reader->Finish().ok());
    return last;
  }

  v1::Picture Make() {
    v1::CreatePictureJobResponse created;
    const grpc::Status status = stub->CreatePictureJob(Internal().get(), request, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
    const v1::Job job = Watch(created.job().name());
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

TEST_F(PictureRpcs, TellOfTenWrongFieldsAtOnce) {
  request.set_request_id("17");
  request.mutable_selection()->mutable_last_quarter()->set_year(2026);
  request.mutable_selection()->mutable_last_quarter()->set_number(4);
  request.mutable_selection()->set_role(static_cast<v1::RoleSelection>(42));
  v1::AnalysisParameters& parameters = *request.mutable_parameters();
  parameters.set_bandwidth_m(std::numeric_limits<double>::quiet_NaN());
  parameters.set_cell_size_m(-5);
  parameters.set_density_cell_size_m(std::numeric_limits<double>::infinity());
  parameters.set_kernel(static_cast<v1::Kernel>(77));
  parameters.set_edge_correction(static_cast<v1::EdgeCorrection>(-1));
  parameters.set_max_accuracy_m(1e9);
  parameters.set_permutation_count(5);
  parameters.set_seed(-1);
  v1::CreatePictureJobResponse response;
  const grpc::Status status = stub->CreatePictureJob(Internal().get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status),
              UnorderedElementsAre(
                  "request_id", "selection.role", "selection.last_quarter", "parameters.bandwidth_m",
                  "parameters.cell_size_m", "parameters.density_cell_size_m", "parameters.kernel",
                  "parameters.edge_correction", "parameters.max_accuracy_m", "parameters.permutation_count"));
  EXPECT_THAT(status.error_message(), testing::HasSubstr("more"))
      << "the eleventh, parameters.seed, is counted only";
}

TEST_F(PictureRpcs, RefuseABandwidthSmallerThanTheCells) {
  request.mutable_parameters()->set_bandwidth_m(100);
  v1::CreatePictureJobResponse response;
  EXPECT_THAT(ViolatedFields(stub->CreatePictureJob(Internal().get(), request, &response)),
              ElementsAre("parameters.bandwidth_m"));
}

TEST_F(PictureRpcs, RefuseABandwidthOverFiveHundredCells) {
  request.mutable_parameters()->set_bandwidth_m(5000);
  request.mutable_parameters()->set_density_cell_size_m(10);
  v1::CreatePictureJobResponse response;
  EXPECT_TRUE(stub->CreatePictureJob(Internal().get(), request, &response).ok());
  request.mutable_parameters()->set_density_cell_size_m(9.9);
  EXPECT_THAT(ViolatedFields(stub->CreatePictureJob(Internal().get(), request, &response)),
              ElementsAre("parameters.density_cell_size_m"));
}

TEST_F(PictureRpcs, RefuseTooManyCellsAtOnce) {
  Municipality reference = TestReference();
  reference.boundary = Box(300000, 6200000, 600000, 1400000);
  store->PutReference(Version("large"), reference);
  request.mutable_parameters()->set_cell_size_m(50);
  v1::CreatePictureJobResponse response;
  stub->CreatePictureJob(Internal().get(), request, &response);  // loads the register
  const auto begin = std::chrono::steady_clock::now();
  const grpc::Status status = stub->CreatePictureJob(Internal().get(), request, &response);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status), testing::Contains("parameters.cell_size_m"));
  EXPECT_LT(took, std::chrono::milliseconds{50});
}

TEST_F(PictureRpcs, RefuseAQuarterThatNoDeliveryCovers) {
  request.mutable_selection()->mutable_first_quarter()->set_year(2031);
  v1::CreatePictureJobResponse response;
  const grpc::Status status = stub->CreatePictureJob(Internal().get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "NO_DATA");
}

TEST_F(PictureRpcs, EstimateTheCostWithoutMakingAJob) {
  request.set_validate_only(true);
  v1::CreatePictureJobResponse response;
  ASSERT_TRUE(stub->CreatePictureJob(Internal().get(), request, &response).ok());
  EXPECT_FALSE(response.has_job());
  EXPECT_EQ(response.estimate().test_cell_count(), 81 * 81);
  EXPECT_GT(response.estimate().memory_bytes(), 0);
  EXPECT_GT(response.estimate().duration_s(), 0);
  EXPECT_THAT(store->ListJobs(0, 10).items, IsEmpty());
}

TEST_F(PictureRpcs, ReturnTheEarlierJobForTheSameRequestId) {
  request.set_request_id("c0ffee00-0000-4000-8000-000000000001");
  v1::CreatePictureJobResponse first, second;
  ASSERT_TRUE(stub->CreatePictureJob(Internal().get(), request, &first).ok());
  ASSERT_TRUE(stub->CreatePictureJob(Internal().get(), request, &second).ok());
  EXPECT_EQ(first.job().name(), second.job().name());
}

TEST_F(PictureRpcs, MakeFilesThatArriveWholeAndCanBeResumed) {
  const v1::Picture picture = Make();
  ASSERT_GT(picture.layers_size(), 0);
  EXPECT_EQ(picture.quarter().number(), 3);
  EXPECT_THAT(picture.run_id(), testing::MatchesRegex("[0-9a-f]+"));
  const v1::Layer& layer = picture.layers(0);
  const auto layers = v1::LayerService::NewStub(channel);
  for (const std::int64_t offset :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{300000}, layer.size_bytes()}) {
    v1::ReadLayerRequest read;
    read.set_name(layer.name());
    read.set_offset_bytes(offset);
    const auto context = Internal();
    const auto reader = layers->ReadLayer(context.get(), read);
    v1::ReadLayerResponse message;
    ASSERT_TRUE(reader->Read(&message));
    ASSERT_TRUE(message.has_header());
    EXPECT_EQ(message.header().sha256(), layer.sha256());
    std::string bytes = ReadBytes(folder / "data/pictures" / picture.run_id() / layer.file_name())
                            .substr(0, static_cast<std::size_t>(offset));
    std::string last_sha256;
    while (reader->Read(&message)) {
      ASSERT_TRUE(message.has_chunk());
      EXPECT_THAT(last_sha256, IsEmpty());
      EXPECT_EQ(message.chunk().offset_bytes(), static_cast<std::int64_t>(bytes.size()));
      EXPECT_LE(message.chunk().data().size(), 256U << 10);
      bytes += message.chunk().data();
      last_sha256 = message.chunk().sha256();
    }
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_EQ(last_sha256, layer.sha256());
    EXPECT_EQ(Sha256Hex(bytes), layer.sha256()) << offset;
  }
}

/// Every statistic in `message`, at any depth, is one of its five kinds; and how many there are.
int CheckedStatistics(const google::protobuf::Message& message) {
  int found = 0;
  if (message.GetDescriptor() == v1::Statistic::descriptor()) {
    const auto& statistic = dynamic_cast<const v1::Statistic&>(message);
    EXPECT_NE(statistic.kind_case(), v1::Statistic::KIND_NOT_SET);
    EXPECT_TRUE(std::isfinite(statistic.value()));
    EXPECT_TRUE(!statistic.has_undefined() || !statistic.undefined().reason().empty());
    return 1;
  }
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    }
    if (!field->is_repeated()) {
      const bool set = reflection->HasField(message, field);
      EXPECT_TRUE(set || field->message_type() != v1::Statistic::descriptor() || field->containing_oneof())
          << field->full_name() << " is empty";
      found += set ? CheckedStatistics(reflection->GetMessage(message, field)) : 0;
    }
    for (int k = 0; field->is_repeated() && k < reflection->FieldSize(message, field); ++k) {
      found += CheckedStatistics(reflection->GetRepeatedMessage(message, field, k));
    }
  }
  return found;
}

TEST_F(PictureRpcs, TellEveryNumberAsAValueOrWhyThereIsNone) {
  const v1::Picture picture = Make();
  EXPECT_GT(CheckedStatistics(picture), 30);
  const v1::PictureNumbers& numbers = picture.numbers();
  ASSERT_GT(numbers.groups_size(), 1);
  const v1::GroupNumbers& children = numbers.groups(0);
  EXPECT_EQ(children.hot_place_count().too_few().minimum_count(), 10);
  EXPECT_TRUE(children.density_peak().has_too_few());
  const v1::GroupNumbers& youths = numbers.groups(1);
  EXPECT_EQ(youths.group_code(), "UNGDOM");
  EXPECT_EQ(youths.hot_place_count().kind_case(), v1::Statistic::kValue);
  EXPECT_NEAR(youths.density_total().value(), youths.used_incident_count(), 0.005 * 24);
  ASSERT_GT(youths.repeat_places_size(), 0);
  const v1::RepeatPlace& place = youths.repeat_places(0);
  EXPECT_NEAR(place.plane_position().easting_m(), 605000, 20000);
  EXPECT_NEAR(place.position().lat(), 60, 1) << "the same place in degrees";
  for (const v1::GroupNumbers& group : numbers.groups()) {
    const v1::Tally& tally = group.tally().incidents();
    EXPECT_EQ(tally.accepted_count(), tally.placed_count() + tally.unplaced_count() + tally.digital_count());
  }
}

TEST_F(PictureRpcs, GiveTheSameRunAgainForTheSameData) {
  const v1::Picture first = Make(), second = Make();
  EXPECT_EQ(first.run_id(), second.run_id());
  EXPECT_EQ(first.name(), second.name());
}

TEST_F(PictureRpcs, HideInternalPicturesFromPartnerAndPublic) {
  const v1::Picture picture = Make();
  const auto layers = v1::LayerService::NewStub(channel);
  for (const char* token : {kPartner, kPublic}) {
    v1::ListPicturesResponse pictures;
    ASSERT_TRUE(stub->ListPictures(As(token).get(), {}, &pictures).ok());
    EXPECT_EQ(pictures.pictures_size(), 0);
    v1::ListLayersResponse listed;
    ASSERT_TRUE(layers->ListLayers(As(token).get(), {}, &listed).ok());
    EXPECT_EQ(listed.layers_size(), 0);
    v1::ReadLayerRequest read;
    read.set_name(picture.layers(0).name());
    const auto context = As(token);
    const auto reader = layers->ReadLayer(context.get(), read);
    v1::ReadLayerResponse message;
    EXPECT_FALSE(reader->Read(&message));
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
  }
}

class HotspotsRpc : public PictureRpcs {};

TEST_F(HotspotsRpc, SendsTheHeaderFirstAndThenCellsOfTheGroupsAskedFor) {
  v1::ComputeHotspotsRequest compute;
  *compute.mutable_selection() = request.selection();
  *compute.mutable_parameters() = request.parameters();
  compute.add_group_codes("UNGDOM");
  compute.add_group_codes("BARN");
  const auto analysis = v1::AnalysisService::NewStub(channel);
  const auto context = Internal();
  const auto reader = analysis->ComputeHotspots(context.get(), compute);
  v1::ComputeHotspotsResponse message;
  ASSERT_TRUE(reader->Read(&message)) << reader->Finish().error_message();
  ASSERT_TRUE(message.has_header());
  const v1::HotspotHeader header = message.header();
  EXPECT_EQ(header.analysis().incident_count(), 24);
  EXPECT_EQ(header.analysis().parameters().bandwidth_m(), 1000);
  EXPECT_EQ(header.analysis().bandwidth().radius_m(), 1000);
  EXPECT_EQ(header.analysis().unit_en(), "incidents per km² and calendar quarter");
  EXPECT_GT(header.family_size(), 0);
  ASSERT_EQ(header.groups_size(), 2);
  EXPECT_EQ(header.groups(0).group().code(), "BARN");
  EXPECT_EQ(header.groups(0).density_peak().kind_case(), v1::Statistic::kTooFew);
  EXPECT_EQ(header.groups(0).density_peak().too_few().found_count(), 0);
  EXPECT_EQ(header.groups(0).family_size(), 0);
  EXPECT_EQ(header.groups(1).family_size(), header.family_size());
  EXPECT_EQ(header.groups(1).hot_cell_count().kind_case(), v1::Statistic::kValue);
  int cells = 0;
  while (reader->Read(&message)) {
    ASSERT_TRUE(message.has_cells());
    for (const v1::HotspotCell& cell : message.cells().cells()) {
      ++cells;
      EXPECT_NE(cell.q_value().kind_case(), v1::Statistic::KIND_NOT_SET);
      EXPECT_EQ(message.cells().group_code() == "BARN", cell.q_value().has_too_few());
      EXPECT_GT(cell.center().lat(), 59);
    }
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_GT(cells, 0);
}

TEST_F(HotspotsRpc, RefusesAnUnknownGroup) {
  v1::ComputeHotspotsRequest compute;
  *compute.mutable_selection() = request.selection();
  compute.add_group_codes("ELEFANTER");
  const grpc::Status status =
      CallAnything("/lagesbild.v1.AnalysisService/ComputeHotspots", kInternal, compute.SerializeAsString());
  EXPECT_THAT(ViolatedFields(status), ElementsAre("group_codes[0]"));
}

class DensityRpc : public PictureRpcs {};

TEST_F(DensityRpc, SendsEveryCellAsAValueOrItsAbsence) {
  v1::ComputeDensityRequest compute;
  *compute.mutable_selection() = request.selection();
  *compute.mutable_parameters() = request.parameters();
  compute.add_group_codes("UNGDOM");
  const auto analysis = v1::AnalysisService::NewStub(channel);
  const auto context = Internal();
  const auto reader = analysis->ComputeDensity(context.get(), compute);
  v1::ComputeDensityResponse message;
  ASSERT_TRUE(reader->Read(&message)) << reader->Finish().error_message();
  const v1::DensityHeader header = message.header();
  ASSERT_EQ(header.groups_size(), 1);
  std::int64_t cells = 0, absent = 0;
  double total = 0;
  EXPECT_GT(CheckedStatistics(message), 3);
  while (reader->Read(&message)) {
    EXPECT_EQ(message.runs().group_code(), "UNGDOM");
    CheckedStatistics(message);
    for (const v1::DensityRun& run : message.runs().runs()) {
      EXPECT_EQ(run.row() * static_cast<std::int64_t>(header.grid().column_count()) + run.first_column(),
                cells);
      cells += run.column_count();
      if (run.kind_case() == v1::DensityRun::kAbsent) {
        EXPECT_EQ(run.absent().undefined().reason(), "OUTSIDE_STUDY_AREA");
        absent += run.column_count();
        continue;
      }
      ASSERT_EQ(run.values().per_km2_size(), run.column_count());
      for (const double value : run.values().per_km2()) {
        EXPECT_TRUE(std::isfinite(value));
        total += value * 0.25 * 0.25;
      }
    }
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(cells, static_cast<std::int64_t>(header.grid().row_count()) * header.grid().column_count());
  EXPECT_GT(absent, 0);
  EXPECT_NEAR(total, header.groups(0).used_incident_count(), 0.005 * 24);
}

class LayerRpcs : public RunningServer {
 protected:
  void Prepare() override {
    bytes.assign(700'000, 'a');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<char>('a' + i * 7 % 23);
    }
    std::filesystem::create_directories(folder / "data/pictures/0011");
    folder.Write("data/pictures/0011/bild.tif", bytes);
    for (const char* quarter : {"2026Q1", "2026Q2", "2026Q3"}) {
      PictureRecord picture;
      picture.run_id = quarter == std::string("2026Q3") ? "0011" : quarter;
      picture.quarter = quarter;
      picture.audience = "internal";
      picture.summary_json = "{}";
      picture.files = {{"bild.tif", "image/tiff", "Bild", "UNGDOM", static_cast<std::int64_t>(bytes.size()),
                        Sha256Hex(bytes)}};
      store->AddPicture(picture);
    }
  }
  grpc::Status Read(const std::string& name, std::int64_t offset = 0) {
    v1::ReadLayerRequest read;
    read.set_name(name);
    read.set_offset_bytes(offset);
    const auto stub = v1::LayerService::NewStub(channel);
    const auto context = Internal();
    const auto reader = stub->ReadLayer(context.get(), read);
    v1::ReadLayerResponse message;
    while (reader->Read(&message)) {
    }
    return reader->Finish();
  }
  std::string bytes;
};

TEST_F(LayerRpcs, RefuseAnOffsetOutsideTheFile) {
  EXPECT_EQ(Read("pictures/3/layers/bild.tif", 700'000).error_code(), grpc::StatusCode::OK);
  EXPECT_EQ(Read("pictures/3/layers/bild.tif", 700'001).error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(Read("pictures/3/layers/bild.tif", -1).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(LayerRpcs, SayThatAFileIsNotWhatWasWritten) {
  bytes[350'000] = '!';
  folder.Write("data/pictures/0011/bild.tif", bytes);
  EXPECT_EQ(Read("pictures/3/layers/bild.tif").error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(Read("pictures/3/layers/bild.tif", 600'000).error_code(), grpc::StatusCode::DATA_LOSS);
  folder.Write("data/pictures/0011/bild.tif", bytes.substr(0, 1000));
  EXPECT_EQ(Read("pictures/3/layers/bild.tif").error_code(), grpc::StatusCode::DATA_LOSS);
  folder.Write("data/pictures/0011/bild.tif", bytes + "more");
  EXPECT_EQ(Read("pictures/3/layers/bild.tif").error_code(), grpc::StatusCode::DATA_LOSS);
}

TEST_F(LayerRpcs, FindNoFileOutsideThePicture) {
  EXPECT_EQ(Read("pictures/3/layers/../../../token").error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Read("pictures/3/layers/").error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Read("pictures/9/layers/bild.tif").error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Read("bild.tif").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(LayerRpcs, ListThePicturesFilesPageByPage) {
  const auto stub = v1::LayerService::NewStub(channel);
  v1::ListLayersRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    v1::ListLayersResponse page;
    ASSERT_TRUE(stub->ListLayers(Internal().get(), request, &page).ok());
    for (const v1::Layer& layer : page.layers()) {
      names.push_back(layer.name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ElementsAre("pictures/1/layers/bild.tif", "pictures/2/layers/bild.tif",
                                 "pictures/3/layers/bild.tif"));
}

}  // namespace
}  // namespace lagesbild::service
