#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "tools/cli.h"

namespace lagesbild::service {
class Server;
}

namespace lagesbild::tools {

/// A call was refused or failed. what() is one line for people.
class CallFailed : public std::runtime_error {
 public:
  CallFailed(grpc::Status failed, const std::string& message)
      : std::runtime_error(message), status(std::move(failed)) {}
  grpc::Status status;
};

/// The input on the command line is wrong: exit code 3.
class BadInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A connection to the service, and how to speak to the person who asks. Connects, or starts the service in
/// this process, when the channel is first asked for; ends it with its life.
class Session {
 public:
  explicit Session(const GlobalOptions& options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const GlobalOptions& options() const { return options_; }
  bool json() const { return options_.json; }
  bool swedish() const { return swedish_; }
  /// The text in the person's language.
  const char* Say(const char* sv, const char* en) const { return swedish_ ? sv : en; }

  template <class Service>
  std::unique_ptr<typename Service::Stub> Stub() {
    return Service::NewStub(Channel());
  }
  /// A context with the token. `deadline` zero: none, for streams that may take long.
  std::unique_ptr<grpc::ClientContext> Context(std::chrono::seconds deadline = std::chrono::seconds{60});
  /// Throws CallFailed unless the status is OK.
  void Check(const grpc::Status& status) const;
  /// One JSON document on stdout, field names as in the proto.
  void PrintJson(const google::protobuf::Message& message) const;

 private:
  std::shared_ptr<grpc::Channel> Channel();

  GlobalOptions options_;
  bool swedish_;
  std::string token_;
  std::unique_ptr<service::Server> in_process_;
  std::shared_ptr<grpc::Channel> channel_;
};

/// Exit code for a failed call: 1 when the service is at fault, 3 when the request was refused.
int ExitCodeOf(grpc::StatusCode code);

}  // namespace lagesbild::tools
