#include "tools/bench_geocode/noise.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

struct Shortening {
  const char* word;                    ///< as the register writes it, small letters
  std::vector<const char*> shortened;  ///< as people do
};

const std::vector<Shortening>& Beginnings(WritingLanguage language) {
  static const std::vector<Shortening> kSwedish = {{"norra", {"N.", "N", "N:a"}},
                                                   {"södra", {"S.", "S", "S:a"}},
                                                   {"östra", {"Ö.", "Ö", "Ö:a"}},
                                                   {"västra", {"V.", "V", "V:a"}},
                                                   {"stora", {"St.", "St", "St:a"}},
                                                   {"lilla", {"L.", "L:a"}},
                                                   {"gamla", {"G:la"}},
                                                   {"s:t", {"Sankt", "St.", "S:t"}},
                                                   {"sankt", {"S:t", "St."}}};
  static const std::vector<Shortening> kNorwegian = {{"nordre", {"N.", "Ndre."}}, {"søndre", {"S.", "Sdre."}},
                                                     {"østre", {"Ø."}},           {"vestre", {"V."}},
                                                     {"store", {"St."}},          {"gamle", {"Gl.", "Gml."}}};
  return language == WritingLanguage::kSwedish ? kSwedish : kNorwegian;
}

const std::vector<Shortening>& Endings(WritingLanguage language) {
  static const std::vector<Shortening> kSwedish = {
      {"gatan", {"g.", "gat.", "g"}}, {"gata", {"g.", "g"}},    {"vägen", {"v.", "väg.", "v"}},
      {"väg", {"v.", "v"}},           {"gränden", {"gr."}},     {"gränd", {"gr.", "gr"}},
      {"platsen", {"pl."}},           {"plats", {"pl.", "pl"}}, {"stigen", {"st."}},
      {"torget", {"t.", "tg."}},      {"torg", {"t."}}};
  static const std::vector<Shortening> kNorwegian = {{"gata", {"g.", "gt."}},  {"gate", {"g.", "gt."}},
                                                     {"vegen", {"v.", "vn."}}, {"veien", {"v.", "vn."}},
                                                     {"veg", {"v."}},          {"plass", {"pl."}}};
  return language == WritingLanguage::kSwedish ? kSwedish : kNorwegian;
}

bool EndsWith(const std::u32string& text, const std::u32string& ending) {
  return text.size() >= ending.size() &&
         text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

std::u32string LowerLetters(const std::string& text) { return Letters(LowerText(text)); }

std::optional<std::string> Unless(const std::string& before, std::string after) {
  if (after == before || after.empty()) return std::nullopt;
  return after;
}

}  // namespace

std::optional<std::string> MarksDropped(const std::string& name) {
  std::u32string text = Letters(name);
  for (char32_t& c : text) {
    const std::u32string plain = Plain(Utf8(std::u32string(1, c)));
    if (IsLetter(c) && plain.size() == 1 && plain[0] != Lower(c))
      c = c == Lower(c) ? plain[0] : Upper(plain[0]);
  }
  return Unless(name, Utf8(text));
}

std::optional<std::string> Digraphs(const std::string& name) {
  std::u32string text;
  for (const char32_t c : Letters(name)) {
    const char32_t lower = Lower(c);
    std::u32string two = lower == U'å'                    ? U"aa"
                         : lower == U'ä' || lower == U'æ' ? U"ae"
                         : lower == U'ö' || lower == U'ø' ? U"oe"
                                                          : std::u32string(1, c);
    if (two.size() == 2 && c != lower) two[0] = Upper(two[0]);
    text += two;
  }
  return Unless(name, Utf8(text));
}

std::optional<std::string> Decomposed(const std::string& name) {
  static constexpr char32_t kRing = 0x30A, kDots = 0x308, kAcute = 0x301;
  std::u32string text;
  for (const char32_t c : Letters(name)) {
    const char32_t lower = Lower(c);
    const char32_t mark = lower == U'å'                                     ? kRing
                          : lower == U'ä' || lower == U'ö' || lower == U'ü' ? kDots
                          : lower == U'é'                                   ? kAcute
                                                                            : 0;
    if (mark == 0) {
      text += c;
      continue;
    }
    const char32_t plain = Plain(Utf8(std::u32string(1, c)))[0];
    text += c == lower ? plain : Upper(plain);
    text += mark;
  }
  return Unless(name, Utf8(text));
}

std::optional<std::string> OtherCase(const std::string& name, Rng& rng) {
  const double kind = rng.Unit();
  if (kind < 0.4) return Unless(name, UpperText(name));
  if (kind < 0.8) return Unless(name, LowerText(name));
  std::u32string text = Letters(name);
  for (char32_t& c : text)
    if (rng.Chance(0.3)) c = c == Lower(c) ? Upper(c) : Lower(c);
  return Unless(name, Utf8(text));
}

