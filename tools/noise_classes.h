#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tools/noise_query.h"

namespace lagesbild::tools {

/// One way to spoil an address.
struct NoiseClass {
  std::string_view code, label_sv, label_en;
  std::optional<NoisyQuery> (*make)(const NoiseSource&, const geo::Address&);
};

/// All but numbers left out, which need a register of their own (LeaveOutNumbers).
std::span<const NoiseClass> NoiseClasses();

/// `count` queries from addresses drawn with the seed, fewer when the register has hardly any that fit. Same
/// register, seed and words: same bytes. Classes do not move each other.
std::vector<NoisyQuery> MakeQueries(const NoiseClass& noise, const NoiseRegister& places,
                                    const NoiseVocabulary& words, std::uint64_t seed, std::size_t count);

}  // namespace lagesbild::tools
