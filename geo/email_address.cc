#include <algorithm>
#include <array>

#include "geo/personal_data_parts.h"

namespace lagesbild::geo::personal_data {
namespace {

bool IsMailNameChar(char c) {
  return IsLetter(c) || IsDigit(c) || std::string_view("._%+-'&").find(c) != std::string_view::npos;
}

/// Endings after which a dot followed by a blank is still a domain's, not a sentence's: that begins with a
/// capital letter.
bool IsCommonEnding(std::string_view label) {
  constexpr std::array<std::string_view, 14> kEndings{"se", "com", "nu", "org", "net", "eu",   "fi",
                                                      "no", "dk",  "de", "uk",  "io",  "info", "gov"};
  return std::find(kEndings.begin(), kEndings.end(), label) != kEndings.end();
}

/// A domain read from the beginning of a text: labels of letters, digits and hyphens, the last of two letters
/// or more.
struct Domain {
  bool valid = false;
  bool spaced = false;  ///< a blank stands beside a dot
  std::string ending;   ///< as written
};

Domain ReadDomain(std::string_view text) {
  Domain domain;
  bool dot = false;
  std::string label;
  const auto letters_only = [&] { return std::all_of(label.begin(), label.end(), IsLetter); };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (IsLetter(c) || IsDigit(c) || c == '-') {
      label += c;
      continue;
    }
    std::size_t next = at;
    while (next < text.size() && text[next] == ' ') ++next;
    if (next >= text.size() || text[next] != '.' || label.empty()) break;
    std::size_t after = next + 1;
    while (after < text.size() && text[after] == ' ') ++after;
    if (after >= text.size() || !(IsLetter(text[after]) || IsDigit(text[after]))) break;
    const bool spaced = next > at || after > next + 1;
    // "namn@example.se. Ring": the domain is whole before the sentence ends.
    if (spaced && dot && letters_only() && label.size() >= 2) break;
    domain.spaced = domain.spaced || spaced;
    dot = true;
    label.clear();
    at = after - 1;
  }
  domain.valid = dot && label.size() >= 2 && letters_only();
  domain.ending = label;
  return domain;
}

/// "(at)", "[at]" and "(dot)" as the marks that they stand for, with the blanks around them.
std::string WithMarks(std::string_view text) {
  struct Word {
    std::string_view word;
    char mark;
  };
  constexpr std::array<Word, 7> kWords{
      {{"at", '@'}, {"snabel-a", '@'}, {"a", '@'}, {"@", '@'}, {"dot", '.'}, {"punkt", '.'}, {".", '.'}}};
  std::string marked;
  marked.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t close = std::string_view("([{<").find(text[i]) == std::string_view::npos
                                  ? std::string_view::npos
                                  : text.substr(i, 13).find_first_of(")]}>");
    char mark = '\0';
    if (close != std::string_view::npos) {
      std::string inner;
      for (const char c : text.substr(i + 1, close - 1))
        if (c != ' ') inner += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      for (const Word& word : kWords)
        if (inner == word.word) mark = word.mark;
    }
    if (mark == '\0') {
      marked += text[i++];
      continue;
    }
    while (!marked.empty() && marked.back() == ' ') marked.pop_back();
    marked += mark;
    i += close + 1;
    while (i < text.size() && text[i] == ' ') ++i;
  }
  return marked;
}

bool IsAddressAt(std::string_view text, std::size_t at) {
  std::size_t before = at, after = at + 1;
  while (before > 0 && text[before - 1] == ' ') --before;
  while (after < text.size() && text[after] == ' ') ++after;
  if (before == 0 || !IsMailNameChar(text[before - 1])) return false;
  const bool blank_before = before<at, blank_after = after> at + 1;
  const Domain domain = ReadDomain(text.substr(after));
  if (!domain.valid) return false;
  if (!blank_before && !blank_after && !domain.spaced) return true;
  // "Instagram @namn. Se bilaga" names an account and ends a sentence: no address without a second sign.
  if (blank_before && !blank_after && domain.spaced) return false;
  return IsCommonEnding(domain.ending);
}

}  // namespace

bool HoldsEmailAddress(std::string_view text) {
  const std::string marked = WithMarks(text);
  for (std::size_t at = marked.find('@'); at != std::string::npos; at = marked.find('@', at + 1))
    if (IsAddressAt(marked, at)) return true;
  return false;
}

}  // namespace lagesbild::geo::personal_data
