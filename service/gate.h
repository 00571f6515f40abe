#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <filesystem>
#include <string_view>

#include "service/auth.h"
#include "service/call_watch.h"
#include "service/log.h"
#include "service/status.h"

namespace lagesbild::service {

/// What a handler's body is given: who calls, and a token that says when the client is gone.
struct Call {
  const Caller& caller;
  CallWatch::Entry& watch;
  std::stop_token stop() const { return watch.stop(); }
  /// Whether the client is gone, asked at once: the token may be some milliseconds behind.
  bool gone() const { return watch.gone(); }
};

/// What surrounds every handler: who calls and may they, cancellation, faults to statuses, one line in the
/// log.
class Gate {
 public:
  Gate(const Authorizer& authorizer, Log& log, std::filesystem::path uploads)
      : authorizer_(authorizer), log_(log), uploads_(std::move(uploads)) {}

  /// `rpc` is "lagesbild.v1.LayerService/ReadLayer". `body` takes a const Call&.
  template <class Body>
  grpc::Status Run(grpc::ServerContext* context, std::string_view rpc, Body&& body) {
    const auto begin = std::chrono::steady_clock::now();
    CallWatch::Scope scope(watch_, context);
    Caller caller;
    const auto fault = Attempt(
        [&] {
          caller = authorizer_.Authorize(Authorization(*context), rpc);
          body(Call{caller, scope.entry()});
        },
        uploads_);
    return Finish(rpc, caller, fault, std::chrono::steady_clock::now() - begin);
  }

 private:
  static std::string_view Authorization(const grpc::ServerContext& context);
  grpc::Status Finish(std::string_view rpc, const Caller& caller, const std::optional<Fault>& fault,
                      std::chrono::steady_clock::duration took);

  const Authorizer& authorizer_;
  Log& log_;
  std::filesystem::path uploads_;
  CallWatch watch_;
};

}  // namespace lagesbild::service
