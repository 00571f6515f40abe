#pragma once

#include <string>

#include "service/released_run.h"

namespace lagesbild::service {

/// Everything that a release says, as JSON: input of its id, and what the store keeps of its numbers. Holds
/// no withheld value. Same release, same bytes.
std::string ReleasedSummaryJson(const Release& release);

}  // namespace lagesbild::service
