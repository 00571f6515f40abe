#include "geo/contact_role.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "geo/personal_data.h"

namespace lagesbild::geo {
namespace {

/// Last parts of Swedish words for roles and for what answers in an organization's place.
constexpr std::string_view kRoleEnds[] = {
    "administratör", "ansvarig",    "ansvarige",  "assistent",   "brevlåda",     "chef",
    "chefen",        "coach",       "expedition", "fältare",     "föreståndare", "förvaltare",
    "handläggare",   "informatör",  "ingenjör",   "inspektör",   "jour",         "kansli",
    "kassör",        "konsulent",   "kontakt",    "kundtjänst",  "kurator",      "ledare",
    "ledning",       "ledningen",   "lärare",     "ombud",       "ordförande",   "pedagog",
    "polis",         "polisen",     "reception",  "registrator", "rektor",       "rektorn",
    "samordnare",    "samordnaren", "samordning", "sekreterare", "socionom",     "strateg",
    "strategen",     "styrelse",    "styrelsen",  "tekniker",    "utredare",     "utvecklare",
    "vaktmästare",   "vd",          "väktare",    "värd",        "växel",        "växeln"};

/// A to Z and the capitals of Latin-1 in small letters; other letters stay.
std::string Lower(std::string_view text) {
  std::string lower(text);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto byte = static_cast<unsigned char>(lower[i]);
    if (byte >= 'A' && byte <= 'Z') lower[i] = static_cast<char>(byte + 0x20);
    const bool latin = i > 0 && static_cast<unsigned char>(lower[i - 1]) == 0xC3;
    if (latin && byte >= 0x80 && byte <= 0x9E && byte != 0x97) lower[i] = static_cast<char>(byte + 0x20);
  }
  return lower;
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool BeginsWithCapital(std::string_view word) {
  const std::size_t first = (static_cast<unsigned char>(word.front()) & 0x80) != 0 ? 2 : 1;
  return Lower(word.substr(0, first)) != word.substr(0, first);
}

/// "LPO", "VD": at most four letters, all capitals.
bool IsAbbreviation(std::string_view word) {
  return word.size() <= 4 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  for (const char c : text) {
    if (!IsLetter(c)) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    words.back() += c;
    inside = true;
  }
  return words;
}

/// Words of the places' names, also in the genitive.
bool IsPlaceWord(const std::string& word, std::span<const std::string> places) {
  for (const std::string& place : places)
    for (const std::string& part : WordsOf(place))
      if (word == part || word == part + "s") return true;
  return false;
}

bool IsRoleWord(const std::string& word) {
  const std::string lower = Lower(word);
  return std::any_of(std::begin(kRoleEnds), std::end(kRoleEnds), [&](std::string_view end) {
    return end.size() <= 2 ? lower == end : lower.ends_with(end);
  });
}

}  // namespace

std::optional<ContactRoleFault> CheckContactRole(std::string_view text, std::span<const std::string> places) {
  if (text.empty()) return std::nullopt;
  if (const auto found = FindPersonalData(text, PersonalText::kFree))
    return *found == PersonalDataKind::kPersonName ? ContactRoleFault::kLooksLikeName
                                                   : ContactRoleFault::kPersonalData;
  if (text.find('@') != std::string_view::npos) return ContactRoleFault::kPersonalData;
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return ContactRoleFault::kNoRole;
  const std::vector<std::string> words = WordsOf(text);
  for (const std::string& word : words)
    if (BeginsWithCapital(word) && !IsAbbreviation(word) && !IsPlaceWord(word, places) && !IsRoleWord(word))
      return ContactRoleFault::kLooksLikeName;
  if (std::none_of(words.begin(), words.end(), IsRoleWord)) return ContactRoleFault::kNoRole;
  return std::nullopt;
}

}  // namespace lagesbild::geo
