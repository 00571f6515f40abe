#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace lagesbild::maps {

/// A file cannot be read or written. Holds its path and the reason in words, English and, where a reporter
/// meets it, Swedish (else empty). Neither says anything of what the file holds.
class IoError : public std::runtime_error {
 public:
  IoError(std::string file, std::string why, std::string why_sv = {})
      : std::runtime_error(file + ": " + why),
        path(std::move(file)),
        reason(std::move(why)),
        reason_sv(std::move(why_sv)) {}
  std::string path, reason, reason_sv;
};

/// A file of ours could not be written whole: full disk, read-only folder. Nothing is under its name.
class WriteFailed : public IoError {
 public:
  using IoError::IoError;
};

}  // namespace lagesbild::maps
