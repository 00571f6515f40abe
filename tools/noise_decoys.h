#pragma once

#include <optional>
#include <string>

#include "tools/noise_query.h"

namespace lagesbild::tools {

/// A street name that could be one but is none: at least `distance` edits from every name of the register,
/// with no name's stem and not the end of a longer name. Empty when chance does not give one. O(names).
std::string InventedStreet(const NoiseSource& source, int distance);

// Invented streets with a number; the address only lends its number. Must be refused.
std::optional<NoisyQuery> Decoy(const NoiseSource& source, const geo::Address& address);     ///< 3 edits away
std::optional<NoisyQuery> FarDecoy(const NoiseSource& source, const geo::Address& address);  ///< 5 edits away
std::optional<NoisyQuery> DecoyInSentence(const NoiseSource& source, const geo::Address& address);

}  // namespace lagesbild::tools
