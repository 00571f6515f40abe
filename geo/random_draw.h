#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <utility>

namespace lagesbild::geo {

// Draws that are the same with every standard library: its distributions are not.

/// Spreads a seed so that neighboring ones have nothing in common (SplitMix64, Steele, Lea and Flood 2014).
constexpr std::uint64_t SpreadSeed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

/// The generator of one replicate: replicates may be computed in any order, by any thread.
inline std::mt19937_64 ReplicateRandom(std::uint64_t seed, std::uint64_t replicate) {
  return std::mt19937_64(SpreadSeed(SpreadSeed(seed) ^ replicate));
}

/// Uniform on [0, 1), 53 bits.
inline double DrawUniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// Uniform on 0 .. n-1, n > 0; without bias (numbers beyond the last whole multiple of n are drawn again).
inline std::uint64_t DrawBelow(std::mt19937_64& random, std::uint64_t n) {
  const std::uint64_t beyond = (0 - n) % n;
  std::uint64_t value = random();
  while (value < beyond) value = random();
  return value % n;
}

/// A random order (Fisher and Yates).
template <class Value>
void Shuffle(std::span<Value> values, std::mt19937_64& random) {
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[static_cast<std::size_t>(DrawBelow(random, i))]);
}

}  // namespace lagesbild::geo
