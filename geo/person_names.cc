#include "geo/person_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "geo/personal_data_parts.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

using Texts = std::string_view;

/// A word of the text: letters, with hyphens between them.
struct NameWord {
  std::string lower;
  bool capital = false;
  bool opens = false;  ///< the first of a sentence or of the text
  std::string after;   ///< what stands between it and the next word
};

bool EndsIn(Texts word, Texts end) { return word.size() > end.size() && word.ends_with(end); }

bool IsOneOf(Texts word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What follows a name that a place bears, or ends the word that does.
constexpr auto kPlaceWords = std::to_array<Texts>(
    {"gata",          "gatan",     "gat",        "väg",        "vägen",  "v",      "g",        "gränd",
     "gränden",       "plats",     "platsen",    "pl",         "torg",   "torget", "park",     "parken",
     "stig",          "stigen",    "allé",       "allén",      "alle",   "backe",  "backen",   "bro",
     "bron",          "gård",      "gården",     "skola",      "skolan", "minne",  "plan",     "planen",
     "kaj",           "kajen",     "kyrka",      "kyrkan",     "hus",    "huset",  "hem",      "hemmet",
     "rum",           "lekplats",  "lekplatsen", "kulle",      "kullen", "äng",    "ängen",    "led",
     "leden",         "gångväg",   "esplanad",   "passage",    "kvarn",  "hage",   "hagen",    "bygg",
     "bil",           "bilar",     "livs",       "pizzeria",   "kiosk",  "frisör", "café",     "förskola",
     "förskolan",     "gymnasium", "gymnasiet",  "församling", "kapell", "udde",   "vik",      "torp",
     "gymnasieskola", "grund",     "strand",     "höjd",       "ring",   "båge",   "tvärgata", "tvärgränd",
     "minnespark"});

constexpr auto kTitles = std::to_array<Texts>({"herr", "fru", "fröken", "hr", "dr", "prof", "phd", "doktor"});
/// A given name right after these is a person's, whatever the text.
constexpr auto kPersonCues = std::to_array<Texts>(
    {"hos", "heter", "hette", "kallas", "vid namn", "mamma", "pappa", "mor", "far", "bror", "syster"});
constexpr auto kBearers =
    std::to_array<Texts>({"s:t", "st", "sankt", "sankta", "santa", "kung", "drottning"});
constexpr auto kParticles = std::to_array<Texts>({"von", "af", "de", "van", "al", "el", "bin"});

constexpr auto kWordsToo = std::to_array<Texts>(
    {"bo",    "per",    "stig", "björn", "max",    "gun",   "tom",      "my",       "dan",
     "saga",  "nora",   "nova", "svea",  "august", "iris",  "stella",   "frank",    "kim",
     "siv",   "rut",    "ture", "jan",   "mira",   "tore",  "elis",     "sally",    "lova",
     "tilde", "viktor", "maja", "linn",  "kent",   "ester", "viktoria", "victoria", "charlotte"});

void Add(Texts list, std::unordered_set<std::string>& names) {
  const std::string lower = LowerCase(list);
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t end = std::min(lower.find_first_of(" \t\r\n", i), lower.size());
    if (end > i) names.insert(lower.substr(i, end - i));
    i = end + 1;
  }
}

std::vector<NameWord> WordsOf(const std::string& plain) {
  const auto is_letter = personal_data::IsLetter;
  std::vector<NameWord> words;
  bool opens = true;
  for (std::size_t i = 0; i < plain.size();) {
    if (!is_letter(plain[i])) {
      if (!words.empty()) words.back().after += plain[i];
      if (plain[i] == '.' || plain[i] == '!' || plain[i] == '?' || plain[i] == ':') opens = true;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < plain.size() && (is_letter(plain[end]) ||
                                  (plain[end] == '-' && end + 1 < plain.size() && is_letter(plain[end + 1]))))
      ++end;
    NameWord word;
    const std::string text = plain.substr(i, end - i);
    word.lower = LowerCase(text);
    word.capital = word.lower != text;
    word.opens = opens;
    opens = false;
    words.push_back(std::move(word));
    i = end;
  }
  return words;
}

