#include "tools/cli_session.h"

#include <google/protobuf/util/json_util.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpc/grpc.h>
#include <grpcpp/create_channel.h>

#include <cstdio>
#include <cstdlib>

#include "service/auth.h"
#include "service/hashing.h"
#include "service/server.h"

namespace lagesbild::tools {
namespace {

// As the API promises to clients: only UNAVAILABLE is worth another try.
constexpr const char* kServiceConfig = R"({
  "methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "1s",
    "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}],
  "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1}})";

bool IsSwedish(const std::string& language) {
  if (!language.empty()) {
    return language == "sv";
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') {
      return !std::string_view(value).starts_with("en");
    }
  }
  return true;
}

/// One line from the status and its details: the Swedish sentence where Swedish is wanted, then what is wrong
/// where.
std::string Explain(const grpc::Status& status, bool swedish) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  std::string message = status.error_message(), localized;
  for (const auto& any : details.details()) {
    google::rpc::LocalizedMessage text;
    if (any.UnpackTo(&text) && text.locale() == "sv-SE") {
      localized = text.message();
    }
  }
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && localized.empty()) {
    localized = "Tjänsten svarar inte.";
    message = "the service does not answer (" + message + "); is it running, and is --server right?";
  }
  std::string line = swedish && !localized.empty() ? localized + " (" + message + ")" : message;
  for (char& c : line) {
    c = c == '\n' || c == '\r' ? ' ' : c;
  }
  return line;
}

}  // namespace

Session::Session(const GlobalOptions& options) : options_(options), swedish_(IsSwedish(options.language)) {}

Session::~Session() = default;

std::shared_ptr<grpc::Channel> Session::Channel() {
  if (channel_) {
    return channel_;
  }
  if (!options_.server.empty() && !options_.store.empty()) {
    throw BadInput("--server and --store exclude each other: reach a running service, or start it here");
  }
  if (options_.server.empty() && options_.store.empty()) {
    throw BadInput("no service: give --server ADDRESS of a running one, or --store PATH to start it here");
  }
  if (!options_.store.empty()) {
    service::Config config;
    config.store = options_.store;
    config.data_dir = options_.data_dir;
    config.quiet = true;
    config.process_token = token_ = service::Hex(service::RandomBytes(32));
    in_process_ = service::Server::Start(config);
    channel_ = in_process_->InProcessChannel();
    return channel_;
  }
  if (options_.token_file.empty()) {
    throw BadInput("no token: give --token-file FILE, the one that the service was started with");
  }
  token_ = service::ReadTokenFile(options_.token_file).front().secret;
  grpc_init();  // never undone: its end could wait ten seconds for a poll to run out
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);  // the service is on this machine
  channel_ = grpc::CreateCustomChannel(options_.server, grpc::InsecureChannelCredentials(), arguments);
  return channel_;
}

std::unique_ptr<grpc::ClientContext> Session::Context(std::chrono::seconds deadline) {
  Channel();
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("authorization", "Bearer " + token_);
  if (deadline.count() > 0) {
    context->set_deadline(std::chrono::system_clock::now() + deadline);
  }
  return context;
}

void Session::Check(const grpc::Status& status) const {
  if (!status.ok()) {
    throw CallFailed(status, Explain(status, swedish_));
  }
}

void Session::PrintJson(const google::protobuf::Message& message) const {
  google::protobuf::util::JsonPrintOptions form;
  form.add_whitespace = true;
  form.always_print_primitive_fields = true;
  form.preserve_proto_field_names = true;
  std::string text;
  if (const auto status = google::protobuf::util::MessageToJsonString(message, &text, form); !status.ok()) {
    throw std::runtime_error("cannot write the reply as JSON");
  }
  std::fputs(text.c_str(), stdout);
}

int ExitCodeOf(grpc::StatusCode code) {
  return code == grpc::StatusCode::INTERNAL || code == grpc::StatusCode::UNKNOWN ||
                 code == grpc::StatusCode::DATA_LOSS
             ? 1
             : 3;
}

}  // namespace lagesbild::tools
