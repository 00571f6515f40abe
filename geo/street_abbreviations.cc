#include "geo/street_abbreviations.h"

#include <algorithm>
#include <string_view>

#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view WithoutDot(std::string_view word) {
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return word;
}

std::size_t Letters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Readings of the last word: as it stands, then every expansion of its end.
std::vector<std::string> LastWordReadings(const std::string& word, const AddressStyle& style) {
  std::vector<std::string> readings{word};
  const std::string_view bare = WithoutDot(word);
  const bool dotted = bare.size() < word.size();
  for (const auto& [shortened, full] : style.suffixes) {
    if (!EndsWith(bare, shortened)) continue;
    const std::string_view stem = bare.substr(0, bare.size() - shortened.size());
    const bool whole_word = stem.empty();
    if (!whole_word && Letters(stem) < (dotted ? 1U : 3U)) continue;
    readings.push_back(std::string(stem) + std::string(full));
  }
  return readings;
}

std::vector<std::string> FirstWordReadings(const std::string& word, const AddressStyle& style) {
  std::vector<std::string> readings{word};
  for (const auto& [shortened, full] : style.prefixes)
    if (WithoutDot(word) == shortened) readings.emplace_back(full);
  return readings;
}

bool IsSuffix(std::string_view word, const AddressStyle& style) {
  return std::any_of(style.suffixes.begin(), style.suffixes.end(),
                     [&](const Abbreviation& suffix) { return suffix.shortened == WithoutDot(word); });
}

std::string_view FullOf(std::string_view word, std::span<const Abbreviation> table) {
  for (const auto& [shortened, full] : table)
    if (WithoutDot(word) == shortened || WithoutDot(word) == full) return full;
  return {};
}

bool AllDigits(std::string_view word) {
  return !word.empty() && word.size() <= 4 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "52" is "52nd", "11" is "11th".
std::string Ordinal(const std::string& digits) {
  const int last = digits.back() - '0';
  const int last_two = digits.size() < 2 ? last : 10 * (digits[digits.size() - 2] - '0') + last;
  if (last_two >= 11 && last_two <= 13) return digits + "th";
  return digits + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

/// A name whose street type and direction are words of their own, each written out: "s 52 st" is
/// "south 52nd street". Every word has one full form in its place, so there is one reading.
std::string WrittenOut(const std::vector<std::string>& words, const AddressStyle& style) {
  const std::size_t n = words.size();
  std::size_t type = n - 1;  // a direction may follow the type: "broad st n"
  if (n > 2 && FullOf(words[n - 1], style.suffixes).empty() &&
      !FullOf(words[n - 2], style.suffixes).empty() && !FullOf(words[n - 1], style.prefixes).empty())
    type = n - 2;
  const bool typed = !FullOf(words[type], style.suffixes).empty();  // "n 39th" has none
  std::string name;
  for (std::size_t i = 0; i < n; ++i) {
    std::string_view full;
    if (i == type && i > 0) full = FullOf(words[i], style.suffixes);
    // "e st" is E Street; only beside a name is a letter a direction.
    if ((i == 0 && (type > 1 || (type == 1 && !typed))) || i > type) full = FullOf(words[i], style.prefixes);
    if (full.empty()) full = FullOf(words[i], style.ordinals);
    const bool numbered = AllDigits(WithoutDot(words[i])) && i < type && !style.ordinals.empty();
    name += (i > 0 ? " " : "") + (numbered       ? Ordinal(std::string(WithoutDot(words[i])))
                                  : full.empty() ? words[i]
                                                 : std::string(full));
  }
  return NameKey(name);
}

/// `between` is empty for "Tegnér g.", which is Tegnérgatan.
std::string Joined(const std::string& first, const std::vector<std::string>& words, const std::string& last,
                   const char* between) {
  std::string name = first;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) name += " " + words[i];
  return NameKey(name + between + last);
}

}  // namespace

std::vector<std::string> ExpandStreetName(const std::vector<std::string>& words, const AddressStyle& style) {
  std::vector<std::string> names;
  if (words.empty()) return names;
  if (!style.compounds) {
    names.push_back(WrittenOut(words, style));
    // "S ST" may be S Street or South Street.
    const std::string_view direction = words.size() == 2 ? FullOf(words[0], style.prefixes) : "";
    if (!direction.empty() && direction != words[0])
      names.push_back(WrittenOut({std::string(direction), words[1]}, style));
    return names;
  }
  const auto add = [&](std::string name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  };
  const std::vector<std::string> lasts = LastWordReadings(words.back(), style);
  if (words.size() == 1) {
    for (std::size_t i = 1; i < lasts.size(); ++i) add(NameKey(lasts[i]));
    return names;
  }
  const std::vector<std::string> firsts = FirstWordReadings(words.front(), style);
  const bool last_is_abbreviation = IsSuffix(words.back(), style);
  for (std::size_t f = 0; f < firsts.size(); ++f)
    for (std::size_t l = 0; l < lasts.size(); ++l) {
      if (f == 0 && l == 0) continue;
      if (words.size() == 2 && firsts[f] == "kyrko") add(NameKey(firsts[f] + lasts[l]));
      add(Joined(firsts[f], words, lasts[l], " "));
      if (last_is_abbreviation && l > 0) add(Joined(firsts[f], words, lasts[l], ""));
    }
  return names;
}

}  // namespace lagesbild::geo
