#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace lagesbild::maps {

/// A file cannot be read or written. Holds its path and the reason in words.
class IoError : public std::runtime_error {
 public:
  IoError(std::string file, std::string why)
      : std::runtime_error(file + ": " + why), path(std::move(file)), reason(std::move(why)) {}
  std::string path, reason;
};

}  // namespace lagesbild::maps
