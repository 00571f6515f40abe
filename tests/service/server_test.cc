#include "service/server.h"

#include <sys/stat.h>

#include <set>
#include <sstream>
#include <thread>

#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "lagesbild/v1/job_service.grpc.pb.h"
#include "lagesbild/v1/layer_service.grpc.pb.h"
#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "lagesbild/v1/register_service.grpc.pb.h"
#include "service/auth.h"
#include "service/runs.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// "lagesbild.v1.JobService/GetJob" of every rpc that the API's descriptors know.
std::set<std::string> EveryRpc() {
  // Naming one message of each file links its descriptors in.
  const auto* any = v1::Job::descriptor()->file();
  std::set<std::string> rpcs;
  for (const char* file :
       {"analysis", "geocoding", "incident", "job", "layer", "picture", "register", "reporter"}) {
    const auto* descriptor =
        any->pool()->FindFileByName("lagesbild/v1/" + std::string(file) + "_service.proto");
    EXPECT_NE(descriptor, nullptr) << file;
    for (int s = 0; descriptor != nullptr && s < descriptor->service_count(); ++s) {
      for (int m = 0; m < descriptor->service(s)->method_count(); ++m) {
        rpcs.insert(descriptor->service(s)->full_name() + "/" + descriptor->service(s)->method(m)->name());
      }
    }
  }
  return rpcs;
}

TEST(Rights, CoverEveryRpcAndNothingElse) {
  std::set<std::string> table;
  for (const Right& right : Rights()) {
    table.insert(std::string(right.rpc));
  }
  EXPECT_EQ(table.size(), Rights().size());
  EXPECT_EQ(table, EveryRpc());
  EXPECT_EQ(table.size(), 39U);
}

class ServerRights : public RunningServer {};

TEST_F(ServerRights, RefuseEveryRpcWithoutAToken) {
  for (const std::string& rpc : EveryRpc()) {
    const grpc::Status status = CallAnything("/" + rpc, "");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << rpc;
    EXPECT_EQ(ReasonOf(status), "NO_VALID_TOKEN") << rpc;
  }
}

TEST_F(ServerRights, RefuseEveryRpcWithAnUnknownToken) {
  for (const std::string& rpc : EveryRpc()) {
    EXPECT_EQ(CallAnything("/" + rpc, std::string(40, 'x')).error_code(), grpc::StatusCode::UNAUTHENTICATED)
        << rpc;
  }
}

TEST_F(ServerRights, LetPartnerAndPublicReadPublishedLayersOnly) {
  const std::set<std::string> open = {"lagesbild.v1.PictureService/ListPictures",
                                      "lagesbild.v1.LayerService/ListLayers",
                                      "lagesbild.v1.LayerService/ReadLayer"};
  for (const std::string& rpc : EveryRpc()) {
    for (const char* token : {kPartner, kPublic}) {
      const auto code = CallAnything("/" + rpc, token).error_code();
      if (open.contains(rpc)) {
        EXPECT_NE(code, grpc::StatusCode::PERMISSION_DENIED) << rpc;
      } else {
        EXPECT_EQ(code, grpc::StatusCode::PERMISSION_DENIED) << rpc;
      }
    }
  }
}

class ServerHealth : public RunningServer {};

TEST_F(ServerHealth, SaysServingWithoutAToken) {
  std::string response;
  EXPECT_TRUE(CallAnything("/grpc.health.v1.Health/Check", "", "", &response).ok());
  EXPECT_EQ(response, std::string("\x08\x01", 2));  // HealthCheckResponse{status: SERVING}
}

TEST_F(ServerHealth, KnowsEveryServiceByReflection) {
  std::string response;
  const std::string list_services("\x3a\x00", 2);  // ServerReflectionRequest{list_services: ""}
  EXPECT_TRUE(CallAnything("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "",
                           list_services, &response)
                  .ok());
  for (const char* service : {"AnalysisService", "GeocodingService", "IncidentService", "JobService",
                              "LayerService", "PictureService", "RegisterService", "ReporterService"}) {
    EXPECT_THAT(response, HasSubstr(std::string("lagesbild.v1.") + service));
  }
  EXPECT_THAT(response, HasSubstr("grpc.health.v1.Health"));
}

TEST_F(ServerHealth, EndsNewCallsAfterTheDrain) {
  server->Drain();
  const auto code = CallAnything("/grpc.health.v1.Health/Check", "").error_code();
  EXPECT_EQ(code, grpc::StatusCode::UNAVAILABLE);
}

