#pragma once

#include <string>
#include <vector>

#include "geo/place_choice.h"

namespace lagesbild::geo {

/// What a town that the register does not know does to an address found here: "Storgatan 12, Sala".
enum class TownDoubt {
  kSpokenFor,  ///< a postcode of the register stands beside it, and the register knows no towns: no doubt
  kConflict,   ///< nothing says that the town lies elsewhere: LOCALITY_CONFLICT, a lower category
  kElsewhere,  ///< the register knows its own towns, and this is none of them: not placed
  kOutside,    ///< a neighbor's name, or a postcode of another area: OUTSIDE_AREA, not placed
};

/// `words` from `from` on are a name that is no locality, street or place of the register (see
/// PlaceSearch::MayBeElsewhere); `postcodes` are those stated beside it. A postcode of the register speaks
/// for the address. A foreign one speaks against it; where the register knows no towns one that shares its
/// first three digits with the register's is not foreign. O(postcodes of the register).
TownDoubt DoubtOf(const RegisterIndex& index, const std::vector<Word>& words, std::size_t from,
                  const std::vector<std::string>& postcodes);

/// Whether the words are the name of a neighboring municipality or of a locality there, in any case.
bool IsNeighbor(const RegisterIndex& index, const std::vector<Word>& words, std::size_t from);
/// Whether such a name stands anywhere in the words.
bool NamesNeighbor(const RegisterIndex& index, const std::vector<Word>& words);

/// The placed finding with the doubt's fault; unplaced when the doubt forbids it.
Finding WithDoubt(Finding placed, TownDoubt doubt);
/// What was found, taken back: the text names another municipality.
Finding Outside(Finding placed);

}  // namespace lagesbild::geo
