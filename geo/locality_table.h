#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/address_parser.h"
#include "geo/flat_array.h"
#include "geo/packed_gazetteer.h"
#include "geo/string_table.h"

namespace lagesbild::geo {

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
  /// The term of a name; made when it is new. -1 for an empty name. Before Freeze only.
  int Intern(std::string_view name);
  /// A locality's or district's reach, from its inner point.
  void AddCircle(int term, PlanePoint center, Meters radius);
  void AddPostcode(std::string_view postcode);
  /// After the last addition, before the first question.
  void Freeze();

  bool KnowsPostcode(std::string_view postcode) const { return !postcodes_.Find(postcode).empty(); }
  bool KnowsPostcodes() const { return postcodes_.size() > 0; }
  /// Whether any postcode begins with these digits. O(postcodes).
  bool KnowsPostcodeArea(std::string_view digits) const;
  bool empty() const { return terms_.size() == 0; }
  std::size_t size() const { return terms_.size(); }

  /// Reads localities and postcodes from word `from` until a word that is neither. "Heby kommun" is
  /// understood and says nothing.
  PlaceContext Read(const std::vector<Word>& words, std::size_t from) const;

  /// The one locality whose name of five letters or more is exactly these words with one letter wrong; -1 =
  /// none, or several. O(names).
  int Near(const std::vector<Word>& words, std::size_t from, std::size_t to) const;

  /// Whether anything about the place agrees with the term.
  bool Agrees(const Whereabouts& place, int term) const;
  /// The items that agree best with the term; all of them when none does.
  /// `places[i]` gives the Whereabouts of item i.
  template <class Places>
  std::vector<int> Narrow(std::vector<int> items, const Places& places, int term) const {
    const auto at = [&](int item) { return places[static_cast<std::size_t>(item)]; };
    // The tightest evidence first: each step keeps those that agree, or all when none does.
    for (const Circle& circle : CirclesOf(term))
      items = Keep(std::move(items), [&](int i) { return circle.Holds(at(i).position); });
    items = Keep(std::move(items), [&](int i) { return at(i).postal_town == term; });
    items = Keep(std::move(items), [&](int i) { return at(i).locality == term; });
    return Keep(std::move(items), [&](int i) { return at(i).district == term; });
  }
  template <class Places>
  static std::vector<int> NarrowByPostcode(std::vector<int> items, const Places& places,
                                           std::string_view postcode) {
    return Keep(std::move(items),
                [&](int i) { return places[static_cast<std::size_t>(i)].postcode == postcode; });
  }

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.In("terms", [&] { StringTable::Transfer(self.terms_, io); });
    io.In("postcodes", [&] { StringTable::Transfer(self.postcodes_, io); });
    io.Array("circles", self.circles_);
    io.Array("circle_starts", self.circle_starts_);
  }
  /// Throws InvalidInput unless every term has its circles.
  void Check() const;

 private:
  struct Circle {
    using AllBytesAreValues = void;
    PlanePoint center;
    double reach_m = 0;
    bool Holds(PlanePoint p) const;
  };
  std::span<const Circle> CirclesOf(int term) const {
    const auto at = static_cast<std::size_t>(term);
    return circles_.subspan(circle_starts_[at], circle_starts_[at + 1] - circle_starts_[at]);
  }
  template <class Agree>
  static std::vector<int> Keep(std::vector<int> items, Agree&& agree) {
    std::vector<int> kept;
    std::copy_if(items.begin(), items.end(), std::back_inserter(kept), agree);
    return kept.empty() ? items : kept;
  }
  int Find(const std::string& key) const;
  std::string PostcodeAt(const std::vector<Word>& words, std::size_t at, std::size_t& used) const;
  bool MayBegin(std::string_view lower) const;
  std::size_t ReadName(const std::vector<Word>& words, std::size_t at, int& term) const;

  const AddressStyle* style_;
  std::unordered_map<std::string, int> added_;      // until frozen; looked up only, never walked
  std::vector<std::vector<Circle>> added_circles_;  // until frozen; per term
  StringTable terms_;                               // each text one term
  StringTable postcodes_;
  FlatArray<Circle> circles_;  // per term, smallest first
  FlatArray<std::uint32_t> circle_starts_;
};

}  // namespace lagesbild::geo
