#pragma once

#include <vector>

#include "geo/address_parser.h"
#include "geo/place_choice.h"
#include "geo/register_index.h"

namespace lagesbild::geo {

/// Finds in words what the register knows by name. Holds references; for one query.
class PlaceSearch {
 public:
  PlaceSearch(const RegisterIndex& index, const Surroundings& around)
      : index_(index), around_(around), choice_(index, around) {}

  /// Address, place by name, street or village alone: the first that the words give.
  Finding Part(const AddressPart& part) const;
  /// A place by exactly this name, digits and relation words included.
  Finding WholeText(const std::vector<Word>& words) const;
  /// Whether words that the register does not know may name a locality elsewhere: "Storgatan 12 Sala".
  bool MayBeElsewhere(const std::vector<Word>& words, std::size_t from) const;

 private:
  Finding PartWithoutRelation(const AddressPart& part) const;
  Finding Designation(const std::vector<Word>& words) const;
  Finding NumberedAddress(const AddressPart& part) const;
  /// "500 BLOCK S 52ND ST": the number before the name.
  Finding LeadingNumber(const AddressPart& part) const;
  Finding AfterNumber(const AddressPart& part, const HouseNumberReading& number) const;
  Finding NumberedAt(const AddressPart& part, std::size_t start, std::size_t at, Spelling spelling) const;
  /// Calls `find(ids, context)` for the nearest spelling of a name that localities and postcodes may
  /// surround.
  template <class Find>
  Finding ByName(const AddressPart& part, const NameIndex& names, Find&& find) const;
  std::vector<std::size_t> Starts(const AddressPart& part) const;
  PlaceContext ContextBeside(const AddressPart& part, std::size_t start, const PlaceContext& rest) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
  PlaceChoice choice_;
};

}  // namespace lagesbild::geo
