#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/incident.h"

namespace lagesbild::geo {

struct RegisterIndex;

/// What a text that is still being typed may become.
struct Suggestion {
  std::string text;  ///< as the register spells it: "Storgatan 12B, Heby", "Storgatan, Heby", "Heby skola"
  MatchLevel level = MatchLevel::kStreet;
  int edits = 0;  ///< letters that were wrong
};

/// At most `most` suggestions: names that begin with the text first, then such as begin nearly so; within
/// each in the order of the alphabet. With digits after a name: the addresses whose number begins with them.
/// Empty for fewer than two letters. O(names that fit); O(names) where none begins with the text.
std::vector<Suggestion> SuggestPlaces(const RegisterIndex& index, std::string_view typed, std::size_t most);

}  // namespace lagesbild::geo
