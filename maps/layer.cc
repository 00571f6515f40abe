#include "maps/layer.h"

#include <array>
#include <cstdio>

namespace lagesbild::maps {

std::string Instant::text() const {
  std::array<char, 80> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour,
                minute, second);
  return buffer.data();
}

}  // namespace lagesbild::maps
