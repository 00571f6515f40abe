#include "geo/index_rules.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "geo/errors.h"
#include "geo/place_text.h"
#include "geo/property_search.h"
#include "geo/street_abbreviations.h"

namespace lagesbild::geo {
namespace {

class Mixer {
 public:
  void Add(std::string_view text) {
    for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    hash_ = (hash_ ^ 0xFFU) * 0x100000001B3ULL;
  }
  void Add(std::span<const Abbreviation> table) {
    for (const Abbreviation& a : table) {
      Add(a.shortened);
      Add(a.full);
    }
    Add("|");
  }
  void Add(std::span<const std::string_view> words) {
    for (const std::string_view word : words) Add(word);
    Add("|");
  }
  std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

/// Every kind of letter, mark, point and abbreviation that a rule treats.
constexpr std::array<std::string_view, 12> kProbes{
    "S:t Knuts torg",    "N. Vallg.",        "Törngatan",          "Köpenhamnsvägen",
    "Møllevångs-gården", "Aa Åå Ae Ææ Oe",   "l'Hôpital É è ü ß",  "W. Lehigh Av. North",
    "first St 2nd Str",  "  Två\tblanka — ", "Väg 56 E4 (remark)", "HEBY HORRSTA S:1"};

}  // namespace

std::uint64_t IndexRules(const AddressStyle& style) {
  Mixer mixer;
  mixer.Add(style.code);
  for (const auto& table : {style.prefixes, style.suffixes, style.ordinals}) mixer.Add(table);
  for (const auto& words : {style.types, style.opposites, style.block_words}) mixer.Add(words);
  mixer.Add(std::to_string(style.block_size) + (style.compounds ? "c" : "") +
            (style.nordic_texts ? "n" : ""));
  for (const std::string_view probe : kProbes) {
    const std::string clean = CleanText(probe), lower = LowerCase(clean), key = NameKey(lower);
    for (const std::string& text : {clean, lower, key, FoldMarks(key), FoldDigraphs(FoldMarks(key))})
      mixer.Add(text);
    for (const std::string& form : ExpandStreetName(SplitWords(lower), style)) mixer.Add(form);
    mixer.Add(PropertyKey(SplitWords(lower)));
  }
  return mixer.hash();
}

void RequireSameRules(std::uint64_t rules, const AddressStyle& style) {
  if (rules != IndexRules(style))
    throw InvalidInput(
        "the compiled index was made by a version of the program that reads names by other rules; build it "
        "anew");
}

}  // namespace lagesbild::geo
