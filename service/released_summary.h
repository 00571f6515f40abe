#pragma once

#include <string>

#include "service/released_run.h"

namespace lagesbild::service {

/// Everything that a release says, as JSON: input of its id, and what the store keeps of its numbers. Holds
/// no withheld value. Same release, same bytes.
std::string ReleasedSummaryJson(const Release& release);

/// What can be read back of it: audience (in the rule), quarter, layers with codes and counts, rows. No
/// geometry, names of groups only by slug. `groups` are those that can be published; a value of another group
/// keeps its slug. Throws NotReady("OLD_PICTURE") when it has another form.
geo::ReleasedPicture PictureOfSummary(const std::string& summary_json,
                                      const std::vector<geo::PublishedGroup>& groups);

}  // namespace lagesbild::service
