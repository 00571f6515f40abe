#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/address_parser.h"
#include "geo/part_memo.h"
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
  struct NumberAt {
    HouseNumberReading reading;
    PlaceContext context;
    std::size_t remark = 0;  ///< the first word that was not understood
    bool locality_edit = false;
  };

  Finding PartWithoutRelation(const AddressPart& part) const;
  Finding Designation(const std::vector<Word>& words) const;
  bool EndsInPostcode(const std::vector<Word>& words) const;

  // What the register has under the name as it stands, as its abbreviations and letters may be read.
  Finding NumberedAddress(const AddressPart& part) const;
  /// "500 BLOCK S 52ND ST": the number before the name.
  Finding LeadingNumber(const AddressPart& written) const;
  Finding AfterNumber(const AddressPart& part, const HouseNumberReading& number) const;
  /// By the core of the name: a direction or a street type may be missing or be another
  /// (place_search_blocks.cc).
  Finding ByCore(const AddressPart& part, const HouseNumberReading& number) const;
  bool WellFounded(const Finding& finding, const CoreMatch& match, int number) const;
  enum class DirectionDoubt { kNone, kSome, kOther };
  DirectionDoubt DoubtOfDirection(const CoreMatch& match, int number) const;
  Finding NumberedAt(const AddressPart& part, std::size_t start, std::size_t at, Spelling spelling,
                     NumberPolicy policy) const;
  /// Calls `find(ids, context)` for the nearest spelling of a name that localities and postcodes may
  /// surround.
  template <class Find>
  Finding ByName(const AddressPart& part, const NameIndex& names, Find&& find) const;

  // What the register has under a name that is nearly as it stands (place_search_near.cc).
  Finding NearAddress(const AddressPart& part) const;
  Finding NearAddressAt(const AddressPart& part, std::size_t start, std::size_t at,
                        NumberPolicy policy) const;
  std::vector<Finding> NumberedNear(const std::vector<NearName>& names, const AddressPart& part,
                                    std::size_t start, std::size_t at, const NumberAt& number,
                                    NumberPolicy policy) const;
  /// The first word missing, or another street type: only where one address fits.
  Finding RelaxedAddress(const AddressPart& part, bool other_types) const;
  Finding RelaxedAt(const AddressPart& part, std::size_t start, std::size_t at, bool other_types) const;
  /// A number just beyond a street's end, when a street of nearly the same name has it: neither is sure.
  Finding EndOrAnother(const AddressPart& part, std::size_t start, std::size_t at, Finding end) const;
  Finding NearPlace(const AddressPart& part) const;
  Finding NearStreetAlone(const AddressPart& part) const;

  // What is not found, or in other words (place_search_other.cc).
  /// "Storgatan 4x4": the street is known and its number cannot be read.
  Finding UnreadNumber(const AddressPart& part) const;
  /// "skolan i Heby": the one place "Heby skola"; "Kiosken" of a report from Heby: "Kiosken Heby".
  Finding KindIn(const AddressPart& part) const;
  Finding OfKind(const std::string& word, int term, const PlaceContext& context) const;
  /// Places named by the word and the town; `other_form`: "Heby skola" by "skolan".
  std::vector<int> NamedIn(const std::string& word, const std::string& town, bool& other_form) const;

  // What stands in the middle of a sentence (place_search_sentence.cc).
  /// "12 Storgatan"
  Finding NumberFirst(const AddressPart& part) const;
  Finding InSentence(const AddressPart& part) const;
  std::vector<Finding> AddressesIn(const AddressPart& part, bool& several) const;
  Finding NameIn(const AddressPart& part) const;
  bool AnotherPlace(const std::vector<Word>& words, std::size_t from, const Finding& first) const;
  bool AnotherStreet(const std::vector<Word>& words, const std::vector<int>& ids, std::size_t from) const;

  using Memo = PartMemo<NumberAt>;
  Memo::Name& NameOf(const std::vector<Word>& words, std::size_t from, std::size_t to) const;
  /// Streets of nearly the name of these words.
  const std::vector<NearName>& NearStreets(const std::vector<Word>& words, std::size_t from,
                                           std::size_t to) const;
  /// The house number at word `at` and what the words after it say; empty when there is none, or several.
  std::optional<NumberAt> ReadNumberAt(const AddressPart& part, std::size_t start, std::size_t at) const;
  std::optional<NumberAt> MakeNumberAt(const AddressPart& part, std::size_t start, std::size_t at) const;
  /// What is said after an address counts against it: remarks, and towns that nobody here knows.
  Finding CheckRemark(const AddressPart& part, const NumberAt& number, Finding finding) const;
  std::vector<std::size_t> Starts(const AddressPart& part) const;
  PlaceContext ContextBeside(const AddressPart& part, std::size_t start, const PlaceContext& rest) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
  PlaceChoice choice_;
  mutable Memo memo_;
};

/// The best of several findings of one text: the one of least penalty; equals in different places are
/// ambiguous, equals close together one place.
/// `stated` ranks the equals: the nearest to it first.
Finding LeastPenalty(std::vector<Finding> findings, std::optional<PlanePoint> stated);

std::vector<std::string> LowerWords(const std::vector<Word>& words, std::size_t from, std::size_t to);

}  // namespace lagesbild::geo
