#pragma once

#include <functional>
#include <optional>
#include <string>

#include "tools/noise_query.h"

namespace lagesbild::tools {

/// How a street's name looks after the same treatment, folded: what a spoilt name is compared with.
using NameForm = std::function<std::string(const NoiseRegister::Street&)>;

/// The query that `spoilt` (folded, `own_distance` edits from the truth's form) makes of the address. Says
/// whether another street with the same number is as near, or nearer; nothing when it is another street's
/// very name or form. O(streets with this number).
std::optional<NoisyQuery> MeaningOf(const NoiseRegister& places, const geo::Address& address,
                                    const std::string& spoilt, int own_distance, const NameForm& form);
/// The same for a spoilt structure: a street equal in `form` is as near; one whose name is at most one edit
/// from `spoilt` is nearer.
std::optional<NoisyQuery> MeaningOfStructure(const NoiseRegister& places, const geo::Address& address,
                                             const std::string& spoilt, const NameForm& form);

}  // namespace lagesbild::tools
