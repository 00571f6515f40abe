#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace lagesbild::service {

struct FieldViolation {
  std::string field;             ///< path as in the proto: "selection.quarter"
  std::string description;       ///< what was wrong and what would be right; no personal data
  std::string description_sv{};  ///< the same for people, where a reporter meets it; else empty
};

/// A request's fields are wrong: INVALID_ARGUMENT with all violations.
class InvalidRequest : public std::runtime_error {
 public:
  explicit InvalidRequest(std::vector<FieldViolation> found)
      : std::runtime_error(found.empty() ? "invalid request" : found.front().description),
        violations(std::move(found)) {}
  InvalidRequest(std::string field, std::string description, std::string swedish = {})
      : InvalidRequest(
            std::vector<FieldViolation>{{std::move(field), std::move(description), std::move(swedish)}}) {}
  std::vector<FieldViolation> violations;
};

/// Not there, or not the caller's to know of: NOT_FOUND.
class NotFound : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The state does not allow the call (no register yet, nothing known of the quarter): FAILED_PRECONDITION.
class NotReady : public std::runtime_error {
 public:
  NotReady(std::string code, const std::string& message, std::string swedish = {})
      : std::runtime_error(message), reason(std::move(code)), message_sv(std::move(swedish)) {}
  std::string reason;      ///< UPPER_SNAKE
  std::string message_sv;  ///< for people; empty: the general sentence of the reason
};

/// The caller's audience lacks the right: PERMISSION_DENIED.
class Forbidden : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// No or no valid credential: UNAUTHENTICATED.
class Unauthenticated : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A limit of limits.h, or the disk is full: RESOURCE_EXHAUSTED.
class Exhausted : public std::runtime_error {
 public:
  explicit Exhausted(const std::string& message, std::string swedish = {})
      : std::runtime_error(message), message_sv(std::move(swedish)) {}
  std::string message_sv;  ///< for people; empty: the general sentence
};

/// The store does not answer: UNAVAILABLE.
class StoreUnavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The store's content changed between reading and writing; the same call again helps: UNAVAILABLE.
class StoreChanged : public StoreUnavailable {
 public:
  using StoreUnavailable::StoreUnavailable;
};

/// The call asks for bytes beyond the end: OUT_OF_RANGE.
class BeyondEnd : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A stored file is not what was written: DATA_LOSS.
class DataLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The service is going down; calling again later helps: UNAVAILABLE.
class Draining : public std::runtime_error {
 public:
  Draining() : std::runtime_error("the service is going down; try again in a few seconds") {}
};

}  // namespace lagesbild::service
