#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

namespace lagesbild::tools::demo {

/// Seeded random numbers with our own distributions, as those of the standard library differ between
/// implementations. Each stage draws from a stream of its own, so that a change in one leaves the others
/// alone.
class Rng {
 public:
  Rng(std::uint64_t seed, std::string_view stage) : engine_(seed ^ Fnv1a(stage)) {}

  /// [0, 1), 53 bits.
  double Unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double Range(double low, double high) { return low + (high - low) * Unit(); }
  /// Both ends included.
  int Int(int low, int high) { return low + static_cast<int>(Unit() * (high - low + 1)); }
  std::size_t Index(std::size_t size) { return static_cast<std::size_t>(Unit() * static_cast<double>(size)); }
  bool Chance(double probability) { return Unit() < probability; }
  /// Mean 0, standard deviation 1 (Box-Muller).
  double Normal() {
    const double radius = std::sqrt(-2 * std::log(1 - Unit()));
    return radius * std::cos(6.283185307179586 * Unit());
  }
  template <class T>
  const T& Pick(const std::vector<T>& values) {
    return values[Index(values.size())];
  }
  template <class T>
  void Shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Index(i)]);
  }

 private:
  static constexpr std::uint64_t Fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
  }
  std::mt19937_64 engine_;
};

}  // namespace lagesbild::tools::demo
