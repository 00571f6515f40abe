#include "geo/personal_data.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace lagesbild::geo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Dashes, blanks and digits of other scripts' typography as plain ASCII; everything else byte by byte.
std::string Plain(std::string_view text) {
  struct Replacement {
    std::string_view from;
    char to;
  };
  constexpr std::array<Replacement, 14> kReplacements{{{"\u2010", '-'},
                                                       {"\u2011", '-'},
                                                       {"\u2012", '-'},
                                                       {"\u2013", '-'},
                                                       {"\u2014", '-'},
                                                       {"\u2015", '-'},
                                                       {"\u2212", '-'},
                                                       {"\u00A0", ' '},
                                                       {"\u2007", ' '},
                                                       {"\u2009", ' '},
                                                       {"\u202F", ' '},
                                                       {"\u200B", '\0'},
                                                       {"\u00AD", '\0'},
                                                       {"\uFF0B", '+'}}};
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const auto* const found =
        std::find_if(kReplacements.begin(), kReplacements.end(),
                     [&](const Replacement& r) { return rest.substr(0, r.from.size()) == r.from; });
    if (found != kReplacements.end()) {
      if (found->to != '\0') plain += found->to;
      i += found->from.size();
    } else if (rest.size() >= 3 && rest.substr(0, 2) == "\xEF\xBC" && rest[2] >= '\x90' &&
               rest[2] <= '\x99') {
      plain += static_cast<char>('0' + (rest[2] - '\x90'));  // fullwidth digits
      i += 3;
    } else {
      plain += (text[i] == '\t' || text[i] == '\n' || text[i] == '\r') ? ' ' : text[i];
      ++i;
    }
  }
  return plain;
}

// ---- e-mail addresses

bool IsMailNameChar(char c) {
  return IsLetter(c) || IsDigit(c) || std::string_view("._%+-'&").find(c) != std::string_view::npos;
}

/// "example.se" from `at`: labels of letters, digits and hyphens, the last of two letters or more.
bool BeginsWithDomain(std::string_view text) {
  std::size_t at = 0, last_letters = 0;
  bool dot = false, letters_only = true;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.') {
      if (at == 0 || text[at - 1] == '.') return false;
      if (at + 1 >= text.size() || !(IsLetter(text[at + 1]) || IsDigit(text[at + 1]))) break;
      dot = true;
      last_letters = 0;
      letters_only = true;
    } else if (IsLetter(c) || IsDigit(c) || c == '-') {
      ++last_letters;
      letters_only = letters_only && IsLetter(c);
    } else {
      break;
    }
  }
  return dot && letters_only && last_letters >= 2;
}

bool HoldsEmailAddress(std::string_view text) {
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
    if (at > 0 && IsMailNameChar(text[at - 1]) && BeginsWithDomain(text.substr(at + 1))) return true;
  return false;
}

// ---- personal identity numbers

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// Month and day as in a personal identity number; a co-ordination number's day is 60 higher.
/// `year` of two digits stands for several centuries, one of which has the leap day.
bool IsBirthDate(std::string_view year, std::string_view month, std::string_view day) {
  const int y = Number(year), m = Number(month);
  int d = Number(day);
  if (year.size() == 4 && (y < 1850 || y > 2199)) return false;
  if (d > 60) d -= 60;
  constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (m < 1 || m > 12 || d < 1 || d > kDays[static_cast<std::size_t>(m - 1)]) return false;
  const bool leap = year.size() == 2 ? y % 4 == 0 : (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  return m != 2 || d < 29 || leap;
}

/// The check digit of ten digits (Luhn).
bool HasValidCheckDigit(std::string_view ten) {
  int sum = 0;
  for (std::size_t i = 0; i < ten.size(); ++i) {
    const int doubled = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += doubled / 10 + doubled % 10;
  }
  return sum % 10 == 0;
}

struct DigitGroup {
  std::string_view digits;
  std::size_t begin = 0, end = 0;
};

/// "-" and a letter or digit right after: the digits are the beginning of a longer identifier.
bool ContinuesAt(std::string_view text, std::size_t end) {
  return end + 1 < text.size() && text[end] == '-' && (IsDigit(text[end + 1]) || IsLetter(text[end + 1]));
}

std::vector<DigitGroup> DigitGroups(std::string_view text) {
  std::vector<DigitGroup> groups;
  for (std::size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsDigit(text[end])) ++end;
    groups.push_back({text.substr(i, end - i), i, end});
    i = end;
  }
  return groups;
}

