#pragma once

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <sys/stat.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "service/errors.h"
#include "service/server.h"
#include "tests/service/support.h"

namespace lagesbild::service {

/// A real server on a Unix socket, with the small municipality of support.h in memory.
class RunningServer : public testing::Test {
 protected:
  void SetUp() override {
    Write("token", std::string(kInternal) + " internal test\n" + kPartner + " partner test\n" + kPublic +
                       " public test\n");
    ::chmod((folder / "token").c_str(), 0600);
    config.data_dir = folder / "data";
    config.token_file = folder / "token";
    config.log_file = folder / "log";
    config.listen = "unix:" + (folder / "s").string();
    config.drain_wait = std::chrono::milliseconds{0};
    config.drain_deadline = std::chrono::seconds{5};
    auto memory = NewMemoryStore();
    store = memory.get();
    FillRegisters(*store);
    Prepare();
    server = Server::Start(
        config, [] { return std::string("2026-11-25T00:00:00Z"); }, std::move(memory));
    channel = grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials());
  }
  /// What the store holds before the start.
  virtual void Prepare() {}

  void Write(const std::string& name, const std::string& bytes) { folder.Write(name, bytes); }

  std::unique_ptr<grpc::ClientContext> As(const std::string& token) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("authorization", "Bearer " + token);
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds{60});
    return context;
  }
  std::unique_ptr<grpc::ClientContext> Internal() { return As(kInternal); }

  /// Any rpc by its path "/lagesbild.v1.JobService/GetJob", with the bytes of one request message.
  grpc::Status CallAnything(const std::string& path, const std::string& token,
                            const std::string& request = {}, std::string* response = nullptr) {
    grpc::GenericStub stub(channel);
    grpc::CompletionQueue queue;
    grpc::Slice slice(request);
    grpc::ByteBuffer sent(&slice, 1), received;
    auto context = As(token);
    if (token.empty()) {
      context = std::make_unique<grpc::ClientContext>();
    }
    const auto call = stub.PrepareUnaryCall(context.get(), path, sent, &queue);
    grpc::Status status;
    call->StartCall();
    call->Finish(&received, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    std::vector<grpc::Slice> slices;
    if (response != nullptr && received.Valid() && received.Dump(&slices).ok()) {
      for (const grpc::Slice& part : slices) {
        response->append(reinterpret_cast<const char*>(part.begin()), part.size());
      }
    }
    return status;
  }

  /// Sends the file in pieces of `piece` bytes.
  grpc::Status Import(const v1::ImportIncidentsHeader& header, const std::string& bytes,
                      v1::ImportIncidentsResponse* response, std::size_t piece = 64 << 10) {
    const auto stub = v1::IncidentService::NewStub(channel);
    const auto context = Internal();
    const auto writer = stub->ImportIncidents(context.get(), response);
    v1::ImportIncidentsRequest message;
    *message.mutable_header() = header;
    bool open = writer->Write(message);
    for (std::size_t at = 0; open && at < bytes.size(); at += piece) {
      message.set_chunk(bytes.substr(at, piece));
      open = writer->Write(message);
    }
    writer->WritesDone();
    return writer->Finish();
  }

  static constexpr const char* kInternal = "internal-0123456789abcdef0123456789abcdef";
  static constexpr const char* kPartner = "partner-0123456789abcdef0123456789abcdef0";
  static constexpr const char* kPublic = "public-0123456789abcdef0123456789abcdef01";

  TemporaryFolder folder;
  Config config;
  Store* store = nullptr;
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
};

/// The detail of one type in a status, or an empty message.
template <class Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  Detail detail;
  for (const auto& any : details.details()) {
    if (any.UnpackTo(&detail)) {
      break;
    }
  }
  return detail;
}

inline std::vector<std::string> ViolatedFields(const grpc::Status& status) {
  std::vector<std::string> fields;
  const auto bad_request = DetailOf<google::rpc::BadRequest>(status);
  for (const auto& violation : bad_request.field_violations()) {
    fields.push_back(violation.field());
  }
  return fields;
}

inline std::string ReasonOf(const grpc::Status& status) {
  return DetailOf<google::rpc::ErrorInfo>(status).reason();
}

/// A delivery of the police as CSV: `count` incidents of the third quarter of 2026 with victims aged 14, at
/// Storgatan 1 to `numbers` in turn.
inline std::string PoliceCsv(int count, int numbers = 9) {
  std::string csv = "Ärende;Datum;Händelse;Gata;Ålder\n";
  for (int i = 0; i < count; ++i) {
    char line[96];
    std::snprintf(line, sizeof line, "K%d;2026-%02d-%02d;Skadegörelse;Storgatan %d;14\n", i, 7 + i / 20,
                  1 + i % 20, 1 + i % numbers);
    csv += line;
  }
  return csv;
}

inline constexpr const char* kPoliceMapping = R"toml(
[mapping]
version = 1
name = "polisen"
[file]
format = "csv"
delimiter = ";"
[columns]
incident_key = "Ärende"
date = "Datum"
category = "Händelse"
address = ["Gata"]
[time]
formats = ["%Y-%m-%d"]
[category.values]
"Skadegörelse" = "VANDALISM"
[place]
default_locality = "Testby"
[[persons]]
role = "victim"
age = "Ålder"
)toml";

inline v1::ImportIncidentsHeader PoliceHeader() {
  v1::ImportIncidentsHeader header;
  header.set_reporter_code("polisen");
  header.set_file_name("polisen.csv");
  header.set_mapping_toml(kPoliceMapping);
  return header;
}

}  // namespace lagesbild::service
