#pragma once

#include <string_view>

#include "geo/geocoder.h"
#include "geo/register_index.h"

namespace lagesbild::geo {

/// The short way for most of a batch: "name number" or "name number letter", spelled as the register spells
/// it but for case, of a street of one stretch. True when `match` is filled; false says nothing, the long way
/// decides. Gives the same match as the long way. No allocation but the label's; O(length of the text).
bool ExactAddress(const RegisterIndex& index, std::string_view text, GeocodeMatch& match);

}  // namespace lagesbild::geo