class ServerStart : public RunningServer {};

TEST_F(ServerStart, OpensTheSocketToItsUserOnly) {
  struct stat info {};
  ASSERT_EQ(::stat((folder / "s").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  ASSERT_EQ(::stat((folder / "data/uploads").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
}

TEST_F(ServerStart, RefusesASocketThatAnotherServerAnswers) {
  Config other = config;
  other.data_dir = folder / "other";
  try {
    Server::Start(other, SystemUtcNow, NewMemoryStore());
    FAIL() << "two servers on one socket";
  } catch (const NotReady& e) {
    EXPECT_EQ(e.reason, "ADDRESS_IN_USE");
  }
  EXPECT_TRUE(CallAnything("/grpc.health.v1.Health/Check", "").ok());
}

TEST_F(ServerStart, RefusesAStoreThatAnotherServerWorksOn) {
  Config first = config;
  first.listen.clear();
  first.store = folder / "l.db";
  first.data_dir = folder / "first";
  const auto running = Server::Start(first);
  std::filesystem::create_symlink(folder / "l.db", folder / "symlink.db");
  std::filesystem::create_hard_link(folder / "l.db", folder / "hardlink.db");
  for (const char* name : {"l.db", "symlink.db", "hardlink.db"}) {
    Config second = first;
    second.store = folder / name;
    second.data_dir = folder / "second";
    try {
      Server::Start(second);
      ADD_FAILURE() << "two servers on one store by the name " << name;
    } catch (const NotReady& e) {
      EXPECT_EQ(e.reason, "STORE_IN_USE");
    }
  }
}

TEST_F(ServerStart, RefusesADataFolderThatAnotherServerWorksOnAndLeavesItsUploads) {
  Write("data/uploads/in-flight.csv", "x");
  Config second = config;
  second.listen.clear();
  std::filesystem::create_directory_symlink(folder / "data", folder / "link");
  for (const char* name : {"data", "link"}) {
    second.data_dir = folder / name;
    try {
      Server::Start(second, SystemUtcNow, NewMemoryStore());
      ADD_FAILURE() << "two servers on one data folder by the name " << name;
    } catch (const NotReady& e) {
      EXPECT_EQ(e.reason, "DATA_DIR_IN_USE");
    }
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "data/uploads/in-flight.csv"));
}

TEST_F(ServerStart, ClosesItsFoldersToOtherAccountsAtEveryStart) {
  Config other = config;
  other.listen.clear();
  other.data_dir = folder / "other";
  for (const char* name : {"other", "other/uploads", "other/pictures"}) {
    std::filesystem::create_directories(folder / name);
    ::chmod((folder / name).c_str(), 0755);
  }
  const auto running = Server::Start(other, SystemUtcNow, NewMemoryStore());
  for (const char* name : {"other", "other/uploads", "other/pictures"}) {
    struct stat info {};
    ASSERT_EQ(::stat((folder / name).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700U) << name;
  }
  struct stat info {};
  ASSERT_EQ(::stat((folder / "log").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(ServerStart, KeepsAPictureFromOtherAccountsWhateverTheUmask) {
  const mode_t before = ::umask(0);
  v1::ImportIncidentsResponse imported;
  EXPECT_TRUE(Import(PoliceHeader(), PoliceCsv(20), &imported).ok());
  PictureRequest request;
  request.selection.first = request.selection.last = {2026, 3};
  const PictureRecord picture =
      MakePicture(*store, request, folder / "data/pictures", "2026-11-25T00:00:00Z");
  ::umask(before);
  const auto made = folder / "data/pictures" / picture.run_id;
  struct stat info {};
  ASSERT_EQ(::stat(made.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
  ASSERT_FALSE(picture.files.empty());
  for (const StoredFile& file : picture.files) {
    ASSERT_EQ(::stat((made / file.name).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U) << file.name;
  }
}

class ServerErrors : public RunningServer {};

TEST_F(ServerErrors, ArriveWholeHoweverMuchIsWrong) {
  v1::CreatePictureJobRequest request;
  for (int i = 0; i < 300; ++i) {
    std::string code;
    for (int letter = 0; letter < 200; ++letter) code += "å";
    request.mutable_selection()->add_reporter_codes(code + std::to_string(i));
  }
  const grpc::Status status =
      CallAnything("/lagesbild.v1.PictureService/CreatePictureJob", kInternal, request.SerializeAsString());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
  EXPECT_FALSE(ViolatedFields(status).empty());
}

TEST_F(ServerErrors, ArriveWholeWhenAMappingHasThousandsOfFaults) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  std::string mapping = kPoliceMapping;
  for (int i = 0; i < 3000; ++i) mapping += "okänd_ålder" + std::to_string(i) + " = 1\n";
  for (int i = 0; i < 3000; ++i) mapping += "[\"okänd ålder " + std::to_string(i) + "\"]\n";
  header.set_mapping_toml(mapping);
  v1::ImportIncidentsResponse response;
  const grpc::Status status = Import(header, PoliceCsv(1), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
  EXPECT_LE(ViolatedFields(status).size(), 10U);
}

TEST_F(ServerStart, ChoosesAPortOfTheLoopbackInterface) {
  Config other = config;
  other.listen = "127.0.0.1:0";
  other.data_dir = folder / "other";
  const auto running = Server::Start(other, SystemUtcNow, NewMemoryStore());
  EXPECT_THAT(running->address(), testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]+"));
}

TEST_F(ServerStart, RefusesATokenFileThatOthersMayRead) {
  ::chmod((folder / "token").c_str(), 0640);
  Config other = config;
  other.listen = "127.0.0.1:0";
  EXPECT_THROW(Server::Start(other, SystemUtcNow, NewMemoryStore()), InvalidRequest);
}

TEST_F(ServerStart, ServesItsOwnProcessWithoutASocket) {
  Config inside = config;
  inside.listen.clear();
  inside.data_dir = folder / "inside";
  inside.process_token = std::string(40, 't');
  const auto running = Server::Start(inside, SystemUtcNow, NewMemoryStore());
  EXPECT_THAT(running->address(), IsEmpty());
  channel = running->InProcessChannel();
  const auto stub = v1::JobService::NewStub(channel);
  v1::ListJobsResponse response;
  EXPECT_TRUE(stub->ListJobs(As(inside.process_token).get(), {}, &response).ok());
}

class ServerCancellation : public RunningServer {
 protected:
  /// The log's line of the call's end, waited for as its client is gone and cannot know.
  std::string LineOf(const std::string& rpc) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    while (std::chrono::steady_clock::now() < until) {
      std::istringstream log(ReadBytes(folder / "log"));
      for (std::string line; std::getline(log, line);) {
        if (line.find(rpc) != std::string::npos && line.back() == '}') {
          return line;
        }
      }
      std::this_thread::yield();
    }
    return {};
  }
};

TEST_F(ServerCancellation, EndsAnUploadWhoseClientIsGone) {
  const auto stub = v1::IncidentService::NewStub(channel);
  const auto context = Internal();
  v1::ImportIncidentsResponse response;
  const auto writer = stub->ImportIncidents(context.get(), &response);
  v1::ImportIncidentsRequest message;
  *message.mutable_header() = PoliceHeader();
  ASSERT_TRUE(writer->Write(message));
  message.set_chunk("half a file");
  ASSERT_TRUE(writer->Write(message));
  while (std::filesystem::is_empty(folder / "data/uploads")) {
    std::this_thread::yield();  // until the server has taken the call up
  }
  context->TryCancel();
  EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_THAT(LineOf("ImportIncidents"), HasSubstr("\"status\":\"CANCELLED\""));
  EXPECT_TRUE(std::filesystem::is_empty(folder / "data/uploads"));
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
}

TEST_F(ServerHealth, LogsCallsWithoutWhatWasAsked) {
  v1::GeocodeRequest request;
  request.mutable_query()->set_address("c/o Bergfalk, Hemvägen 5, lgh 1102");
  EXPECT_TRUE(
      CallAnything("/lagesbild.v1.GeocodingService/Geocode", kInternal, request.SerializeAsString()).ok());
  server->Drain();
  const std::string log = ReadBytes(folder / "log");
  EXPECT_THAT(log, HasSubstr("\"rpc\":\"lagesbild.v1.GeocodingService/Geocode\""));
  EXPECT_THAT(log, Not(HasSubstr("Hemv")));
  EXPECT_THAT(log, Not(HasSubstr("Bergfalk")));
  EXPECT_THAT(log, Not(HasSubstr("lgh")));
  EXPECT_THAT(log, Not(HasSubstr(kInternal)));
}

}  // namespace
}  // namespace lagesbild::service