std::vector<std::string> WrittenForms(const std::string& name, WritingLanguage language) {
  std::vector<std::string> begun = {name};
  const std::u32string lower = LowerLetters(name), letters = Letters(name);
  for (const Shortening& beginning : Beginnings(language)) {
    const std::u32string word = Letters(beginning.word);
    if (lower.size() <= word.size() || lower.compare(0, word.size(), word) != 0 || lower[word.size()] != U' ')
      continue;
    for (const char* shortened : beginning.shortened)
      begun.push_back(shortened + Utf8(letters.substr(word.size())));
  }
  std::vector<std::string> forms = begun;
  for (const std::string& written : begun) {
    const std::u32string whole = Letters(written);
    for (const Shortening& ending : Endings(language)) {
      const std::u32string word = Letters(ending.word);
      // Too little is left of a short stem for anyone to know the street by.
      if (!EndsWith(LowerLetters(written), word) || whole.size() < word.size() + 3) continue;
      const std::u32string stem = whole.substr(0, whole.size() - word.size());
      for (const char* shortened : ending.shortened) forms.push_back(Utf8(stem) + shortened);
      break;
    }
  }
  // Several ways may come to one: S:t is one of its own shortenings.
  std::vector<std::string> distinct;
  for (std::string& form : forms)
    if (std::find(distinct.begin(), distinct.end(), form) == distinct.end())
      distinct.push_back(std::move(form));
  return distinct;
}

std::optional<std::string> Abbreviated(const std::string& name, WritingLanguage language, Rng& rng) {
  const std::vector<std::string> forms = WrittenForms(name, language);
  if (forms.size() < 2) return std::nullopt;
  return forms[1 + rng.Index(forms.size() - 1)];
}

std::optional<std::string> CompoundMoved(const std::string& name, WritingLanguage language, Rng& rng) {
  std::u32string text = Letters(name);
  const std::size_t blank = text.find(U' ');
  if (blank != std::u32string::npos && rng.Chance(0.5)) {
    text.erase(blank, 1);
    if (blank < text.size()) text[blank] = Lower(text[blank]);
    return Unless(name, Utf8(text));
  }
  const std::u32string suffix = Letters(StreetSuffix(name, language));
  if (suffix.empty() || text.size() < suffix.size() + 3) return std::nullopt;
  const std::size_t at = text.size() - suffix.size();
  if (!IsLetter(text[at - 1])) return std::nullopt;
  if (rng.Chance(0.2)) text[at] = Upper(text[at]);
  text.insert(at, 1, rng.Chance(0.1) ? U'-' : U' ');
  return Utf8(text);
}

std::optional<std::string> FirstWordDropped(const std::string& name) {
  const std::size_t blank = name.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  std::u32string rest = Letters(std::string_view(name).substr(blank + 1));
  constexpr std::size_t kLeast = 5;
  if (rest.size() < kLeast) return std::nullopt;
  rest[0] = Upper(rest[0]);
  return Utf8(rest);
}

const std::vector<std::string>& StreetSuffixes(WritingLanguage language) {
  static const std::vector<std::string> kSwedish = {"gatan",  "gata",   "vägen",  "väg",     "gränden",
                                                    "gränd",  "torget", "torg",   "platsen", "plats",
                                                    "stigen", "stig",   "gången", "allén",   "allé"};
  static const std::vector<std::string> kNorwegian = {"gata", "gate",  "vegen", "veien", "veg",
                                                      "vei",  "stien", "plass", "bakken"};
  return language == WritingLanguage::kSwedish ? kSwedish : kNorwegian;
}

std::string StreetSuffix(const std::string& name, WritingLanguage language) {
  const std::u32string lower = LowerLetters(name);
  for (const std::string& suffix : StreetSuffixes(language))
    if (EndsWith(lower, Letters(suffix)) && lower.size() > Letters(suffix).size()) return suffix;
  return "";
}

std::optional<std::string> OtherSuffix(const std::string& name, WritingLanguage language, Rng& rng) {
  const std::string suffix = StreetSuffix(name, language);
  if (suffix.empty()) return std::nullopt;
  // What people mix up, the definite with the definite.
  static const std::vector<std::vector<std::string>> kSwedish = {
      {"gatan", "vägen", "gränden", "stigen", "torget", "gränd"}, {"gata", "väg", "gränd", "torg", "plats"}};
  static const std::vector<std::vector<std::string>> kNorwegian = {
      {"vegen", "veien", "gata", "bakken", "stien"}, {"veg", "vei", "gate", "plass"}};
  for (const auto& family : language == WritingLanguage::kSwedish ? kSwedish : kNorwegian) {
    if (std::find(family.begin(), family.end(), suffix) == family.end()) continue;
    // The common types are what is put for the rare ones.
    std::string other = family[rng.Index(rng.Chance(0.7) ? 2 : family.size())];
    if (other == suffix) other = family[other == family[0] ? 1 : 0];
    const std::u32string letters = Letters(name);
    return Utf8(letters.substr(0, letters.size() - Letters(suffix).size())) + other;
  }
  return std::nullopt;
}

std::optional<std::string> OddSuffix(const std::string& name, WritingLanguage language, Rng& rng) {
  const std::string suffix = StreetSuffix(name, language);
  if (suffix.empty()) return std::nullopt;
  const std::string& other = rng.Pick(StreetSuffixes(language));
  constexpr std::size_t kSame = 3;
  if (other.substr(0, kSame) == suffix.substr(0, kSame)) return std::nullopt;
  const std::u32string letters = Letters(name);
  return Utf8(letters.substr(0, letters.size() - Letters(suffix).size())) + other;
}

}  // namespace lagesbild::tools::bench
