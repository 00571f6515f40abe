#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/address_parser.h"
#include "geo/gazetteer.h"

namespace lagesbild::geo {

/// Where an address or a place lies, in terms of the table; -1 = the register does not say.
struct Whereabouts {
  PlanePoint position;
  int locality = -1, postal_town = -1, district = -1;
  std::string postcode;
};

/// What a text says about the part of the municipality, read by LocalityTable::Read.
struct PlaceContext {
  std::vector<int> terms;              ///< known localities, postal towns, districts
  std::vector<std::string> postcodes;  ///< five digits
  std::size_t words = 0;               ///< how many words were understood
  bool empty() const { return terms.empty() && postcodes.empty(); }
};

/// The names by which parts of the municipality are known, and which of several equal addresses they mean.
class LocalityTable {
 public:
  explicit LocalityTable(const AddressStyle& style = SwedishAddressStyle()) : style_(&style) {}
  /// The term of a name; made when it is new. -1 for an empty name.
  int Intern(std::string_view name);
  /// A locality's or district's reach, from its inner point.
  void AddCircle(int term, PlanePoint center, Meters radius);
  void AddPostcode(const std::string& postcode);

  bool KnowsPostcode(const std::string& postcode) const { return postcodes_.contains(postcode); }
  bool KnowsPostcodes() const { return !postcodes_.empty(); }
  /// Whether any postcode begins with these digits. O(postcodes).
  bool KnowsPostcodeArea(std::string_view digits) const;
  bool empty() const { return terms_.empty(); }

  /// Reads localities and postcodes from word `from` until a word that is neither. "Heby kommun" is
  /// understood and says nothing.
  PlaceContext Read(const std::vector<Word>& words, std::size_t from) const;

  /// The one locality whose name of five letters or more is exactly these words with one letter wrong; -1 =
  /// none, or several. O(names).
  int Near(const std::vector<Word>& words, std::size_t from, std::size_t to) const;

  /// Whether anything about the place agrees with the term.
  bool Agrees(const Whereabouts& place, int term) const;
  /// The items that agree best with the term; all of them when none does.
  std::vector<int> Narrow(std::vector<int> items, const std::vector<Whereabouts>& places, int term) const;
  static std::vector<int> NarrowByPostcode(std::vector<int> items, const std::vector<Whereabouts>& places,
                                           const std::string& postcode);

 private:
  struct Circle {
    PlanePoint center;
    double reach_m = 0;
  };
  int Find(const std::string& key) const;
  std::string PostcodeAt(const std::vector<Word>& words, std::size_t at, std::size_t& used) const;
  std::size_t ReadName(const std::vector<Word>& words, std::size_t at, int& term) const;

  const AddressStyle* style_;
  std::unordered_map<std::string, int> terms_;      // looked up only, never walked
  std::vector<std::string> keys_;                   // per term
  std::unordered_map<std::string, int> postcodes_;  // looked up only, never walked
  std::vector<std::vector<Circle>> circles_;        // per term, smallest first
};

}  // namespace lagesbild::geo
