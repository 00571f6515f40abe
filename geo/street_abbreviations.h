#pragma once

#include <string>
#include <vector>

namespace lagesbild::geo {

/// The full names that an abbreviated street name may stand for: "n. vallg." gives "norra vallgatan",
/// "norra vallgata". End-anchored: prefixes on the first word (never the last), suffixes on the last word
/// only, undotted ones after at least three letters. The reading itself is not among them; at most 60.
/// Expects lower-case words as written, dots and colons included. Empty for no words.
/// The table is our own; what is abbreviated how: geocoding.md section 4.2.
std::vector<std::string> ExpandStreetName(const std::vector<std::string>& words);

}  // namespace lagesbild::geo
