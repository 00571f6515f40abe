#pragma once

#include <string>

#include "geo/age.h"

namespace lagesbild::service {

/// An age scheme as JSON, as it stands in the store: bands and groups are data, not code.
std::string AgeSchemeToJson(const geo::AgeScheme& scheme);
/// Whether `wanted` takes the place of `current`; false when both are the same. Throws
/// NotReady("AGE_SCHEME_IN_USE") when stored incidents have their persons in the current bands,
/// InvalidRequest when the version is not higher than the current one.
bool IsNewAgeScheme(const geo::AgeScheme& wanted, const geo::AgeScheme& current, bool incidents_stored);
/// Reads and checks a scheme. Throws StoreUnavailable when the text is no valid scheme.
geo::AgeScheme AgeSchemeFromJson(const std::string& text);

}  // namespace lagesbild::service
