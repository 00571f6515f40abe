#pragma once

#include <cstdint>

#include "tools/bench_geocode/register.h"
#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {

/// Asks for addresses with less than is known of them: the number without its letter, the street alone.
/// Where the answer may lie is told by its radius, and how often the address that was meant lies within is
/// counted by level. At most `most` queries of each kind, drawn with the seed; streets by address, so that a
/// long street counts as often as it is meant.
Score AskWithLess(const geo::Geocoder& geocoder, std::uint64_t seed, int most);

}  // namespace lagesbild::tools::bench