/// Without marks, "ae" and "oe" as "a" and "o": a street keeps its kind of word however it is typed.
std::string Plainest(Texts lower) {
  std::string plain;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const Texts two = lower.substr(i, 2);
    const bool a = two == "å" || two == "ä" || two == "ae" || two == "aa", o = two == "ö" || two == "oe";
    const bool e = two == "é" || two == "è";
    if (a || o || e) ++i;
    plain += a ? 'a' : o ? 'o' : e ? 'e' : lower[i];
  }
  return plain;
}

bool IsPlaceWord(Texts lower) {
  const std::string word = Plainest(lower);
  return std::any_of(kPlaceWords.begin(), kPlaceWords.end(), [&](Texts place) {
    const std::string plain = Plainest(place);
    return word == plain || (plain.size() > 3 && EndsIn(word, plain));
  });
}

/// Nothing but one blank, a dot of an initial, "_" or "." of a written-together name stands between.
bool Adjoins(Texts between) {
  return between == " " || between == "." || between == ". " || between == "_" || between == "-";
}

class NameSearch {
 public:
  NameSearch(const std::vector<NameWord>& words, PersonalText kind, const PersonNames& names)
      : words_(words), free_(kind == PersonalText::kFree), names_(names) {}

  bool Holds() const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (FullName(i) || Reversed(i) || WithTitle(i) || AfterCue(i) || (free_ && Alone(i))) return true;
    return false;
  }

 private:
  const NameWord* At(std::size_t i) const { return i < words_.size() ? &words_[i] : nullptr; }
  bool Given(std::size_t i) const {
    const NameWord* word = At(i);
    return word != nullptr && (names_.IsGivenName(word->lower) || IsGenitive(word->lower, true));
  }
  /// "Annas", "Anderssons": somebody's. A name that ends in s has no other genitive.
  bool IsGenitive(Texts lower, bool given) const {
    if (!lower.ends_with('s') || lower.size() < 4) return false;
    const Texts base = lower.substr(0, lower.size() - 1);
    return given ? names_.IsGivenName(base) : names_.IsSurname(base);
  }
  bool Surname(std::size_t i) const {
    const NameWord* word = At(i);
    return word != nullptr && (names_.IsSurname(word->lower) || IsGenitive(word->lower, false));
  }
  bool IsName(std::size_t i) const {
    return Given(i) || Surname(i) || IsOneOf(words_[i].lower, kParticles) || words_[i].lower.size() == 1;
  }
  /// Whether the names from here on are a place's: "Axel Danielssons väg", "Anna Lindhs plats".
  bool BearsPlace(std::size_t last) const {
    while (last + 1 < words_.size() && Adjoins(words_[last].after) && words_[last + 1].capital &&
           IsName(last + 1))
      ++last;
    const NameWord* next = At(last + 1);
    if (next == nullptr || !(words_[last].after == " " || words_[last].after == ". ")) return false;
    // In an address somebody's something is a street, misspelt though it be.
    if (!free_ && last > 0 && IsGenitive(words_[last].lower, false)) return true;
    return IsPlaceWord(next->lower);
  }
  /// "Anna Berg", "Anna K. Berg", "Ann-Marie von Berg", "anna_berg".
  bool FullName(std::size_t i) const {
    if (!Given(i)) return false;
    std::size_t j = i + 1;
    for (int more = 0; more < 2 && j < words_.size() && Adjoins(words_[j - 1].after); ++more) {
      // Given names, an initial, "von", and one name that no list holds.
      const bool passed = !Surname(j) && (IsName(j) || (words_[j].capital && Adjoins(words_[j].after) &&
                                                        Surname(j + 1) && !IsPlaceWord(words_[j].lower)));
      if (!passed) break;
      ++j;
    }
    if (j >= words_.size() || !Adjoins(words_[j - 1].after)) return false;
    const NameWord& last = words_[j];
    // Unknown surnames show by their capital between words that have none: "Anna Xhaka".
    const bool surname = Surname(j) && (last.capital || names_.IsSurname(last.lower));
    const bool unknown = free_ && words_[i].capital && last.capital && !last.opens && last.lower.size() > 2 &&
                         !IsPlaceWord(last.lower) && !PersonNames::IsWordToo(words_[i].lower);
    if (!surname && !unknown) return false;
    std::size_t end = j;
    if (Adjoins(last.after) && Surname(j + 1)) ++end;  // two surnames
    return !BearsPlace(end);
  }
  /// "Berg, Anna".
  bool Reversed(std::size_t i) const {
    return Surname(i) && words_[i].capital && words_[i].after == ", " && Given(i + 1) &&
           words_[i + 1].capital && !BearsPlace(i + 1);
  }
  /// "A. Berg", "fru Berg".
  bool WithTitle(std::size_t i) const {
    const NameWord& word = words_[i];
    if (!Surname(i + 1) || !words_[i + 1].capital || BearsPlace(i + 1)) return false;
    if (word.lower.size() == 1 && word.capital && (word.after == ". " || word.after == "."))
      // "N. Lundströms väg" is a street, "S. Berg" may be: the initials of directions tell nothing.
      return free_ || (word.lower != "n" && word.lower != "s" && word.lower != "v" && word.lower != "l");
    return IsOneOf(word.lower, kTitles) && (word.after == " " || word.after == ". ");
  }
  bool AfterCue(std::size_t i) const {
    return i > 0 && words_[i - 1].after == " " && IsOneOf(words_[i - 1].lower, kPersonCues) &&
           words_[i].capital && Given(i) && !BearsPlace(i) &&
           !(At(i + 1) != nullptr && words_[i].after == " " && words_[i + 1].lower == "bar");
  }
  bool Alone(std::size_t i) const {
    const NameWord& word = words_[i];
    if (!word.capital || BearsPlace(i)) return false;
    if (i > 0 && words_[i - 1].after.size() <= 2 && IsOneOf(words_[i - 1].lower, kBearers)) return false;
    if (EndsIn(word.lower, "sson") && names_.IsSurname(word.lower)) return true;
    return Given(i) && !PersonNames::IsWordToo(word.lower);
  }

  const std::vector<NameWord>& words_;
  bool free_;
  const PersonNames& names_;
};

}  // namespace

