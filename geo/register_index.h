#pragma once

#include <string>
#include <vector>

#include "geo/address_style.h"
#include "geo/gazetteer.h"
#include "geo/locality_table.h"
#include "geo/name_index.h"

namespace lagesbild::geo {

/// All addresses of one name: a street may exist in several localities under one name.
struct NamedAddresses {
  std::vector<int> addresses;  ///< indices into Gazetteer::addresses, by number, letter, addition, id
};

/// A gazetteer with its names made findable. Immutable after construction.
struct RegisterIndex {
  /// Throws InvalidInput when the gazetteer names an unknown address style.
  explicit RegisterIndex(Gazetteer source);

  Gazetteer gazetteer;
  const AddressStyle* style;
  LocalityTable localities;
  NameIndex street_names, place_names;
  std::vector<NamedAddresses> streets;
  std::vector<int> stretch;  ///< per address: which contiguous street or village of its name it is in
  std::vector<Whereabouts> address_places;  ///< per address
  std::vector<Whereabouts> place_places;    ///< per place

  std::vector<std::vector<int>> localities_by_term;  ///< indices into Gazetteer::localities

  const std::vector<int>& LocalitiesOf(int term) const {
    static const std::vector<int> kNone;
    const auto at = static_cast<std::size_t>(term);
    return at < localities_by_term.size() ? localities_by_term[at] : kNone;
  }
  const Address& address(int i) const { return gazetteer.addresses[static_cast<std::size_t>(i)]; }
};

}  // namespace lagesbild::geo
