#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string_view>

namespace lagesbild::tools {

/// Random numbers that are the same on every machine: std's distributions differ between libraries.
class NoiseRandom {
 public:
  /// The stream of one purpose: another purpose's draws do not move it.
  NoiseRandom(std::uint64_t seed, std::string_view purpose) : engine_(Mix(seed, purpose)) {}

  /// Each of 0 ... count - 1 equally often; 0 when count is 0.
  std::size_t Below(std::size_t count) {
    if (count == 0) return 0;
    const std::uint64_t n = count, end = UINT64_MAX - UINT64_MAX % n;
    std::uint64_t drawn = engine_();
    while (drawn >= end) drawn = engine_();
    return static_cast<std::size_t>(drawn % n);
  }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  template <class Range>
  const auto& Pick(const Range& values) {
    return values[Below(std::size(values))];
  }

 private:
  static std::uint64_t Mix(std::uint64_t seed, std::string_view purpose) {
    std::uint64_t hash = 1469598103934665603U ^ seed;  // FNV-1a
    for (const char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
  }

  std::mt19937_64 engine_;
};

}  // namespace lagesbild::tools
