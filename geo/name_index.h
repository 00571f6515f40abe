#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "geo/address_style.h"
#include "geo/deletion_index.h"
#include "geo/flat_array.h"
#include "geo/name_text.h"
#include "geo/string_table.h"

namespace lagesbild::geo {

/// How far a spelling may lie from the register's. Each is tried only when the one before found nothing.
enum class Spelling {
  kAsWritten,  ///< equal but for case and punctuation; å ä ö are letters of their own
  kExpanded,   ///< abbreviations of the text or of the register written out
  kFolded,     ///< marks taken away: å ä → a, ö → o; with expansions when that alone finds nothing
  kDigraphs,   ///< aa, ae, oe read as å, ä, ö
};
inline constexpr std::array<Spelling, 4> kSpellings{Spelling::kAsWritten, Spelling::kExpanded,
                                                    Spelling::kFolded, Spelling::kDigraphs};

struct NameHits {
  std::vector<int> ids;  ///< ascending, each once
  bool expanded = false;
};

/// A name that is spelled nearly as the text.
struct NearName {
  int id = 0;
  int edits = 0;  ///< 0 to 2, blanks between words not counted
  bool expanded = false;
  int words_more = 0;  ///< words of the text above those of the name: "möllevångs torget" 1, "lillatorg" -1
};

/// Finds whole names by spelling. Look-ups cost O(length of the name), whatever the number of names, and
/// O(length²) where letters are wrong.
class NameIndex {
 public:
  explicit NameIndex(const AddressStyle& style = SwedishAddressStyle()) : style_(&style) {}
  /// `name` as the register spells it (CleanText). The same id may have several names.
  void Add(std::string_view name, int id);
  /// After the last Add, before the first look-up.
  void Freeze();

  bool empty() const { return as_written_.size() == 0; }
  NameHits Find(const NameText& name, Spelling spelling) const;
  /// Any spelling, the nearest first.
  std::vector<int> FindAny(const NameText& name) const;
  /// Ids of the name with exactly this key (NameKey of lower case).
  std::span<const std::int32_t> FindKey(std::string_view key) const { return as_written_.Find(key); }

  /// Names within one edit below 8 letters and within two from there, split and joined compounds and
  /// abbreviations included; by id, the nearest reading of each. Never one that differs from the text in a
  /// digit, in a word like "norra" or only in the street type, and none when the text itself is the stem or
  /// the end of another name: a word that means something was hardly a slip of the finger.
  /// `most_edits` 1 leaves out what lies two edits off.
  std::vector<NearName> Near(const NameText& name, int most_edits = DeletionIndex::kMost) const;
  /// Names of which the text is all but the first word: "grängesbergsgatan" of Norra Grängesbergsgatan.
  NameHits WithoutFirstWord(const NameText& name) const;
  /// Names of which the text is an abbreviation with one of the abbreviation's own letters wrong:
  /// "Konsultga." of Konsultgatan. O(street types).
  std::vector<int> SlippedAbbreviations(const std::vector<std::string>& words) const;
  /// Names that differ from the text in nothing but the street type: gatan, vägen, gränd.
  NameHits OtherType(const NameText& name) const;
  // The same for words in lower case as written, dots included.
  NameHits Find(const std::vector<std::string>& words, Spelling spelling) const {
    return Find(NameText(words, *style_), spelling);
  }
  std::vector<int> FindAny(const std::vector<std::string>& words) const {
    return FindAny(NameText(words, *style_));
  }
  std::vector<NearName> Near(const std::vector<std::string>& words) const {
    return Near(NameText(words, *style_));
  }
  NameHits WithoutFirstWord(const std::vector<std::string>& words) const {
    return WithoutFirstWord(NameText(words, *style_));
  }
  NameHits OtherType(const std::vector<std::string>& words) const {
    return OtherType(NameText(words, *style_));
  }

  /// Names that begin with the text, folded; at most `most`, in order of the alphabet.
  std::vector<int> BeginningWith(std::string_view folded_key, std::size_t most) const;
  /// Names that begin with the text but for one letter; as above. O(names).
  std::vector<int> BeginningNear(std::string_view folded_key, std::size_t most) const;

  /// Into and out of a compiled index; of the same style.
  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.In("as_written", [&] { StringTable::Transfer(self.as_written_, io); });
    io.In("expanded", [&] { StringTable::Transfer(self.expanded_, io); });
    io.In("folded", [&] { StringTable::Transfer(self.folded_, io); });
    io.In("digraphs", [&] { StringTable::Transfer(self.digraphs_, io); });
    io.In("solid", [&] { StringTable::Transfer(self.solid_, io); });
    io.In("tails", [&] { StringTable::Transfer(self.tails_, io); });
    io.In("stems", [&] { StringTable::Transfer(self.stems_, io); });
    io.In("near", [&] { DeletionIndex::Transfer(self.near_, io); });
    io.Array("marked_firsts", self.marked_firsts_);
    io.Array("marked_starts", self.marked_starts_);
    io.Array("marked_pool", self.marked_pool_);
    io.Array("first_words", self.first_words_);
    io.Array("words", self.words_);
  }
  /// Throws InvalidInput unless every look-up ends and gives ids below `ids`.
  void Check(std::size_t ids, std::string_view name) const;

 private:
  void AddNear(const NameText::Form& form, int most_edits, std::vector<NearName>& near) const;
  std::string_view MarkedOf(std::uint32_t solid, std::size_t id_at) const;

  const AddressStyle* style_;
  StringTable as_written_, expanded_, folded_, digraphs_;
  StringTable solid_;   // folded, without blanks
  StringTable tails_;   // folded, without blanks and first word
  StringTable stems_;   // folded, without blanks and street type
  DeletionIndex near_;  // of solid_, by number of the text
  /// Per text of solid_ and id of it: the same with its marks, in marked_pool_.
  FlatArray<std::uint32_t> marked_firsts_, marked_starts_;
  FlatArray<char> marked_pool_;
  struct Marked {
    std::string solid;
    int id;
    std::string marked;
    friend auto operator<=>(const Marked&, const Marked&) = default;
  };
  std::vector<Marked> added_marked_;       // until frozen
  std::vector<std::int32_t> added_words_;  // until frozen
  FlatArray<std::uint32_t> first_words_;   // per text of solid_: which word of style_->opposites begins it
  FlatArray<std::int32_t> words_;          // per id
};

}  // namespace lagesbild::geo
