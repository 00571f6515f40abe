#pragma once

#include <cstdint>

#include "geo/address_style.h"

namespace lagesbild::geo {

/// A number for the rules by which names become keys of an index: the tables of the style and what folding
/// and expansion make of probes. An index made by other rules would be asked for keys that it does not have.
std::uint64_t IndexRules(const AddressStyle& style);

/// Throws InvalidInput unless `rules` are those of this program.
void RequireSameRules(std::uint64_t rules, const AddressStyle& style);

}  // namespace lagesbild::geo
