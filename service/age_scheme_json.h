#pragma once

#include <string>

#include "geo/age.h"

namespace lagesbild::service {

/// An age scheme as JSON, as it stands in the store: bands and groups are data, not code.
std::string AgeSchemeToJson(const geo::AgeScheme& scheme);
/// Reads and checks a scheme. Throws StoreUnavailable when the text is no valid scheme.
geo::AgeScheme AgeSchemeFromJson(const std::string& text);

}  // namespace lagesbild::service
