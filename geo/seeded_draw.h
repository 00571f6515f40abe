#pragma once

#include <cstdint>
#include <random>

namespace lagesbild::geo {

/// Draws that are the same with every standard library: its distributions differ, its generator does not.
class SeededDraw {
 public:
  /// Streams of one seed have nothing in common, so that repetitions can run in any order.
  SeededDraw(std::uint64_t seed, std::uint64_t stream) : random_(Mix(Mix(seed) + stream)) {}

  /// Evenly from 0 to bound - 1; `bound` at least 1. Exact, by rejection.
  std::uint64_t Below(std::uint64_t bound) {
    const std::uint64_t rest = (UINT64_MAX % bound + 1) % bound;
    std::uint64_t value = random_();
    while (value > UINT64_MAX - rest) value = random_();
    return value % bound;
  }

 private:
  /// SplitMix64 (Steele, Lea and Flood 2014).
  static std::uint64_t Mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
  }
  std::mt19937_64 random_;
};

}  // namespace lagesbild::geo
