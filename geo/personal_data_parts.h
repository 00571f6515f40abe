#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// What FindPersonalData is made of. All texts here have gone through PlainText.

namespace lagesbild::geo::personal_data {

/// A run of digits in a text, [begin, end).
struct DigitGroup {
  std::string_view digits;
  std::size_t begin = 0, end = 0;
};

/// The text as a typewriter would write it: full-width forms, dashes, dots and blanks of other typography as
/// ASCII, invisible characters gone, runs of blanks as one. Everything else byte by byte.
std::string PlainText(std::string_view text);

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
/// Bytes beyond ASCII count as letters.
inline bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// The groups of `text`, which must outlive them.
std::vector<DigitGroup> DigitGroups(std::string_view text);
/// What stands between two groups of a text.
std::string_view Gap(std::string_view text, const DigitGroup& left, const DigitGroup& right);
/// One to four bytes, none a letter: what may stand within a number that a person wrote.
bool IsWideGap(std::string_view gap);
/// "-" and a letter or digit right after: the digits are the beginning of a longer identifier.
bool ContinuesAt(std::string_view text, std::size_t end);
/// "YYMMDD" or "YYYYMMDD" that is a date of birth; a co-ordination number's day is 60 higher.
bool IsBirthDate(std::string_view digits);

bool HoldsPersonalNumber(std::string_view text, const std::vector<DigitGroup>& groups);
bool HoldsPhoneNumber(std::string_view text, const std::vector<DigitGroup>& groups);
bool HoldsEmailAddress(std::string_view text);

}  // namespace lagesbild::geo::personal_data
