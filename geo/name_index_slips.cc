#include <algorithm>
#include <string_view>

#include "geo/edit_distance.h"
#include "geo/name_index.h"
#include "geo/place_text.h"

// The part of NameIndex that reads abbreviations whose own letters are wrong: "Konsultga.", "Vanåsgay.".
namespace lagesbild::geo {
namespace {

/// An abbreviation's letters and one too many.
constexpr std::size_t kLongestEnding = 4;
/// A stem of fewer letters is left of any text; without a dot even more of it must be there.
constexpr std::size_t kShortestStem = 3, kShortestUndotted = 5;

std::string SolidOf(const std::vector<std::string>& words) {
  std::string solid;
  for (const std::string& word : words)
    for (const char c : FoldMarks(NameKey(word)))
      if (c != ' ') solid += c;
  return solid;
}

/// Whether `ending` is an abbreviation of the street type with one letter wrong.
bool MayAbbreviate(std::string_view ending, std::string_view type, bool dotted, const AddressStyle& style) {
  const EditDistance distance(ending);
  return std::any_of(style.suffixes.begin(), style.suffixes.end(), [&](const Abbreviation& suffix) {
    if (FoldMarks(suffix.full) != type) return false;
    const std::string shortened = FoldMarks(suffix.shortened);
    if (!dotted && (shortened.size() < 2 || ending.empty())) return false;
    return distance.To(shortened, 1) == 1;
  });
}

}  // namespace

std::vector<int> NameIndex::SlippedAbbreviations(const std::vector<std::string>& words) const {
  std::vector<int> ids;
  if (!style_->compounds || words.empty() || words.back().size() < kShortestStem) return ids;
  const bool dotted = words.back().back() == '.';
  const std::string solid = SolidOf(words);
  const std::size_t shortest = dotted ? kShortestStem : kShortestUndotted;
  // The ending is of the last word: "Bunkeflos väg" abbreviates nothing.
  const std::size_t most = std::min(kLongestEnding, SolidOf({words.back()}).size());
  for (std::size_t cut = dotted ? 0 : 1; cut <= most && cut + shortest <= solid.size(); ++cut) {
    const std::string_view stem = std::string_view(solid).substr(0, solid.size() - cut);
    const std::string_view ending = std::string_view(solid).substr(stem.size());
    const auto of_stem = stems_.Find(stem);
    if (of_stem.empty() || (!dotted && IsStreetWord(stem, *style_))) continue;
    for (const std::string_view type : style_->types) {
      if (!MayAbbreviate(ending, type, dotted, *style_)) continue;
      for (const int id : solid_.Find(std::string(stem) + std::string(type))) ids.push_back(id);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace lagesbild::geo