/// "YYMMDD" or "YYYYMMDD" that is a date of birth.
bool IsBirthDate(std::string_view digits) {
  if (digits.size() != 6 && digits.size() != 8) return false;
  const std::size_t year = digits.size() - 4;
  return IsBirthDate(digits.substr(0, year), digits.substr(year, 2), digits.substr(year + 2, 2));
}

bool ChecksOut(std::string_view date, std::string_view four) {
  return HasValidCheckDigit(std::string(date.substr(date.size() - 6)) + std::string(four));
}

bool IsBarePersonalNumber(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 12) return false;
  const std::string_view date = digits.substr(0, digits.size() - 4);
  return IsBirthDate(date) && ChecksOut(date, digits.substr(digits.size() - 4));
}

/// What stands between two groups, its blanks taken away: "-", "+" or "" for blanks alone; '?' for more.
char SeparatorBetween(std::string_view text, const DigitGroup& left, const DigitGroup& right) {
  char separator = ' ';
  if (right.begin - left.end > 3) return '?';
  for (std::size_t i = left.end; i < right.begin; ++i) {
    if (text[i] == ' ') continue;
    if (separator != ' ' || (text[i] != '-' && text[i] != '+')) return '?';
    separator = text[i];
  }
  return separator;
}

/// "1990-01-01-1234" and "1990 01 01 1234": the date in parts; the check digit must hold, as times look
/// alike.
bool IsPersonalNumberInParts(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i) {
  if (i + 3 >= groups.size()) return false;
  const auto size = [&](std::size_t k) { return groups[i + k].digits.size(); };
  if ((size(0) != 2 && size(0) != 4) || size(1) != 2 || size(2) != 2 || size(3) != 4) return false;
  for (std::size_t k = 0; k < 3; ++k)
    if (SeparatorBetween(text, groups[i + k], groups[i + k + 1]) == '?') return false;
  const std::string date =
      std::string(groups[i].digits) + std::string(groups[i + 1].digits) + std::string(groups[i + 2].digits);
  return IsBirthDate(date) && ChecksOut(date, groups[i + 3].digits);
}

bool StandsAlone(std::string_view text, std::size_t begin, std::size_t end) {
  const bool letter_before = begin > 0 && IsLetter(text[begin - 1]);
  return !letter_before && !ContinuesAt(text, end);
}

bool HoldsPersonalNumber(std::string_view text, const std::vector<DigitGroup>& groups) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (IsBarePersonalNumber(groups[i].digits) || IsPersonalNumberInParts(text, groups, i)) return true;
    if (i + 1 >= groups.size() || groups[i + 1].digits.size() != 4 || !IsBirthDate(groups[i].digits))
      continue;
    const char separator = SeparatorBetween(text, groups[i], groups[i + 1]);
    if (separator == '?') continue;
    // With only a blank between, a date and a time look alike, and within a longer identifier
    // ("5e700331-0000- 4000") any digits do: there the check digit must hold.
    const bool alone = separator != ' ' && StandsAlone(text, groups[i].begin, groups[i + 1].end);
    if (alone || ChecksOut(groups[i].digits, groups[i + 1].digits)) return true;
  }
  return false;
}

// ---- phone numbers

bool IsMobilePrefix(std::string_view digits) {
  return digits.size() >= 3 && digits.substr(0, 2) == "07" &&
         std::string_view("02369").find(digits[2]) != std::string_view::npos;
}

/// Digits from group `i` on with only phone separators between: at most 3 bytes of " -/()" (and "." in
/// mobile numbers). Stops before a group that would make it longer than any number.
struct DigitRun {
  std::string digits;
  std::vector<std::size_t> sizes;  ///< of the groups
  std::string separators;          ///< one for each gap: '-', '/', ')' before ' '
};

DigitRun RunFrom(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i,
                 std::size_t most, bool dots) {
  DigitRun run{std::string(groups[i].digits), {groups[i].digits.size()}, ""};
  for (std::size_t k = i + 1; k < groups.size(); ++k) {
    const std::string_view gap = text.substr(groups[k - 1].end, groups[k].begin - groups[k - 1].end);
    const bool phone_gap =
        gap.size() <= 3 && std::all_of(gap.begin(), gap.end(), [&](char c) {
          return c == ' ' || c == '-' || c == '/' || c == '(' || c == ')' || (dots && c == '.');
        });
    if (!phone_gap || run.digits.size() + groups[k].digits.size() > most) break;
    run.digits += groups[k].digits;
    run.sizes.push_back(groups[k].digits.size());
    const auto* const mark = std::find_if(gap.begin(), gap.end(), [](char c) { return c != ' '; });
    run.separators += mark == gap.end() ? ' ' : *mark;
  }
  return run;
}

