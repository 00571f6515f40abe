#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/errors.h"

namespace lagesbild::service {

/// What went wrong, ready to be told: to a caller as a status with details, or in a job's record.
struct Fault {
  grpc::StatusCode code = grpc::StatusCode::INTERNAL;
  std::string reason{};      ///< UPPER_SNAKE, at most 63 characters
  std::string message{};     ///< English, for the status
  std::string message_sv{};  ///< for people
  std::vector<FieldViolation> violations{};
  std::map<std::string, std::string> metadata{};
  std::optional<std::chrono::seconds> retry_after{};  ///< set when waiting helps
  std::string log_text{};                             ///< what only the log may hold; never sent
};

/// "INVALID_ARGUMENT", ...
std::string_view StatusCodeName(grpc::StatusCode code);

/// Translates the exception that is being handled; call it from within a catch. A file of the upload folder
/// `uploads` that cannot be read is the caller's fault, any other file is ours.
Fault CurrentFault(const std::filesystem::path& uploads = {});

/// Status with ErrorInfo (domain "lagesbild"), LocalizedMessage (sv-SE) and, where they apply, BadRequest
/// with the violations and RetryInfo.
/// Cut so that it passes gRPC's limit for metadata: at most 10 violations and 4 KiB of text, then how many
/// more. INTERNAL carries nothing but a general sentence.
grpc::Status ToStatus(const Fault& fault);

/// Runs `body` and returns what it threw, translated. The only catch in service/.
template <class Body>
std::optional<Fault> Attempt(Body&& body, const std::filesystem::path& uploads = {}) {
  try {
    body();
    return std::nullopt;
  } catch (...) {
    return CurrentFault(uploads);
  }
}

/// Runs `body` and turns what it throws into a gRPC status.
template <class Body>
grpc::Status Guarded(Body&& body, const std::filesystem::path& uploads = {}) {
  const auto fault = Attempt(body, uploads);
  return fault ? ToStatus(*fault) : grpc::Status::OK;
}

}  // namespace lagesbild::service
