#pragma once

#include <string>
#include <vector>

#include "geo/address_style.h"

namespace lagesbild::geo {

/// The full names that an abbreviated street name may stand for: "n. vallg." gives "norra vallgatan",
/// "norra vallgata". End-anchored: prefixes on the first word (never the last), suffixes on the last word
/// only, undotted ones after at least three letters. The reading itself is not among them; at most 60.
/// Expects lower-case words as written, dots and colons included. Empty for no words.
/// Where the style's street types are words of their own there is one name: everything written out, numbers
/// as ordinals.
std::vector<std::string> ExpandStreetName(const std::vector<std::string>& words,
                                          const AddressStyle& style = SwedishAddressStyle());

}  // namespace lagesbild::geo