PersonNames::PersonNames(std::string_view given_names, std::string_view surnames) {
  Add(given_names, given_);
  Add(surnames, surnames_);
}

bool PersonNames::IsGivenName(std::string_view lower) const {
  if (given_.contains(std::string(lower))) return true;
  const std::size_t hyphen = lower.find('-');
  return hyphen != std::string_view::npos && given_.contains(std::string(lower.substr(0, hyphen))) &&
         given_.contains(std::string(lower.substr(hyphen + 1)));
}

bool PersonNames::IsSurname(std::string_view lower) const {
  if (surnames_.contains(std::string(lower))) return true;
  for (const std::string_view end : {"sson", "qvist", "kvist"})
    if (EndsIn(lower, end) && lower.size() >= end.size() + 2) return true;
  const std::size_t hyphen = lower.find('-');
  return hyphen != std::string_view::npos && surnames_.contains(std::string(lower.substr(0, hyphen))) &&
         surnames_.contains(std::string(lower.substr(hyphen + 1)));
}

bool PersonNames::IsWordToo(std::string_view lower) { return IsOneOf(lower, kWordsToo); }

bool HoldsPersonName(std::string_view text, PersonalText kind, const PersonNames& names) {
  return NameSearch(WordsOf(personal_data::PlainText(text)), kind, names).Holds();
}

}  // namespace lagesbild::geo
