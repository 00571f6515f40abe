#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/address_parser.h"

namespace lagesbild::geo {

/// Takes flats, stairs, floors, entrances, parts of buildings and care-of lines out of a stretch of text.
/// Adds a fault for each kind removed: UNIT_REMOVED, CO_REMOVED, CLUTTER_REMOVED(kind).
void RemoveClutter(AddressPart& part, FaultNotes& faults, const AddressStyle& style);

/// How many words from `at` say how a place lies to the next ("vid", "mitt emot", "i närheten av"); 0 = none.
std::size_t RelationLength(const std::vector<Word>& words, std::size_t at, const ClutterWords& clutter);
/// The words of that relation, joined: "mitt emot".
std::string RelationCode(const std::vector<Word>& words, std::size_t at, std::size_t length);

/// Whether the words from `from` to the last name a shop, an eating place or a school rather than a town.
bool NamesEstablishment(const std::vector<Word>& words, std::size_t from, const ClutterWords& clutter);

/// Adds a fault once.
void AddFault(std::vector<std::string>& faults, const std::string& fault);

}  // namespace lagesbild::geo
