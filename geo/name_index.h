#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/address_style.h"

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

/// Finds whole names by spelling. Look-ups cost O(length of the name) whatever the number of names.
class NameIndex {
 public:
  explicit NameIndex(const AddressStyle& style = SwedishAddressStyle()) : style_(&style) {}
  /// `name` as the register spells it (CleanText). The same id may have several names.
  void Add(std::string_view name, int id);
  /// `words` in lower case as written, dots included.
  NameHits Find(const std::vector<std::string>& words, Spelling spelling) const;
  /// Any spelling, the nearest first.
  std::vector<int> FindAny(const std::vector<std::string>& words) const;

 private:
  using Keys = std::unordered_map<std::string, std::vector<int>>;  // looked up only, never walked
  static void Put(Keys& keys, std::string key, int id);
  static void Collect(const Keys& keys, const std::string& key, std::vector<int>& ids);

  const AddressStyle* style_;
  Keys as_written_, expanded_, folded_, digraphs_;
};

}  // namespace lagesbild::geo