/// A number goes on to the left: a decimal, a time, a date, a case number.
bool ContinuesANumber(std::string_view text, const DigitGroup& group) {
  if (group.begin < 2) return false;
  const char before = text[group.begin - 1];
  return std::string_view(".,:/-").find(before) != std::string_view::npos && IsDigit(text[group.begin - 2]);
}

/// "08-02-2026", "08/02 2026", "08 30 - 09 45": 08 is also a day, a month and an hour, so pairs of digits
/// after it are a number only when written "08-12 34 56".
bool MayBeDateOrTime(const DigitRun& run) {
  if (run.sizes.size() < 2 || run.sizes[1] != 2) return false;
  const bool date = run.sizes.size() == 3 && run.sizes[2] == 4;
  return date || run.separators[0] != '-' || run.separators.find_first_not_of(' ', 1) != std::string::npos;
}

/// 0 and area code, then five to eight digits: 9 or 10 in all, 8 to 10 in Stockholm.
bool IsSwedishNumber(const DigitRun& run) {
  const std::string& d = run.digits;
  if (d.size() < 8 || d[0] != '0' || d[1] == '0') return false;
  if (IsMobilePrefix(d)) return d.size() == 10;
  const std::size_t area = run.sizes[0];
  if (run.sizes.size() == 1) return d.size() == 9 || d.size() == 10;
  if (area == 2) return d[1] == '8' && d.size() <= 10 && !MayBeDateOrTime(run);
  return (area == 3 || area == 4) && (d.size() == 9 || d.size() == 10) && d.size() - area >= 5;
}

/// The longest or any shorter run of whole groups that is a number: "0224-123 45 2" still holds one. A case
/// number ("0331-00123-26") holds none: it goes on after a dash.
bool HoldsSwedishNumber(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t first,
                        DigitRun run) {
  for (; !run.sizes.empty(); run.sizes.pop_back()) {
    const DigitGroup& last = groups[first + run.sizes.size() - 1];
    if (IsSwedishNumber(run) && !ContinuesAt(text, last.end)) return true;
    run.digits.resize(run.digits.size() - run.sizes.back());
    if (!run.separators.empty()) run.separators.pop_back();
  }
  return false;
}

bool IsInternational(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i) {
  const DigitGroup& group = groups[i];
  const bool plus = group.begin > 0 && text[group.begin - 1] == '+' && group.digits[0] != '0';
  const std::size_t most = 16;
  if (plus) {
    // "26+1 …" goes on from a number.
    if (group.begin > 1 && IsDigit(text[group.begin - 2])) return false;
    const std::size_t digits = RunFrom(text, groups, i, most, false).digits.size();
    return digits >= 9 && digits <= 15 && group.digits.size() <= 13;
  }
  if (group.digits.substr(0, 2) != "00" || ContinuesANumber(text, group)) return false;
  const std::string digits = RunFrom(text, groups, i, most, false).digits;
  for (const std::string_view country : {"0046", "0045", "0047", "00358", "00354"})
    if (digits.substr(0, country.size()) == country) return digits.size() >= country.size() + 7;
  return false;
}

bool HoldsPhoneNumber(std::string_view text, const std::vector<DigitGroup>& groups) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (IsInternational(text, groups, i)) return true;
    if (groups[i].digits.size() < 2 || groups[i].digits[0] != '0' || ContinuesANumber(text, groups[i]))
      continue;
    const bool dots = IsMobilePrefix(groups[i].digits);
    if (HoldsSwedishNumber(text, groups, i, RunFrom(text, groups, i, 11, dots))) return true;
  }
  return false;
}

}  // namespace

std::string_view PersonalDataKindCode(PersonalDataKind kind) {
  switch (kind) {
    case PersonalDataKind::kPersonalIdentityNumber:
      return "PERSONAL_IDENTITY_NUMBER";
    case PersonalDataKind::kPhoneNumber:
      return "PHONE_NUMBER";
    case PersonalDataKind::kEmailAddress:
      return "EMAIL_ADDRESS";
  }
  return "PERSONAL_DATA";
}

std::optional<PersonalDataKind> FindPersonalData(std::string_view text) {
  const std::string plain = Plain(text);
  const std::vector<DigitGroup> groups = DigitGroups(plain);
  if (HoldsPersonalNumber(plain, groups)) return PersonalDataKind::kPersonalIdentityNumber;
  if (HoldsPhoneNumber(plain, groups)) return PersonalDataKind::kPhoneNumber;
  if (HoldsEmailAddress(plain)) return PersonalDataKind::kEmailAddress;
  return std::nullopt;
}

}  // namespace lagesbild::geo
