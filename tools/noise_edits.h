#pragma once

#include <optional>

#include "tools/noise_query.h"

namespace lagesbild::tools {

// Slips of the finger in the street's name: a letter left out, put in, changed, or a pair swapped. Each gives
// nothing when the address does not lend itself to it, or when the spoilt name is another street's name.

/// Exactly one edit of the folded name.
std::optional<NoisyQuery> OneEdit(const NoiseSource& source, const geo::Address& address);
/// Exactly two.
std::optional<NoisyQuery> TwoEdits(const NoiseSource& source, const geo::Address& address);
/// "N. Valg. 34": first word or street type shortened, and one edit in what is left.
std::optional<NoisyQuery> ShortenedWithEdit(const NoiseSource& source, const geo::Address& address);

}  // namespace lagesbild::tools
