#include "geo/text_breaks.h"

#include <algorithm>
#include <array>

namespace lagesbild::geo {
namespace {

/// A word of fewer letters before a full stop may be an abbreviation: "Tingsg. Heby".
constexpr std::size_t kShortestEnd = 6;
constexpr std::size_t kMostDigits = 4, kMostLetters = 2;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsLetter(char c) { return IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80; }

/// A to Z, À to Þ.
bool IsCapital(std::string_view rest) {
  if (rest.empty()) return false;
  if (rest[0] >= 'A' && rest[0] <= 'Z') return true;
  return rest.size() > 1 && static_cast<unsigned char>(rest[0]) == 0xC3 &&
         static_cast<unsigned char>(rest[1]) <= 0x9E;
}

std::string_view WordBefore(std::string_view clean, std::size_t end) {
  const std::size_t blank = clean.substr(0, end).rfind(' ');
  const std::size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
  return clean.substr(begin, end - begin);
}

std::string_view WithoutBlanks(std::string_view rest) {
  return rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
}

/// "12", "12B", "6da"
bool IsHouseNumber(std::string_view word) {
  std::size_t digits = 0;
  while (digits < word.size() && IsDigit(word[digits])) ++digits;
  const std::string_view letters = word.substr(digits);
  return digits > 0 && digits <= kMostDigits && letters.size() <= kMostLetters &&
         std::all_of(letters.begin(), letters.end(), IsAsciiLetter);
}

/// Whether what ends here is a house number, "12" or "12 B".
bool EndsInNumber(std::string_view clean, std::size_t end) {
  while (end > 0 && clean[end - 1] == ' ') --end;
  const std::string_view word = WordBefore(clean, end);
  if (IsHouseNumber(word)) return true;
  const std::size_t before = end - word.size();
  return word.size() == 1 && IsAsciiLetter(word[0]) && before > 1 &&
         IsHouseNumber(WordBefore(clean, before - 1));
}

/// A flat ("1102") or a floor ("3 tr"), not a second house number.
bool IsFlat(std::string_view rest) {
  constexpr std::array<std::string_view, 6> kFloors{"tr", "vån", "etg", "lgh", "trapp", "plan"};
  std::size_t digits = 0;
  while (digits < rest.size() && IsDigit(rest[digits])) ++digits;
  if (digits == 4 && (digits == rest.size() || rest[digits] == ' ')) return true;
  const std::string_view after = WithoutBlanks(rest.substr(digits));
  return digits > 0 && std::any_of(kFloors.begin(), kFloors.end(),
                                   [&](std::string_view floor) { return after.starts_with(floor); });
}

/// A word of two letters or more; one alone ends a range of letters.
bool BeginsWithWord(std::string_view rest) {
  return rest.size() > 1 && IsLetter(rest[0]) && IsLetter(rest[1]);
}

/// "15-åring", "12-tiden": a dash that joins.
bool IsCounted(std::string_view rest) {
  constexpr std::array<std::string_view, 7> kCounted{"år", "tid", "tal", "man", "dag", "pers", "rum"};
  return std::any_of(kCounted.begin(), kCounted.end(),
                     [&](std::string_view word) { return rest.starts_with(word); });
}

bool SetsRemarkOff(std::string_view clean, std::size_t at) {
  if (!EndsInNumber(clean, at)) return false;
  const bool blank = clean[at - 1] == ' ' || (at + 1 < clean.size() && clean[at + 1] == ' ');
  std::string_view rest = clean.substr(at + 1);
  rest.remove_prefix(std::min(rest.find_first_not_of(" -/"), rest.size()));
  if (clean[at] == '/') return rest.empty() || BeginsWithWord(rest) || IsFlat(rest);
  return blank ? rest.empty() || BeginsWithWord(rest) : BeginsWithWord(rest) && !IsCounted(rest);
}

/// "Plats: Storgatan 2. Tid: 08.00"
bool EndsSentence(std::string_view clean, std::size_t at) {
  if (at == 0 || at + 1 >= clean.size() || clean[at + 1] != ' ' ||
      !IsCapital(WithoutBlanks(clean.substr(at + 1))))
    return false;
  if (clean[at] != '.') return true;
  const std::string_view word = WordBefore(clean, at);
  // "17. Regementet": a number that begins a stretch may be an ordinal.
  if (IsHouseNumber(word)) return IsDigit(word[0]) && word.size() < at && clean[at - word.size() - 1] == ' ';
  const auto letters = std::count_if(word.begin(), word.end(),
                                     [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return static_cast<std::size_t>(letters) >= kShortestEnd && IsLetter(word.back());
}

}  // namespace

bool IsBreak(std::string_view clean, std::size_t at) {
  switch (clean[at]) {
    case ',':
    case ';':
    case '|':
    case '(':
    case ')':
    case '[':
    case ']':
      return true;
    case ':':
      return at + 1 == clean.size() || clean[at + 1] == ' ';
    case '-':
    case '/':
      return at > 0 && SetsRemarkOff(clean, at);
    case '.':
    case '!':
    case '?':
      return EndsSentence(clean, at);
    default:
      return false;
  }
}

std::string LinesAsCommas(std::string_view written) {
  constexpr std::string_view kEnds = "\n\v\f\r";
  if (written.find_first_of(kEnds) == std::string_view::npos) return {};
  std::string text(written);
  for (char& c : text)
    if (kEnds.find(c) != std::string_view::npos) c = ',';
  return text;
}

}  // namespace lagesbild::geo
