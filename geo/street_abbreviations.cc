#include "geo/street_abbreviations.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

struct Abbreviation {
  std::string_view shortened, full;
};

/// On the last word, as its end ("vallg.") or as a word of its own ("lilla t.").
constexpr std::array<Abbreviation, 18> kSuffixes{{{"g", "gatan"},
                                                  {"g", "gata"},
                                                  {"gat", "gatan"},
                                                  {"gat", "gata"},
                                                  {"v", "vägen"},
                                                  {"v", "väg"},
                                                  {"väg", "vägen"},
                                                  {"vg", "vägen"},
                                                  {"gr", "gränd"},
                                                  {"gr", "gränden"},
                                                  {"pl", "plats"},
                                                  {"pl", "platsen"},
                                                  {"st", "stigen"},
                                                  {"st", "stig"},
                                                  {"t", "torg"},
                                                  {"t", "torget"},
                                                  {"tg", "torg"},
                                                  {"tg", "torget"}}};

/// The whole first word, its dot taken away.
constexpr std::array<Abbreviation, 20> kPrefixes{
    {{"n", "norra"},   {"n:a", "norra"}, {"s", "södra"},     {"s:a", "södra"},  {"ö", "östra"},
     {"ö:a", "östra"}, {"v", "västra"},  {"v:a", "västra"},  {"st", "stora"},   {"st:a", "stora"},
     {"l", "lilla"},   {"l:a", "lilla"}, {"g", "gamla"},     {"g:la", "gamla"}, {"gla", "gamla"},
     {"s:t", "sankt"}, {"st", "sankt"},  {"s:ta", "sankta"}, {"k", "kyrko"},    {"öv", "övre"}}};

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
std::vector<std::string> LastWordReadings(const std::string& word) {
  std::vector<std::string> readings{word};
  const std::string_view bare = WithoutDot(word);
  const bool dotted = bare.size() < word.size();
  for (const auto& [shortened, full] : kSuffixes) {
    if (!EndsWith(bare, shortened)) continue;
    const std::string_view stem = bare.substr(0, bare.size() - shortened.size());
    const bool whole_word = stem.empty();
    if (!whole_word && Letters(stem) < (dotted ? 1U : 3U)) continue;
    readings.push_back(std::string(stem) + std::string(full));
  }
  return readings;
}

std::vector<std::string> FirstWordReadings(const std::string& word) {
  std::vector<std::string> readings{word};
  for (const auto& [shortened, full] : kPrefixes)
    if (WithoutDot(word) == shortened) readings.emplace_back(full);
  return readings;
}

bool IsSuffix(std::string_view word) {
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [&](const Abbreviation& suffix) { return suffix.shortened == WithoutDot(word); });
}

/// `between` is empty for "Tegnér g.", which is Tegnérgatan.
std::string Joined(const std::string& first, const std::vector<std::string>& words, const std::string& last,
                   const char* between) {
  std::string name = first;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) name += " " + words[i];
  return NameKey(name + between + last);
}

}  // namespace

std::vector<std::string> ExpandStreetName(const std::vector<std::string>& words) {
  std::vector<std::string> names;
  if (words.empty()) return names;
  const auto add = [&](std::string name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  };
  const std::vector<std::string> lasts = LastWordReadings(words.back());
  if (words.size() == 1) {
    for (std::size_t i = 1; i < lasts.size(); ++i) add(NameKey(lasts[i]));
    return names;
  }
  const std::vector<std::string> firsts = FirstWordReadings(words.front());
  const bool last_is_abbreviation = IsSuffix(words.back());
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
