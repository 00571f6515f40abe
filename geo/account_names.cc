#include <algorithm>
#include <array>
#include <vector>

#include "geo/person_names.h"
#include "geo/personal_data_parts.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

using personal_data::IsDigit;
using personal_data::IsLetter;

/// What an account's name follows.
constexpr auto kCues = std::to_array<std::string_view>(
    {"snap",         "snapchat",       "snapchatkonto", "insta", "instagram", "instagramkonto",
     "tiktok",       "tiktokkonto",    "discord",       "kik",   "telegram",  "facebook",
     "användarnamn", "användarnamnet", "användaren",    "konto", "kontot",    "profilen",
     "profil",       "gamertag",       "username",      "user",  "alias",     "nick"});
/// What may stand between them.
constexpr auto kFillers =
    std::to_array<std::string_view>({"heter", "är", "namn", "namnet", "med", "konto", "kontot"});

bool IsOneOf(std::string_view word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A run without blanks, its edges bared of quotes and commas.
struct Token {
  std::string text, lower;
  bool colon = false;  ///< ":" ended it
};

std::vector<Token> Tokens(const std::string& plain) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', i), plain.size());
    std::string text = plain.substr(i, end - i);
    const auto bare = [](char c) { return !IsLetter(c) && !IsDigit(c) && c != '@' && c != '_'; };
    while (!text.empty() && bare(text.front())) text.erase(0, 1);
    const bool colon = !text.empty() && text.back() == ':';
    while (!text.empty() && bare(text.back())) text.pop_back();
    if (!text.empty()) tokens.push_back({text, LowerCase(text), colon});
    i = end + 1;
  }
  return tokens;
}

/// "kalle_99", "anna.b", "sara07": no word is written so.
bool LooksLikeAccount(std::string_view token) {
  const bool letter = std::any_of(token.begin(), token.end(), IsLetter);
  const bool digit = std::any_of(token.begin(), token.end(), IsDigit);
  const bool joined = token.find_first_of("_.") != std::string_view::npos;
  return letter && token.size() >= 3 && (digit || joined) &&
         std::all_of(token.begin(), token.end(),
                     [](char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '.' || c == '-'; });
}

/// "Thomas90": a given name and the year or number that was free.
bool IsNumberedName(std::string_view lower, const PersonNames& names) {
  std::size_t digits = lower.size();
  while (digits > 0 && IsDigit(lower[digits - 1])) --digits;
  return digits < lower.size() && lower.size() - digits <= 4 && digits >= 3 &&
         names.IsGivenName(lower.substr(0, digits));
}

}  // namespace

bool HoldsAccountName(std::string_view text, PersonalText kind, const PersonNames& names) {
  const std::vector<Token> tokens = Tokens(personal_data::PlainText(text));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.text.size() >= 4 && token.text[0] == '@' && IsLetter(token.text[1])) return true;
    if (kind == PersonalText::kFree && token.text.find('_') != std::string::npos &&
        LooksLikeAccount(token.text))
      return true;
    if (IsNumberedName(token.lower, names)) return true;
    // A word that ends in a colon may hold more: "snap:kalle".
    const std::size_t inner = token.lower.find(':');
    if (inner != std::string::npos && IsOneOf(token.lower.substr(0, inner), kCues) &&
        inner + 3 < token.lower.size())
      return true;
    if (!IsOneOf(token.lower, kCues)) continue;
    std::size_t next = i + 1;
    bool told = token.colon;
    while (next < tokens.size() && next <= i + 2 && IsOneOf(tokens[next].lower, kFillers)) {
      told = told || tokens[next].lower == "heter" || tokens[next].colon;
      ++next;
    }
    if (next < tokens.size() && (told || LooksLikeAccount(tokens[next].text))) return true;
  }
  return false;
}

}  // namespace lagesbild::geo
