#pragma once

#include <stdexcept>
#include <string>

namespace lagesbild::maps {

/// A file cannot be read or written. Holds its path and the reason in words.
class IoError : public std::runtime_error {
 public:
  IoError(std::string path, std::string reason)
      : std::runtime_error(path + ": " + reason), path(std::move(path)), reason(std::move(reason)) {}
  std::string path, reason;
};

}  // namespace lagesbild::maps
