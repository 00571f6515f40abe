#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geo/address_parser.h"
#include "geo/geocoder.h"
#include "geo/register_index.h"

namespace lagesbild::geo {

/// How much a stretch of text turned out to say; the best first.
enum class Rank { kPlaced, kAmbiguous, kElsewhere, kNumberUnknown, kCoarse, kNothing };

struct Finding {
  Rank rank = Rank::kNothing;
  GeocodeMatch match;
};

/// What is known beside the place itself: what the text says, then what the report's other columns say.
struct Surroundings {
  PlaceContext explicit_context, weak_context;
};

/// Looks places up in the register, given what is known around them. Holds references; for one query.
class PlaceSearch {
 public:
  PlaceSearch(const RegisterIndex& index, const Surroundings& around) : index_(index), around_(around) {}

  /// Address, place by name, street or village alone: the first that the words give.
  Finding Part(const AddressPart& part) const;
  /// A place by exactly this name, digits and relation words included.
  Finding WholeText(const std::vector<Word>& words) const;
  /// A locality or district by name, coarse.
  Finding LocalityAlone(const PlaceContext& context) const;
  /// Whether words that the register does not know may name a locality elsewhere: "Storgatan 12 Sala".
  bool MayBeElsewhere(const std::vector<Word>& words, std::size_t from) const;

 private:
  Finding PartWithoutRelation(const AddressPart& part) const;
  Finding Designation(const std::vector<Word>& words) const;
  Finding NumberedAddress(const AddressPart& part) const;
  Finding NumberedAt(const AddressPart& part, std::size_t start, std::size_t at, Spelling spelling) const;
  /// Calls `find(name words, spelling, context)` for every name that localities and postcodes may surround.
  template <class Find>
  Finding ByName(const AddressPart& part, const NameIndex& names, Find&& find) const;

  Finding Numbered(const std::vector<int>& streets, const HouseNumber& number,
                   const PlaceContext& context) const;
  Finding OneAddress(std::vector<int> addresses, const PlaceContext& context) const;
  Finding Center(std::vector<int> addresses, const PlaceContext& context, const HouseNumber& number,
                 const char* fault) const;
  Finding StreetAlone(const std::vector<int>& streets, const PlaceContext& context) const;
  Finding OnePlace(std::vector<int> places, const PlaceContext& context) const;
  Finding NumberUnknown(const std::vector<int>& addresses, const HouseNumber& number) const;
  Finding AmbiguousAddresses(const std::vector<int>& addresses, bool with_number) const;

  std::vector<int> AddressesOf(const std::vector<int>& streets) const;
  std::vector<int> Narrow(std::vector<int> items, const std::vector<Whereabouts>& places,
                          const PlaceContext& context) const;
  std::vector<int> NarrowToOne(std::vector<int> items, const std::vector<Whereabouts>& places,
                               const PlaceContext& context) const;
  std::vector<int> NarrowStretches(const std::vector<int>& addresses, const PlaceContext& context) const;
  std::vector<int> StretchesOf(const std::vector<int>& addresses) const;
  void AddContextFaults(const Whereabouts& place, const PlaceContext& context,
                        std::vector<std::string>& faults) const;
  std::vector<std::size_t> Starts(const AddressPart& part) const;
  PlaceContext ContextBeside(const AddressPart& part, std::size_t start, const PlaceContext& rest) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
};

/// What was found, taken back: the text names a locality that the register does not know.
Finding Elsewhere(Finding placed);

}  // namespace lagesbild::geo
