#pragma once

#include <optional>

#include "tools/noise_query.h"

namespace lagesbild::tools {

// Names taken apart. Each gives nothing when the address does not lend itself to it or the outcome is another
// street's name.

/// "Möllevångs torget", "Lillatorg".
std::optional<NoisyQuery> SplitOrJoined(const NoiseSource& source, const geo::Address& address);
/// "Grängesbergsgatan" for Norra Grängesbergsgatan.
std::optional<NoisyQuery> FirstWordDropped(const NoiseSource& source, const geo::Address& address);
/// "Engelbrektsvägen" for Engelbrektsgatan: a type that people take for it.
std::optional<NoisyQuery> WrongType(const NoiseSource& source, const geo::Address& address);
/// "Engelbrektsallén" for Engelbrektsgatan: any other type.
std::optional<NoisyQuery> OddType(const NoiseSource& source, const geo::Address& address);

}  // namespace lagesbild::tools
